"""The only code that knows pygal: where its bars stand.

Of pygal's picture only the rectangles are used. Its script, its links, its style sheet and its idea of how wide a
Chinese word is stay behind.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pygal  # type: ignore[import-untyped]  # it ships no types

# Importing it adds a finder for its map plugins to every later import, of a kind that Python has given up and warns of.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != pygal.__name__]


class Bar(NamedTuple):
    row: int
    series: int
    x: float
    y: float
    width: float
    height: float


def place_bars(
    values: Sequence[Sequence[float]], most: float, width: float, height: float, lying: bool
) -> Iterator[Bar]:
    """The bars of each series, in a field of that size whose scale goes from 0 to `most`; lying ones from above."""
    chart = (pygal.HorizontalBar if lying else pygal.Bar)(
        width=width,
        height=height,
        margin=0,
        spacing=0,
        range=(0, most),
        show_legend=False,
        show_x_labels=False,
        show_y_labels=False,
        js=(),
    )
    rows = list(range(max((len(series) for series in values), default=0)))
    if lying:
        rows.reverse()  # pygal stacks them from below
    for series in values:
        chart.add("", [series[row] for row in rows])
    for number, rects in _groups(chart.render_tree()):
        for row, rect in zip(rows, rects, strict=True):
            x, y, long, high = (float(rect.get(name, 0)) for name in ("x", "y", "width", "height"))
            yield Bar(row, number, x, y, long, high)


def _groups(tree: Any) -> Iterator[tuple[int, list[Any]]]:
    """The rectangles of each series with its number: pygal draws the series of lying bars from the last one on."""
    for node in tree.iter("{*}g"):
        names = node.get("class", "").split()
        bars = [one for one in node.iter("{*}rect") if "rect" in one.get("class", "").split()]
        if bars and "series" in names:
            yield next(int(name.removeprefix("serie-")) for name in names if name.startswith("serie-")), bars
