"""Spot checks, perfunctory answers, numbers that seem not to be answered: shown to readers, decided by supervisors."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from app.domain.officer import OfficeRole
from app.services.evidence import perfunctory
from tests.web.city import City
from tests.web.console.conftest import Desk, Office, key_of
from tests.web.console.counting import queries

R = OfficeRole
DRAW = {"roster": "city", "first": "2026-03-01", "last": "2026-03-03", "size": "2", "source": "福彩公告"}


SAME = "您反映的情况已收悉，正在研究处理之中。"


def several_answered(city: City) -> list[dict[str, Any]]:
    made = []
    for number in range(3):
        appeal = city.submit(title=f"路灯 {number} <b>")
        city.act("zhou", appeal, "log_contact", {"outcome": "in_person"})
        made.append(city.act("zhou", appeal, "answer", {"text": SAME, "outcome": "solved"}))
        city.world.clock.advance(timedelta(seconds=1))
    return made


def drawn(desk: Desk, **changes: str) -> str:
    """The address of a new draw's page."""
    answer = desk.post("/console/spot-checks", DRAW | {"public_text": "03 07 11"} | changes)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_a_sample_is_drawn_shown_and_checked(city: City, supervisor: Desk) -> None:
    several_answered(city)
    address = drawn(supervisor)
    page = supervisor.see(address)
    assert "3 件中抽 2 件" in page
    assert "名单与公开文字相符" in page
    assert "路灯 0 &lt;b&gt;" in page or "路灯 1 &lt;b&gt;" in page
    form = {"key": key_of(page), "appeal_id": found(page)[0], "verdict": "contradicted", "corrects": ""}
    empty = supervisor.post(address, form | {"text": " "})
    assert empty.status_code == 422
    assert "没有登记" in empty.text
    after = supervisor.do(address, **form, text="群众说没有人来过")
    assert "已核查 1 件，与答复不符 1 件" in after
    assert "群众说没有人来过" in after
    first = re.search(r'name="corrects" value="([^"]+)"', after)
    assert first is not None
    form |= {"verdict": "confirmed", "corrects": first[1], "key": "another"}
    corrected = supervisor.do(address, **form, text="记错了")
    assert "与答复一致 1 件" in corrected
    assert "更正前：与答复不符" in corrected, "nothing is overwritten"


def found(page: str) -> list[str]:
    return re.findall(r'name="appeal_id" value="([^"]+)"', page)


def test_the_same_result_sent_twice_stands_once(city: City, supervisor: Desk) -> None:
    several_answered(city)
    address = drawn(supervisor)
    page = supervisor.see(address)
    form = {"key": key_of(page), "appeal_id": found(page)[0], "verdict": "confirmed", "text": "属实", "corrects": ""}
    assert supervisor.post(address, form).status_code == 303
    assert supervisor.post(address, form).status_code == 303
    other = supervisor.post(address, form | {"key": "another"})
    assert other.status_code == 409
    assert "已有核查结果" in other.text


def test_a_draw_is_on_record_and_a_second_one_shows(city: City, supervisor: Desk, office: Office) -> None:
    several_answered(city)
    drawn(supervisor)
    entry = city.world.stores.audit_log.last()
    assert (entry.act, entry.subject) == ("draw", "city")
    drawn(supervisor, public_text="01 02 03")
    page = office.desk(R.AUDITOR).see("/console/spot-checks?roster=city")
    assert "第 2 次" in page
    assert "抽取新的样本" not in page, "an auditor only reads"


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"public_text": ""}, 422, "必须填写"),
        ({"first": "yesterday"}, 422, "请填写起止两个日期"),
        ({"last": "2026-02-01"}, 422, "结束日期不能早于开始日期"),
        ({"size": "0"}, 422, "不能小于 1"),
        ({"first": "2025-01-01", "last": "2025-01-02"}, 409, "没有已答复的诉求"),
        ({"roster": "nowhere"}, 404, "这份名录不存在"),
    ],
)
def test_what_cannot_be_drawn_is_said_beside_what_was_typed(
    city: City, supervisor: Desk, changes: dict[str, str], status: int, words: str
) -> None:
    several_answered(city)
    answer = supervisor.post("/console/spot-checks", DRAW | {"public_text": "03 07 11"} | changes)
    assert answer.status_code == status
    assert words in answer.text
    assert 'value="福彩公告"' in answer.text


def test_a_flag_is_decided_by_a_person_and_suggests_an_interview(city: City, supervisor: Desk, office: Office) -> None:
    appeals = several_answered(city)
    city.world.clock.advance(timedelta(minutes=10))
    perfunctory.find(city.world)
    page = supervisor.see("/console/flags?roster=city")
    assert "多件答复文字相同" in page
    assert all(appeal["code"] in page for appeal in appeals)
    assert "等督查员认定" in office.desk(R.OPERATOR).see("/console/flags?roster=city"), "an operator only reads"
    action = re.search(r'action="(/console/flags/[^"]+)"', page)
    assert action is not None
    address = action[1].replace("&amp;", "&")
    half = supervisor.post(address, {"decision": "confirmed", "text": ""})
    assert half.status_code == 422
    after = supervisor.do(address, decision="confirmed", text="逐件电话核实，均未办理")
    assert "已提出约谈建议" in after
    assert "多件答复文字相同" not in after
    assert appeals[-1]["code"] in supervisor.see("/console/appeals?desk=interview")
    late = supervisor.post(address, {"decision": "dismissed", "text": "再想想"})
    assert late.status_code == 409
    assert "已经有人作出认定" in late.text


def test_the_lists_need_a_handful_of_queries(city: City, supervisor: Desk) -> None:
    several_answered(city)
    city.world.clock.advance(timedelta(minutes=10))
    perfunctory.find(city.world)
    address = drawn(supervisor)
    for page in ("/console/flags?roster=city", "/console/not-answering?roster=city", "/console/spot-checks", address):
        supervisor.see(page)
        with queries(city) as asked:
            supervisor.see(page)
        assert sum(asked.values()) <= 9, (page, asked)


def test_two_answers_of_one_appeal_are_told_apart(city: City, supervisor: Desk) -> None:
    appeal = city.submit()
    city.act("zhou", appeal, "log_contact", {"outcome": "in_person"})
    city.act("zhou", appeal, "answer", {"text": "收到", "outcome": "solved"})
    city.act("resident", appeal, "rate", {"resolution": "unresolved", "satisfaction": "dissatisfied", "comment": "无"})
    city.act("resident", appeal, "reopen", {"reason": "什么也没有办"})
    city.world.clock.advance(timedelta(hours=1))
    city.act("zhou", appeal, "answer", {"text": "再次收到", "outcome": "solved"})
    city.world.clock.advance(timedelta(minutes=10))
    perfunctory.find(city.world)
    cards = supervisor.see("/console/flags?roster=city").split("<article")[1:]
    found = [re.findall(r"第 (\d) 次答复|words said\">([^<]+)<", card) for card in cards]
    assert sorted(found) == [[("1", ""), ("", "收到")], [("2", ""), ("", "再次收到")]]


def test_what_contradicts_the_answer_leads_on_to_what_may_be_done(city: City, supervisor: Desk, office: Office) -> None:
    several_answered(city)
    address = drawn(supervisor)
    page = supervisor.see(address)
    id, other = found(page)
    assert "接下来" not in page
    for one, verdict in ((id, "contradicted"), (other, "confirmed")):
        supervisor.do(address, appeal_id=one, verdict=verdict, text="没有人来过", corrects="", key=f"for {one}")
    page = supervisor.see(address)
    assert page.count("接下来") == 1
    for deed, words in (("follow_up", "回访"), ("suggest_interview", "提出约谈建议")):
        assert re.search(rf'href="/console/appeals/{id}#{deed}-\w+">{words}</a>', page), deed
    assert "#reopen-reason" not in page, "while the resident may rate, nobody else reopens"
    assert city.world.stores.appeals.get(id).interviews == (), "a person decides"
    city.act("resident", {"id": id}, "rate", {"resolution": "resolved", "satisfaction": "satisfied", "comment": ""})
    page = supervisor.see(address)
    assert f'href="/console/appeals/{id}#reopen-reason">责令重办</a>' in page
    assert 'id="reopen-reason"' in supervisor.see(f"/console/appeals/{id}")
    assert "接下来" not in office.desk(R.AUDITOR).see(address)
