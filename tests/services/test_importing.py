"""Rosters come from files: all of it or nothing, every mistake named, and the same file twice is no change."""

from __future__ import annotations

import copy
import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from app.domain.account import Account, Binding
from app.domain.notification import Role
from app.domain.roster import AnsweredBy, Audience, Tenure
from app.domain.workday import Span, Unit
from app.services.rosters.directory import Directory
from app.services.rosters.editing import unpublish_roster
from app.services.rosters.file import RosterFileError
from app.services.rosters.importing import import_roster
from app.services.world import World
from tests.fakes import MemoryStores
from tests.fakes.world import MONDAY
from tests.services.factories import a_world
from tests.services.keepers import EDITOR

FILES = sorted((Path(__file__).parents[2] / "dev" / "rosters").glob("*.json"))
BY_NAME = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in FILES}


@pytest.fixture
def empty() -> World:
    return a_world(stores=MemoryStores())


def a_file(name: str = "fengxian-8") -> dict[str, Any]:
    return copy.deepcopy(BY_NAME[name])


def stored(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    return dict(world.stores.rosters.kept), dict(world.stores.officials.kept)


def test_all_seven_files_import_beside_each_other(empty: World) -> None:
    counts = {name: import_roster(empty, content).officials for name, content in BY_NAME.items()}
    assert counts == {
        "bozhou-81": 81,
        "dangshan": 30,
        "dongzhi-12": 12,
        "fengxian-8": 8,
        "nanning-46": 46,
        "shenzhen": 22,
        "urumqi-19": 19,
    }
    assert len(empty.stores.officials.kept) == sum(counts.values())
    assert [snapshot.roster.slug for snapshot in Directory(empty).all()] == sorted(counts)


def test_the_default_has_81_officials_in_three_groups(empty: World) -> None:
    import_roster(empty, a_file("bozhou-81"))
    groups = list(Directory(empty).snapshot("bozhou-81").groups())
    assert len(groups) == 3 and all(officials for _, officials in groups)
    assert sum(len(officials) for _, officials in groups) == 81
    assert [o.position for _, officials in groups for o in officials] == list(range(1, 82))


def test_each_policy_arrives(empty: World) -> None:
    for content in BY_NAME.values():
        import_roster(empty, content)
    policy = {roster.slug: roster.policy for roster in empty.stores.rosters.all()}
    bozhou, nanning, urumqi = policy["bozhou-81"], policy["nanning-46"], policy["urumqi-19"]
    assert bozhou.deadlines.contact == Span(3, Unit.DAYS) and bozhou.deadlines.max_transfers == 1
    assert (bozhou.courtesy_hours.begin, bozhou.courtesy_hours.end) == (time(0), time(6))
    assert (nanning.audience, nanning.answered_by) == (Audience.ENTERPRISE, AnsweredBy.OPERATORS)
    assert (nanning.service_hours.begin, nanning.service_hours.end) == (time(8), time(22))
    assert nanning.operators and nanning.reports == ("daily", "weekly", "monthly")
    assert (urumqi.campaign.starts_on, urumqi.campaign.ends_on) == (date(2022, 8, 10), date(2022, 11, 30))
    assert len(policy["dangshan"].source_codes) == 25
    assert all(official.projects for official in empty.stores.officials.of_roster("dongzhi-12"))
    assert all(official.wechat_id for official in empty.stores.officials.of_roster("shenzhen"))
    assert all(official.email for official in empty.stores.officials.of_roster("fengxian-8"))


@pytest.mark.parametrize("name", BY_NAME)
def test_the_second_time_changes_nothing(empty: World, name: str) -> None:
    import_roster(empty, a_file(name))
    before = stored(empty)
    assert import_roster(empty, a_file(name)).changed == 0
    assert stored(empty) == before


def test_a_changed_official_is_one_change_and_a_new_revision(empty: World) -> None:
    import_roster(empty, a_file())
    content = a_file()
    content["groups"][0]["officials"][0]["name"] = "新任某"
    assert import_roster(empty, content).changed == 1
    assert empty.stores.rosters.get("fengxian-8").revision == 2
    versions = sorted(official.version for official in empty.stores.officials.of_roster("fengxian-8"))
    assert versions == [1] * 7 + [2]


def test_a_changed_policy_alone_is_a_new_revision(empty: World) -> None:
    import_roster(empty, a_file())
    content = a_file()
    content["policy"]["deadlines"]["contact_days"] = 2
    assert import_roster(empty, content).changed == 0
    roster = empty.stores.rosters.get("fengxian-8")
    assert (roster.revision, roster.policy.deadlines.contact) == (2, Span(2, Unit.DAYS))


def test_who_is_not_in_the_file_any_more_is_unpublished_at_once_and_kept(empty: World) -> None:
    import_roster(empty, a_file())
    directory = Directory(empty)
    assert len(directory.snapshot("fengxian-8").officials) == 8
    content = a_file()
    gone = content["groups"][-1]["officials"].pop()
    assert import_roster(empty, content).changed == 1
    assert len(directory.snapshot("fengxian-8").officials) == 7
    kept = empty.stores.officials.get(f"fengxian-8.{gone['key']}")
    assert kept is not None and not kept.is_published
    assert import_roster(empty, content).changed == 0
    assert import_roster(empty, a_file()).changed == 1, "and comes back when the file names him again"
    assert len(directory.snapshot("fengxian-8").officials) == 8


def test_the_revision_rises_after_the_officials_are_stored(empty: World) -> None:
    """A cache that sees the new revision must see everybody: a crash before it is made good by the next import."""
    import_roster(empty, a_file())
    order: list[str] = []
    empty.stores.officials.before_write = lambda _: order.append("official")
    empty.stores.rosters.before_write = lambda _: order.append("roster")
    content = a_file()
    for official in content["groups"][0]["officials"]:
        official["post"] += "（新）"
    import_roster(empty, content)
    assert order[-1] == "roster" and set(order[:-1]) == {"official"}


def test_another_name_is_a_new_holder_and_the_predecessor_acts_no_longer(empty: World) -> None:
    import_roster(empty, a_file())
    first, second = empty.stores.officials.of_roster("fengxian-8")[:2]
    for number, official in enumerate((first, second)):
        account = Account(f"a{number}", 1, empty.clock.now(), bindings=(Binding(Role.OFFICIAL, official.id, MONDAY),))
        empty.stores.accounts.add(account)
    content = a_file()
    content["groups"][0]["officials"][0] |= {"name": "新任某", "since": "2026-02-10"}
    content["groups"][0]["officials"][1]["name"] = "新任谋"
    empty.clock.advance(days=1)
    import_roster(empty, content)
    tenures = [official.tenures for official in empty.stores.officials.of_roster("fengxian-8")[:3]]
    assert tenures[0] == (Tenure(first.name, None, date(2026, 2, 9)), Tenure("新任某", date(2026, 2, 10)))
    assert tenures[1] == (Tenure(second.name, None, date(2026, 3, 2)), Tenure("新任谋", date(2026, 3, 3)))
    assert len(tenures[2]) == 1
    assert [account.bindings for account in empty.stores.accounts.kept.values()] == [(), ()]
    content["groups"][0]["officials"][0]["since"] = "2026-02-11"
    import_roster(empty, content)
    assert empty.stores.officials.get(first.id).tenures[1].first == date(2026, 2, 11), "the same name: put right"
    content["groups"][0]["officials"][0]["name"] = "再任某"
    assert problems_of(empty, content) == [f"{first.id}：since 要晚于前一任的到任日期"]


def test_what_a_file_does_not_tell_stays_as_the_console_left_it(empty: World) -> None:
    import_roster(empty, a_file())
    unpublish_roster(empty, EDITOR, "fengxian-8")
    content = a_file()
    content["promise"] = "两天内联系您"
    import_roster(empty, content)
    roster = empty.stores.rosters.get("fengxian-8")
    assert (roster.promise, roster.is_published) == ("两天内联系您", False)


def problems_of(world: World, content: Any) -> list[str]:
    """What is wrong with it; nothing may be stored."""
    before = stored(world)
    with pytest.raises(RosterFileError) as caught:
        import_roster(world, content)
    assert stored(world) == before
    return caught.value.problems


def test_every_problem_is_listed_with_its_path(empty: World) -> None:
    import_roster(empty, a_file())
    content = a_file()
    first, last = content["groups"][0]["officials"][0], content["groups"][-1]["officials"][-1]
    place_of_last = f"groups[{len(content['groups'])}].officials[{len(content['groups'][-1]['officials'])}]"
    del content["promise"]
    content["publication"]["date"] = "二月十四日"
    content["policy"]["audience"] = "friends"
    content["policy"]["courtesy_hours"] = {"from": "25:00", "to": "06:00", "hint": ""}
    content["policy"]["campaign"] = {"topic": "防汛", "starts_on": "2022-08-10", "ends_on": "2022-08-01"}
    first["phone"], first["duties"] = "拨打总机", "路灯"
    first["superior"] = "nobody"
    last["name"], last["key"] = 7, first["key"]
    last.pop("superior", None)
    places = [problem.split("：")[0] for problem in problems_of(empty, content)]
    assert set(places) == {
        "promise",
        "publication.date",
        "policy.audience",
        "policy.courtesy_hours.from",
        "policy.courtesy_hours.hint",
        "policy.campaign.ends_on",
        "groups[1].officials[1].phone",
        "groups[1].officials[1].duties",
        f"{place_of_last}.name",
        f"fengxian-8.{first['key']}",
    }


@pytest.mark.parametrize("content", [[], "text", None, {"groups": {}}, {"groups": ["x"]}, {}])
def test_a_file_of_another_shape_is_refused_not_crashed_on(empty: World, content: Any) -> None:
    assert problems_of(empty, content)


FORBIDDEN = {
    "contact in minus three days": lambda c: c["policy"]["deadlines"].update(contact_days=-3),
    "contact in no days": lambda c: c["policy"]["deadlines"].update(contact_days=0),
    "minus one transfer": lambda c: c["policy"]["deadlines"].update(max_transfers=-1),
    "the same source code twice": lambda c: c["policy"].update(source_codes=[{"code": "A1", "place": "路口"}] * 2),
    "a source code over 12 characters": lambda c: c["policy"].update(
        source_codes=[{"code": "A" * 13, "place": "路口"}]
    ),
    "his own superior": lambda c: c["groups"][0]["officials"][0].update(superior=c["groups"][0]["officials"][0]["key"]),
    "an official without duties": lambda c: c["groups"][0]["officials"][0].update(duties=[]),
    "no groups": lambda c: c.update(groups=[]),
}


@pytest.mark.parametrize("mistake", FORBIDDEN)
def test_what_the_readme_of_the_format_forbids_is_refused(empty: World, mistake: str) -> None:
    content = a_file()
    FORBIDDEN[mistake](content)
    assert len(problems_of(empty, content)) == 1
