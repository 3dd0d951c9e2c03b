"""Tables as values: what a page lists, a chart draws, a sheet and a paper print is this one thing.

A cell is text, a whole number, a rate (with its cases) or nothing. Who shows it decides how; the numbers are here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.figures import Rate
from app.web.presenters.figures import GATHERING

Cell = str | int | Rate | None
EMPTY = "—"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Column:
    """`unit` of a number, or of the cases of a rate: 件, 件评价, 次."""

    title: str
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """`name` is for addresses and the names of sheets and pictures; `note` stands below it."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def cells(self) -> Iterator[tuple[Column, Cell]]:
        for row in self.rows:
            yield from zip(self.columns, row, strict=True)


def printable(text: str) -> str:
    """Without what neither XML nor a workbook can hold."""
    return _UNWRITABLE.sub("", text)


def percent(rate: Rate) -> str | None:
    """`94.2%`, cut and not rounded (199 of 200 are not 100 %); None below ten cases."""
    if rate.public is None:
        return None
    tenths = rate.hits * 1000 // rate.cases
    return f"{tenths // 10}.{tenths % 10}%"


def in_words(cell: Cell, unit: str = "") -> str:
    """The cell as a person reads it: `94.2%（52 件）`, `数据积累中（8 件）`, `1200`, `—`."""
    if isinstance(cell, Rate):
        return f"{percent(cell) or GATHERING}（{cell.cases} {unit or '件'}）"
    if cell is None or cell == "":
        return EMPTY
    return str(cell)
