"""What counting the scans of posters needs of the world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

KEYS_KEPT = 20
"""Hashed idempotency keys that a count remembers: a repetition comes within seconds, scans come by the hour."""


@dataclass(frozen=True)
class VisitCount:
    """How often the code of one place was scanned on one day (in China). Nothing in it says who did."""

    id: str
    version: int
    roster: str
    source: str
    day: date
    visits: int = 0
    keys: tuple[str, ...] = ()
    """Of the latest scans, so that one which is sent twice counts once."""


class Visits(Protocol):
    def add(self, count: VisitCount) -> None: ...

    def get(self, count_id: str) -> VisitCount | None: ...

    def replace(self, count: VisitCount) -> bool: ...

    def of_roster(self, slug: str, first: date, last: date) -> Sequence[VisitCount]:
        """The counts of first <= day <= last, by (day, source)."""
