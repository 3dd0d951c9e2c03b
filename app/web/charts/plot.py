"""What a chart shows: some columns of a table, as columns or bars.

Bars and columns only: they are read off without a legend of angles, and printed in black and white they still tell the
same. Rates are drawn in percent on a fixed scale, so that two charts can be laid side by side; below ten cases there is
no bar, but the number of cases is told (product.md, rule 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.figures import Rate
from app.web.presenters.figures import GATHERING
from app.web.tables import Cell, Column, Table, percent

PERCENT = 100


class Shape(StrEnum):
    COLUMNS = "columns"
    """Upright, for what follows in time."""
    BARS = "bars"
    """Lying, for what has names."""


@dataclass(frozen=True)
class Plot:
    """`values` are the columns drawn, `label` the one that names the rows."""

    name: str
    title: str
    table: Table
    shape: Shape
    values: tuple[int, ...]
    label: int = 0

    @property
    def series(self) -> tuple[Column, ...]:
        return tuple(self.table.columns[value] for value in self.values)

    @property
    def is_rate(self) -> bool:
        return any(isinstance(cell, Rate) for cell in self.cells())

    def cells(self) -> tuple[Cell, ...]:
        return tuple(row[value] for row in self.table.rows for value in self.values)

    def labels(self) -> tuple[str, ...]:
        return tuple(str(row[self.label]) for row in self.table.rows)

    def of(self, value: int) -> tuple[Cell, ...]:
        """The cells of one column that is drawn."""
        return tuple(row[value] for row in self.table.rows)


def height_of(cell: Cell) -> float | None:
    """How long its bar is: a count, or percent to a tenth; None for what has no bar."""
    if isinstance(cell, Rate):
        return None if cell.public is None else cell.hits * 1000 // cell.cases / 10
    return cell if isinstance(cell, int) else None


def value_text(cell: Cell) -> str:
    """What is written at the end of the bar."""
    if isinstance(cell, Rate):
        return percent(cell) or GATHERING
    return "" if cell is None else str(cell)


def cases_text(cell: Cell, column: Column) -> str:
    """The number of cases behind a rate, for its label; empty for a count, which is its own."""
    return f"{cell.cases}{column.unit or '件'}" if isinstance(cell, Rate) else ""


def is_drawable(plot: Plot) -> bool:
    """Whether there is anything to draw: a chart of nothing but gaps and zeros tells nothing its table does not."""
    return any(height_of(cell) for cell in plot.cells())
