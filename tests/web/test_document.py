"""The OpenAPI document and the table of errors say everything that can happen."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.domain import errors
from app.domain.errors import Reason, Refusal
from app.web.errors import HTTP_REASONS, MESSAGES, STATUSES, TOO_MANY
from tests.web.city import City
from tests.web.test_matrix import LATER, MATRIX, routes


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    said: dict[str, Any] = City().client.get("/openapi.json").json
    return said


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path.replace('{', '<').replace('}', '>')}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_every_reason_has_a_chinese_sentence() -> None:
    assert set(MESSAGES) == set(Reason)
    for reason, message in MESSAGES.items():
        assert re.search(r"[\u4e00-\u9fff]{4}", message), reason
        assert not re.search(r"[A-Za-z_]{3,}", message), reason
        assert re.search(r"[\u4e00-\u9fff]$", message), reason
        assert "系统错误" not in message and "参数" not in message


def test_every_kind_of_refusal_has_a_status() -> None:
    kinds = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Refusal)}
    assert set(STATUSES) == kinds - {Refusal}
    assert {Reason.LOCKED_OUT, Reason.TOO_MANY_REQUESTS} == TOO_MANY
    assert all(reason in MESSAGES for _, reason in HTTP_REASONS.values())


def test_the_document_has_every_route_of_the_api(document: dict[str, Any], city: City) -> None:
    documented = {
        name for name in operations(document) if " /api/" in name and not name.split(" ")[1].startswith(LATER)
    }
    assert documented == {route for route in routes(city.app) if " /api/" in route}


@pytest.mark.parametrize("route", sorted(MATRIX))
def test_every_operation_documents_what_it_can_give(document: dict[str, Any], route: str) -> None:
    """Derived from what the operation takes: a role, a body, an id, a key each have their ways to fail."""
    operation = operations(document)[route]
    possible = {429, 503}
    if MATRIX[route][0] == 401:
        possible.add(401)
    if MATRIX[route][1] == 403:
        possible.add(403)
    if "requestBody" in operation:
        possible.add(422)
    if "<" in route:
        possible.add(404)
    if any(parameter["in"] == "query" for parameter in operation["parameters"]):
        possible.add(422)
    if any(parameter["name"] == "Idempotency-Key" for parameter in operation["parameters"]):
        possible |= {409, 422}
    documented = {int(status) for status in operation["responses"]}
    assert documented & {200, 201, 204}
    assert possible - documented == set()


def test_every_body_may_be_too_large(document: dict[str, Any]) -> None:
    """MAX_CONTENT_LENGTH holds for all of them (test_errors.py), so 413 is an answer of all of them."""
    taking = {name: operation for name, operation in operations(document).items() if "requestBody" in operation}
    assert [name for name, operation in taking.items() if "413" not in operation["responses"]] == []


def test_probes_document_both_answers(document: dict[str, Any]) -> None:
    assert set(document["paths"]["/healthz"]["get"]["responses"]) == {"200"}
    assert set(document["paths"]["/readyz"]["get"]["responses"]) == {"200", "503"}


def test_tokens_are_asked_for_where_the_table_says(document: dict[str, Any]) -> None:
    for route, operation in operations(document).items():
        if route in MATRIX:
            assert bool(operation.get("security")) is (MATRIX[route][0] == 401), route


def test_every_write_documents_its_key(document: dict[str, Any]) -> None:
    without = {
        "POST /api/session",
        "POST /api/appeals/lookup",
        "POST /api/appeals/similar",
        "POST /api/me/phone",
        "POST /api/officials/suggest",
    }
    for route, operation in operations(document).items():
        if route.split(" ")[0] in {"POST", "PATCH"}:
            named = [p for p in operation["parameters"] if p["name"] == "Idempotency-Key"]
            assert len(named) == (0 if route in without else 1), route


def test_every_answer_of_the_api_documents_the_servers_time(document: dict[str, Any]) -> None:
    for name, operation in operations(document).items():
        told = {"Server-Time" in response.get("headers", {}) for response in operation["responses"].values()}
        assert told == {" /api/" in name}, name


@pytest.mark.parametrize("kind", ["schemas", "headers"])
def test_every_reference_of_the_document_leads_somewhere(document: dict[str, Any], kind: str) -> None:
    named = re.findall(rf"'\$ref': '#/components/{kind}/([^']+)'", repr(document))
    assert named and set(named) <= set(document["components"][kind])
