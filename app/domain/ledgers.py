"""The office's two ledgers over all appeals: 督办单台账 and 约谈台账 (product.md). What stands on which list of them,
and by which words an index finds the appeal.

A period is a year or a month of Beijing, because the numbers of 督办单 are a series a year. An order belongs to the one
in which it was signed (listed, before that), an interview to the one in which it was suggested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain import orders
from app.domain.appeal import Appeal
from app.domain.supervision import Decision, Interview, Supervision
from app.domain.workday import local_day

PERIOD = re.compile(r"20\d\d(-(0[1-9]|1[0-2]))?")


class OrderList(StrEnum):
    TO_SIGN = "to_sign"
    RUNNING = "running"
    LATE = "late"
    """Those of RUNNING whose deadline has passed: derived from the clock, stored nowhere."""
    DONE = "done"
    ALL = "all"


class InterviewList(StrEnum):
    UNDECIDED = "undecided"
    RECTIFYING = "rectifying"
    RECTIFIED = "rectified"
    REFERRED = "referred"
    HELD = "held"
    """Without a date until which something has to be put right."""
    DISMISSED = "dismissed"
    ALL = "all"


@dataclass(frozen=True)
class Scope:
    """What a ledger is narrowed to: a roster's slug, a period as `2026` or `2026-12`; empty for all."""

    roster: str = ""
    period: str = ""

    def word(self, which: str) -> str:
        """What an index finds a list by within this scope. It must not begin with a date (store/derived.py)."""
        roster = f"roster={self.roster}" if self.roster else ""
        return " ".join(part for part in (which, roster, self.period) if part)


def scopes_of(roster: str, moment: datetime) -> tuple[Scope, ...]:
    """All scopes that hold what belongs to that roster and moment."""
    day = local_day(moment)
    return tuple(Scope(r, p) for r in ("", roster) for p in ("", f"{day:%Y}", f"{day:%Y-%m}"))


def order_moment(order: Supervision) -> datetime:
    """When it was signed; while nobody has, when it was listed."""
    return order.signed_at or order.listed_at


def interview_status(interview: Interview) -> InterviewList:
    """The one list beside ALL that it stands on; what was referred stays so, whatever is confirmed later."""
    if interview.decision is None:
        return InterviewList.UNDECIDED
    if interview.decision is Decision.DISMISSED:
        return InterviewList.DISMISSED
    if interview.referred_at is not None:
        return InterviewList.REFERRED
    if interview.rectified_at is not None:
        return InterviewList.RECTIFIED
    return InterviewList.RECTIFYING if interview.rectify_by else InterviewList.HELD


def orders_on(appeal: Appeal, which: OrderList, scope: Scope, now: datetime) -> list[tuple[int, Supervision]]:
    """Those of the appeal's listings that stand on the list, newest first, with their places from 1."""
    placed = list(enumerate(appeal.supervisions, 1))
    return [
        (place, order)
        for place, order in reversed(placed)
        if scope in scopes_of(appeal.roster, order_moment(order)) and _is_on(appeal, order, which, now)
    ]


def interviews_on(appeal: Appeal, which: InterviewList, scope: Scope) -> list[Interview]:
    """Those of the appeal's interviews that stand on the list, newest first."""
    return [
        one
        for one in reversed(appeal.interviews)
        if scope in scopes_of(appeal.roster, one.suggested_at) and which in {InterviewList.ALL, interview_status(one)}
    ]


def order_words(appeal: Appeal) -> tuple[str, ...]:
    """The words of all lists and scopes on which one of its orders stands. LATE is RUNNING with `order_due_at` past."""
    return _words(
        (name, scope)
        for order in appeal.supervisions
        for name in (orders.status_of(appeal, order).value, OrderList.ALL.value)
        for scope in scopes_of(appeal.roster, order_moment(order))
    )


def interview_words(appeal: Appeal) -> tuple[str, ...]:
    return _words(
        (name, scope)
        for interview in appeal.interviews
        for name in (interview_status(interview).value, InterviewList.ALL.value)
        for scope in scopes_of(appeal.roster, interview.suggested_at)
    )


def ordered_at(appeal: Appeal) -> datetime | None:
    """Where the appeal stands in the ledger of orders: by the newest of them."""
    return max(map(order_moment, appeal.supervisions), default=None)


def order_due_at(appeal: Appeal) -> datetime | None:
    """The earliest deadline of its orders after which somebody is late."""
    dues = (orders.counted_due_at(appeal, order) for order in appeal.supervisions)
    return min((due for due in dues if due is not None), default=None)


def suggested_at(appeal: Appeal) -> datetime | None:
    return max((interview.suggested_at for interview in appeal.interviews), default=None)


def _is_on(appeal: Appeal, order: Supervision, which: OrderList, now: datetime) -> bool:
    if which is OrderList.LATE:
        return orders.is_late(appeal, order, now)
    return which is OrderList.ALL or orders.status_of(appeal, order).value == which.value


def _words(found: Iterable[tuple[str, Scope]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(scope.word(name) for name, scope in found))
