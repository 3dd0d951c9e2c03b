"""Calls over HTTP: recorded, returned, listed, and turned into an appeal in one request."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.city import APPEAL, Caller, City

BODY = {"official_id": "education", "kind": "request", "body": "打了三次都没人接，路灯还没修。"}


def record(caller: Caller, outcome: str, official: str = "education") -> dict[str, Any]:
    return caller.send("/api/calls", {"official_id": official, "outcome": outcome}, 201)


def test_a_call_back_says_whether_it_came_within_a_workday(city: City, resident: Caller) -> None:
    missed = record(resident, "no_answer")
    assert (missed["returned"], missed["may_become_appeal"], missed["answers_call_id"]) == (None, True, None)
    city.world.clock.advance(hours=3)
    back = record(resident, "called_back")
    assert (back["returned"], back["answers_call_id"], back["returned_at"]) == (True, missed["id"], back["at"])
    assert record(resident, "called_back")["returned"] is None
    record(resident, "busy")
    city.world.clock.advance(days=2)
    assert record(resident, "called_back")["returned"] is False
    shown = {call["id"]: call for call in resident.get("/api/calls").json["items"]}
    assert (shown[missed["id"]]["returned"], shown[missed["id"]]["returned_at"]) == (True, back["at"])


def test_my_calls_by_cursor(city: City, resident: Caller) -> None:
    recorded = []
    for number in range(23):
        key = f"key-{number}" if number % 2 else ""
        body = {"official_id": "education", "outcome": "busy"}
        recorded.append(resident.send("/api/calls", body, 201, key)["id"])
        city.world.clock.advance(seconds=number % 2)
    record(resident, "busy", "roads")
    record(city.login("neighbour"), "busy")
    first = resident.get("/api/calls?official_id=education").json
    second = resident.get("/api/calls", query_string={"official_id": "education", "cursor": first["next"]}).json
    seen = [call["id"] for call in first["items"] + second["items"]]
    assert (len(first["items"]), sorted(seen), second["next"]) == (20, sorted(recorded), None)
    assert resident.get("/api/calls?official_id=nobody").json == {"items": [], "next": None}
    for query in ("cursor=x", "official_id=" + "x" * 65, "official_id=$ne"):
        assert resident.get(f"/api/calls?{query}").status_code == 422


def test_nobody_answered_and_one_tap_later_it_is_an_appeal(city: City, resident: Caller) -> None:
    call = record(resident, "no_answer")
    appeal = resident.send("/api/appeals", BODY | {"call_id": call["id"]}, 201)
    assert (appeal["title"], appeal["call_id"]) == ("电话未接通：局长 周文清", call["id"])
    (shown,) = resident.get("/api/calls").json["items"]
    assert (shown["appeal_id"], shown["may_become_appeal"]) == (appeal["id"], False)
    again = resident.post("/api/appeals", BODY | {"call_id": call["id"]})
    assert (again.status_code, again.json["code"]) == (409, "call_has_appeal")
    assert again.json["detail"] == {"appeal": appeal["code"]}
    assert city.login("zhou").get(f"/api/appeals/{appeal['id']}").json["title"] == appeal["title"]


@pytest.mark.parametrize(
    ("outcome", "body", "status", "code"),
    [
        ("in_person", {}, 409, "call_not_missed"),
        ("busy", {"official_id": "roads"}, 404, "no_such_call"),
        ("busy", {"call_id": "nothing"}, 404, "no_such_call"),
        ("busy", {"call_id": "../x"}, 422, "bad_request"),
        ("busy", {"title": ""}, 422, "bad_request"),
        ("busy", {"body": ""}, 422, "bad_request"),
    ],
)
def test_from_other_calls_there_is_no_appeal(
    resident: Caller, outcome: str, body: dict[str, Any], status: int, code: str
) -> None:
    call = record(resident, outcome)
    answer = resident.post("/api/appeals", BODY | {"call_id": call["id"]} | body)
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_another_persons_call_is_not_there(city: City, resident: Caller) -> None:
    call = record(city.login("neighbour"), "busy")
    assert resident.post("/api/appeals", APPEAL | {"call_id": call["id"]}).status_code == 404


def test_without_a_call_the_title_is_still_asked_for(resident: Caller) -> None:
    for body in (BODY, BODY | {"call_id": ""}):
        answer = resident.post("/api/appeals", body)
        assert (answer.status_code, answer.json["detail"]) == (422, {"fields": {"title": ["必须填写"]}})
    assert resident.send("/api/appeals", APPEAL, 201)["call_id"] is None
