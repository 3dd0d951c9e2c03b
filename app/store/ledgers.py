"""The ledgers: every list and scope is a word in an array that the index leads to (app/domain/ledgers.py)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

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
from app.store.derived import in_ms
from app.store.shelf import Shelf, after_position


class MongoLedgers:
    """Implements app.services.ports.ledgers.Ledgers; of the appeals it only reads."""

    def __init__(self, shelf: Shelf[Appeal]) -> None:
        self._shelf = shelf

    def orders(
        self, which: OrderList, scope: Scope, now: datetime, after: Position | None, limit: int
    ) -> Sequence[Appeal]:
        if which is OrderList.LATE:
            words = {"$in": [scope.word(OrderList.RUNNING.value)]}
            query: dict[str, Any] = {"order_words": words, **after_position("order_due_ms", after, 1)}
            query["order_due_ms"] = {**query.get("order_due_ms", {}), "$lt": in_ms(now)}
            return self._shelf.many(query, [("order_due_ms", 1), ("code", 1)], limit)
        query = {"order_words": {"$in": [scope.word(which.value)]}, **after_position("ordered_ms", after, -1)}
        return self._shelf.many(query, [("ordered_ms", -1), ("code", -1)], limit)

    def interviews(self, which: InterviewList, scope: Scope, after: Position | None, limit: int) -> Sequence[Appeal]:
        query = {"interview_words": {"$in": [scope.word(which.value)]}, **after_position("suggested_ms", after, -1)}
        return self._shelf.many(query, [("suggested_ms", -1), ("code", -1)], limit)


def of_ledgers(appeal: Appeal) -> dict[str, Any]:
    """For the queries above: nothing for an appeal that was never listed and has no interview."""
    words = {"order_words": list(order_words(appeal)), "interview_words": list(interview_words(appeal))}
    times = {
        "ordered_ms": ordered_at(appeal),
        "order_due_ms": order_due_at(appeal),
        "suggested_ms": suggested_at(appeal),
    }
    return {
        **{field: found for field, found in words.items() if found},
        **{field: in_ms(moment) for field, moment in times.items() if moment is not None},
    }
