"""A chart as SVG, for `<img>`.

What leaves this module runs nothing and fetches nothing: no script, no link, no font from elsewhere, no event handler;
the only style is its own. The same plot always gives the same bytes.
"""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

from app.web.charts.layout import LIGHT, WIDTH, Picture, Theme, lay_out
from app.web.charts.map import Map
from app.web.charts.plot import Plot
from app.web.tables import printable

FONTS = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC','WenQuanYi Micro Hei',sans-serif"
SVG = "http://www.w3.org/2000/svg"


def svg(plot: Plot, theme: Theme = LIGHT, wished: int = WIDTH) -> bytes:
    """The chart as a picture of its own, about `wished` pixels wide; its title and numbers are text in it."""
    return drawn(lay_out(plot, wished), theme)


def drawn(picture: Picture, theme: Theme) -> bytes:
    """What was laid out once, in light or dark."""
    root = _begun(picture, theme)
    for box in picture.boxes:
        place = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        _add(root, "rect", {"class": f"series-{box.series}", **place})
    return _ended(root, picture)


def map_svg(found: Map, theme: Theme = LIGHT) -> bytes:
    """The map as a picture of its own."""
    root = _begun(found, replace(theme, line=theme.second))
    for point in found.points:
        place = {"cx": point.x, "cy": point.y, "r": point.radius}
        dot = _add(root, "circle", {"class": "ring" if point.is_empty else "dot", **place})
        _add(dot, "title", {}, point.told)
    _add(root, "polygon", {"points": " ".join(f"{x:.6g},{y:.6g}" for x, y in found.north)})
    return _ended(root, found)


def _begun(picture: Picture | Map, theme: Theme) -> Any:
    """What lies below: the card and the lines."""
    root = ElementTree.Element("svg", {"xmlns": SVG, **_root(picture)})
    _add(root, "title", {}, picture.title)
    _add(root, "style", {}, _style(theme))
    _add(root, "rect", {"class": "card", "width": picture.width, "height": picture.height})
    for rule in picture.rules:
        _add(root, "line", {"x1": rule.x, "y1": rule.y, "x2": rule.to_x, "y2": rule.to_y})
    return root


def _ended(root: Any, picture: Picture | Map) -> bytes:
    """With the words above everything."""
    for words in picture.words:
        shown: dict[str, Any] = {"x": words.x, "y": words.y, "font-size": words.size, "text-anchor": words.anchor}
        text = _add(root, "text", {"class": words.style, **shown}, words.text)
        if words.whole:
            _add(text, "title", {}, words.whole)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def data_uri(drawn: bytes) -> str:
    """For an `<img>` in the page itself, where a second request would have to count everything again."""
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"


def _root(picture: Picture | Map) -> dict[str, str]:
    width, height = f"{picture.width:g}", f"{picture.height:g}"
    size = {"width": width, "height": height, "viewBox": f"0 0 {width} {height}"}
    return {**size, "role": "img", "aria-label": printable(picture.title)}


def _style(theme: Theme) -> str:
    bars = "".join(f".series-{number}{{fill:{colour}}}" for number, colour in enumerate(theme.series))
    return (
        f"text{{font-family:{FONTS};fill:{theme.text}}}.title{{font-weight:600}}.cases{{fill:{theme.second}}}"
        f".card{{fill:{theme.card}}}line{{stroke:{theme.line}}}{bars}"
        f".dot{{fill:{theme.series[0]};fill-opacity:.75;stroke:{theme.card}}}"
        f".ring{{fill:{theme.card};stroke:{theme.second};stroke-width:2}}polygon{{fill:{theme.second}}}"
    )


def _add(parent: Any, tag: str, attributes: dict[str, Any], text: str = "") -> Any:
    shown = {name: f"{value:.6g}" if isinstance(value, float) else str(value) for name, value in attributes.items()}
    node = ElementTree.SubElement(parent, tag, shown)
    node.text = printable(text) or None
    return node
