"""Calls to published numbers, and scans of posters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app.domain.call import Call
from app.services.ports.basics import Position


class Calls(Protocol):
    def add(self, call: Call) -> None:
        """`answers_call_id` is unique: Duplicate when another call-back answers that missed call already."""

    def get(self, call_id: str) -> Call | None: ...

    def of_caller(self, account_id: str, official_id: str, after: Position | None, limit: int) -> Sequence[Call]:
        """This person's calls to that official (to all, when empty), newest first, by (at, id)."""

    def answering(self, call_ids: Iterable[str]) -> Sequence[Call]:
        """The call-backs that answer one of these missed calls, in any order."""

    def forget_before(self, moment: datetime) -> int:
        """Those made earlier; how many there were."""

    def recorded(self, since: datetime, until: datetime | None, official_id: str) -> Sequence[Call]:
        """since <= at < until (None: no end), of one official or, when that is empty, of all; by (at, id)."""

    def newest(self, since: datetime, limit: int) -> Sequence[Call]:
        """The newest with since <= at, newest first by (at, id), from index entries: without the calls they answer."""


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
