"""The work list: every filter is a word in an array that the index leads to (app/domain/worklist.py, filter_words)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.domain.appeal import Appeal
from app.domain.worklist import Desk, Filter
from app.services.ports.appeals import NOTHING, Pile
from app.services.ports.basics import Position
from app.store.derived import EVERYTHING, from_ms, in_ms, list_word
from app.store.shelf import Shelf, after_position


class MongoWorklist:
    """Implements app.services.ports.appeals.Worklist; of the appeals it only reads."""

    def __init__(self, shelf: Shelf[Appeal]) -> None:
        self._shelf = shelf

    def on_desk(self, desk: Desk, wanted: Filter, after: Position | None, limit: int) -> Sequence[Appeal]:
        query = {"desks": {"$in": [list_word(desk, wanted.word)]}, **after_position("submitted_ms", after, 1)}
        return self._shelf.many(query, [("submitted_ms", 1), ("code", 1)], limit)

    def late(self, wanted: Filter, now: datetime, after: Position | None, limit: int) -> Sequence[Appeal]:
        query: dict[str, Any] = {"found_by": _everything(wanted), **after_position("counted_due_ms", after, 1)}
        query["counted_due_ms"] = {**query.get("counted_due_ms", {}), "$lt": in_ms(now)}
        return self._shelf.many(query, [("counted_due_ms", 1), ("code", 1)], limit)

    def newest(self, wanted: Filter, after: Position | None, limit: int) -> Sequence[Appeal]:
        query = {"found_by": _everything(wanted), **after_position("submitted_ms", after, -1)}
        return self._shelf.many(query, [("submitted_ms", -1), ("code", -1)], limit)

    def waiting(self) -> Mapping[Desk, Pile]:
        counts: Counter[Desk] = Counter()
        oldest: dict[Desk, datetime] = {}
        for words, count, earliest in self._shelf.grouped({"waits_on": {"$gt": ""}}, "waits_on", "submitted_ms"):
            for desk in map(Desk, words.split(" ")):
                counts[desk] += count
                oldest[desk] = min(from_ms(earliest), oldest.get(desk, from_ms(earliest)))
        return {desk: Pile(count, oldest[desk]) for desk, count in counts.items()}

    def kept(self, desk: Desk, limit: int) -> Pile:
        query, fields = {"desks": {"$in": [desk.value]}}, {"_id": 0, "submitted_ms": 1}
        found = self._shelf.raw(query, fields, [("submitted_ms", 1)], limit)
        return Pile(len(found), from_ms(found[0]["submitted_ms"])) if found else NOTHING

    def all_late(self, now: datetime) -> Pile:
        query = {"found_by": _everything(Filter()), "counted_due_ms": {"$lt": in_ms(now)}}
        for _, count, earliest in self._shelf.grouped(query, None, "counted_due_ms"):
            return Pile(count, from_ms(earliest))
        return NOTHING

    def of_phone(self, phone_key: str, limit: int) -> Sequence[Appeal]:
        return self._shelf.many({"phone_key": phone_key}, [("submitted_ms", -1), ("code", -1)], limit)

    def some(self, appeal_ids: Iterable[str]) -> Sequence[Appeal]:
        wanted = list(dict.fromkeys(appeal_ids))
        found = {one.id: one for one in self._shelf.many({"_id": {"$in": wanted}})} if wanted else {}
        return [found[id] for id in wanted if id in found]


def _everything(wanted: Filter) -> dict[str, list[str]]:
    return {"$in": [list_word(EVERYTHING, wanted.word)]}
