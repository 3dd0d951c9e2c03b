"""Reports as papers: an official layout, the same numbers as the tables, no rate and no name below ten cases."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl import load_workbook

from app.domain.figures import Median, Rate
from app.domain.overview import Overview, TopicLine, Topics
from app.domain.reporting import Issue, LeftOut, LineKind, ReportKind
from app.services.figures.report_content import load
from app.web.charts.raster import chinese_font
from app.web.documents import Paper, document, paper_of, workbook
from app.web.documents.phrases import Words, numeral
from app.web.presenters.overview import officials_table
from app.web.presenters.periods import span, step_label
from tests.web.overviews import FIRST, FORMULA, LAST, MADE, MARKUP, a_headline, a_report, an_overview, rates


def a_paper(kind: ReportKind = ReportKind.MONTHLY, **changes: Any) -> Paper:
    """Through what is kept of a report, as in life."""
    report = a_report(an_overview(**changes), kind)
    return paper_of(report, load(report))


def words_of(paper: Paper) -> str:
    return "\n".join(text for part in paper.parts for text in (part.heading, *part.paragraphs))


def opened(paper: Paper) -> Any:
    return Document(io.BytesIO(document(paper, MADE)))


def sheets(paper: Paper) -> Any:
    return load_workbook(io.BytesIO(workbook(paper, MADE)))


def test_the_bulletins_sections_in_their_order() -> None:
    paper = a_paper()
    assert [part.heading for part in paper.parts if part.level == 1] == [
        "一、总体情况",
        "二、办理情况",
        "三、存在问题",
        "四、事项类别",
        "五、热点诉求",
        "六、下一步工作",
    ]
    without = [part.heading for part in a_paper(matters=()).parts if part.level == 1]
    assert without[3:] == ["四、热点诉求", "五、下一步工作"], "a report of an earlier version kept no categories"
    assert [part.heading for part in paper.parts if part.level == 2][:2] == ["（一）响应和答复", "（二）群众评价"]
    assert paper.title == "关于2026年3月市领导公开电话诉求办理情况的通报"
    assert (paper.masthead, paper.issue, paper.issuer) == ("直通车月通报", "2026年第3期", "亳州市直通车工作专班")
    assert (paper.dated, paper.file_name) == (date(2026, 4, 1), "直通车月通报-20260301-草稿")


@pytest.mark.parametrize(
    ("kind", "first", "last", "title", "issue"),
    [
        (
            ReportKind.DAILY,
            date(2026, 3, 2),
            date(2026, 3, 2),
            "市领导公开电话诉求办理情况日报（2026年3月2日）",
            "2026年第61期",
        ),
        (
            ReportKind.WEEKLY,
            date(2026, 3, 30),
            date(2026, 4, 5),
            "市领导公开电话诉求办理情况周分析（2026年3月30日至4月5日）",
            "2026年第14期",
        ),
    ],
)
def test_each_kind_has_its_title_and_number(kind: ReportKind, first: date, last: date, title: str, issue: str) -> None:
    paper = a_paper(kind, first=first, last=last)
    assert (paper.title, paper.issue) == (title, issue)


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


def test_the_sentences_tell_the_numbers_with_their_cases() -> None:
    text = words_of(a_paper())
    for sentence in (
        "2026年3月，市领导公开电话共收到群众诉求100件，较上月增加20件、增长25.0%。其中，咨询30件、求助60件、投诉10件。",
        "共答复诉求90件，较上月减少5件、下降5.2%。",
        "本月提交的100件诉求中，已交办98件，已联系群众95件，已答复80件，群众已评价40件，其中评价已解决30件；已撤回5件。",
        "到期应联系群众的诉求50件，按时联系45件，响应率90.0%（50件）。",
        "到期应答复的诉求200件，按时答复199件，按时率99.5%（200件），较上月上升9.5个百分点。",
        "半数在1小时20分钟内得到首次联系（50件）。",
        "满意率75.0%（12件评价），与上月持平。未作评价的不视为满意。",
        "接通率75.0%（12次），与上月持平；本人接听率75.0%（12次），与上月持平；回拨率的基数为8次、不足10次，不作计算。",
        "按名册顺序，市直部门按时率99.4%（191件）。市领导到期答复不足10件，不计算比率。",
        "本月催办14次，列入督办0次，签发督办单0份。提出约谈建议0次，经督查部门逐件研究，决定约谈1次、不予约谈2次。",
        "1．到期应答复的诉求中，有1件没有按时答复。",
        "快捷回复承诺的联系时间已过仍未联系群众的，有3次。",
        "截至4月1日8时30分，尚未办结的诉求20件，其中已逾期7件，督办在列4件。",
        "停水、水压（40人）",
        "各来源点位共扫码300次，带来诉求12件。",
        "一是对已逾期的7件诉求逐件核实原因",
    ):
        assert sentence in text, sentence
    assert not re.search(r"None|nan|\{|\}|  ", text)


def test_every_rate_stands_with_its_cases() -> None:
    for kind in ReportKind:
        text = words_of(a_paper(kind)).replace("增长25.0%", "").replace("下降5.2%", "")
        for match in re.finditer(r"[\d.]+%(.{0,2})", text):
            assert match[1].startswith("（"), text[max(0, match.start() - 20) : match.end()]


def test_nobody_is_named_with_fewer_than_ten_cases() -> None:
    text = words_of(a_paper())
    assert "6．到期应答复10件以上且有逾期的（按名册顺序）：市教育局局长周文清（到期12件，逾期1件）。" in text
    for name in ("魏崇岭", "陈少", "吴敏"):
        assert name not in text, "below ten cases, or nothing late"
    assert "排名" not in text.replace("不排名", "")
    assert "周文清" not in words_of(a_paper(ReportKind.DAILY)), "a day is too short to name anybody"


def test_below_ten_cases_counts_are_told_and_no_rate() -> None:
    few = {name: Rate(3, 4) for name in rates()}
    one = a_headline(rates=few, first_response=Median(None, 4))
    text = words_of(a_paper(now=one, before=one, officials=(), trend=(), groups=()))
    assert "到期应答复的诉求4件，按时答复3件（不足10件，不计算比率）。" in text
    assert "收到有效评价4件，不足10件，不计算比率。" in text
    assert "有1件没有按时答复" in text, "a late one is a fact, whatever rate it makes"
    assert "%" not in text


def test_nothing_at_all_is_said_in_words_too() -> None:
    nothing = {name: Rate(0, 0) for name in rates()}
    one = a_headline(submitted=0, answered=0, by_kind={}, by_state={}, rates=nothing, first_response=Median(None, 0))
    quiet = an_overview(
        now=one,
        before=one,
        trend=(),
        groups=(),
        officials=(),
        topics=Topics(),
        places=(),
        measures={},
        standing=None,
        funnel=replace(an_overview().funnel, passed={}),
    )
    report = a_report(quiet)
    paper = paper_of(report, load(report))
    text = words_of(paper)
    for sentence in (
        "2026年3月，市领导公开电话没有收到群众诉求，也没有答复诉求，与上月相同。",
        "本月没有到期的诉求，没有发现需要关注的问题。",
        "没有到期应联系群众的诉求。没有到期应答复的诉求。",
        "本月到期答复的诉求尚无群众评价。",
        "本月没有来电群众登记接听情况。",
        "本月没有到期的诉求。",
        "本月没有催办、督办和约谈。",
        "本月没有反映人数明显增多的热点。",
        "一是继续做好受理",
    ):
        assert sentence in text, sentence
    assert "均已按时" not in text, "nothing fell due: that is no praise"
    assert opened(paper) and sheets(paper), "an empty month makes its papers too"


def test_a_month_in_which_all_was_in_time_says_so() -> None:
    good = {name: Rate(12, 12) for name in rates()} | {"partly": Rate(0, 12)}
    paper = a_paper(now=a_headline(rates=good), measures={}, standing=None, officials=())
    assert "本月到期的诉求均已按时联系、按时答复。" in words_of(paper)


def test_who_still_waits_is_not_told_as_a_time() -> None:
    waiting = a_headline(first_response=Median(None, 40))
    assert "半数以上仍在等候首次联系（40件）" in words_of(a_paper(now=waiting))


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
    sides = {re.search(r'<w:jc w:val="(\w+)"', footer)[1] for footer in footers}  # type: ignore[index]
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


def test_days_in_words() -> None:
    assert span(date(2026, 2, 1), date(2026, 2, 28)) == "2026年2月"
    assert span(date(2026, 2, 3), date(2026, 2, 3)) == "2月3日"
    assert span(date(2026, 2, 3), date(2026, 2, 8)) == "2月3日至8日"
    assert span(date(2026, 2, 23), date(2026, 3, 1)) == "2月23日至3月1日"
    assert span(date(2025, 12, 29), date(2026, 1, 4)) == "2025年12月29日至2026年1月4日"
    assert step_label(date(2026, 2, 3), date(2026, 2, 8)) == "2.3-2.8"
    assert step_label(date(2026, 2, 1), date(2026, 2, 28)) == "2月"
    assert [numeral(number) for number in (1, 9, 10, 11, 20, 21)] == ["一", "九", "十", "十一", "二十", "二十一"]


def test_the_words_need_no_rank() -> None:
    words = Words(an_overview(), ReportKind.WEEKLY)
    assert all("第" not in text or "期" in text for text in words.problems())
    assert isinstance(words.overview, Overview)
