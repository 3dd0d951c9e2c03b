"""Interviews at the console: dates that can be, reasons that hold, and the frozen evidence in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain.officer import OfficeRole
from tests.web.city import City
from tests.web.console.acting import act, let_time_pass, of, path
from tests.web.console.conftest import Desk, Office

R = OfficeRole


def in_days(city: City, days: int) -> str:
    return (city.world.clock.now() + timedelta(days=days)).date().isoformat()


def suggested(city: City, supervisor: Desk) -> dict[str, Any]:
    appeal = city.answered()
    act(supervisor, appeal, "suggest_interview", reason="perfunctory", text="逐件电话核实<b>")
    return appeal


def evidence(appeal: dict[str, Any], more: str = "") -> str:
    return path(appeal, f"interviews/1/evidence{more}")


def test_a_date_that_cannot_be_is_said_beside_it_and_nothing_typed_is_lost(city: City, supervisor: Desk) -> None:
    appeal = suggested(city, supervisor)
    page = supervisor.see(path(appeal))
    assert f'min="{in_days(city, 1)}"' in page
    assert "记录：已约谈周文清，整改限期：{rectify_by}" in page, "the question names who and when"
    typed = {"interview": "1", "text": "当面谈过", "rectify_by": in_days(city, -7)}
    past = act(supervisor, appeal, "decide_interview", 422, decision="held", **typed)
    for words in ('id="decide_interview-rectify_by-1-problem"', "整改限期要从明天起", "当面谈过", typed["rectify_by"]):
        assert words in past
    assert act(supervisor, appeal, "decide_interview", 422, decision="held", **typed | {"rectify_by": in_days(city, 0)})
    both = act(
        supervisor, appeal, "decide_interview", 422, decision="dismissed", **typed | {"rectify_by": "2027-01-04"}
    )
    assert "不予约谈就没有整改限期" in both
    assert of(city, appeal).interviews[0].decision is None


def test_a_reason_that_does_not_hold_is_neither_offered_nor_taken(city: City, supervisor: Desk, office: Office) -> None:
    appeal = city.submit()
    assert "督办单逾期未办" not in supervisor.see(path(appeal))
    refused = act(supervisor, appeal, "suggest_interview", 409, reason="order_ignored", text="没有办")
    assert 'id="suggest_interview-reason-problem"' in refused
    assert "没有逾期未办的督办单" in refused
    assert "没有办" in refused
    desk = let_time_pass(city, office, days=10)
    act(desk, appeal, "sign_order", workdays="1")
    assert 'value="order_ignored"' not in desk.see(path(appeal)), "not due yet"
    city.world.clock.advance(timedelta(days=2))
    assert 'value="order_ignored"' in office.desk(R.SUPERVISOR).see(path(appeal))


def test_a_reason_given_before_is_not_said_to_be_new(city: City, supervisor: Desk) -> None:
    appeal = suggested(city, supervisor)
    again = act(supervisor, appeal, "suggest_interview", 409, reason="perfunctory", text="又核实一次")
    assert "已经提出过约谈建议" in again
    assert len(of(city, appeal).interviews) == 1


def test_a_call_that_reached_nobody_brings_no_rating(city: City, office: Office) -> None:
    appeal = city.answered()
    operator = office.desk(R.OPERATOR, number="807", unit="12345 热线")
    page = operator.see(path(appeal))
    assert '<option value="true" selected' not in page, "nobody is reached by default"
    rated = {"resolution": "resolved", "satisfaction": "satisfied", "note": "没有说"}
    half = act(operator, appeal, "follow_up", 422, reached="false", **rated)
    assert 'id="follow_up-reached-problem"' in half
    assert '<option value="resolved" selected' in half
    assert 'id="follow_up-reached-problem" role="alert">请选择<' in act(operator, appeal, "follow_up", 422, **rated)
    assert of(city, appeal).follow_ups == 0, "no attempt used up"


def test_the_evidence_is_read_in_words_with_its_hash_recomputed(city: City, supervisor: Desk) -> None:
    appeal = suggested(city, supervisor)
    page = supervisor.see(path(appeal))
    assert "核实情况：逐件电话核实&lt;b&gt;" in page
    assert f'href="{evidence(appeal)}"' in page
    for shown in (supervisor.see(evidence(appeal)), supervisor.see(evidence(appeal, "/sheet"))):
        for words in ("逐件电话核实&lt;b&gt;", "答复 · 已解决", "没有改动", "回访期限", "周文清"):
            assert words in shown
        assert of(city, appeal).interviews[0].evidence_hash in shown
        assert "<b>" not in shown.split("核实情况")[1].split("当时的期限")[0]


def test_evidence_that_was_changed_is_shown_for_what_it_is(city: City, supervisor: Desk) -> None:
    appeal = suggested(city, supervisor)
    known = of(city, appeal)
    forged = replace(known.interviews[0], evidence=known.interviews[0].evidence.replace("逐件电话核实", "没有核实"))
    assert city.world.stores.appeals.replace(replace(known, version=known.version + 1, interviews=(forged,)))
    for more in ("", "/sheet"):
        shown = supervisor.see(evidence(appeal, more))
        assert "指纹不符" in shown
        assert "没有改动" not in shown
    assert "核实情况：" not in supervisor.see(path(appeal))


def test_who_reads_the_evidence(city: City, supervisor: Desk, office: Office) -> None:
    appeal = suggested(city, supervisor)
    assert "逐件电话核实" in office.desk(R.AUDITOR).see(evidence(appeal))
    operator = office.desk(R.OPERATOR)
    assert operator.get(evidence(appeal)).status_code == 403
    page = operator.see(path(appeal))
    assert "查看固定的证据" not in page
    assert "核实情况：" not in page
    assert office.desk(R.INSPECTOR).get(evidence(appeal)).status_code == 404
    assert supervisor.get(path(appeal, "interviews/2/evidence")).status_code == 404
    act(
        supervisor, appeal, "decide_interview", interview="1", decision="held", text="谈过", rectify_by=in_days(city, 1)
    )
    let_time_pass(city, office, days=3)
    assert "逐件电话核实" in office.desk(R.INSPECTOR).see(evidence(appeal)), "since it was referred"


def test_each_form_of_several_keeps_its_own_words(city: City, supervisor: Desk) -> None:
    appeal = suggested(city, supervisor)
    act(supervisor, appeal, "suggest_interview", reason="not_answering", text="三次未接")
    half = act(supervisor, appeal, "decide_interview", 422, interview="2", text="只给第二条")
    assert half.count("只给第二条") == 1
    assert 'id="decide_interview-decision-2-problem"' in half
    assert 'id="decide_interview-decision-1-problem"' not in half


def test_the_story_says_a_rung_once(city: City, office: Office) -> None:
    appeal = city.submit()
    story = let_time_pass(city, office, days=10).see(path(appeal)).split('class="timeline"')[1]
    assert "<strong>督办</strong> <span>联系期限</span>" in story
    assert "<strong>提醒</strong> <span>联系期限 · 期限过半提醒</span>" in story
