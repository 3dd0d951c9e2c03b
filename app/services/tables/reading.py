"""Tables that people upload: Excel workbooks and CSV in the encodings that offices use, read as rows of texts.

A file is hostile until it is read: its size, the size of what it unpacks to, its rows and columns are limited, and a
workbook that declares entities is refused. Cells are taken as what they show; formulas and error values are not, and
numbers only where nothing can have been lost.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from app.services.tables.writing import plain

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_UNPACKED = 12 * 1024 * 1024
MOST_PARTS = 300
MOST_ROWS = 2_000
MOST_LINES = 50_000
"""With the empty ones, of which a workbook may claim as many as it likes."""
MOST_COLUMNS = 60
LONGEST_CELL = 5_000
SHEET = "名册"
"""The sheet that is read; the first one when there is none of that name."""
BROKEN = "打不开这个 Excel 文件，请另存为 .xlsx 后再上传"
NO_TABLE = "这不是 Excel 或 CSV 文件。请下载空白模板填好后上传；内容在 Word、WPS 文字或 PDF 里的，请复制到模板里"
TEXTS = (".csv", ".tsv", ".txt")
"""How the names of tables in plain text end; Excel's Unicode text is a .txt."""
_SIGNATURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"RIFF")
"""How files begin that people mistake for tables: documents, pictures, archives."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ENTITIES = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)


class UnreadableTable(Exception):
    """The file is no table that can be read; `words` says why and what to do, in Chinese."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Cell:
    """`text` as it is shown, without surrounding space; `fault` says why it cannot be taken. `is_number`: it was typed
    as a number, so that zeros in front may be gone."""

    text: str = ""
    fault: str = ""
    is_number: bool = False


EMPTY = Cell()


@dataclass(frozen=True)
class Row:
    """`number` is the line as the spreadsheet numbers it, from 1."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, place: int) -> Cell:
        return self.cells[place] if place < len(self.cells) else EMPTY

    @property
    def is_empty(self) -> bool:
        return not self.cells


def read_table(data: bytes, filename: str) -> list[Row]:
    """All rows that hold anything. Raises UnreadableTable."""
    if not data:
        raise UnreadableTable("文件是空的")
    if len(data) > LARGEST_FILE:
        raise UnreadableTable(f"文件超过 {LARGEST_FILE // 1024 // 1024}MB，请删去无关内容后再上传")
    if data.startswith(_OLD_EXCEL) or filename.lower().endswith(".xls"):
        raise UnreadableTable("这是旧版 .xls 文件，请在 Excel 里另存为 .xlsx 或 .csv 后再上传")
    if _is_something_else(data, filename.lower()):
        raise UnreadableTable(NO_TABLE)
    rows = _workbook_rows(data) if data.startswith(b"PK") else _csv_rows(data)
    found: list[Row] = []
    for row in rows:
        if not row.is_empty:
            found.append(row)
        if len(found) > MOST_ROWS or row.number > MOST_LINES:
            raise UnreadableTable(f"一次最多导入 {MOST_ROWS} 行，请分开上传")
    return found


def _is_something_else(data: bytes, name: str) -> bool:
    """Whether the file is no table at all, by its name and its first bytes; a workbook proves itself when it is
    opened."""
    if data.startswith(b"PK"):
        return name.endswith((".docx", ".pptx", ".wps", ".zip", ".odt"))
    if data.startswith(_SIGNATURES) or ("." in name and not name.endswith((*TEXTS, ".xlsx"))):
        return True
    is_wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    divided = any(mark in data for mark in (b",", b"\t", b";"))
    return not is_wide and (bool(_CONTROL.search(data)) or (not name.endswith(".csv") and not divided))


def _workbook_rows(data: bytes) -> Iterator[Row]:
    _refuse_bombs(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        page = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        page.reset_dimensions()  # what the sheet says of its own size is not to be relied on
        lines: Iterable[Any] = page.iter_rows(max_col=MOST_COLUMNS)
        for number, line in enumerate(lines, 1):
            yield _row(number, (_workbook_cell(cell) for cell in line))
    except UnreadableTable:
        raise
    except Exception:  # whatever a malformed workbook makes of a library that trusts it
        raise UnreadableTable(BROKEN) from None


def _row(number: int, cells: Iterable[Cell]) -> Row:
    """Without the empty cells at its end."""
    found = list(cells)
    while found and found[-1] == EMPTY:
        found.pop()
    return Row(number, tuple(found))


def _workbook_cell(cell: Any) -> Cell:
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if value is None:
        return EMPTY
    if kind == "f":
        return Cell(fault="不能用公式，请改成文字")
    if kind == "e" or not isinstance(value, (str, bool, int, float, datetime, date)):
        return Cell(fault="看不懂这个单元格，请改成文字重新填写")
    if isinstance(value, str):
        return _text_cell(value)
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    if isinstance(value, (datetime, date)):
        return Cell(f"{value:%Y-%m-%d}")
    return _number_cell(value, str(cell.number_format or ""))


def _number_cell(value: int | float, shape: str) -> Cell:
    """As it is shown where the cell's format says how many digits; else as it is, marked as a number."""
    if isinstance(value, float) and not value.is_integer():
        return Cell(repr(value), is_number=True)
    digits = str(int(value))
    if re.fullmatch(r"0+", shape) and len(shape) > 1 and value >= 0:
        return Cell(digits.zfill(len(shape)))
    return Cell(digits, is_number=True)


def _csv_rows(data: bytes) -> Iterator[Row]:
    text = _decoded(data)
    if "\x00" in text:
        raise UnreadableTable(NO_TABLE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for number, line in enumerate(reader, 1):
            yield _row(number, (_text_cell(value) for value in line[:MOST_COLUMNS]))
    except csv.Error:
        raise UnreadableTable("CSV 格式有误，请用模板重新填写") from None


def _decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it (Excel's Unicode text), else GB18030 (Excel in Chinese)."""
    codes = ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030")
    for code in codes:
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable("认不出文件的编码，请另存为 UTF-8 的 CSV，或上传 .xlsx")


def _delimiter(text: str) -> str:
    """What the first line with anything in it is divided by."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",", "\t", ";", key=first.count)


def _text_cell(value: str) -> Cell:
    text = value.strip()
    if len(text) > LONGEST_CELL:
        return Cell(fault=f"内容太长，最多 {LONGEST_CELL} 个字")
    if text.startswith(("=", "＝")):
        return Cell(fault="不能用公式，请改成文字")
    return Cell(plain(text))


def _refuse_bombs(data: bytes) -> None:
    """Raises UnreadableTable for an archive that unpacks to too much, or XML that declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise UnreadableTable("文件解开后太大，请只保留名册这一张表再上传")
            for part in parts:
                unpacked = archive.read(part)
                if any(word in unpacked for word in _ENTITIES):
                    raise UnreadableTable("文件里有不允许的内容，请另存为 .xlsx 后再上传")
    except UnreadableTable:
        raise
    except Exception:  # what a malformed archive raises is not one kind of error
        raise UnreadableTable(BROKEN) from None
