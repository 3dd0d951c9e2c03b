"""Charts: each is drawn from a table, so that picture and table cannot disagree. Pure: data in, bytes out."""

from app.web.charts.layout import DARK, LIGHT, Theme
from app.web.charts.plot import Plot, Shape, is_drawable
from app.web.charts.raster import png
from app.web.charts.vector import data_uri, svg

__all__ = ["DARK", "LIGHT", "Plot", "Shape", "Theme", "data_uri", "is_drawable", "png", "svg"]
