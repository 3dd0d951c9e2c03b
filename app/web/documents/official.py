"""Word pages in the layout of an official document, after GB/T 9704-2012 (党政机关公文格式).

A4; margins 37, 35, 28 and 26 mm; red masthead and line; title 22 pt; text 16 pt 仿宋 with a fixed line of 28 pt and two
characters of indent; headings 黑体 and 楷体; page numbers “— 1 —” outside. The fonts of the standard are named; whoever
does not have them gets those of every Windows, which the font table names as their substitutes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from app.web.documents.ooxml import LATIN, add_border, name_substitutes, number_pages, set_font, set_line
from app.web.tables import printable

TITLE_FONT, TEXT_FONT, HEADING_FONT, SECOND_FONT, PAGE_FONT = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "黑体",
    "楷体_GB2312",
    "宋体",
)
SUBSTITUTES = {TITLE_FONT: "宋体", TEXT_FONT: "仿宋", SECOND_FONT: "楷体"}
RED = RGBColor(0xE6, 0x00, 0x12)
TEXT_WIDTH = 156
"""Millimetres between the margins."""
LINE = Pt(28)
TEXT, SMALL, TINY = Pt(16), Pt(12), Pt(10.5)
TABLE_LINE = Pt(18)
KEPT_TOGETHER = 7
"""Rows of a table that goes to the next page as a whole rather than being torn."""


class OfficialPages:
    """A document that grows from top to bottom."""

    def __init__(self, title: str, author: str, made_at: datetime) -> None:
        self._document: Any = Document()
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(28)
        self._set_styles()
        name_substitutes(self._document, SUBSTITUTES)
        number_pages(self._document, section, PAGE_FONT)
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = printable(title), printable(author), ""
        properties.created = properties.modified = made_at

    def mark(self, text: str) -> None:
        """Red, at the head of every page."""
        section = self._document.sections[0]
        for header in (section.header, section.even_page_header):
            paragraph = header.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            self._run(paragraph, text, HEADING_FONT, TEXT, RED)

    def masthead(self, name: str, issue: str, issuer: str, dated: date) -> None:
        """Red: the paper's name, its number, and the line below issuer and date."""
        self._paragraph(name, TITLE_FONT, Pt(40), align=WD_ALIGN_PARAGRAPH.CENTER, colour=RED, line=Pt(60))
        self._paragraph(issue, TEXT_FONT, TEXT, align=WD_ALIGN_PARAGRAPH.CENTER)
        paragraph = self._paragraph("", TEXT_FONT, TEXT)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        self._run(paragraph, f"{issuer}\t{chinese_date(dated)}", TEXT_FONT, TEXT)
        add_border(paragraph, "bottom", 18, "E60012")
        paragraph.paragraph_format.space_after = LINE

    def title(self, lines: tuple[str, ...]) -> None:
        for text in lines:
            paragraph = self._paragraph(text, TITLE_FONT, Pt(22), align=WD_ALIGN_PARAGRAPH.CENTER, line=Pt(34))
            paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = LINE

    def addressee(self, text: str) -> None:
        self._paragraph(text, TEXT_FONT, TEXT)

    def heading(self, text: str, level: int) -> None:
        """一、 in 黑体, （一） in 楷体; never the last line of a page."""
        paragraph = self._paragraph(text, HEADING_FONT if level == 1 else SECOND_FONT, TEXT, indent=True)
        paragraph.paragraph_format.keep_with_next = True
        level_mark = OxmlElement("w:outlineLvl")
        level_mark.set(qn("w:val"), str(level - 1))
        paragraph._p.get_or_add_pPr().append(level_mark)

    def body(self, text: str) -> None:
        self._paragraph(text, TEXT_FONT, TEXT, indent=True, align=WD_ALIGN_PARAGRAPH.JUSTIFY)

    def caption(self, text: str) -> None:
        """Above a table."""
        paragraph = self._paragraph(text, HEADING_FONT, SMALL, align=WD_ALIGN_PARAGRAPH.CENTER, line=Pt(24))
        paragraph.paragraph_format.keep_with_next = True

    def figure_caption(self, text: str) -> None:
        paragraph = self._paragraph(text, HEADING_FONT, SMALL, align=WD_ALIGN_PARAGRAPH.CENTER, line=Pt(24))
        paragraph.paragraph_format.space_after = Pt(10)

    def note(self, text: str) -> None:
        paragraph = self._paragraph(text, TEXT_FONT, TINY, line=TABLE_LINE)
        paragraph.paragraph_format.space_after = Pt(10)

    def table(self, head: tuple[str, ...], rows: Iterable[tuple[str, ...]], widths: tuple[float, ...]) -> None:
        """`widths` are shares of the text's width; the head is repeated on every page and no row is torn apart. The
        first column is text, the others are centred."""
        table = self._document.add_table(rows=0, cols=len(head))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        whole = sum(widths)
        millimetres = [TEXT_WIDTH * width / whole for width in widths]
        for column, width in zip(table.columns, millimetres, strict=True):
            column.width = Mm(width)  # Word goes by the cells, WPS and LibreOffice by the columns
        rows = tuple(rows)
        together = len(rows) <= KEPT_TOGETHER
        self._row(table, head, millimetres, HEADING_FONT, is_head=True)
        for number, row in enumerate(rows, 1):
            self._row(table, row, millimetres, TEXT_FONT)
            if not together or number == len(rows):
                continue
            for cell in table.rows[-1].cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True

    def picture(self, png: bytes, alt: str) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(TEXT_WIDTH))
        shape._inline.docPr.set("descr", alt)

    def signature(self, issuer: str, dated: date) -> None:
        """署名 and 成文日期, four characters from the right margin."""
        for number, text in enumerate((issuer, chinese_date(dated))):
            paragraph = self._paragraph(text, TEXT_FONT, TEXT, align=WD_ALIGN_PARAGRAPH.RIGHT)
            paragraph.paragraph_format.right_indent = TEXT * 4
            paragraph.paragraph_format.keep_with_next = not number
            if not number:
                paragraph.paragraph_format.space_before = LINE

    def imprint(self, issuer: str, printed: date, signed_by: str = "") -> None:
        """印发机关 and 印发日期 between two lines, above them who signed it."""
        if signed_by:
            paragraph = self._paragraph(f"签发：{signed_by}", TEXT_FONT, Pt(14), line=Pt(24))
            paragraph.paragraph_format.space_before = LINE
            paragraph.paragraph_format.left_indent = Pt(14)
            paragraph.paragraph_format.keep_with_next = True
        paragraph = self._paragraph("", TEXT_FONT, Pt(14), line=Pt(24))
        paragraph.paragraph_format.space_before = Pt(6) if signed_by else LINE * 2
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH) - Pt(28), WD_TAB_ALIGNMENT.RIGHT)
        self._run(paragraph, f"{issuer}\t{chinese_date(printed)}印发", TEXT_FONT, Pt(14))
        add_border(paragraph, "top", 8, "000000")
        add_border(paragraph, "bottom", 8, "000000")

    def content(self) -> bytes:
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()

    def _paragraph(
        self,
        text: str,
        font: str,
        size: Any,
        indent: bool = False,
        align: Any = None,
        colour: RGBColor | None = None,
        line: Any = LINE,
    ) -> Paragraph:
        paragraph: Paragraph = self._document.add_paragraph()
        set_line(paragraph, line)
        if align is not None:
            paragraph.alignment = align
        if indent:
            paragraph.paragraph_format.first_line_indent = size * 2
        if text:
            self._run(paragraph, text, font, size, colour)
        return paragraph

    def _run(self, paragraph: Paragraph, text: str, font: str, size: Any, colour: RGBColor | None = None) -> Run:
        run = paragraph.add_run(printable(text))
        set_font(run, font, size)
        if colour is not None:
            run.font.color.rgb = colour
        return run

    def _row(self, table: Any, cells: tuple[str, ...], widths: list[float], font: str, is_head: bool = False) -> None:
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        for number, (cell, text, width) in enumerate(zip(row.cells, cells, widths, strict=True)):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            for place, part in enumerate(text.split("\n")):
                paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
                set_line(paragraph, TABLE_LINE)
                is_text = not number and not is_head
                paragraph.paragraph_format.keep_with_next = is_head
                paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if is_text else WD_ALIGN_PARAGRAPH.CENTER
                self._run(paragraph, part, font, TINY)

    def _set_styles(self) -> None:
        normal = self._document.styles["Normal"]
        normal.font.name, normal.font.size = LATIN, TEXT
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), TEXT_FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:eastAsia"), "zh-CN")  # else commas sit where Japanese has them
        normal.element.rPr.append(language)
        normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
