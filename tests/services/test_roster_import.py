"""Tables into the roster: a dry run that says everything, then all of it or nothing; and out again, unchanged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.errors import Reason
from app.domain.notification import Role
from app.domain.officer import OfficeRole
from app.domain.roster import Tenure
from app.services.rosters.keeping import edit_official
from app.services.rosters.past import Told, history, undo
from app.services.rosters.plan import ImportPlan, RowPlan, Status
from app.services.rosters.table import export_csv, export_xlsx
from app.services.rosters.table_import import KEPT_FOR, apply, dry_run, stage, stage_again, staged_plan
from app.services.world import World
from tests.domain.factories import beijing, refused
from tests.services.factories import person
from tests.services.keepers import CITY, COLLEAGUE, EDITOR, an_officer, audited, edition, seen, shown, stored
from tests.services.tables import a_workbook

HEADER = ["编号", "分组", "姓名", "职务", "单位", "分工", "公开电话", "是否公布"]
NEW = ["", "市直部门", "吴敏", "局长", "市水务局", "停水；水质", "15400000077", "是"]


def planned(world: World, *rows: list[Any], missing: bool = False) -> ImportPlan:
    """The dry run of a workbook with these rows, the header first."""
    return dry_run(world, CITY, a_workbook(*rows), "名册.xlsx", missing)


def carried_out(world: World, *rows: list[Any], missing: bool = False, note: str = "") -> ImportPlan:
    token, plan = stage(world, EDITOR, CITY, a_workbook(*rows), "名册.xlsx", missing)
    apply(world, EDITOR, token, note)
    return plan


def errors(row: RowPlan) -> dict[str, str]:
    return {error.column: error.what for error in row.errors}


def test_a_dry_run_says_what_is_new_changed_and_unchanged_and_writes_nothing(world: World) -> None:
    before = edition(world)
    plan = planned(
        world,
        ["编号", "姓名", "公开电话", "备注"],
        ["education", "周文清", "15400000009", "x"],
        ["roads", "解放", "15400000000", ""],
    )
    assert [(row.number, row.status, row.official_id, row.name) for row in plan.rows] == [
        (2, Status.CHANGED, "education", "周文清"),
        (3, Status.UNCHANGED, "roads", "解放"),
    ]
    assert plan.rows[0].fields == (Told("公开电话", "15400000000", "15400000009"),)
    assert plan.unknown_columns == ("备注",)
    assert (plan.problems, plan.missing, plan.is_applicable) == ((), (), True)
    assert (edition(world), audited(world)) == (before, [])


def test_an_import_is_one_change_with_who_and_why(world: World) -> None:
    carried_out(world, HEADER, ["education", *NEW[1:2], "周文清", "主任", "市教育局", "招生", "15400000000", ""], NEW)
    assert shown(world) == ["魏崇岭", "周文清", "解放", "吴敏"]
    assert (stored(world).post, stored(world).is_published) == ("主任", True)
    assert seen(world) == 2
    assert audited(world) == [("import_roster", CITY)]
    page = history(world, CITY)
    assert [(past.official_id, past.label, past.by, past.note) for past in page.items] == [
        ("education", "导入", "王编辑", "导入 名册.xlsx"),
        ("city.001", "导入", "王编辑", "导入 名册.xlsx"),
    ]
    undo(world, EDITOR, "city:00000002")
    assert shown(world) == ["魏崇岭", "周文清", "解放"]


def test_every_mistake_is_told_at_its_row_and_column_and_nothing_is_imported(world: World) -> None:
    before = edition(world)
    rows = [
        [
            "编号",
            "序号",
            "分组",
            "姓名",
            "职务",
            "单位",
            "分工",
            "公开电话",
            "邮箱",
            "上级编号",
            "到任日期",
            "是否公布",
        ],
        ["education", "x", "没有的组", "", "局长", "市教育局", "；", "总机", "a@", "nobody", "去年", "也许"],
        ["", "1", "市直部门", "吴敏", "", "", "停水", 5580000101, "", "", "2026-03-03", ""],
        ["中文", "0", "市直部门", "郑平", "局长", "某局", "停水", "=1+1", "", "", "", ""],
        ["roads", "", "市直部门", "解放", "局长", "市城管局", "路灯", "15400000000", "", "", "", ""],
    ]
    plan = planned(world, *rows)
    assert [row.status for row in plan.rows] == [Status.WRONG, Status.WRONG, Status.WRONG, Status.CHANGED]
    first, second, third, _ = (errors(row) for row in plan.rows)
    assert first == {
        "序号": "请填 1 以上的整数",
        "分组": "没有“没有的组”这个分组",
        "姓名": "必须填写",
        "分工": "至少写一项分工",
        "公开电话": "不是电话号码",
        "邮箱": "不是邮箱地址",
        "上级编号": "上级 nobody 不在本名册里",
        "到任日期": "请写成 2026-03-02 这样的日期",
        "是否公布": "请填“是”或“否”",
    }
    assert second == {
        "职务": "必须填写",
        "单位": "必须填写",
        "公开电话": "这个号码是按数字填的，开头的 0 可能丢了；请把单元格设为文本后重新填写",
        "到任日期": "到任日期不能晚于今天",
    }
    assert third == {
        "编号": "只能用英文字母、数字、下划线和连字符",
        "序号": "请填 1 以上的整数",
        "公开电话": "不能用公式，请改成文字",
    }
    assert (plan.count(Status.WRONG), plan.is_applicable) == (3, False)
    assert stage(world, EDITOR, CITY, a_workbook(*rows), "名册.xlsx")[0] == ""
    assert edition(world) == before


def test_only_the_columns_that_are_there_change_and_an_empty_cell_empties(world: World) -> None:
    edit_official(world, EDITOR, "education", {"email": "a@example.cn", "duty_phone": "0558-0000001"}, seen(world))
    carried_out(world, ["编号", "邮箱", "上级编号", "到任日期", "是否公布"], ["education", "", "", "", ""])
    official = stored(world)
    assert (official.email, official.duty_phone, official.superior_id) == ("", "0558-0000001", "")
    assert (official.is_published, official.tenures) == (True, (Tenure("周文清"),)), "empty here means as it is"


def test_headers_in_any_order_with_a_title_above_and_marks(world: World) -> None:
    rows = [
        ["亳州市名册"],
        [],
        ["公开 电话", "备注", "姓名*", "编号", "职务（必填）", ""],
        ["15400000009", "", "周文清", "education", "主任", "!"],
    ]
    plan = planned(world, *rows)
    assert [told.label for told in plan.rows[0].fields] == ["职务", "公开电话"]
    assert plan.rows[0].number == 4
    assert plan.unknown_columns == ("备注", "第 6 列（没有表头）")


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([["甲", "乙"], ["1", "2"]], "没有找到表头，请用模板填写（第一行是“编号、分组、姓名……”）"),
        ([["编号", "姓名", "姓名"], ["1", "2", "3"]], "有重复的列：姓名"),
        ([["编号", "姓名"]], "表里没有可以导入的行"),
        ([], "没有找到表头，请用模板填写（第一行是“编号、分组、姓名……”）"),
    ],
)
def test_a_table_that_cannot_be_understood_is_one_problem(world: World, rows: list[Any], problem: str) -> None:
    plan = planned(world, *rows, missing=True)
    assert (plan.problems, plan.rows, plan.missing, plan.is_applicable) == ((problem,), (), (), False)
    unreadable = dry_run(world, CITY, b"", "a.csv")
    assert (unreadable.problems, unreadable.is_applicable) == (("文件是空的",), False)


def test_who_is_not_in_the_table_is_unpublished_only_when_asked(world: World) -> None:
    rows = [["编号", "姓名"], ["mayor", "魏崇岭"], ["roads", "解放"]]
    assert planned(world, *rows).missing == ()
    plan = planned(world, *rows, missing=True)
    assert plan.missing == ("市教育局 局长 周文清",)
    assert plan.is_applicable, "although no row changes anything"
    carried_out(world, *rows, missing=True)
    assert shown(world) == ["魏崇岭", "解放"]
    assert stored(world).is_published is False
    assert planned(world, *rows, missing=True).missing == (), "and not again"


def test_new_ones_are_not_published_unless_it_says_so(world: World) -> None:
    plan = carried_out(world, HEADER, [*NEW[:-1], ""], ["sw-9", *NEW[1:2], "郑平", *NEW[3:]])
    assert [(row.official_id, row.note) for row in plan.rows] == [("city.sw-10", "新增后暂不公布"), ("city.sw-9", "")]
    assert shown(world)[-1] == "郑平"
    assert stored(world, "city.sw-10").is_published is False


def test_the_same_twice_is_refused(world: World) -> None:
    plan = planned(
        world,
        ["序号", *HEADER],
        ["1", "education", *NEW[1:]],
        ["1", "education", *NEW[1:]],
        ["", "", "市直部门", "解放", "局长", "市城管局", "路灯", "15400000077", ""],
        ["", *NEW],
        ["", *NEW],
    )
    assert [sorted(errors(row)) for row in plan.rows] == [
        ["姓名", "序号", "编号"],
        ["姓名", "序号", "编号"],
        ["姓名"],
        [],
        ["姓名"],
    ]
    assert errors(plan.rows[2])["姓名"] == "与名册里编号 roads 的相同；如是同一位，请填写编号 roads"
    assert errors(plan.rows[4])["姓名"] == "与第 5 行相同"


def test_superiors_may_come_with_the_same_table_and_never_in_a_circle(world: World) -> None:
    header = [*HEADER, "上级编号"]
    carried_out(
        world,
        header,
        ["a1", *NEW[1:], "a2"],
        ["a2", "市领导", "何为", "副市长", "市政府", "水利", "15400000078", "", "mayor"],
    )
    assert (stored(world, "city.a1").superior_id, stored(world, "city.a2").superior_id) == ("city.a2", "mayor")
    plan = planned(world, ["编号", "姓名", "上级编号"], ["mayor", "魏崇岭", "a1"])
    assert errors(plan.rows[0]) == {"上级编号": "上级绕了一圈又回到自己"}
    assert len(plan.problems) == 2, "the two others of the circle are in no row"
    assert not plan.is_applicable


def test_the_order_comes_from_its_column(world: World) -> None:
    rows = [["编号", "序号", "分组", "姓名", "职务", "单位", "分工", "公开电话", "是否公布"]]
    added = [[f"n{number}", "", *NEW[1:2], f"新{number}", *NEW[3:]] for number in range(3)]
    carried_out(world, *rows, *added)
    assert edition(world).order == ("mayor", "education", "roads", "city.n0", "city.n1", "city.n2")
    plan = carried_out(world, [*rows[0][:2], "姓名"], ["n2", "2", "新2"], ["roads", "6", "解放"], ["n0", "4", "新0"])
    assert edition(world).order == ("mayor", "city.n2", "education", "city.n0", "city.n1", "roads")
    assert [row.fields for row in plan.rows] == [
        (Told("序号", "6", "2"),),
        (Told("序号", "3", "6"),),
        (),
    ]
    carried_out(world, [*rows[0][:3], "姓名"], ["n1", "", "市领导", "新1"])
    assert edition(world).order == ("mayor", "city.n1", "city.n2", "education", "city.n0", "roads")


def test_another_name_needs_the_day_on_which_the_new_holder_began(world: World) -> None:
    world.clock.set(beijing("2026-03-10 09:00"))
    header = ["编号", "姓名", "公开电话", "到任日期"]
    for since in ("", None):
        plan = planned(world, header, ["education", "吴敏", "15400000077", since])
        assert list(errors(plan.rows[0])) == ["姓名"]
    plan = carried_out(world, header, ["education", "吴敏", "15400000077", date(2026, 3, 9)])
    assert "微信绑定" in plan.rows[0].note
    assert stored(world).tenures == (Tenure("周文清", None, date(2026, 3, 8)), Tenure("吴敏", date(2026, 3, 9)))
    assert person(world, "zhou").posts() == frozenset()
    assert person(world, "aide").posts(Role.STAFF) == {"education"}
    plan = planned(world, header, ["education", "郑平", "15400000078", "2026-03-09"])
    assert list(errors(plan.rows[0])) == ["姓名"], "the same day is the present holder's"
    plan = planned(world, header, ["education", "郑平", "15400000078", "2026-03-01"])
    assert errors(plan.rows[0]) == {"到任日期": "要晚于前一任的到任日期"}
    carried_out(world, header, ["education", "吴敏", "15400000077", "2026年3月2日"])
    assert stored(world).tenures[-1] == Tenure("吴敏", date(2026, 3, 2)), "the same name: the day is put right"


def test_an_import_is_refused_when_the_roster_has_changed_since(world: World) -> None:
    token, _ = stage(world, EDITOR, CITY, a_workbook(HEADER, NEW), "名册.xlsx")
    edit_official(world, COLLEAGUE, "mayor", {"post": "代市长"}, seen(world))
    before = edition(world)
    with refused(Reason.ROSTER_CHANGED):
        apply(world, EDITOR, token)
    assert edition(world) == before
    assert staged_plan(world, EDITOR, token).revision == before.roster.revision
    again, _ = stage(world, EDITOR, CITY, a_workbook(HEADER, NEW), "名册.xlsx")
    apply(world, EDITOR, again)
    with refused(Reason.ROSTER_CHANGED):
        apply(world, EDITOR, again)
    assert len(edition(world).officials) == 4, "a confirmation sent twice imports once"


def test_a_staged_table_is_tried_again_without_uploading_it_twice(world: World) -> None:
    token, _ = stage(world, EDITOR, CITY, a_workbook(HEADER, NEW), "名册.xlsx", unpublish_missing=True)
    edit_official(world, COLLEAGUE, "mayor", {"post": "代市长"}, seen(world))
    again, plan = stage_again(world, EDITOR, token)
    assert plan.revision == edition(world).roster.revision
    assert len(plan.missing) == 3
    apply(world, EDITOR, again)
    assert len(edition(world).officials) == 4
    with refused(Reason.NO_SUCH_IMPORT):
        stage_again(world, COLLEAGUE, token)


def test_a_staged_table_is_its_uploaders_for_a_day(world: World) -> None:
    token, _ = stage(world, EDITOR, CITY, a_workbook(HEADER, NEW), "名册.xlsx")
    for officer, secret in ((COLLEAGUE, token), (EDITOR, "token-99"), (EDITOR, "")):
        with refused(Reason.NO_SUCH_IMPORT):
            apply(world, officer, secret)
    assert token not in str(world.stores.roster_imports.kept)
    world.clock.advance(KEPT_FOR - timedelta(seconds=1))
    assert staged_plan(world, EDITOR, token).is_applicable
    world.clock.advance(seconds=1)
    with refused(Reason.NO_SUCH_IMPORT):
        apply(world, EDITOR, token)
    world.clock.advance(seconds=1)
    stage(world, EDITOR, CITY, a_workbook(HEADER, NEW), "名册.xlsx")
    assert len(world.stores.roster_imports.kept) == 1, "the old one is forgotten"


def test_only_editors_and_admins(world: World) -> None:
    for role in set(OfficeRole) - {OfficeRole.EDITOR, OfficeRole.ADMIN}:
        officer = an_officer(role)
        for act in (
            lambda officer=officer: stage(world, officer, CITY, b"", ""),
            lambda officer=officer: apply(world, officer, "token"),
            lambda officer=officer: staged_plan(world, officer, "token"),
            lambda officer=officer: export_xlsx(world, officer, CITY),
            lambda officer=officer: export_csv(world, officer, CITY),
        ):
            with refused(Reason.NOT_YOUR_ROLE):
                act()
