"""Reports: which periods there are, when each is made, and that none is left out or made twice."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.reporting import MOST_AT_ONCE, Period, ReportKind, due_periods, period_of
from tests.domain.factories import beijing

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def test_a_day_a_week_and_a_month():
    wednesday = date(2026, 2, 25)
    assert period_of(ReportKind.DAILY, wednesday) == Period(ReportKind.DAILY, wednesday, wednesday)
    assert period_of(ReportKind.WEEKLY, wednesday) == Period(ReportKind.WEEKLY, date(2026, 2, 23), date(2026, 3, 1))
    assert period_of(ReportKind.MONTHLY, wednesday) == Period(ReportKind.MONTHLY, date(2026, 2, 1), date(2026, 2, 28))


def test_it_is_made_on_the_morning_after():
    yesterday = period_of(ReportKind.DAILY, date(2026, 3, 2))
    before = period_of(ReportKind.DAILY, date(2026, 3, 1))
    assert due_periods(ReportKind.DAILY, before, beijing("2026-03-03 08:29")) == []
    assert due_periods(ReportKind.DAILY, before, beijing("2026-03-03 08:30")) == [yesterday]
    assert due_periods(ReportKind.DAILY, yesterday, beijing("2026-03-03 20:00")) == []


def test_the_first_one_ever_is_the_last_period_and_downtime_is_made_up_for():
    now = beijing("2026-03-05 09:00")
    assert [p.first for p in due_periods(ReportKind.MONTHLY, None, now)] == [date(2026, 2, 1)]
    old = period_of(ReportKind.WEEKLY, date(2026, 2, 2))
    assert [p.first for p in due_periods(ReportKind.WEEKLY, old, now)] == [
        date(2026, 2, 9),
        date(2026, 2, 16),
        date(2026, 2, 23),
    ]
    ancient = period_of(ReportKind.DAILY, date(2025, 1, 1))
    assert len(due_periods(ReportKind.DAILY, ancient, now)) == MOST_AT_ONCE


@given(st.sampled_from(ReportKind), DAYS)
def test_periods_lie_one_behind_the_other(kind: ReportKind, day: date):
    period = period_of(kind, day)
    assert period.first <= day <= period.last
    assert period_of(kind, period.last + timedelta(days=1)).first == period.last + timedelta(days=1)
