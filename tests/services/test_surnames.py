"""The letter under which a name stands in a list: as the surname is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.services.rosters.directory import Directory
from app.services.rosters.surnames import UNKNOWN, initial_of, surname_reading
from tests.services.factories import a_roster, a_world, an_official

ROSTERS = Path(__file__).parents[2] / "dev" / "rosters"


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("周文清", "Z"),
        ("单思媛", "S"),
        ("曾庆", "Z"),
        ("解正阳", "X"),
        ("仇和", "Q"),
        ("查明", "Z"),
        ("区伟", "O"),
        ("覃勇", "Q"),
        ("翟青", "Z"),
        ("黑向东", "H"),
        ("朴成", "P"),
        ("訾文涛", "Z"),
        ("蒯素英", "K"),
        ("吕一", "L"),
        ("尉迟恭", "Y"),
        ("万俟雅", "M"),
        ("欧阳柏", "O"),
        ("令狐冲", "L"),
        ("阿依古丽·买买提", "A"),
        ("Ahmet", "A"),
        ("élan", "E"),
        (" 周文清", "Z"),
        ("", UNKNOWN),
        ("·", UNKNOWN),
        ("３号窗口", UNKNOWN),
        ("жук", UNKNOWN),
    ],
)
def test_the_letter_is_that_of_the_surname(name: str, letter: str) -> None:
    assert initial_of(name) == letter


def test_whoever_stands_under_a_letter_is_found_by_it() -> None:
    world = a_world(a_roster())
    world.stores.officials.put(an_official("hei", position=9, name="黑向东"))
    directory = Directory(world)
    for name in ("黑向东", "解放", "周文清"):
        assert name in [official.name for official in directory.search(surname_reading(name))]


def test_everybody_of_the_sample_rosters_has_a_letter() -> None:
    names = [
        official["name"]
        for file in ROSTERS.glob("*.json")
        for group in json.loads(file.read_text(encoding="utf-8"))["groups"]
        for official in group["officials"]
    ]
    assert len(names) > 180
    assert [name for name in names if initial_of(name) == UNKNOWN] == []
