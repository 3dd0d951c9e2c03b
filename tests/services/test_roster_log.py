"""A roster changes whole or not at all: through crashes at any write, slow writers, and many editors at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest

from app.domain.audit import first_break
from app.domain.errors import Reason
from app.domain.roster_history import Act, content
from app.domain.workday import local_day
from app.services.ports.basics import StoreAway
from app.services.rosters.directory import Directory
from app.services.rosters.editing import set_groups
from app.services.rosters.holders import replace_holder
from app.services.rosters.importing import import_roster
from app.services.rosters.keeping import create_official, edit_official, order_officials, unpublish_official
from app.services.rosters.log import edition_of, finish_changes, keep, write
from app.services.world import World
from tests.domain.factories import refused
from tests.domain.test_edition import is_settled
from tests.fakes import MemoryStores
from tests.services.factories import a_roster, a_world, an_official, person
from tests.services.keepers import CITY, COLLEAGUE, EDITOR, audited, edition, seen, shown, somebody, stored
from tests.services.races import at_once, meanwhile
from tests.services.test_importing import a_file


class Crash(Exception):
    """The process dies at this write."""


def crash_at(world: Any, number: int) -> list[int]:
    """From now on the n-th write to officials, roster or accounts kills the process; how many writes there were."""
    writes = [0]

    def hook(_: Any) -> None:
        writes[0] += 1
        if writes[0] == number:
            raise Crash

    for shelf in (world.stores.officials, world.stores.rosters, world.stores.accounts):
        shelf.before_write = hook
    return writes


def restart(world: Any) -> None:
    for shelf in (world.stores.officials, world.stores.rosters, world.stores.accounts):
        shelf.before_write = None


def looks(world: World) -> list[Any]:
    return [(content(one), one.position) for one in edition(world).officials]


DEEDS: dict[str, Any] = {
    "groups": lambda w: set_groups(w, EDITOR, CITY, [("市直部门", "部门"), ("市领导", "领导"), ("", "企业")], seen(w)),
    "order": lambda w: order_officials(w, EDITOR, CITY, ["roads", "education"]),
    "create": lambda w: create_official(w, EDITOR, CITY, somebody(group="市领导", is_published=True)),
    "holder": lambda w: replace_holder(
        w, EDITOR, "education", {"name": "吴敏", "phone": "15400000077"}, local_day(w.clock.now()), seen(w)
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_crash_at_any_write_leaves_all_of_a_change_or_nothing(deed: str) -> None:
    whole: Any = a_world()
    DEEDS[deed](whole)
    expected = looks(whole)
    for number in range(1, 12):
        world: Any = a_world()
        writes = crash_at(world, number)
        try:
            DEEDS[deed](world)
        except Crash:
            pass
        else:
            break
        restart(world)
        as_read = Directory(world).snapshot(CITY).officials
        assert [one.name for one in as_read] == shown(whole), "readers see it from the moment it is decided"
        assert looks(world) == expected, "whoever comes next finishes it"
        assert seen(world) == 2
        assert world.stores.rosters.get(CITY).revision == 2
        if deed == "holder":
            assert person(world, "zhou").posts() == frozenset()
    assert writes[0] > 1


def test_a_crash_before_the_decision_leaves_nothing(world: Any) -> None:
    before = looks(world)
    world.stores.roster_changes.before_write = lambda _: (_ for _ in ()).throw(StoreAway())
    with pytest.raises(StoreAway):
        edit_official(world, EDITOR, "roads", {"post": "副局长"}, 1)
    world.stores.roster_changes.before_write = None
    assert looks(world) == before
    assert audited(world) == [("edit_official", "roads")], "what was about to happen stands on the audit log"


def test_an_unpublished_official_is_gone_even_when_the_process_dies_at_once(world: Any) -> None:
    crash_at(world, 1)
    with pytest.raises(Crash):
        unpublish_official(world, EDITOR, "education")
    restart(world)
    assert shown(world) == ["魏崇岭", "解放"]
    assert finish_changes(world) == 1
    assert stored(world).is_published is False
    assert finish_changes(world) == 0


def test_a_first_import_that_was_interrupted_is_finished_by_the_next() -> None:
    whole: Any = a_world(stores=MemoryStores())
    import_roster(whole, a_file())
    for number in (1, 4, 9):
        world: Any = a_world(stores=MemoryStores())
        crash_at(world, number)
        with pytest.raises(Crash):
            import_roster(world, a_file())
        restart(world)
        assert import_roster(world, a_file()).changed == 0
        assert world.stores.officials.kept == whole.stores.officials.kept
        assert world.stores.rosters.kept == whole.stores.rosters.kept


def test_a_slow_writer_does_not_undo_what_came_later(world: Any) -> None:
    edit_official(world, EDITOR, "education", {"post": "主任"}, seen(world))
    slow = world.stores.roster_changes.get("city:00000002")
    edit_official(world, EDITOR, "education", {"post": "书记"}, seen(world))
    before = dict(world.stores.officials.kept), dict(world.stores.rosters.kept)
    write(world, slow)
    assert (world.stores.officials.kept, world.stores.rosters.kept) == before
    stale = world.stores.rosters.get(CITY)
    world.stores.rosters.kept[CITY] = replace(stale, version=1)  # as the slow one read it
    write(world, slow)
    assert stored(world).post == "书记"


def test_two_who_finish_the_same_change_make_it_once(world: Any) -> None:
    crash_at(world, 1)
    with pytest.raises(Crash):
        create_official(world, EDITOR, CITY, somebody())
    restart(world)
    meanwhile(world.stores.officials, lambda: finish_changes(world))
    assert [one.name for one in edition(world).officials] == ["魏崇岭", "周文清", "解放", "吴敏"]
    assert (seen(world), world.stores.rosters.get(CITY).revision) == (2, 2)
    assert stored(world, "city.001").version == 1


def test_many_editors_at_once_lose_nothing_and_repeat_nothing() -> None:
    world = a_world()
    meeting = threading.Barrier(4, timeout=10)

    def editor(number: int) -> Any:
        def act() -> None:
            meeting.wait()
            for turn in range(3):
                for _ in range(20):
                    try:
                        create_official(world, EDITOR, CITY, somebody(name=f"人{number}{turn}", is_published=True))
                        break
                    except Exception as error:
                        if getattr(error, "reason", None) is not Reason.ROSTER_CHANGED:
                            raise

        return act

    assert at_once(*(editor(number) for number in range(4))) == [None] * 4
    found = edition(world)
    assert is_settled(found)
    assert len(found.officials) == 15
    assert len({one.name for one in found.officials}) == 15
    assert found.roster.version == 13
    numbers = [change.number for change in world.stores.roster_changes.newest(CITY, "", None, 50)]
    assert numbers == list(range(13, 1, -1))
    assert first_break(world.stores.audit_log.since(0, 500)) is None


def test_who_is_overtaken_every_time_is_told_so(world: Any) -> None:
    turn = iter(range(100))

    def overtaken(_: Any) -> None:
        shelf.before_write = None
        edit_official(world, COLLEAGUE, "roads", {"post": f"局长{next(turn)}"}, 10_000)
        shelf.before_write = overtaken

    shelf = world.stores.roster_changes
    shelf.before_write = overtaken
    with refused(Reason.ROSTER_CHANGED):
        edit_official(world, EDITOR, "education", {"post": "主任"}, 10_000)
    shelf.before_write = None
    assert [act for act, subject in audited(world) if subject == "education"] == ["edit_official"], (
        "one deed, one entry"
    )


def test_a_roster_that_was_stored_without_a_version_can_be_changed() -> None:
    world: Any = a_world()
    kept = world.stores.rosters.replace
    world.stores.rosters.replace = lambda roster: (
        roster.version > 2 and kept(roster)
    )  # no guard matches such a document
    edit_official(world, EDITOR, "education", {"post": "主任"}, 1)
    edit_official(world, EDITOR, "education", {"post": "书记"}, 2)
    assert (stored(world).post, seen(world)) == ("书记", 3)


def test_rosters_do_not_stand_in_each_others_way(world: Any) -> None:
    world.stores.rosters.put(a_roster(slug="other"))
    world.stores.officials.put(an_official("elsewhere", roster="other"))
    edit_official(world, EDITOR, "elsewhere", {"post": "主任"}, 1)
    edit_official(world, EDITOR, "roads", {"post": "主任"}, 1)
    assert edition_of(world, "other").roster.version == seen(world) == 2


def test_a_rule_that_changes_nothing_leaves_no_trace(world: Any) -> None:
    found, change = keep(world, EDITOR, CITY, Act.EDIT_OFFICIAL, lambda known: known)
    assert (change, found) == (None, edition(world))
    assert (audited(world), dict(world.stores.roster_changes.kept)) == ([], {})


def test_a_directory_does_not_fail_over_a_roster_that_goes_at_this_moment(world: Any) -> None:
    directory = Directory(world)
    world.stores.rosters.put(a_roster(slug="other"))
    world.stores.rosters.revisions = lambda: {CITY: 1, "other": 1, "gone": 1}
    assert [snapshot.roster.slug for snapshot in directory.all()] == [CITY, "other"]
