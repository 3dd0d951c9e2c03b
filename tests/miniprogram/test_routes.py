"""Every route that the server has for the mini-program is used by one of its pages, and it asks for no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web.city import City

MINIPROGRAM = Path(__file__).parent.parent.parent / "miniprogram"
SCRIPTS = {path: path.read_text(encoding="utf-8") for path in MINIPROGRAM.rglob("*.js")}
OTHERS = ("/api/office/",)
"""Routes of the console."""
ACTION = re.compile(r"^/api/(?:official/)?appeals/<>/([a-z_]+)$")


@pytest.fixture
def city() -> City:
    return City()


def test_every_route_is_used(city: City) -> None:
    asked, named = paths_asked_for(), " ".join(SCRIPTS.values())
    for route in routes_of(city):
        action = ACTION.match(route)
        used = f'"{action[1]}"' in named if action else route in asked
        assert used, f"no page uses {route}"


def test_no_other_route_is_asked_for(city: City) -> None:
    routes = routes_of(city) | {"/api/appeals/<>/<>", "/api/official/appeals/<>/<>"}
    assert paths_asked_for() <= routes


def routes_of(city: City) -> set[str]:
    """/api/officials/<>: the variables without their names."""
    rules = (rule.rule for rule in city.app.url_map.iter_rules())
    return {
        re.sub(r"<[^>]+>", "<>", rule) for rule in rules if rule.startswith("/api/") and not rule.startswith(OTHERS)
    }


def paths_asked_for() -> set[str]:
    """What stands as an address in the mini-program's scripts, with <> for what is filled in."""
    found = set()
    for content in SCRIPTS.values():
        for quoted in re.findall(r"[\"`](/api/[^\"`]*)[\"`]|\$\{apiBase\}(/api/[^\"`]*)`", content):
            path = (quoted[0] or quoted[1]).split("?")[0]
            found.add(re.sub(r"\$\{[^}]*\}", "<>", path))
    return found
