"""Who changed what, when and why, field by field; and taking it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.errors import Reason
from app.domain.officer import OfficeRole
from app.domain.roster_history import Act
from app.domain.roster_undo import OFFICIAL_FIELDS, ROSTER_FIELDS
from app.services.rosters.directory import Directory
from app.services.rosters.editing import edit_roster, set_groups
from app.services.rosters.holders import replace_holder
from app.services.rosters.importing import import_roster
from app.services.rosters.keeping import (
    create_official,
    edit_official,
    order_officials,
    unpublish_official,
)
from app.services.rosters.past import Past, Told, history, undo
from app.services.rosters.words import ACTS, LABELS, NOTHING, ROSTER_LABELS
from app.services.world import World
from tests.domain.factories import beijing, refused
from tests.fakes import MemoryStores
from tests.services.factories import a_world
from tests.services.keepers import CITY, COLLEAGUE, EDITOR, an_officer, audited, edition, seen, shown, somebody, stored
from tests.services.test_importing import a_file


def newest(world: World, official_id: str = "") -> Past:
    return history(world, CITY, official_id).items[0]


def test_a_change_is_told_field_by_field_with_who_when_and_why(world: World) -> None:
    world.clock.set(beijing("2026-03-03 09:30"))
    given = {"phone": "15400000009", "duties": ["招生", "校车"], "superior": None, "email": "a@example.cn"}
    edit_official(world, EDITOR, "education", given, seen(world), note=" 来函更正 ")
    past = newest(world)
    assert (past.by, past.at, past.note) == ("王编辑", beijing("2026-03-03 09:30"), "来函更正")
    assert (past.act, past.label, past.official_id) == (Act.EDIT_OFFICIAL, "修改", "education")
    assert past.title == "市教育局 局长 周文清"
    assert past.fields == (
        Told("分工", "学校招生", "招生；校车"),
        Told("公开电话", "15400000000", "15400000009"),
        Told("邮箱", NOTHING, "a@example.cn"),
        Told("上级", "市政府 市长 魏崇岭", NOTHING),
    )


def test_the_rosters_own_fields_are_told_in_words(world: World) -> None:
    policy: dict[str, Any] = {
        "audience": "enterprise",
        "answered_by": "operators",
        "service_hours": {"from": "08:00", "to": "22:00"},
        "courtesy_hours": {"from": "22:00", "to": "06:00", "hint": "夜深了"},
        "campaign": {"topic": "防汛", "starts_on": "2026-06-01", "ends_on": "2026-08-31"},
        "operators": [{"number": "801", "name": "李某"}],
        "source_codes": [{"code": "DS-1", "place": "汽车站"}],
        "deadlines": {"contact_days": 2, "answer_urgent_hours": 12, "max_transfers": 0},
        "reports": ["daily", "monthly"],
    }
    form = {"policy": policy, "publication": {"date": "2026-03-01", "basis": "公告"}}
    edit_roster(world, EDITOR, CITY, form, seen(world))
    past = newest(world)
    assert (past.official_id, past.title, past.id) == ("", "市领导公开电话", "city:00000002/roster")
    assert {told.label: told.after for told in past.fields} == {
        "公布依据": "公告",
        "公布日期": "2026-03-01",
        "面向对象": "企业",
        "接听方式": "接线员接听",
        "服务时间": "08:00-22:00，仅工作日",
        "礼貌提示时段": "22:00-06:00，提示：夜深了",
        "专题与起止日期": "防汛（2026-06-01至2026-08-31）",
        "接线员": "801 李某",
        "来源码": "DS-1 汽车站",
        "报告": "日报；月通报",
        "联系期限": "2 天",
        "答复期限（紧急）": "12 小时",
        "最多转办次数": "0",
    }
    assert past.fields[0].before == NOTHING


def test_every_field_and_act_has_its_word() -> None:
    assert set(OFFICIAL_FIELDS) <= LABELS.keys()
    assert set(ROSTER_FIELDS) == ROSTER_LABELS.keys()
    assert set(Act) == ACTS.keys()


def test_an_import_is_one_change_with_a_part_for_each_official() -> None:
    world = a_world(stores=MemoryStores())
    import_roster(world, a_file())
    content = a_file()
    first, second = content["groups"][0]["officials"][:2]
    first["phone"], second["post"] = "15400000001", "新职务"
    content["groups"][-1]["officials"].pop()
    import_roster(world, content)
    page = history(world, "fengxian-8")
    parts = [past for past in page.items if past.change_id == "fengxian-8:00000002"]
    assert [past.fields[0].label for past in parts] == ["公开电话", "职务", "是否公布"]
    assert {(past.label, past.by) for past in parts} == {("导入", "安装程序")}
    assert len(page.items) == 3 + 1 + 8, "and the first import brought the roster with eight"
    assert [past.change_id for past in history(world, "fengxian-8", parts[0].official_id).items] == [
        "fengxian-8:00000002",
        "fengxian-8:00000001",
    ]


def test_only_who_was_really_moved_has_it_in_the_history(world: World) -> None:
    for name in ("甲", "乙"):
        create_official(world, EDITOR, CITY, somebody(name=name))
    order_officials(world, EDITOR, CITY, ["city.002", "education", "roads", "city.001"])
    page = history(world, CITY)
    assert [(past.official_id, past.fields) for past in page.items if past.act is Act.ORDER_OFFICIALS] == [
        ("city.002", (Told("序号", "5", "2"),))
    ]
    edit_official(world, EDITOR, "city.002", {"group": "市领导"}, seen(world))
    assert newest(world).fields == (Told("分组", "市直部门", "市领导"),), "the place is the same"


def test_pages_go_on_where_the_last_one_ended(world: World) -> None:
    for number in range(5):
        edit_official(world, EDITOR, "roads", {"post": f"局长{number}"}, seen(world))
        edit_official(world, EDITOR, "mayor", {"post": f"市长{number}"}, seen(world))
    found, after = [], None
    while True:
        page = history(world, CITY, "roads", after, limit=2)
        found += [past.fields[0].after for past in page.items]
        if page.next is None:
            break
        after = page.next
    assert found == [f"局长{number}" for number in (4, 3, 2, 1, 0)]
    assert len(history(world, CITY).items) == 10
    with refused(Reason.NO_SUCH_ROSTER):
        history(world, "nowhere")


def test_a_page_costs_a_handful_of_reads(world: Any) -> None:
    for number in range(8):
        edit_official(world, EDITOR, "roads", {"post": f"局长{number}"}, seen(world))
    reads: list[str] = []
    stores = world.stores

    def counted(shelf: Any, *names: str) -> None:
        for name in names:
            kept = getattr(shelf, name)
            setattr(shelf, name, lambda *given, kept=kept, name=name: (reads.append(name), kept(*given))[1])

    counted(stores.rosters, "get", "all")
    counted(stores.officials, "get", "of_roster")
    counted(stores.roster_changes, "get", "newest", "undoing")
    history(world, CITY)
    assert len(reads) <= 6, reads


def test_taking_back_restores_what_was_and_stands_in_the_history(world: World) -> None:
    directory = Directory(world)
    before = edition(world)
    given = {"post": "党组书记", "phone": "15400000009"}
    edit_official(world, COLLEAGUE, "education", given, seen(world))
    unpublish_official(world, COLLEAGUE, "education")
    world.clock.advance(minutes=5)
    undo(world, EDITOR, newest(world).id, "撤错了")
    assert directory.official("education")[1].post == "党组书记"
    undo(world, EDITOR, history(world, CITY).items[-1].id)
    official = stored(world)
    assert (official.post, official.phone, official.is_published) == ("局长", "15400000000", True)
    assert edition(world).order == before.order
    page = history(world, CITY, "education")
    assert [(past.label, past.undone_by.by if past.undone_by else "") for past in page.items] == [
        ("撤销", ""),
        ("撤销", ""),
        ("停止公布", "王编辑"),
        ("修改", "王编辑"),
    ]
    assert page.items[1].note == "撤错了"
    assert page.items[3].undone_by.at == world.clock.now()
    assert audited(world)[-1] == ("undo_roster_change", "education")


def test_what_was_taken_back_can_be_brought_back(world: World) -> None:
    edit_official(world, EDITOR, "education", {"post": "党组书记"}, seen(world))
    first = newest(world).id
    undo(world, EDITOR, first)
    undo(world, EDITOR, newest(world).id)
    assert stored(world).post == "党组书记"
    assert [past.undone_by is not None for past in history(world, CITY).items] == [False, True, False]
    undo(world, EDITOR, first)
    assert stored(world).post == "局长"


def test_what_somebody_changed_since_is_not_overwritten(world: World) -> None:
    edit_official(world, EDITOR, "education", {"post": "党组书记", "phone": "15400000009"}, seen(world))
    past = newest(world)
    edit_official(world, COLLEAGUE, "education", {"phone": "15400000010"}, seen(world))
    before = edition(world)
    with refused(Reason.ROSTER_CHANGED) as caught:
        undo(world, EDITOR, past.id)
    assert caught.value.detail == {"fields": ["phone"], "labels": ["公开电话"]}
    assert edition(world) == before


def test_of_a_change_of_many_one_part_or_all_is_taken_back(world: World) -> None:
    set_groups(world, EDITOR, CITY, [("市直部门", "部门"), ("市领导", "领导")], seen(world))
    with refused(Reason.BAD_REQUEST) as caught:
        undo(world, EDITOR, "city:00000002/education")
    assert caught.value.detail["fields"] == {"group": ["没有“市直部门”这个分组"]}, "half of it cannot stand"
    undo(world, EDITOR, "city:00000002")
    assert edition(world).roster.groups == ("市领导", "市直部门")
    assert shown(world) == ["魏崇岭", "周文清", "解放"]
    assert all(past.undone_by for past in history(world, CITY).items if past.change_id == "city:00000002")


def test_an_order_is_taken_back(world: World) -> None:
    order_officials(world, EDITOR, CITY, ["roads", "education"])
    past = newest(world)
    undo(world, EDITOR, past.change_id)
    assert shown(world) == ["魏崇岭", "周文清", "解放"]


def test_who_was_added_by_mistake_is_unpublished(world: World) -> None:
    made = create_official(world, EDITOR, CITY, somebody(is_published=True))
    undo(world, EDITOR, newest(world).id)
    assert stored(world, made.id).is_published is False
    hidden = create_official(world, EDITOR, CITY, somebody(name="郑平"))
    with refused(Reason.NOTHING_TO_CHANGE):
        undo(world, EDITOR, newest(world, hidden.id).id)


def test_the_history_of_a_replacement_names_both_holders(world: World) -> None:
    form = {"name": "吴敏", "phone": "15400000077"}
    replace_holder(world, EDITOR, "education", form, date(2026, 3, 2), seen(world), "市人大任命")
    told = {told.label: (told.before, told.after) for told in newest(world).fields}
    assert told["任期"] == (
        "周文清（起始日期未记录至今）",
        "周文清（起始日期未记录至2026-03-01）；吴敏（2026-03-02至今）",
    )


@pytest.mark.parametrize("past_id", ["", "city", "city:00000009", "city:00000002/nobody", "other:00000002/roster"])
def test_what_is_not_in_the_history(world: World, past_id: str) -> None:
    edit_official(world, EDITOR, "education", {"post": "党组书记"}, seen(world))
    with refused(Reason.NO_SUCH_CHANGE):
        undo(world, EDITOR, past_id)


def test_only_editors_and_admins_take_back(world: World) -> None:
    edit_official(world, EDITOR, "education", {"post": "党组书记"}, seen(world))
    for role in set(OfficeRole) - {OfficeRole.EDITOR, OfficeRole.ADMIN}:
        with refused(Reason.NOT_YOUR_ROLE):
            undo(world, an_officer(role), newest(world).id)
    world.clock.advance(timedelta(days=400))
    undo(world, an_officer(OfficeRole.ADMIN), newest(world).id)
