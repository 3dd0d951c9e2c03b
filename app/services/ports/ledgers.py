"""The ledgers of 督办单 and interviews, over the appeals that hold them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from app.domain.appeal import Appeal
from app.domain.ledgers import InterviewList, OrderList, Scope
from app.services.ports.basics import Position


class Ledgers(Protocol):
    """Every list is one index scan, whatever it is narrowed to, and costs what is shown of it."""

    def orders(
        self, which: OrderList, scope: Scope, now: datetime, after: Position | None, limit: int
    ) -> Sequence[Appeal]:
        """With an order on that list, newest first by (ledgers.ordered_at, code); LATE with one that is late at `now`,
        the longest overdue first by (ledgers.order_due_at, code), perhaps of another period."""

    def interviews(self, which: InterviewList, scope: Scope, after: Position | None, limit: int) -> Sequence[Appeal]:
        """With an interview on that list, newest first by (ledgers.suggested_at, code)."""
