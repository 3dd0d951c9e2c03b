"""Where everything of a map stands: points on a field without any tiles, because the office's network reaches none.

North is above; a degree of longitude is as wide as it is at the middle of the points. The area of a point grows with
its number. Words never lie on each other or on a point: those of the largest points are set first, beside their point
or, where it is crowded, further off with a line to it; what finds no room is told by the table alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, log10, radians, sqrt
from typing import NamedTuple

from app.web.charts.layout import EDGE, LINE, SMALL, TITLE, WIDTH, Rule, Words, wide

METRES_A_DEGREE = 111_320
"""Of latitude."""
LOWEST, HIGHEST = 320, 620
"""Pixels of the field."""
SMALLEST_SPAN = 400
"""Metres across: a single place is not drawn as if it were a country."""
LEAST, MOST = 5.0, 22.0
"""Radius of a point in pixels."""
MARGIN = 64
"""Pixels around the points, where their words may stand."""
RINGS = (4, 22, 44, 70, 100, 135, 175)
"""How far off a point its words may stand."""
TOWARDS = ((1, 0), (-1, 0), (0, -1), (0, 1), (0.8, -0.7), (0.8, 0.7), (-0.8, -0.7), (-0.8, 0.7))
LINED_FROM = 22
SCALE_SHARE = 0.25


@dataclass(frozen=True)
class Spot:
    """A place in degrees. `count` makes its size, `words` stand beside it, `told` when it is pointed at."""

    longitude: float
    latitude: float
    count: int
    words: str
    told: str


class Point(NamedTuple):
    x: float
    y: float
    radius: float
    is_empty: bool
    """Without any count: a ring."""
    told: str


class Area(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def is_crossed_by(self, line: Rule) -> bool:
        """Looked at every few pixels, which is less than words are high."""
        steps = int(max(abs(line.to_x - line.x), abs(line.to_y - line.y)) / 4) + 1
        shares = (number / steps for number in range(steps + 1))
        found = ((line.x + (line.to_x - line.x) * s, line.y + (line.to_y - line.y) * s) for s in shares)
        return any(self.left < x < self.right and self.top < y < self.bottom for x, y in found)

    def holds(self, other: Area) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class Map:
    title: str
    width: float
    height: float
    points: tuple[Point, ...]
    rules: tuple[Rule, ...]
    """From words that stand further off to their point, and the scale."""
    words: tuple[Words, ...]
    north: tuple[tuple[float, float], ...]
    """The arrow's corners."""


def lay_out_map(title: str, spots: Sequence[Spot]) -> Map:
    """At least one spot."""
    middle = (min(s.latitude for s in spots) + max(s.latitude for s in spots)) / 2
    flat = [(s.longitude * cos(radians(middle)) * METRES_A_DEGREE, -s.latitude * METRES_A_DEGREE) for s in spots]
    left, top = min(x for x, _ in flat), min(y for _, y in flat)
    across, down = (max(max(of) - min(of), SMALLEST_SPAN) for of in zip(*flat, strict=True))
    top_edge = EDGE + TITLE + EDGE
    room = WIDTH - 2 * (EDGE + MARGIN)
    a_pixel = max(across / room, down / (HIGHEST - 2 * MARGIN))
    height = max(LOWEST, down / a_pixel + 2 * MARGIN)
    shift_x = (WIDTH - across / a_pixel) / 2
    shift_y = top_edge + (height - down / a_pixel) / 2
    most = max(1, *(s.count for s in spots))
    points = [
        Point(
            shift_x + (x - left) / a_pixel, shift_y + (y - top) / a_pixel, _radius(s.count, most), not s.count, s.told
        )
        for (x, y), s in zip(flat, spots, strict=True)
    ]
    bottom = top_edge + height
    scale, taken = _scale(a_pixel, bottom)
    field = Area(EDGE, top_edge, WIDTH - EDGE, bottom)
    north = ((WIDTH - 40.0, top_edge + 4.0), (WIDTH - 33.0, top_edge + 26.0), (WIDTH - 47.0, top_edge + 26.0))
    closed = [Area(0, bottom - 2 * LINE - EDGE, taken, bottom), Area(WIDTH - 64, 0, WIDTH, top_edge + 48)]
    lines, labels = _labels(spots, points, field, closed)
    said = (
        Words(EDGE, EDGE + TITLE, title, TITLE, style="title"),
        Words(WIDTH - 40.0, top_edge + 42, "北", SMALL, "middle"),
        *scale[1],
        *labels,
    )
    return Map(title, WIDTH, bottom + EDGE, tuple(points), (*scale[0], *lines), said, north)


def _radius(count: int, most: int) -> float:
    return LEAST + (MOST - LEAST) * sqrt(count / most)


def _scale(a_pixel: float, bottom: float) -> tuple[tuple[list[Rule], list[Words]], float]:
    """The bar at the lower left with its length, and how far it reaches."""
    longest = WIDTH * SCALE_SHARE * a_pixel
    ten = 10.0 ** int(log10(longest))
    metres = next(step * ten for step in (5, 2, 1) if step * ten <= longest)
    text = f"{metres / 1000:g} 公里" if metres >= 1000 else f"{metres:g} 米"
    end, y = EDGE + metres / a_pixel, bottom - EDGE / 2
    bars = [Rule(EDGE, y, end, y), Rule(EDGE, y - 5, EDGE, y + 1), Rule(end, y - 5, end, y + 1)]
    return (bars, [Words(EDGE, y - 8, text, SMALL)]), max(end, EDGE + wide(text) * SMALL) + EDGE


def _labels(
    spots: Sequence[Spot], points: Sequence[Point], field: Area, closed: list[Area]
) -> tuple[list[Rule], list[Words]]:
    dots = [Area(p.x - p.radius, p.y - p.radius, p.x + p.radius, p.y + p.radius) for p in points]
    taken, lines, labels = [*closed, *dots], list[Rule](), list[Words]()
    for spot, point in sorted(zip(spots, points, strict=True), key=lambda pair: -pair[0].count):
        for far, area in _places(point, wide(spot.words) * SMALL):
            line = _line(point, area) if far >= LINED_FROM else None
            if (
                not field.holds(area)
                or any(area.meets(other) for other in taken)
                or any(area.is_crossed_by(other) for other in lines)
                or (line and any(other.is_crossed_by(line) for other in taken[len(closed) + len(dots) :]))
            ):
                continue
            taken.append(area)
            labels.append(Words(area.left + 2, area.bottom - 4, spot.words, SMALL))
            lines += [line] if line else []
            break
    return lines, labels


def _line(point: Point, area: Area) -> Rule:
    """From the middle of a point to the nearest place of its words."""
    x, y = min(max(point.x, area.left), area.right), min(max(point.y, area.top), area.bottom)
    return Rule(point.x, point.y, x, y)


def _places(point: Point, width: float) -> Iterator[tuple[int, Area]]:
    """Where its words may stand, the nearest first."""
    width, height = width + 4, SMALL + 5
    for far in RINGS:
        off = point.radius + far
        for to_x, to_y in TOWARDS:
            x = point.x + to_x * (off + width / 2) if to_x else point.x
            y = point.y + to_y * (off + height / 2)
            yield far, Area(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
