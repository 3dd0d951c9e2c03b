"""Tables as files, for everything that is exported: Excel workbooks and CSV, with formulas taken the sting out of.

A text that a spreadsheet may take for a formula (one that begins with = + - @, their wide forms, a tab or an end of
line: OWASP, CSV Injection) gets an apostrophe in front, here and nowhere else. `plain` takes it away again, so that
what was exported can be imported unchanged.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from app.domain.workday import BEIJING

Value = str | int | float | bool | date | datetime | None
"""What a cell holds. Times are shown in Beijing's; numbers and days stay numbers and days."""
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TEXT_FORMAT = "@"
MOST_LETTERS = 32_000
"""Excel holds 32,767 in a cell."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIST_AT_MOST = 255
"""Characters that Excel allows for the choices of a cell."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: a header line and rows. `widths` are in characters; `choices` offers the allowed words of a column
    (by its place from 0) below the header."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int] = ()
    choices: Sequence[tuple[int, Sequence[str]]] = ()


def neutral(text: str) -> str:
    """The text as it may stand in a cell. What begins with an apostrophe before such a sign gets one more, so that
    `plain` always finds the way back."""
    return f"'{text}" if text.lstrip("'").startswith(RISKY) else text


def plain(text: str) -> str:
    """The text that `neutral` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(RISKY) else text


def xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A workbook. Texts stay texts (a telephone keeps its leading zero), the header stays in sight."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(_title(sheet.title))
        page.freeze_panes = "A2"
        for place in range(len(sheet.header)):
            column = page.column_dimensions[get_column_letter(place + 1)]
            column.width = sheet.widths[place] if place < len(sheet.widths) else 16
            column.number_format = TEXT_FORMAT
        for place, words in sheet.choices:
            _offer(page, place, words)
        page.append([_header_cell(page, text) for text in sheet.header])
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_file(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with a byte-order mark, by which Excel knows it; lines end as RFC 4180 says."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([_text(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _header_cell(page: Any, text: str) -> Any:
    cell = _cell(page, text)
    cell.font = Font(bold=True)
    return cell


def _cell(page: Any, value: Value) -> Any:
    if isinstance(value, datetime):
        value = value.astimezone(BEIJING).replace(tzinfo=None)
    if not isinstance(value, str):
        return WriteOnlyCell(page, value=value)  # type: ignore[arg-type]  # days are taken, whatever the stubs say
    cell: Any = WriteOnlyCell(page, value=neutral(_clean(value)))
    cell.data_type = "s"  # never a formula
    cell.number_format = TEXT_FORMAT
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    return neutral(_clean(value)) if isinstance(value, str) else str(value)


def _clean(text: str) -> str:
    """Without what no workbook may hold. Comes before `neutral`: what is taken away may have hidden the sign."""
    return _UNWRITABLE.sub("", text)[:MOST_LETTERS]


def _title(text: str) -> str:
    """Excel allows 31 characters and none of these."""
    return re.sub(r"[\[\]:*?/\\']", " ", _clean(text)).strip()[:31] or "表"


def _offer(page: Any, place: int, words: Sequence[str]) -> None:
    listed = ",".join(words)
    if not words or len(listed) > _LIST_AT_MOST or any(mark in word for word in words for mark in ',"'):
        return
    column = get_column_letter(place + 1)
    choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
    choice.add(f"{column}2:{column}2001")
    page.data_validations.append(choice)
