"""Deadlines count Chinese workdays with 调休; the day of submission is day zero."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.deadline import DeadlineKind, set_deadline
from app.domain.workday import Span, Unit, WorkdayCalendar, close_of, explain, local_day

from .factories import CALENDAR, MOMENTS, PATIENT, beijing, day

WEEK = st.dates(day("2025-12-01"), day("2026-03-31"))
CALENDARS = st.just(CALENDAR) | st.builds(
    WorkdayCalendar,
    days_off=st.frozensets(WEEK, max_size=40),
    working_weekends=st.frozensets(WEEK.filter(lambda d: d.weekday() >= 5), max_size=10),
)
WORKDAYS = st.integers(1, 40)


def workdays(amount: int) -> Span:
    return Span(amount, Unit.WORKDAYS)


def test_a_working_saturday_counts():
    friday = beijing("2026-02-13 09:30")
    assert workdays(1).after(friday, CALENDAR) == beijing("2026-02-14 18:00")


def test_the_day_of_submission_is_day_zero_at_whatever_hour():
    for hour in ("00:00", "08:00", "17:59", "18:01", "23:59"):
        assert workdays(1).after(beijing(f"2026-03-02 {hour}"), CALENDAR) == beijing("2026-03-03 18:00")


def test_the_day_is_the_one_in_china_not_in_utc():
    after_midnight = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
    assert local_day(after_midnight) == day("2026-03-03")
    assert workdays(1).after(after_midnight, CALENDAR) == beijing("2026-03-04 18:00")


@pytest.mark.parametrize(
    ("span", "end"),
    [
        (Span(3, Unit.DAYS), "2026-03-09 18:00"),
        (Span(3, Unit.WORKDAYS), "2026-03-11 18:00"),
        (Span(3, Unit.HOURS), "2026-03-06 19:15"),
        (Span(24, Unit.HOURS), "2026-03-07 16:15"),
    ],
)
def test_days_workdays_and_hours_are_three_things(span, end):
    friday = beijing("2026-03-06 16:15")
    assert span.after(friday, CALENDAR) == beijing(end)


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-02-16", 1, "2026-02-24"),
        ("2026-02-27", 1, "2026-02-28"),
        ("2026-02-27", 2, "2026-03-02"),
        ("2026-01-02", 1, "2026-01-04"),
    ],
)
def test_spring_festival_and_new_year_2026(start, amount, end):
    assert CALENDAR.shift(day(start), amount) == day(end)


def test_no_workdays_later_is_the_same_day_even_on_a_sunday():
    assert CALENDAR.shift(day("2026-03-08"), 0) == day("2026-03-08")


def test_a_working_weekend_is_a_workday_even_when_the_calendar_also_calls_it_off():
    sunday = day("2026-01-04")
    calendar = WorkdayCalendar(days_off=frozenset({sunday}), working_weekends=frozenset({sunday}))
    assert calendar.is_workday(sunday)


def test_an_explanation_tells_the_days_that_were_skipped_and_why():
    start, span = beijing("2026-02-13 10:00"), workdays(2)
    told = explain(start, span.after(start, CALENDAR), span, CALENDAR)
    assert (told.first_day, told.last_day, told.span) == (day("2026-02-13"), day("2026-02-24"), span)
    assert told.weekend_days == 3, "15, 21 and 22 February"
    assert told.holidays == 6, "16 to 20 and 23 February"
    assert told.worked_weekend_days == 1, "Saturday 14 February"
    assert not told.provisional


def test_a_span_in_days_or_hours_skips_nothing():
    start = beijing("2026-02-13 10:00")
    for span in (Span(3, Unit.DAYS), Span(30, Unit.HOURS)):
        told = explain(start, span.after(start, CALENDAR), span, CALENDAR)
        assert (told.weekend_days, told.holidays, told.worked_weekend_days, told.provisional) == (0, 0, 0, False)


def test_a_year_that_is_not_published_makes_the_deadline_provisional():
    start, span = beijing("2031-03-03 10:00"), workdays(3)
    assert explain(start, span.after(start, CALENDAR), span, CALENDAR).provisional
    over_new_year = beijing("2026-12-30 10:00")
    calendar = WorkdayCalendar(published_years=frozenset({2026}))
    assert explain(over_new_year, workdays(5).after(over_new_year, calendar), workdays(5), calendar).provisional
    assert not explain(over_new_year, workdays(1).after(over_new_year, calendar), workdays(1), calendar).provisional


def test_the_published_years_are_those_with_a_notice():
    assert {2024, 2025, 2026} <= CALENDAR.published_years
    assert 2035 not in CALENDAR.published_years


@PATIENT
@given(CALENDARS, WEEK, WORKDAYS)
def test_shifting_and_counting_are_inverse(calendar, start, amount):
    end = calendar.shift(start, amount)
    assert calendar.count(start, end) == amount
    assert calendar.count(start, end - timedelta(days=1)) == amount - 1, "the first such day"


@PATIENT
@given(CALENDARS, WEEK, WORKDAYS)
def test_shifting_back_returns_to_a_workday(calendar, start, amount):
    workday = calendar.shift(start, 1)
    assert calendar.shift(calendar.shift(workday, amount), -amount) == workday


@PATIENT
@given(CALENDARS, WEEK, WEEK, WORKDAYS, WORKDAYS)
def test_shifting_is_monotone_in_the_day_and_in_the_workdays(calendar, one, other, few, more):
    one, other = sorted((one, other))
    few, more = sorted((few, more))
    assert calendar.shift(one, few) <= calendar.shift(other, few)
    assert calendar.shift(one, few) <= calendar.shift(one, more)
    assert calendar.shift(calendar.shift(one, few), more) == calendar.shift(one, few + more)


@PATIENT
@given(CALENDARS, WEEK, WEEK)
def test_counting_backwards_is_zero(calendar, one, other):
    one, other = sorted((one, other))
    assert calendar.count(other, one) == 0
    assert calendar.count(one, one) == 0


@PATIENT
@given(CALENDARS, MOMENTS, WORKDAYS)
def test_a_deadline_in_workdays_ends_at_the_close_of_a_workday(calendar, start, amount):
    end = workdays(amount).after(start, calendar)
    assert calendar.is_workday(local_day(end))
    assert end == close_of(local_day(end))
    assert local_day(end) > local_day(start)


@PATIENT
@given(CALENDARS, MOMENTS, st.builds(Span, st.integers(1, 60), st.sampled_from(Unit)), st.sampled_from(DeadlineKind))
def test_no_deadline_and_no_rung_lies_before_its_start(calendar, start, span, kind):
    deadline = set_deadline(kind, span, start, calendar)
    assert deadline.due_at > start
    assert all(step.at > start for step in deadline.steps)
    assert [step.at for step in deadline.steps] == sorted(step.at for step in deadline.steps)


def test_close_of_business_is_six_in_the_evening():
    assert close_of(day("2026-03-02")) == beijing("2026-03-02 18:00")
