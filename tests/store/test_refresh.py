"""Documents of earlier versions, brought up to this one while the system runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from threading import Thread
from typing import Any

import pytest

from app.domain.account import Session
from app.domain.audit import chain, first_break
from app.domain.call import Call, CallOutcome
from app.domain.figures import Tally
from app.services.ports.appeals import Upload
from app.services.ports.figures import DailyTally
from app.services.ports.officers import AuditWanted
from app.services.ports.requests import Answered
from app.store import Cipher, MongoStores, open_stores
from app.store.cipher import KeepingCipher, WrongKey
from app.store.refresh import Refreshed, refresh, shelves
from tests.engines import Workbench

from .samples import NOW, account, answered, appeal, assigned, bound, hours, notification, official, roster, supervised

PHONE = "13800000000"
DERIVED = (
    "at_ms",
    "code",
    "created_ms",
    "desks",
    "done",
    "expires_ms",
    "found_by",
    "is_open",
    "on_day",
    "passage",
    "posts",
)
TALLY = DailyTally("o1 2026-03-02", date(2026, 3, 2), "o1", "", "", "", Tally(attempts=1))


def fill(stores: MongoStores) -> None:
    """Something in most collections that have derived or encrypted fields, and in some that have neither."""
    for number in range(1, 6):
        stores.appeals.add(appeal(number, phone=PHONE, place="谯城区", notifications=(notification(hours(number)),)))
    stores.appeals.add(assigned(6, "o1", hours(6), hours(3)))
    stores.appeals.add(answered(7, "o1", hours(7)))
    stores.appeals.add(supervised(8, hours(8)))
    stores.accounts.add(bound(1, "o1", name="张三", phone=PHONE))
    stores.sessions.add(Session("s1", "account-1", NOW, hours(9)))
    stores.calls.add(Call("c1", "account-1", "o1", CallOutcome.BUSY, hours(1)))
    stores.uploads.add(Upload("u1", "account-1", NOW, "image/jpeg", bytes(range(256)), "token"))
    stores.answered.add(Answered("k1", "f", 201, '{"a": 1}', NOW))
    stores.access_tokens.set("mp", "secret", hours(2))
    stores.daily_tallies.put(TALLY)
    stores.rosters.put(roster())
    stores.officials.put(official())
    last = None
    for hour in range(5):
        last = chain(last, hours(hour), "officer", "王督查", "publish", f"appeal-{hour}", "理由")
        stores.audit_log.add(last)


def everything(bench: Workbench) -> dict[str, list[Mapping[str, Any]]]:
    found = ((name, list(bench.database[name].find({}, sort=[("_id", 1)]))) for name in shelves(bench.stores()))
    return {name: documents for name, documents in found if documents}


def strip(bench: Workbench) -> None:
    """Takes away what an earlier version did not store; a code that is a field of its own stays."""
    for name in everything(bench):
        gone = {field: "" for field in DERIVED if (name, field) != ("appeals", "code")}
        bench.database[name].update_many({}, {"$unset": gone})


def run(bench: Workbench, *keys: str) -> list[Refreshed]:
    cipher = KeepingCipher(keys or (bench.key,))
    return refresh(open_stores(bench.client, bench.database.name, cipher), cipher, lambda _: None)


def renewed(done: list[Refreshed]) -> int:
    return sum(one.renewed for one in done)


def test_what_is_derived_is_there_again(bench: Workbench) -> None:
    stores = bench.stores()
    fill(stores)
    right = everything(bench)
    strip(bench)
    assert stores.audit_log.newest(AuditWanted(since=hours(1)), None, 9) == []
    assert stores.accounts.bound_to(["o1"]) == []
    assert renewed(run(bench)) > 15
    assert everything(bench) == right
    assert [entry.number for entry in stores.audit_log.newest(AuditWanted(since=hours(1)), None, 9)] == [5, 4, 3, 2]
    assert len(stores.accounts.bound_to(["o1"])) == 1


def test_what_is_as_it_should_be_is_only_read(bench: Workbench) -> None:
    fill(bench.stores())
    right = everything(bench)
    done = run(bench)
    assert renewed(done) == 0
    assert sum(one.seen for one in done) == sum(len(documents) for documents in right.values())
    assert everything(bench) == right  # not even a phone was encrypted anew


def test_it_goes_on_where_it_was_interrupted(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(bench.stores())
    right = everything(bench)
    strip(bench)
    monkeypatch.setattr("app.store.refresh.PROGRESS_EVERY", 3)
    cipher = KeepingCipher([bench.key])

    def stop(done: Refreshed) -> None:
        if done.collection == "appeals":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refresh(open_stores(bench.client, bench.database.name, cipher), cipher, stop)
    assert everything(bench) != right
    run(bench)
    assert everything(bench) == right


def test_the_audit_log_keeps_what_is_hashed(bench: Workbench) -> None:
    stores = bench.stores()
    fill(stores)
    strip(bench)
    before = everything(bench)["audit_log"]
    run(bench)
    after = everything(bench)["audit_log"]
    assert [{key: value for key, value in entry.items() if key != "at_ms"} for entry in after] == before
    assert first_break(stores.audit_log.since(0, 99)) is None


def test_an_act_between_reading_and_renewing_wins(bench: Workbench) -> None:
    stores = bench.stores()
    stores.appeals.add(appeal())
    strip(bench)
    shelf = shelves(stores)["appeals"]
    (stored,) = shelf.documents()
    assert stores.appeals.replace(appeal(version=2, title="改过了"))
    assert not shelf.renew(stored, shelf.renewed(stored))
    found = stores.appeals.get("appeal-1")
    assert found is not None
    assert found.title == "改过了"
    assert list(shelf.documents()) == [shelf.renewed(one) for one in shelf.documents()]


def test_an_act_that_read_before_the_renewal_is_not_refused(bench: Workbench) -> None:
    stores = bench.stores()
    stores.appeals.add(appeal())
    strip(bench)
    read = stores.appeals.get("appeal-1")
    assert read is not None
    assert renewed(run(bench)) == 1
    assert stores.appeals.replace(replace(read, version=read.version + 1))


def test_what_has_no_version_is_not_put_back(bench: Workbench) -> None:
    stores = bench.stores()
    stores.daily_tallies.put(TALLY)
    strip(bench)
    shelf = shelves(stores)["daily_tallies"]
    (stored,) = shelf.documents()
    counted_again = replace(TALLY, tally=Tally(attempts=2))
    stores.daily_tallies.put(counted_again)
    shelf.renew(stored, shelf.renewed(stored))
    assert list(stores.daily_tallies.between(TALLY.day, TALLY.day, ["o1"])) == [counted_again]


def test_what_is_gone_does_not_come_back(bench: Workbench) -> None:
    stores = bench.stores()
    stores.sessions.add(Session("s1", "account-1", NOW, hours(9)))
    strip(bench)
    shelf = shelves(stores)["sessions"]
    (stored,) = shelf.documents()
    stores.sessions.end_all("account-1")
    assert not shelf.renew(stored, shelf.renewed(stored))
    assert stores.sessions.get("s1") is None


def test_nothing_is_lost_beside_people_at_work(bench: Workbench) -> None:
    stores = bench.stores()
    for number in range(1, 6):
        stores.appeals.add(appeal(number, phone=PHONE))
    strip(bench)
    written = dict.fromkeys(range(1, 6), 0)

    def work() -> None:
        for _ in range(20):
            for number in written:
                current = stores.appeals.get(f"appeal-{number}")
                assert current is not None
                assert stores.appeals.replace(replace(current, version=current.version + 1))
                written[number] += 1

    worker = Thread(target=work)
    worker.start()
    while worker.is_alive():
        run(bench)
    worker.join()
    versions = [(one.version, one.phone) for one in stores.appeals.many({}, [("_id", 1)])]
    assert versions == [(21, PHONE)] * 5
    assert renewed(run(bench)) == 0


def test_everything_moves_to_the_newest_key(bench: Workbench) -> None:
    fill(bench.stores())
    new = Cipher.new_key()
    assert renewed(run(bench, new, bench.key)) == 5 + 1 + 1 + 1  # appeals, account, answered request, token
    assert renewed(run(bench, new, bench.key)) == 0
    stores = bench.stores(new)  # the old key is gone
    assert {one.phone for one in stores.appeals.many({}) if one.phone} == {PHONE}
    found = stores.accounts.get("account-1")
    assert found is not None
    assert (found.name, found.phone) == ("张三", PHONE)
    assert stores.access_tokens.get("mp") == ("secret", hours(2))
    with pytest.raises(WrongKey):
        bench.stores(bench.key).accounts.get("account-1")


def test_what_cannot_be_read_is_named_and_stops_nothing(bench: Workbench) -> None:
    stores = bench.stores()
    bench.stores(Cipher.new_key()).accounts.add(account(1, phone=PHONE))
    stores.accounts.add(bound(2, "o1", phone=PHONE))
    strip(bench)
    done = run(bench)
    assert [one.unreadable for one in done if one.unreadable] == [("account-1",)]
    assert renewed(done) == 1


def test_every_collection_is_gone_through(bench: Workbench) -> None:
    """One that a store keeps where `shelves` does not look would never be refreshed."""
    fill(bench.stores())
    kept = {name for name in bench.database.list_collection_names() if bench.database[name].find_one({}) is not None}
    assert kept <= shelves(bench.stores()).keys()
    assert len(shelves(bench.stores())) >= 32
