"""The contract of Appeals: keys, guarded writes, lists, due scans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from app.domain.appeal import Appeal
from app.domain.bar import Bar, account_word
from app.domain.notification import Status
from app.services.ports.basics import Duplicate, Position
from app.services.world import Stores
from tests.engines import Workbench

from .samples import NOW, answered, appeal, assigned, hours, long_appeal, notification

Fetch = Callable[[Position | None, int], Sequence[Appeal]]


def walk(fetch: Fetch, moment: Callable[[Appeal], datetime], size: int) -> list[str]:
    """The codes of all pages of `size`, one after the other."""
    codes: list[str] = []
    after: Position | None = None
    while page := fetch(after, size):
        assert len(page) <= size
        codes += [one.code for one in page]
        after = moment(page[-1]), page[-1].code
    return codes


def due(one: Appeal) -> datetime:
    assert one.due_at is not None
    return one.due_at


def inbox(stores: Stores, *posts: str, barred: Sequence[str] = (), done: bool = False) -> list[str]:
    found = stores.appeals.of_assignees(posts, barred, done, None, None, None, 99)
    return [one.code for one in found]


def test_what_is_added_comes_back_whole(stores: Stores) -> None:
    one = long_appeal()
    assert stores.appeals.get(one.id) is None
    stores.appeals.add(one)
    assert stores.appeals.get(one.id) == one


@pytest.mark.parametrize(
    "text", ["2026-01-01", "64b7f1c2a3d4e5f601234567", "$set", "a.b", "null", '{"a":1}', "\0", "😀"]
)
def test_any_text_comes_back_as_it_was(stores: Stores, text: str) -> None:
    one = appeal(1, body=text, photos=(text,), place=text)
    stores.appeals.add(one)
    assert stores.appeals.get(one.id) == one


@pytest.mark.parametrize("twin", [{"id": "appeal-1"}, {"code": "SQ0001"}, {"submission_key": "k"}])
def test_id_code_and_submission_key_are_unique(stores: Stores, twin: dict[str, str]) -> None:
    stores.appeals.add(appeal(1, submission_key="k"))
    with pytest.raises(Duplicate):
        stores.appeals.add(appeal(2, **twin))
    assert [one.id for one in stores.appeals.of_resident("resident", None, 9)] == ["appeal-1"]


def test_appeals_without_a_submission_key_are_no_duplicates(stores: Stores) -> None:
    stores.appeals.add(appeal(1))
    stores.appeals.add(appeal(2))
    assert stores.appeals.by_submission("") is None


def test_it_is_found_by_code_submission_and_picture_check(stores: Stores) -> None:
    one = appeal(1, submission_key="k", checks=("t1", "t2"))
    stores.appeals.add(one)
    stores.appeals.add(appeal(2, checks=("t3",)))
    assert stores.appeals.by_code("SQ0001") == one
    assert stores.appeals.by_submission("k") == one
    assert stores.appeals.by_check("t1") == stores.appeals.by_check("t2") == one
    assert stores.appeals.by_code("SQ9") is stores.appeals.by_submission("x") is stores.appeals.by_check("t9") is None


def test_a_replacement_needs_the_version_before(stores: Stores) -> None:
    one = appeal(1)
    stores.appeals.add(one)
    assert stores.appeals.replace(replace(one, version=2, title="neu"))
    assert not stores.appeals.replace(replace(one, version=2, title="late"))
    assert not stores.appeals.replace(replace(one, version=4, title="early"))
    assert not stores.appeals.replace(appeal(7, version=2))
    assert stores.appeals.get(one.id) == replace(one, version=2, title="neu")
    assert stores.appeals.get("appeal-7") is None


def test_a_replacement_moves_it_in_every_list(stores: Stores) -> None:
    one = assigned(1, "o1", hours(5), hours(1), checks=("t",), notifications=(notification(NOW),))
    stores.appeals.add(one)
    assert inbox(stores, "o1") == ["SQ0001"]
    settled = notification(NOW, Status.SENT)
    assert stores.appeals.replace(answered(1, "o2", version=2, notifications=(settled,)))
    assert inbox(stores, "o1") == inbox(stores, "o2") == []
    assert inbox(stores, "o2", done=True) == ["SQ0001"]
    assert stores.appeals.by_check("t") is None
    assert stores.appeals.oldest_dispatch() is None
    assert list(stores.appeals.to_check(hours(9), 9)) == []


@pytest.mark.parametrize("size", [1, 2, 3, 10])
def test_a_residents_appeals_newest_first_without_gap_or_repetition(stores: Stores, size: int) -> None:
    times = [0, 1, 1, 1, 2, 3, 3]
    for number, hour in enumerate(times, 1):
        stores.appeals.add(appeal(number, submitted_at=hours(hour)))
    stores.appeals.add(appeal(99, resident_id="somebody"))
    codes = walk(lambda after, n: stores.appeals.of_resident("resident", after, n), lambda a: a.submitted_at, size)
    assert codes == ["SQ0007", "SQ0006", "SQ0005", "SQ0004", "SQ0003", "SQ0002", "SQ0001"]


def test_an_inbox_leaves_out_what_is_kept_from_a_post_or_a_person(stores: Stores) -> None:
    stores.appeals.add(assigned(1, "o1", hours(1)))
    stores.appeals.add(assigned(2, "o1", hours(2), bars=(Bar("o2", ("a1", "a2")),)))
    stores.appeals.add(assigned(3, "o1", hours(3), bars=(Bar("o3"), Bar("o4", ("a3",), "appeal-9"))))
    stores.appeals.add(answered(4, "o1", hours(4), bars=(Bar("o2", ("a1",)),)))
    assert inbox(stores, "o1", barred=["o1", "account a9"]) == ["SQ0001", "SQ0002", "SQ0003"]
    assert inbox(stores, "o1", barred=["o1", account_word("a2")]) == ["SQ0001", "SQ0003"]
    assert inbox(stores, "o1", barred=["o1", "o4"]) == ["SQ0001", "SQ0002"]
    assert inbox(stores, "o1", barred=[account_word("a3"), "o2"]) == ["SQ0001"]
    assert inbox(stores, "o1", barred=[account_word("a1")], done=True) == []
    assert sorted(stores.appeals.kept_from("o2")) == ["appeal-2", "appeal-4"]
    assert list(stores.appeals.kept_from("o4")) == ["appeal-3"]
    assert list(stores.appeals.kept_from("o1")) == []
    again = stores.appeals.get("appeal-3")
    assert again is not None and again.bars[1] == Bar("o4", ("a3",), "appeal-9")


def test_what_an_earlier_version_kept_from_an_official_still_is(bench: Workbench) -> None:
    """It stored one post's id where words stand now, and no bars."""
    stores = bench.stores()
    old = assigned(1, "o2", hours(1), about_official=True)
    stores.appeals.add(old)
    shelf = stores.appeals._collection
    shelf.update_one({"_id": old.id}, {"$set": {"barred_official_id": "o1"}})
    stores.appeals.add(assigned(2, "o2", hours(2)))
    assert inbox(stores, "o2", barred=["o1", "o2", "account a1"]) == ["SQ0002"]
    assert inbox(stores, "o2", barred=["o2", "account a1"]) == ["SQ0001", "SQ0002"]
    assert list(stores.appeals.kept_from("o1")) == [old.id]
    found = stores.appeals.get(old.id)
    assert found is not None and found.barred_posts == {"o1"}
