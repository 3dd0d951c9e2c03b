"""What telephone calls add to the figures of which day."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.call import Call, CallOutcome
from app.domain.figure_facts import (
    calls_on,
    calls_since,
    days_touched_by,
)
from app.domain.figures import Tally, connection_rate, in_person_rate
from app.domain.workday import ONE_DAY

from .factories import (
    CALENDAR,
    PATIENT,
    beijing,
    day,
)

CONTACT_DAY = day("2026-03-05")


def call(outcome, when, account="a", official="education"):
    return Call(f"{when} {account} {official}", account, official, outcome, beijing(when))


def test_calls():
    """Thursday 5 March; what was missed on Wednesday is due back on Thursday at 18:00."""
    calls = [
        call(CallOutcome.IN_PERSON, "2026-03-05 09:00"),
        call(CallOutcome.OTHER_PERSON, "2026-03-05 09:10", "e"),
        call(CallOutcome.TEXT_REPLY, "2026-03-05 09:20"),
        call(CallOutcome.BUSY, "2026-03-05 09:30"),
        call(CallOutcome.BUSY, "2026-03-04 09:00", "b"),
        call(CallOutcome.CALLED_BACK, "2026-03-05 17:00", "b"),
        call(CallOutcome.NO_ANSWER, "2026-03-04 09:00", "c"),
        call(CallOutcome.CALLED_BACK, "2026-03-05 18:00:01", "c"),
        call(CallOutcome.NO_ANSWER, "2026-03-04 09:00", "d"),
        call(CallOutcome.CALLED_BACK, "2026-03-04 08:00", "d"),
    ]
    assert calls_on(CONTACT_DAY, calls, CALENDAR) == Tally(attempts=4, connected=2, in_person=1, missed=3, returned=1)


def test_where_operators_answer_only_the_officials_own_calls_are_in_the_in_person_rate():
    """product.md, nanning-46: connected, but no failing of the official; a missed one is missed all the same."""
    outcomes = (CallOutcome.OTHER_PERSON, CallOutcome.IN_PERSON, CallOutcome.BUSY)
    calls = [replace(call(outcome, "2026-03-05 09:00"), by_operators=True) for outcome in outcomes]
    tally = calls_on(CONTACT_DAY, [*calls, call(CallOutcome.OTHER_PERSON, "2026-03-05 09:00", "b")], CALENDAR)
    assert tally == Tally(attempts=4, connected=3, in_person=1, by_operators=1)
    assert (connection_rate(tally).cases, in_person_rate(tally).cases) == (4, 2)


def test_one_call_of_a_person_a_day_counts_in_the_in_person_rate_and_all_are_recorded():
    """Else a friend who records ten calls makes the rate, or an enemy."""
    friend = [call(CallOutcome.IN_PERSON, f"2026-03-05 09:0{minute}", "friend") for minute in range(9)]
    tally = calls_on(CONTACT_DAY, [*friend, call(CallOutcome.OTHER_PERSON, "2026-03-05 10:00")], CALENDAR)
    assert (tally.attempts, tally.connected, tally.in_person, tally.repeated) == (10, 10, 1, 8)
    assert (in_person_rate(tally).hits, in_person_rate(tally).cases) == (1, 2)
    assert connection_rate(tally).cases == 10
    another_day = calls_on(day("2026-03-06"), [*friend, call(CallOutcome.IN_PERSON, "2026-03-06 09:00")], CALENDAR)
    assert (another_day.in_person, another_day.repeated) == (1, 0)


def test_the_last_call_of_the_day_that_was_taken_is_the_one_that_counts():
    calls = [
        call(CallOutcome.OTHER_PERSON, "2026-03-05 09:00"),
        call(CallOutcome.IN_PERSON, "2026-03-05 10:00"),
        call(CallOutcome.BUSY, "2026-03-05 11:00"),
        replace(call(CallOutcome.OTHER_PERSON, "2026-03-05 12:00"), by_operators=True),
    ]
    tally = calls_on(CONTACT_DAY, calls, CALENDAR)
    assert (tally.connected, tally.in_person, tally.by_operators, tally.repeated) == (3, 1, 1, 1)
    assert (in_person_rate(tally).hits, in_person_rate(tally).cases) == (1, 1)


def test_a_call_back_is_for_the_same_person_and_official():
    missed = call(CallOutcome.BUSY, "2026-03-04 09:00")
    for other in ({"account": "b"}, {"official": "roads"}):
        back = call(CallOutcome.CALLED_BACK, "2026-03-04 10:00", **other)
        assert calls_on(CONTACT_DAY, [missed, back], CALENDAR).returned == 0


def test_missed_at_the_weekend_is_due_on_monday():
    missed = call(CallOutcome.NO_ANSWER, "2026-03-07 09:00")
    assert calls_on(day("2026-03-08"), [missed], CALENDAR) == Tally()
    assert calls_on(day("2026-03-09"), [missed], CALENDAR) == Tally(missed=1)
    assert calls_since(day("2026-03-09"), CALENDAR) == day("2026-03-06")


@PATIENT
@given(
    st.lists(
        st.builds(
            lambda outcome, minutes: Call(
                f"c{minutes}", "a", "education", outcome, beijing("2026-02-11 00:00") + minutes * (ONE_DAY / 1440)
            ),
            st.sampled_from(CallOutcome),
            st.integers(0, 16 * 1440),
        ),
        max_size=6,
    )
)
def test_a_new_call_changes_only_the_days_it_touches(calls):
    """Around the spring festival of 2026, with a working Saturday before it."""
    days = [day("2026-02-08") + n * ONE_DAY for n in range(25)]

    def counted(known):
        return {when: calls_on(when, known, CALENDAR) for when in days}

    for number, new in enumerate(calls):
        before, after = counted(calls[:number]), counted(calls[: number + 1])
        changed = {when for when in days if before[when] != after[when]}
        assert changed <= days_touched_by(new, CALENDAR)
