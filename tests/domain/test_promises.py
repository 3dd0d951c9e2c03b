"""Promises by quick reply: a new one hides none that was broken, and puts off none that runs."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.domain.appeal import Appeal, ContactOutcome
from app.domain.escalation import advance, next_check_at
from app.domain.handling import log_contact, quick_reply
from app.domain.intake import transfer
from app.domain.notification import Occasion
from app.domain.promises import broken_promises, promised_at
from app.domain.worklist import Desk, desks

from .factories import HEARERS, OFFICIAL, TERMS, an_appeal, beijing, contacted, replied, rungs, told

NOON = beijing("2026-03-02 12:00")


def promised(appeal: Appeal, at: str, by: str | None) -> Appeal:
    return quick_reply(appeal, "会后联系您", beijing(by) if by else None, OFFICIAL, TERMS, beijing(at))


def swept(appeal: Appeal, now: datetime) -> Appeal:
    return advance(appeal, HEARERS, TERMS, now)


def broken() -> Appeal:
    return swept(promised(an_appeal(), "2026-03-02 10:00", "2026-03-02 11:00"), NOON)


def lies(appeal: Appeal) -> bool:
    return Desk.PROMISE_BROKEN in desks(appeal)


@pytest.mark.parametrize("by", ["2026-03-02 15:00", None])
def test_a_new_quick_reply_takes_no_broken_promise_from_the_desk(by):
    assert lies(broken())
    again = promised(broken(), "2026-03-02 12:30", by)
    assert lies(again)
    assert not lies(contacted(again, beijing("2026-03-02 13:00")))
    assert not lies(replied(contacted(again, NOON), NOON))
    tried = log_contact(again, ContactOutcome.NO_ANSWER, OFFICIAL, TERMS, beijing("2026-03-02 13:00"))
    assert lies(tried)
    assert not lies(transfer(again, "roads", "归城管", HEARERS, OFFICIAL, TERMS, beijing("2026-03-02 13:00")))


def test_a_promise_that_is_renewed_before_its_hour_is_broken_at_its_hour():
    """Otherwise promising anew every hour would break none, for ever."""
    appeal = an_appeal()
    for hour in (10, 11, 12):
        appeal = promised(appeal, f"2026-03-02 {hour}:00", f"2026-03-02 {hour + 1}:30")
    assert appeal.promise.due_at == beijing("2026-03-02 11:30"), "the first one stands"
    assert (next_check_at(appeal), broken_promises(appeal)) == (beijing("2026-03-02 11:30"), 0)
    appeal = swept(appeal, NOON)
    assert (broken_promises(appeal), appeal.promise.due_at) == (1, beijing("2026-03-02 12:30"))
    appeal = swept(appeal, beijing("2026-03-02 14:00"))
    assert (broken_promises(appeal), appeal.promise, lies(appeal)) == (3, None, True)
    assert len(told(appeal, Occasion.PROMISE_BROKEN)) > 2, "each is told"


def test_after_downtime_all_broken_promises_are_counted_at_once():
    appeal = promised(an_appeal(), "2026-03-02 10:00", "2026-03-02 11:00")
    appeal = swept(promised(appeal, "2026-03-02 10:30", "2026-03-02 12:00"), beijing("2026-03-02 18:00"))
    assert rungs(appeal) == ["promise promise_broken"] * 2
    assert swept(appeal, beijing("2026-03-02 18:01")) is appeal


def test_an_earlier_hour_that_is_promised_later_runs_first():
    appeal = promised(an_appeal(), "2026-03-02 10:00", "2026-03-02 17:00")
    sooner = promised(appeal, "2026-03-02 10:30", "2026-03-02 14:00")
    assert sooner.promise.due_at == beijing("2026-03-02 14:00")
    assert swept(sooner, beijing("2026-03-02 15:00")).promise.due_at == beijing("2026-03-02 17:00")


def test_what_was_kept_is_not_broken_later():
    appeal = promised(an_appeal(), "2026-03-02 10:00", "2026-03-02 11:00")
    appeal = promised(appeal, "2026-03-02 10:10", "2026-03-02 14:00")
    appeal = contacted(appeal, beijing("2026-03-02 10:30"))
    assert appeal.promise is None
    again = promised(appeal, "2026-03-02 10:40", "2026-03-02 16:00")
    assert again.promise.due_at == beijing("2026-03-02 16:00")
    assert broken_promises(swept(again, beijing("2026-03-02 15:00"))) == 0


def test_the_resident_is_told_the_hour_of_the_reply_that_is_sent():
    appeal = promised(an_appeal(), "2026-03-02 10:00", "2026-03-02 11:00")
    appeal = promised(appeal, "2026-03-02 10:30", "2026-03-02 14:00")
    assert promised_at(appeal, beijing("2026-03-02 10:30")) == beijing("2026-03-02 14:00")
    assert promised_at(appeal, NOON) is None
