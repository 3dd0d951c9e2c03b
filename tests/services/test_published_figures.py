"""What everybody may read: sums of whole days, of the present holder, read no oftener than needed."""

from __future__ import annotations

from typing import Any

import pytest

from app.services.figures.published import NO_CASES, PublishedFigures
from app.services.figures.tallies import roll_up
from app.services.world import World
from tests.domain.factories import beijing
from tests.services.factories import a_world, an_official, answer, sign, submitted


@pytest.fixture
def world() -> World:
    return a_world()


def test_published_figures_are_sums_over_the_days_that_are_over(world: World) -> None:
    answer(world, "zhou", sign(world, "zhou", submitted(world)))
    submitted(world, official_id="roads")
    world.clock.set(beijing("2026-03-17 00:00"))
    roll_up(world)
    published = PublishedFigures(world)
    education = published.of("city").of("education", "周文清")
    assert (education.tally.contacts_due, education.tally.answers_due) == (1, 1)
    assert education.first_response.minutes == 0
    assert published.of("city", 1).of("education", "周文清").tally.contacts_due == 0
    assert published.of("city", 1).of("education", "周文清").tally.answers_due == 1
    assert published.of("city").of("roads", "解放").first_response.minutes is None
    assert published.of("city").of("mayor", "魏崇岭") is NO_CASES


def test_a_successor_begins_with_none(world: World) -> None:
    submitted(world)
    world.clock.set(beijing("2026-03-06 10:00"))
    roll_up(world)
    published = PublishedFigures(world)
    assert published.of("city").of("education", "周文清").tally.contacts_due == 1
    assert published.of("city").of("education", "吴敏") is NO_CASES
    world.stores.officials.put(an_official(name="吴敏"))
    world.clock.advance(minutes=2)
    assert published.of("city").of("education", "吴敏") is NO_CASES
    assert published.of("city").of("education", "周文清") is NO_CASES


def test_they_are_checked_once_a_minute_and_made_anew_when_something_changed(world: Any) -> None:
    reads: list[str] = []
    between, mark = world.stores.daily_tallies.between, world.stores.figure_marks.get
    world.stores.daily_tallies.between = lambda *args: reads.append("sum") or between(*args)
    published = PublishedFigures(world)
    world.stores.figure_marks.get = lambda id: reads.append("mark") or mark(id)
    first = published.of("city")
    for _ in range(5):
        world.clock.advance(seconds=11)
        assert published.of("city") is first
    assert reads == ["mark", "sum"]
    world.clock.advance(seconds=10)
    assert published.of("city") is first
    assert reads == ["mark", "sum", "mark"]
    submitted(world)
    world.clock.set(beijing("2026-03-06 10:00"))
    roll_up(world)
    assert published.of("city").of("education", "周文清").tally.contacts_due == 1


def test_while_one_reads_anew_the_others_do_not_wait(world: Any) -> None:
    published = PublishedFigures(world)
    first = published.of("city")
    world.clock.advance(minutes=2)
    with published._lock:
        assert published.of("city") is first


def test_only_so_many_periods_are_kept(world: World) -> None:
    published = PublishedFigures(world)
    for days in range(1, 60):
        assert published.of("city", days).days == days
    assert len(published._kept) == 32
