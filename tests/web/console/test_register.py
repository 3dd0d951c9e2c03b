"""登记来电: one page, the caller known by a keyed hash, the code to read out, a 工号 on everything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.domain.officer import OfficeRole
from app.services.people.callers import caller_of
from tests.web.city import City
from tests.web.console.conftest import Desk, Office, key_of
from tests.web.console.counting import queries

CALL: dict[str, str] = {
    "caller_phone": "138 0013 8000",
    "body": "和平路路灯坏了三天，晚上看不见路。",
    "official_id": "roads",
    "kind": "request",
    "step": "register",
}


@pytest.fixture
def operator(office: Office) -> Desk:
    return office.desk(OfficeRole.OPERATOR, number="807")


def register(desk: Desk, **changes: str) -> Any:
    key = key_of(desk.see("/console/register"))
    return desk.post("/console/register", CALL | {"key": key} | changes)


def stored(city: City) -> list[Any]:
    return list(city.world.stores.appeals.kept.values())


def test_a_call_becomes_an_appeal_and_its_code_is_read_out(city: City, operator: Desk) -> None:
    answer = register(operator)
    assert answer.status_code == 303
    page = operator.see(answer.headers["Location"])
    (appeal,) = stored(city)
    assert " ".join(appeal.code) in page
    assert appeal.state.value == "assigned"
    assert appeal.phone == "138 0013 8000"
    assert appeal.title == "和平路路灯坏了三天"
    assert appeal.timeline[0].actor.name == "某operator（工号 807）"
    entry = city.world.stores.audit_log.last()
    assert (entry.act, entry.subject, entry.officer_id) == ("register", appeal.code, operator.officer.id)


def test_the_same_form_sent_twice_is_one_appeal(city: City, operator: Desk) -> None:
    key = key_of(operator.see("/console/register"))
    first = operator.post("/console/register", CALL | {"key": key})
    again = operator.post("/console/register", CALL | {"key": key})
    assert first.headers["Location"] == again.headers["Location"]
    assert len(stored(city)) == 1


def test_the_callers_history_is_found_however_the_number_is_written(city: City, operator: Desk) -> None:
    register(operator)
    assert caller_of(city.world, "+86 138-0013-8000") == caller_of(city.world, "13800138000")
    assert caller_of(city.world, "13800138001") != caller_of(city.world, "13800138000")
    (appeal,) = stored(city)
    page = operator.post("/console/register", {"caller_phone": "13800138000", "step": "look"}).text
    assert appeal.code in page
    other = operator.post("/console/register", {"caller_phone": "13800138001", "step": "look"}).text
    assert appeal.code not in other
    assert "没有登记过" in other
    assert len(stored(city)) == 1, "looking writes nothing"


def test_what_the_caller_wrote_in_the_program_is_history_too_until_it_is_forgotten(city: City, operator: Desk) -> None:
    written = city.submit(phone="13800138000")
    look = {"caller_phone": "138-0013-8000", "step": "look"}
    assert written["code"] in operator.post("/console/register", look).text
    city.act("resident", written, "withdraw", {})
    assert city.login("resident").ask("DELETE", "/api/me").status_code in {200, 204}
    assert written["code"] not in operator.post("/console/register", look).text


def test_officials_are_suggested_and_the_same_matter_is_shown(city: City, operator: Desk) -> None:
    known = city.submit(official_id="roads", title="路灯不亮", body="和平路路灯坏了三天，晚上看不见路。")
    looked = operator.post("/console/register", CALL | {"official_id": "", "step": "look"}).text
    assert 'data-official="roads"' in looked
    assert known["code"] in looked
    asked = operator.post("/console/register/matter", CALL | {"official_id": ""}).json
    assert [one["id"] for one in asked["suggested"]] == ["roads"]
    assert [one["code"] for one in asked["alike"]] == [known["code"]]
    assert "13800138000" not in str(asked)


def test_a_mistake_keeps_everything_that_was_typed(city: City, operator: Desk) -> None:
    answer = register(operator, caller_phone="abc", place="和平路 12 号", call_note="<b>急</b>")
    assert answer.status_code == 422
    assert CALL["body"] in answer.text
    assert 'value="和平路 12 号"' in answer.text
    assert "&lt;b&gt;急&lt;/b&gt;" in answer.text
    assert 'id="caller_phone-problem"' in answer.text
    assert not stored(city)
    missing = register(operator, official_id="")
    assert 'id="official_id-problem"' in missing.text
    gone = register(operator, official_id="nobody")
    assert gone.status_code == 404
    assert "联系方式已不再公布" in gone.text
    assert CALL["body"] in gone.text


def test_how_the_call_went_stands_in_the_text(city: City, operator: Desk) -> None:
    register(operator, call_note="已口头答复政策")
    (appeal,) = stored(city)
    assert appeal.body.endswith("通话情况：已口头答复政策")


def test_what_is_about_the_official_waits_for_a_supervisor_and_is_not_handed_over(city: City, operator: Desk) -> None:
    answer = register(operator, about_official="true")
    assert "由督查人员审核后交办" in operator.see(answer.headers["Location"])
    (appeal,) = stored(city)
    assert not appeal.assignee_id
    assert city.login("xie").get(f"/api/appeals/{appeal.id}").status_code == 404


def test_a_register_needs_a_handful_of_queries(city: City, operator: Desk) -> None:
    for _ in range(20):
        city.submit(official_id="roads")
        city.world.clock.advance(timedelta(seconds=1))
    operator.see("/console/register")
    with queries(city) as asked:
        operator.client.get("/console/register", base_url="https://ztc.example.cn")
    assert sum(asked.values()) <= 5, asked
