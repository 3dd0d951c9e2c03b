"""The contracts of uploads, answered requests, lock-outs, leases, job runs and the database itself."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest

from app.services.ports.appeals import EarlyVerdict, Upload
from app.services.ports.basics import Duplicate, StoreAway
from app.services.ports.requests import Answered, Lockout
from app.services.ports.running import JobRun, Lease
from app.services.world import Stores
from tests.engines import Workbench
from tests.fakes import MemoryStores

from .samples import NOW, account, appeal, hours

THREADS = 8


def at_once(task: Callable[[int], Any]) -> list[Any]:
    """What `task(n)` gives in each of eight threads that start together."""
    barrier = Barrier(THREADS)

    def run(number: int) -> Any:
        barrier.wait()
        return task(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def upload(id: str, owner: str = "a") -> Upload:
    return Upload(id, owner, NOW, "image/jpeg", bytes(range(256)) * 40, f"token-{id}")


def test_uploads(stores: Stores) -> None:
    for one in (upload("u1"), upload("u2"), upload("u3", "b")):
        stores.uploads.add(one)
    with pytest.raises(Duplicate):
        stores.uploads.add(upload("u1", "b"))
    assert stores.uploads.get("u1") == upload("u1")
    assert stores.uploads.get("u9") is None
    bare = [replace(upload(id), data=b"") for id in ("u2", "u1")]
    assert list(stores.uploads.owned(["u2", "u9", "u3", "u1", "u2"], "a")) == bare
    assert list(stores.uploads.owned([], "a")) == []


def test_early_verdicts(stores: Stores) -> None:
    for hour in (1, 2):
        stores.early_verdicts.add(EarlyVerdict(f"t{hour}", True, hours(hour)))
    with pytest.raises(Duplicate):
        stores.early_verdicts.add(EarlyVerdict("t2", True, NOW))
    stores.early_verdicts.put(EarlyVerdict("t2", False, hours(2)))
    assert stores.early_verdicts.forget_before(hours(2)) == 1
    assert stores.early_verdicts.get("t1") is None
    assert stores.early_verdicts.get("t2") == EarlyVerdict("t2", False, hours(2))


def test_answered_requests(stores: Stores) -> None:
    for hour in (1, 2, 3):
        stores.answered.add(Answered(f"k{hour}", "f", 201, '{"a": 1}', hours(hour)))
    with pytest.raises(Duplicate):
        stores.answered.add(Answered("k1", "g", 200, "", NOW))
    assert stores.answered.forget_before(hours(1)) == 0
    assert stores.answered.forget_before(hours(2)) == 1
    assert stores.answered.get("k1") is None
    assert stores.answered.get("k2") == Answered("k2", "f", 201, '{"a": 1}', hours(2))


@pytest.mark.parametrize(
    ("name", "first"), [("lockouts", Lockout("x", 1, 0, NOW)), ("leases", Lease("x", 1, "me", hours(1), NOW))]
)
def test_lockouts_and_leases_are_guarded(stores: Stores, name: str, first: Any) -> None:
    store = getattr(stores, name)
    assert store.get("x") is None
    store.add(first)
    with pytest.raises(Duplicate):
        store.add(first)
    assert store.replace(replace(first, version=2))
    assert not store.replace(replace(first, version=2))
    assert store.get("x") == replace(first, version=2)


def test_job_runs(stores: Stores) -> None:
    stores.job_runs.put(JobRun("b", NOW, 0.5, 3, "", NOW))
    stores.job_runs.put(JobRun("a", NOW, 1.0, 0, "TimeoutError", None))
    stores.job_runs.put(JobRun("b", hours(1), 0.25, 4, "", hours(1)))
    assert list(stores.job_runs.all()) == [
        JobRun("a", NOW, 1.0, 0, "TimeoutError", None),
        JobRun("b", hours(1), 0.25, 4, "", hours(1)),
    ]
    assert stores.job_runs.get("b") == JobRun("b", hours(1), 0.25, 4, "", hours(1))
    assert stores.job_runs.get("c") is None


def test_of_eight_who_replace_one_version_one_wins(stores: Stores) -> None:
    one = appeal(1)
    stores.appeals.add(one)
    for version in range(2, 12):

        def attempt(number: int, version: int = version) -> str | None:
            mine = replace(one, version=version, title=f"{number}")
            return mine.title if stores.appeals.replace(mine) else None

        winners = [title for title in at_once(attempt) if title is not None]
        assert len(winners) == 1
        assert stores.appeals.get(one.id) == replace(one, version=version, title=winners[0])


def test_of_eight_who_add_the_same_one_wins(stores: Stores) -> None:
    def attempt(number: int) -> bool:
        try:
            stores.accounts.add(account(number, mp_openid="m"))
        except Duplicate:
            return False
        return True

    assert sum(at_once(attempt)) == 1


def test_eight_who_put_the_same_id_leave_one_of_theirs(stores: Stores) -> None:
    runs = [JobRun("job", NOW, float(number), number, "", None) for number in range(THREADS)]
    at_once(lambda number: stores.job_runs.put(runs[number]))
    assert len(stores.job_runs.all()) == 1
    assert stores.job_runs.get("job") in runs


def test_indexes_can_be_ensured_again_and_by_several_at_once(stores: Stores) -> None:
    stores.appeals.add(appeal(1))
    stores.database.ensure_indexes()
    at_once(lambda _: stores.database.ensure_indexes())
    with pytest.raises(Duplicate):
        stores.appeals.add(appeal(2, code="SQ0001"))
    stores.database.ping()


def test_an_access_token_is_sealed_and_replaced(bench: Workbench) -> None:
    tokens = bench.stores().access_tokens
    assert tokens.get("mp") is None
    tokens.set("mp", "first", hours(1))
    tokens.set("mp", "second", hours(2))
    assert tokens.get("mp") == ("second", hours(2))
    assert "second" not in repr(bench.database["access_tokens"].find_one({}))
    tokens.delete("mp")
    assert tokens.get("mp") is None


def test_the_memory_stores_can_be_away() -> None:
    stores = MemoryStores()
    stores.outage.away = True
    calls: list[Callable[[], Any]] = [
        stores.database.ping,
        lambda: stores.appeals.get("x"),
        lambda: stores.appeals.add(appeal(1)),
    ]
    for call in calls:
        with pytest.raises(StoreAway):
            call()
