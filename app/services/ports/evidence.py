"""Spot checks and the search for perfunctory answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.call_check import CallChecks
from app.domain.perfunctory import Flag
from app.domain.sampling import FrozenList
from app.domain.spot_check import Draw, Result
from app.services.ports.basics import Position


class SpotChecks(Protocol):
    """Append-only: there is no way to change or remove a draw, its list or a result."""

    def freeze(self, candidates: FrozenList) -> None:
        """Keeps the list under its hash; the same list again changes nothing."""

    def frozen(self, list_hash: str) -> FrozenList | None: ...

    def add(self, draw: Draw) -> None: ...

    def get(self, draw_id: str) -> Draw | None: ...

    def of_roster(self, roster: str, limit: int) -> Sequence[Draw]:
        """Newest first."""

    def add_result(self, result: Result) -> None:
        """Raises Duplicate when the appeal has a result with this number."""

    def results_of(self, draw_id: str) -> Sequence[Result]:
        """All of them, corrections included, by (at, id)."""


class PerfunctoryFlags(Protocol):
    def add(self, flag: Flag) -> None: ...

    def get(self, flag_id: str) -> Flag | None: ...

    def replace(self, flag: Flag) -> bool: ...

    def of_text(self, official_id: str, text_hash: str) -> Sequence[Flag]:
        """The official's flags for the same text, decided or not, by (found_at, id)."""

    def undecided(self, roster: str, after: Position | None, limit: int) -> Sequence[Flag]:
        """Oldest first, by (found_at, id)."""

    def unsuggested(self, limit: int) -> Sequence[Flag]:
        """Confirmed ones whose interview is not known to be suggested, by (found_at, id)."""

    def waiting(self, limit: int) -> Sequence[tuple[str, datetime]]:
        """Roster and found_at of the undecided ones of all rosters, oldest first: counted from index entries."""


class CallChecksKept(Protocol):
    """What was found of missed calls, one document for each official."""

    def add(self, checks: CallChecks) -> None: ...

    def get(self, official_id: str) -> CallChecks | None: ...

    def replace(self, checks: CallChecks) -> bool: ...

    def some(self, official_ids: Iterable[str]) -> Sequence[CallChecks]:
        """Of these officials, in any order."""

    def of_roster(self, roster: str) -> Sequence[CallChecks]:
        """In any order."""

    def unsuggested(self, limit: int) -> Sequence[CallChecks]:
        """With a true judgement whose interview is not known to be suggested, by id."""


@dataclass(frozen=True)
class Mark:
    """How far a job has got: everything before `at` is done."""

    id: str
    at: datetime


class Marks(Protocol):
    def put(self, mark: Mark) -> None: ...

    def get(self, mark_id: str) -> Mark | None: ...
