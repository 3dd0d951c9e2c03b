"""The ledgers in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.domain.appeal import Appeal
from app.domain.ledgers import (
    InterviewList,
    OrderList,
    Scope,
    interview_words,
    order_due_at,
    order_words,
    ordered_at,
    suggested_at,
)
from app.services.ports.basics import Position
from tests.fakes.appeals import MemoryAppeals
from tests.fakes.shelf import page


class MemoryLedgers:
    """Over the appeals of the same bundle."""

    def __init__(self, appeals: MemoryAppeals) -> None:
        self.appeals = appeals

    def orders(
        self, which: OrderList, scope: Scope, now: datetime, after: Position | None, limit: int
    ) -> Sequence[Appeal]:
        if which is OrderList.LATE:
            word = scope.word(OrderList.RUNNING.value)
            running = self.appeals.where(lambda appeal: word in order_words(appeal))
            late = [appeal for appeal in running if (due := order_due_at(appeal)) is not None and due < now]
            return page(late, order_due_at, after, limit)
        found = self.appeals.where(lambda appeal: scope.word(which.value) in order_words(appeal))
        return page(found, ordered_at, after, limit, newest_first=True)

    def interviews(self, which: InterviewList, scope: Scope, after: Position | None, limit: int) -> Sequence[Appeal]:
        found = self.appeals.where(lambda appeal: scope.word(which.value) in interview_words(appeal))
        return page(found, suggested_at, after, limit, newest_first=True)
