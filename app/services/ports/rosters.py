"""Rosters and officials, their history, and tables that wait to be imported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.roster import Official, Roster
from app.domain.roster_history import RosterChange


class Rosters(Protocol):
    def add(self, roster: Roster) -> None: ...

    def replace(self, roster: Roster) -> bool: ...

    def put(self, roster: Roster) -> None:
        """Inserts or overwrites by slug; the caller raises `revision` with every change."""

    def get(self, slug: str) -> Roster | None: ...

    def all(self) -> Sequence[Roster]:
        """Sorted by slug."""

    def revisions(self) -> Mapping[str, int]:
        """The revision of each published roster by slug: the one read that a cached directory costs."""


class Officials(Protocol):
    def add(self, official: Official) -> None: ...

    def put(self, official: Official) -> None: ...

    def replace(self, official: Official) -> bool: ...

    def get(self, official_id: str) -> Official | None: ...

    def of_roster(self, slug: str) -> Sequence[Official]:
        """All of them, published or not, in the directory's order."""


class RosterChanges(Protocol):
    """Append-only: there is no way to change or remove an entry."""

    def add(self, change: RosterChange) -> None:
        """Raises Duplicate when the roster has a change of that number."""

    def get(self, change_id: str) -> RosterChange | None: ...

    def newest(self, roster: str, official_id: str, before: int | None, limit: int) -> Sequence[RosterChange]:
        """Newest first, with a smaller number than `before` (None: from the newest); only those that touched the
        official, unless that is empty."""

    def undoing(self, roster: str, numbers: Iterable[int]) -> Sequence[RosterChange]:
        """Those that undo one of these changes or a part of it, by number."""


@dataclass(frozen=True)
class StagedImport:
    """An uploaded table between its dry run and the moment somebody confirms it; `revision` is the roster's at the dry
    run. `id` is the keyed hash of the token."""

    id: str
    officer_id: str
    roster: str
    revision: int
    filename: str
    created_at: datetime
    unpublish_missing: bool = False
    data: bytes = field(default=b"", repr=False)


class StagedImports(Protocol):
    def add(self, staged: StagedImport) -> None: ...

    def get(self, staged_id: str) -> StagedImport | None: ...

    def forget_before(self, moment: datetime) -> int: ...
