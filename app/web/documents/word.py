"""A paper as a Word file in the layout of an official 通报, with its charts as pictures where this machine can draw
Chinese letters; else every chart's table stands for it."""

from __future__ import annotations

from datetime import datetime

from app.domain.figures import Rate
from app.web.charts import is_drawable, png
from app.web.charts.layout import wide
from app.web.documents.official import OfficialPages
from app.web.documents.paper import Paper
from app.web.presenters.figures import GATHERING
from app.web.tables import Cell, Column, Table, in_words, percent

NARROWEST, WIDEST, PADDING = 4.0, 14.0, 2.0
"""Shares of a column's width, in characters; a longer text goes on in the next line."""
FEW_COLUMNS = 4


def document(paper: Paper, made_at: datetime) -> bytes:
    """The .docx file."""
    pages = OfficialPages(paper.title, paper.issuer, made_at)
    if paper.mark:
        pages.mark(f"{paper.mark}　未经签发，不得印发")
    pages.masthead(paper.masthead, paper.issue, paper.issuer, paper.dated)
    pages.title(paper.title_lines)
    if paper.addressee:
        pages.addressee(paper.addressee)
    for paragraph in paper.lead:
        pages.body(paragraph)
    tables = pictures = 0
    for part in paper.parts:
        pages.heading(part.heading, part.level)
        for paragraph in part.paragraphs:
            pages.body(paragraph)
        for table in part.tables:
            if not table.rows:
                continue
            tables += 1
            pages.caption(f"表{tables}　{table.title}")
            pages.table(_head(table), [_row(table, row) for row in table.rows], _widths(table))
            pages.note(table.note)
        for plot in part.plots:
            picture = png(plot) if is_drawable(plot) else None
            if picture is not None:
                pictures += 1
                pages.picture(picture, plot.title)
                pages.figure_caption(f"图{pictures}　{plot.title}")
    for number, paragraph in enumerate(paper.remark):
        pages.body(paragraph if number else f"备注：{paragraph}")
    pages.signature(paper.issuer, paper.dated)
    pages.imprint(paper.issuer, paper.dated, paper.signed_by)
    return pages.content()


def _head(table: Table) -> tuple[str, ...]:
    return tuple(column.title for column in table.columns)


def _row(table: Table, row: tuple[Cell, ...]) -> tuple[str, ...]:
    is_wide = len(table.columns) <= FEW_COLUMNS
    return tuple(_cell(cell, column, is_wide) for cell, column in zip(row, table.columns, strict=True))


def _cell(cell: Cell, column: Column, is_wide: bool) -> str:
    """A rate with its cases, below it where there are many columns. Papers write no spaces beside numbers."""
    if isinstance(cell, Rate):
        share, unit = percent(cell) or GATHERING, column.unit or "件"
        return f"{share}（{cell.cases}{unit}）" if is_wide else f"{share}\n（{cell.cases}{unit[0]}）"
    return in_words(cell).replace(" ", "")


def _widths(table: Table) -> tuple[float, ...]:
    """By the longest line of each column."""
    columns = zip(*(_head(table), *(_row(table, row) for row in table.rows)), strict=True)
    longest = (max(wide(line) for text in column for line in text.split("\n")) for column in columns)
    return tuple(min(max(length + PADDING, NARROWEST), WIDEST) for length in longest)
