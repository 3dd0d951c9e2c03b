"""Calls: which missed call a call-back answers, when it counts as returned, and when a number is not answered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.call import Call, CallOutcome, missed_before, not_answering

from .factories import CALENDAR, MOMENTS, PATIENT, beijing

BUSY, NO_ANSWER, BACK = CallOutcome.BUSY, CallOutcome.NO_ANSWER, CallOutcome.CALLED_BACK
FRIDAY = "2026-02-13"
"""Before a worked Saturday (调休) and the holidays of the Spring Festival, which end on Tuesday 02-24."""


def a_call(id="missed", outcome=NO_ANSWER, at="2026-03-02 10:00", caller="wang", official="zhou", **changes):
    return replace(Call(id, caller, official, outcome, beijing(at)), **changes)


def a_call_back(at="2026-03-02 15:00", **changes):
    return a_call("back", BACK, at, **changes)


def test_a_call_back_answers_the_latest_missed_call():
    calls = [a_call("first", BUSY, "2026-03-02 09:00"), a_call("second"), a_call("reached", CallOutcome.IN_PERSON)]
    assert missed_before(a_call_back(), calls).id == "second"
    assert missed_before(a_call_back(), [*calls, a_call("back-1", BACK, answers_call_id="second")]).id == "first"


@pytest.mark.parametrize(
    "other",
    [
        a_call(caller="li"),
        a_call(official="wei"),
        a_call(at="2026-03-02 15:01"),
        *(a_call(outcome=outcome) for outcome in CallOutcome if outcome not in {BUSY, NO_ANSWER}),
    ],
)
def test_nobody_elses_no_later_and_no_answered_call_is_matched(other):
    assert missed_before(a_call_back(), [other]) is None


@PATIENT
@given(st.lists(st.tuples(st.sampled_from([BUSY, NO_ANSWER, BACK]), MOMENTS), max_size=12))
def test_no_two_call_backs_answer_the_same_call(recorded):
    """However calls and call-backs follow one another."""
    known: list[Call] = []
    for number, (outcome, at) in enumerate(sorted(recorded, key=lambda pair: pair[1])):
        call = Call(f"c{number}", "wang", "zhou", outcome, at)
        if outcome is BACK and (missed := missed_before(call, known)):
            call = replace(call, answers_call_id=missed.id, missed_at=missed.at)
        known.append(call)
    answered = [call.answers_call_id for call in known if call.answers_call_id]
    assert len(answered) == len(set(answered))
    missed = sum(call.is_missed for call in known)
    assert len(answered) <= min(missed, len(known) - missed)


@pytest.mark.parametrize(
    ("missed", "back", "returned"),
    [
        ("2026-03-02 10:00", "2026-03-02 10:05", True),
        ("2026-03-02 10:00", "2026-03-03 18:00", True),
        ("2026-03-02 10:00", "2026-03-03 18:01", False),
        ("2026-03-06 17:00", "2026-03-09 18:00", True),
        (f"{FRIDAY} 17:00", "2026-02-14 18:00", True),
        (f"{FRIDAY} 17:00", "2026-02-24 09:00", False),
        ("2026-02-14 17:00", "2026-02-24 18:00", True),
    ],
)
def test_returned_within_a_workday_of_the_chinese_calendar(missed, back, returned):
    call = a_call_back(back, answers_call_id="missed", missed_at=beijing(missed))
    assert call.returned(CALENDAR) is returned


def test_a_call_back_without_a_missed_call_is_neither():
    assert a_call_back().returned(CALENDAR) is a_call().returned(CALENDAR) is None


def three(**changes):
    callers = ("wang", "li", "zhao")
    return [a_call(f"c{n}", at=f"2026-03-0{n + 2} 10:00", caller=who) for n, who in enumerate(callers)]


def suspected(calls, now="2026-03-04 12:00"):
    return not_answering(calls, beijing(now), CALENDAR)


def test_three_people_who_got_nobody_suggest_it_with_their_calls():
    found = suspected(reversed(three()))
    assert (found.official_id, found.call_ids, found.callers) == ("zhou", ("c0", "c1", "c2"), 3)
    assert (found.since, found.until) == (beijing("2026-03-02 10:00"), beijing("2026-03-04 10:00"))


@pytest.mark.parametrize(
    "calls",
    [
        [],
        three()[:2],
        [replace(call, account_id="wang") for call in three()],
        [*three()[:2], a_call("again", caller="li", at="2026-03-04 11:00")],
        [*three(), a_call("x", CallOutcome.IN_PERSON, "2026-03-03 11:00", "zhou2")],
        [*three(), a_call("x", BACK, "2026-03-04 11:00")],
    ],
    ids=["none", "two", "one caller", "two callers", "answered between", "called back"],
)
def test_less_than_that_suggests_nothing(calls):
    assert suspected(calls) is None


@pytest.mark.parametrize("outcome", [CallOutcome.OTHER_PERSON, CallOutcome.TEXT_REPLY])
def test_somebody_else_or_a_text_does_not_interrupt(outcome):
    found = suspected([*three(), a_call("x", outcome, "2026-03-03 11:00")])
    assert found.call_ids == ("c0", "c1", "c2")


def test_it_begins_anew_after_the_official_answered():
    before = [a_call("x", CallOutcome.IN_PERSON, "2026-03-02 09:00"), a_call("y", at="2026-03-02 08:00", caller="sun")]
    assert suspected([*before, *three()]).call_ids == ("c0", "c1", "c2")


@pytest.mark.parametrize(("now", "still"), [("2026-03-09 18:00", True), ("2026-03-09 18:01", False)])
def test_a_missed_call_counts_for_five_workdays(now, still):
    """The first was on Monday the 2nd."""
    assert (suspected(three(), now) is not None) is still


def test_what_is_not_yet_does_not_count():
    assert suspected(three(), "2026-03-04 09:59") is None


def test_what_operators_were_to_take_is_no_suspicion_on_the_official():
    line = [replace(call, by_operators=True) for call in three()]
    assert suspected(line) is None
    assert suspected([*line, *three()[:2]]) is None, "and fills up no suspicion"


def test_calls_to_several_officials_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError):
        suspected([*three(), a_call(official="wei")])
