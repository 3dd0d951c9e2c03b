"""催办 by the resident and by the office: once it is late, once a day; the first one is the ladder's rung."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.appeal import Appeal, State
from app.domain.errors import Reason
from app.domain.escalation import advance, is_relevant, office_may_urge, still_holds, urge, urge_from_office
from app.domain.handling import quick_reply
from app.domain.intake import hand_back, transfer
from app.domain.notification import Occasion, Role
from app.domain.timeline import SYSTEM, Deed

from .factories import (
    HEARERS,
    MONDAY,
    OFFICIAL,
    RESIDENT,
    SUPERVISOR,
    TERMS,
    an_appeal,
    beijing,
    contacted,
    given_to,
    refused,
    rungs,
    told,
)

LATE = beijing("2026-03-05 18:01")


def urged(appeal: Appeal, now=LATE) -> Appeal:
    return urge(appeal, " 请尽快联系 ", HEARERS, RESIDENT, TERMS, now)


def swept(appeal: Appeal, at: str) -> Appeal:
    return advance(appeal, HEARERS, TERMS, beijing(at))


def test_the_resident_urges_only_what_is_late():
    with refused(Reason.NOT_LATE_YET) as caught:
        urged(an_appeal(), beijing("2026-03-05 18:00"))
    assert caught.value.detail == {"due_at": beijing("2026-03-05 18:00")}
    appeal = urged(an_appeal())
    assert (appeal.timeline[-1].actor, appeal.timeline[-1].text) == (RESIDENT, "请尽快联系")
    assert told(appeal, Occasion.URGE) == [
        (Role.OFFICIAL, "education"),
        (Role.STAFF, "account-staff"),
        (Role.SUPERIOR, "mayor"),
    ]


def test_a_promise_that_passed_does_not_make_it_late():
    appeal = quick_reply(an_appeal(), "会后联系您", MONDAY + timedelta(hours=1), OFFICIAL, TERMS, MONDAY)
    with refused(Reason.NOT_LATE_YET):
        urged(appeal, MONDAY + timedelta(hours=2))


@pytest.mark.parametrize("state", [s for s in State if s not in {State.ASSIGNED, State.IN_PROGRESS}])
def test_what_no_official_handles_is_not_urged(state):
    with refused(Reason.NOT_LATE_YET):
        urged(an_appeal(state), beijing("2026-06-01 10:00"))


def test_once_a_day():
    once = urged(an_appeal())
    with refused(Reason.URGED_TODAY):
        urged(once, LATE + timedelta(hours=23, minutes=59))
    twice = urged(once, LATE + timedelta(hours=24))
    assert [entry.deed for entry in twice.timeline].count(Deed.URGE) == 2


def test_the_ladders_own_urging_does_not_spend_the_residents():
    appeal = swept(an_appeal(), "2026-03-06 09:00")
    assert urged(appeal, beijing("2026-03-06 09:01")).timeline[-1].actor is RESIDENT


def test_the_residents_urging_is_the_rung():
    appeal = urged(swept(an_appeal(), "2026-03-05 09:00"))
    morning = swept(appeal, "2026-03-06 09:00")
    assert morning is appeal, "nobody is urged a second time about the same clock"
    assert swept(morning, "2026-03-09 09:00").timeline[-1].actor is SYSTEM
    assert rungs(swept(morning, "2026-03-09 09:00"))[-2:] == ["contact urge", "contact supervise"]


def test_urging_moves_no_clock():
    assert urged(an_appeal()).assignment == an_appeal().assignment


def test_whatever_restarts_the_clocks_restarts_the_ladder():
    """Anew from Thursday to Sunday: the Friday's last reminder comes before the half, which is on Saturday."""
    late = urged(swept(an_appeal(), "2026-03-05 18:00"))
    moved = transfer(late, "roads", "路灯归市政管理", HEARERS, OFFICIAL, TERMS, LATE)
    fired = rungs(swept(moved, "2026-03-16 09:00"))
    assert fired[len(rungs(late)) :] == [
        "contact remind_last",
        "contact remind_half",
        "contact urge",
        "contact supervise",
    ]


def test_what_was_to_be_said_to_the_previous_official_is_not_relevant_any_more():
    late = urged(an_appeal())
    (notification,) = (n for n in late.notifications if n.occasion is Occasion.URGE and n.recipient.id == "education")
    moved = transfer(late, "roads", "路灯归市政管理", HEARERS, OFFICIAL, TERMS, LATE)
    assert not is_relevant(moved, notification)
    back = hand_back(an_appeal(), "非本单位职责", OFFICIAL, TERMS, MONDAY)
    assert not is_relevant(back, back.notifications[0])
    assert not is_relevant(given_to(back, "education"), back.notifications[0])


def test_what_the_resident_is_told_stays_true():
    appeal = contacted(an_appeal(), MONDAY)
    (notification,) = (n for n in appeal.notifications if n.occasion is Occasion.CONTACTED)
    assert is_relevant(transfer(appeal, "roads", "路灯归市政管理", HEARERS, OFFICIAL, TERMS, MONDAY), notification)


def test_a_reminder_missed_in_downtime_is_no_news_after_the_resident_has_urged():
    """Nothing swept since Monday; the resident urges, and then the sweep runs again: 'due soon' would be wrong."""
    appeal = swept(urged(an_appeal()), "2026-03-05 18:02")
    assert rungs(appeal).count("contact remind_last") == 1, "the timeline still holds every rung"
    assert told(appeal, Occasion.REMIND_LAST) == []


HEARD = [(Role.OFFICIAL, "education"), (Role.STAFF, "account-staff"), (Role.SUPERIOR, "mayor")]


def pressed(appeal: Appeal, now=LATE) -> Appeal:
    return urge_from_office(appeal, " 请当天联系 ", HEARERS, SUPERVISOR, TERMS, now)


def test_the_office_urges_what_is_late_and_the_same_people_hear_as_of_the_rung():
    with refused(Reason.NOT_LATE_YET):
        pressed(an_appeal(), beijing("2026-03-05 18:00"))
    appeal = pressed(an_appeal())
    assert (appeal.timeline[-1].actor, appeal.timeline[-1].text) == (SUPERVISOR, "请当天联系")
    assert not appeal.timeline[-1].internal, "the resident sees that it was urged"
    assert told(appeal, Occasion.URGE) == HEARD
    assert appeal.assignment == an_appeal().assignment, "no clock moves"


@pytest.mark.parametrize("state", [s for s in State if s not in {State.ASSIGNED, State.IN_PROGRESS}])
def test_the_office_urges_nobody_where_no_official_handles_it(state):
    with refused(Reason.WRONG_STATE):
        pressed(an_appeal(state), beijing("2026-06-01 10:00"))


def test_the_offices_first_urging_is_the_rung_and_the_ladder_does_not_double_it():
    appeal = pressed(swept(an_appeal(), "2026-03-05 09:00"))
    morning = swept(appeal, "2026-03-06 09:00")
    assert morning is appeal
    assert rungs(swept(morning, "2026-03-09 09:00"))[-2:] == ["contact urge", "contact supervise"]


def test_the_office_waits_a_day_after_the_ladder_and_is_then_heard_again():
    appeal = swept(an_appeal(), "2026-03-06 09:00")
    assert not office_may_urge(appeal, beijing("2026-03-07 08:59"))
    with refused(Reason.URGED_TODAY):
        pressed(appeal, beijing("2026-03-07 08:59"))
    again = pressed(appeal, beijing("2026-03-07 09:00"))
    assert told(again, Occasion.URGE) == HEARD * 2, "a message of its own, though the rung has fired"
    assert len({one.key for one in again.notifications}) == len(again.notifications)
    assert all(still_holds(again, one, beijing("2026-03-07 09:00")) for one in again.notifications[-3:])
    with refused(Reason.URGED_TODAY):
        pressed(again, beijing("2026-03-08 08:59"))


def test_what_a_resident_urged_without_a_message_does_not_keep_the_office_from_it():
    appeal = urged(swept(an_appeal(), "2026-03-06 09:00"), beijing("2026-03-07 10:00"))
    assert told(appeal, Occasion.URGE) == HEARD, "the ladder's: the resident's said it once more in the timeline only"
    assert told(pressed(appeal, beijing("2026-03-07 10:01")), Occasion.URGE) == HEARD * 2
    first = urged(an_appeal())
    with refused(Reason.URGED_TODAY):
        pressed(first, LATE + timedelta(hours=1))


def test_the_office_does_not_spend_the_residents_urging_nor_say_it_twice():
    appeal = urged(pressed(an_appeal()), LATE + timedelta(hours=1))
    assert appeal.timeline[-1].actor is RESIDENT
    assert told(appeal, Occasion.URGE) == HEARD
