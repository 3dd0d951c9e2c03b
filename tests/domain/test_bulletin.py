"""A bulletin is a draft until it is signed, and never changes afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.bulletin import BulletinLine, is_replaced, issue, leave_out, need_newest, put_back, with_texts
from app.domain.errors import Conflict, NotFound, Reason, RuleBroken
from app.domain.reporting import LineKind, Report, ReportKind, period_of, report_id

NOW = datetime(2026, 4, 1, 1, tzinfo=UTC)
LINE = BulletinLine(LineKind.TOPIC, "停水", "停水、水压")
PERIOD = period_of(ReportKind.MONTHLY, date(2026, 3, 2))
DRAFT = Report("id", "city", ReportKind.MONTHLY, PERIOD.first, PERIOD.last, NOW, "{}")


def test_only_a_bulletin_is_a_draft_and_only_until_it_is_signed() -> None:
    assert DRAFT.is_draft
    assert not issue(DRAFT, "通〔2026〕1号", "李督查", NOW).is_draft
    for kind in (ReportKind.DAILY, ReportKind.WEEKLY):
        assert not replace(DRAFT, kind=kind).is_draft


def test_what_is_final_never_changes() -> None:
    signed = issue(leave_out(DRAFT, LINE, "指向个人", "李督查", NOW), "通〔2026〕1号", "李督查", NOW)
    for final in (signed, replace(DRAFT, kind=ReportKind.WEEKLY)):
        for deed in (
            lambda one: with_texts(one, "导语", ""),
            lambda one: leave_out(one, LINE, "指向个人", "李督查", NOW),
            lambda one: put_back(one, LINE.kind, LINE.key),
            lambda one: issue(one, "通〔2026〕2号", "王督查", NOW),
        ):
            with pytest.raises(RuleBroken, match=Reason.REPORT_FINAL.value):
                deed(final)


def test_a_line_is_left_out_once_with_its_reason_and_comes_back() -> None:
    once = leave_out(DRAFT, LINE, "指向个人", "李督查", NOW)
    assert leave_out(once, LINE, "另一个理由", "王督查", NOW) is once
    assert [(one.words, one.reason, one.by) for one in once.left_out] == [("停水、水压", "指向个人", "李督查")]
    assert put_back(once, LINE.kind, LINE.key) == DRAFT
    with pytest.raises(NotFound, match=Reason.NO_SUCH_LINE.value):
        put_back(DRAFT, LINE.kind, LINE.key)


def test_the_same_texts_change_nothing() -> None:
    told = with_texts(DRAFT, "导语", "备注")
    assert (told.lead, told.remark) == ("导语", "备注")
    assert with_texts(told, "导语", "备注") is told


def test_what_was_signed_is_in_force_until_its_correction_is_signed() -> None:
    signed, correction = issue(DRAFT, "通〔2026〕1号", "李督查", NOW), replace(DRAFT, revision=2)
    assert not is_replaced(signed, [])
    assert not is_replaced(signed, [correction])
    assert is_replaced(signed, [issue(correction, "通〔2026〕2号", "李督查", NOW), replace(DRAFT, revision=3)])
    assert is_replaced(DRAFT, [correction]), "nobody works on the older of two drafts"
    weekly = replace(DRAFT, kind=ReportKind.WEEKLY)
    assert is_replaced(weekly, [replace(weekly, revision=2)])


def test_revisions_have_ids_of_their_own_and_only_the_newest_is_worked_on() -> None:
    assert report_id("city", PERIOD) == "city:monthly:2026-03-01"
    assert report_id("city", PERIOD, 2) == "city:monthly:2026-03-01:2"
    need_newest(None)
    with pytest.raises(Conflict, match=Reason.REPORT_REPLACED.value):
        need_newest(replace(DRAFT, revision=2))
