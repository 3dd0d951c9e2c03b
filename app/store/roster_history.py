"""The history of rosters, and tables that wait for being imported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app.domain.roster_history import RosterChange
from app.services.ports.rosters import StagedImport
from app.store.derived import in_ms
from app.store.shelf import Shelf


class MongoRosterChanges:
    """Implements app.services.ports.rosters.RosterChanges: of the shelf only adding and reading can be reached."""

    def __init__(self, shelf: Shelf[RosterChange]) -> None:
        self._shelf = shelf

    def add(self, change: RosterChange) -> None:
        self._shelf.add(change)

    def get(self, change_id: str) -> RosterChange | None:
        return self._shelf.get(change_id)

    def newest(self, roster: str, official_id: str, before: int | None, limit: int) -> Sequence[RosterChange]:
        query: dict[str, Any] = {"roster": roster}
        if official_id:
            query["touched"] = {"$in": [official_id]}
        if before is not None:
            query["number"] = {"$lt": before}
        return self._shelf.many(query, [("number", -1)], limit)

    def undoing(self, roster: str, numbers: Iterable[int]) -> Sequence[RosterChange]:
        wanted = sorted(set(numbers))
        found = self._shelf.many({"roster": roster, "undoes": {"$in": wanted}}) if wanted else []
        return sorted(found, key=lambda change: change.number)


class MongoStagedImports(Shelf[StagedImport]):
    """Implements app.services.ports.rosters.StagedImports."""

    def forget_before(self, moment: datetime) -> int:
        return self.delete({"created_ms": {"$lt": in_ms(moment)}})


def of_change(change: RosterChange) -> dict[str, Any]:
    """`touched`: a flat array, because the embedded engine does not search inside an array of documents."""
    return {"touched": list(change.touched)} if change.touched else {}


def of_staged(staged: StagedImport) -> dict[str, Any]:
    return {"created_ms": in_ms(staged.created_at)}
