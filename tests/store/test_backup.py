"""The whole database in a file, and back: on both engines, from one to the other too."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bson
import pytest

from app.domain.audit import first_break
from app.store.backup import EARLY, LATE, BackupDamaged, NotEmpty, backup, check, restore
from app.store.refresh import shelves
from tests.engines import Workbench

from .samples import NOW, appeal
from .test_refresh import everything, fill

Damage = Callable[[bytes], bytes]


@pytest.fixture
def made(bench: Workbench, tmp_path: Path) -> Path:
    """A backup of a database that has something in most collections."""
    fill(bench.stores())
    target = tmp_path / "backup.gz"
    backup(bench.database, target, NOW)
    return target


def kept(bench: Workbench) -> dict[str, Any]:
    """Everything but what is of the moment only."""
    return {name: documents for name, documents in everything(bench).items() if name != "access_tokens"}


def test_what_was_wiped_is_there_again(bench: Workbench, made: Path) -> None:
    before = kept(bench)
    bench.empty()
    contents = restore(bench.database, made)
    assert kept(bench) == before
    assert contents.made_at == NOW
    assert contents.counts == {name: len(documents) for name, documents in before.items()}
    stores = bench.stores()
    assert first_break(stores.audit_log.since(0, 99)) is None
    assert stores.appeals.replace(appeal(version=2))  # the life goes on


def test_a_backup_goes_from_one_engine_to_the_other(nx_bench: Workbench, real_bench: Workbench, tmp_path: Path) -> None:
    for source, target in ((nx_bench, real_bench), (real_bench, nx_bench)):
        source.empty()
        target.empty()
        fill(source.stores())
        backup(source.database, tmp_path / "file", NOW)
        restore(target.database, tmp_path / "file")
        assert kept(target) == kept(source)


def test_wechats_tokens_and_leases_are_not_in_it(made: Path) -> None:
    assert not {"access_tokens", "leases"} & check(made).counts.keys()
    assert b"access_tokens" not in gzip.decompress(made.read_bytes())


def test_a_database_with_anything_in_it_is_left_alone(bench: Workbench, made: Path) -> None:
    bench.empty()
    bench.stores().appeals.add(appeal(99))
    before = everything(bench)
    with pytest.raises(NotEmpty):
        restore(bench.database, made)
    assert everything(bench) == before


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def without_the_end(data: bytes) -> bytes:
    """Cut exactly between two documents, and packed again so that gzip has nothing to say."""
    plain, whole, at = gzip.decompress(data), 0, 0
    while at < len(plain):
        whole, at = at, at + int.from_bytes(plain[at : at + 4], "little")
    return gzip.compress(plain[:whole])


def with_another_word(data: bytes) -> bytes:
    plain = gzip.decompress(data)
    assert "小区路灯".encode() in plain
    return gzip.compress(plain.replace("小区路灯".encode(), "小区水管".encode(), 1))


def with_one_more(data: bytes) -> bytes:
    return gzip.compress(gzip.decompress(data) + bson.encode({"in": "appeals", "is": {"_id": "x"}}))


@pytest.mark.parametrize(
    "damage",
    [
        cut,
        without_the_end,
        with_another_word,
        with_one_more,
        lambda data: data[:-1],
        lambda data: b"",
        lambda data: b"something else",
        lambda data: gzip.compress(b""),
        lambda data: gzip.compress(os.urandom(2000)),
        lambda data: gzip.compress(gzip.decompress(data)[30:]),
    ],
)
def test_a_damaged_file_restores_nothing(bench: Workbench, made: Path, damage: Damage) -> None:
    made.write_bytes(damage(made.read_bytes()))
    bench.empty()
    with pytest.raises(BackupDamaged):
        restore(bench.database, made)
    assert everything(bench) == {}


def test_the_file_is_for_its_owner_and_appears_when_it_is_complete(bench: Workbench, made: Path) -> None:
    assert made.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in made.parent.iterdir()] == [made.name]


def test_more_than_one_batch(bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.backup.BATCH_DOCUMENTS", 3)
    for number in range(1, 11):
        bench.stores().appeals.add(appeal(number))
    before = everything(bench)
    backup(bench.database, tmp_path / "file", NOW)
    bench.empty()
    restore(bench.database, tmp_path / "file")
    assert everything(bench) == before


def test_the_order_names_collections_that_exist(bench: Workbench) -> None:
    assert {*EARLY, *LATE} <= shelves(bench.stores()).keys()
    assert not set(EARLY) & set(LATE)
