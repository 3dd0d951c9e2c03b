"""A paper as an Excel file: a sheet for each table, numbers as numbers with their cases beside them, fixed heads, and
Excel's own charts on the same cells, which change with them and need no picture.

Text goes through `neutral`: no cell becomes a formula.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from app.domain.figures import Rate
from app.services.tables.writing import neutral
from app.web.charts import Plot, Shape, is_drawable
from app.web.charts.layout import LIGHT, wide
from app.web.documents.paper import Paper
from app.web.presenters.figures import GATHERING
from app.web.tables import Cell, Column, Table, printable

HEAD_ROW = 3
"""Title, a line of words, then the head of the table."""
CHART_ROWS = 18
LONGEST_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
THIN = Side(style="thin", color="C8CDD3")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD = PatternFill("solid", fgColor="E6EEF9")
NARROWEST, WIDEST = 9, 46
LANDSCAPE_FROM = 6
"""Columns."""
PERCENT = "0.0%"


def workbook(paper: Paper, made_at: datetime) -> bytes:
    """The .xlsx file: the paper's words first, then its tables."""
    book = Workbook()
    _write_words(book.active, paper)
    for table in paper.all_tables():
        plots = [plot for plot in paper.all_plots() if plot.table.name == table.name and is_drawable(plot)]
        _write_table(book.create_sheet(_sheet_name(book, table.title)), table, plots, paper)
    book.properties.title, book.properties.creator = printable(paper.title), printable(paper.issuer)
    book.properties.created = made_at.replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_words(sheet: Any, paper: Paper) -> None:
    sheet.title = "文字"
    sheet.column_dimensions["A"].width = 74
    lines = [(_marked(paper, paper.title), Font(bold=True, size=16))]
    lines.append(
        (f"{paper.issuer}　{paper.issue}　{paper.dated.year}年{paper.dated.month}月{paper.dated.day}日", Font())
    )
    lines += [(paragraph, Font()) for paragraph in paper.lead]
    for part in paper.parts:
        lines.append((part.heading, Font(bold=True)))
        lines += [(paragraph, Font()) for paragraph in part.paragraphs]
    lines += [(f"备注：{paragraph}", Font()) for paragraph in paper.remark]
    lines += [(f"签发：{paper.signed_by}", Font())] if paper.signed_by else []
    for number, (text, font) in enumerate(lines, 1):
        cell = sheet.cell(number, 1, _text(text))
        cell.font, cell.alignment = font, Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[number].height = 18 * max(1, -(-len(text) // 36)) + (8 if number == 1 else 0)
    _set_page(sheet, _marked(paper, paper.title), wide_sheet=False)


def _marked(paper: Paper, title: str) -> str:
    """A sheet taken alone says too that it is a draft."""
    return f"{paper.mark}（未经签发）　{title}" if paper.mark else title


def _write_table(sheet: Any, table: Table, plots: list[Plot], paper: Paper) -> None:
    columns = [spread for column, cells in _columns(table) for spread in _spread(column, cells)]
    sheet.cell(1, 1, _text(_marked(paper, table.title))).font = Font(bold=True, size=14)
    sheet.cell(2, 1, _text(table.note)).font = Font(color="5B6470", size=10)
    for place, (head, cells) in enumerate(columns, 1):
        cell = sheet.cell(HEAD_ROW, place, _text(head))
        cell.font, cell.fill, cell.border = Font(bold=True), HEAD, BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        for row, value in enumerate(cells, HEAD_ROW + 1):
            _write(sheet.cell(row, place), value)
        longest = max((wide(str(value)) for value in cells if not isinstance(value, float)), default=0)
        width = max(longest, wide(head)) * 2 + 2
        sheet.column_dimensions[get_column_letter(place)].width = min(max(width, NARROWEST), WIDEST)
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 2)
    sheet.print_title_rows = f"1:{HEAD_ROW}"
    _set_page(sheet, _marked(paper, paper.title), wide_sheet=len(columns) >= LANDSCAPE_FROM)
    for number, plot in enumerate(plots):
        below = HEAD_ROW + len(table.rows) + 3 + number * CHART_ROWS
        sheet.add_chart(_chart(sheet, table, plot), f"A{below}")


def _columns(table: Table) -> list[tuple[Column, list[Cell]]]:
    return [(column, [row[place] for row in table.rows]) for place, column in enumerate(table.columns)]


def _spread(column: Column, cells: list[Cell]) -> list[tuple[str, list[Any]]]:
    """A rate takes two columns: the share (or that it is too early) and its cases. Counts of a mixed column stay in the
    first of them."""
    head = f"{column.title}（{column.unit}）" if column.unit else column.title
    if not any(isinstance(cell, Rate) for cell in cells):
        return [(head, list(cells))]
    unit = column.unit or "件"
    return [
        (column.title, [_share(cell) for cell in cells]),
        (f"{column.title}基数（{unit}）", [cell.cases if isinstance(cell, Rate) else None for cell in cells]),
    ]


def _share(cell: Cell) -> Any:
    """As a share of one, cut to a tenth of a percent like everywhere else."""
    if not isinstance(cell, Rate):
        return cell
    return GATHERING if cell.public is None else cell.hits * 1000 // cell.cases / 1000


def _write(cell: Any, value: Any) -> None:
    cell.border = BORDER
    cell.alignment = Alignment(vertical="center", horizontal="left" if isinstance(value, str) else "right")
    if isinstance(value, str):
        cell.value, cell.data_type = _text(value), "s"
        return
    cell.value = value
    cell.number_format = PERCENT if isinstance(value, float) else "0"


def _chart(sheet: Any, table: Table, plot: Plot) -> BarChart:
    chart = BarChart()
    chart.type = "col" if plot.shape is Shape.COLUMNS else "bar"
    chart.title, chart.style, chart.height, chart.width = plot.title, 10, 8.5, 18
    last = HEAD_ROW + len(table.rows)
    for number, value in enumerate(plot.values):
        chart.add_data(
            Reference(sheet, min_col=_place(table, value), min_row=HEAD_ROW, max_row=last), titles_from_data=True
        )
        chart.series[number].graphicalProperties.solidFill = LIGHT.series[number].removeprefix("#")
    chart.set_categories(Reference(sheet, min_col=_place(table, plot.label), min_row=HEAD_ROW + 1, max_row=last))
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    chart.x_axis.delete = chart.y_axis.delete = False
    if plot.is_rate:
        chart.y_axis.scaling.max, chart.y_axis.number_format = 1, "0%"
    if plot.shape is Shape.BARS:
        chart.x_axis.scaling.orientation = "maxMin"  # the first row on top
    if len(plot.values) == 1:
        chart.legend = None
    return chart


def _place(table: Table, value: int) -> int:
    """In which column of the sheet a column of the table begins: those before it may take two."""
    before = _columns(table)[:value]
    return 1 + sum(len(_spread(column, cells)) for column, cells in before)


def _sheet_name(book: Workbook, title: str) -> str:
    name = printable(title).translate(FORBIDDEN)[:LONGEST_NAME]
    return name if name not in book.sheetnames else f"{name[: LONGEST_NAME - 2]}_{len(book.sheetnames)}"


def _text(text: str) -> str:
    return neutral(printable(text))


def _set_page(sheet: Any, title: str, wide_sheet: bool) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if wide_sheet else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.oddHeader.left.text = printable(title).replace("&", "&&")
