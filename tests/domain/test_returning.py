"""To whom an appeal comes back, the clocks go on, and it is handed back by an official once."""

from __future__ import annotations

import pytest

from app.domain.appeal import State
from app.domain.deadline import DeadlineKind
from app.domain.errors import Reason
from app.domain.escalation import advance
from app.domain.intake import hand_back, may_hand_back, set_urgent, transfer
from app.domain.notification import Role
from app.domain.returning import hand_backs
from app.domain.timeline import Actor

from .factories import (
    HEARERS,
    OFFICIAL,
    SUPERVISOR,
    TERMS,
    an_appeal,
    beijing,
    contacted,
    due,
    given_to,
    refused,
    terms,
)

ROADS = Actor(Role.OFFICIAL, "account-xie", "解放", "roads")
MONDAY, LATER = beijing("2026-03-02 10:00"), beijing("2026-03-02 16:00")


def handed_back(by: Actor = OFFICIAL, now=LATER):
    return hand_back(an_appeal(State.ASSIGNED), "非本单位职责", by, TERMS, now)


@pytest.mark.parametrize(
    ("again", "contact", "answer"),
    [
        ("2026-03-02 17:00", "2026-03-05 18:00", "2026-03-16 18:00"),
        ("2026-03-03 17:00", "2026-03-06 18:00", "2026-03-17 18:00"),
        ("2026-03-05 09:00", "2026-03-08 18:00", "2026-03-19 18:00"),
    ],
)
def test_the_clocks_go_on_for_the_same_official_without_the_time_that_it_lay_in_review(again, contact, answer):
    appeal = given_to(handed_back(), "education", beijing(again))
    assert due(appeal, DeadlineKind.CONTACT) <= beijing(contact), "never later than a new clock"
    assert due(appeal, DeadlineKind.ANSWER) == beijing(answer)
    assert appeal.deadline(DeadlineKind.ANSWER).started_at == MONDAY
    assert appeal.assignment.number == 2, "and with a ladder of its own"


def test_another_official_begins_with_new_clocks():
    appeal = given_to(handed_back(), "roads", beijing("2026-03-03 17:00"))
    assert due(appeal, DeadlineKind.CONTACT) == beijing("2026-03-06 18:00")
    assert due(appeal, DeadlineKind.ANSWER) == beijing("2026-03-17 18:00")
    assert appeal.deadline(DeadlineKind.ANSWER).started_at == beijing("2026-03-03 17:00")


def test_a_way_round_by_way_of_somebody_else_gains_nothing():
    """Late, transferred on, handed back by the other: the first one is as late as before."""
    late = advance(an_appeal(State.ASSIGNED), HEARERS, TERMS, beijing("2026-03-06 09:00"))
    gone = transfer(late, "roads", "归城管", HEARERS, OFFICIAL, TERMS, beijing("2026-03-06 10:00"))
    back = hand_back(gone, "不归我管", ROADS, TERMS, beijing("2026-03-06 11:00"))
    again = given_to(back, "education", beijing("2026-03-06 12:00"))
    assert due(again, DeadlineKind.CONTACT) == beijing("2026-03-05 18:00")
    assert again.is_overdue(beijing("2026-03-06 12:00"))


def test_a_contact_that_was_made_is_asked_for_anew_and_the_answer_goes_on():
    spoken = contacted(an_appeal(State.ASSIGNED), beijing("2026-03-02 11:00"))
    gone = transfer(spoken, "roads", "归城管", HEARERS, OFFICIAL, TERMS, LATER)
    again = given_to(hand_back(gone, "不归我管", ROADS, TERMS, LATER), "education", beijing("2026-03-04 10:00"))
    assert due(again, DeadlineKind.CONTACT) == beijing("2026-03-07 18:00")
    assert due(again, DeadlineKind.ANSWER) == beijing("2026-03-18 18:00")


def test_what_is_found_urgent_meanwhile_is_due_in_hours():
    appeal = given_to(set_urgent(handed_back(), True, SUPERVISOR, LATER), "education", LATER)
    assert due(appeal, DeadlineKind.CONTACT) == beijing("2026-03-02 18:00")


def test_the_same_official_hands_back_once_and_may_transfer():
    again = given_to(handed_back(), "education", LATER)
    assert not may_hand_back(again, TERMS, LATER)
    with refused(Reason.HAND_BACK_USED):
        hand_back(again, "还是不归我管", OFFICIAL, TERMS, LATER)
    assert transfer(again, "roads", "归城管", HEARERS, OFFICIAL, TERMS, LATER).assignee_id == "roads"


def test_each_official_hands_back_once_and_all_are_counted():
    elsewhere = given_to(handed_back(), "roads", LATER)
    twice = hand_back(elsewhere, "也不归我管", ROADS, TERMS, LATER)
    assert (hand_backs(an_appeal()), hand_backs(elsewhere), hand_backs(twice)) == (0, 1, 2)


def test_transfers_back_and_forth_go_on_too():
    many = terms(max_transfers=2)
    there = transfer(an_appeal(State.ASSIGNED), "roads", "归城管", HEARERS, OFFICIAL, many, LATER)
    back = transfer(there, "education", "归教育", HEARERS, ROADS, many, beijing("2026-03-04 10:00"))
    assert due(back, DeadlineKind.ANSWER) == beijing("2026-03-18 18:00")
