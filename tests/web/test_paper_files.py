"""Reports as Word and Excel files: an official layout, the same numbers as the tables."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from app.domain.reporting import ReportKind
from app.web.charts.raster import chinese_font
from app.web.documents import document, paper_of
from app.web.presenters.overview import officials_table
from tests.web.overviews import FORMULA, MADE, MARKUP, a_report, an_overview
from tests.web.papers import a_paper, opened, sheets


def test_the_page_is_that_of_an_official_document() -> None:
    pages = opened(a_paper())
    section = pages.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin / Mm(1)) for margin in margins] == [37, 35, 28, 26]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    by_text = {paragraph.text: paragraph for paragraph in pages.paragraphs}
    body = next(p for text, p in by_text.items() if text.startswith("2026年3月，市领导"))
    assert font(body) == ("仿宋_GB2312", Pt(16))
    assert (body.paragraph_format.line_spacing, body.paragraph_format.first_line_indent) == (Pt(28), Pt(32))
    assert font(by_text["关于2026年3月市领导公开电话"]) == ("方正小标宋简体", Pt(22))
    assert font(by_text["一、总体情况"]) == ("黑体", Pt(16))
    assert font(by_text["（一）响应和答复"]) == ("楷体_GB2312", Pt(16))
    assert str(by_text["直通车月通报"].runs[0].font.color.rgb) == "E60012"
    assert "各承办单位：" in by_text and "亳州市直通车工作专班\t2026年4月1日印发" in by_text
    for kind in (ReportKind.DAILY, ReportKind.WEEKLY):
        assert "各承办单位：" not in {p.text for p in opened(a_paper(kind)).paragraphs}, (
            "what nobody signed goes to nobody"
        )


def font(paragraph: Any) -> tuple[str, Any]:
    run = paragraph.runs[0]
    return run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size


def test_missing_fonts_have_substitutes_and_pages_their_numbers() -> None:
    archive = zipfile.ZipFile(io.BytesIO(document(a_paper(), MADE)))
    fonts = archive.read("word/fontTable.xml").decode()
    assert '<w:font w:name="方正小标宋简体"><w:altName w:val="宋体"/></w:font>' in fonts
    footers = [archive.read(name).decode() for name in archive.namelist() if "footer" in name and "rels" not in name]
    assert len(footers) == 2 and all("PAGE" in footer and "— " in footer for footer in footers)
    sides = {re.findall(r'<w:jc w:val="(\w+)"', footer)[0] for footer in footers}
    assert sides == {"right", "left"}, "odd pages outside at the right, even ones at the left"


def test_the_tables_of_the_document_hold_the_numbers_and_repeat_their_heads() -> None:
    paper = a_paper()
    pages = opened(paper)
    told = [table for part in paper.parts for table in part.tables if table.rows]
    assert len(pages.tables) == len(told)
    for table, printed in zip(told, pages.tables, strict=True):
        head = printed.rows[0]
        assert [cell.text for cell in head.cells] == [column.title for column in table.columns]
        assert head._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in printed.rows)
        assert len(printed.rows) == len(table.rows) + 1
    headline = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in pages.tables[0].rows}
    assert headline["新收诉求"] == ["100", "80", "增加20件（25.0%）"]
    assert headline["按时率"] == ["99.5%（200件）", "90.0%（100件）", "上升9.5个百分点"]
    assert headline["响应率"] == ["90.0%（50件）", "数据积累中（5件）", "—"]


def test_charts_are_in_the_document_where_letters_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    captions = [p.text for p in opened(a_paper()).paragraphs if p.text.startswith("图")]
    pictures = list(opened(a_paper()).inline_shapes)
    assert len(captions) == len(pictures) == (7 if chinese_font() else 0)
    monkeypatch.setattr("app.web.documents.word.png", lambda _: None)
    without = opened(a_paper())
    assert not list(without.inline_shapes) and not [p for p in without.paragraphs if p.text.startswith("图")]
    assert len(without.tables) == len(opened(a_paper()).tables), "the tables stand for them"


def test_a_sheet_for_each_table_with_numbers_as_numbers() -> None:
    paper = a_paper()
    book = sheets(paper)
    assert book.sheetnames == ["文字", *(table.title for table in paper.all_tables())]
    sheet = book["主要指标"]
    assert sheet.freeze_panes == "B4" and sheet.print_title_rows == "$1:$3"
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=4)}
    on_time = rows["按时率"]
    assert [cell.value for cell in on_time][1:5] == [0.995, 200, 0.9, 100]
    assert (on_time[1].number_format, on_time[1].data_type) == ("0.0%", "n")
    assert [cell.value for cell in rows["新收诉求"]][1:4] == [100, None, 80]
    assert [cell.value for cell in rows["响应率"]][3:5] == ["数据积累中", 5], "no rate below ten, its cases beside it"
    head = [cell.value for cell in sheet[3]]
    assert head == ["指标", "本期", "本期基数（件）", "上期", "上期基数（件）", "变化"]
    assert all(sheet.column_dimensions[letter].width >= 9 for letter in "ABCDEF")


def test_the_workbook_has_everybody_and_the_paper_those_with_enough() -> None:
    paper = a_paper()
    names = [row[3].value for row in sheets(paper)["各负责同志办理情况"].iter_rows(min_row=4)]
    assert names == ["魏崇岭", "周文清", "吴敏（前任）", f"'{FORMULA}", "陈少"]
    printed = opened(paper).tables[6]
    assert [row.cells[1].text for row in printed.rows[1:]] == [
        row[1] for row in officials_table(an_overview(), brief=True).rows
    ]


def test_no_cell_becomes_a_formula() -> None:
    book = sheets(a_paper())
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(cell.value == "'+医院" for cell in cells)
    assert not [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "@"))]


def test_excels_own_charts_stand_on_the_cells_of_their_table() -> None:
    book = sheets(a_paper())
    counts = {sheet.title: len(sheet._charts) for sheet in book if sheet._charts}
    assert counts == {"趋势": 3, "办理进度": 1, "分组情况": 1, "事项分类": 1, "热点": 1}
    chart = book["分组情况"]._charts[0]
    reference = chart.series[0].val.numRef.f
    assert reference.startswith("'分组情况'!$D$4"), "按时率, not the cases beside 响应率"


def test_hostile_names_break_no_document() -> None:
    line = an_overview().officials[1]
    hostile = (replace(line, name="周\x00\ud800文清", post=MARKUP),)
    paper = paper_of(a_report(an_overview()), an_overview(officials=hostile, roster="电话\x08[1]/*"))
    assert "周文清" in opened(paper).tables[6].rows[1].cells[1].text
    assert sheets(paper).sheetnames
