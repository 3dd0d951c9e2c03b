"""Notifications: what is to be said to whom, kept inside the appeal until it is certain what became of it.

The key (appeal, assignment, occasion, recipient) is the identity: saying the same thing twice is impossible because the
second one has the same key. WeChat itself forgets a client_msg_id after ten minutes, so a send whose outcome is still
unknown by then is never repeated; it waits for a person on the list of undelivered messages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

DEDUPLICATED_FOR = timedelta(minutes=10)
LEASE = timedelta(seconds=60)
"""How long a claim holds: longer than the slowest send (11 s), shorter than WeChat's memory of a message."""
MAX_ATTEMPTS = 5


class Role(StrEnum):
    """In which part somebody hears of an appeal or acts on it."""

    RESIDENT = "resident"
    OFFICIAL = "official"
    STAFF = "staff"
    SUPERIOR = "superior"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"
    SYSTEM = "system"


class Occasion(StrEnum):
    """Why somebody is written to; each has a template (app/wechat/templates.py), which a test checks."""

    # to the official, staff, superior
    ASSIGNED = "assigned"
    REMIND_HALF = "remind_half"
    REMIND_LAST = "remind_last"
    URGE = "urge"
    PROMISE_BROKEN = "promise_broken"
    SUPPLEMENTED = "supplemented"
    RESUMED = "resumed"
    REOPENED = "reopened"
    EXTENSION_GRANTED = "extension_granted"
    EXTENSION_REFUSED = "extension_refused"
    # to the resident
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    TRANSFERRED = "transferred"
    PROMISED = "promised"
    CONTACTED = "contacted"
    SUPPLEMENT_WANTED = "supplement_wanted"
    EXTENDED = "extended"
    ANSWERED = "answered"
    FOLLOWED_UP = "followed_up"
    """What was taken down as the resident's rating on the telephone."""
    CONCLUDED = "concluded"
    MERGED = "merged"


REMINDERS = frozenset({Occasion.REMIND_HALF, Occasion.REMIND_LAST, Occasion.URGE, Occasion.PROMISE_BROKEN})
"""Several of these due to one person at once become one digest."""


GATHERED_FOR = timedelta(seconds=5)
"""How long a reminder waits for others to the same person, so that one sweep's reminders meet."""


class Status(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    SUPERSEDED = "superseded"
    """No longer true when its time came (an answer was given before the deferred reminder went out)."""
    UNDELIVERED = "undelivered"
    """No channel reached the recipient: it stands in the inbox and on the console's call list (未送达)."""
    UNCONFIRMED = "unconfirmed"
    """Sent, but nobody knows whether it arrived; repeating could send it twice."""
    DEAD = "dead"
    """WeChat refused it for a fault of ours; an administrator has to look."""


WAITING = frozenset({Status.PENDING, Status.SENDING})


class Channel(StrEnum):
    TEMPLATE = "template"
    SUBSCRIBE = "subscribe"
    INBOX = "inbox"


@dataclass(frozen=True)
class Recipient:
    """`id` is the official's id for official and superior (the post hears), the account's for staff and resident."""

    role: Role
    id: str

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The ways to reach them, in the order they are tried; the inbox is always there."""
        if self.role is Role.RESIDENT:
            return (Channel.SUBSCRIBE, Channel.INBOX)
        return (Channel.TEMPLATE, Channel.SUBSCRIBE, Channel.INBOX)


@dataclass(frozen=True)
class Notification:
    """One message to one recipient. `key` is unique in its appeal; `batch` names the digest it was claimed with."""

    key: str
    occasion: Occasion
    recipient: Recipient
    assignment: int
    created_at: datetime
    not_before: datetime
    clock: str = ""
    """Which deadline it is about (a DeadlineKind's value), empty when about none."""
    text: str = ""
    urgent: bool = False
    status: Status = Status.PENDING
    channel: Channel | None = None
    attempts: int = 0
    first_sent_at: datetime | None = None
    maybe_sent: bool = False
    """An attempt ended without an answer, so WeChat may have delivered it."""
    settled_at: datetime | None = None
    batch: str = ""
    reference: str = ""
    last_error: str = ""
    retries: int = 0
    """How often a person had it sent anew after it was certain that nothing had been delivered."""
    told_at: datetime | None = None
    """When somebody was told by telephone what this message should have said."""
    told_by: str = ""

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING


@dataclass(frozen=True)
class Sent:
    """Delivered to WeChat, which calls it `reference`."""

    reference: str = ""


@dataclass(frozen=True)
class Retry:
    """Not delivered now; `unknown` when it may have been delivered all the same."""

    error: str
    after: timedelta | None = None
    unknown: bool = False


class Fault(StrEnum):
    UNREACHABLE = "unreachable"
    """This recipient, this way: try the next channel."""
    QUOTA = "quota"
    """This way is exhausted for today: the next channel now."""
    TEMPLATE = "template"
    """The template is banned: alert, and the next channel."""
    OURS = "ours"
    """Our request is wrong: never repeat it, alert."""
    CONFIGURATION = "configuration"
    """Keys, addresses or permissions are wrong: alert, and hold the message back until they are mended."""


@dataclass(frozen=True)
class Refused:
    """WeChat will not deliver it this way."""

    fault: Fault
    error: str


Outcome = Sent | Retry | Refused

CONFIGURATION_PAUSE = timedelta(minutes=30)


def claim(notification: Notification, channel: Channel, batch: str, now: datetime) -> Notification:
    """Taken for sending: saved before anything is sent, so that a crash leaves a trace and a lease that ends."""
    return replace(
        notification,
        status=Status.SENDING,
        channel=channel,
        batch=batch,
        attempts=notification.attempts + 1,
        first_sent_at=notification.first_sent_at or now,
        maybe_sent=notification.maybe_sent or notification.status is Status.SENDING,
        not_before=now + LEASE,
    )


def may_repeat(notification: Notification, now: datetime) -> bool:
    """Whether a claim whose lease ran out may be sent again: only while WeChat would recognise the repetition.

    Subscribe messages have no client_msg_id, so a repetition is never recognised.
    """
    if notification.status is not Status.SENDING:
        return True
    if notification.channel is Channel.SUBSCRIBE or notification.first_sent_at is None:
        return False
    return now < notification.first_sent_at + DEDUPLICATED_FOR


def settle(notification: Notification, outcome: Outcome, now: datetime, jitter: float = 0.0) -> Notification:
    """What becomes of a claimed notification after an attempt. `jitter` in 0..1 spreads repetitions."""
    match outcome:
        case Sent():
            return _end(notification, Status.SENT, now, reference=outcome.reference)
        case Retry():
            return _after_failure(notification, outcome, now, jitter)
        case Refused(fault=Fault.CONFIGURATION):
            return _again(replace(notification, attempts=0), now + CONFIGURATION_PAUSE, outcome.error)
        case Refused(fault=Fault.OURS):
            return _end(notification, Status.DEAD, now, error=outcome.error)
    return next_channel(notification, now, outcome.error)


def next_channel(notification: Notification, now: datetime, error: str) -> Notification:
    """On to the next way of reaching the recipient; after the last one it is undelivered."""
    if notification.maybe_sent:
        return unconfirm(notification, now)
    channels = notification.recipient.channels
    position = channels.index(notification.channel) + 1 if notification.channel in channels else 0
    following = channels[position] if position < len(channels) else Channel.INBOX
    moved = replace(notification, channel=following, attempts=0)
    if following is Channel.INBOX:
        return _end(moved, Status.UNDELIVERED, now, error=error)
    return _again(moved, now, error)


def _after_failure(notification: Notification, outcome: Retry, now: datetime, jitter: float) -> Notification:
    tried = replace(notification, maybe_sent=notification.maybe_sent or outcome.unknown)
    if outcome.unknown and notification.channel is Channel.SUBSCRIBE:
        return unconfirm(tried, now)
    if notification.attempts >= MAX_ATTEMPTS:
        return next_channel(tried, now, outcome.error)
    pause = outcome.after or timedelta(seconds=5 * 2**notification.attempts) * (1 + jitter)
    return _again(tried, now + pause, outcome.error)


def _again(notification: Notification, when: datetime, error: str) -> Notification:
    """Waits until `when`. What may have been sent stays a claim: only within WeChat's memory is it repeated."""
    if notification.maybe_sent:
        return replace(notification, not_before=when, last_error=error)
    return replace(notification, status=Status.PENDING, not_before=when, last_error=error, first_sent_at=None, batch="")


def _end(
    notification: Notification, status: Status, now: datetime, reference: str = "", error: str = ""
) -> Notification:
    return replace(notification, status=status, settled_at=now, reference=reference, last_error=error)


def supersede(notification: Notification, now: datetime) -> Notification:
    """Out of date before it was sent. What may have been sent is not said to have been dropped."""
    if notification.maybe_sent or notification.status is Status.SENDING:
        return unconfirm(notification, now)
    return _end(notification, Status.SUPERSEDED, now)


def unconfirm(notification: Notification, now: datetime) -> Notification:
    """A claim that is not repeated: too old for it, or out of date."""
    return _end(notification, Status.UNCONFIRMED, now, error=notification.last_error or "outcome unknown")
