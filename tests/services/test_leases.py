"""One holder at a time, a takeover when it is silent, and what health says of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.services.leases import JOBS, LASTS, hold, last_beat, release
from app.services.running.health import OLDEST_BEAT, OLDEST_MESSAGE, Health, look
from app.services.world import World
from tests.services.factories import drain, submitted
from tests.services.races import Meeting, at_once


def test_the_first_holds_it_and_the_second_waits(world: World) -> None:
    assert hold(world, JOBS, "one") is True
    assert hold(world, JOBS, "other") is False
    assert hold(world, "something else", "other") is True


def test_who_keeps_beating_keeps_it(world: World) -> None:
    for _ in range(10):
        assert hold(world, JOBS, "one") is True
        world.clock.advance(LASTS - timedelta(seconds=1))
        assert hold(world, JOBS, "other") is False


def test_who_is_silent_too_long_loses_it_for_good(world: World) -> None:
    hold(world, JOBS, "one")
    world.clock.advance(LASTS)
    assert hold(world, JOBS, "other") is True
    assert hold(world, JOBS, "one") is False


@pytest.mark.parametrize("lapsed", [False, True])
def test_of_two_at_once_one_gets_it(world: World, lapsed: bool) -> None:
    if lapsed:
        hold(world, JOBS, "gone")
        world.clock.advance(LASTS)
    world.stores.leases.before_write = Meeting()
    assert sorted(at_once(lambda: hold(world, JOBS, "one"), lambda: hold(world, JOBS, "other"))) == [False, True]


def test_who_releases_it_leaves_it_to_the_next_at_once(world: World) -> None:
    hold(world, JOBS, "one")
    release(world, JOBS, "other")
    assert hold(world, JOBS, "other") is False, "only the holder can release"
    release(world, JOBS, "one")
    assert hold(world, JOBS, "other") is True


def test_releasing_what_nobody_holds_is_no_error(world: World) -> None:
    release(world, JOBS, "one")
    assert last_beat(world, JOBS) is None


def test_everything_works(world: World) -> None:
    hold(world, JOBS, "one")
    assert look(world) == Health(True, True, True) and look(world).ready


def test_a_scheduler_that_never_beat_or_fell_silent_is_not_ready(world: World) -> None:
    assert look(world) == Health(database=True, scheduler=False, outbox=True)
    hold(world, JOBS, "one")
    world.clock.advance(OLDEST_BEAT)
    assert look(world) == Health(database=True, scheduler=False, outbox=True) and not look(world).ready


def test_a_message_that_is_due_for_a_quarter_of_an_hour_is_a_stuck_outbox(world: World) -> None:
    submitted(world)
    world.clock.advance(OLDEST_MESSAGE - timedelta(seconds=1))
    hold(world, JOBS, "one")
    assert look(world).outbox
    world.clock.advance(seconds=1)
    assert not look(world).outbox
    drain(world)
    assert look(world).outbox


def test_messages_deferred_to_the_morning_are_not_stuck(world: World) -> None:
    world.clock.advance(hours=13)
    submitted(world)
    world.clock.advance(hours=2)
    assert look(world).outbox


def test_without_the_database_nothing_is_known_to_work(world: World) -> None:
    hold(world, JOBS, "one")
    world.stores.outage.away = True
    assert look(world) == Health(False, False, False) and not look(world).ready
