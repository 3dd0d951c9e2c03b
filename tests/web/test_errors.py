"""Whatever goes wrong is answered in one shape: a code, a Chinese sentence, details. Nothing of the text is logged."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.city import APPEAL, Caller, City

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def is_problem(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The detail of a problem in our shape."""
    assert (answer.status_code, answer.content_type) == (status, "application/json")
    assert set(answer.json) == {"code", "message", "detail"}
    assert answer.json["code"] == code
    assert CHINESE.search(answer.json["message"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    detail: dict[str, Any] = answer.json["detail"]
    return detail


def raw(caller: Caller, path: str, body: bytes) -> TestResponse:
    answer: TestResponse = caller.ask("POST", path, data=body, content_type="application/json")
    return answer


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"{'a': 1}", b'{"a": 01}', b"{}{}", b"nope", b'{"a":"\n"}'])
def test_malformed_json(resident: Caller, body: bytes) -> None:
    is_problem(raw(resident, "/api/appeals", body), 422, "bad_request")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"1", b"true", b"[{}]", b"NaN"])
def test_json_that_is_no_object(resident: Caller, body: bytes) -> None:
    fields = is_problem(raw(resident, "/api/appeals", body), 422, "bad_request")["fields"]
    assert all(CHINESE.search(word) for words in fields.values() for word in words)


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"title": None}, "title", "请填写文字"),
        ({"title": 5}, "title", "请填写文字"),
        ({"title": ""}, "title", "至少 1 个字"),
        ({"title": "  \n "}, "title", "至少 1 个字"),
        ({"title": "长" * 61}, "title", "最多 60 个字"),
        ({"body": "长" * 2001}, "body", "最多 2000 个字"),
        ({"body": ["x"]}, "body", "请填写文字"),
        ({"kind": "wish"}, "kind", "请从给出的选项中选择"),
        ({"kind": None}, "kind", "请从给出的选项中选择"),
        ({"visibility": "secret"}, "visibility", "请从给出的选项中选择"),
        ({"phone": "call me"}, "phone", "请填写电话号码，只用数字、空格和短横线"),
        ({"phone": "1" * 21}, "phone", "最多 20 个字"),
        ({"photos": "id-1"}, "photos", "请重新选择"),
        ({"photos": ["x"] * 10}, "photos", "最多 9 项"),
        ({"photos": [{}]}, "photos.0", "请填写文字"),
        ({"about_official": "maybe"}, "about_official", "请选择是或否"),
        ({"about_officail": True}, "about_officail", "不认识的字段"),
        ({"state": "concluded"}, "state", "不认识的字段"),
        ({"urgent": True}, "urgent", "不认识的字段"),
    ],
)
def test_fields_are_named_and_explained(resident: Caller, wrong: dict[str, Any], field: str, words: str) -> None:
    detail = is_problem(resident.post("/api/appeals", APPEAL | wrong), 422, "bad_request")
    assert detail["fields"] == {field: [words]}


def test_every_missing_field_is_named(resident: Caller) -> None:
    detail = is_problem(resident.post("/api/appeals", {}), 422, "bad_request")
    assert detail["fields"] == {key: ["必须填写"] for key in ("official_id", "kind", "title", "body")}


@pytest.mark.parametrize(
    ("path", "body", "field", "words"),
    [
        ("/api/official/appeals/x/request_extension", {"workdays": 0, "reason": "r"}, "workdays", "不能小于 1"),
        ("/api/official/appeals/x/request_extension", {"workdays": 61, "reason": "r"}, "workdays", "不能大于 60"),
        ("/api/subscriptions", {"results": {}}, "results", "至少 1 项"),
        ("/api/subscriptions", {"results": dict.fromkeys("abcdef", "accept")}, "results", "最多 5 项"),
        ("/api/appeals/lookup", {"code": "C0001", "phone_tail": "800"}, "phone_tail", "请填写 4 位数字"),
    ],
)
def test_limits_are_said(official: Caller, path: str, body: dict[str, Any], field: str, words: str) -> None:
    detail = is_problem(official.post(path, body), 422, "bad_request")
    assert detail["fields"] == {field: [words]}


def test_a_promise_needs_a_time_zone(official: Caller) -> None:
    body = {"text": "会后联系", "promised_at": "2026-03-02T18:00:00"}
    detail = is_problem(official.post("/api/official/appeals/x/quick_reply", body), 422, "bad_request")
    assert "时区" in detail["fields"]["promised_at"][0]


def test_a_missing_file_is_said(resident: Caller) -> None:
    detail = is_problem(resident.ask("POST", "/api/uploads", data={}), 422, "bad_request")
    assert detail["fields"] == {"file": ["必须填写"]}


@pytest.mark.parametrize("path", ["/", "/api", "/api/", "/api/nope", "/api/me/", "/favicon.ico", "/docs/files/nope.js"])
def test_unknown_addresses(city: City, path: str) -> None:
    is_problem(city.client.get(path), 404, "no_such_page")


@pytest.mark.parametrize(("method", "path"), [("PUT", "/api/me"), ("DELETE", "/api/appeals"), ("POST", "/healthz")])
def test_wrong_methods_name_the_right_ones(city: City, method: str, path: str) -> None:
    answer = city.client.open(path, method=method)
    is_problem(answer, 405, "wrong_method")
    assert answer.headers.get("Allow"), "RFC 9110 15.5.6: a 405 names the methods that are allowed"


@pytest.mark.parametrize("path", ["/api/appeals", "/api/uploads", "/api/session"])
def test_too_large_a_body(resident: Caller, path: str) -> None:
    body = b'{"title":"' + b"x" * (11 << 20) + b'"}'
    kind = "multipart/form-data; boundary=x" if path == "/api/uploads" else "application/json"
    is_problem(resident.ask("POST", path, data=body, content_type=kind), 413, "too_large")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/rosters"), ("GET", "/api/me"), ("POST", "/api/appeals/lookup")]
)
def test_a_database_that_is_away(city: City, resident: Caller, method: str, path: str) -> None:
    city.world.stores.outage.away = True
    body = {"code": "C0001", "phone_tail": "8000"} if method == "POST" else None
    answer = resident.ask(method, path, json=body)
    is_problem(answer, 503, "database_away")
    assert int(answer.headers["Retry-After"]) > 0


def test_what_nobody_foresaw_is_logged_without_its_words(
    city: City, resident: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(appeal: Any) -> None:
        raise KeyError(f"{appeal.title} {appeal.phone} {appeal.resident_id}")

    city.world.stores.appeals.before_write = fail
    with caplog.at_level(logging.DEBUG):
        answer = resident.post("/api/appeals", APPEAL)
    assert is_problem(answer, 500, "failed") == {}
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert vars(record)["error"] == "KeyError"
    assert re.search(r"test_errors\.py:\d+$", vars(record)["where"])
    logged = "".join(repr(vars(entry)) for entry in caplog.records) + caplog.text
    for secret in (APPEAL["title"], APPEAL["phone"], APPEAL["body"], "mp-resident", resident.token):
        assert secret not in logged


def test_the_log_of_requests_holds_nothing_private(city: City, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        appeal = city.submit()
        city.login("resident").get(f"/api/appeals/{appeal['id']}?phone=13800138000")
        city.client.post("/api/appeals/lookup", json={"code": appeal["code"], "phone_tail": "8000"})
    logged = "".join(repr(vars(entry)) for entry in caplog.records)
    assert "/api/appeals/<string:appeal_id>" in logged
    for secret in (APPEAL["title"], APPEAL["body"], "13800138000", "mp-resident", appeal["code"], "token-"):
        assert secret not in logged
