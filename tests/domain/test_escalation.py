"""The ladder: what time does to an appeal that waits for its official. The times were computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.appeal import Appeal, State
from app.domain.deadline import DeadlineKind, Rung
from app.domain.escalation import advance, is_relevant, is_unsaid, next_check_at, still_holds
from app.domain.handling import quick_reply
from app.domain.notification import GATHERED_FOR, Notification, Occasion, Role, Status
from app.domain.terms import Hearers
from app.domain.timeline import Deed

from .factories import (
    HEARERS,
    MONDAY,
    OFFICIAL,
    TERMS,
    an_appeal,
    beijing,
    contacted,
    replied,
    rungs,
    told,
)

HANDLERS = [(Role.OFFICIAL, "education"), (Role.STAFF, "account-staff")]


def swept(appeal: Appeal, at: str, hearers: Hearers = HEARERS) -> Appeal:
    return advance(appeal, hearers, TERMS, beijing(at))


def ladder(appeal: Appeal, kind: DeadlineKind) -> dict[Rung, object]:
    return {step.rung: step.at for step in appeal.deadline(kind).steps}


def test_the_ladder_of_three_days_for_contact():
    """Due on Thursday 5 March 18:00, 80 hours after Monday 10:00."""
    assert ladder(an_appeal(), DeadlineKind.CONTACT) == {
        Rung.REMIND_HALF: beijing("2026-03-04 02:00"),
        Rung.REMIND_LAST: beijing("2026-03-04 09:00"),
        Rung.URGE: beijing("2026-03-06 09:00"),
        Rung.SUPERVISE: beijing("2026-03-09 09:00"),
    }


def test_the_ladder_of_ten_workdays_for_an_answer():
    """Due on Monday 16 March 18:00; the workday before is the Friday."""
    assert ladder(an_appeal(), DeadlineKind.ANSWER) == {
        Rung.REMIND_HALF: beijing("2026-03-09 14:00"),
        Rung.REMIND_LAST: beijing("2026-03-13 09:00"),
        Rung.URGE: beijing("2026-03-17 09:00"),
        Rung.SUPERVISE: beijing("2026-03-18 09:00"),
    }


def test_an_urgent_ladder_climbs_by_the_hour():
    appeal = an_appeal(urgent=True)
    assert ladder(appeal, DeadlineKind.CONTACT) == {
        Rung.REMIND_HALF: beijing("2026-03-02 11:00"),
        Rung.URGE: beijing("2026-03-02 12:00"),
        Rung.SUPERVISE: beijing("2026-03-02 13:00"),
    }
    assert ladder(appeal, DeadlineKind.ANSWER) == {
        Rung.REMIND_HALF: beijing("2026-03-02 22:00"),
        Rung.URGE: beijing("2026-03-03 10:00"),
        Rung.SUPERVISE: beijing("2026-03-03 11:00"),
    }


def test_the_workday_before_lies_across_the_holidays():
    """From Thursday 12 February, three days end on Sunday 15, the last workday before being the worked Saturday."""
    steps = ladder(an_appeal(now=beijing("2026-02-12 10:00")), DeadlineKind.CONTACT)
    assert steps[Rung.REMIND_LAST] == beijing("2026-02-14 09:00")
    assert steps[Rung.URGE] == beijing("2026-02-16 09:00"), "the clock does not stop for quiet days"
    assert steps[Rung.SUPERVISE] == beijing("2026-02-24 09:00"), "one workday later"


@pytest.mark.parametrize(
    ("at", "fired"),
    [
        ("2026-03-04 01:59", []),
        ("2026-03-04 02:00", ["contact remind_half"]),
        ("2026-03-04 09:00", ["contact remind_half", "contact remind_last"]),
        ("2026-03-06 09:00", ["contact remind_half", "contact remind_last", "contact urge"]),
        ("2026-03-09 09:00", ["contact remind_half", "contact remind_last", "contact urge", "contact supervise"]),
    ],
)
def test_each_rung_fires_at_its_time(at, fired):
    assert rungs(swept(an_appeal(), at)) == fired


def test_sweeping_often_fires_each_rung_once_and_tells_each_hearer_once():
    appeal = an_appeal()
    for hour in range(24 * 10):
        appeal = advance(appeal, HEARERS, TERMS, MONDAY + timedelta(hours=hour))
    assert rungs(appeal) == ["contact remind_half", "contact remind_last", "contact urge", "contact supervise"]
    assert told(appeal, Occasion.REMIND_HALF) == HANDLERS
    assert told(appeal, Occasion.REMIND_LAST) == HANDLERS


def test_the_superior_hears_of_the_urging_only():
    appeal = swept(swept(an_appeal(), "2026-03-04 09:00"), "2026-03-31 09:00")
    assert told(appeal, Occasion.URGE) == [*HANDLERS, (Role.SUPERIOR, "mayor")]
    superior = {n.occasion for n in appeal.notifications if n.recipient.role is Role.SUPERIOR}
    assert superior == {Occasion.URGE}


@pytest.mark.parametrize("above", ["", "education", "roads"])
def test_a_superior_whom_it_is_about_or_who_handles_it_does_not_hear(above):
    """About `education`, handled by `roads`."""
    appeal = swept(an_appeal(about_official=True), "2026-03-31 09:00", Hearers(superior_id=above))
    assert told(appeal, Occasion.URGE) == [(Role.OFFICIAL, "roads")]


def test_supervising_puts_it_on_the_list_with_its_clock_and_says_nothing():
    before = swept(an_appeal(), "2026-03-06 09:00")
    appeal = swept(before, "2026-03-09 09:00")
    (listed,) = appeal.supervisions
    assert (listed.assignment, listed.clock, listed.official_id) == (1, DeadlineKind.CONTACT, "education")
    assert appeal.notifications == before.notifications
    assert appeal.assignment == before.assignment, "the list does not reset the appeal's clock"


def test_contact_ends_its_ladder_and_leaves_that_of_the_answer():
    appeal = swept(contacted(an_appeal(), MONDAY), "2026-03-31 09:00")
    assert rungs(appeal) == ["answer remind_half", "answer remind_last", "answer urge", "answer supervise"]


def test_the_answer_ends_every_ladder():
    assert rungs(swept(replied(an_appeal(State.IN_PROGRESS), MONDAY), "2026-03-31 09:00")) == []


def test_after_downtime_every_missed_rung_fires_once_in_order():
    appeal = swept(an_appeal(State.IN_PROGRESS), "2026-04-30 09:00")
    assert rungs(appeal) == [
        "contact remind_half",
        "contact remind_last",
        "contact urge",
        "contact supervise",
        "answer remind_half",
        "answer remind_last",
        "answer urge",
        "answer supervise",
    ]
    assert swept(appeal, "2026-05-30 09:00") is appeal


def test_of_several_missed_reminders_only_the_last_is_said_aloud():
    appeal = swept(an_appeal(), "2026-03-05 12:00")
    assert rungs(appeal) == ["contact remind_half", "contact remind_last"]
    assert [entry.internal for entry in appeal.timeline if entry.deed is Deed.REMIND] == [True, False]
    assert told(appeal, Occasion.REMIND_HALF) == []
    assert told(appeal, Occasion.REMIND_LAST) == HANDLERS


def test_no_missed_reminder_is_news_when_it_is_urged_already():
    appeal = swept(an_appeal(), "2026-03-06 12:00")
    assert told(appeal, Occasion.REMIND_HALF) == told(appeal, Occasion.REMIND_LAST) == []
    assert len(told(appeal, Occasion.URGE)) == 3


def test_quiet_hours_defer_the_message_and_not_the_rung():
    appeal = swept(an_appeal(), "2026-03-04 02:00")
    assert appeal.timeline[-1].at == beijing("2026-03-04 02:00")
    (first, *_) = (n for n in appeal.notifications if n.occasion is Occasion.REMIND_HALF)
    assert first.not_before == beijing("2026-03-04 08:00")
    urgent = swept(an_appeal(urgent=True, now=beijing("2026-03-02 23:00")), "2026-03-03 00:00")
    assert urgent.notifications[-1].not_before == beijing("2026-03-03 00:00") + GATHERED_FOR


def test_reminders_wait_a_moment_for_others_to_the_same_person_and_other_messages_do_not():
    appeal = swept(an_appeal(), "2026-03-04 09:00")
    waits = {n.occasion: n.not_before - n.created_at for n in appeal.notifications}
    assert waits[Occasion.REMIND_LAST] == GATHERED_FOR
    assert waits[Occasion.ASSIGNED] == timedelta(0)


@pytest.mark.parametrize("state", [state for state in State if state not in {State.ASSIGNED, State.IN_PROGRESS}])
def test_time_asks_nothing_of_officials_who_have_nothing_to_do(state):
    appeal = an_appeal(state)
    assert not [d for d in advance(appeal, HEARERS, TERMS, beijing("2026-03-06 17:00")).timeline if d.deed is Deed.URGE]


def test_the_next_check_is_the_next_rung():
    appeal = an_appeal()
    for at in ("2026-03-04 02:00", "2026-03-04 09:00", "2026-03-06 09:00", "2026-03-09 09:00"):
        assert next_check_at(appeal) == beijing(at)
        appeal = swept(appeal, at)
    assert next_check_at(appeal) is None


def promised(at: str, by: str) -> Appeal:
    return quick_reply(
        an_appeal(State.IN_PROGRESS, beijing(at)), "会后联系您", beijing(by), OFFICIAL, TERMS, beijing(at)
    )


def test_a_broken_promise_is_told_once_and_each_promise_anew():
    appeal = promised("2026-03-02 10:00", "2026-03-02 15:00")
    assert next_check_at(appeal) == beijing("2026-03-02 15:00")
    broken = swept(appeal, "2026-03-02 15:00")
    assert rungs(broken) == ["promise promise_broken"]
    assert (broken.promise, told(broken, Occasion.PROMISE_BROKEN)) == (None, HANDLERS)
    assert swept(broken, "2026-03-02 16:00") is broken
    again = quick_reply(broken, "明早联系您", beijing("2026-03-03 09:00"), OFFICIAL, TERMS, beijing("2026-03-02 17:00"))
    twice = swept(again, "2026-03-03 09:00")
    assert rungs(twice) == ["promise promise_broken"] * 2
    assert told(twice, Occasion.PROMISE_BROKEN) == HANDLERS * 2


def test_a_kept_promise_is_not_broken():
    appeal = contacted(promised("2026-03-02 10:00", "2026-03-02 15:00"), beijing("2026-03-02 14:00"))
    assert rungs(swept(appeal, "2026-03-02 16:00")) == []


def test_a_reminder_that_waited_is_no_longer_relevant_once_its_clock_stopped():
    appeal = swept(an_appeal(), "2026-03-04 02:00")
    (reminder, *_) = (n for n in appeal.notifications if n.occasion is Occasion.REMIND_HALF)
    assert is_relevant(appeal, reminder)
    assert not is_relevant(contacted(appeal, beijing("2026-03-04 07:00")), reminder)


def test_a_broken_promise_is_no_longer_relevant_once_the_official_has_called():
    """Broken at 23:00, the message waits for 08:00; the official calls at 07:00."""
    appeal = swept(promised("2026-03-02 21:00", "2026-03-02 23:00"), "2026-03-02 23:00")
    (reminder, *_) = (n for n in appeal.notifications if n.occasion is Occasion.PROMISE_BROKEN)
    assert is_relevant(appeal, reminder)
    assert not is_relevant(contacted(appeal, beijing("2026-03-03 07:00")), reminder)


def reminder(appeal: Appeal, occasion: Occasion) -> Notification:
    (first, *_) = (n for n in appeal.notifications if n.occasion is occasion)
    return first


def test_no_reminder_is_said_aloud_once_its_deadline_is_over():
    """Nobody swept until Thursday evening: the clock ended at 18:00, the urging comes on Friday at 9:00."""
    appeal = swept(an_appeal(), "2026-03-05 20:00")
    assert rungs(appeal) == ["contact remind_half", "contact remind_last"], "the timeline still holds every rung"
    assert told(appeal, Occasion.REMIND_HALF) == told(appeal, Occasion.REMIND_LAST) == []
    assert len(told(swept(appeal, "2026-03-06 09:00"), Occasion.URGE)) == 3, "nothing is lost: the next rung says it"


def test_a_reminder_that_waited_past_its_deadline_is_not_sent():
    """From Thursday three days end on Sunday; half of them on Saturday, when no message goes out until Monday."""
    appeal = swept(an_appeal(now=beijing("2026-03-05 10:00")), "2026-03-07 03:00")
    waiting = reminder(appeal, Occasion.REMIND_HALF)
    assert waiting.not_before == beijing("2026-03-09 08:00")
    assert still_holds(appeal, waiting, beijing("2026-03-08 18:00"))
    assert not still_holds(appeal, waiting, waiting.not_before)


def test_a_reminder_that_waited_is_dropped_for_the_next_rung_of_its_clock_only():
    appeal = swept(an_appeal(State.IN_PROGRESS), "2026-03-04 02:00")
    waiting = reminder(appeal, Occasion.REMIND_HALF)
    morning = beijing("2026-03-04 09:00")
    assert still_holds(appeal, waiting, morning)
    assert not still_holds(swept(appeal, "2026-03-04 09:00"), waiting, morning)
    other = swept(an_appeal(State.IN_PROGRESS), "2026-03-09 14:00")
    assert still_holds(other, reminder(other, Occasion.REMIND_HALF), beijing("2026-03-09 14:00")), "of the answer"
    assert still_holds(other, reminder(other, Occasion.URGE), beijing("2026-03-09 14:00")), "an urging stays true"


def test_what_nobody_was_reminded_of_is_unsaid():
    early = swept(an_appeal(), "2026-03-05 12:00")
    assert [is_unsaid(early, entry) for entry in early.timeline if entry.deed is Deed.REMIND] == [True, False]
    dropped = replace(early, notifications=tuple(replace(n, status=Status.SUPERSEDED) for n in early.notifications))
    assert [is_unsaid(dropped, entry) for entry in dropped.timeline if entry.deed is Deed.REMIND] == [True, True]
