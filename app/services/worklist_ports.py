"""What the work list needs of the stores. The conventions are those of ports.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from app.domain.appeal import Appeal
from app.domain.worklist import Desk, Filter
from app.services.ports import Position


class Worklist(Protocol):
    """The appeals as the office works through them. Every list is one index scan, whatever it is narrowed to, and costs
    what is shown of it; what is only counted costs index entries and opens no appeal."""

    def on_desk(self, desk: Desk, wanted: Filter, after: Position | None, limit: int) -> Sequence[Appeal]:
        """What lies there, oldest first, by (submitted_at, code)."""

    def late(self, wanted: Filter, now: datetime, after: Position | None, limit: int) -> Sequence[Appeal]:
        """Whose counted deadline is before `now`, the longest overdue first, by (counted_due_at, code)."""

    def newest(self, wanted: Filter, after: Position | None, limit: int) -> Sequence[Appeal]:
        """All of them, newest first, by (submitted_at, code)."""

    def waiting(self, desk: Desk, limit: int) -> Sequence[datetime]:
        """When the oldest `limit` on the desk were submitted, oldest first."""

    def late_since(self, now: datetime, limit: int) -> Sequence[datetime]:
        """The deadlines of the `limit` that are longest overdue, earliest first."""

    def of_phone(self, phone_key: str, limit: int) -> Sequence[Appeal]:
        """With which that phone was left (app/services/callers.py), newest first."""

    def some(self, appeal_ids: Iterable[str]) -> Sequence[Appeal]:
        """Those of the ids that there are, in the order given."""
