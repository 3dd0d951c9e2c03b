"""The draft of a bulletin at a supervisor's desk: completed, signed under a number, corrected by a further revision."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.bulletin import lines_of, without
from app.domain.errors import Conflict, NotFound, NotNow, NotPermitted, Reason, RuleBroken
from app.domain.officer import OfficeRole
from app.domain.overview import TopicLine, Topics
from app.domain.reporting import LineKind, Report, ReportKind
from app.services.figures.bulletins import issue, leave_out, put_back, write_texts
from app.services.figures.report_content import load
from app.services.figures.report_desk import count_again, list_reports, make_now, read_report
from app.services.world import World
from tests.services.factories import submitted
from tests.services.marches import FIRST, LAST, a_march, advance_to, an_officer

ROADS = "roads 解放"


@pytest.fixture
def world() -> World:
    return a_march()


@pytest.fixture
def draft(world: World) -> Report:
    return make_now(world, an_officer(), "city", ReportKind.MONTHLY, LAST)


def audited(world: World) -> list[tuple[str, str]]:
    return [(entry.act, entry.detail) for entry in world.stores.audit_log.since(0, 99)]


def test_a_draft_is_completed_and_signed_under_the_next_number(world: Any, draft: Report) -> None:
    told = write_texts(world, an_officer(), draft.id, 1, "现将3月份情况通报如下。", "联系人：督查室。")
    fewer = leave_out(world, an_officer(), draft.id, told.version, LineKind.OFFICIAL, ROADS, "正在复核")
    world.clock.advance(timedelta(hours=2))
    signed = issue(world, an_officer(), draft.id, fewer.version)
    kept = read_report(world, an_officer(), draft.id).report
    assert kept == signed and not kept.is_draft
    assert kept.issue and (kept.issue.number, kept.issue.by) == ("通〔2026〕1号", "李督查")
    assert kept.issue.at == world.clock.now()
    assert (kept.content, kept.lead, kept.remark) == (draft.content, "现将3月份情况通报如下。", "联系人：督查室。")
    assert audited(world) == [
        ("make_report", ""),
        ("edit_bulletin", ""),
        ("leave_out_line", "市城管局局长解放：正在复核"),
        ("issue_bulletin", "通〔2026〕1号"),
    ]


def test_whoever_is_left_out_is_out_of_the_lines_and_in_the_sums(world: World, draft: Report) -> None:
    whole = load(draft)
    assert [line.key for line in lines_of(whole) if line.kind is LineKind.OFFICIAL] == ["education 周文清", ROADS]
    fewer = leave_out(world, an_officer(), draft.id, 1, LineKind.OFFICIAL, ROADS, "正在复核")
    told = without(whole, fewer.left_out)
    assert [line.name for line in told.officials] == ["周文清"]
    assert (told.now, told.groups) == (whole.now, whole.groups)
    place = leave_out(world, an_officer(), draft.id, 2, LineKind.PLACE, "P-1", "已撤点")
    assert [one.code for one in without(whole, place.left_out).places] == ["P-2"]
    back = put_back(world, an_officer(), draft.id, 3, LineKind.OFFICIAL, ROADS)
    assert [one.key for one in back.left_out] == ["P-1"]
    assert audited(world)[-1] == ("put_back_line", "市城管局局长解放")
    with pytest.raises(NotFound, match=Reason.NO_SUCH_LINE.value):
        leave_out(world, an_officer(), draft.id, 4, LineKind.TOPIC, "停水", "没有这一行")


def test_a_name_that_no_paper_tells_is_no_line_to_leave_out(draft: Report) -> None:
    few = TopicLine("翡翠", False, 9, 0, ("停电",), names=("翡翠",))
    many = TopicLine("和平路", False, 10, 0, names=("和平路",))
    one = replace(load(draft), topics=Topics((few, many)))
    assert [line.key for line in lines_of(one) if line.kind is LineKind.TOPIC] == ["停电", "和平路"]
    assert [line.text for line in without(one, ()).topics.lines] == ["停电", "和平路"]


def test_nobody_signs_what_he_has_not_seen(world: World, draft: Report) -> None:
    write_texts(world, an_officer(), draft.id, 1, "导语", "")
    for deed in (
        lambda: issue(world, an_officer(), draft.id, 1),
        lambda: write_texts(world, an_officer(), draft.id, 1, "另一句", ""),
    ):
        with pytest.raises(Conflict, match=Reason.REPORT_CHANGED.value):
            deed()
    assert world.stores.counters.get("bulletins:2026") is None, "no number was spent"
    assert read_report(world, an_officer(), draft.id).report.lead == "导语"


def test_of_two_who_sign_at_once_one_does(world: World, draft: Report) -> None:
    reports: Any = world.stores.reports

    def another_is_faster(_: Report) -> None:
        reports.before_write = None
        issue(world, an_officer(), draft.id, 1)

    reports.before_write = another_is_faster
    with pytest.raises(Conflict, match=Reason.REPORT_CHANGED.value):
        issue(world, an_officer(), draft.id, 1)
    kept = read_report(world, an_officer(), draft.id).report
    assert kept.issue and kept.issue.number == "通〔2026〕2号", "the number of the one that lost is a gap"


@pytest.mark.parametrize("role", [role for role in OfficeRole if role is not OfficeRole.SUPERVISOR])
def test_only_supervisors_work_on_it(world: World, draft: Report, role: OfficeRole) -> None:
    by = an_officer(role)
    for deed in (
        lambda: write_texts(world, by, draft.id, 1, "导语", ""),
        lambda: leave_out(world, by, draft.id, 1, LineKind.OFFICIAL, ROADS, "理由"),
        lambda: put_back(world, by, draft.id, 1, LineKind.OFFICIAL, ROADS),
        lambda: issue(world, by, draft.id, 1),
        lambda: count_again(world, by, draft.id, "理由"),
    ):
        with pytest.raises(NotPermitted):
            deed()


def test_a_correction_is_a_further_revision_and_keeps_the_old_one(world: World, draft: Report) -> None:
    signed = issue(world, an_officer(), draft.id, 1)
    with pytest.raises(RuleBroken, match=Reason.REPORT_FINAL.value):
        write_texts(world, an_officer(), draft.id, signed.version, "改一改", "")
    advance_to(world, "2026-04-02 09:00")
    new = count_again(world, an_officer(), draft.id, "补登了两次来电")
    assert (new.id, new.revision, new.version) == (f"{draft.id}:2", 2, 1)
    assert (new.reason, new.replaces, new.is_draft) == ("补登了两次来电", "通〔2026〕1号", True)
    assert read_report(world, an_officer(), draft.id).report == signed, "not a letter of it has changed"
    assert read_report(world, an_officer(), draft.id).later == (new,)
    assert [one.revision for one in list_reports(world, an_officer(), "city", ReportKind.MONTHLY)] == [2, 1]
    assert audited(world)[-1] == ("recount_report", "补登了两次来电")
    for deed in (
        lambda: count_again(world, an_officer(), draft.id, "又一次"),
        lambda: issue(world, an_officer(), draft.id, 2),
    ):
        with pytest.raises(Conflict, match=Reason.REPORT_REPLACED.value):
            deed()
    third = count_again(world, an_officer(), new.id, "仍有差错")
    assert third.replaces == "通〔2026〕1号", "what was issued last, whatever drafts lie between"
    last = issue(world, an_officer(), third.id, 1)
    assert make_now(world, an_officer(), "city", ReportKind.MONTHLY, LAST) == last, "the newest is what there is"


def test_a_daily_report_is_counted_anew_without_a_signature(world: World) -> None:
    made = make_now(world, an_officer(), "city", ReportKind.DAILY, FIRST)
    submitted(world)
    new = count_again(world, an_officer(), made.id, "补登来电")
    assert (new.revision, new.replaces, new.is_draft) == (2, "", False)
    with pytest.raises(RuleBroken, match=Reason.REPORT_FINAL.value):
        issue(world, an_officer(), new.id, 1)


def test_what_would_take_minutes_is_not_counted_while_somebody_waits(
    world: World, draft: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.figures.report_desk.MADE_AT_ONCE", 12)
    with pytest.raises(NotNow, match=Reason.REPORT_TOO_LARGE.value):
        count_again(world, an_officer(), draft.id, "补登来电")
    assert read_report(world, an_officer(), draft.id).later == ()
