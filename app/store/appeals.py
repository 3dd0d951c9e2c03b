"""The appeals and the lists made of them. Every query here has its index in indexes.py, which a test proves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app.domain.appeal import Appeal
from app.services.ports import Position
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
        query = {"resident_id": account_id, **after_position("submitted_at", after, -1)}
        return self.many(query, [("submitted_at", -1), ("code", -1)], limit)

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
            query |= after_position("settled_at", after, -1)
            return self.many(query, [("settled_at", -1), ("code", -1)], limit)
        query |= after_position("due_at", after, 1)
        window = dict(query.get("due_at", {}))
        if due_from is not None:
            window["$gte"] = max(due_from, window.get("$gte", due_from))
        if due_until is not None:
            window["$lt"] = due_until
        if window:
            query["due_at"] = window
        return self.many(query, [("due_at", 1), ("code", 1)], limit)

    def to_dispatch(self, now: datetime, limit: int) -> Sequence[Appeal]:
        return self.many({"next_dispatch_at": {"$lte": now}}, [("next_dispatch_at", 1)], limit)

    def to_check(self, now: datetime, limit: int) -> Sequence[Appeal]:
        return self.many({"next_check_at": {"$lte": now}}, [("next_check_at", 1)], limit)

    def oldest_dispatch(self) -> datetime | None:
        waiting = {"next_dispatch_at": {"$exists": True}}
        found = self.raw(waiting, {"next_dispatch_at": 1}, [("next_dispatch_at", 1)], 1)
        oldest: datetime | None = found[0]["next_dispatch_at"] if found else None
        return oldest

    def supervised(self, after: Position | None, limit: int) -> Sequence[Appeal]:
        query = after_position("listed_at", after, 1) or {"listed_at": {"$exists": True}}
        return self.many(query, [("listed_at", 1), ("code", 1)], limit)
