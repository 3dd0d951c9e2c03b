"""A roster's policy: courtesy hours, campaigns, source codes; the default promise; who an enterprise is."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.organisation import ALPHABET, is_credit_code
from app.domain.roster import Campaign, CourtesyHours, Deadlines, Official, Policy, ServiceHours, SourceCode
from app.domain.workday import Span, Unit

from .factories import CALENDAR, MOMENTS, PATIENT, beijing, day

NIGHT = CourtesyHours(time(0), time(6), "夜间请勿打扰")
LATE_EVENING = CourtesyHours(time(22), time(7), "夜间请勿打扰")
EPIDEMIC = Campaign("疫情防控", day("2022-08-10"), day("2022-11-30"))
SAMPLE = "91350100M000100Y43"
"""The specimen of GB 32100-2015."""


@pytest.mark.parametrize(
    ("hour", "night", "evening"),
    [
        ("00:00", True, True),
        ("05:59", True, True),
        ("06:00", False, True),
        ("07:00", False, False),
        ("12:00", False, False),
        ("21:59", False, False),
        ("22:00", False, True),
        ("23:59", False, True),
    ],
)
def test_courtesy_hours_may_go_over_midnight(hour, night, evening):
    moment = beijing(f"2026-03-02 {hour}")
    assert NIGHT.covers(moment) is night
    assert LATE_EVENING.covers(moment) is evening


@pytest.mark.parametrize(
    ("date", "is_open"),
    [("2022-08-09", False), ("2022-08-10", True), ("2022-11-30", True), ("2022-12-01", False)],
)
def test_a_campaign_takes_appeals_from_its_first_day_to_its_last(date, is_open):
    assert Policy(campaign=EPIDEMIC).is_open(day(date)) is is_open


def test_a_roster_without_a_campaign_is_always_open():
    assert Policy().is_open(day("1999-01-01"))


def test_only_the_rosters_own_posters_are_counted():
    policy = Policy(source_codes=(SourceCode("DS-001", "县政务大厅"),))
    assert policy.knows_source("DS-001")
    assert not policy.knows_source("DS-002")
    assert not policy.knows_source("")


def test_the_promise_in_its_default_figures():
    workdays, days, hours = Unit.WORKDAYS, Unit.DAYS, Unit.HOURS
    promise = Deadlines()
    assert (promise.review, promise.contact) == (Span(1, workdays), Span(3, days))
    assert promise.contact_urgent == Span(2, hours)
    assert (promise.answer_consultation, promise.answer) == (Span(3, workdays), Span(10, workdays))
    assert (promise.answer_urgent, promise.supplement) == (Span(24, hours), Span(5, workdays))
    assert (promise.follow_up, promise.second_review) == (Span(7, days), Span(5, workdays))
    assert (promise.hand_back, promise.reopen_by_supervisor) == (Span(1, workdays), Span(30, days))
    assert (promise.max_transfers, promise.max_extension_workdays) == (1, 10)


def test_how_a_sentence_names_an_official():
    official = Official("o-1", "bozhou-81", "市直部门", 1, "周文清", "局长", "市教育局", ("义务教育",), "13800001234")
    assert official.title == "市教育局 局长 周文清"


def test_a_credit_code_with_the_right_check_character():
    assert is_credit_code(SAMPLE)


@pytest.mark.parametrize(
    "code", ["", SAMPLE[:-1], SAMPLE + "3", SAMPLE.lower(), "9135010OM000100Y43", "９" + SAMPLE[1:]]
)
def test_a_credit_code_has_eighteen_characters_of_its_alphabet(code):
    assert not is_credit_code(code)


@PATIENT
@given(st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(position, character):
    code = SAMPLE[:position] + character + SAMPLE[position + 1 :]
    assert is_credit_code(code) is (code == SAMPLE)


@PATIENT
@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_exactly_one_check_character_fits(body):
    assert sum(is_credit_code(body + last) for last in ALPHABET) == 1


WORKDAYS_TILL_TEN = ServiceHours(time(8), time(22))
DAILY_NIGHT_SHIFT = ServiceHours(time(20), time(2), workdays_only=False)
WORKDAY_NIGHT_SHIFT = ServiceHours(time(20), time(2))


@pytest.mark.parametrize(
    ("moment", "till_ten", "daily_night", "workday_night"),
    [
        ("2026-03-02 07:59", False, False, False),
        ("2026-03-02 08:00", True, False, False),
        ("2026-03-02 21:59", True, True, True),
        ("2026-03-02 22:00", False, True, True),
        ("2026-03-03 01:59", False, True, True),
        ("2026-03-03 02:00", False, False, False),
        ("2026-03-02 01:00", False, True, False),  # Sunday's shift
        ("2026-03-07 01:00", False, True, True),  # Friday's
        ("2026-03-07 10:00", False, False, False),
        ("2026-02-14 10:00", True, False, False),  # a worked Saturday
        ("2026-02-17 10:00", False, False, False),  # Spring Festival
    ],
)
def test_service_hours_on_the_days_they_hold(moment, till_ten, daily_night, workday_night):
    for hours, served in (
        (WORKDAYS_TILL_TEN, till_ten),
        (DAILY_NIGHT_SHIFT, daily_night),
        (WORKDAY_NIGHT_SHIFT, workday_night),
    ):
        assert Policy(service_hours=hours).is_served(beijing(moment), CALENDAR) is served


@pytest.mark.parametrize(
    ("moment", "begins"),
    [
        ("2026-03-02 07:59", "2026-03-02 08:00"),
        ("2026-03-02 08:00", "2026-03-03 08:00"),
        ("2026-03-06 22:00", "2026-03-09 08:00"),
        ("2026-02-13 22:30", "2026-02-14 08:00"),
        ("2026-02-14 23:00", "2026-02-24 08:00"),
    ],
)
def test_when_it_opens_next(moment, begins):
    assert WORKDAYS_TILL_TEN.next_begin(beijing(moment), CALENDAR) == beijing(begins)


@PATIENT
@given(MOMENTS, st.times(), st.times(), st.booleans())
def test_it_is_served_when_it_opens_next_and_never_before(moment, begin, end, workdays_only):
    hours = ServiceHours(begin.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0), workdays_only)
    opens = hours.next_begin(moment, CALENDAR)
    assert opens > moment
    assert hours.covers(opens, CALENDAR)
    if not hours.covers(moment, CALENDAR):
        assert not hours.covers(moment + (opens - moment) / 2, CALENDAR)


def test_without_hours_it_is_always_served():
    assert Policy().is_served(beijing("2026-02-17 03:00"), CALENDAR)


def test_where_a_poster_hangs():
    policy = Policy(source_codes=(SourceCode("DS-001", "县政务大厅"),))
    assert (policy.place_of("DS-001"), policy.place_of("ds-001"), policy.place_of("")) == ("县政务大厅", "", "")
