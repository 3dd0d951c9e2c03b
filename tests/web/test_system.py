"""Alive, ready, measured, documented; and how much of everything one caller may have."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.services.leases import JOBS, hold
from app.services.lockouts import FAILURES_BEFORE_LOCK
from tests.web.city import Caller, City


def test_alive_whatever_else_is_down(city: City) -> None:
    city.world.stores.outage.away = True
    answer = city.client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def ready(city: City) -> tuple[int, dict[str, Any]]:
    answer = city.client.get("/readyz")
    assert ("Retry-After" in answer.headers) is (answer.status_code == 503)
    return answer.status_code, answer.json


def test_ready_with_all_parts_and_not_with_one_down(city: City) -> None:
    up = {"ready": True, "database": True, "scheduler": True, "outbox": True}
    assert ready(city) == (503, up | {"ready": False, "scheduler": False})  # no job ever ran
    assert hold(city.world, JOBS, "me")
    assert ready(city) == (200, up)
    city.world.clock.advance(seconds=61)
    assert ready(city) == (503, up | {"ready": False, "scheduler": False})
    assert hold(city.world, JOBS, "me")
    city.submit()  # its message waits for the jobs
    city.world.clock.advance(minutes=16)
    assert hold(city.world, JOBS, "me")
    assert ready(city) == (503, up | {"ready": False, "outbox": False})
    city.world.stores.outage.away = True
    assert ready(city) == (503, dict.fromkeys(up, False))


def test_the_numbers_parse(city: City) -> None:
    city.client.get("/api/rosters")
    answer = city.client.get("/metrics")
    families = {family.name: family for family in text_string_to_metric_families(answer.text)}
    routes = {sample.labels["route"] for sample in families["zhitongche_request_seconds"].samples}
    assert "/api/rosters" in routes
    assert answer.content_type.startswith("text/plain")


def test_strangers_cannot_make_up_numbers(city: City) -> None:
    """Every new label is memory for ever: neither addresses nor methods of a caller's own may become one."""
    city.client.open("/api/me", method="MADEUP1")
    city.client.get("/made/up/address")
    text = city.client.get("/metrics").text
    assert "made/up" not in text
    assert "MADEUP1" not in text


def test_the_documentation_needs_nothing_from_outside(city: City) -> None:
    page = city.client.get("/docs")
    assert page.status_code == 200
    local = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert local
    for address in [*local, "/openapi.json"]:
        assert address.startswith("/") and not address.startswith("//")
        with city.client.get(address, buffered=True) as answer:
            assert answer.status_code == 200
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for text in (page.text, city.client.get("/docs/start.js").text):
        assert set(re.findall(r"https?://([^/\"']+)", text)) <= {"www.w3.org"}


def test_the_documentation_can_read_the_document(city: City) -> None:
    """Swagger UI before 5.0 knows OpenAPI 3.0 only: "Unable to render this definition"."""
    version = city.client.get("/openapi.json").json["openapi"]
    with city.client.get("/docs/files/swagger-ui-bundle.js", buffered=True) as bundle:
        assert version.startswith("3.0.") or "isOAS31" in bundle.text


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/docs", "/api/rosters", "/api/me", "/nope"])
def test_every_answer_forbids_sniffing_and_has_an_id(city: City, path: str) -> None:
    answer = city.client.get(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert re.fullmatch(r"[0-9a-f]{12}", answer.headers["X-Request-Id"])


def statuses(caller: Caller, path: str, times: int, **headers: str) -> list[int]:
    return [caller.get(path, headers=headers).status_code for _ in range(times)]


def test_a_flood_is_stopped_by_address_and_by_token() -> None:
    city = City(requests_per_minute=5)
    resident, neighbour = city.login("resident"), city.login("neighbour")
    assert set(statuses(resident, "/api/me", 6)) == {200}, (
        "the first counts for the address, the token is not proven yet"
    )
    answer = resident.get("/api/me")
    assert (answer.status_code, answer.json["code"]) == (429, "too_many_requests")
    assert int(answer.headers["Retry-After"]) > 0
    assert neighbour.get("/api/me").status_code == 200
    assert 429 in statuses(city.nobody, "/api/rosters", 6)
    assert set(statuses(city.nobody, "/healthz", 10)) == {200}


def test_tokens_that_nobody_gave_out_are_no_way_around_the_limit() -> None:
    """Else every request brings its own: no limit for session, look-up or search, and a counter kept for each."""
    city = City(requests_per_minute=5)
    given = [
        city.client.get("/api/rosters", headers={"Authorization": f"Bearer made-up-{n}"}).status_code for n in range(20)
    ]
    assert 429 in given


def look_up(city: City, code: str, tail: str = "0000", **headers: str) -> Any:
    return city.client.post("/api/appeals/lookup", json={"code": code, "phone_tail": tail}, headers=headers)


def test_guessing_locks_the_address_and_says_for_how_long(city: City) -> None:
    appeal = city.submit()
    for n in range(FAILURES_BEFORE_LOCK):
        assert look_up(city, f"NONE{n}").status_code == 404
    answer = look_up(city, appeal["code"], "8000")
    assert (answer.status_code, answer.json["code"]) == (429, "locked_out")
    assert int(answer.headers["Retry-After"]) == answer.json["detail"]["retry_after"] == 15 * 60 + 1
    city.world.clock.advance(timedelta(minutes=15))
    assert look_up(city, appeal["code"], "8000").status_code == 200


def test_guessing_at_one_code_locks_it_from_everywhere() -> None:
    city = City(trusted_proxies=1)
    appeal = city.submit()
    for n in range(FAILURES_BEFORE_LOCK):
        assert look_up(city, appeal["code"], **{"X-Forwarded-For": f"10.0.0.{n}"}).status_code == 404
    assert look_up(city, appeal["code"], "8000", **{"X-Forwarded-For": "10.0.9.9"}).status_code == 429


@pytest.mark.parametrize(
    ("proxies", "header"),
    [(0, "10.0.0.{}"), (1, "10.0.0.{}, 192.0.2.1"), (2, "10.0.0.{}, 192.0.2.1, 192.0.2.2")],
)
def test_made_up_addresses_are_no_way_around_the_lock(proxies: int, header: str) -> None:
    """A trusted proxy appends the address it saw; what the caller wrote before it is not believed."""
    city = City(trusted_proxies=proxies)
    given = [look_up(city, f"NONE{n}", **{"X-Forwarded-For": header.format(n)}).status_code for n in range(7)]
    assert given == [404] * FAILURES_BEFORE_LOCK + [429] * 2


def test_an_official_who_was_never_published_is_nowhere(city: City) -> None:
    stores = city.world.stores
    stores.officials.put(replace(stores.officials.get("mayor"), is_published=False))
    for answer in (
        city.client.get("/api/rosters/city/directory"),
        city.client.get("/api/officials?q=市长"),
        city.client.post("/api/officials/suggest", json={"text": "审计 市政府"}),
    ):
        assert "魏崇岭" not in answer.text
