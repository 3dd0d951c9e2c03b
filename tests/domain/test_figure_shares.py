"""Whose a part of a day's figures is when the post changes hands: every part has the moment that decides it."""

from __future__ import annotations

from datetime import timedelta

from app.domain.appeal import State
from app.domain.call import Call, CallOutcome
from app.domain.figure_facts import call_shares_on, facts_of, shares_on
from app.domain.figures import Response, Tally

from .factories import CALENDAR, MONDAY, an_appeal, beijing, contacted, day, rated, replied

CONTACT_DAY, ANSWER_DAY = day("2026-03-05"), day("2026-03-16")
DUE = beijing("2026-03-16 18:00")


def shares(appeal, when):
    return [tuple(share) for fact in facts_of(appeal) for share in shares_on(when, fact, CALENDAR)]


def test_a_deadline_that_was_kept_belongs_to_who_kept_it():
    at = beijing("2026-03-03 10:00")
    appeal = contacted(an_appeal(State.ASSIGNED), at)
    ((moment, tally),) = shares(appeal, CONTACT_DAY)
    assert (moment, tally.contacted_in_time) == (at, 1)
    ((moment, tally),) = shares(appeal, ANSWER_DAY)
    assert (moment, tally) == (DUE, Tally(answers_due=1)), "nobody has answered: whoever holds the post on that day"


def test_a_deadline_that_passed_belongs_to_who_held_the_post_then_and_the_late_answer_to_who_gave_it():
    late = DUE + timedelta(days=2)
    kept, given = shares(replied(contacted(an_appeal(State.ASSIGNED), beijing("2026-03-09 10:00")), late), ANSWER_DAY)
    assert kept == (DUE, Tally(answers_due=1))
    assert given == (late, Tally(answered=1))


def test_a_late_contact_belongs_to_who_held_the_post_when_it_was_due():
    appeal = contacted(an_appeal(State.ASSIGNED), beijing("2026-03-09 10:00"))
    ((moment, tally),) = shares(appeal, CONTACT_DAY)
    assert (moment, tally.contacts_due, tally.contacted_in_time) == (beijing("2026-03-05 18:00"), 1, 0)
    assert tally.responses == (Response(45 * 60),)


def test_a_rating_belongs_to_who_gave_the_answer():
    at = beijing("2026-03-10 10:00")
    appeal = rated(replied(contacted(an_appeal(State.ASSIGNED), MONDAY), at), at + timedelta(days=3))
    kept, given = shares(appeal, ANSWER_DAY)
    assert (kept[0], kept[1].answered_in_time) == (at, 1)
    assert (given[0], given[1].rated) == (at, 1)


def test_a_call_belongs_to_whose_telephone_rang():
    def call(outcome, when):
        return Call(when, "a", "education", outcome, beijing(when))

    missed, back = call(CallOutcome.BUSY, "2026-03-04 09:00"), call(CallOutcome.CALLED_BACK, "2026-03-05 09:00")
    spoke = call(CallOutcome.IN_PERSON, "2026-03-05 11:00")
    assert [tuple(share) for share in call_shares_on(CONTACT_DAY, [missed, back, spoke], CALENDAR)] == [
        (missed.at, Tally(missed=1, returned=1)),
        (spoke.at, Tally(attempts=1, connected=1, in_person=1)),
    ]
