"""How often the posters of a roster were scanned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.services.ports.calls import VisitCount
from app.store.shelf import Shelf


class MongoVisits(Shelf[VisitCount]):
    """Implements app.services.ports.calls.Visits. A day is stored as ISO text, which sorts and compares like a day."""

    def of_roster(self, slug: str, first: date, last: date) -> Sequence[VisitCount]:
        days = {"$gte": first.isoformat(), "$lte": last.isoformat()}
        return self.many({"roster": slug, "day": days}, [("day", 1), ("source", 1)])
