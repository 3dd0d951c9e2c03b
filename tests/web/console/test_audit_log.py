"""The audit log at the console: searched, checked, taken along; every act has a Chinese name."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from app.domain.audit_words import ACTS
from app.domain.office_deeds import OfficeDeed
from app.domain.officer import OfficeRole
from app.domain.roster_history import Act
from app.domain.settings import SettingName
from app.services.officers import audit_desk
from app.services.officers.audit import record
from app.services.officers.keeping import Details, create_officer
from app.services.running.changing_settings import change_setting
from tests.services.factories import an_official
from tests.services.keepers import an_officer
from tests.web.console.conftest import Desk, Office

APP = Path(__file__).parents[3] / "app"


@pytest.fixture
def auditor(office: Office) -> Desk:
    return office.desk(OfficeRole.AUDITOR)


def write(desk: Desk, *acts: tuple[str, str, str]) -> None:
    for act, subject, detail in acts:
        record(desk.city.world, desk.officer, act, subject, detail)


def test_entries_are_told_in_chinese_the_newest_first(office: Office, auditor: Desk) -> None:
    world, admin = auditor.city.world, office.desk(OfficeRole.ADMIN).officer
    create_officer(world, admin, "li", Details("李督查", (OfficeRole.SUPERVISOR, OfficeRole.OPERATOR), "801"))
    change_setting(world, admin, SettingName.TOTP_REQUIRED, {"roles": ["admin"]}, 0)
    world.stores.officials.put(an_official("city.roads", name="解放", unit="市城管局"))
    write(
        auditor, ("edit_official", "city.roads", ""), ("publish_roster", "city", ""), ("register", "C1", "city.roads")
    )
    write(auditor, ("invite", "city", "official city.roads"), ("decide_flag", "F1", "dismissed"))
    page = auditor.see("/console/audit")
    assert page.index("登记来电") < page.index("公布名册") < page.index("新建账号")
    assert page.count("市城管局 局长 解放") == 3
    for words in ("必须启用动态码的角色", "市领导公开电话", "李督查 801 接线员、督查员", "负责同志 市城管局", ">排除<"):
        assert words in page
    for code in (">create_officer<", ">totp_required<", "supervisor"):
        assert code not in page.partition("<tbody>")[2]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("act=reject", "24"),
        ("subject=C2", "23"),
        ("subject=+C2+", "23"),
        ("officer=other", "5"),
        ("first=2026-03-03", "45"),
        ("last=2026-03-02", "123"),
        ("first=2026-03-02&last=2026-03-02&act=reject", "2"),
        ("act=nothing", ""),
        ("officer=other&act=reject", ""),
    ],
)
def test_filters_leave_what_fits(office: Office, query: str, shown: str) -> None:
    world, one = office.city.world, an_officer(id="one")
    for act, subject, detail in (("register", "C1", "第1条"), ("reject", "C2", "第2条"), ("publish", "C2", "第3条")):
        record(world, one, act, subject, detail)
    world.clock.advance(timedelta(days=1))
    record(world, one, "reject", "C4", "第4条")
    record(world, an_officer(id="other"), "register", "C5", "第5条")
    page = office.desk(OfficeRole.AUDITOR).see(f"/console/audit?{query}")
    assert [number for number in "12345" if f"第{number}条" in page] == list(shown)
    assert ("没有符合条件的记录" in page) is (not shown)


@pytest.mark.parametrize(
    ("query", "problem"),
    [("first=2026-02-31", "请填写正确的日期"), ("first=2026-03-03&last=2026-03-01", "结束日期不能早于开始日期")],
)
def test_days_that_cannot_be_are_said_beside_the_field(auditor: Desk, query: str, problem: str) -> None:
    page = auditor.see(f"/console/audit?{query}")
    assert problem in page
    assert query[6:16] in page, "what was typed stays"


def test_pages_follow_one_another_with_the_filters_kept(auditor: Desk) -> None:
    write(auditor, *[("reject", f"C{number}", f"记{number:03}。") for number in range(audit_desk.PAGE + 3)])
    write(auditor, ("publish", "C1", "别的"))
    first = auditor.see("/console/audit?act=reject")
    assert "记052。" in first and "记003。" in first and "记002。" not in first
    second = auditor.see("/console/audit?act=reject&cursor=5")
    assert "act=reject&amp;cursor=5" in first
    assert "记002。" in second and "记003。" not in second and "回到第一页" in second
    assert "记052。" in auditor.see("/console/audit?cursor=x"), "a cursor of nobody is the beginning"


def test_what_somebody_wrote_is_text(auditor: Desk) -> None:
    write(auditor, ("reject", "<img src=x>", "<script>alert(1)</script>"))
    page = auditor.see("/console/audit")
    assert "<script>alert" not in page and "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_check_says_in_words_what_it_found(auditor: Desk) -> None:
    log = auditor.city.world.stores.audit_log
    write(auditor, ("reject", "C1", "一"), ("reject", "C2", "二"))
    whole = auditor.do("/console/audit/check")
    assert "共 4 条，首尾相接，没有发现改动" in whole, "the login, two acts and the check"
    assert "检查审计日志" in whole, "the check itself stands on the log"
    third = log.since(2, 1)[0]
    log.kept[third.id] = replace(third, detail="改过")
    assert "第 3 条与前面的记录对不上" in auditor.do("/console/audit/check")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_has_what_the_filter_leaves_and_no_formulas(auditor: Desk, form: str) -> None:
    write(auditor, ("reject", "C1", "=HYPERLINK(1)"), ("publish", "C2", "不在内"))
    answer = auditor.post("/console/audit/export?act=reject", {"format": form})
    assert answer.status_code == 200
    disposition = answer.headers["Content-Disposition"]
    assert f"审计日志-20260302-1000.{form}" in unquote(disposition)
    assert "filename*=UTF-8''" in disposition
    if form == "csv":
        rows = [line.split(",") for line in answer.data.decode("utf-8-sig").splitlines()]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
        rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]  # type: ignore[union-attr]
    assert len(rows) == 2
    assert rows[1][3:6] == ["不予受理", "C1", "'=HYPERLINK(1)"]
    assert "导出审计日志" in auditor.see("/console/audit")


def test_a_long_file_says_that_it_is_cut(monkeypatch: pytest.MonkeyPatch, auditor: Desk) -> None:
    monkeypatch.setattr(audit_desk, "MOST_EXPORTED", 2)
    monkeypatch.setattr(audit_desk, "AT_ONCE", 2)
    write(auditor, *[("reject", f"C{number}", "") for number in range(5)])
    text = auditor.post("/console/audit/export?act=reject", {"format": "csv"}).data.decode("utf-8-sig")
    assert ("C4" in text, "C3" in text, "C2" in text) == (True, True, False)
    assert "更早的请缩短时间" in text


@pytest.mark.parametrize("role", [role for role in OfficeRole if role not in audit_desk.READERS])
def test_nobody_else_reads_it(office: Office, role: OfficeRole) -> None:
    desk = office.desk(role, number="801" if role is OfficeRole.OPERATOR else "")
    assert desk.get("/console/audit").status_code == 403
    assert desk.post("/console/audit/check").status_code == 403
    assert desk.post("/console/audit/export").status_code == 403
    assert [entry.act for entry in desk.city.world.stores.audit_log.since(0, 9)] == ["log_in"]


def test_every_act_has_a_chinese_name() -> None:
    """Every text that is handed to `record` or to the supervisors' acts; names made up elsewhere stand beside them."""
    found = {act.value for act in Act} | {deed.value for deed in OfficeDeed} | set(_written())
    assert {"reject", "follow_up", "create_officer", "edit_roster", "export_audit_log"} <= found
    assert found - set(ACTS) == set()


def _written() -> Iterator[str]:
    """Literal names of acts anywhere in the program."""
    places = {"record": 2, "act_as_supervisor": 5, "act_as_caller": 5}
    for file in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, (ast.Name, ast.Attribute)):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name not in places:
                continue
            given = node.args[places[name]] if len(node.args) > places[name] else None
            named = next((word.value for word in node.keywords if word.arg in {"act", "name"}), given)
            if isinstance(named, ast.Constant) and isinstance(named.value, str):
                yield named.value
