"""Reports at the console: listed, read, taken along, made now by supervisors."""

from __future__ import annotations

import io
import re
from urllib.parse import unquote

import docx
import openpyxl
import pytest

from app.domain.officer import OfficeRole
from app.services.officers.access import CASE_READERS
from tests.services.marches import a_march
from tests.web.city import Caller, City
from tests.web.console.conftest import PASSWORD, Desk, Office

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
    assert "还没有月通报" in desk.see("/console/reports?kind=monthly")
    page = make(desk)
    assert "月通报已生成：2026年3月" in page
    for words in ("直通车月通报", "2026年第3期", "一、总体情况", "（一）响应和答复", "下一步工作"):
        assert words in page, words
    assert "data:image/svg+xml" in page
    listed = desk.see("/console/reports?kind=monthly")
    assert "2026年3月" in listed and REPORT in listed
    assert "还没有周分析" in desk.see("/console/reports?kind=weekly")
    assert "没有设定定期生成周分析" in desk.see("/console/reports?kind=weekly")
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
    assert f"直通车月通报-20260301-草稿.{form}" in unquote(disposition)
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


def draft_of(desk: Desk) -> str:
    """The page of the draft of March."""
    make(desk)
    return desk.see(REPORT)


def version_on(page: str) -> str:
    return re.findall(r'name="version" value="(\d+)"', page)[0]


def test_a_draft_is_completed_and_signed_on_its_page(desk: Desk) -> None:
    page = draft_of(desk)
    for words in ("草稿，待签发", "草稿　未经签发，不得印发", "下载 Word（草稿）", "城管局局长解放"):
        assert words in page, words
    page = desk.do(f"{REPORT}/texts", version=version_on(page), lead="现将情况通报如下。", remark="")
    assert "导语和备注已保存" in page and '<p class="body">现将情况通报如下。</p>' in page
    page = desk.do(f"{REPORT}/left-out", version=version_on(page), line="official:roads 解放", reason="正在复核")
    assert "略去的行" in page and "正在复核" in page
    page = desk.do(f"{REPORT}/put-back", version=version_on(page), line="official:roads 解放")
    assert "略去的行" not in page
    page = desk.do(f"{REPORT}/issue", version=version_on(page))
    assert "已签发，从现在起不再改动" in page and "通〔2026〕1号" in page and "签发：某supervisor" in page
    assert 'name="version"' not in page and "草稿" not in page
    assert "通〔2026〕1号" in desk.see("/console/reports?kind=monthly")
    assert "草稿" not in unquote(desk.get(f"{REPORT}/file.docx").headers["Content-Disposition"])
    late = desk.post(f"{REPORT}/texts", {"version": "1", "lead": "改一改"})
    assert late.status_code == 409 and "已经定稿" in late.text


@pytest.mark.parametrize(
    ("path", "data", "status", "problem", "kept"),
    [
        ("texts", {"version": "1", "lead": "话" * 501, "remark": "备注在"}, 422, "最多 500 个字", "备注在"),
        ("left-out", {"version": "1", "line": "official:roads 解放", "reason": " "}, 422, "至少 1 个字", "selected"),
        ("left-out", {"version": "1", "reason": "正在复核"}, 422, "必须填写", "正在复核"),
        ("texts", {"version": "9", "lead": "我的导语"}, 409, "刚刚有人改过这份草稿", "我的导语"),
        ("recount", {"reason": "因" * 201}, 422, "最多 200 个字", "因因因"),
    ],
)
def test_what_is_wrong_stands_in_the_form_with_what_was_typed(
    desk: Desk, path: str, data: dict[str, str], status: int, problem: str, kept: str
) -> None:
    make(desk)
    answer = desk.post(f"{REPORT}/{path}", data)
    assert answer.status_code == status
    assert problem in answer.text and kept in answer.text
    assert desk.city.world.stores.reports.get(MONTHLY).version == 1


def test_a_correction_leads_from_the_old_one_to_the_new(desk: Desk) -> None:
    desk.do(f"{REPORT}/issue", version=version_on(draft_of(desk)))
    page = desk.do(f"{REPORT}/recount", reason="补登了两次来电")
    assert "这是新的一版" in page and "通〔2026〕1号同时废止。更正原因：补登了两次来电。" in page
    assert "草稿，待签发" in page
    old = desk.see(REPORT)
    assert "签发以前以这一版为准" in old and f"{REPORT}:2" in old and "重新统计</button>" not in old
    listed = desk.see("/console/reports?kind=monthly")
    assert "第 2 版" in listed and "更正 通〔2026〕1号" in listed and "已有新的一版" not in listed
    desk.do(f"{REPORT}:2/issue", version="1")
    assert "已有新的一版" in desk.see(REPORT), "only now"
    assert "已有新的一版" in desk.see("/console/reports?kind=monthly")
    assert desk.post(f"{REPORT}/recount", {"reason": "又一次"}).status_code == 409


def test_the_audit_log_names_the_paper_in_words(office: Office, desk: Desk) -> None:
    make(desk)
    desk.do(f"{REPORT}/recount", reason="补登了两次来电")
    desk.do(f"{REPORT}:2/issue", version="1")
    page = office.desk(OfficeRole.AUDITOR).see("/console/audit")
    assert "重新统计报告" in page and "市领导公开电话 月通报 2026-03-01</a>" in page
    assert "签发月通报" in page and "市领导公开电话 月通报 2026-03-01 第2版</a>" in page and "通〔2026〕1号" in page


def test_a_daily_report_is_no_draft(desk: Desk) -> None:
    page = make(desk, kind="daily")
    assert "草稿" not in page and "不用签发" in page and "重新统计" in page


def test_who_reads_a_draft_sees_that_it_is_one_and_cannot_change_it(office: Office, desk: Desk) -> None:
    make(desk)
    page = office.desk(OfficeRole.AUDITOR).see(REPORT)
    assert "由督查员签发后才能印发" in page
    assert "<form" not in page.split("<main")[1]


def test_the_api_tells_whether_it_was_signed(desk: Desk) -> None:
    make(desk)
    session = {"username": desk.officer.username, "password": PASSWORD}
    token = desk.city.client.post("/api/office/session", json=session).json["token"]
    caller = Caller(desk.city.client, token)
    (told,) = caller.get("/api/office/reports?roster=city&kind=monthly").json["items"]
    assert (told["draft"], told["number"], told["revision"], told["left_out"]) == (True, None, 1, [])
    desk.do(f"{REPORT}/issue", version="1")
    (told,) = caller.get("/api/office/reports?roster=city&kind=monthly").json["items"]
    assert (told["draft"], told["number"]) == (False, "通〔2026〕1号")
