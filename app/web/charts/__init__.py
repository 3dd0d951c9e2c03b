"""Charts: each is drawn from a table, so that picture and table cannot disagree. Pure: data in, bytes out."""

from app.web.charts.layout import DARK, LIGHT, Theme, lay_out
from app.web.charts.map import Map, Spot, lay_out_map
from app.web.charts.plot import Plot, Shape, is_drawable
from app.web.charts.raster import png
from app.web.charts.vector import data_uri, drawn, map_svg, svg

__all__ = [
    "DARK",
    "LIGHT",
    "Map",
    "Plot",
    "Shape",
    "Spot",
    "Theme",
    "data_uri",
    "drawn",
    "is_drawable",
    "lay_out",
    "lay_out_map",
    "map_svg",
    "png",
    "svg",
]
