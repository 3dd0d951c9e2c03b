"""Source codes of posters: scans and appeals by place and day, without a trace of who scanned."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.errors import Reason
from app.domain.roster import Policy, SourceCode
from app.services.ports.calls import KEYS_KEPT, VisitCount
from app.services.posters.sources import SourceDay, count_visit, source_counts
from app.services.world import World
from tests.domain.factories import refused
from tests.services.factories import a_roster, a_world, submitted
from tests.services.races import Meeting, at_once

ROSTER = a_roster(policy=Policy(source_codes=(SourceCode("HALL", "政务大厅"), SourceCode("BUS", "客运站"))))
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture
def world() -> World:
    return a_world(ROSTER)


def visits(world: World) -> dict[str, int]:
    return {count.source: count.visits for count in world.stores.visits.of_roster("city", MONDAY, TUESDAY)}


def test_every_scan_counts_for_its_place(world: World) -> None:
    scans = [count_visit(world, "city", source) for source in ("HALL", "BUS", "HALL")]
    assert [(scan.place, scan.day) for scan in scans[:2]] == [("政务大厅", MONDAY), ("客运站", MONDAY)]
    assert visits(world) == {"HALL": 2, "BUS": 1}


@pytest.mark.parametrize("source", ["hall", "NOWHERE", "", "HALL "])
def test_an_unknown_code_is_no_place_and_leaves_nothing(world: World, source: str) -> None:
    assert count_visit(world, "city", source).place == ""
    assert not world.stores.visits.kept


def test_a_roster_that_is_not_published_counts_nothing(world: World) -> None:
    world.stores.rosters.put(a_roster(slug="secret", is_published=False))
    for slug in ("secret", "nope"):
        with refused(Reason.NO_SUCH_ROSTER):
            count_visit(world, slug, "HALL")


def test_a_scan_sent_twice_counts_once(world: World) -> None:
    for key in ("a", "b", "a"):
        count_visit(world, "city", "HALL", key)
    assert visits(world) == {"HALL": 2}
    for number in range(2 * KEYS_KEPT):
        count_visit(world, "city", "HALL", f"k{number}")
    (count,) = world.stores.visits.kept.values()
    assert (count.visits, len(count.keys)) == (2 + 2 * KEYS_KEPT, KEYS_KEPT)


def test_scans_at_once_are_all_counted(world: World) -> None:
    world.stores.visits.before_write = Meeting(4)
    at_once(*[lambda: count_visit(world, "city", "HALL")] * 4)
    assert visits(world) == {"HALL": 4}


def test_nothing_is_kept_of_who_scanned() -> None:
    assert {field.name for field in fields(VisitCount)} == {
        "id",
        "version",
        "roster",
        "source",
        "day",
        "visits",
        "keys",
    }


def test_visits_and_appeals_by_place_and_day_in_china(world: World) -> None:
    count_visit(world, "city", "BUS")
    submitted(world, source="HALL")
    submitted(world, source="HALL", about_official=True)
    submitted(world, source="手写的地址")
    submitted(world)
    world.clock.set(datetime(2026, 3, 2, 16, 0, tzinfo=UTC))  # midnight in China
    count_visit(world, "city", "HALL")
    submitted(world, source="HALL")
    found = source_counts(world, ROSTER, MONDAY, TUESDAY)
    assert found.days == (
        SourceDay("HALL", "政务大厅", MONDAY, 0, 2),
        SourceDay("BUS", "客运站", MONDAY, 1, 0),
        SourceDay("HALL", "政务大厅", TUESDAY, 1, 1),
    )
    assert found.unknown_appeals == 1
    tuesday = source_counts(world, ROSTER, TUESDAY, TUESDAY)
    assert (tuesday.days, tuesday.unknown_appeals) == (found.days[2:], 0)
    later = TUESDAY + timedelta(days=1)
    assert source_counts(world, ROSTER, later, later).days == ()
