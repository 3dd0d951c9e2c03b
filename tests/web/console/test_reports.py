"""Reports at the console: listed, read, taken along, made now by supervisors."""

from __future__ import annotations

import io
from urllib.parse import unquote

import docx
import openpyxl
import pytest

from app.domain.officer import OfficeRole
from app.services.officers.access import CASE_READERS
from tests.services.marches import a_march
from tests.web.city import City
from tests.web.console.conftest import Desk, Office

MONTHLY = "city:monthly:2026-03-01"
REPORT = f"/console/reports/{MONTHLY}"


@pytest.fixture
def office() -> Office:
    return Office(City(a_march()))


@pytest.fixture
def desk(office: Office) -> Desk:
    return office.desk(OfficeRole.SUPERVISOR)


def make(desk: Desk, day: str = "2026-03-31", kind: str = "monthly") -> str:
    return desk.do("/console/reports", roster="city", kind=kind, day=day)


def test_a_supervisor_makes_one_now_and_reads_it(desk: Desk) -> None:
    assert "还没有这一种报告" in desk.see("/console/reports?kind=monthly")
    page = make(desk)
    assert "月通报已生成：2026年3月" in page
    for words in ("直通车工作通报", "2026年第3期", "一、总体情况", "（一）响应和答复", "下一步工作"):
        assert words in page, words
    assert "data:image/svg+xml" in page
    listed = desk.see("/console/reports?kind=monthly")
    assert "2026年3月" in listed and REPORT in listed
    assert "还没有这一种报告" in desk.see("/console/reports?kind=weekly")
    assert [entry.act for entry in desk.city.world.stores.audit_log.since(0, 9)] == ["log_in", "make_report"]


@pytest.mark.parametrize(
    ("day", "problem"), [("2026-04-01", "这一期还没有结束"), ("", "请选一个日期"), ("gestern", "请选一个日期")]
)
def test_a_day_that_cannot_be_stays_in_the_form(desk: Desk, day: str, problem: str) -> None:
    answer = desk.post("/console/reports", {"roster": "city", "kind": "weekly", "day": day})
    assert answer.status_code == 422
    assert problem in answer.text and f'value="{day}"' in answer.text
    assert '<option value="weekly" selected>' in answer.text
    assert not desk.city.world.stores.reports.kept


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_the_files_have_chinese_names_and_the_same_words(desk: Desk, form: str) -> None:
    make(desk)
    answer = desk.get(f"{REPORT}/file.{form}")
    assert answer.status_code == 200
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment") and "filename*=UTF-8''" in disposition
    assert f"直通车工作通报-20260301.{form}" in unquote(disposition)
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(answer.data))
        told = str([[cell.value for cell in row] for row in book["文字"].iter_rows()])
        assert "主要指标" in book.sheetnames
    else:
        told = "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(answer.data)).paragraphs)
    assert "总体情况" in told


def test_what_is_not_there(desk: Desk) -> None:
    make(desk)
    for path in ("/console/reports/x", "/console/reports/x/file.docx", f"{REPORT}/file.exe"):
        assert desk.get(path).status_code == 404
    assert desk.get("/console/reports?roster=nowhere").status_code == 404


@pytest.mark.parametrize("role", list(OfficeRole))
def test_who_reads_and_who_makes(office: Office, desk: Desk, role: OfficeRole) -> None:
    make(desk)
    one = office.desk(role, username=f"a-{role.value}")
    expected = 200 if role in CASE_READERS else 403
    assert [one.get(path).status_code for path in ("/console/reports", REPORT, f"{REPORT}/file.xlsx")] == [expected] * 3
    made = one.post("/console/reports", {"roster": "city", "kind": "daily", "day": "2026-03-31"})
    assert made.status_code == (303 if role is OfficeRole.SUPERVISOR else 403)
    if role in CASE_READERS:
        assert ("现在生成" in one.see("/console/reports")) is (role is OfficeRole.SUPERVISOR)
