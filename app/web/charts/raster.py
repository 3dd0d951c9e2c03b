"""A chart as PNG, for papers: Word takes no SVG, and the libraries that turn one into the other bring a browser's worth
of system packages along. Pillow is here anyway, and the layout is the same as on the screen.

Pillow brings no Chinese letters. A machine without a Chinese font gets no pictures (None), and the paper keeps its
tables, which hold every number of the charts.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.web.charts.layout import LIGHT, Theme, lay_out
from app.web.charts.plot import Plot

WIDTH = 640
"""Layout pixels across the 156 mm of a page's text: words come out in about 10 pt."""
SCALE = 3
"""Pixels of the picture for one of the layout: some 310 dpi."""
PLACES = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"), Path("C:/Windows/Fonts"))
NAMES = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansSC-Regular.otf",
    "NotoSansCJKsc-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "SourceHanSansCN-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "msyh.ttc",
    "simhei.ttf",
    "simsun.ttc",
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "uming.ttc",
)
"""Files of fonts with Chinese letters, the best readable first."""
SIMPLIFIED = {"NotoSansCJK-Regular.ttc": 2}
"""Which face of a collection writes as in the mainland."""
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def png(plot: Plot, theme: Theme = LIGHT, font: Path | None = None) -> bytes | None:
    """The chart as a picture; `font` instead of the one found here. None where there is no Chinese font."""
    file = font or chinese_font()
    if file is None:
        return None
    picture = lay_out(plot, WIDTH)
    image = Image.new("RGB", (round(picture.width * SCALE), round(picture.height * SCALE)), theme.card)
    draw = ImageDraw.Draw(image)
    for rule in picture.rules:
        ends = (rule.x * SCALE, rule.y * SCALE, rule.to_x * SCALE, rule.to_y * SCALE)
        draw.line(ends, fill=theme.line, width=SCALE)
    for box in picture.boxes:
        if box.width and box.height:
            corners = (box.x * SCALE, box.y * SCALE, (box.x + box.width) * SCALE, (box.y + box.height) * SCALE)
            draw.rectangle(corners, fill=theme.series[box.series])
    for words in picture.words:
        letters = _letters(file, words.size * SCALE)
        colour = theme.second if words.style == "cases" else theme.text
        place = (words.x * SCALE, words.y * SCALE)
        draw.text(place, words.text, fill=colour, font=letters, anchor=ANCHORS[words.anchor])
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


@lru_cache(maxsize=1)
def chinese_font() -> Path | None:
    """The first known font that this machine has; looked for once in a process."""
    found = {path.name: path for place in PLACES if place.is_dir() for path in place.rglob("*.[to]t[cf]")}
    return next((found[name] for name in NAMES if name in found), None)


@lru_cache(maxsize=16)
def _letters(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), size, index=SIMPLIFIED.get(file.name, 0))
