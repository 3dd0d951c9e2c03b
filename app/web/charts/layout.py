"""Where everything of a chart stands: pygal places the bars, the words are set here, because pygal measures Latin text
only. Pictures for the screen (vector.py) and for paper (raster.py) are drawn from the same layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from app.web.charts.bars import place_bars
from app.web.charts.plot import PERCENT, Plot, Shape, cases_text, height_of, value_text

WIDTH = 960
SIZE = 14
"""Pixels of ordinary text."""
SMALL = 12
TITLE = 18
LINE = 18
EDGE = 16
BAR = 22
GAP = 14
COLUMNS_HEIGHT = 220
MANY = 14
"""Columns from which on their labels are written short (3.31 for 3月31日)."""
BETWEEN = 6
"""Pixels between two words beside each other."""
LONGEST_LABEL = 18
"""Chinese characters beside a bar."""
ROOM_FOR_VALUE = 190
CENTRED = 0.36
"""Of its size, how far the line of a text lies below its middle."""


@dataclass(frozen=True)
class Theme:
    """Colours of the project's look; `series` in the order of the columns drawn, told apart in black and white too."""

    card: str
    line: str
    text: str
    second: str
    series: tuple[str, ...]


LIGHT = Theme("#FFFFFF", "#E6E8EB", "#1A1F26", "#5B6470", ("#1B5FC1", "#8A93A0", "#1E7F4F"))
DARK = Theme("#1B1F24", "#2B3036", "#E8EAED", "#A9B1BB", ("#6EA8FF", "#7D8590", "#5CC48F"))


class Box(NamedTuple):
    """A bar, or the mark of a series in the legend. `row` is -1 for a mark."""

    x: float
    y: float
    width: float
    height: float
    series: int
    row: int


class Words(NamedTuple):
    """`x` is where they begin, have their middle, or end; `y` their base line; `whole` what was too long."""

    x: float
    y: float
    text: str
    size: int = SIZE
    anchor: str = "start"
    style: str = "label"
    whole: str = ""


class Rule(NamedTuple):
    x: float
    y: float
    to_x: float
    to_y: float


@dataclass(frozen=True)
class Picture:
    title: str
    width: float
    height: float
    rules: tuple[Rule, ...]
    boxes: tuple[Box, ...]
    words: tuple[Words, ...]


def lay_out(plot: Plot, wished: int = WIDTH) -> Picture:
    """About `wished` pixels wide; a long table makes it taller or wider."""
    rows, series = max(1, len(plot.table.rows)), len(plot.values)
    top = EDGE + TITLE + EDGE + (LINE + EDGE / 2 if series > 1 else 0)
    words = [Words(EDGE, EDGE + TITLE, plot.title, TITLE, style="title")]
    marks = []
    x, y = float(EDGE), EDGE + TITLE + LINE + EDGE / 2
    for number, column in enumerate(plot.series if series > 1 else ()):
        marks.append(Box(x, y - SMALL + 1, SMALL, SMALL, number, -1))
        words.append(Words(x + LINE, y, column.title))
        x += LINE + wide(column.title) * SIZE + 2 * EDGE
    if plot.shape is Shape.BARS:
        left = EDGE + max((wide(_short(label)) for label in plot.labels()), default=0) * SIZE + EDGE / 2
        height = rows * (series * BAR + GAP)
        bars = _place(plot, left, top, wished - left - ROOM_FOR_VALUE, height)
        rule, said = _lying(plot, bars, left, top, height)
        return Picture(plot.title, wished, top + height + EDGE, (rule,), (*marks, *bars), (*words, *said))
    top += LINE
    width = max(wished - 2 * EDGE, rows * _step(plot))
    bars = _place(plot, EDGE, top, width, COLUMNS_HEIGHT)
    rule, said = _upright(plot, bars, width, top + COLUMNS_HEIGHT)
    below = (2 if plot.is_rate else 1) * LINE + EDGE
    size = width + 2 * EDGE, top + COLUMNS_HEIGHT + below
    return Picture(plot.title, *size, (rule,), (*marks, *bars), (*words, *said))


def _place(plot: Plot, left: float, top: float, width: float, height: float) -> list[Box]:
    """The bars, row by row; what has none is as long as nothing."""
    values = [[height_of(cell) or 0 for cell in plot.of(value)] for value in plot.values]
    most = PERCENT if plot.is_rate else max(1, *(max(row, default=0) for row in values))
    boxes = [
        Box(left + bar.x, top + bar.y, bar.width, bar.height, bar.series, bar.row)
        for bar in place_bars(values, most, width, height, lying=plot.shape is Shape.BARS)
    ]
    return sorted(boxes, key=lambda box: (box.row, box.series))


def _upright(plot: Plot, bars: list[Box], width: float, foot: float) -> tuple[Rule, list[Words]]:
    base = max((bar.y + bar.height for bar in bars), default=foot)
    said = []
    for bar in bars:
        cell = plot.table.rows[bar.row][plot.values[bar.series]]
        said.append(Words(bar.x + bar.width / 2, bar.y - SMALL / 2, value_text(cell), SIZE - 1, "middle", "value"))
    for number, (label, cases) in enumerate(zip(_below(plot), _cases(plot), strict=True)):
        own = [bar for bar in bars if bar.row == number]
        middle = (own[0].x + own[-1].x + own[-1].width) / 2
        said.append(Words(middle, base + LINE, label, anchor="middle"))
        if cases:
            said.append(Words(middle, base + 2 * LINE, cases, SMALL, "middle", "cases"))
    return Rule(EDGE, base, EDGE + width, base), said


def _step(plot: Plot) -> float:
    """From one row's columns to the next one's, so that no word runs into another."""
    numbers = max((wide(value_text(cell)) for cell in plot.cells()), default=0) * (SIZE - 1) + BETWEEN
    labels = max((wide(label) for label in _below(plot)), default=0) * SIZE + BETWEEN
    cases = max((wide(words) for words in _cases(plot)), default=0) * SMALL + BETWEEN
    return max(numbers * len(plot.values), labels, cases)


def _below(plot: Plot) -> tuple[str, ...]:
    labels = plot.labels()
    return labels if len(labels) <= MANY else tuple(label.replace("月", ".").rstrip("日") for label in labels)


def _cases(plot: Plot) -> tuple[str, ...]:
    """Of each row; empty for counts."""
    columns = [(value, plot.table.columns[value]) for value in plot.values]
    return tuple(
        " ".join(filter(None, (cases_text(row[v], column) for v, column in columns))) for row in plot.table.rows
    )


def _lying(plot: Plot, bars: list[Box], left: float, top: float, height: float) -> tuple[Rule, list[Words]]:
    zero = min((bar.x for bar in bars), default=left)
    said = []
    for bar in bars:
        value = plot.values[bar.series]
        cell = plot.table.rows[bar.row][value]
        cases = cases_text(cell, plot.table.columns[value])
        text = f"{value_text(cell)}（{cases}）" if cases else value_text(cell)
        middle = bar.y + bar.height / 2 + SIZE * CENTRED
        said.append(Words(bar.x + bar.width + 6, middle, text, SIZE - 1, style="value"))
    for number, label in enumerate(plot.labels()):
        own = [bar for bar in bars if bar.row == number]
        middle = (own[0].y + own[-1].y + own[-1].height) / 2 + SIZE * CENTRED
        whole = label if _short(label) != label else ""
        said.append(Words(zero - 8, middle, _short(label), anchor="end", whole=whole))
    return Rule(zero, top, zero, top + height), said


def wide(text: str) -> float:
    """About how many ems a text is wide: Chinese characters one, others half."""
    return sum(1.0 if ord(letter) > 0x2E80 else 0.58 for letter in text)


def _short(label: str) -> str:
    """What fits beside a bar."""
    if wide(label) <= LONGEST_LABEL:
        return label
    kept = label
    while wide(kept) > LONGEST_LABEL - 1:
        kept = kept[:-1]
    return f"{kept}…"
