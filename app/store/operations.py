"""The appeals as those who look after the system see them, and the alerts of each day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.domain.appeal import Appeal
from app.domain.forgetting import has_contacts, pictures_of
from app.domain.notification import Channel, Notification, Status
from app.domain.outbox import trouble_at, trouble_kinds, troubles
from app.services.ports.basics import Position
from app.services.ports.running import AlertTally, OutboxLine
from app.store import derived
from app.store.codec import Document
from app.store.derived import from_ms, in_ms
from app.store.ledgers import of_ledgers
from app.store.shelf import Shelf, after_position

NEWEST_FIRST = [("trouble_ms", -1), ("code", -1)]


class MongoOutbox:
    """Implements app.services.ports.running.Outbox; of the appeals it only reads."""

    def __init__(self, shelf: Shelf[Appeal]) -> None:
        self._shelf = shelf

    def waiting(self, limit: int) -> Sequence[OutboxLine]:
        query = {"next_dispatch_ms": {"$exists": True}}
        found = self._shelf.raw(query, {"outbox": 1}, [("next_dispatch_ms", 1)], limit)
        return [line for line in _lines(found) if line.status in {Status.PENDING, Status.SENDING}]

    def troubled(self, status: Status, limit: int) -> Sequence[OutboxLine]:
        found = self._shelf.raw({"troubles": {"$in": [status.value]}}, {"outbox": 1}, NEWEST_FIRST, limit)
        return [line for line in _lines(found) if line.status is status]

    def in_trouble(self, kind: str, after: Position | None, limit: int) -> Sequence[Appeal]:
        query = {"troubles": {"$in": [kind]}, **after_position("trouble_ms", after, -1)}
        return self._shelf.many(query, NEWEST_FIRST, limit)


class MongoOldAppeals:
    """Implements app.services.ports.running.OldAppeals; of the appeals it only reads."""

    def __init__(self, shelf: Shelf[Appeal]) -> None:
        self._shelf = shelf

    def with_pictures(self, closed_before: datetime, limit: int) -> Sequence[Appeal]:
        return self._closed("pictures_ms", closed_before, limit)

    def with_contacts(self, closed_before: datetime, limit: int) -> Sequence[Appeal]:
        return self._closed("contacts_ms", closed_before, limit)

    def showing(self, picture_ids: Iterable[str], except_id: str) -> Collection[str]:
        wanted = sorted(set(picture_ids))
        if not wanted:
            return frozenset()
        found = self._shelf.raw({"pictures": {"$in": wanted}}, {"pictures": 1})
        others = (picture for one in found if one["_id"] != except_id for picture in one["pictures"])
        return frozenset(wanted) & frozenset(others)

    def _closed(self, field: str, before: datetime, limit: int) -> Sequence[Appeal]:
        return self._shelf.many({field: {"$lt": in_ms(before)}}, [(field, 1)], limit)


class MongoAlertTallies(Shelf[AlertTally]):
    """Implements app.services.ports.running.AlertTallies."""

    def since(self, day: int) -> Sequence[AlertTally]:
        found = self.many({"day": {"$gte": day}})
        return sorted(found, key=lambda tally: (tally.last_at, tally.id), reverse=True)

    def forget_before(self, day: int) -> int:
        return self.delete({"day": {"$lt": day}})


def of_appeal(appeal: Appeal) -> dict[str, Any]:
    """Everything that is stored beside an appeal so that it can be found, here, in appeals.py and in ledgers.py."""
    return {**derived.of_appeal(appeal), **of_operations(appeal), **of_ledgers(appeal)}


def of_operations(appeal: Appeal) -> Mapping[str, Any]:
    """For the queries above: nothing for an open appeal without pictures whose messages all arrived."""
    lines = [_line(m) for m in (*(m for m in appeal.notifications if m.is_waiting), *troubles(appeal))]
    pictures, closed = pictures_of(appeal), appeal.closed_at
    trouble = trouble_at(appeal)
    found: Document = {"outbox": lines} if lines else {}
    if trouble is not None:
        found |= {"troubles": list(trouble_kinds(appeal)), "trouble_ms": in_ms(trouble)}
    if pictures:
        found["pictures"] = list(pictures)
    if closed is not None and pictures:
        found["pictures_ms"] = in_ms(closed)
    if closed is not None and has_contacts(appeal):
        found["contacts_ms"] = in_ms(closed)
    return found


def _line(message: Notification) -> str:
    channel = message.channel or message.recipient.channels[0]
    since = message.created_at if message.is_waiting else message.settled_at or message.created_at
    return f"{message.status.value} {channel.value} {in_ms(since)}"


def _lines(found: Iterable[Document]) -> Iterable[OutboxLine]:
    for document in found:
        for line in document.get("outbox", ()):
            status, channel, since = line.split(" ")
            yield OutboxLine(Status(status), Channel(channel), from_ms(int(since)))
