"""Where appeals stand, from index entries alone, and the kept counts of each day's flow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from app.domain.appeal import Appeal
from app.domain.passage import Measure, Passage, parse
from app.domain.workday import at
from app.services.ports.flows import DayFlow, OpenAppeal
from app.store.derived import day_number, from_ms, in_ms
from app.store.shelf import Shelf

MIDNIGHT = time(0)


class MongoPassages:
    """Implements app.services.ports.flows.Passages.

    All but `measures` ask for nothing beside the fields of their index,
    so that no document is opened (proved in tests/store/test_passages.py)."""

    def __init__(self, appeals: Shelf[Appeal]) -> None:
        self._appeals = appeals

    def submitted(self, roster: str, begin: datetime, end: datetime) -> Sequence[Passage]:
        query = {"roster": roster, "submitted_ms": {"$gte": in_ms(begin), "$lt": in_ms(end)}}
        found = self._appeals.raw(query, {"_id": 0, "submitted_ms": 1, "passage": 1}, [("submitted_ms", 1)])
        return [parse(one["passage"]) for one in found if one.get("passage")]

    def answered(self, roster: str, begin: datetime, end: datetime) -> int:
        query = {"roster": roster, "answered_ms": {"$gte": in_ms(begin), "$lt": in_ms(end)}}
        return len(self._appeals.raw(query, {"_id": 0, "answered_ms": 1}))

    def open_now(self, roster: str) -> Sequence[OpenAppeal]:
        wanted = {"_id": 0, "due_ms": 1, "assignee_id": 1, "passage": 1}
        found = self._appeals.raw({"roster": roster, "is_open": True}, wanted, [("due_ms", 1)])
        return [
            OpenAppeal(
                None if one.get("due_ms") is None else from_ms(one["due_ms"]),
                one.get("assignee_id") or "",
                parse(one["passage"]),
            )
            for one in found
            if one.get("passage")
        ]

    def measures(self, roster: str, first: date, last: date) -> Sequence[Measure]:
        query = {"roster": roster, "measured_ms": {"$gte": in_ms(at(first, MIDNIGHT))}}
        found = self._appeals.raw(query, {"_id": 0, "measures": 1})
        words = (word.split(" ") for one in found for word in one["measures"])
        return [Measure(measure) for measure, day in words if first <= date.fromisoformat(day) <= last]


class MongoDayFlows(Shelf[DayFlow]):
    """Implements app.services.ports.flows.DayFlows. Days are found by their number (derived.py)."""

    def between(self, roster: str, first: date, last: date) -> Sequence[DayFlow]:
        days = {"$gte": day_number(first), "$lte": day_number(last)}
        return self.many({"roster": roster, "on_day": days}, [("on_day", 1)])
