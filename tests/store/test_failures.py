"""What happens when the database is away or refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pymongo import errors

from app.services.ports.basics import Duplicate, StoreAway
from app.store import Cipher, MongoStores, connect, open_stores
from app.store.failures import translated
from tests.engines import Workbench, nx_engine

from .samples import NOW, account, appeal, roster

CALLS: list[Callable[[MongoStores], Any]] = [
    lambda stores: stores.database.ping(),
    lambda stores: stores.database.ensure_indexes(),
    lambda stores: stores.appeals.get("x"),
    lambda stores: stores.appeals.add(appeal(1)),
    lambda stores: stores.appeals.replace(appeal(1, version=2)),
    lambda stores: stores.appeals.to_check(NOW, 9),
    lambda stores: stores.sessions.forget_expired(NOW),
    lambda stores: stores.rosters.put(roster()),
    lambda stores: stores.rosters.revisions(),
]


def test_every_kind_of_call_says_that_the_store_is_away_and_works_when_it_is_back(tmp_path: Path) -> None:
    with nx_engine(tmp_path) as engine, connect(engine.uri, timeout_ms=150) as client:
        stores = open_stores(client, "zhitongche", Cipher([Cipher.new_key()]))
        stores.appeals.add(appeal(7))
        engine.stop()
        for call in CALLS:
            with pytest.raises(StoreAway):
                call(stores)
        with nx_engine(tmp_path, port=urlsplit(engine.uri).port or 0):
            assert stores.appeals.get("appeal-7") == appeal(7)


@pytest.mark.parametrize(
    "error",
    [
        errors.AutoReconnect("x"),
        errors.NetworkTimeout("x"),
        errors.NotPrimaryError("x"),
        errors.ServerSelectionTimeoutError("x"),
        errors.WaitQueueTimeoutError("x"),
        errors.ExecutionTimeout("x"),
        errors.WTimeoutError("x"),
        errors.OperationFailure("x", 11600),
    ],
)
def test_errors_that_pass_by_themselves_are_store_away(error: Exception) -> None:
    with pytest.raises(StoreAway), translated("appeals"):
        raise error


def test_a_fault_of_ours_is_no_outage() -> None:
    with pytest.raises(errors.OperationFailure), translated("appeals"):
        raise errors.OperationFailure("bad query", 2)


def test_a_duplicate_does_not_tell_the_value(bench: Workbench) -> None:
    stores = bench.stores()
    stores.accounts.add(account(1, mp_openid="secret-openid"))
    with pytest.raises(Duplicate) as caught:
        stores.accounts.add(account(2, mp_openid="secret-openid"))
    assert "secret-openid" not in f"{caught.value} {caught.value.__cause__}"
    assert caught.value.__suppress_context__


def test_options_in_the_uri_win() -> None:
    with connect("mongodb://127.0.0.1:1/?maxPoolSize=3&serverSelectionTimeoutMS=7") as client:
        assert client.options.pool_options.max_pool_size == 3
        assert client.options.server_selection_timeout == 0.007
        assert client.options.pool_options.connect_timeout == 2
