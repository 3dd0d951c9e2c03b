"""The contract of Appeals: keys, guarded writes, lists, due scans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.domain.appeal import Appeal, Assignment, State
from app.domain.deadline import DeadlineKind
from app.domain.notification import Status
from app.services.ports.basics import Duplicate, Position
from app.services.world import Stores

from .samples import NOW, answered, appeal, assigned, deadline, hours, long_appeal, notification, supervised

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


@pytest.mark.parametrize("size", [1, 3, 20])
def test_appeals_a_millisecond_apart_are_paged_without_gap_or_repetition(stores: Stores, size: int) -> None:
    """Codes as they are given out: they begin with a date, which an engine might take for one."""
    order = []
    for number in range(40):
        at, code = NOW + timedelta(milliseconds=number // 3), f"20260302-{(number * 7919) % 1000:03d}K4M"
        changes: dict[str, Any] = {"code": code, "submitted_at": at}
        listing = supervised(number, at).supervisions
        stores.appeals.add(assigned(number, "o1", at, supervisions=listing, **changes))
        stores.appeals.add(answered(100 + number, "o2", at, code=f"{code}X", resident_id="other"))
        order.append((at, code))

    def inbox_page(after: Position | None, limit: int) -> Sequence[Appeal]:
        return stores.appeals.of_assignees(["o1"], [], False, None, None, after, limit)

    def done_page(after: Position | None, limit: int) -> Sequence[Appeal]:
        return stores.appeals.of_assignees(["o2"], [], True, None, None, after, limit)

    codes = [code for _, code in sorted(order)]
    own = walk(lambda after, n: stores.appeals.of_resident("resident", after, n), lambda a: a.submitted_at, size)
    assert own == codes[::-1]
    assert walk(inbox_page, due, size) == codes
    assert walk(stores.appeals.supervised, lambda a: a.supervisions[0].listed_at, size) == codes
    assert walk(done_page, lambda a: a.timeline[-1].at, size) == [f"{code}X" for code in codes[::-1]]


def test_what_is_due_is_due_to_the_millisecond(stores: Stores) -> None:
    tick = timedelta(milliseconds=1)
    stores.appeals.add(assigned(1, "o1", NOW, NOW, notifications=(notification(NOW),)))
    for fetch in (stores.appeals.to_dispatch, stores.appeals.to_check):
        assert list(fetch(NOW - tick, 9)) == []
        assert len(fetch(NOW, 9)) == 1
    for begin, end, count in [(NOW, NOW + tick, 1), (NOW + tick, None, 0), (None, NOW, 0), (NOW - tick, NOW, 0)]:
        assert len(stores.appeals.of_assignees(["o1"], [], False, begin, end, None, 9)) == count


def test_a_page_goes_on_when_its_last_appeal_is_gone_from_the_list(stores: Stores) -> None:
    for number in (1, 2, 3):
        stores.appeals.add(assigned(number, "o1", hours(number)))
    assert stores.appeals.replace(answered(2, version=2))
    rest = stores.appeals.of_assignees(["o1"], [], False, None, None, (hours(2), "SQ0002"), 9)
    assert [one.code for one in rest] == ["SQ0003"]


@pytest.mark.parametrize("size", [1, 2, 10])
def test_the_inbox_of_several_posts_is_one_list_by_deadline(stores: Stores, size: int) -> None:
    for number, (post, hour) in enumerate([("o1", 3), ("o2", 1), ("o1", 1), ("o3", 0), ("o2", 3), ("o1", 2)], 1):
        stores.appeals.add(assigned(number, post, hours(hour)))

    def fetch(after: Position | None, limit: int) -> Sequence[Appeal]:
        return stores.appeals.of_assignees({"o1", "o2"}, (), False, None, None, after, limit)

    assert walk(fetch, due, size) == ["SQ0002", "SQ0003", "SQ0006", "SQ0001", "SQ0005"]


def test_the_inbox_window_takes_its_beginning_and_leaves_its_end(stores: Stores) -> None:
    for number in range(1, 7):
        stores.appeals.add(assigned(number, "o1", hours(number // 2)))

    def window(begin: float | None, end: float | None, after: Position | None = None) -> list[str]:
        begins, ends = (None if hour is None else hours(hour) for hour in (begin, end))
        return [one.code for one in stores.appeals.of_assignees(["o1"], [], False, begins, ends, after, 9)]

    assert window(None, 1) == ["SQ0001"]
    assert window(1, 3) == ["SQ0002", "SQ0003", "SQ0004", "SQ0005"]
    assert window(3, None) == ["SQ0006"]
    assert window(1, 3, (hours(1), "SQ0002")) == ["SQ0003", "SQ0004", "SQ0005"]
    assert window(2, 3, (hours(1), "SQ0002")) == ["SQ0004", "SQ0005"]


def test_nobody_is_shown_an_appeal_about_himself(stores: Stores) -> None:
    """Not even after it was answered, and not while acting for another post."""
    about_o1: dict[str, Any] = {"about_official": True, "addressed_to": "o1"}
    stores.appeals.add(assigned(1, "o2", **about_o1))
    stores.appeals.add(assigned(2, "o2"))
    stores.appeals.add(answered(3, "o2", **about_o1))
    assert inbox(stores, "o1", "o2", barred=["o1", "o2"]) == ["SQ0002"]
    assert inbox(stores, "o1", "o2", barred=["o1", "o2"], done=True) == []
    assert inbox(stores, "o2", barred=["o2"]) == ["SQ0001", "SQ0002"]
    assert inbox(stores, "o2", barred=["o2"], done=True) == ["SQ0003"]


def test_open_and_done_are_told_apart_by_state(stores: Stores) -> None:
    handled = [state for state in State if state is not State.SUBMITTED]
    for number, state in enumerate(handled, 1):
        clock = deadline(hours(1), kind=DeadlineKind.SUPPLEMENT) if state is State.AWAITING_RESIDENT else None
        stores.appeals.add(assigned(number, state=state, clock=clock))
    stores.appeals.add(appeal(90))
    numbers = {f"SQ{number:04d}": state for number, state in enumerate(handled, 1)}
    assert {numbers[code] for code in inbox(stores, "o1")} == {
        State.ASSIGNED,
        State.IN_PROGRESS,
        State.AWAITING_RESIDENT,
    }
    assert "SQ0090" not in inbox(stores, "")
    assert {numbers[code] for code in inbox(stores, "o1", done=True)} == {
        State.ANSWERED,
        State.UNDER_REVIEW,
        State.CONCLUDED,
        State.REJECTED,
        State.WITHDRAWN,
        State.MERGED,
    }


def test_handled_without_a_clock_is_listed_all_the_same(stores: Stores) -> None:
    stores.appeals.add(assigned(1, assignment=Assignment(1, "o1", NOW)))
    assert inbox(stores, "o1") == ["SQ0001"]


@pytest.mark.parametrize("size", [1, 2, 10])
def test_what_is_done_is_listed_by_when_it_was_settled(stores: Stores, size: int) -> None:
    for number, hour in enumerate([2, 1, 1, 3], 1):
        stores.appeals.add(answered(number, "o1", hours(hour)))

    def fetch(after: Position | None, limit: int) -> Sequence[Appeal]:
        return stores.appeals.of_assignees(["o1"], [], True, None, None, after, limit)

    assert walk(fetch, lambda one: one.timeline[-1].at, size) == ["SQ0004", "SQ0001", "SQ0003", "SQ0002"]


def test_dispatch_sees_what_waits_and_is_due_in_order(stores: Stores) -> None:
    assert stores.appeals.oldest_dispatch() is None
    waiting = {1: 3, 2: 1, 3: 2, 4: 9}
    for number, hour in waiting.items():
        sent = notification(NOW, Status.SENT, "old")
        stores.appeals.add(appeal(number, notifications=(sent, notification(hours(hour)))))
    stores.appeals.add(appeal(5, notifications=(notification(NOW, Status.DEAD),)))
    stores.appeals.add(appeal(6, notifications=(notification(hours(8)), notification(hours(4), Status.SENDING, "c"))))
    due = [one.code for one in stores.appeals.to_dispatch(hours(4), 9)]
    assert due == ["SQ0002", "SQ0003", "SQ0001", "SQ0006"]
    assert [one.code for one in stores.appeals.to_dispatch(hours(4), 2)] == ["SQ0002", "SQ0003"]
    assert list(stores.appeals.to_dispatch(hours(0.9), 9)) == []
    assert stores.appeals.oldest_dispatch() == hours(1)


def test_the_sweep_sees_what_is_due_in_order(stores: Stores) -> None:
    stores.appeals.add(assigned(1, "o1", hours(9), hours(3)))
    stores.appeals.add(assigned(2, "o1", hours(9), hours(1), hours(5)))
    stores.appeals.add(assigned(3, "o1", hours(9), hours(2)))
    stores.appeals.add(assigned(4, "o1", hours(9), hours(7)))
    stores.appeals.add(answered(5, clock=deadline(hours(1.5), kind=DeadlineKind.FOLLOW_UP)))
    stores.appeals.add(appeal(6))
    assert [one.code for one in stores.appeals.to_check(hours(3), 9)] == ["SQ0002", "SQ0005", "SQ0003", "SQ0001"]
    assert [one.code for one in stores.appeals.to_check(hours(3), 3)] == ["SQ0002", "SQ0005", "SQ0003"]


@pytest.mark.parametrize("size", [1, 2, 10])
def test_the_supervision_list_holds_open_ones_by_first_listing(stores: Stores, size: int) -> None:
    first = {1: hours(3), 2: hours(1), 3: hours(1)}
    stores.appeals.add(supervised(1, first[1], hours(9)))
    stores.appeals.add(supervised(2, first[2]))
    stores.appeals.add(supervised(3, first[3], hours(7)))
    stores.appeals.add(supervised(4, NOW, state=State.CONCLUDED))
    stores.appeals.add(assigned(5))
    codes = walk(stores.appeals.supervised, lambda one: one.supervisions[0].listed_at, size)
    assert codes == ["SQ0002", "SQ0003", "SQ0001"]


def test_a_new_supervision_after_a_restart_is_listed_from_then(stores: Stores) -> None:
    old, new = supervised(1, NOW).supervisions[0], replace(supervised(1, hours(8)).supervisions[0], assignment=2)
    stores.appeals.add(assigned(1, supervisions=(old, new)))
    stores.appeals.add(supervised(2, hours(5)))
    assert [one.code for one in stores.appeals.supervised(None, 9)] == ["SQ0002", "SQ0001"]
