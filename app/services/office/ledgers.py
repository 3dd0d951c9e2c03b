"""The ledgers of 督办单 and interviews: a page of them, and all of them as a file to take along.

A page holds the orders (or interviews) of up to PAGE appeals, which one query finds; what of them does not stand on
the list is left out, so that a page may be a little shorter or longer than another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from app.domain.appeal import Appeal
from app.domain.errors import NotPermitted, Reason
from app.domain.ledgers import (
    InterviewList,
    OrderList,
    Scope,
    interviews_on,
    order_due_at,
    ordered_at,
    orders_on,
    suggested_at,
)
from app.domain.officer import Officer, OfficeRole
from app.domain.supervision import Interview, Supervision
from app.services.appeals.reading import PAGE, position_after
from app.services.office.evidence import UNRESTRICTED
from app.services.officers.access import need
from app.services.officers.audit import record
from app.services.ports.basics import Position
from app.services.world import World

ORDER_READERS = UNRESTRICTED
INTERVIEW_READERS = (*UNRESTRICTED, OfficeRole.INSPECTOR)
AT_ONCE = 200
MOST_EXPORTED = 20_000
"""Lines of a file; a shorter period has the rest."""
Line = TypeVar("Line")
Fetch = Callable[[Position | None, int], Sequence[Appeal]]


@dataclass(frozen=True)
class OrderLine:
    """`place` counts the appeal's listings from 1: the address of the printed sheet."""

    appeal: Appeal
    place: int
    order: Supervision


@dataclass(frozen=True)
class InterviewLine:
    appeal: Appeal
    interview: Interview


@dataclass(frozen=True)
class LedgerPage(Generic[Line]):
    lines: tuple[Line, ...]
    next: Position | None


@dataclass(frozen=True)
class LedgerFile(Generic[Line]):
    """`is_cut`: there are more lines than these."""

    lines: tuple[Line, ...]
    is_cut: bool


@dataclass(frozen=True)
class _Ledger(Generic[Line]):
    """One list of a ledger: how its appeals are fetched, where each stands, and its lines."""

    fetch: Fetch
    place: Callable[[Appeal], datetime]
    lines: Callable[[Appeal], Sequence[Line]]

    def page(self, after: Position | None) -> LedgerPage[Line]:
        found = self.fetch(after, PAGE + 1)
        lines = tuple(line for appeal in found[:PAGE] for line in self.lines(appeal))
        return LedgerPage(lines, position_after(found, self.place))

    def file(self) -> LedgerFile[Line]:
        lines: list[Line] = []
        for line in self._all():
            if len(lines) == MOST_EXPORTED:
                return LedgerFile(tuple(lines), is_cut=True)
            lines.append(line)
        return LedgerFile(tuple(lines), is_cut=False)

    def _all(self) -> Iterator[Line]:
        after: Position | None = None
        while found := self.fetch(after, AT_ONCE):
            for appeal in found:
                yield from self.lines(appeal)
            after = self.place(found[-1]), found[-1].code


def order_ledger(
    world: World, officer: Officer, which: OrderList, scope: Scope, after: Position | None
) -> LedgerPage[OrderLine]:
    """The newest orders first; of LATE the longest overdue. Raises NotPermitted."""
    need(officer, *ORDER_READERS)
    return _orders(world, which, scope).page(after)


def export_orders(world: World, officer: Officer, which: OrderList, scope: Scope) -> LedgerFile[OrderLine]:
    """All of the list; that it was taken along stands on the audit log."""
    need(officer, *ORDER_READERS)
    record(world, officer, "export_orders", scope.roster, scope.period)
    return _orders(world, which, scope).file()


def interview_lists(officer: Officer) -> tuple[InterviewList, ...]:
    """Those that the officer may open: inspectors what was referred to them."""
    if set(UNRESTRICTED) & set(officer.roles):
        return tuple(InterviewList)
    return (InterviewList.REFERRED,) if OfficeRole.INSPECTOR in officer.roles else ()


def interview_ledger(
    world: World, officer: Officer, which: InterviewList, scope: Scope, after: Position | None
) -> LedgerPage[InterviewLine]:
    """The newest interviews first. Raises NotPermitted."""
    _need_list(officer, which)
    return _interviews(world, which, scope).page(after)


def export_interviews(world: World, officer: Officer, which: InterviewList, scope: Scope) -> LedgerFile[InterviewLine]:
    """All of the list; that it was taken along stands on the audit log."""
    _need_list(officer, which)
    record(world, officer, "export_interviews", scope.roster, scope.period)
    return _interviews(world, which, scope).file()


def _need_list(officer: Officer, which: InterviewList) -> None:
    if which not in interview_lists(officer):
        raise NotPermitted(Reason.NOT_YOUR_ROLE)


def _orders(world: World, which: OrderList, scope: Scope) -> _Ledger[OrderLine]:
    store, now = world.stores.ledgers, world.clock.now()
    place = order_due_at if which is OrderList.LATE else ordered_at
    return _Ledger(
        lambda after, limit: store.orders(which, scope, now, after, limit),
        lambda appeal: place(appeal) or appeal.submitted_at,
        lambda appeal: [OrderLine(appeal, n, order) for n, order in orders_on(appeal, which, scope, now)],
    )


def _interviews(world: World, which: InterviewList, scope: Scope) -> _Ledger[InterviewLine]:
    store = world.stores.ledgers
    return _Ledger(
        lambda after, limit: store.interviews(which, scope, after, limit),
        lambda appeal: suggested_at(appeal) or appeal.submitted_at,
        lambda appeal: [InterviewLine(appeal, one) for one in interviews_on(appeal, which, scope)],
    )
