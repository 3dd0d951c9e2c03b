"""Keeping a roster comes to the same on every engine: edits, a new holder with figures, an import, taking back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.domain.errors import Reason
from app.domain.figures import Tally
from app.services.figures.compared import By, figures_by
from app.services.figures.published import PublishedFigures
from app.services.figures.tallies import roll_up
from app.services.people.accounts import bind
from app.services.rosters.directory import Directory
from app.services.rosters.editing import edit_roster, set_groups
from app.services.rosters.holders import replace_holder
from app.services.rosters.invitations import standings
from app.services.rosters.keeping import create_official, edit_official, order_officials, unpublish_official
from app.services.rosters.past import history, undo
from app.services.rosters.plan import Status
from app.services.rosters.table import export_csv, export_xlsx
from app.services.rosters.table_import import apply, dry_run, stage
from app.services.world import Stores, World
from tests.domain.factories import beijing, refused
from tests.services.factories import OFFICIALS, PEOPLE, a_roster, a_world, answer, person, sign, submitted
from tests.services.keepers import CITY, COLLEAGUE, EDITOR, edition, seen, shown, somebody, stored


@pytest.fixture
def world(stores: Stores) -> World:
    made: Any = a_world(stores=stores)
    stores.rosters.put(a_roster())
    for official in OFFICIALS:
        stores.officials.put(official)
    for one in PEOPLE:
        stores.accounts.add(one)
    return made


def test_edits_and_their_history(world: World) -> None:
    directory = Directory(world)
    directory.snapshot(CITY)
    version = seen(world)
    edit_official(world, COLLEAGUE, "education", {"phone": "15400000009"}, version)
    with refused(Reason.ROSTER_CHANGED) as caught:
        edit_official(world, EDITOR, "education", {"post": "主任"}, version)
    assert caught.value.detail["fields"] == ["phone"]
    made = create_official(world, EDITOR, CITY, somebody(is_published=True, projects=["码头"]))
    order_officials(world, EDITOR, CITY, [made.id, "education", "roads"])
    set_groups(world, EDITOR, CITY, [("市直部门", "部门"), ("市领导", "领导")], seen(world))
    policy = {"service_hours": {"from": "08:00", "to": "22:00"}, "deadlines": {"contact_days": 2}}
    edit_roster(world, EDITOR, CITY, {"policy": policy}, seen(world))
    unpublish_official(world, EDITOR, "roads")
    assert [official.name for official in directory.snapshot(CITY).officials] == ["吴敏", "周文清", "魏崇岭"]
    assert edition(world).roster.policy.deadlines.contact.amount == 2
    found = history(world, CITY, limit=3)
    assert [past.label for past in found.items if past.official_id in {"", "roads"}] == [
        "停止公布",
        "修改名册",
        "调整分组",
        "调整分组",
    ]
    assert history(world, CITY, "education", found.next).items[-1].fields[0].after == "15400000009"
    undo(world, EDITOR, "city:00000005")
    assert edition(world).roster.groups == ("市领导", "市直部门")
    assert history(world, CITY, after=6).items[0].undone_by.by == "王编辑"


def test_a_new_holder_and_the_figures_of_both(world: World) -> None:
    kept = submitted(world)
    submitted(world)
    world.clock.set(beijing("2026-03-04 10:00"))
    answer(world, "zhou", sign(world, "zhou", kept))
    world.clock.set(beijing("2026-03-17 10:00"))
    roll_up(world)
    given = {"name": "吴敏", "phone": "15400000077"}
    secret = replace_holder(world, EDITOR, "education", given, date(2026, 3, 10), seen(world)).secret
    assert person(world, "zhou").posts() == frozenset()
    assert standings(world, CITY)["education"].invited_until is not None
    bind(world, person(world, "neighbour"), secret)
    assert standings(world, CITY)["education"].is_bound
    roll_up(world)
    found = figures_by(world, CITY, date(2026, 3, 1), date(2026, 3, 31), By.HOLDER)
    old, new = found["education 周文清"], found["education 吴敏 2026-03-10"]
    assert (old.contacts_due, old.answers_due, old.answered) == (2, 1, 1)
    assert new == Tally(answers_due=1)
    assert PublishedFigures(world).of(CITY).of("education", "吴敏").tally == new


def test_out_and_in_again(world: World) -> None:
    for data in (export_xlsx(world, EDITOR, CITY), export_csv(world, EDITOR, CITY)):
        assert {row.status for row in dry_run(world, CITY, data, "a").rows} == {Status.UNCHANGED}
    changed = (
        export_csv(world, EDITOR, CITY).decode("utf-8-sig").replace("路灯维修", "路灯维修；窨井盖").encode("gb18030")
    )
    token, plan = stage(world, EDITOR, CITY, changed, "a.csv")
    assert plan.count(Status.CHANGED) == 1
    apply(world, EDITOR, token)
    assert stored(world, "roads").duties == ("路灯维修", "窨井盖")
    assert shown(world) == ["魏崇岭", "周文清", "解放"]
    with refused(Reason.ROSTER_CHANGED):
        apply(world, EDITOR, token)
