"""What is open, due and late at this moment, and what was done today."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain import handling
from app.domain.appeal import ContactOutcome, State
from app.domain.overview import Today
from app.services.appeals.acting import act_as_handler
from app.services.figures.dashboards import gather
from app.services.figures.today import today
from app.services.messages.reminding import sweep
from app.services.world import World
from tests.domain.factories import beijing
from tests.services.factories import answer, person, promise, sign, submitted
from tests.services.marches import FIRST, LAST, a_march, an_officer


@pytest.fixture
def world() -> World:
    return a_march()


def now_in(world: World) -> Today:
    """As the dashboard of a period shows it that is over."""
    roster = world.stores.rosters.get("city")
    assert roster is not None
    return today(world, an_officer(), gather(world, an_officer(), roster, FIRST, LAST))


def test_today_live(world: World) -> None:
    world.clock.set(beijing("2026-04-08 09:00"))  # type: ignore[attr-defined]
    fresh_one, signed = submitted(world), sign(world, "zhou", submitted(world))
    promise(world, "zhou", submitted(world))
    answer(world, "zhou", signed)
    now = now_in(world)
    assert (now.day, now.submitted, now.answered) == (date(2026, 4, 8), 3, 1)
    assert (now.standing.open, now.standing.overdue, now.standing.waiting_for_review) == (5, 2, 0)
    assert now.standing.supervised == 2
    assert now.standing.by_state == {State.ASSIGNED: 4, State.ANSWERED: 1}
    assert [(load.name, load.open, load.overdue) for load in now.officials] == [("周文清", 4, 1), ("解放", 1, 1)]
    assert [(load.name, load.open) for load in now.groups] == [("市领导", 0), ("市直部门", 5)]
    assert now.standing.promise_broken == 0
    world.clock.set(beijing("2026-04-11 09:00"))  # type: ignore[attr-defined]
    sweep(world)
    assert now_in(world).standing.due_today == 2, "both contacts until 18:00"
    world.clock.set(beijing("2026-04-11 18:01"))  # type: ignore[attr-defined]
    late = now_in(world).standing
    assert (late.due_today, late.overdue) == (0, 4)
    assert fresh_one.submitted_at == beijing("2026-04-08 09:00")


def test_a_broken_promise_counts_until_somebody_calls(world: World) -> None:
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
    assert now_in(world).standing.promise_broken == 0
    world.clock.set(beijing("2026-04-08 17:01"))  # type: ignore[attr-defined]
    sweep(world)
    assert now_in(world).standing.promise_broken == 1
    world.clock.set(beijing("2026-04-09 00:01"))  # type: ignore[attr-defined]
    assert now_in(world).standing.promise_broken == 1, "until somebody calls"
    act_as_handler(
        world,
        person(world, "zhou"),
        appeal.id,
        "k2",
        lambda a, s: handling.log_contact(a, ContactOutcome.IN_PERSON, s.by, s.terms, s.now),
    )
    assert now_in(world).standing.promise_broken == 0


def test_nobody_is_late_while_the_resident_is_asked(world: World) -> None:
    world.clock.set(beijing("2026-04-08 09:00"))  # type: ignore[attr-defined]
    before = now_in(world).standing.overdue
    appeal = sign(world, "zhou", submitted(world))
    act_as_handler(
        world,
        person(world, "zhou"),
        appeal.id,
        "k",
        lambda a, s: handling.request_supplement(a, "在哪里", s.by, s.terms, s.now),
    )
    world.clock.set(beijing("2026-05-08 09:00"))  # type: ignore[attr-defined]
    assert now_in(world).standing.overdue == before
