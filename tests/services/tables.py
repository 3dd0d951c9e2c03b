"""Files as people make them in Excel and elsewhere, for the tests of importing."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook


def a_workbook(*rows: Sequence[Any], title: str = "名册", shape: Callable[[Any], None] | None = None) -> bytes:
    """The rows as Excel would keep them; `shape` may do more to the sheet."""
    book = Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(list(row))
    if shape is not None:
        shape(page)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_csv(*rows: Sequence[str], code: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(code)


def cells(data: bytes, sheet: int = 0) -> list[list[Any]]:
    """What somebody sees who opens the workbook."""
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).worksheets[sheet].iter_rows()]


def repacked(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed by hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()
