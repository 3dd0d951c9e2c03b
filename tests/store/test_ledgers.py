"""The contract of the ledgers, and that each of their lists reads its index, narrowed or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.appeal import Appeal, State
from app.domain.deadline import DeadlineKind
from app.domain.ledgers import InterviewList, OrderList, Scope, order_due_at, ordered_at, suggested_at
from app.domain.supervision import Decision, Interview, InterviewReason, Supervision
from app.services.world import Stores
from app.store import MongoStores
from tests.engines import Workbench

from .plans import explained, reads_its_index
from .samples import NOW, appeal, assigned, hours, supervised

CITY = "bozhou-81"
APRIL = NOW + timedelta(days=40)
O, I = OrderList, InterviewList  # noqa: E741 - as short as the lists are many


def codes(found: Any) -> list[str]:
    return [one.code for one in found]


def signed(number: int, at: Any = NOW, due: Any = NOW, **changes: Any) -> Appeal:
    order = Supervision(NOW, 1, DeadlineKind.ANSWER, "o1", f"督〔2026〕{number}号", "李督查", at, due)
    return assigned(number, **{"supervisions": (order,), **changes})


def answered_in_time(number: int) -> Appeal:
    one = signed(number)
    assert one.assignment is not None
    return replace(one, state=State.ANSWERED, assignment=replace(one.assignment, answered_at=NOW))


def interviewed(number: int, at: Any = NOW, **changes: Any) -> Appeal:
    entry = Interview(1, InterviewReason.PERFUNCTORY, at, "o1", 1, "{}", "h")
    return assigned(number, interviews=(replace(entry, **changes),))


@pytest.mark.parametrize(
    ("which", "scope", "expected"),
    [
        (O.ALL, Scope(), ["SQ0005", "SQ0004", "SQ0003", "SQ0002", "SQ0001"]),
        (O.TO_SIGN, Scope(), ["SQ0001"]),
        (O.RUNNING, Scope(), ["SQ0005", "SQ0003", "SQ0002"]),
        (O.RUNNING, Scope(CITY), ["SQ0003", "SQ0002"]),
        (O.RUNNING, Scope(CITY, "2026-03"), ["SQ0002"]),
        (O.RUNNING, Scope("", "2026-04"), ["SQ0005", "SQ0003"]),
        (O.RUNNING, Scope("", "2026"), ["SQ0005", "SQ0003", "SQ0002"]),
        (O.RUNNING, Scope("", "2025"), []),
        (O.LATE, Scope(), ["SQ0003", "SQ0002"]),
        (O.LATE, Scope("other"), []),
        (O.DONE, Scope(CITY, "2026"), ["SQ0004"]),
    ],
)
def test_every_list_of_orders_is_found_and_narrowed(
    stores: Stores, which: OrderList, scope: Scope, expected: list[str]
) -> None:
    stores.appeals.add(supervised(1, NOW))
    stores.appeals.add(signed(2, hours(1), hours(9)))
    stores.appeals.add(signed(3, APRIL, hours(8)))
    stores.appeals.add(replace(answered_in_time(4), supervisions=signed(4, hours(2)).supervisions))
    stores.appeals.add(signed(5, APRIL + timedelta(hours=1), hours(20), roster="other"))
    stores.appeals.add(appeal(6))
    found = codes(stores.ledgers.orders(which, scope, hours(10), None, 9))
    assert found == (sorted(expected, reverse=True) if which is O.LATE else by_newest(expected))


def by_newest(codes: list[str]) -> list[str]:
    order = ["SQ0005", "SQ0003", "SQ0004", "SQ0002", "SQ0001"]
    return sorted(codes, key=order.index)


@pytest.mark.parametrize(
    ("which", "scope", "expected"),
    [
        (I.ALL, Scope(CITY), ["SQ0006", "SQ0005", "SQ0004", "SQ0003", "SQ0002", "SQ0001"]),
        (I.UNDECIDED, Scope(), ["SQ0001"]),
        (I.DISMISSED, Scope(), ["SQ0002"]),
        (I.HELD, Scope(), ["SQ0003"]),
        (I.RECTIFYING, Scope(), ["SQ0004"]),
        (I.RECTIFIED, Scope(), ["SQ0005"]),
        (I.REFERRED, Scope(), ["SQ0006"]),
        (I.REFERRED, Scope("", "2026-04"), []),
        (I.REFERRED, Scope(CITY, "2026"), ["SQ0006"]),
    ],
)
def test_every_list_of_interviews_is_found_and_narrowed(
    stores: Stores, which: InterviewList, scope: Scope, expected: list[str]
) -> None:
    held = {"decision": Decision.HELD}
    stores.appeals.add(interviewed(1))
    stores.appeals.add(interviewed(2, hours(1), decision=Decision.DISMISSED, rectify_by=NOW))
    stores.appeals.add(interviewed(3, hours(2), **held))
    stores.appeals.add(interviewed(4, hours(3), **held, rectify_by=NOW))
    stores.appeals.add(interviewed(5, hours(4), **held, rectify_by=NOW, rectified_at=NOW))
    stores.appeals.add(interviewed(6, hours(5), **held, rectify_by=NOW, referred_at=NOW))
    assert codes(stores.ledgers.interviews(which, scope, None, 9)) == expected


def test_pages_go_on_where_they_stopped_even_at_the_same_moment(stores: Stores) -> None:
    for number in range(1, 8):
        stores.appeals.add(
            replace(signed(number, hours(number // 3), hours(number // 3)), interviews=interviewed(number).interviews)
        )
    for fetch, moment, newest_first in (
        (lambda after: stores.ledgers.orders(O.ALL, Scope(CITY), hours(9), after, 2), ordered_at, True),
        (lambda after: stores.ledgers.orders(O.LATE, Scope(), hours(9), after, 2), order_due_at, False),
        (lambda after: stores.ledgers.interviews(I.ALL, Scope(), after, 2), suggested_at, True),
    ):
        seen: list[str] = []
        after = None
        while page := fetch(after):  # type: ignore[no-untyped-call]
            seen += codes(page)
            after = (moment(page[-1]), page[-1].code)
        assert seen == sorted((f"SQ000{number}" for number in range(1, 8)), reverse=newest_first)


def test_an_order_leaves_its_list_when_it_is_followed(stores: Stores) -> None:
    one = signed(1, NOW, hours(1))
    stores.appeals.add(one)
    assert stores.appeals.replace(replace(answered_in_time(1), version=2))
    assert codes(stores.ledgers.orders(O.LATE, Scope(), hours(9), None, 9)) == []
    assert codes(stores.ledgers.orders(O.RUNNING, Scope(), hours(9), None, 9)) == []
    assert codes(stores.ledgers.orders(O.DONE, Scope(), hours(9), None, 9)) == ["SQ0001"]


HOT: dict[str, tuple[Callable[[MongoStores], Any], str]] = {
    "all orders, late page": (
        lambda s: s.ledgers.orders(O.ALL, Scope(), NOW, (hours(500), "SQ0500"), 10),
        "orders",
    ),
    "running, narrowed": (lambda s: s.ledgers.orders(O.RUNNING, Scope(CITY, "2026-03"), NOW, None, 10), "orders"),
    "to sign": (lambda s: s.ledgers.orders(O.TO_SIGN, Scope(CITY), NOW, None, 10), "orders"),
    "late, late page": (
        lambda s: s.ledgers.orders(O.LATE, Scope(CITY), hours(900), (hours(301), "SQ0301"), 10),
        "orders_due",
    ),
    "interviews, late page": (
        lambda s: s.ledgers.interviews(I.ALL, Scope(CITY, "2026"), (hours(500), "SQ0500"), 10),
        "interviews",
    ),
}


@pytest.fixture(scope="module")
def filled(real_bench: Workbench) -> Iterator[MongoStores]:
    real_bench.empty()
    stores = real_bench.stores()
    for number in range(900):
        one = (
            supervised(number, hours(number)),
            signed(number, hours(number), hours(number)),
            interviewed(number, hours(number)),
        )[number % 3]
        stores.appeals.add(one)
    yield stores
    real_bench.empty()


@pytest.mark.parametrize("name", HOT)
def test_a_ledger_is_answered_from_its_index(monkeypatch: pytest.MonkeyPatch, filled: MongoStores, name: str) -> None:
    call, index = HOT[name]
    plan = explained(monkeypatch, filled, call)
    reads_its_index(plan, index)
    assert plan["executionStats"]["nReturned"] == 10
