"""Which sheets a roster has, and where their codes lead."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.errors import NotNow, Reason
from app.domain.roster import Policy, SourceCode
from app.services.posters.scenes import PAGE, resolve
from app.services.posters.sheets import address_of, chosen_posters, posters
from app.services.rosters.directory import Directory
from tests.domain.factories import refused
from tests.services.factories import a_roster, a_world

POLICY = Policy(source_codes=(SourceCode("HALL", "政务大厅"), SourceCode("BUS-01", "客运站")))


@pytest.fixture
def world() -> Any:
    return a_world(a_roster(policy=POLICY))


def test_the_roster_itself_and_each_place_once_in_order(world: Any) -> None:
    assert [(p.source, p.place) for p in posters(world, "city")] == [
        ("", ""),
        ("HALL", "政务大厅"),
        ("BUS-01", "客运站"),
    ]
    assert [p.place for p in posters(world, "city", "BUS-01")] == ["客运站"]


def test_chosen_places_come_in_the_rosters_order_and_the_empty_one_is_the_roster(world: Any) -> None:
    assert [p.source for p in chosen_posters(world, "city", ["BUS-01", ""], plain=True)] == ["", "BUS-01"]
    for wanted in ([], ["NOWHERE"], ["HALL", "NOWHERE"]):
        with refused(Reason.NO_SUCH_SOURCE):
            chosen_posters(world, "city", wanted)
    with refused(Reason.NO_SUCH_ROSTER):
        chosen_posters(world, "nope", [""])


def test_what_a_code_opens_is_the_place_it_is_printed_for(world: Any) -> None:
    """The scene in WeChat's picture resolves to the place on the sheet."""
    for poster in posters(world, "city"):
        assert poster.picture is not None
        page, _, scene = poster.picture.data.decode().partition("?scene=")
        found = resolve(Directory(world), scene)
        assert (page, found.roster.slug) == (PAGE, "city")
        assert (found.source, found.place) == (poster.source, poster.place)


def test_an_ordinary_code_leads_to_this_server(world: Any) -> None:
    sheets = posters(world, "city", plain=True)
    assert {poster.picture for poster in sheets} == {None}
    assert [poster.address for poster in sheets] == [
        "https://ztc.example.cn/s/city",
        "https://ztc.example.cn/s/city/HALL",
        "https://ztc.example.cn/s/city/BUS-01",
    ]
    assert address_of(world, "县 城/1", "a?b") == "https://ztc.example.cn/s/%E5%8E%BF%20%E5%9F%8E%2F1/a%3Fb"


def test_a_roster_is_printed_before_it_is_published(world: Any) -> None:
    world.stores.rosters.put(a_roster(slug="soon", is_published=False))
    assert len(posters(world, "soon")) == 1


def test_what_there_is_not(world: Any) -> None:
    with refused(Reason.NO_SUCH_ROSTER):
        posters(world, "nope")
    with refused(Reason.NO_SUCH_SOURCE):
        posters(world, "city", "NOWHERE")


def test_without_wechat_there_are_ordinary_codes_only(world: Any) -> None:
    world.codes.failure = NotNow(Reason.WECHAT_AWAY)
    with refused(Reason.WECHAT_AWAY):
        posters(world, "city")
    assert len(posters(world, "city", plain=True)) == 3
