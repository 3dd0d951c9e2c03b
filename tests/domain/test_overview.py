"""Steps of a trend, the period before, and the one table of rates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures import Rate, Tally, on_time_rate, satisfaction_rate
from app.domain.overview import Funnel, Step, buckets, period_before, usual_step
from app.domain.passage import Stage
from app.domain.rates import CALL_RATES, RATES, rates_of

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
ONE = timedelta(days=1)


@given(DAYS, st.integers(0, 400), st.sampled_from(Step))
def test_steps_cover_the_period_without_gap_or_overlap(first: date, length: int, step: Step) -> None:
    last = first + length * ONE
    found = buckets(first, last, step)
    assert found[0][0] == first and found[-1][1] == last
    assert all(begin <= end for begin, end in found)
    assert all(after[0] == before[1] + ONE for before, after in pairwise(found))


@given(DAYS, st.integers(0, 400))
def test_weeks_begin_on_mondays_and_months_on_the_first(first: date, length: int) -> None:
    last = first + length * ONE
    assert all(begin.weekday() == 0 for begin, _ in buckets(first, last, Step.WEEK)[1:])
    assert all(begin.day == 1 for begin, _ in buckets(first, last, Step.MONTH)[1:])


@given(DAYS, st.integers(0, 400))
def test_the_period_before_is_as_long_and_ends_the_day_before(first: date, length: int) -> None:
    begin, end = period_before(first, first + length * ONE)
    assert (end - begin).days == length
    assert end + ONE == first


@pytest.mark.parametrize(
    ("days", "step"), [(1, Step.DAY), (14, Step.DAY), (15, Step.WEEK), (98, Step.WEEK), (99, Step.MONTH)]
)
def test_a_step_that_suits_the_period(days: int, step: Step) -> None:
    assert usual_step(date(2026, 3, 1), date(2026, 3, 1) + (days - 1) * ONE) is step


def test_a_share_of_the_funnel_is_one_of_everything_submitted() -> None:
    funnel = Funnel({Stage.SUBMITTED: 20, Stage.ANSWERED: 15})
    assert funnel.share(Stage.ANSWERED) == Rate(15, 20)
    assert funnel.share(Stage.RESOLVED) == Rate(0, 20)


def test_one_table_names_every_rate() -> None:
    tally = Tally(answers_due=20, answered_in_time=18, rated=12, satisfied=4, fairly=5)
    assert rates_of(tally)["on_time"] == on_time_rate(tally) == Rate(18, 20)
    assert rates_of(tally)["satisfaction"] == satisfaction_rate(tally) == Rate(9, 12)
    assert list(rates_of(tally)) == list(RATES)
    assert set(CALL_RATES) < set(RATES)
    assert len({kind.title for kind in RATES.values()}) == len(RATES) == len({kind.words for kind in RATES.values()})
