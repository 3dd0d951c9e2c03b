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
from app.domain.escalation import still_holds
from app.domain.notification import (
    REMINDERS,
    Channel,
    Notification,
    Recipient,
    Role,
    Status,
    claim,
    may_repeat,
    settle,
    supersede,
    unconfirm,
)
from app.services.messages.delivery import Delivery, hearer_of
from app.services.ports.basics import StoreAway
from app.services.saving import change
from app.services.world import World

AT_ONCE = 200
NEW_DIGEST = "new digest"
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
            except StoreAway:
                raise  # the runner postpones the run; each of the others would only wait for the same outage
            except Exception as error:  # one message that cannot be handled must not stop the others
                world.alerts.raise_alert("dispatch_failed", parcel=parcel.id, error=type(error).__name__)


def _ready(world: World, appeals: Sequence[Appeal]) -> Iterator[tuple[Appeal, Notification]]:
    """The due notifications that are to be sent; those that are not any more are settled on the way."""
    for appeal in appeals:
        now = world.clock.now()
        try:
            due = {n: _sort_out(world, appeal, n, now) for n in appeal.notifications if _is_due(n, now)}
            changed = {old: new for old, new in due.items() if new is not old}
            settled = not changed or _mark(world, appeal.id, partial(_replaced, changed)) is not None
        except StoreAway:
            raise
        except Exception as error:  # one appeal that cannot be settled must not stop the others
            world.alerts.raise_alert("dispatch_failed", appeal=appeal.id, error=type(error).__name__)
            continue
        if settled:
            yield from ((appeal, notification) for notification in due if notification not in changed)


def _replaced(changed: Mapping[Notification, Notification], _: Appeal, current: Notification) -> Notification:
    """What was decided of the notification, unless somebody has touched it since it was read."""
    return changed.get(current, current)


def _is_due(notification: Notification, now: datetime) -> bool:
    return notification.is_waiting and notification.not_before <= now


def _sort_out(world: World, appeal: Appeal, notification: Notification, now: datetime) -> Notification:
    """The same notification when it may be sent now; else what it becomes."""
    if not may_repeat(notification, now):
        world.alerts.raise_alert("delivery_unconfirmed", appeal=appeal.id)
        return unconfirm(notification, now)
    if _is_over(world, appeal, notification, now):
        return supersede(notification, now)
    quiet_until = world.quiet.send_at(now, world.calendar(), notification.urgent)
    if quiet_until > now and not notification.first_sent_at:
        return replace(notification, not_before=quiet_until)
    return notification


def _parcels(world: World, ready: Iterator[tuple[Appeal, Notification]]) -> list[Parcel]:
    """Groups what is ready: claimed digests as they were, new reminders to one recipient about several appeals."""
    groups: dict[tuple[str, Recipient, Channel, str], list[tuple[Appeal, Notification]]] = defaultdict(list)
    for appeal, notification in ready:
        channel = notification.channel or notification.recipient.channels[0]
        group = notification.batch
        is_new = notification.status is Status.PENDING  # a claim goes again as it was, under the id it had
        if not group and is_new and notification.occasion in REMINDERS and channel is Channel.TEMPLATE:
            group = NEW_DIGEST
        account = ""
        if group == NEW_DIGEST:  # only what the same person may hear goes together (rule 1)
            hearer = hearer_of(world, notification.recipient, [appeal])
            account, group = (hearer.id, group) if hearer else ("", "")
        if not group:
            group = message_id(appeal, notification, channel)
        groups[group, notification.recipient, channel, account].append((appeal, notification))
    parcels: list[Parcel] = []
    for (group, recipient, channel, _), items in groups.items():
        if group != NEW_DIGEST:
            parcels.append(Parcel(group, recipient, channel, tuple(items)))
        elif len({appeal.id for appeal, _ in items}) > 1:
            parcels.append(Parcel(f"digest:{world.secrets.new_id()}", recipient, channel, tuple(items)))
        else:
            parcels += [Parcel(message_id(a, n, channel), recipient, channel, ((a, n),)) for a, n in items]
    return parcels


def message_id(appeal: Appeal, notification: Notification, channel: Channel) -> str:
    """Stable over every repetition, so that WeChat can tell one. A person's retry is a message of its own: WeChat may
    remember the refused one for ten minutes and swallow it, and nothing was delivered that it could double."""
    anew = f":{notification.retries}" if notification.retries else ""
    return f"{appeal.id}:{notification.key}:{channel.value}{anew}"


def _deliver(world: World, parcel: Parcel) -> int:
    claimed = []
    for appeal, notification in parcel.items:
        taken = _claim(world, appeal, notification, parcel)
        if taken is not None:
            claimed.append(taken)
    if not claimed:
        return 0
    outcome = Delivery(world).send(parcel.recipient, parcel.channel, claimed, parcel.id)
    jitter = random.random()  # noqa: S311 - spreads repetitions, no secret
    keys = {(appeal.id, notification.key) for appeal, notification in claimed}
    for appeal, _ in claimed:

        def settled(marked: Appeal, current: Notification) -> Notification:
            if (marked.id, current.key) not in keys or not current.is_waiting:
                return current
            return settle(current, outcome, world.clock.now(), jitter)

        after = _mark(world, appeal.id, settled)
        if after and any((after.id, n.key) in keys and n.status is Status.UNCONFIRMED for n in after.notifications):
            world.alerts.raise_alert("delivery_unconfirmed", appeal=appeal.id)
    return len(claimed)


def _claim(
    world: World, appeal: Appeal, notification: Notification, parcel: Parcel
) -> tuple[Appeal, Notification] | None:
    """The appeal as it is now with the notification as claimed, or None: somebody else has it, it changed since it was
    read, or what it says stopped being true while others were being sent (then it is superseded)."""
    now = world.clock.now()
    batch = parcel.id if parcel.is_digest or notification.batch else ""
    taken = claim(notification, parcel.channel, batch, now)
    ours = False

    def take(fresh: Appeal, current: Notification) -> Notification:
        nonlocal ours
        if current.key != notification.key:
            return current
        ours = current == notification  # asked again after a lost race: an equal claim is somebody else's
        if ours and _is_over(world, fresh, current, now):
            ours = False
            return supersede(current, now)
        return taken if ours else current

    fresh = _mark(world, appeal.id, take)
    return (fresh, taken) if fresh and ours else None


def _is_over(world: World, appeal: Appeal, notification: Notification, now: datetime) -> bool:
    """Whether nobody has to hear it any more."""
    return not still_holds(appeal, notification, now) or _has_left(world, appeal, notification)


def _has_left(world: World, appeal: Appeal, notification: Notification) -> bool:
    """Whether it is for somebody of the staff who does not act for the assignee any more."""
    if notification.recipient.role is not Role.STAFF:
        return False
    account = world.stores.accounts.get(notification.recipient.id)
    return account is None or appeal.assignee_id not in account.posts(Role.STAFF)


def _mark(world: World, appeal_id: str, rule: Callable[[Appeal, Notification], Notification]) -> Appeal | None:
    """Applies `rule` to each notification of the appeal in one guarded save; None when others kept being faster."""

    def change_all(appeal: Appeal) -> Appeal:
        notifications = tuple(rule(appeal, notification) for notification in appeal.notifications)
        if notifications == appeal.notifications:
            return appeal
        return replace(appeal, notifications=notifications)

    missing = NotFound(Reason.NO_SUCH_APPEAL)
    try:
        return change(world.stores.appeals, appeal_id, change_all, missing, MARKING_ATTEMPTS)
    except Conflict:
        world.alerts.raise_alert("marking_conflict", appeal=appeal_id)
        return None
