"""What keeping a roster needs of the stores: its history, and the tables that wait for being imported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.roster_history import RosterChange


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
