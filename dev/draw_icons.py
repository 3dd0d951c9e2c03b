"""Draws the icons of the mini-program's tab bar: `python -m dev.draw_icons` writes miniprogram/images/*.png.

WeChat's tab bar takes pictures only. Plain strokes in two greys of the palette that stand out on light and on dark.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

TARGET = Path(__file__).parent.parent / "miniprogram" / "images"
SIZE = 81
"""Pixels, as WeChat recommends."""
FINER = 4
RESTING = "#78818C"
CHOSEN = "#2F74D8"
STROKE = 6

Draw = Callable[["Pen"], None]


class Pen:
    """Draws in units of the finished picture, four times finer for smooth edges."""

    def __init__(self, colour: str) -> None:
        self._image = Image.new("RGBA", (SIZE * FINER, SIZE * FINER), (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self._image)
        self._colour = colour

    def box(self, left: int, top: int, right: int, bottom: int, radius: int = 7) -> None:
        area = tuple(FINER * value for value in (left, top, right, bottom))
        self._draw.rounded_rectangle(area, FINER * radius, outline=self._colour, width=FINER * STROKE)

    def circle(self, x: int, y: int, radius: int) -> None:
        area = tuple(FINER * value for value in (x - radius, y - radius, x + radius, y + radius))
        self._draw.ellipse(area, outline=self._colour, width=FINER * STROKE)

    def arc(self, x: int, y: int, radius: int) -> None:
        """The upper half of a circle, as shoulders."""
        area = tuple(FINER * value for value in (x - radius, y - radius, x + radius, y + radius))
        self._draw.arc(area, 180, 360, fill=self._colour, width=FINER * STROKE)

    def line(self, *points: tuple[int, int]) -> None:
        path = [(FINER * x, FINER * y) for x, y in points]
        self._draw.line(path, fill=self._colour, width=FINER * STROKE, joint="curve")
        for x, y in (path[0], path[-1]):
            half = FINER * STROKE // 2
            self._draw.ellipse((x - half, y - half, x + half, y + half), fill=self._colour)

    def picture(self) -> Image.Image:
        return self._image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


def directory(pen: Pen) -> None:
    """People in a list."""
    for y in (22, 58):
        pen.circle(20, y, 9)
        pen.line((40, y), (68, y))


def mine(pen: Pen) -> None:
    """A sheet with lines."""
    pen.box(17, 11, 64, 70)
    for y, end in ((28, 51), (41, 51), (54, 42)):
        pen.line((30, y), (end, y))


def answers(pen: Pen) -> None:
    """What was said, with a tick."""
    pen.box(11, 14, 70, 58, 10)
    pen.line((28, 36), (37, 45), (54, 27))
    pen.line((31, 60), (31, 70), (42, 60))


def me(pen: Pen) -> None:
    pen.circle(40, 25, 14)
    pen.arc(40, 72, 27)
    pen.line((16, 70), (65, 70))


ICONS: dict[str, Draw] = {"directory": directory, "mine": mine, "answers": answers, "me": me}


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    for name, draw in ICONS.items():
        for suffix, colour in (("", RESTING), ("-chosen", CHOSEN)):
            pen = Pen(colour)
            draw(pen)
            pen.picture().save(TARGET / f"{name}{suffix}.png", optimize=True)


if __name__ == "__main__":
    main()
