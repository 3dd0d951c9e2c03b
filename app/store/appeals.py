"""The appeals and the lists made of them. Every query here has its index in indexes.py, which a test proves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app.domain.appeal import Appeal
from app.services.ports import Position
from app.store.derived import from_ms, in_ms
from app.store.shelf import Shelf, after_position


class MongoAppeals(Shelf[Appeal]):
    """Implements app.services.ports.Appeals."""

    def by_code(self, code: str) -> Appeal | None:
        return self.one({"code": code})

    def by_submission(self, key: str) -> Appeal | None:
        return self.one({"submission_key": key}) if key else None

    def by_check(self, trace: str) -> Appeal | None:
        return self.one({"checks": {"$in": [trace]}})

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

    def to_dispatch(self, now: datetime, limit: int) -> Sequence[Appeal]:
        return self.many({"next_dispatch_ms": {"$lte": in_ms(now)}}, [("next_dispatch_ms", 1)], limit)

    def to_check(self, now: datetime, limit: int) -> Sequence[Appeal]:
        return self.many({"next_check_ms": {"$lte": in_ms(now)}}, [("next_check_ms", 1)], limit)

    def oldest_dispatch(self) -> datetime | None:
        waiting = {"next_dispatch_ms": {"$exists": True}}
        found = self.raw(waiting, {"next_dispatch_ms": 1}, [("next_dispatch_ms", 1)], 1)
        return from_ms(found[0]["next_dispatch_ms"]) if found else None

    def supervised(self, after: Position | None, limit: int) -> Sequence[Appeal]:
        query = after_position("listed_ms", after, 1) or {"listed_ms": {"$exists": True}}
        return self.many(query, [("listed_ms", 1), ("code", 1)], limit)
