"""The daily roll-ups and the mark that says how far they reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from app.services.ports.figures import DailyTally, FigureMark
from app.store.derived import day_number
from app.store.shelf import Shelf


class MongoDailyTallies(Shelf[DailyTally]):
    """Implements app.services.ports.figures.DailyTallies. Days are found by their number (derived.py)."""

    def forget(self, ids: Iterable[str]) -> int:
        return self.delete({"_id": {"$in": sorted(ids)}})

    def between(self, first: date, last: date, official_ids: Iterable[str]) -> Sequence[DailyTally]:
        wanted = sorted(set(official_ids))
        if not wanted:
            return []
        days = {"$gte": day_number(first), "$lte": day_number(last)}
        found = self.many({"official_id": {"$in": wanted}, "on_day": days})
        return sorted(found, key=lambda daily: (daily.day, daily.id))


class MongoFigureMarks(Shelf[FigureMark]):
    """Implements app.services.ports.figures.FigureMarks."""
