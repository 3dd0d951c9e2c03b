"""登记来电: one page, the caller known by a keyed hash, the code to read out, a 工号 on everything."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any

import pytest

from app.domain.notification import Role
from app.domain.officer import OfficeRole
from app.domain.roster import AnsweredBy, CourtesyHours, Policy, ServiceHours
from app.domain.timeline import Deed
from app.domain.workday import Unit
from app.services.people.callers import caller_of
from tests.services.factories import a_roster
from tests.web.city import City
from tests.web.console.conftest import SITE, Desk, Office, key_of
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


def calls(city: City) -> list[Any]:
    return list(city.world.stores.calls.kept.values())


def office_log(city: City, operator: Desk) -> str:
    return Office(city).desk(OfficeRole.AUDITOR).see(f"/console/audit?officer={operator.officer.id}")


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


def test_an_operator_finds_a_call_urgent_with_the_number_on_record(city: City, operator: Desk) -> None:
    assert register(operator, urgent="true").status_code == 303
    (appeal,) = stored(city)
    assert appeal.urgent
    found = next(entry for entry in appeal.timeline if entry.deed is Deed.SET_URGENT)
    assert (found.actor.role, found.actor.name) == (Role.OPERATOR, "某operator（工号 807）")
    assert {deadline.span.unit for deadline in appeal.assignment.deadlines} == {Unit.HOURS}
    kept = register(operator, urgent="true", caller_phone="x")
    assert 'name="urgent" value="true" checked' in kept.text, "what was ticked stays"
    register(operator, caller_phone="13800138001")
    assert [one.urgent for one in stored(city)] == [True, False]


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


def test_how_the_call_went_is_recorded_and_shown_on_every_page(city: City, operator: Desk) -> None:
    answer = register(operator, call_outcome="no_answer", call_note="打了<三>次")
    told = operator.see(answer.headers["Location"])
    (appeal,), (call,) = stored(city), calls(city)
    assert appeal.call_id == call.id and "打了" not in appeal.body
    file = operator.see(f"/console/appeals/{appeal.id}")
    history = operator.post("/console/register", {"caller_phone": "13800138000", "step": "look"}).text
    for page in (told, file, history):
        assert "无人接听" in page and "打了&lt;三&gt;次" in page
    assert "来电情况" in file and "群众不可见" in file
    assert "工号 807" in history and "13800138000" not in repr(call)
    lookup = {"code": appeal.code, "phone_tail": "8000"}
    assert "打了" not in city.client.post("/api/appeals/lookup", json=lookup).text


def test_a_call_alone_is_kept_and_confirmed(city: City, operator: Desk) -> None:
    asked = {"caller_phone": "13800138000", "official_id": "roads", "step": "call", "body": "", "kind": "request"}
    key = key_of(operator.see("/console/register"))
    sent = asked | {"key": key, "call_outcome": "busy", "call_note": "只要号码"}
    page = operator.do("/console/register", **sent)
    assert operator.do("/console/register", **sent) == page
    for words in ("已登记通话", "占线", "只要号码", "工号 807", "登记下一个", "没有登记诉求"):
        assert words in page
    assert len(calls(city)) == 1 and not stored(city)
    assert "登记通话结果" in (log := office_log(city, operator)) and "占线" in log


@pytest.mark.parametrize(
    ("field", "value"), [("call_outcome", ""), ("call_outcome", "x"), ("official_id", ""), ("caller_phone", "")]
)
def test_a_call_alone_needs_phone_official_and_outcome(city: City, operator: Desk, field: str, value: str) -> None:
    asked = CALL | {"call_outcome": "busy", "call_note": "只要号码", "step": "call", field: value}
    answer = operator.post("/console/register", asked)
    assert answer.status_code == 422
    assert f'id="{field}-problem"' in answer.text
    assert 'value="只要号码"' in answer.text and CALL["body"] in answer.text
    assert not calls(city)


def test_a_call_that_a_resident_recorded_is_not_shown(city: City, operator: Desk) -> None:
    own = city.login("resident").send("/api/calls", {"official_id": "education", "outcome": "busy"}, 201)
    assert operator.get(f"/console/register/calls/{own['id']}").status_code == 404


def test_appeals_and_calls_of_a_number_are_one_list_the_newest_first(city: City, operator: Desk) -> None:
    for step, outcome in (("call", "busy"), ("register", ""), ("call", "in_person")):
        key = key_of(operator.see("/console/register"))
        operator.post("/console/register", CALL | {"key": key, "step": step, "call_outcome": outcome})
        city.world.clock.advance(timedelta(minutes=1))
    asked = operator.post("/console/register/matter", {"caller_phone": "13800138000"}).json
    assert [one["state"] for one in asked["history"]] == ["本人接听", "待联系", "占线"]


HOURS = ServiceHours(time(8), time(22))
NIGHT = CourtesyHours(time(0), time(6), "现在是深夜，请先写诉求。")


@pytest.mark.parametrize(
    ("policy", "hour", "good", "words"),
    [
        (Policy(), 10, True, "没有固定服务时间。电话由负责同志本人接听。"),
        (
            Policy(answered_by=AnsweredBy.OPERATORS, service_hours=HOURS),
            10,
            True,
            "服务时间 工作日 8:00 至 22:00，现在可以接听。电话由接线员接听。",
        ),
        (Policy(answered_by=AnsweredBy.OPERATORS, service_hours=HOURS), 23, False, "3月3日（周二）8:00 恢复"),
        (Policy(courtesy_hours=NIGHT), 10, True, "0:00 至 6:00 请来电人尽量不打扰。"),
        (Policy(courtesy_hours=NIGHT), 24, False, "现在是深夜，请先写诉求。"),
    ],
)
def test_the_hours_are_always_said(
    city: City, office: Office, policy: Policy, hour: int, good: bool, words: str
) -> None:
    city.world.stores.rosters.put(a_roster(policy=policy, revision=2))
    city.world.clock.advance(timedelta(hours=hour - 10))
    desk = office.desk(OfficeRole.OPERATOR, number="807")
    chosen = {"roster": "city", "step": "look"}
    assert words in desk.post("/console/register", chosen).text
    told = desk.post("/console/register/matter", chosen).json["hours"]
    assert words in told["words"] and told["good"] is good


def test_among_all_rosters_the_chosen_officials_hours_are_said(city: City, operator: Desk) -> None:
    nobody = {"roster": "all", "official_id": ""}
    assert operator.post("/console/register/matter", nobody).json["hours"] is None
    assert "现在能不能接听" in operator.post("/console/register", nobody | {"step": "look"}).text
    roads = {"roster": "all", "official_id": "roads"}
    assert operator.post("/console/register/matter", roads).json["hours"]["name"] == "市领导公开电话"


def test_the_first_button_writes_nothing_because_enter_presses_it(operator: Desk) -> None:
    first = re.search(r'<button[^>]*name="step"[^>]*>', operator.see("/console/register"))
    assert first is not None and 'value="look"' in first[0] and "formnovalidate" in first[0]


def test_what_is_about_the_official_waits_for_a_supervisor_and_is_not_handed_over(city: City, operator: Desk) -> None:
    answer = register(operator, about_official="true")
    assert "由督查人员审核后交办" in operator.see(answer.headers["Location"])
    (appeal,) = stored(city)
    assert not appeal.assignee_id
    assert city.login("xie").get(f"/api/appeals/{appeal.id}").status_code == 404


def test_the_operator_may_name_somebody_else_whom_it_is_about(city: City, operator: Desk) -> None:
    register(operator, about_official_id="mayor")
    (appeal,) = stored(city)
    assert (appeal.about, appeal.about_official, appeal.assignee_id) == (("mayor",), False, "")


def test_a_register_needs_a_handful_of_queries(city: City, operator: Desk) -> None:
    for _ in range(20):
        city.submit(official_id="roads")
        city.world.clock.advance(timedelta(seconds=1))
    operator.see("/console/register")
    with queries(city) as asked:
        operator.client.get("/console/register", base_url="https://ztc.example.cn")
    assert sum(asked.values()) <= 5, asked


def test_a_page_that_refuses_knows_the_address_of_its_form(operator: Desk) -> None:
    assert "data-form-at" not in operator.see("/console/register")
    sent = CALL | {"body": "", "csrf_token": operator.token()}
    for form, known in (
        ("/console/register?roster=x&a=%22", ["/console/register?roster=x&amp;a=%22"]),
        ("/console/logout", []),  # takes forms alone
        ("/elsewhere", []),
    ):
        answer = operator.client.post("/console/register", base_url=SITE, data=sent, headers={"Referer": SITE + form})
        assert answer.status_code == 422
        found = re.findall(r'<body[^>]*data-form-at="([^"]*)"', answer.text)
        assert found == known


def test_what_was_not_chosen_is_told_as_a_choice(operator: Desk) -> None:
    page = register(operator, official_id="", step="call").text
    assert 'id="official_id-problem" role="alert">请选择<' in page
    assert 'id="call_outcome-problem" role="alert">只登记通话时请选择结果<' in page
