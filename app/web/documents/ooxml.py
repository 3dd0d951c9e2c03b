"""What python-docx has no words for: East Asian fonts and their substitutes, lines along a paragraph, page numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LATIN = "Times New Roman"
AFTER_BORDERS = tuple(f"w:{name}" for name in ("shd", "tabs", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr"))
"""What the schema wants behind a paragraph's borders, of what is used here; Word refuses another order."""


def set_font(run: Run, font: str, size: Any, latin: str = LATIN) -> None:
    """Chinese letters in `font`; digits and Latin ones in Times New Roman, as is usual beside 仿宋."""
    run.font.size, run.font.name = size, latin
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)


def set_line(paragraph: Paragraph, line: Any) -> None:
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = line


def add_border(paragraph: Paragraph, side: str, eighths: int, colour: str) -> None:
    """A line along the paragraph, in eighths of a point."""
    properties: Any = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(borders, *AFTER_BORDERS)
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)


def name_substitutes(document: Any, substitutes: Mapping[str, str]) -> None:
    """What Word takes where a font is missing (altName in the font table)."""
    part = next(p for p in document.part.package.iter_parts() if p.partname == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in substitutes.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())


def number_pages(document: Any, section: Any, font: str) -> None:
    """— 1 — at the outer edge: right on odd pages, left on even ones, one character in."""
    document.settings.odd_and_even_pages_header_footer = True
    right, left = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    for footer, align in ((section.footer, right), (section.even_page_footer, left)):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        set_font(paragraph.add_run("— "), font, Pt(14), font)
        run = paragraph.add_run()
        set_font(run, font, Pt(14), font)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            node = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                node.set(qn("w:fldCharType"), kind)
            else:
                node.text = text
            run._r.append(node)
        set_font(paragraph.add_run(" —"), font, Pt(14), font)
