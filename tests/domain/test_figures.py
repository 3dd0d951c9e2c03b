"""The formulas, on numbers that can be checked by hand, and that sums of tallies are tallies of the whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import figures
from app.domain.figures import (
    Rate,
    Response,
    Tally,
    kaplan_meier_median,
    median_first_response,
    total,
    working_minutes,
)

from .factories import CALENDAR, MOMENTS, PATIENT, beijing

TALLY = Tally(
    contacts_due=52,
    contacted_in_time=50,
    answers_due=40,
    answered_in_time=36,
    answered_in_raw_time=30,
    answered=38,
    rated=19,
    resolved=10,
    partly=4,
    satisfied=8,
    fairly=3,
    attempts=30,
    connected=24,
    in_person=18,
    missed=6,
    returned=3,
)


@pytest.mark.parametrize(
    ("rate", "hits", "cases"),
    [
        (figures.response_rate, 50, 52),
        (figures.on_time_rate, 36, 40),
        (figures.raw_on_time_rate, 30, 40),
        (figures.resolution_rate, 10, 19),
        (figures.partly_rate, 4, 19),
        (figures.satisfaction_rate, 11, 19),
        (figures.participation_rate, 19, 38),
        (figures.connection_rate, 24, 30),
        (figures.in_person_rate, 18, 24),
        (figures.call_back_rate, 3, 6),
    ],
)
def test_each_rate_is_what_product_says(rate, hits, cases):
    assert rate(TALLY) == Rate(hits, cases)
    assert rate(TALLY).value == hits / cases
    assert rate(Tally()).value is None


def test_below_ten_cases_nothing_is_ranked_or_published():
    assert (Rate(9, 9).value, Rate(9, 9).rankable(), Rate(9, 9).public) == (1.0, False, None)
    assert (Rate(0, 10).rankable(), Rate(0, 10).public) == (True, 0.0)


def after(*minutes: int) -> list[Response]:
    return [Response(minute) for minute in minutes]


def waiting(*minutes: int) -> list[Response]:
    return [Response(minute, censored=True) for minute in minutes]


@pytest.mark.parametrize(
    ("responses", "median"),
    [
        ([], None),
        (after(30), 30),
        (after(10, 20, 30, 40), 20),  # two of four: one half
        (after(10, 20, 30), 20),
        (after(10, 20) + waiting(500, 500), 20),
        (after(10, 20) + waiting(500, 500, 500), None),  # 3/5 never came
        # censored at 5 is out of the risk set at 10: 3/4 * 2/3 = 1/2 at 20; dropping or ending it there would differ
        (waiting(5) + after(10, 20, 30, 40), 20),
        # 4/5 after 10; the one at 15 leaves; 4/5 * 2/3 = 8/15 after 20; 8/15 * 1/2 = 4/15 after 30
        (after(10, 20, 30) + waiting(15, 40), 30),
        (after(20) + waiting(20), 20),  # contacts come before who stopped waiting at the same time
        (waiting(1, 2, 3), None),
    ],
)
def test_the_median_of_kaplan_and_meier(responses, median):
    assert kaplan_meier_median(responses) == median
    assert kaplan_meier_median(reversed(responses)) == median


def test_who_waits_is_censored_at_the_time_of_reading():
    """Monday 2 March 10:00: one contacted after an hour, two still waiting."""
    tally = Tally(responses=(Response(60),), waiting=(beijing("2026-03-02 10:00"), beijing("2026-03-02 11:30")))
    early = median_first_response(tally, beijing("2026-03-02 12:00"), CALENDAR)
    assert (early.minutes, early.cases, early.public) == (60, 3, None)  # 30 min censored; 1 - 1/2 at 60
    late = median_first_response(tally, beijing("2026-03-03 12:00"), CALENDAR)
    assert late.minutes is None  # two of three wait longer than 60 minutes


def test_a_median_below_ten_cases_is_not_published():
    assert figures.Median(5, 9).public is None
    assert figures.Median(5, 10).public == 5


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-03-02 10:00", "2026-03-02 11:30", 90),
        ("2026-03-02 11:00", "2026-03-02 15:00", 240),  # the lunch break counts
        ("2026-03-02 06:00", "2026-03-02 20:00", 540),
        ("2026-03-02 18:00", "2026-03-03 09:00", 0),
        ("2026-03-02 17:00", "2026-03-04 10:00", 60 + 540 + 60),
        ("2026-03-06 17:30", "2026-03-09 09:30", 60),  # Friday to Monday
        ("2026-03-07 10:00", "2026-03-08 12:00", 0),
        ("2026-02-13 17:00", "2026-02-24 10:00", 60 + 540 + 60),  # 调休: Saturday 02-14 works, then spring festival
        ("2026-03-02 10:00", "2026-03-02 10:00:59.999", 0),
        ("2026-03-02 10:00", "2026-03-02 09:00", 0),
    ],
)
def test_working_minutes(start, end, minutes):
    assert working_minutes(beijing(start), beijing(end), CALENDAR) == minutes


@PATIENT
@given(MOMENTS, st.integers(0, 5 * 24 * 60))
def test_working_minutes_are_those_that_one_can_count(start, length):
    def is_worked(minute):
        moment = (start + timedelta(minutes=minute)).astimezone(beijing("2026-01-01").tzinfo)
        local = moment + timedelta(hours=8)
        return CALENDAR.is_workday(local.date()) and 9 <= local.hour < 18

    counted = sum(is_worked(minute) for minute in range(length))
    assert working_minutes(start, start + timedelta(minutes=length), CALENDAR) == counted


COUNTS = st.integers(0, 50)
TALLIES = st.builds(
    Tally,
    contacts_due=COUNTS,
    answers_due=COUNTS,
    rated=COUNTS,
    returned=COUNTS,
    responses=st.lists(st.builds(Response, st.integers(0, 900), st.booleans()), max_size=5).map(sorted).map(tuple),
    waiting=st.lists(MOMENTS, max_size=3).map(sorted).map(tuple),
)


@PATIENT
@given(TALLIES, TALLIES, TALLIES)
def test_tallies_add_up_in_any_order(a, b, c):
    assert (a + b) + c == a + (b + c) == total([c, a, b]) == total([b, c]) + a
    assert a + Tally() == a == total([a])
    assert (a + b).rated == a.rated + b.rated
    assert len((a + b).responses) == len(a.responses) + len(b.responses)
