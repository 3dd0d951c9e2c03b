"""The roster itself at the console: its words, its policy, its groups, whether it is published."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Reason
from app.domain.officer import OfficeRole
from app.domain.roster import Audience, Campaign, CourtesyHours, Deadlines, Operator, Roster, ServiceHours, SourceCode
from app.domain.workday import Span, Unit
from app.services.rosters.content import roster_content
from app.services.rosters.content_reader import Reader
from app.services.rosters.directory import Directory
from app.services.rosters.editing import create_roster, edit_roster, publish_roster, set_groups, unpublish_roster
from app.services.rosters.file import parse_roster, read_roster
from app.services.rosters.keeping import edit_official
from app.services.rosters.policy_file import DEADLINES
from app.services.world import World
from tests.domain.factories import PATIENT, refused
from tests.services.factories import a_world
from tests.services.keepers import CITY, COLLEAGUE, EDITOR, an_officer, audited, edition, seen

ROSTERS = sorted((Path(__file__).parents[2] / "dev" / "rosters").glob("*.json"))


def roster(world: World) -> Roster:
    return edition(world).roster


def edit(world: World, **given: Any) -> Roster:
    return edit_roster(world, EDITOR, CITY, given, seen(world))


def wrong(world: World, **given: Any) -> dict[str, list[str]]:
    before = edition(world)
    with refused(Reason.BAD_REQUEST) as caught:
        edit(world, **given)
    assert edition(world) == before
    found: dict[str, list[str]] = caught.value.detail["fields"]
    return found


def test_words_and_publication_change_alone(world: World) -> None:
    edit(world, name="公开电话", publication={"date": "2026-03-01"})
    edit(world, promise="两天内联系您", publication={"basis": "公告"})
    found = roster(world)
    assert (found.name, found.promise, found.basis) == ("公开电话", "两天内联系您", "公告")
    assert found.published_on == date(2026, 3, 1)
    assert found.groups == ("市领导", "市直部门")


def test_a_policy_changes_part_by_part(world: World) -> None:
    directory = Directory(world)
    directory.snapshot(CITY)
    edit(
        world,
        policy={"audience": "enterprise", "service_hours": {"from": "08:00", "to": "22:00", "workdays_only": False}},
    )
    edit(world, policy={"courtesy_hours": {"from": "22:00", "to": "06:00", "hint": "夜深了"}})
    edit(world, policy={"campaign": {"topic": "防汛", "starts_on": "2026-06-01", "ends_on": "2026-08-31"}})
    edit(world, policy={"operators": [{"number": "801", "name": "李某"}], "reports": ["weekly", "weekly"]})
    edit(world, policy={"source_codes": [{"code": "DS-1", "place": "汽车站"}]})
    edit(world, policy={"deadlines": {"contact_days": "2"}})
    edit(world, policy={"deadlines": {"answer_workdays": 7, "max_transfers": 0}})
    policy = roster(world).policy
    assert policy.audience is Audience.ENTERPRISE
    assert policy.service_hours == ServiceHours(time(8), time(22), False)
    assert policy.courtesy_hours == CourtesyHours(time(22), time(6), "夜深了")
    assert policy.campaign == Campaign("防汛", date(2026, 6, 1), date(2026, 8, 31))
    assert (policy.operators, policy.reports) == ((Operator("801", "李某"),), ("weekly",))
    assert policy.source_codes == (SourceCode("DS-1", "汽车站"),)
    assert policy.deadlines == Deadlines(contact=Span(2, Unit.DAYS), answer=Span(7, Unit.WORKDAYS), max_transfers=0)
    assert directory.snapshot(CITY).roster.policy == policy, "seen with the next request"
    edit(world, policy={"service_hours": None, "campaign": None, "courtesy_hours": None})
    assert (
        roster(world).policy.service_hours
        is roster(world).policy.campaign
        is roster(world).policy.courtesy_hours
        is None
    )


def test_every_mistake_stands_beside_its_field(world: World) -> None:
    assert wrong(
        world,
        name="",
        city="市" * 41,
        promise="一\n二",
        publication={"basis": "", "date": "三月"},
        policy={
            "audience": "friends",
            "answered_by": "nobody",
            "service_hours": {"from": "08:00", "to": "08:00"},
            "courtesy_hours": {"from": "25:00", "to": "06:00:30", "hint": ""},
            "campaign": {"topic": "防汛", "starts_on": "2026-08-31", "ends_on": "2026-06-01"},
            "operators": [{"number": "801", "name": "李某"}, {"number": "801", "name": ""}],
            "source_codes": [{"code": "汽车站", "place": "汽车站"}],
            "deadlines": {"contact_days": 0, "max_transfers": 9, "answer_workdays": "十"},
            "reports": ["hourly"],
        },
    ) == {
        "name": ["必须填写"],
        "city": ["最多 40 个字"],
        "promise": ["不能有换行或看不见的控制字符"],
        "publication.basis": ["必须填写"],
        "publication.date": ["看不懂：'三月'"],
        "policy.audience": ["看不懂：'friends'"],
        "policy.answered_by": ["看不懂：'nobody'"],
        "policy.service_hours.to": ["起止时间不能相同"],
        "policy.courtesy_hours.from": ["看不懂：'25:00'", "请写成 08:00 这样的时间"],
        "policy.courtesy_hours.to": ["请写成 08:00 这样的时间"],
        "policy.courtesy_hours.hint": ["必须填写"],
        "policy.campaign.ends_on": ["请写明起止日期，结束不早于开始"],
        "policy.operators[2].name": ["必须填写"],
        "policy.operators": ["801：工号须唯一，最多 12 个英文字母或数字"],
        "policy.source_codes": ["汽车站：来源码须唯一，最多 12 个英文字母、数字、减号或下划线"],
        "policy.deadlines.contact_days": ["要在 1 到 30 之间"],
        "policy.deadlines.max_transfers": ["要在 0 到 5 之间"],
        "policy.deadlines.answer_workdays": ["看不懂：'十'"],
        "policy.reports": ["只能是 daily、weekly、monthly"],
    }


def test_groups_are_renamed_with_everybody_in_them(world: World) -> None:
    directory = Directory(world)
    directory.snapshot(CITY)
    set_groups(world, EDITOR, CITY, [("市直部门", "部门"), ("市领导", "领导"), ("", "企业")], seen(world))
    shown = {group: [one.name for one in officials] for group, officials in directory.snapshot(CITY).groups()}
    assert shown == {"部门": ["周文清", "解放"], "领导": ["魏崇岭"], "企业": []}
    assert [one.position for one in edition(world).officials] == [1, 2, 3]
    set_groups(world, EDITOR, CITY, [("领导", "领导"), ("部门", "部门")], seen(world))
    assert roster(world).groups == ("领导", "部门")


def test_a_group_goes_only_when_it_is_empty(world: World) -> None:
    with refused(Reason.BAD_REQUEST) as caught:
        set_groups(world, EDITOR, CITY, [("市领导", "市领导")], seen(world))
    assert caught.value.detail["fields"] == {"groups": ["要删除的分组里还有人：周文清、解放，请先把他们移到别的分组"]}
    for groups, field in (
        ([("市领导", "市领导"), ("市直部门", " ")], "groups[2].name"),
        ([("市领导", "部门"), ("市直部门", "部门")], "groups"),
    ):
        with refused(Reason.BAD_REQUEST) as caught:
            set_groups(world, EDITOR, CITY, groups, seen(world))
        assert list(caught.value.detail["fields"]) == [field]


def test_two_editors_of_the_roster(world: World) -> None:
    version = seen(world)
    edit_roster(world, COLLEAGUE, CITY, {"policy": {"deadlines": {"contact_days": 2}}}, version)
    with refused(Reason.ROSTER_CHANGED) as caught:
        edit_roster(world, EDITOR, CITY, {"name": "新名"}, version)
    assert (caught.value.detail["by"], caught.value.detail["labels"]) == ("赵编辑", ["联系期限"])
    with refused(Reason.ROSTER_CHANGED):
        set_groups(world, EDITOR, CITY, [("市领导", "领导"), ("市直部门", "部门")], version)
    edit_official(world, COLLEAGUE, "roads", {"post": "主任"}, seen(world))
    edit_roster(world, EDITOR, CITY, {"name": "新名"}, version + 1)
    assert roster(world).name == "新名", "an official who changed meanwhile is none of the roster's own fields"


def test_an_unpublished_roster_is_gone_with_the_next_request(world: World) -> None:
    directory = Directory(world)
    directory.snapshot(CITY)
    unpublish_roster(world, EDITOR, CITY)
    with refused(Reason.NO_SUCH_ROSTER):
        directory.snapshot(CITY)
    assert edit(world, name="改名").is_published is False, "an edit does not publish it"
    publish_roster(world, EDITOR, CITY)
    assert directory.snapshot(CITY).roster.name == "改名"
    assert [act for act, _ in audited(world)] == ["unpublish_roster", "edit_roster", "publish_roster"]


def test_a_new_roster_begins_unpublished_and_its_slug_is_taken(world: World) -> None:
    form = {
        "slug": "flood-2026",
        "name": "防汛专线",
        "city": "亳州市",
        "promise": "随时接听",
        "publication": {"basis": "防指通知"},
        "groups": [{"name": "指挥部"}],
    }
    made = create_roster(world, EDITOR, form)
    assert (made.slug, made.is_published, made.groups, made.policy.deadlines) == (
        "flood-2026",
        False,
        ("指挥部",),
        Deadlines(),
    )
    assert "flood-2026" not in world.stores.rosters.revisions()
    for slug in ("flood-2026", CITY, "大写", "Flood", "", "2026"):
        with refused(Reason.BAD_REQUEST) as caught:
            create_roster(world, EDITOR, form | {"slug": slug})
        assert list(caught.value.detail["fields"]) == ["slug"]
    with refused(Reason.BAD_REQUEST) as caught:
        create_roster(world, EDITOR, form | {"slug": "empty", "groups": []})
    assert caught.value.detail["fields"] == {"groups": ["至少要有一个分组"]}


DEEDS: dict[str, Callable[[World, Any], Any]] = {
    "edit": lambda w, o: edit_roster(w, o, CITY, {"name": "新名"}, 1),
    "groups": lambda w, o: set_groups(w, o, CITY, [("市领导", "领导"), ("市直部门", "部门")], 1),
    "publish": lambda w, o: publish_roster(w, o, CITY),
    "unpublish": lambda w, o: unpublish_roster(w, o, CITY),
    "create": lambda w, o: create_roster(w, o, {}),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_only_editors_and_admins(world: World, deed: str) -> None:
    for role in set(OfficeRole) - {OfficeRole.EDITOR, OfficeRole.ADMIN}:
        with refused(Reason.NOT_YOUR_ROLE):
            DEEDS[deed](world, an_officer(role))


@pytest.mark.parametrize("file", ROSTERS, ids=lambda file: file.stem)
def test_a_roster_written_as_content_reads_as_itself(file: Path) -> None:
    found, _ = parse_roster(json.loads(file.read_text(encoding="utf-8")))
    reader = Reader(roster_content(found))
    assert read_roster(reader) == found
    assert reader.problems == []


@PATIENT
@given(st.fixed_dictionaries({name: st.integers(known.least, known.most) for name, known in DEADLINES.items()}))
def test_every_deadline_can_be_set_and_read_again(amounts: dict[str, int]) -> None:
    world = a_world()
    edit(world, policy={"deadlines": amounts})
    assert roster_content(roster(world))["policy"]["deadlines"] == amounts


def test_no_deadline_is_left_out() -> None:
    assert {known.field for known in DEADLINES.values()} == {field.name for field in fields(Deadlines)}
