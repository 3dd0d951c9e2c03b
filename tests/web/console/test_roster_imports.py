"""Importing a table at the console: tried, looked at, carried out; nothing half imported; tables to take along."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from app.domain.officer import OfficeRole
from app.services.rosters import keeping
from app.services.rosters.log import edition_of
from tests.services.keepers import audited, somebody, stored
from tests.web.console.conftest import Desk, Office

CITY = "/console/rosters/city"
HEADER = "编号,分组,姓名,职务,单位,分工,公开电话"
NEWCOMER = "w-1,市直部门,吴敏,局长,市水务局,停水；水质,15400000077"
CHANGED = "education,市直部门,周文清,局长,市教育局,学校招生；校车,15400000000"
SAME = "roads,市直部门,解放,局长,市城管局,路灯维修,15400000000"


def upload(desk: Desk, *rows: str, name: str = "名册.csv", **more: str) -> Any:
    data = "\n".join((HEADER, *rows)).encode()
    return desk.post(f"{CITY}/import", {"file": (io.BytesIO(data), name), **more}, content_type="multipart/form-data")


def tried(desk: Desk, *rows: str, **more: str) -> str:
    """The address of a dry run that may be carried out."""
    answer = upload(desk, *rows, **more)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def names(desk: Desk) -> list[str]:
    return [one.name for one in edition_of(desk.city.world, "city").officials]


def test_a_dry_run_tells_what_would_happen_and_changes_nothing(editor: Desk) -> None:
    page = editor.see(tried(editor, NEWCOMER, CHANGED, SAME))
    for words in ("<b>1</b> 新增", "<b>1</b> 修改", "<b>1</b> 不变", "学校招生；校车", "吴敏", "新增后暂不公布"):
        assert words in page
    assert "不变的 1 行" in page
    assert names(editor) == ["魏崇岭", "周文清", "解放"]


def test_it_is_carried_out_whole_and_stands_in_the_history(editor: Desk) -> None:
    assert "已全部导入" in editor.do(tried(editor, NEWCOMER, CHANGED), note="三月调整")
    assert names(editor) == ["魏崇岭", "周文清", "解放", "吴敏"]
    assert stored(editor.city.world).duties == ("学校招生", "校车")
    page = editor.see(f"{CITY}/history")
    for words in ("三月调整", "共 2 处", "全部撤销", "只撤销这一处"):
        assert words in page
    assert ("import_roster", "city") in audited(editor.city.world)


def test_what_is_wrong_stands_beside_its_row_and_column_and_nothing_is_imported(editor: Desk) -> None:
    bad = "x-1,没有这组,<b>坏</b>,局长,某局,某事,打不通"
    answer = upload(editor, NEWCOMER, bad)
    assert answer.status_code == 422
    row = answer.text.split('<td class="number">3</td>', 1)[1].split("</tr>", 1)[0]
    for words in ("<strong>分组</strong>", "没有“没有这组”这个分组", "<strong>公开电话</strong>", "不是电话号码"):
        assert words in row
    assert "&lt;b&gt;坏" in row
    assert "<b>坏" not in answer.text
    assert "全部导入</button>" not in answer.text
    assert "先试算" in answer.text
    assert names(editor) == ["魏崇岭", "周文清", "解放"]


@pytest.mark.parametrize(("name", "words"), [("旧.xls", "另存为 .xlsx"), ("坏.csv", "没有找到表头")])
def test_a_file_that_is_no_such_table_says_why(editor: Desk, name: str, words: str) -> None:
    data = {"file": (io.BytesIO("说明\n第一行".encode()), name)}
    answer = editor.post(f"{CITY}/import", data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert words in answer.text


def test_no_file_and_nothing_new_are_told(editor: Desk) -> None:
    assert "请先选择" in editor.post(f"{CITY}/import", {}).text
    answer = upload(editor, SAME)
    assert answer.status_code == 200
    assert "没有需要导入的" in answer.text


def test_who_is_missing_goes_only_when_asked(editor: Desk) -> None:
    assert "市城管局 局长 解放" not in editor.see(tried(editor, CHANGED))
    where = tried(editor, CHANGED, unpublish_missing="on")
    assert "市城管局 局长 解放" in editor.see(where)
    editor.do(where)
    assert not stored(editor.city.world, "roads").is_published


def test_a_roster_that_changed_since_is_tried_again_with_the_same_file(editor: Desk) -> None:
    where = tried(editor, NEWCOMER)
    keeping.unpublish_official(editor.city.world, editor.officer, "roads")
    page = editor.do(where)
    assert "名册有了变动，没有导入" in page
    assert "全部导入</button>" in page
    assert "吴敏" not in names(editor)
    addresses = [part.split('"', 1)[0] for part in page.split('action="')[1:]]
    again = next(address for address in addresses if "/import/" in address)
    assert again not in where
    editor.do(again)
    assert "吴敏" in names(editor)


def test_a_confirmation_sent_twice_imports_once_and_says_so(editor: Desk) -> None:
    where = tried(editor, NEWCOMER)
    editor.do(where)
    assert "名册里已经是这份表格的内容" in editor.do(where)
    assert names(editor).count("吴敏") == 1


def test_a_table_that_does_not_fit_any_more_says_so_and_imports_nothing(editor: Desk) -> None:
    where = tried(editor, NEWCOMER)
    world = editor.city.world
    keeping.create_official(world, editor.officer, "city", somebody(post="局长", unit="市水务局", key="w-2"))
    answer = editor.post(where)
    assert answer.status_code == 409
    assert "没有导入" in answer.text
    assert names(editor).count("吴敏") == 1


def test_a_dry_run_is_its_officers_own(office: Office, editor: Desk) -> None:
    where = tried(editor, NEWCOMER)
    other = office.desk(OfficeRole.ADMIN)
    assert other.get(where).status_code == 404
    assert other.post(where).status_code == 404
    assert office.desk(OfficeRole.AUDITOR).post(where).status_code == 403
    assert names(editor) == ["魏崇岭", "周文清", "解放"]


def test_tables_to_take_along(editor: Desk) -> None:
    answer = editor.get(f"{CITY}/export.csv")
    assert "周文清" in answer.get_data().decode("utf-8-sig")
    assert "市领导公开电话.csv" in unquote(answer.headers["Content-Disposition"])
    assert ("export_roster", "city") in audited(editor.city.world)
    for path in ("export.xlsx", "template.xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(editor.get(f"{CITY}/{path}").get_data()))
        assert book.worksheets[0]["A1"].value == "编号"
    assert editor.get(f"{CITY}/template.csv").get_data().decode("utf-8-sig").startswith("编号,序号")
    assert editor.get(f"{CITY}/export.exe").status_code == 404


def test_what_was_exported_imports_as_unchanged(editor: Desk) -> None:
    data = editor.get(f"{CITY}/export.xlsx").get_data()
    sent = {"file": (io.BytesIO(data), "名册.xlsx")}
    answer = editor.post(f"{CITY}/import", sent, content_type="multipart/form-data")
    assert "没有需要导入的" in answer.text


TABLE = HEADER + ",到任日期"
NEW_HOLDER = "education,市直部门,高远,局长,市教育局,学校招生,15400000066,2026-03-01"


def replaced(editor: Desk) -> str:
    """The page after an import in which 高远 follows 周文清."""
    data = {"file": (io.BytesIO("\n".join((TABLE, NEW_HOLDER)).encode()), "名册.csv")}
    answer = editor.post(f"{CITY}/import", data, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    return editor.do(str(answer.headers["Location"]))


INVITE = '<a href="/console/rosters/city/invitations?choose=education">市教育局 局长 {}</a>'


def test_after_an_import_with_a_new_holder_the_invitation_is_asked_for_again(editor: Desk) -> None:
    page = replaced(editor)
    assert "请打印新的邀请" in page
    assert INVITE.format("高远") in page
    assert "请打印新的邀请" not in editor.do(tried(editor, NEWCOMER))


@pytest.mark.parametrize("pressed", ["全部撤销", "撤销"])
def test_undoing_a_new_holder_says_that_wechat_does_not_come_back(editor: Desk, pressed: str) -> None:
    replaced(editor)
    page = editor.see(f"{CITY}/history")
    assert "微信绑定不会恢复，请重新邀请：周文清。" in page
    past = page.split('name="past" value="', 1)[1].split('"', 1)[0]
    undone = editor.do(f"{CITY}/history", past=past.partition("/")[0] if pressed == "全部撤销" else past)
    assert "微信绑定不会恢复，请重新邀请：" + INVITE.format("周文清") in undone
    assert "微信绑定不会恢复" not in editor.see("/console/rosters/city")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "名册.pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "截图.png"),
        (b"\xff\xd8\xff\xe0\x10JFIF", "照片.csv"),
        ("关于公布联系方式的通知\n各单位：".encode(), "通知.txt"),
        ("关于公布联系方式的通知".encode(), "通知.doc"),
        (b"PK\x03\x04 broken", "通知.docx"),
    ],
)
def test_a_file_that_is_no_spreadsheet_is_told_so_and_what_to_do(editor: Desk, data: bytes, name: str) -> None:
    answer = editor.post(f"{CITY}/import", {"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "这不是 Excel 或 CSV 文件" in answer.text
    assert "空白模板" in answer.text
    assert "没有找到表头" not in answer.text
    assert "试算结果" not in answer.text


def test_a_new_holder_with_the_predecessors_number_is_warned_of(editor: Desk) -> None:
    def row_of(*phone: str) -> str:
        row = NEW_HOLDER.replace("15400000066", phone[0])
        data = {"file": (io.BytesIO("\n".join((TABLE, row)).encode()), "名册.csv")}
        answer = editor.post(f"{CITY}/import", data, content_type="multipart/form-data")
        page = editor.see(str(answer.headers["Location"]))
        return page.split('<td class="number">2</td>', 1)[1].split("</tr>", 1)[0]

    known = stored(editor.city.world).phone
    assert f"公开电话 {known} 和前任周文清的一样" in row_of(known)
    assert "和前任" not in row_of("15400000066")
