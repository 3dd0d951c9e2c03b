"""What is open, due and late at this moment, and what was done today."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain import handling
from app.domain.appeal import State
from app.domain.passage import Measure
from app.services.appeals.acting import act_as_handler
from app.services.figures.today import today
from app.services.messages.reminding import sweep
from app.services.world import World
from tests.domain.factories import beijing
from tests.services.factories import answer, person, promise, sign, submitted
from tests.services.marches import a_march, an_officer


@pytest.fixture
def world() -> World:
    return a_march()


def test_today_live(world: World) -> None:
    world.clock.set(beijing("2026-04-08 09:00"))  # type: ignore[attr-defined]
    fresh_one, signed = submitted(world), sign(world, "zhou", submitted(world))
    promise(world, "zhou", submitted(world))
    answer(world, "zhou", signed)
    now = today(world, an_officer(), "city")
    assert (now.day, now.submitted, now.answered) == (date(2026, 4, 8), 3, 1)
    assert (now.standing.open, now.standing.overdue, now.standing.waiting_for_review) == (5, 2, 0)
    assert now.standing.supervised == 2
    assert now.standing.by_state == {State.ASSIGNED: 4, State.ANSWERED: 1}
    assert [(load.name, load.open, load.overdue) for load in now.officials] == [("周文清", 4, 1), ("解放", 1, 1)]
    assert [(load.name, load.open) for load in now.groups] == [("市领导", 0), ("市直部门", 5)]
    assert now.measures == {}
    world.clock.set(beijing("2026-04-11 09:00"))  # type: ignore[attr-defined]
    sweep(world)
    assert today(world, an_officer(), "city").standing.due_today == 2, "both contacts until 18:00"
    world.clock.set(beijing("2026-04-11 18:01"))  # type: ignore[attr-defined]
    late = today(world, an_officer(), "city").standing
    assert (late.due_today, late.overdue) == (0, 4)
    assert fresh_one.submitted_at == beijing("2026-04-08 09:00")


def test_a_broken_promise_counts_on_its_day(world: World) -> None:
    world.clock.set(beijing("2026-04-08 09:00"))  # type: ignore[attr-defined]
    appeal = submitted(world)
    until = beijing("2026-04-08 17:00")
    act_as_handler(
        world,
        person(world, "zhou"),
        appeal.id,
        "k",
        lambda a, s: handling.quick_reply(a, "下午联系您", until, s.by, s.terms, s.now),
    )
    assert today(world, an_officer(), "city").measures == {}
    world.clock.set(beijing("2026-04-08 17:01"))  # type: ignore[attr-defined]
    sweep(world)
    assert today(world, an_officer(), "city").measures == {Measure.PROMISE_BROKEN: 1}
    world.clock.set(beijing("2026-04-09 00:01"))  # type: ignore[attr-defined]
    assert Measure.PROMISE_BROKEN not in today(world, an_officer(), "city").measures


def test_nobody_is_late_while_the_resident_is_asked(world: World) -> None:
    world.clock.set(beijing("2026-04-08 09:00"))  # type: ignore[attr-defined]
    before = today(world, an_officer(), "city").standing.overdue
    appeal = sign(world, "zhou", submitted(world))
    act_as_handler(
        world,
        person(world, "zhou"),
        appeal.id,
        "k",
        lambda a, s: handling.request_supplement(a, "在哪里", s.by, s.terms, s.now),
    )
    world.clock.set(beijing("2026-05-08 09:00"))  # type: ignore[attr-defined]
    assert today(world, an_officer(), "city").standing.overdue == before
