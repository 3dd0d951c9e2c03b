"""The outbox: claim, send, mark.

A claim is saved before anything is sent, with a lease; a crash between sending and marking leaves a claim whose lease
ends, and which is repeated with the same message id only while WeChat recognises a repetition. A conflict while marking
marks again, it never sends again. Several reminders due to one official at once become one digest.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from app.domain.appeal import Appeal
from app.domain.errors import Conflict, NotFound, Reason
from app.domain.escalation import is_relevant
from app.domain.notification import (
    REMINDERS,
    Channel,
    Notification,
    Recipient,
    claim,
    may_repeat,
    settle,
    supersede,
    unconfirm,
)
from app.services.delivery import Delivery
from app.services.saving import change
from app.services.world import World

AT_ONCE = 200
MARKING_ATTEMPTS = 20


@dataclass(frozen=True)
class Parcel:
    """What goes out as one WeChat message: one notification, or a digest of several appeals to one recipient."""

    id: str
    recipient: Recipient
    channel: Channel
    items: tuple[tuple[Appeal, Notification], ...]

    @property
    def is_digest(self) -> bool:
        return len(self.items) > 1


def dispatch(world: World) -> int:
    """Sends what is due, once; the number of notifications that were settled or tried."""
    handled = 0
    seen: set[str] = set()
    while True:
        appeals = world.stores.appeals.to_dispatch(world.clock.now(), AT_ONCE + len(seen))
        fresh = [appeal for appeal in appeals if appeal.id not in seen]
        if not fresh:
            return handled
        seen |= {appeal.id for appeal in fresh}
        for parcel in _parcels(world, _ready(world, fresh)):
            try:
                handled += _deliver(world, parcel)
            except Exception as error:  # one message that cannot be handled must not stop the others
                world.alerts.raise_alert("dispatch_failed", parcel=parcel.id, error=type(error).__name__)


def _ready(world: World, appeals: Sequence[Appeal]) -> Iterator[tuple[Appeal, Notification]]:
    """The due notifications that are to be sent; those that are not any more are settled on the way."""
    for appeal in appeals:
        now = world.clock.now()
        due = {n: _sort_out(world, appeal, n, now) for n in appeal.notifications if _is_due(n, now)}
        changed = {old: new for old, new in due.items() if new is not old}
        if changed and _mark(world, appeal.id, partial(_replaced, changed)) is None:
            continue
        yield from ((appeal, notification) for notification in due if notification not in changed)


def _replaced(changed: Mapping[Notification, Notification], current: Notification) -> Notification:
    """What was decided of the notification, unless somebody has touched it since it was read."""
    return changed.get(current, current)


def _is_due(notification: Notification, now: datetime) -> bool:
    return notification.is_waiting and notification.not_before <= now


def _sort_out(world: World, appeal: Appeal, notification: Notification, now: datetime) -> Notification:
    """The same notification when it may be sent now; else what it becomes."""
    if not may_repeat(notification, now):
        world.alerts.raise_alert("delivery_unconfirmed", appeal=appeal.id)
        return unconfirm(notification, now)
    if not notification.maybe_sent and not is_relevant(appeal, notification):
        return supersede(notification, now)
    quiet_until = world.quiet.send_at(now, world.calendar(), notification.urgent)
    if quiet_until > now and not notification.first_sent_at:
        return replace(notification, not_before=quiet_until)
    return notification


def _parcels(world: World, ready: Iterator[tuple[Appeal, Notification]]) -> list[Parcel]:
    """Groups what is ready: claimed digests as they were, new reminders to one recipient about several appeals."""
    groups: dict[tuple[str, Recipient, Channel], list[tuple[Appeal, Notification]]] = defaultdict(list)
    for appeal, notification in ready:
        channel = notification.channel or notification.recipient.channels[0]
        group = notification.batch
        if not group and notification.occasion in REMINDERS and channel is Channel.TEMPLATE:
            group = "new digest"
        if not group:
            group = message_id(appeal, notification, channel)
        groups[group, notification.recipient, channel].append((appeal, notification))
    parcels: list[Parcel] = []
    for (group, recipient, channel), items in groups.items():
        if group != "new digest":
            parcels.append(Parcel(group, recipient, channel, tuple(items)))
        elif len({appeal.id for appeal, _ in items}) > 1:
            parcels.append(Parcel(f"digest:{world.secrets.new_id()}", recipient, channel, tuple(items)))
        else:
            parcels += [Parcel(message_id(a, n, channel), recipient, channel, ((a, n),)) for a, n in items]
    return parcels


def message_id(appeal: Appeal, notification: Notification, channel: Channel) -> str:
    """Stable over every repetition, so that WeChat can tell one."""
    return f"{appeal.id}:{notification.key}:{channel.value}"


def _deliver(world: World, parcel: Parcel) -> int:
    claimed = []
    for appeal, notification in parcel.items:
        taken = _claim(world, appeal, notification, parcel)
        if taken is not None:
            claimed.append((appeal, taken))
    if not claimed:
        return 0
    outcome = Delivery(world).send(parcel.recipient, parcel.channel, claimed, parcel.id)
    jitter = random.random()  # noqa: S311 - spreads repetitions, no secret
    keys = {(appeal.id, notification.key) for appeal, notification in claimed}
    for appeal, _ in claimed:

        def settled(current: Notification, appeal_id: str = appeal.id) -> Notification:
            if (appeal_id, current.key) not in keys or not current.is_waiting:
                return current
            return settle(current, outcome, world.clock.now(), jitter)

        _mark(world, appeal.id, settled)
    return len(claimed)


def _claim(world: World, appeal: Appeal, notification: Notification, parcel: Parcel) -> Notification | None:
    """The notification as claimed, or None when somebody else has it or it changed since it was read."""
    now = world.clock.now()
    batch = parcel.id if parcel.is_digest or notification.batch else ""
    taken = claim(notification, parcel.channel, batch, now)
    won = _mark(world, appeal.id, lambda current: taken if current == notification else current)
    return taken if won and taken in won.notifications else None


def _mark(world: World, appeal_id: str, rule: Callable[[Notification], Notification]) -> Appeal | None:
    """Applies `rule` to each notification of the appeal in one guarded save; None when others kept being faster."""

    def change_all(appeal: Appeal) -> Appeal:
        notifications = tuple(rule(notification) for notification in appeal.notifications)
        if notifications == appeal.notifications:
            return appeal
        return replace(appeal, notifications=notifications)

    missing = NotFound(Reason.NO_SUCH_APPEAL)
    try:
        return change(world.stores.appeals, appeal_id, change_all, missing, MARKING_ATTEMPTS)
    except Conflict:
        world.alerts.raise_alert("marking_conflict", appeal=appeal_id)
        return None
