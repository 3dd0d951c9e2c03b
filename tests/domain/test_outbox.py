"""Messages that nobody got: which of them matter, which may be sent anew, which are for the telephone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain import outbox
from app.domain.appeal import Appeal, State
from app.domain.errors import NotFound, Reason, RuleBroken
from app.domain.notification import Notification, Occasion, Recipient, Role, Status
from app.domain.worklist import Desk, desks
from tests.store.samples import NOW, assigned, hours

OFFICIAL, RESIDENT = Recipient(Role.OFFICIAL, "o1"), Recipient(Role.RESIDENT, "resident")


def a_message(status: Status, recipient: Recipient = OFFICIAL, **changes: Any) -> Notification:
    plain = Notification("k", Occasion.ASSIGNED, recipient, 1, NOW, NOW, status=status, settled_at=hours(1))
    return replace(plain, **changes)


def an_appeal(*messages: Notification, phone: str = "15400001234", **changes: Any) -> Appeal:
    return assigned(1, "o1", hours(99), notifications=messages, phone=phone, **changes)


@pytest.mark.parametrize("status", Status)
def test_what_was_not_delivered_is_trouble(status: Status) -> None:
    assert bool(outbox.troubles(an_appeal(a_message(status)))) is (status in outbox.TROUBLED)


@pytest.mark.parametrize(
    ("message", "state", "matters"),
    [
        (a_message(Status.UNDELIVERED, RESIDENT), State.IN_PROGRESS, True),
        (a_message(Status.UNDELIVERED, RESIDENT), State.CONCLUDED, False),
        (a_message(Status.UNDELIVERED, RESIDENT, occasion=Occasion.REJECTED), State.REJECTED, True),
        (a_message(Status.UNDELIVERED, assignment=0), State.IN_PROGRESS, False),  # it is another's by now
        (a_message(Status.UNDELIVERED), State.CONCLUDED, False),
        (a_message(Status.DEAD), State.CONCLUDED, True),
        (a_message(Status.UNCONFIRMED), State.CONCLUDED, False),  # whether or not it arrived,
        (a_message(Status.DEAD, told_at=NOW), State.IN_PROGRESS, False),
    ],
)
def test_it_is_none_once_it_does_not_matter_any_more(message: Notification, state: State, matters: bool) -> None:
    appeal = an_appeal(message, state=state)
    assert bool(outbox.troubles(appeal)) is matters
    assert bool(outbox.trouble_kinds(appeal)) is (outbox.trouble_at(appeal) is not None) is matters


@pytest.mark.parametrize("status", outbox.TROUBLED)
def test_a_resident_without_a_phone_is_nobody_to_call(status: Status) -> None:
    """Who subscribed to nothing and left no phone looks into the mini-program; a mistake of ours stays on its list."""
    appeal = an_appeal(a_message(status, RESIDENT), phone="")
    assert bool(outbox.troubles(appeal)) is (status is not Status.UNDELIVERED)
    assert Desk.UNDELIVERED not in desks(appeal)
    assert Desk.UNDELIVERED in desks(replace(appeal, phone="15400001234"))


def test_the_lists_are_by_status_and_by_whom_it_was_for() -> None:
    late = a_message(Status.UNDELIVERED, RESIDENT, key="l", settled_at=hours(5))
    appeal = an_appeal(a_message(Status.DEAD), late)
    assert outbox.trouble_kinds(appeal) == ("dead", "dead office", "undelivered", "undelivered resident")
    assert outbox.trouble_at(appeal) == hours(5)


@pytest.mark.parametrize("status", [Status.DEAD, Status.UNDELIVERED])
def test_sent_anew_from_the_first_channel(status: Status) -> None:
    gone = a_message(status, attempts=3, batch="digest:1", first_sent_at=NOW, last_error="47003", retries=1)
    (anew,) = outbox.retry(an_appeal(gone), "k", hours(2)).notifications
    assert (anew.status, anew.channel, anew.attempts, anew.batch) == (Status.PENDING, None, 0, "")
    assert (anew.not_before, anew.first_sent_at, anew.settled_at, anew.retries) == (hours(2), None, None, 2)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (a_message(Status.UNCONFIRMED), Reason.MAYBE_SENT),
        (a_message(Status.DEAD, maybe_sent=True), Reason.MAYBE_SENT),
        (a_message(Status.DEAD, told_at=NOW), Reason.NOTHING_TO_RETRY),
        (a_message(Status.UNDELIVERED, RESIDENT), Reason.NOTHING_TO_RETRY),
        (a_message(Status.PENDING), Reason.NOTHING_TO_RETRY),
        (a_message(Status.SENDING), Reason.NOTHING_TO_RETRY),
        (a_message(Status.SENT), Reason.NOTHING_TO_RETRY),
        (a_message(Status.SUPERSEDED), Reason.NOTHING_TO_RETRY),
    ],
)
def test_what_could_come_twice_is_never_sent_anew(message: Notification, reason: Reason) -> None:
    assert not outbox.may_retry(message)
    with pytest.raises(RuleBroken) as caught:
        outbox.retry(an_appeal(message), "k", NOW)
    assert caught.value.reason is reason


def test_told_by_telephone_once_and_off_every_list() -> None:
    appeal = an_appeal(a_message(Status.UNCONFIRMED))
    assert Desk.UNDELIVERED in desks(appeal)
    told = outbox.tell(appeal, "k", "李督查", hours(2))
    assert (told.notifications[0].told_at, told.notifications[0].told_by) == (hours(2), "李督查")
    assert told.notifications[0].status is Status.UNCONFIRMED, "what became of the message stays on record"
    assert Desk.UNDELIVERED not in desks(told) and not outbox.troubles(told)
    with pytest.raises(RuleBroken) as caught:
        outbox.tell(told, "k", "李督查", hours(3))
    assert caught.value.reason is Reason.ALREADY_TOLD
    with pytest.raises(RuleBroken):
        outbox.tell(an_appeal(a_message(Status.SENT)), "k", "李督查", NOW)


def test_other_messages_stay_as_they_are() -> None:
    other = a_message(Status.DEAD, key="other")
    changed = outbox.retry(an_appeal(other, a_message(Status.DEAD)), "k", NOW + timedelta(hours=1))
    assert changed.notifications[0] == other
    with pytest.raises(NotFound):
        outbox.retry(an_appeal(other), "k", NOW)
