"""What a printed code carries, and what it comes to mean when somebody scans it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Reason
from app.domain.roster import SOURCE_CODE, Policy, SourceCode
from app.services.posters.scenes import LONGEST, Scene, mark_of, resolve, scene_of
from app.services.rosters.directory import Directory
from app.services.rosters.importing import import_roster
from app.services.world import World
from dev.sandbox.api_program import SCENE as WHAT_WECHAT_TAKES
from tests.domain.factories import refused
from tests.fakes import MemoryStores
from tests.services.factories import a_roster, a_world

ROSTERS = Path(__file__).parents[2] / "dev" / "rosters"
POLICY = Policy(source_codes=(SourceCode("HALL", "政务大厅"), SourceCode("BUS-01", "客运站")))
ROSTER = a_roster(policy=POLICY)


@pytest.fixture
def world() -> World:
    return a_world(ROSTER)


@given(
    st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=40),
    st.from_regex(SOURCE_CODE, fullmatch=True),
)
def test_wechat_takes_every_scene(slug: str, source: str) -> None:
    for scene in (scene_of(slug), scene_of(slug, source)):
        assert len(scene) <= LONGEST and WHAT_WECHAT_TAKES.fullmatch(scene)


@pytest.mark.parametrize("source", ["政务大厅", "A B", "A.B", "A" * 13, "a%20", "a&b=c"])
def test_what_no_code_can_carry_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="no scene"):
        scene_of("city", source)


def test_printed_codes_never_change_their_meaning() -> None:
    """They hang on walls for years: who changes this line reprints every poster of every city."""
    assert (scene_of("dangshan", "DS-HALL-01"), scene_of("bozhou-81")) == ("3tbjxf.DS-HALL-01", "23vzpg")


def test_a_scene_leads_back_to_its_place(world: World) -> None:
    directory = Directory(world)
    assert resolve(directory, scene_of("city", "BUS-01")) == Scene(ROSTER, "BUS-01", "客运站")
    assert resolve(directory, scene_of("city")) == Scene(ROSTER)


MARK = mark_of("city")
NOTHING = ("", "x", "abc234", f"{MARK}.", f"{MARK}.NOWHERE", f"{MARK}.hall", MARK.upper(), "city.HALL", f".{MARK}")


@pytest.mark.parametrize("scene", [*NOTHING, f"{MARK}.HALL.BUS-01", f"{MARK}.HALL\n", "%00", "a" * 999])
def test_anything_else_means_nothing(world: World, scene: str) -> None:
    with refused(Reason.NO_SUCH_SOURCE):
        resolve(Directory(world), scene)


def test_a_roster_that_is_not_published_is_not_opened(world: World) -> None:
    world.stores.rosters.put(a_roster(slug="secret", policy=POLICY, is_published=False))
    for scene in (scene_of("secret"), scene_of("secret", "HALL")):
        with refused(Reason.NO_SUCH_SOURCE):
            resolve(Directory(world), scene)


def test_where_two_rosters_share_a_mark_the_source_decides(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.posters.scenes.mark_of", lambda slug: "aaaaaa")
    world.stores.rosters.put(a_roster(slug="other", policy=Policy(source_codes=(SourceCode("GATE", "北门"),))))
    assert resolve(Directory(world), "aaaaaa.GATE").roster.slug == "other"
    assert resolve(Directory(world), "aaaaaa.HALL").roster.slug == "city"


def test_the_sample_rosters_are_told_apart() -> None:
    world = a_world(stores=MemoryStores())
    for file in ROSTERS.glob("*.json"):
        import_roster(world, json.loads(file.read_text(encoding="utf-8")))
    directory = Directory(world)
    scenes = {scene_of(s.roster.slug, p.code): p.place for s in directory.all() for p in s.roster.policy.source_codes}
    assert len(scenes) == 25
    assert {scene: resolve(directory, scene).place for scene in scenes} == scenes
    assert {resolve(directory, scene_of(s.roster.slug)).roster.slug for s in directory.all()} == {
        s.roster.slug for s in directory.all()
    }
