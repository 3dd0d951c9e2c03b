"""The map of sources: points where they belong, words that can be read, nothing that runs or is fetched."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.domain.overview import Place
from app.domain.roster import Position
from app.web.charts import DARK, LIGHT, Spot, lay_out_map, map_svg
from app.web.charts.layout import SMALL, wide
from app.web.charts.map import LEAST, MOST, Area, Map
from app.web.presenters.plots import places_map
from tests.web.overviews import an_overview

SVG = "{http://www.w3.org/2000/svg}"
ROSTER = Path(__file__).parents[2] / "dev" / "rosters" / "dangshan.json"


def spot(longitude: float, latitude: float, count: int = 1, words: str = "车站 1") -> Spot:
    return Spot(longitude, latitude, count, words, words)


def sample() -> list[Spot]:
    """The places of the sample roster, most of them within a small town."""
    codes = json.loads(ROSTER.read_text(encoding="utf-8"))["policy"]["source_codes"]
    found = [(one["place"], *map(float, one["position"].split(","))) for one in codes if "position" in one]
    return [spot(x, y, 100 // number, f"{place} {100 // number}") for number, (place, x, y) in enumerate(found, 1)]


def labels(found: Map) -> list[Area]:
    return [
        Area(one.x, one.y - one.size, one.x + wide(one.text) * one.size, one.y)
        for one in found.words
        if one.style == "label" and one.size == SMALL and one.anchor == "start"
    ]


@pytest.mark.parametrize("seed", range(6))
def test_no_words_lie_on_each_other_on_a_point_or_outside(seed: int) -> None:
    made = random.Random(seed)
    crowd = [spot(116 + made.gauss(0, 0.01), 34 + made.gauss(0, 0.01), made.randrange(50)) for _ in range(60)]
    for found in (lay_out_map("图", crowd), lay_out_map("图", sample())):
        said = labels(found)
        assert len(said) > 10
        assert not [pair for pair in combinations(said, 2) if pair[0].meets(pair[1])]
        for point in found.points:
            around = Area(
                point.x - point.radius, point.y - point.radius, point.x + point.radius, point.y + point.radius
            )
            assert not [one for one in said if one.meets(around)]
        assert all(one.left >= 0 and one.right <= found.width and one.bottom <= found.height for one in said)


def test_no_line_runs_through_words() -> None:
    found = lay_out_map("图", sample())
    assert not [(line, one) for line in found.rules[3:] for one in labels(found) if one.is_crossed_by(line)]
    assert len(labels(found)) > len(sample()) * 0.8, "and most places have their words"


def test_north_is_above_east_is_right_and_distances_are_true() -> None:
    found = lay_out_map("图", [spot(116.0, 34.0), spot(116.1, 34.0), spot(116.0, 34.1)])
    origin, east, north = found.points
    assert east.x > origin.x and east.y == pytest.approx(origin.y)
    assert north.y < origin.y and north.x == pytest.approx(origin.x)
    assert (east.x - origin.x) / (origin.y - north.y) == pytest.approx(0.829, abs=0.002), "the cosine of 34 degrees"
    bar, text = found.rules[0], next(one.text for one in found.words if one.text.endswith("公里"))
    kilometres = float(text.removesuffix(" 公里"))
    assert (origin.y - north.y) / (bar.to_x - bar.x) * kilometres == pytest.approx(11.1, abs=0.1), "a tenth of a degree"


def test_the_area_of_a_point_grows_with_its_count() -> None:
    none, few, many = lay_out_map("图", [spot(116, 34, 0), spot(116.1, 34, 25), spot(116.2, 34, 100)]).points
    assert (none.is_empty, few.is_empty, none.radius, many.radius) == (True, False, LEAST, MOST)
    assert few.radius == LEAST + (MOST - LEAST) / 2


@pytest.mark.parametrize("spots", [[spot(116, 34)], [spot(116, 34)] * 3, [spot(73.5, 53.5), spot(135, 18)]])
def test_one_place_the_same_place_and_the_whole_country_can_be_drawn(spots: list[Spot]) -> None:
    found = lay_out_map("图", spots)
    assert all(0 < one.x < found.width and 0 < one.y < found.height for one in found.points)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_nothing_in_a_map_runs_or_is_fetched(theme: object) -> None:
    hostile = "<script>alert(1)</script>"
    source = map_svg(lay_out_map("图", [*sample(), spot(116.9, 34.9, 3, hostile)]), theme).decode()  # type: ignore[arg-type]
    root = ElementTree.fromstring(source)
    allowed = {"svg", "title", "style", "rect", "line", "text", "circle", "polygon"}
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= allowed
    assert hostile not in source and "&lt;script&gt;" in source
    assert not re.search(r"javascript:|@import|url\(|href|<image|foreignObject", source)


def test_only_places_with_a_position_are_on_it() -> None:
    one = an_overview()
    assert places_map(one) is None
    placed = replace(one.places[0], position=Position(116.35, 34.42))
    found = places_map(replace(one, places=(placed, Place("P-2", "医院", 0, 5))))
    assert found is not None and len(found.points) == 1
    assert found.points[0].told == "车站：诉求 12 件，扫码 300 次"
