"""Rosters in memory, with their officials, their history, and the scans of their posters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter

from app.domain.roster import Official, Roster
from app.domain.roster_history import RosterChange
from app.services.ports.calls import VisitCount
from app.services.ports.rosters import StagedImport
from tests.fakes.shelf import MemoryShelf


class MemoryRosters(MemoryShelf[Roster]):
    key = "slug"

    def all(self) -> Sequence[Roster]:
        return sorted(self.where(lambda _: True), key=attrgetter("slug"))

    def revisions(self) -> Mapping[str, int]:
        return {roster.slug: roster.revision for roster in self.where(attrgetter("is_published"))}


class MemoryOfficials(MemoryShelf[Official]):
    def of_roster(self, slug: str) -> Sequence[Official]:
        return sorted(self.where(lambda official: official.roster == slug), key=attrgetter("position", "id"))


class MemoryRosterChanges(MemoryShelf[RosterChange]):
    def newest(self, roster: str, official_id: str, before: int | None, limit: int) -> Sequence[RosterChange]:
        def wanted(change: RosterChange) -> bool:
            earlier = before is None or change.number < before
            return change.roster == roster and earlier and (not official_id or official_id in change.touched)

        return sorted(self.where(wanted), key=attrgetter("number"), reverse=True)[:limit]

    def undoing(self, roster: str, numbers: Iterable[int]) -> Sequence[RosterChange]:
        wanted = frozenset(numbers)
        found = self.where(lambda change: change.roster == roster and bool(change.undoes) and change.undoes in wanted)
        return sorted(found, key=attrgetter("number"))


class MemoryStagedImports(MemoryShelf[StagedImport]):
    def forget_before(self, moment: datetime) -> int:
        return self.forget(lambda staged: staged.created_at < moment)


class MemoryVisits(MemoryShelf[VisitCount]):
    def of_roster(self, slug: str, first: date, last: date) -> Sequence[VisitCount]:
        found = self.where(lambda count: count.roster == slug and first <= count.day <= last)
        return sorted(found, key=attrgetter("day", "source"))
