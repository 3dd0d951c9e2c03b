"""What only a 月通报 has: a draft's mark, a signature, lines left out, corrections."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.domain.overview import TopicLine, Topics
from app.domain.reporting import Issue, LeftOut, LineKind, ReportKind
from app.services.figures.report_content import load
from app.web.documents import Paper, document, paper_of
from tests.web.overviews import FIRST, LAST, MADE, a_report, an_overview
from tests.web.papers import a_paper, opened, sheets

SIGNED = Issue("通〔2026〕7号", "李督查（工号 801）", MADE + timedelta(days=2))


def a_bulletin(**changes: Any) -> Paper:
    report = replace(a_report(an_overview()), **changes)
    return paper_of(report, load(report))


def headers(paper: Paper) -> list[str]:
    archive = zipfile.ZipFile(io.BytesIO(document(paper, MADE)))
    return [archive.read(name).decode() for name in archive.namelist() if re.match(r"word/header\d", name)]


def test_a_bulletin_says_that_it_is_a_draft_until_it_is_signed() -> None:
    draft, signed = a_bulletin(), a_bulletin(issue=SIGNED)
    assert (draft.mark, signed.mark, draft.signed_by) == ("草稿", "", "")
    assert (signed.issue, signed.dated) == ("通〔2026〕7号", date(2026, 4, 3)), (
        "the day of the signature, not of the count"
    )
    assert [header.count("草稿　未经签发，不得印发") for header in headers(draft)] == [1, 1], "odd pages and even ones"
    assert not any("草稿" in header for header in headers(signed))
    lines = [paragraph.text for paragraph in opened(signed).paragraphs]
    assert lines[1] == "通〔2026〕7号", "where the number of a 通报 stands: under the red name"
    assert lines[-2:] == ["签发：李督查（工号 801）", "亳州市直通车工作专班\t2026年4月3日印发"]
    assert not any(line.startswith("签发") for line in (p.text for p in opened(draft).paragraphs))
    for sheet in sheets(draft):
        assert sheet["A1"].value.startswith("草稿（未经签发）"), sheet.title
        assert "草稿" in sheet.oddHeader.left.text
    assert not any("草稿" in str(cell.value) for sheet in sheets(signed) for row in sheet.iter_rows() for cell in row)
    assert not any(a_paper(kind).mark for kind in (ReportKind.DAILY, ReportKind.WEEKLY))


def test_covering_sentence_and_remark_frame_the_bulletin() -> None:
    paper = a_bulletin(lead="现将情况通报如下。\n请对照整改。", remark="数据截至4月1日。")
    lines = [paragraph.text for paragraph in opened(paper).paragraphs]
    first = lines.index("各承办单位：")
    assert lines[first + 1 : first + 4] == ["现将情况通报如下。", "请对照整改。", "一、总体情况"]
    assert lines.index("备注：数据截至4月1日。") == lines.index("亳州市直通车工作专班") - 1
    told = [row[0].value for row in sheets(paper)["文字"].iter_rows()]
    assert told[2] == "现将情况通报如下。" and "备注：数据截至4月1日。" in told


def test_a_line_that_was_left_out_is_nowhere_and_that_lines_are_missing_is_said() -> None:
    left = (
        LeftOut(LineKind.OFFICIAL, "b 周文清", "市教育局局长周文清", "正在复核", "李督查", MADE),
        LeftOut(LineKind.TOPIC, "停水", "停水、水压", "指向个人", "李督查", MADE),
        LeftOut(LineKind.PLACE, "P-2", "+医院", "已撤点", "李督查", MADE),
    )
    paper = a_bulletin(left_out=left)
    told = "".join(p.text for p in opened(paper).paragraphs)
    told += "".join(c.text for t in opened(paper).tables for r in t.rows for c in r.cells)
    told += str([[cell.value for cell in row] for sheet in sheets(paper) for row in sheet.iter_rows()])
    for word in ("周文清", "停水", "医院", "正在复核", "指向个人"):
        assert word not in told, word
    assert "吴敏（前任）" in told, "the predecessor has a line of his own"
    assert "本月有到期诉求或者通话登记的负责同志5名" in told, "counted before anything was left out"
    assert "各来源点位共扫码300次，带来诉求12件。" in told
    notes = {table.name: table.note for part in paper.parts for table in part.tables}
    assert notes["officials"].endswith("经审核，略去1行。") and notes["places"].endswith("经审核，略去1行。")
    assert "略去" not in notes["groups"]


def test_a_correction_says_what_it_replaces_and_why() -> None:
    again = a_bulletin(revision=2, reason="补登了两次来电。", replaces="通〔2026〕7号")
    assert again.lead == ("本期为第2版，重新统计后印发，通〔2026〕7号同时废止。更正原因：补登了两次来电。",)
    assert "第2版" in again.file_name
    assert a_bulletin(revision=2, reason="补登来电").lead == (), "nothing was issued that would have to be corrected"
    report = replace(a_report(an_overview(), ReportKind.WEEKLY), revision=2, reason="补登来电")
    assert paper_of(report, load(report)).lead == ("本期为第2版，重新统计，此前一版不再使用。更正原因：补登来电。",)


def test_a_place_that_few_people_wrote_of_is_in_no_paper() -> None:
    lines = (
        TopicLine("停水", False, 9, 1, ("阳光", "水压"), names=("阳光",)),
        TopicLine("翡翠", False, 9, 0, ("停电",), names=("翡翠",)),
        TopicLine("王建国", False, 3, 0, names=("王建国",)),
        TopicLine("和平路", False, 10, 2, names=("和平路",)),
    )
    for kind in ReportKind:
        paper = a_paper(kind, topics=Topics(lines, FIRST, LAST))
        told = "".join(p.text for p in opened(paper).paragraphs)
        told += "".join(c.text for t in opened(paper).tables for r in t.rows for c in r.cells)
        told += str([[cell.value for cell in row] for sheet in sheets(paper) for row in sheet.iter_rows()])
        for word in ("阳光", "翡翠", "王建国"):
            assert word not in told, word
        for word in ("停水、水压（9人）", "停电（9人）", "和平路（10人）"):
            assert word in told, "it goes on under what it is about; from ten people on a name points at nobody"
    notes = {table.name: table.note for part in paper.parts for table in part.tables}
    assert notes["topics"].endswith("不足10人反映的地名、人名不列。")
    assert not a_paper().all_tables()[0].note.endswith("不列。")
