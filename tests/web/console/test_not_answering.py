"""疑似不接电话: nothing is chosen beforehand, the calls stand in the evidence, and judged calls count no more."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from app.domain.officer import OfficeRole
from tests.web.city import City
from tests.web.console.conftest import Desk, Office, key_of
from tests.web.console.counting import queries

R = OfficeRole
LIST = "/console/not-answering?roster=city"
FOUND = "三次拨打均无人接听"


def missed(city: City, callers: tuple[str, ...] = ("one", "two", "three")) -> list[str]:
    body = {"official_id": "education", "outcome": "no_answer"}
    made = []
    for caller in callers:
        made.append(city.login(caller).send("/api/calls", body, 201)["id"])
        city.world.clock.advance(timedelta(minutes=1))
    return made


def form_of(page: str, **fields: str) -> dict[str, Any]:
    calls = re.findall(r'name="call" value="([^"]+)"', page)
    return {"official_id": "education", "verdict": "true", "text": FOUND, "call": calls} | fields


def judged(desk: Desk, **fields: str) -> str:
    """Through the page that asks once more; the page that follows."""
    form = form_of(desk.see(LIST), **fields)
    asked = desk.post(LIST, form)
    assert asked.status_code == 200, asked.text
    return desk.do(LIST, **form, key=key_of(asked.text), step="do")


def test_nothing_is_chosen_beforehand_and_appeals_from_the_calls_come_first(city: City, supervisor: Desk) -> None:
    calls = missed(city)
    assert "名下没有在办诉求" in supervisor.see(LIST)
    other = city.submit(title="与电话无关")
    made = city.submit("one", title="没有人接", call_id=calls[0])
    page = supervisor.see(LIST)
    assert "3 位群众共 3 次没有接通" in page
    choice = page[page.index('name="appeal_id"') :]
    assert "selected" not in choice[: choice.index("</select>")]
    places = [
        choice.index(part) for part in ("由这些没有接通的电话转来", made["code"], "与这些电话无关", other["code"])
    ]
    assert places == sorted(places)
    refused = supervisor.post(LIST, form_of(page))
    assert refused.status_code == 422
    assert "请选择这位负责同志名下的一件诉求" in refused.text
    assert FOUND in refused.text, "what was typed stays"


def test_a_page_asks_once_more_and_names_person_calls_and_appeal(city: City, supervisor: Desk) -> None:
    missed(city)
    appeal = city.submit()
    form = form_of(supervisor.see(LIST), appeal_id=appeal["id"])
    asked = supervisor.post(LIST, form)
    for words in (
        "周文清",
        appeal["code"],
        FOUND,
        "没有接通的电话（3 次）",
        "不是由这些电话转来的",
        "群众在小程序中登记",
    ):
        assert words in asked.text, words
    assert city.world.stores.appeals.get(appeal["id"]).interviews == (), "nothing has happened yet"
    assert FOUND in supervisor.post(LIST, form | {"step": "back"}).text
    half = supervisor.post(LIST, form | {"text": ""})
    assert half.status_code == 422
    assert "没有记录" in half.text


def test_the_missed_calls_stand_in_the_frozen_evidence(city: City, supervisor: Desk, office: Office) -> None:
    missed(city, ("one", "two"))
    taken = {"caller_phone": "13700137000", "official_id": "education", "call_outcome": "busy", "step": "call"}
    operator = office.desk(R.OPERATOR, number="802")
    operator.do("/console/register", **taken, key=key_of(operator.see("/console/register")))
    appeal = city.submit()
    page = judged(supervisor, appeal_id=appeal["id"])
    assert "经核实不接电话" in page
    (interview,) = city.world.stores.appeals.get(appeal["id"]).interviews
    assert interview.decision is None, "a person decides"
    shown = supervisor.see(f"/console/appeals/{appeal['id']}/interviews/1/evidence")
    assert "与提出时一致" in shown
    assert "没有接通的电话" in shown
    told = re.findall(r"<td>(无人接听|占线)</td><td>第 (.) 位群众</td><td>([^<]+)</td>", shown)
    by_residents = "群众在小程序中登记"
    by_operator = "接线员 某operator（工号 802） 代为登记"
    assert told == [("无人接听", "1", by_residents), ("无人接听", "2", by_residents), ("占线", "3", by_operator)]
    assert "13700137000" not in interview.evidence + shown
    assert "没有接通的电话" in supervisor.see(f"/console/appeals/{appeal['id']}/interviews/1/evidence/sheet")


@pytest.mark.parametrize("verdict", ["true", "untrue"])
def test_judged_calls_count_no_more_and_new_ones_bring_the_official_back(
    city: City, supervisor: Desk, verdict: str
) -> None:
    missed(city)
    appeal = city.submit()
    assert "多位群众没有打通" in supervisor.see("/console/")
    stale = form_of(supervisor.see(LIST), verdict=verdict, appeal_id=appeal["id"])
    judged(supervisor, verdict=verdict, appeal_id=appeal["id"])
    page = supervisor.see(LIST)
    assert "没有疑似不接电话的号码" in page
    assert "已核实" in page
    assert FOUND in page
    evidence = f"/console/appeals/{appeal['id']}/interviews/1/evidence"
    assert (evidence in page) == (verdict == "true")
    assert "多位群众没有打通" not in supervisor.see("/console/")
    again = supervisor.post(LIST, stale | {"step": "do", "key": "another"})
    assert again.status_code == 409
    assert "已经有人核实" in again.text
    assert len(city.world.stores.appeals.get(appeal["id"]).interviews) == (verdict == "true")
    missed(city, ("four", "five"))
    assert "没有疑似不接电话的号码" in supervisor.see(LIST), "two new calls are too few"
    missed(city, ("six",))
    assert "3 位群众共 3 次没有接通" in supervisor.see(LIST)


def test_the_same_form_twice_is_one_judgement(city: City, supervisor: Desk) -> None:
    missed(city)
    appeal = city.submit()
    form = form_of(supervisor.see(LIST), appeal_id=appeal["id"], step="do", key="once")
    assert supervisor.post(LIST, form).status_code == supervisor.post(LIST, form).status_code == 303
    (entry,) = [one for one in city.world.stores.audit_log.kept.values() if one.act == "judge_calls"]
    assert (entry.subject, entry.detail) == ("education", "true")


def test_the_appeal_must_be_that_officials(city: City, supervisor: Desk) -> None:
    missed(city)
    theirs = city.submit(official_id="roads")
    refused = supervisor.post(LIST, form_of(supervisor.see(LIST), appeal_id=theirs["id"], step="do", key="1"))
    assert refused.status_code == 422
    assert city.world.stores.appeals.get(theirs["id"]).interviews == ()


def test_who_only_reads_gets_no_form(city: City, office: Office) -> None:
    missed(city)
    page = office.desk(R.AUDITOR).see(LIST)
    assert "等督查员核实" in page
    assert 'name="verdict"' not in page


def test_the_list_needs_a_handful_of_queries(city: City, supervisor: Desk) -> None:
    missed(city)
    supervisor.see(LIST)
    with queries(city) as asked:
        supervisor.see(LIST)
    assert sum(asked.values()) <= 12, asked
