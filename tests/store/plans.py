"""How the real engine answered a query: by which index, and how much it looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.store import MongoStores
from app.store.shelf import Shelf

Plan = dict[str, Any]
AT_MOST = 30
"""Documents and keys that one page of 10 may look at, of hundreds stored."""
_BY_ID = {"IDHACK", "EXPRESS_IXSCAN", "EXPRESS_CLUSTERED_IXSCAN"}


def explained(monkeypatch: pytest.MonkeyPatch, stores: MongoStores, call: Callable[[MongoStores], Any]) -> Plan:
    """The plan of the one query that `call` sends, as the server ran it."""
    plans: list[Plan] = []

    def raw(shelf: Shelf[Any], query: Any, fields: Any = None, sort: Any = None, limit: int = 0) -> list[Any]:
        plans.append(shelf._collection.find(query, fields, sort=sort, limit=limit).explain())
        return []

    monkeypatch.setattr(Shelf, "raw", raw)
    monkeypatch.setattr(Shelf, "one", lambda shelf, query: raw(shelf, query, limit=1))
    call(stores)
    (plan,) = plans
    return plan


def stages(plan: Any) -> list[Plan]:
    """All stages of a winning plan, whatever the nesting."""
    if isinstance(plan, list):
        return [stage for part in plan for stage in stages(part)]
    if not isinstance(plan, dict):
        return []
    own = [plan] if "stage" in plan else []
    return own + [stage for part in plan.values() for stage in stages(part)]


def used(plan: Plan) -> set[str]:
    """The names of the indexes that were read."""
    found = stages(plan["queryPlanner"]["winningPlan"])
    by_id = {"_id_"} if {stage["stage"] for stage in found} & _BY_ID else set()
    return {stage["indexName"] for stage in found if "indexName" in stage} or by_id


def reads_its_index(plan: Plan, index: str, documents: int = AT_MOST, keys: int = AT_MOST) -> None:
    """Fails unless the query was answered from that index alone, in its order, and looked at something but no more."""
    names = {stage["stage"] for stage in stages(plan["queryPlanner"]["winningPlan"])}
    assert not names & {"COLLSCAN", "SORT"}, names
    assert used(plan) == {index}
    ran = plan["executionStats"]
    assert ran["nReturned"] > 0
    assert ran["totalDocsExamined"] <= documents
    assert ran["totalKeysExamined"] <= keys
