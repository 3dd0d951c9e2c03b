"""The work list: every filter is a word in an array that the index leads to (app/domain/worklist.py, filter_words),
days are bounds of its order, and texts are looked through in that order, so many and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from app.domain.appeal import Appeal
from app.domain.workday import ONE_DAY, at
from app.domain.worklist import Desk, Filter, Lists, WorkList
from app.services.ports.appeals import NOTHING, Looked, Pile
from app.services.ports.basics import Position
from app.store.codec import Document
from app.store.derived import EVERYTHING, MIDNIGHT, from_ms, in_ms, list_word
from app.store.shelf import Direction, Shelf, Sort, after_position

LOOKED_AT = ("title", "body", "code", "submitted_ms")
"""All that is read of an appeal to know whether it is found."""
LOOKED_AT_ONCE = 500
"""So many in one query: a word that is common fills a page out of the first ones."""


class MongoWorklist:
    """Implements app.services.ports.appeals.Worklist; of the appeals it only reads."""

    def __init__(self, shelf: Shelf[Appeal]) -> None:
        self._shelf = shelf

    def on_desk(
        self, desk: Desk, wanted: Filter, after: Position | None, limit: int, back: bool = False
    ) -> Sequence[Appeal]:
        return self._shelf.many(*_asked(desk, wanted, None, after, back), limit)

    def late(
        self, wanted: Filter, now: datetime, after: Position | None, limit: int, back: bool = False
    ) -> Sequence[Appeal]:
        return self._shelf.many(*_asked(Lists.LATE, wanted, now, after, back), limit)

    def newest(self, wanted: Filter, after: Position | None, limit: int, back: bool = False) -> Sequence[Appeal]:
        return self._shelf.many(*_asked(Lists.ALL, wanted, None, after, back), limit)

    def looked_through(
        self,
        which: WorkList,
        wanted: Filter,
        now: datetime,
        after: Position | None,
        limit: int,
        most: int,
        back: bool = False,
    ) -> Looked:
        found: list[str] = []
        days = _days(wanted)
        while most > 0:
            query, order = _asked(which, wanted, now, after, back)
            field, size = order[0][0], min(most, LOOKED_AT_ONCE)
            read = self._shelf.raw(query, dict.fromkeys((*LOOKED_AT, field), 1), order, size)
            for one in read:
                is_said = wanted.is_in(one["code"], one.get("title", ""), one.get("body", ""))
                if is_said and _is_between(one["submitted_ms"], days):
                    found.append(one["_id"])
                if len(found) == limit:
                    return Looked(self.some(found), None)
            if len(read) < size:
                return Looked(self.some(found), None)
            after, most = (from_ms(read[-1][field]), read[-1]["code"]), most - size
        return Looked(self.some(found), after)

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


def _asked(
    which: WorkList, wanted: Filter, now: datetime | None, after: Position | None, back: bool
) -> tuple[Document, Sort]:
    """The query of what stands behind `after` in a list, and its order; with `back` of what stands before it, the
    nearest first. Desks and what is late (at `now`) begin with the oldest, everything with the newest."""
    direction: Direction = 1 if (which is Lists.ALL) is back else -1
    field = "counted_due_ms" if which is Lists.LATE else "submitted_ms"
    order: Sort = ((field, direction), ("code", direction))
    if isinstance(which, Desk):
        return {"desks": {"$in": [list_word(which, wanted.word)]}, **_submitted(wanted, after, direction)}, order
    query: Document = {"found_by": _everything(wanted)}
    if now is None or which is not Lists.LATE:
        return query | _submitted(wanted, after, direction), order
    query |= after_position(field, after, direction)
    return query | {field: {**query.get(field, {}), "$lt": in_ms(now)}}, order


def _submitted(wanted: Filter, after: Position | None, direction: Direction) -> Document:
    """The part of the order that the days leave of what stands behind `after`."""
    query = after_position("submitted_ms", after, direction)
    bounds, days = query.get("submitted_ms", {}), _days(wanted)
    if "$gte" in days:
        bounds = bounds | {"$gte": max(days["$gte"], bounds.get("$gte", days["$gte"]))}
    if "$lt" in days:
        bounds = bounds | {"$lt": days["$lt"]}
    return query | {"submitted_ms": bounds} if bounds else query


def _days(wanted: Filter) -> dict[str, int]:
    """The wanted days as bounds in milliseconds, the end of the last one excluded."""
    begin = {"$gte": in_ms(at(wanted.first, MIDNIGHT))} if wanted.first else {}
    end = {"$lt": in_ms(at(wanted.last + ONE_DAY, MIDNIGHT))} if wanted.last else {}
    return begin | end


def _is_between(moment_ms: int, days: Mapping[str, int]) -> bool:
    return days.get("$gte", moment_ms) <= moment_ms < days.get("$lt", moment_ms + 1)


def _everything(wanted: Filter) -> dict[str, list[str]]:
    return {"$in": [list_word(EVERYTHING, wanted.word)]}
