"""Encryption at rest, and the rotation of its keys."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.store import Cipher
from app.store.cipher import WrongKey
from tests.engines import Workbench

from .samples import account, appeal

OLD, NEW = Cipher.new_key(), Cipher.new_key()


def test_the_newest_key_writes_and_all_read() -> None:
    sealed = Cipher([OLD]).seal("138")
    assert Cipher([NEW, OLD]).open(sealed) == "138"
    assert Cipher([NEW]).open(Cipher([NEW, OLD]).seal("138")) == "138"


def test_equal_values_look_different() -> None:
    cipher = Cipher([NEW])
    assert cipher.seal("138") != cipher.seal("138")


def test_a_value_that_no_key_opens_is_an_error_that_says_so() -> None:
    with pytest.raises(WrongKey, match="no configured key"):
        Cipher([NEW]).open(Cipher([OLD]).seal("138"))


@pytest.mark.parametrize("keys", [[], ["short"], [NEW, ""]])
def test_keys_must_be_keys(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="encryption key"):
        Cipher(keys)


def test_the_raw_documents_do_not_tell_who_somebody_is(bench: Workbench) -> None:
    stores = bench.stores()
    stores.accounts.add(account(1, name="王小明", phone="13800000000"))
    stores.appeals.add(appeal(1, phone="13800000000", place="谯城区药都大道"))
    raw = repr([bench.database["accounts"].find_one({}), bench.database["appeals"].find_one({})])
    assert not [word for word in ("王小明", "13800000000", "谯城区") if word in raw]


def test_keys_are_rotated_by_saving_again(bench: Workbench) -> None:
    before, during, after = bench.stores(OLD), bench.stores(NEW, OLD), bench.stores(NEW)
    one = account(1, phone="138")
    before.accounts.add(one)
    assert during.accounts.get(one.id) == one
    with pytest.raises(WrongKey):
        after.accounts.get(one.id)
    assert during.accounts.replace(replace(one, version=2))
    assert after.accounts.get(one.id) == replace(one, version=2)
