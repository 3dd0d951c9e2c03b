"""The contract of the work list, and that it reads its indexes: what is counted opens nothing, ten thousand or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from pymongo.collection import Collection

from app.domain.appeal import Answer, AnswerOutcome, Extension, Kind, State, Visibility
from app.domain.notification import Role
from app.domain.timeline import Actor
from app.domain.workday import local_day
from app.domain.worklist import Desk, Filter, Lists, counted_due_at
from app.services.ports.appeals import NOTHING, Pile
from app.services.world import Stores
from app.store import MongoStores
from tests.engines import Workbench

from .plans import AT_MOST, explained, reads_its_index, stages
from .samples import NOW, answered, appeal, assigned, hours, supervised

CITY = "bozhou-81"
BY = Actor(Role.OFFICIAL, "account", "周文清", "o1")
SAID = (Answer("已修好", AnswerOutcome.SOLVED, BY, NOW, 1),)


def codes(found: Any) -> list[str]:
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), ["SQ0001", "SQ0002", "SQ0003", "SQ0004"]),
        (Filter(CITY), ["SQ0001", "SQ0002", "SQ0003"]),
        (Filter(CITY, "o2"), ["SQ0003"]),
        (Filter("", "", Kind.COMPLAINT), ["SQ0002", "SQ0004"]),
        (Filter(CITY, "", Kind.COMPLAINT), ["SQ0002"]),
        (Filter(CITY, "o1", Kind.REQUEST), ["SQ0001"]),
        (Filter(CITY, "o2", Kind.COMPLAINT), []),
    ],
)
def test_every_filter_narrows_desks_and_lists(stores: Stores, wanted: Filter, expected: list[str]) -> None:
    stores.appeals.add(appeal(1))
    stores.appeals.add(appeal(2, kind=Kind.COMPLAINT, submitted_at=hours(1)))
    stores.appeals.add(appeal(3, addressed_to="o2", submitted_at=hours(2)))
    stores.appeals.add(appeal(4, roster="other", addressed_to="x", kind=Kind.COMPLAINT, submitted_at=hours(3)))
    stores.appeals.add(assigned(5, "elsewhere", roster="nowhere", kind=Kind.SUGGESTION, submitted_at=hours(4)))
    assert codes(stores.worklist.on_desk(Desk.REVIEW, wanted, None, 9)) == expected
    everything = [code for code in codes(stores.worklist.newest(wanted, None, 9)) if code != "SQ0005"]
    assert everything == expected[::-1]


def test_states_narrow_the_lists_and_days_everything_that_is_in_order_by_them(stores: Stores) -> None:
    for number in range(1, 7):
        stores.appeals.add(appeal(number, submitted_at=hours(12 * number)))
    stores.appeals.add(answered(7, "o1", hours(1), submitted_at=hours(80)))
    day = local_day(hours(36))
    within = Filter(CITY, first=day, last=day)
    expected = [f"SQ000{n}" for n in range(1, 7) if local_day(hours(12 * n)) == day]
    assert codes(stores.worklist.on_desk(Desk.REVIEW, within, None, 9)) == expected
    assert codes(stores.worklist.newest(within, None, 9)) == expected[::-1]
    assert codes(stores.worklist.on_desk(Desk.REVIEW, within, (hours(24), "SQ0002"), 9)) == expected[1:]
    assert codes(stores.worklist.newest(within, (hours(48), "SQ0004"), 9)) == expected[::-1]
    since = Filter(first=local_day(hours(70)))
    assert codes(stores.worklist.newest(since, None, 9)) == ["SQ0007", "SQ0006"]
    assert codes(stores.worklist.newest(Filter(CITY, state=State.ANSWERED), None, 9)) == ["SQ0007"]
    assert codes(stores.worklist.newest(Filter(state=State.REJECTED), None, 9)) == []


def test_texts_are_looked_through_so_far_and_no_further(stores: Stores) -> None:
    for number in range(1, 7):
        title = "井盖松动" if number in {2, 5} else "路灯不亮"
        stores.appeals.add(appeal(number, title=title, body="晚上ＡＢ路看不见", submitted_at=hours(number)))
    stores.appeals.add(assigned(7, "o1", hours(2), title="井盖", submitted_at=hours(50)))
    look = stores.worklist.looked_through
    found = look(Desk.REVIEW, Filter(text="井盖 ab路"), NOW, None, 9, 99)
    assert (codes(found.appeals), found.stopped) == (["SQ0002", "SQ0005"], None)
    found = look(Desk.REVIEW, Filter(text="井盖"), NOW, None, 9, 3)
    assert (codes(found.appeals), found.stopped) == (["SQ0002"], (hours(3), "SQ0003"))
    found = look(Desk.REVIEW, Filter(text="井盖"), NOW, found.stopped, 9, 99)
    assert (codes(found.appeals), found.stopped) == (["SQ0005"], None)
    assert codes(look(Lists.ALL, Filter(text="井盖"), NOW, None, 2, 99).appeals) == ["SQ0007", "SQ0005"], "enough"
    late = look(Lists.LATE, Filter(first=local_day(hours(50))), hours(99), None, 9, 99)
    assert codes(late.appeals) == ["SQ0007"]
    assert codes(look(Lists.LATE, Filter(last=local_day(hours(1))), hours(99), None, 9, 99).appeals) == []
    assert codes(look(Lists.ALL, Filter(text="sq0003"), NOW, None, 9, 99).appeals) == ["SQ0003"]
    stores.appeals.add(appeal(8, title="请打 13911112222", body="电话１３９１１１１２２２２，楼号 12"))
    for digits, found_by in (("139", True), ("1391", False), ("11112", False), ("2222", True), ("12", True)):
        shown = codes(look(Lists.ALL, Filter(text=f"楼号 {digits}"), NOW, None, 9, 99).appeals)
        assert (shown == ["SQ0008"]) is found_by, f"{digits}: what the mask hides cannot be tried out"


def test_whoever_has_it_finds_it_not_whoever_it_was_written_to(stores: Stores) -> None:
    stores.appeals.add(assigned(1, "o7"))
    assert codes(stores.worklist.newest(Filter(CITY, "o7"), None, 9)) == ["SQ0001"]
    assert codes(stores.worklist.newest(Filter(CITY, "o1"), None, 9)) == []


def test_pages_go_on_where_they_stopped_even_at_the_same_moment(stores: Stores) -> None:
    for number in range(1, 8):
        stores.appeals.add(appeal(number, submitted_at=hours(number // 3)))
    seen: list[str] = []
    after = None
    while page := stores.worklist.on_desk(Desk.REVIEW, Filter(CITY), after, 2):
        seen += codes(page)
        after = (page[-1].submitted_at, page[-1].code)
    assert seen == [f"SQ000{number}" for number in range(1, 8)]


def test_what_stands_before_a_place_comes_the_nearest_first(stores: Stores) -> None:
    for number in range(1, 6):
        stores.appeals.add(appeal(number, submitted_at=hours(number // 2)))
        stores.appeals.add(assigned(number + 5, "o1", hours(number), submitted_at=hours(99)))
    before = stores.worklist.on_desk(Desk.REVIEW, Filter(CITY), (hours(2), "SQ0004"), 2, back=True)
    assert codes(before) == ["SQ0003", "SQ0002"]
    assert codes(stores.worklist.on_desk(Desk.REVIEW, Filter(), (hours(0), "SQ0001"), 9, back=True)) == []
    assert codes(stores.worklist.newest(Filter(), (hours(2), "SQ0004"), 1, back=True)) == ["SQ0005"]
    assert codes(stores.worklist.late(Filter(), hours(9), (hours(3), "SQ0008"), 9, back=True)) == ["SQ0007", "SQ0006"]
    look = stores.worklist.looked_through
    found = look(Desk.REVIEW, Filter(text="sq0001"), NOW, (hours(2), "SQ0005"), 1, 9, back=True)
    assert codes(found.appeals) == ["SQ0001"]


def test_late_is_what_somebody_has_to_do_the_longest_overdue_first(stores: Stores) -> None:
    stores.appeals.add(assigned(1, "o1", hours(3)))
    stores.appeals.add(assigned(2, "o1", hours(1)))
    stores.appeals.add(assigned(3, "o1", hours(9)))
    stores.appeals.add(answered(4, "o1", hours(1)))
    stores.appeals.add(assigned(5, "o1", hours(1), state=State.AWAITING_RESIDENT))
    late = stores.worklist.late(Filter(CITY), hours(5), None, 9)
    assert codes(late) == ["SQ0002", "SQ0001"]
    assert stores.worklist.all_late(hours(5)) == Pile(2, hours(1))
    assert stores.worklist.all_late(hours(1)) == NOTHING
    due = counted_due_at(late[0])
    assert due is not None
    assert codes(stores.worklist.late(Filter(), hours(5), (due, late[0].code), 9)) == ["SQ0001"]


def test_what_waits_is_counted_desk_by_desk_with_the_oldest_of_each(stores: Stores) -> None:
    assert stores.worklist.waiting() == {}
    for number in (3, 1, 2):
        stores.appeals.add(appeal(number, submitted_at=hours(number)))
    stores.appeals.add(supervised(4, hours(9), submitted_at=hours(5)))
    both = supervised(5, hours(9), submitted_at=hours(4), state=State.IN_PROGRESS)
    stores.appeals.add(replace(both, extension=Extension(3, "在等检测结果", NOW)))
    assert stores.worklist.waiting() == {
        Desk.REVIEW: Pile(3, hours(1)),
        Desk.SUPERVISION: Pile(2, hours(4)),
        Desk.EXTENSION: Pile(1, hours(4)),
    }


def test_desks_that_only_fill_up_are_counted_apart_and_no_further_than_asked(stores: Stores) -> None:
    for number in (3, 1, 2):
        one = answered(number, "o1", hours(1), submitted_at=hours(number), visibility=Visibility.PUBLIC)
        stores.appeals.add(replace(one, answers=SAID, state=State.CONCLUDED))
    assert stores.worklist.kept(Desk.PUBLICATION, 9) == Pile(3, hours(1))
    assert stores.worklist.kept(Desk.PUBLICATION, 2) == Pile(2, hours(1))
    assert stores.worklist.kept(Desk.REFERRED, 9) == NOTHING
    assert stores.worklist.waiting() == {}


def test_some_come_in_the_order_asked_for_and_what_is_not_there_is_left_out(stores: Stores) -> None:
    for number in (1, 2, 3):
        stores.appeals.add(appeal(number))
    assert codes(stores.worklist.some(["appeal-3", "nothing", "appeal-1", "appeal-3"])) == ["SQ0003", "SQ0001"]
    assert stores.worklist.some([]) == []


def test_what_one_phone_was_left_with_is_found_newest_first(stores: Stores) -> None:
    for number, key in enumerate(("k1", "k1", "k2", ""), 1):
        stores.appeals.add(appeal(number, phone_key=key, submitted_at=hours(number)))
    assert codes(stores.worklist.of_phone("k1", 9)) == ["SQ0002", "SQ0001"]
    assert codes(stores.worklist.of_phone("k1", 1)) == ["SQ0002"]
    assert codes(stores.worklist.of_phone("k9", 9)) == []


def test_a_desk_is_left_with_its_filters_when_the_appeal_moves_on(stores: Stores) -> None:
    one = appeal(1)
    stores.appeals.add(one)
    assert stores.appeals.replace(replace(one, version=2, state=State.REJECTED))
    assert stores.worklist.on_desk(Desk.REVIEW, Filter(CITY), None, 9) == []


def test_a_listing_of_an_earlier_assignment_lies_on_no_desk(stores: Stores) -> None:
    listing = supervised(1, NOW).supervisions[0]
    stores.appeals.add(assigned(1, supervisions=(listing, replace(listing, assignment=2))))
    stores.appeals.add(supervised(2, hours(5)))
    stores.appeals.add(supervised(3, NOW, state=State.CONCLUDED))
    stores.appeals.add(assigned(4))
    assert codes(stores.worklist.on_desk(Desk.SUPERVISION, Filter(), None, 9)) == ["SQ0001", "SQ0002"]


WIDE = Filter(CITY, "o3", Kind.REQUEST)
DAYS = Filter(CITY, state=State.SUBMITTED, first=local_day(hours(300)), last=local_day(hours(900)))
HOT: dict[str, tuple[Callable[[MongoStores], Any], str, int]] = {
    "desk": (lambda s: s.worklist.on_desk(Desk.REVIEW, Filter(), None, 10), "on_desk", AT_MOST),
    "desk, narrowed, late page": (
        lambda s: s.worklist.on_desk(Desk.REVIEW, WIDE, (hours(150), "SQ0150"), 10),
        "on_desk",
        AT_MOST,
    ),
    "late": (lambda s: s.worklist.late(Filter(CITY), hours(900), (hours(700), "SQ0700"), 10), "late", AT_MOST),
    "everything": (lambda s: s.worklist.newest(Filter(), (hours(500), "SQ0500"), 10), "listed", AT_MOST),
    "everything of an official": (lambda s: s.worklist.newest(WIDE, None, 10), "listed", AT_MOST),
    "everything of some days in a state": (
        lambda s: s.worklist.newest(DAYS, (hours(500), "SQ0500"), 10),
        "listed",
        AT_MOST,
    ),
    "desk of some days": (
        lambda s: s.worklist.on_desk(Desk.REVIEW, Filter(first=local_day(hours(300))), (hours(150), "SQ0150"), 10),
        "on_desk",
        AT_MOST,
    ),
    "words": (lambda s: s.worklist.looked_through(Lists.ALL, Filter(text="灯"), NOW, None, 9, 20), "listed", AT_MOST),
    "the one before, on a desk": (
        lambda s: s.worklist.on_desk(Desk.REVIEW, WIDE, (hours(600), "SQ0600"), 2, back=True),
        "on_desk",
        AT_MOST,
    ),
    "the one before, late": (
        lambda s: s.worklist.late(Filter(), hours(900), (hours(700), "SQ0700"), 2, back=True),
        "late",
        AT_MOST,
    ),
    "the one before": (
        lambda s: s.worklist.newest(DAYS, (hours(500), "SQ0500"), 2, back=True),
        "listed",
        AT_MOST,
    ),
    "of a phone": (lambda s: s.worklist.of_phone("k3", 10), "of_phone", AT_MOST),
    "how many wait for publication": (lambda s: s.worklist.kept(Desk.REVIEW, 20), "on_desk", 0),
}
"""The query, its index, and how many documents it may open."""


@pytest.fixture(scope="module")
def filled(real_bench: Workbench) -> Iterator[MongoStores]:
    real_bench.empty()
    stores = real_bench.stores()
    for number in range(1000):
        if number % 2:
            stores.appeals.add(assigned(number, f"o{number % 7}", hours(number), submitted_at=hours(number)))
        else:
            key = f"k{number % 9}"
            who = f"o{number % 7}"
            stores.appeals.add(appeal(number, addressed_to=who, submitted_at=hours(number), phone_key=key))
    yield stores
    real_bench.empty()


@pytest.mark.parametrize("name", HOT)
def test_the_work_list_is_answered_from_its_index(
    monkeypatch: pytest.MonkeyPatch, filled: MongoStores, name: str
) -> None:
    call, index, opened = HOT[name]
    reads_its_index(explained(monkeypatch, filled, call), index, opened)


COUNTED: dict[str, tuple[Callable[[MongoStores], Any], str]] = {
    "what waits": (lambda s: s.worklist.waiting(), "waiting"),
    "what is late": (lambda s: s.worklist.all_late(hours(900)), "late"),
}


@pytest.mark.parametrize("name", COUNTED)
def test_what_is_counted_stands_in_the_index(monkeypatch: pytest.MonkeyPatch, filled: MongoStores, name: str) -> None:
    call, index = COUNTED[name]
    plans: list[dict[str, Any]] = []
    found = call(filled)

    def aggregate(collection: Any, pipeline: Any) -> list[Any]:
        command = {"aggregate": collection.name, "pipeline": pipeline, "cursor": {}}
        plans.append(collection.database.command("explain", command, verbosity="executionStats"))
        return []

    monkeypatch.setattr(Collection, "aggregate", aggregate)
    call(filled)
    (plan,) = plans
    (asked,) = [stage["$cursor"] for stage in plan["stages"] if "$cursor" in stage]
    scans = stages(asked["queryPlanner"]["winningPlan"])
    assert {stage["indexName"] for stage in scans if "indexName" in stage} == {index}
    counted = sum(pile.count for pile in found.values()) if isinstance(found, dict) else found.count
    assert asked["executionStats"]["totalKeysExamined"] <= counted + 1, "what is counted, and nothing else"
    assert asked["executionStats"]["totalDocsExamined"] == 0
