"""Charts show the numbers of their tables, in Chinese, and carry nothing that runs or is fetched."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from app.domain.figures import Rate
from app.domain.overview import Bucket, Overview
from app.web.charts import DARK, LIGHT, Plot, Shape, data_uri, is_drawable, png, svg
from app.web.charts.plot import height_of, value_text
from app.web.charts.raster import chinese_font
from app.web.presenters.overview import TABLES, officials_table, standing_table
from app.web.presenters.plots import PLOTS, officials_plot
from app.web.tables import Cell, Column, Table, in_words, percent
from tests.web.overviews import FIRST, MARKUP, a_today, an_overview, rates

SVG = "{http://www.w3.org/2000/svg}"
ALL = {name: make(an_overview()) for name, make in PLOTS.items()}
ALL["officials"] = officials_plot("on_time", an_overview())


def drawn(plot: Plot, **options: Any) -> Any:
    return ElementTree.fromstring(svg(plot, **options))


def bars(root: Any) -> dict[int, list[Any]]:
    """The rectangles of each series, without the marks of the legend."""
    found: dict[int, list[Any]] = {}
    for rect in root.iter(f"{SVG}rect"):
        if match := re.fullmatch(r"series-(\d)", rect.get("class", "")):
            found.setdefault(int(match[1]), []).append(rect)
    return {series: rects[1:] if len(found) > 1 else rects for series, rects in found.items()}


def words(root: Any) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("name", ALL)
def test_nothing_in_a_chart_runs_or_is_fetched(name: str) -> None:
    source = svg(ALL[name]).decode()
    root = ElementTree.fromstring(source)
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {"svg", "title", "style", "rect", "line", "text"}
    assert not re.search(r"<script|javascript:|@import|url\(|<!--|href|<image|foreignObject", source)
    attributes = [value for node in root.iter() for value in node.attrib.values()]
    assert not [value for value in attributes if "http" in value]
    assert "http" not in (root.findtext(f"{SVG}style") or "")
    assert not [name for node in root.iter() for name in node.attrib if name.startswith("on")]
    assert "PingFang" in source and "monospace" not in source


@pytest.mark.parametrize("name", ALL)
def test_a_chart_says_every_number_of_its_table(name: str) -> None:
    plot = ALL[name]
    said = words(drawn(plot))
    for row in plot.table.rows:
        label = str(row[plot.label])
        assert any(one == label or (one.endswith("…") and label.startswith(one[:-1])) for one in said), label
        for value in plot.values:
            cell = row[value]
            assert any(one.startswith(value_text(cell)) for one in said), cell
            if isinstance(cell, Rate):
                unit = plot.table.columns[value].unit
                assert any(f"{cell.cases}{unit}" in one for one in said), cell
    assert plot.title in said
    assert len(plot.values) == 1 or {column.title for column in plot.series} <= set(said)


@pytest.mark.parametrize("name", ALL)
def test_bars_are_as_long_as_the_numbers_are_large(name: str) -> None:
    plot = ALL[name]
    side = "width" if plot.shape is Shape.BARS else "height"
    scales = set()
    for series, rects in bars(drawn(plot)).items():
        cells = [row[plot.values[series]] for row in plot.table.rows]
        assert len(rects) == len(cells)
        for rect, cell in zip(rects, cells, strict=True):
            long, high = float(rect.get(side)), height_of(cell) or 0
            assert (long == 0) == (high == 0)
            if high:
                scales.add(round(long / high, 2))
    assert max(scales) - min(scales) < 0.05, "one scale for all"


def test_rates_are_drawn_on_one_scale_for_all_charts() -> None:
    def scale(name: str) -> float:
        rect = bars(drawn(ALL[name]))[0][1]
        cell = ALL[name].table.rows[1][ALL[name].values[0]]
        return float(rect.get("height")) / (height_of(cell) or 1)

    assert scale("trend_on_time") == pytest.approx(scale("trend_response"), rel=0.01)


def test_below_ten_cases_there_is_no_bar_but_the_cases_are_told() -> None:
    root = drawn(ALL["officials"])
    assert [float(rect.get("width")) > 0 for rect in bars(root)[0]] == [False, True, True, False, False]
    assert [one for one in words(root) if "数据积累中" in one] == [
        "数据积累中（9件）",
        "数据积累中（5件）",
        "数据积累中（4件）",
    ]


def test_officials_stand_in_the_given_order_whatever_their_figures() -> None:
    root = drawn(officials_plot("on_time", an_overview()))
    names = [text for text in root.iter(f"{SVG}text") if text.get("text-anchor") == "end"]
    assert [text.text for text in names][:3] == ["魏崇岭", "周文清", "吴敏（前任）"]
    heights = [float(text.get("y", 0)) for text in names]
    assert heights == sorted(heights)


def test_the_same_plot_gives_the_same_bytes_in_the_colours_of_the_theme() -> None:
    plot = ALL["flow"]
    assert svg(plot) == svg(plot) != svg(plot, DARK)
    assert LIGHT.series[0] in svg(plot).decode() and DARK.card in svg(plot, DARK).decode()


def test_hostile_words_stay_words() -> None:
    rows: tuple[tuple[Cell, ...], ...] = ((MARKUP, 3), ("停\x00水\ud800" + "很长" * 20, 2))
    plot = Plot("x", '"><script>', Table("x", "x", (Column("一"), Column("二")), rows), Shape.BARS, (1,))
    root = drawn(plot)
    assert not list(root.iter(f"{SVG}script"))
    assert any("停水" in (one.text or "") for one in root.iter(f"{SVG}text"))
    assert [title.text for title in root.iter(f"{SVG}title")][-1].startswith("停水很长"), "the whole of what was cut"


def test_many_days_do_not_run_into_each_other() -> None:

    days = [FIRST + timedelta(days=number) for number in range(31)]
    busy = tuple(Bucket(day, day, 3210, 2987, rates(on_time=Rate(9990, 10000))) for day in days)
    for plot in (PLOTS["flow"](an_overview(trend=busy)), PLOTS["trend_on_time"](an_overview(trend=busy))):
        root = drawn(plot)
        for style in ("value", "label", "cases"):
            texts = [text for text in root.iter(f"{SVG}text") if text.get("class") == style]
            places = sorted(
                (float(text.get("x", 0)), text.text or "") for text in texts if text.get("text-anchor") == "middle"
            )
            for (left, word), (right, _) in pairwise(places):
                assert right - left > len(word) * 7


def test_nothing_to_draw_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing: Overview = an_overview(trend=(), officials=(), places=())
    assert not is_drawable(PLOTS["flow"](nothing))
    assert is_drawable(ALL["flow"])
    few = an_overview(groups=tuple(replace(line, rates=rates(on_time=Rate(1, 2))) for line in an_overview().groups))
    assert not is_drawable(PLOTS["groups_on_time"](few))
    assert b"<svg" in svg(PLOTS["flow"](nothing)), "drawn all the same when asked for"


def test_a_chart_in_the_page_itself() -> None:
    head, body = data_uri(svg(ALL["flow"])).split(",")
    assert head == "data:image/svg+xml;base64"
    assert base64.b64decode(body) == svg(ALL["flow"])


def test_on_paper_it_is_the_same_picture_or_none() -> None:
    font = chinese_font()
    if font is None:
        assert png(ALL["flow"]) is None
        pytest.skip("no Chinese font on this machine: papers keep their tables only")
    picture = Image.open(io.BytesIO(png(ALL["flow"]) or b""))
    assert picture.format == "PNG" and picture.width > 1500
    colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or []}
    assert {(0x1B, 0x5F, 0xC1), (0x8A, 0x93, 0xA0)} <= colours


def test_without_a_font_there_is_no_picture(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("app.web.charts.raster.PLACES", (tmp_path,))
    chinese_font.cache_clear()
    assert png(ALL["flow"]) is None
    chinese_font.cache_clear()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Rate(199, 200), "99.5%（200 件）"),
        (Rate(1999, 2000), "99.9%（2000 件）"),
        (Rate(200, 200), "100.0%（200 件）"),
        (Rate(9, 9), "数据积累中（9 件）"),
        (Rate(0, 0), "数据积累中（0 件）"),
        (12, "12"),
        (0, "0"),
        (None, "—"),
        ("", "—"),
    ],
)
def test_a_cell_in_words(cell: Cell, text: str) -> None:
    assert in_words(cell) == text


def test_a_percentage_is_cut_and_not_rounded() -> None:
    assert percent(Rate(2, 30)) == "6.6%"
    assert percent(Rate(9, 9)) is None


def test_every_row_of_every_table_fills_its_columns_and_every_rate_has_a_unit() -> None:
    tables = [make(an_overview()) for make in TABLES.values()]
    tables += [standing_table(a_today().standing), officials_table(an_overview(), brief=True)]
    for table in tables:
        assert table.rows, table.name
        for column, cell in table.cells():
            assert not isinstance(cell, Rate | int) or column.unit, (table.name, column)
    assert len({table.name for table in tables}) == len(tables) - 1


def test_a_short_table_of_officials_leaves_out_who_has_fewer_than_ten_of_everything() -> None:
    one = an_overview()
    assert [row[1] for row in officials_table(one, brief=True).rows][-1] != "陈少"
    assert [row[3] for row in officials_table(one).rows][-1] == "陈少"
