"""The appeals and the lists made of them. Every query here has its index in indexes.py, which a test proves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from app.domain.appeal import Appeal
from app.domain.figure_facts import figure_key
from app.services.ports.basics import Position
from app.store.derived import day_number, from_ms, in_ms
from app.store.shelf import Shelf, after_position


class MongoAppeals(Shelf[Appeal]):
    """Implements app.services.ports.appeals.Appeals."""

    def by_code(self, code: str) -> Appeal | None:
        return self.one({"code": code})

    def by_submission(self, key: str) -> Appeal | None:
        return self.one({"submission_key": key}) if key else None

    def by_check(self, trace: str) -> Appeal | None:
        return self.one({"checks": {"$in": [trace]}})

    def of_calls(self, call_ids: Iterable[str]) -> Sequence[Appeal]:
        wanted = sorted(set(call_ids))
        return self.many({"call_id": {"$in": wanted}}) if wanted else []

    def sources(self, slug: str, begin: datetime, end: datetime) -> Sequence[tuple[str, datetime]]:
        window = {"$gte": in_ms(begin), "$lt": in_ms(end)}
        query = {"roster": slug, "source": {"$exists": True}, "submitted_ms": window}
        found = self.raw(query, {"source": 1, "submitted_ms": 1}, [("submitted_ms", 1)])
        return [(one["source"], from_ms(one["submitted_ms"])) for one in found]

    def of_resident(self, account_id: str, after: Position | None, limit: int) -> Sequence[Appeal]:
        query = {"resident_id": account_id, **after_position("submitted_ms", after, -1)}
        return self.many(query, [("submitted_ms", -1), ("code", -1)], limit)

    def of_assignees(
        self,
        official_ids: Iterable[str],
        barred: Iterable[str],
        done: bool,
        due_from: datetime | None,
        due_until: datetime | None,
        after: Position | None,
        limit: int,
    ) -> Sequence[Appeal]:
        query: dict[str, Any] = {"assignee_id": {"$in": sorted(official_ids)}, "done": done}
        if barred := sorted(barred):
            query["barred_official_id"] = {"$nin": barred}
        if done:
            query |= after_position("settled_ms", after, -1)
            return self.many(query, [("settled_ms", -1), ("code", -1)], limit)
        query |= after_position("due_ms", after, 1)
        window = dict(query.get("due_ms", {}))
        if due_from is not None:
            window["$gte"] = max(in_ms(due_from), window.get("$gte", 0))
        if due_until is not None:
            window["$lt"] = in_ms(due_until)
        if window:
            query["due_ms"] = window
        return self.many(query, [("due_ms", 1), ("code", 1)], limit)

    def kept_from(self, word: str) -> Sequence[str]:
        return [found["_id"] for found in self.raw({"barred_official_id": {"$in": [word]}}, {"_id": 1})]

    def to_dispatch(self, now: datetime, limit: int) -> Sequence[Appeal]:
        return self.many({"next_dispatch_ms": {"$lte": in_ms(now)}}, [("next_dispatch_ms", 1)], limit)

    def to_check(self, now: datetime, limit: int) -> Sequence[Appeal]:
        return self.many({"next_check_ms": {"$lte": in_ms(now)}}, [("next_check_ms", 1)], limit)

    def oldest_dispatch(self) -> datetime | None:
        waiting = {"next_dispatch_ms": {"$exists": True}}
        found = self.raw(waiting, {"next_dispatch_ms": 1}, [("next_dispatch_ms", 1)], 1)
        return from_ms(found[0]["next_dispatch_ms"]) if found else None

    def changed_after(self, after: Position, limit: int) -> Sequence[Appeal]:
        return self.many(after_position("changed_ms", after, 1), [("changed_ms", 1), ("code", 1)], limit)

    def officials_due(self, day: date) -> Sequence[str]:
        found = self.raw({"figure_days": {"$in": [day_number(day)]}}, {"figure_keys": 1})
        keys = (key.rsplit(" ", 1) for document in found for key in document["figure_keys"])
        return sorted({official_id for official_id, due in keys if due == day.isoformat()})

    def due_on(self, day: date, official_id: str) -> Sequence[Appeal]:
        found = self.many({"figure_keys": {"$in": [figure_key(day, official_id)]}})
        return sorted(found, key=lambda appeal: appeal.code)

    def published(self, roster: str, official_id: str, after: Position | None, limit: int) -> Sequence[Appeal]:
        query = after_position("published_ms", after, -1, "public_id") or {"published_ms": {"$exists": True}}
        if roster:
            query["roster"] = roster
        if official_id:
            query["assignee_id"] = official_id
        return self.many(query, [("published_ms", -1), ("public_id", -1)], limit)

    def submitted_between(
        self, roster: str, begin: datetime, end: datetime, after: Position | None, limit: int
    ) -> Sequence[Appeal]:
        return self._between("submitted_ms", roster, begin, end, after, limit)

    def answered_between(
        self, roster: str, begin: datetime, end: datetime, after: Position | None, limit: int
    ) -> Sequence[Appeal]:
        return self._between("answered_ms", roster, begin, end, after, limit)

    def with_answer(self, key: str, begin: datetime, end: datetime, limit: int) -> Sequence[Appeal]:
        query = {"answer_keys": {"$in": [key]}, "answered_ms": {"$gte": in_ms(begin), "$lte": in_ms(end)}}
        return self.many(query, [("answered_ms", -1)], limit)

    def _between(
        self, field: str, roster: str, begin: datetime, end: datetime, after: Position | None, limit: int
    ) -> Sequence[Appeal]:
        query: dict[str, Any] = {"roster": roster, **after_position(field, after, 1)}
        reached = query.get(field, {}).get("$gte", in_ms(begin))
        query[field] = {"$gte": max(reached, in_ms(begin)), "$lt": in_ms(end)}
        return self.many(query, [(field, 1), ("code", 1)], limit)
