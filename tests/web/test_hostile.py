"""A hostile caller: nothing it sends breaks the application, reaches a store as an operator, or counts for more."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.web.city import APPEAL, OFFICIAL_BODIES, Caller, City, picture


def raw(caller: Caller, path: str, body: str | bytes, **headers: str) -> Any:
    return caller.ask("POST", path, data=body, content_type="application/json", headers=headers)


@pytest.mark.parametrize("value", [{"$ne": None}, {"$gt": ""}, {"$where": "sleep(9)"}, ["$in"], [[]], 1e308, -1, True])
@pytest.mark.parametrize("field", ["official_id", "title", "phone", "photos", "kind"])
def test_no_operator_passes_a_schema(resident: Caller, field: str, value: Any) -> None:
    answer = resident.post("/api/appeals", APPEAL | {field: value})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/session", {"code": {"$ne": ""}}),
        ("/api/appeals/lookup", {"code": {"$ne": ""}, "phone_tail": {"$regex": ".*"}}),
        ("/api/appeals/lookup", {"code": "C0001", "phone_tail": "....", "$or": []}),
        ("/api/official/bind", {"invitation": {"$exists": True}}),
        ("/api/calls", {"official_id": {"$ne": 1}, "outcome": "busy"}),
        ("/api/subscriptions", {"results": {"$where": "accept"}}),
        ("/api/subscriptions", {"results": {"a.b": "accept"}}),
        ("/api/officials/suggest", {"text": {"$ne": 1}}),
    ],
)
def test_operators_elsewhere(resident: Caller, path: str, body: dict[str, Any]) -> None:
    assert resident.post(path, body).status_code == 422


def test_operators_in_queries_are_words(city: City, resident: Caller) -> None:
    assert city.client.get("/api/officials?q[$ne]=x").json["items"] == []
    assert city.client.get("/api/officials?q=$ne").json["items"] == []
    assert resident.get("/api/appeals?cursor[$gt]=").status_code == 200


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 100_000, '{"title":' + "[" * 50_000], ids=["[", "{", "in"])
def test_deeply_nested_json_is_bad_input(resident: Caller, body: str) -> None:
    for path in ("/api/appeals", "/api/session"):
        answer = raw(resident, path, body)
        assert (answer.status_code, answer.json["code"]) == (422, "bad_request")


NUMBERS = [
    "9" * 4000,
    "9" * 5000,
    "1e400",
    "-1e400",
    "NaN",
    "Infinity",
    "-0",
    "0.1",
    "1e2",
    '"NaN"',
    "9007199254740993",
]


@pytest.mark.parametrize("number", NUMBERS, ids=range(len(NUMBERS)))
def test_odd_numbers(official: Caller, number: str) -> None:
    for body in (f'{{"workdays":{number},"reason":"x"}}', f'{{"text":"x","promised_at":{number}}}'):
        for action in ("request_extension", "quick_reply"):
            assert raw(official, f"/api/official/appeals/x/{action}", body).status_code in {404, 422}


@pytest.mark.parametrize(
    "moment",
    [
        "9999-12-31T23:59:59.999999-23:59",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00+23:59",
        "0001-01-01T00:00:00Z",
        "2026-03-02T02:00:00Z",  # now
        "2026-03-05T10:00:00.001Z",  # a moment after the latest
        "2026-02-29T00:00:00Z",
        "2026-03-02T24:00:01Z",
        "1795600000000000000000",
    ],
)
def test_promises_at_the_edge_of_time(city: City, moment: str) -> None:
    body = {"text": "会后联系您", "promised_at": moment}
    assert city.act("zhou", city.submit(), "quick_reply", body, expected=422)["code"] in {
        "promise_out_of_range",
        "bad_request",
    }


def test_the_latest_promise_that_counts(city: City) -> None:
    body = {"text": "会后联系您", "promised_at": "2026-03-05T18:00:00+08:00"}
    assert city.act("zhou", city.submit(), "quick_reply", body)["state"] == "assigned"


TEXTS = ["\0", "a\0b", "\u202e回拨", "\ufeff", "\u200b", "👨‍👩‍👧‍👦" * 20, "ＡＢ", "e\u0301" * 30, "\x1b[2J"]
TEXTS += ["'; --", "<script>", "=1+1"]


@pytest.mark.parametrize("text", TEXTS)
def test_odd_text_comes_back_without_control_characters_or_is_refused(city: City, resident: Caller, text: str) -> None:
    answer = resident.post("/api/appeals", APPEAL | {"title": text[:60], "body": text, "place": text})
    assert answer.status_code in {201, 422}
    if answer.status_code == 201:
        assert answer.content_type == "application/json"
        assert answer.json["title"] == text[:60].translate({0: None, 0x1B: None, 0x202E: None}).strip()
    for path in ("/api/officials", "/api/appeals"):
        assert city.client.get(path, query_string={"q": text, "cursor": text}).status_code < 500


@pytest.mark.parametrize("escape", ["\\ud800", "\\udfff", "\\ud83d", "x\\udc00x"])
def test_half_characters_are_refused_everywhere(city: City, escape: str) -> None:
    resident, official = city.login("resident"), city.login("zhou")
    for field in ("title", "body", "place", "official_id", "source", "phone", "kind", "unknown"):
        body = json.dumps(APPEAL | {field: "@"}).replace('"@"', f'"{escape}"')
        assert raw(resident, "/api/appeals", body).status_code == 422
    assert raw(resident, "/api/appeals", f'{{"{escape}":1}}').status_code == 422
    assert raw(resident, "/api/subscriptions", f'{{"results":{{"{escape}":"accept"}}}}').status_code == 422
    assert raw(resident, "/api/session", f'{{"code":"{escape}"}}').status_code == 422
    for action, fields in OFFICIAL_BODIES.items():
        body = json.dumps(fields | {"note": "@"}).replace('"@"', f'"{escape}"')
        assert raw(official, f"/api/official/appeals/x/{action}", body).status_code == 422


def test_of_a_doubled_key_the_last_one_counts_everywhere(city: City, resident: Caller) -> None:
    """And the answer shows which: nothing checks the one and stores the other."""
    body = json.dumps(APPEAL)[:-1] + ',"title":"后一个","official_id":"roads"}'
    appeal = raw(resident, "/api/appeals", body).json
    assert (appeal["title"], appeal["official"]["id"]) == ("后一个", "roads")


@pytest.mark.parametrize(
    "bad", ["%00", "a%00b", "%ff%fe", "%ed%a0%80", "..", "..%2f..", "%2e%2e%2fetc", "$ne", "*", "x" * 5000]
)
def test_odd_ids_are_not_there(city: City, bad: str) -> None:
    resident, official = city.login("resident"), city.login("zhou")
    assert resident.get(f"/api/appeals/{bad}").status_code in {404, 405}
    assert resident.post(f"/api/appeals/{bad}/withdraw").status_code in {404, 405}
    assert official.post(f"/api/official/appeals/{bad}/sign").status_code in {404, 405}
    assert city.client.get(f"/api/officials/{bad}").status_code == 404
    assert city.client.get(f"/api/rosters/{bad}/directory").status_code == 404


PATHS = [
    "../../../etc/passwd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "..%2f..%2f__init__.py",
    "....//x",
    "%00",
    "~/.ssh",
    "C:%5cx",
]
PATHS += [".", ""]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("root", ["/docs/files/", "/media/", "/media/id-1/", "/static/"])
def test_no_way_out_of_a_folder(city: City, root: str, path: str) -> None:
    with city.client.get(root + path, buffered=True, follow_redirects=True) as answer:
        assert answer.status_code == 404
        assert "root:" not in answer.text


@pytest.mark.parametrize("key", ["é", "\xff\xfe", "' OR 1=1", '{"$ne":1}', "%00", "../..", "k" * 128, "%n%s"])
def test_odd_keys_are_only_keys(city: City, key: str) -> None:
    resident = city.login("resident")
    assert len({resident.send("/api/appeals", APPEAL, 201, key)["id"] for _ in range(2)}) == 1


def test_a_key_that_is_too_long(resident: Caller) -> None:
    answer = resident.post("/api/appeals", APPEAL, "k" * 129)
    assert (answer.status_code, answer.json["code"]) == (422, "bad_idempotency_key")


@pytest.mark.parametrize(
    "name", ["Authorization", "Idempotency-Key", "If-None-Match", "Accept-Encoding", "Cookie", "Host"]
)
@pytest.mark.parametrize("value", ["x" * 100_000, "\xff" * 99, ",;=" * 3000, '"' * 501])
def test_odd_headers_break_nothing(city: City, name: str, value: str) -> None:
    resident = city.login("resident")
    for method, path in (("GET", "/api/rosters/city/directory"), ("GET", "/api/me"), ("POST", "/api/calls")):
        body = {"official_id": "roads", "outcome": "busy"} if method == "POST" else None
        assert resident.ask(method, path, headers={name: value}, json=body).status_code < 500


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "multipart/form-data", "application/json; charset=utf-7", "", "x"]
)
def test_the_content_type_opens_no_second_way_in(resident: Caller, kind: str) -> None:
    answer = resident.ask("POST", "/api/appeals", data=b"title=x&official_id=education", content_type=kind)
    assert (answer.status_code, answer.json["code"]) == (422, "bad_request")


def test_what_one_may_not_set_cannot_be_set(city: City, resident: Caller) -> None:
    for field in ("id", "code", "state", "resident_id", "urgent", "review", "submission_key", "roster"):
        assert resident.post("/api/appeals", APPEAL | {field: "x"}).status_code == 422
    for body in ({"roles": ["official"]}, {"bindings": []}, {"mp_openid": "x"}, {"name": "x", "id": "zhou"}):
        assert resident.ask("PATCH", "/api/me", json=body).status_code == 422
    assert resident.get("/api/me").json["roles"] == ["resident"]


def test_a_picture_is_found_by_its_whole_address_only(city: City, resident: Caller) -> None:
    kept = resident.upload(picture()).json
    path = kept["url"].removeprefix("https://ztc.example.cn")
    good = city.client.get(path)
    assert (good.status_code, good.content_type, good.headers["X-Content-Type-Options"]) == (
        200,
        "image/jpeg",
        "nosniff",
    )
    assert "private" in good.headers["Cache-Control"]
    for wrong in (path[:-1], path[:-1] + "g", path.upper(), f"/media/{kept['id']}/", f"/media/{kept['id']}/%00"):
        assert city.client.get(wrong).status_code == 404
