"""Finding the right official, in a directory that is cached and never out of date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.errors import Reason
from app.domain.roster import Official
from app.services.rosters.directory import MOST_RESULTS, MOST_SUGGESTIONS, STALE_AFTER, Directory
from app.services.world import World
from tests.domain.factories import refused
from tests.fakes import MemoryStores
from tests.fakes.directory import MemoryOfficials
from tests.services.factories import OFFICIALS, a_roster, a_world, an_official


def listed(*officials: Official) -> tuple[World, Directory]:
    """A directory that holds these and the three of the city."""
    world = a_world()
    for position, official in enumerate(officials, 10):
        world.stores.officials.put(replace(official, position=position))
    return world, Directory(world)


def named(*names: str) -> Directory:
    return listed(*(an_official(f"o{n}", name=name) for n, name in enumerate(names)))[1]


def names(officials: Sequence[Official]) -> list[str]:
    return [official.name for official in officials]


def change(world: World, id: str, **changes: object) -> None:
    """As whoever edits the roster does it: the official first, then the revision."""
    official = world.stores.officials.get(id)
    roster = world.stores.rosters.get("city")
    world.stores.officials.put(replace(official, version=official.version + 1, **changes))
    world.stores.rosters.put(replace(roster, revision=roster.revision + 1))


@pytest.mark.parametrize(
    "query",
    [
        "周文清",
        "周",
        "文清",
        "zhouwenqing",
        "ZhouWenQing",
        "zhou",
        "zhouw",
        "zwq",
        "ZWQ",
        "教育局",
        "局长",
        "招生",
        " 周文清 ",
    ],
)
def test_found_by_name_pinyin_initials_unit_post_and_duty(query: str) -> None:
    assert names(Directory(a_world()).search(query))[0] == "周文清"


@pytest.mark.parametrize("query", ["zhou wenqing", "wenqing"])
def test_pinyin_is_found_as_people_write_it(query: str) -> None:
    assert names(Directory(a_world()).search(query)) == ["周文清"]


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("解正阳", ("xiezhengyang", "xzy", "jiezhengyang", "jie")),
        ("单思媛", ("shansiyuan", "ssy", "dansiyuan", "dan")),
        ("仝方毅", ("tongfangyi", "tfy")),
        ("查远帆", ("zhayuanfan", "zyf", "chayuanfan", "cha")),
        ("仇立新", ("qiulixin", "qlx", "choulixin")),
        ("曾令昊", ("zenglinghao", "zlh")),
        ("吕明", ("lvming", "lm")),
    ],
)
def test_a_surname_is_found_by_its_own_reading_and_by_the_usual_one(name: str, readings: tuple[str, ...]) -> None:
    directory = named(name)
    for reading in readings:
        assert name in names(directory.search(reading)), reading


def test_found_by_project() -> None:
    _, directory = listed(an_official("liaison", name="查远帆", projects=("东至通用码头改扩建工程",)))
    assert names(directory.search("通用码头")) == ["查远帆"]


def test_every_word_must_match() -> None:
    directory = Directory(a_world())
    assert names(directory.search("局长 路灯")) == ["解放"]
    assert directory.search("局长 审计") == [] and directory.search("没有这样的") == []


@pytest.mark.parametrize("query", ["", "   "])
def test_a_search_for_nothing_finds_nothing(query: str) -> None:
    assert Directory(a_world()).search(query) == []


def test_the_name_comes_before_the_unit_and_the_unit_before_the_duty() -> None:
    _, directory = listed(
        an_official("a", name="王一", unit="市信访局", duties=("教育统筹",)),
        an_official("b", name="王二", unit="教育督导室", duties=("督导",)),
        an_official("c", name="教育", unit="市供水公司", duties=("供水",)),
    )
    assert names(directory.search("教育")) == ["教育", "周文清", "王二", "王一"]


def test_equal_matches_stand_in_the_directorys_order_and_are_limited() -> None:
    directory = named(*[f"王{n}" for n in range(MOST_RESULTS + 5)])
    assert names(directory.search("王")) == [f"王{n}" for n in range(MOST_RESULTS)]


def test_a_search_can_be_kept_to_one_roster() -> None:
    world, directory = listed(an_official("elsewhere", roster="other", name="周文"))
    world.stores.rosters.put(a_roster(slug="other"))
    assert set(names(directory.search("周"))) == {"周文清", "周文"}
    assert names(directory.search("周", "other")) == ["周文"]
    with refused(Reason.NO_SUCH_ROSTER):
        directory.search("周", "nothing")


@pytest.mark.parametrize(
    ("sentence", "who", "duty"),
    [("我们小区的路灯坏了半个月", "解放", "路灯维修"), ("孩子今年上小学，学校招生怎么报名", "周文清", "学校招生")],
)
def test_whom_should_i_ask(sentence: str, who: str, duty: str) -> None:
    official, reason = Directory(a_world()).suggest(sentence)[0]
    assert (official.name, reason) == (who, duty)


def test_suggestions_are_three_at_most_each_official_once_and_none_for_nonsense() -> None:
    _, directory = listed(*(an_official(f"o{n}", name=f"王{n}", duties=("路灯", "路灯维修")) for n in range(9)))
    suggested = [official.id for official, _ in directory.suggest("路灯维修")]
    assert len(suggested) == len(set(suggested)) == MOST_SUGGESTIONS
    assert directory.suggest("!!!") == directory.suggest("") == directory.suggest("xyz") == []


def test_who_leaves_office_is_gone_with_the_very_next_call() -> None:
    world, directory = listed()
    assert directory.official("education") and names(directory.search("周文清"))
    change(world, "education", is_published=False)
    assert directory.search("周文清") == [] and directory.suggest("学校招生") == []
    assert [official.id for official in directory.snapshot("city").officials] == ["mayor", "roads"]
    with refused(Reason.NO_SUCH_OFFICIAL):
        directory.official("education")


def test_a_new_holder_is_shown_with_the_very_next_call_in_every_process() -> None:
    world, one = listed()
    other = Directory(world)
    for directory in (one, other):
        directory.snapshot("city")
    change(world, "education", name="李明")
    for directory in (one, other):
        assert directory.official("education")[1].name == "李明"


def test_an_unpublished_roster_is_gone_with_the_very_next_call() -> None:
    world, directory = listed()
    assert directory.all()
    world.stores.rosters.put(replace(world.stores.rosters.get("city"), is_published=False))
    assert directory.all() == [] and directory.search("周") == []
    for ask in (lambda: directory.snapshot("city"), lambda: directory.search("周", "city")):
        with refused(Reason.NO_SUCH_ROSTER):
            ask()


def test_a_roster_unpublished_between_two_reads_is_gone_too() -> None:
    world = a_world()
    directory, known = Directory(world), world.stores.rosters.revisions()
    world.stores.rosters.put(replace(world.stores.rosters.get("city"), is_published=False))
    world.stores.rosters.revisions = lambda: known
    with refused(Reason.NO_SUCH_ROSTER):
        directory.snapshot("city")
    assert directory.all() == []


class CountingOfficials(MemoryOfficials):
    reads = 0

    def of_roster(self, slug: str) -> Sequence[Official]:
        self.reads += 1
        return super().of_roster(slug)


@pytest.fixture
def counted() -> tuple[World, CountingOfficials]:
    world = a_world()
    counting = CountingOfficials(MemoryStores().outage)
    for official in OFFICIALS:
        counting.put(official)
    object.__setattr__(world.stores, "officials", counting)
    return world, counting


def test_while_the_revision_stands_the_officials_are_read_once(counted: tuple[World, CountingOfficials]) -> None:
    world, officials = counted
    directory = Directory(world)
    for _ in range(5):
        directory.search("周")
        directory.suggest("路灯")
        directory.official("roads")
        directory.snapshot("city")
    assert officials.reads == 1
    change(world, "roads", post="副局长")
    directory.snapshot("city")
    directory.snapshot("city")
    assert officials.reads == 2


def test_a_change_without_a_revision_is_seen_within_a_minute(counted: tuple[World, CountingOfficials]) -> None:
    world, officials = counted
    directory = Directory(world)
    directory.snapshot("city")
    officials.put(replace(officials.get("education"), is_published=False))
    world.clock.advance(STALE_AFTER - timedelta(seconds=1))
    assert len(directory.snapshot("city").officials) == 3
    world.clock.advance(seconds=1)
    assert len(directory.snapshot("city").officials) == 2


def test_the_groups_stand_in_the_rosters_order_each_with_its_own() -> None:
    groups = dict(Directory(a_world()).snapshot("city").groups())
    assert {group: names(officials) for group, officials in groups.items()} == {
        "市领导": ["魏崇岭"],
        "市直部门": ["周文清", "解放"],
    }
