"""Messages that nobody got: the list, sending one anew, and writing down that somebody was told by telephone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain import outbox
from app.domain.appeal import Appeal
from app.domain.errors import InvalidInput, NotFound, Reason, Refusal
from app.domain.notification import Channel, Notification, Occasion, Role, Status
from app.domain.officer import Officer, OfficeRole
from app.domain.operation_words import RECIPIENTS, reason_words
from app.domain.roster import Official
from app.services.officers.access import need
from app.services.officers.audit import record
from app.services.ports.basics import Position
from app.services.saving import change
from app.services.world import World

PAGE = 20
AT_ONCE = 200
LONGEST_NOTE = 200
MOST_COUNTED = 100
READERS = (OfficeRole.ADMIN, OfficeRole.SUPERVISOR, OfficeRole.OPERATOR, OfficeRole.AUDITOR)
SENDERS = (OfficeRole.ADMIN, OfficeRole.SUPERVISOR)
CALLERS = (OfficeRole.ADMIN, OfficeRole.SUPERVISOR, OfficeRole.OPERATOR)
MISSING = NotFound(Reason.NO_SUCH_APPEAL)


@dataclass(frozen=True)
class Undelivered:
    """One message, without a word of the appeal. `name` is the official's for whom it was, or of whose staff it was;
    empty for the resident. `may_retry`: it cannot come twice."""

    appeal_id: str
    code: str
    notification_id: str
    status: Status
    channel: Channel | None
    occasion: Occasion
    role: Role
    name: str
    reason: str
    at: datetime
    retries: int
    may_retry: bool


@dataclass(frozen=True)
class UndeliveredPage:
    items: tuple[Undelivered, ...]
    next: Position | None


def undelivered(
    world: World, officer: Officer, status: Status, side: str = "", after: Position | None = None
) -> UndeliveredPage:
    """The messages of up to twenty appeals, the newest trouble first. `side`: `resident`, `office`, or both when empty.

    Raises InvalidInput for a status that is no trouble.
    """
    need(officer, *READERS)
    if status not in outbox.TROUBLED or side not in {"", outbox.RESIDENT, outbox.OFFICE}:
        raise InvalidInput(Reason.BAD_REQUEST, field="status")
    found = world.stores.outbox.in_trouble(f"{status.value} {side}".strip(), after, PAGE + 1)
    officials = _officials(world, found[:PAGE])
    items = tuple(
        _reading(appeal, message, officials)
        for appeal in found[:PAGE]
        for message in outbox.troubles(appeal)
        if message.status is status and side in {"", outbox.side_of(message)}
    )
    last = found[PAGE - 1] if len(found) > PAGE else None
    return UndeliveredPage(items, (outbox.trouble_at(last) or last.submitted_at, last.code) if last else None)


def how_many(world: World, officer: Officer) -> Mapping[Status, int]:
    """How many messages are in each kind of trouble; of more than a hundred appeals only those of the first hundred."""
    need(officer, *READERS)
    return {status: len(world.stores.outbox.troubled(status, MOST_COUNTED)) for status in outbox.TROUBLED}


def retry(world: World, officer: Officer, appeal_id: str, notification_id: str) -> Appeal:
    """Has a message sent anew that was certainly not delivered; the next dispatch takes it, quiet hours permitting.

    Raises NotFound, RuleBroken(MAYBE_SENT) and RuleBroken(NOTHING_TO_RETRY); a second click finds nothing to retry.
    """
    need(officer, *SENDERS)
    appeal = _get(world, appeal_id)
    outbox.retry(appeal, notification_id, world.clock.now())  # refused before it is on record
    record(world, officer, "retry_message", appeal.code, _told(appeal, notification_id))
    return _retried(world, appeal_id, notification_id)


def retry_all(world: World, officer: Officer) -> int:
    """The same for every dead message that cannot come twice, of the 200 appeals with the newest: after a mistake of
    ours was mended. How many were taken up; to be repeated until it is none."""
    need(officer, *SENDERS)
    found = world.stores.outbox.in_trouble(Status.DEAD.value, None, AT_ONCE)
    dead = [(a.id, m.key) for a in found for m in outbox.troubles(a) if m.status is Status.DEAD and outbox.may_retry(m)]
    if dead:
        record(world, officer, "retry_message", "全部", f"{len(dead)} 条")
    done = 0
    for appeal_id, key in dead:
        try:
            _retried(world, appeal_id, key)
        except Refusal:  # somebody else took it up; the others go on
            continue
        done += 1
    return done


def mark_told(world: World, officer: Officer, appeal_id: str, notification_id: str, note: str) -> Appeal:
    """A person has told the recipient by telephone: the message leaves the list and is never sent.

    Raises NotFound, RuleBroken(ALREADY_TOLD), InvalidInput under `note` when it says nothing.
    """
    need(officer, *CALLERS)
    if not (note := note.strip()) or len(note) > LONGEST_NOTE:
        raise InvalidInput(Reason.BAD_REQUEST, fields={"note": [f"请写明告知情况，最多 {LONGEST_NOTE} 个字"]})
    appeal, now = _get(world, appeal_id), world.clock.now()
    outbox.tell(appeal, notification_id, officer.name, now)
    record(world, officer, "told_by_phone", appeal.code, f"{_told(appeal, notification_id)} {note}")
    return change(
        world.stores.appeals, appeal_id, lambda a: outbox.tell(a, notification_id, officer.name, now), MISSING
    )


def _retried(world: World, appeal_id: str, key: str) -> Appeal:
    now = world.clock.now()
    return change(world.stores.appeals, appeal_id, lambda appeal: outbox.retry(appeal, key, now), MISSING)


def _get(world: World, appeal_id: str) -> Appeal:
    appeal = world.stores.appeals.get(appeal_id)
    if appeal is None:
        raise MISSING
    return appeal


def _told(appeal: Appeal, key: str) -> str:
    message = outbox.message_of(appeal, key)
    return f"{message.occasion.value} {RECIPIENTS[message.recipient.role]}"


def _officials(world: World, appeals: Sequence[Appeal]) -> Mapping[str, Official]:
    """Those of the appeals' rosters: one read for each roster, not for each message."""
    rosters = {appeal.roster for appeal in appeals}
    return {official.id: official for slug in rosters for official in world.stores.officials.of_roster(slug)}


def _reading(appeal: Appeal, message: Notification, officials: Mapping[str, Official]) -> Undelivered:
    role = message.recipient.role
    post = message.recipient.id
    if role is Role.STAFF:
        numbered = (held for held in (*appeal.past, appeal.assignment) if held and held.number == message.assignment)
        post = next((held.official_id for held in numbered), "")
    official = officials.get(post) if role is not Role.RESIDENT else None
    return Undelivered(
        appeal_id=appeal.id,
        code=appeal.code,
        notification_id=message.key,
        status=message.status,
        channel=message.channel,
        occasion=message.occasion,
        role=role,
        name=official.title if official else "",
        reason=reason_words(message.last_error),
        at=message.settled_at or message.created_at,
        retries=message.retries,
        may_retry=outbox.may_retry(message),
    )
