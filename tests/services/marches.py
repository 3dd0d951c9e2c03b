"""A month of the small city for what is told of it, and a way to count the queries that somebody makes meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from app.domain.appeal import Kind
from app.domain.call import CallOutcome
from app.domain.officer import Officer, OfficeRole
from app.domain.roster import Policy, SourceCode
from app.services.figures.flows import roll_up_flows
from app.services.figures.tallies import roll_up
from app.services.messages.reminding import sweep
from app.services.posters.sources import count_visit
from app.services.world import World
from tests.domain.factories import beijing
from tests.fakes.world import MONDAY
from tests.services.factories import a_roster, a_world, answer, sign, submitted, withdraw
from tests.services.test_figures import call, rate

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
CODES = (SourceCode("P-1", "车站"), SourceCode("P-2", "医院"))


def an_officer(*roles: OfficeRole) -> Officer:
    return Officer("o", 1, "supervisor", "李督查", roles or (OfficeRole.SUPERVISOR,), "", MONDAY)


def a_march() -> World:
    """March: twelve appeals to education, answered but for two; one to roads, which nobody handles."""
    world = a_world(a_roster(policy=Policy(source_codes=CODES)))
    appeals = [submitted(world, source="P-1" if number < 3 else "") for number in range(12)]
    submitted(world, official_id="roads", kind=Kind.COMPLAINT, source="elsewhere")
    count_visit(world, "city", "P-1")
    call(world, CallOutcome.IN_PERSON)
    world.clock.advance(days=1)
    for appeal in appeals[:10]:
        answer(world, "zhou", sign(world, "zhou", appeal))
    world.clock.advance(hours=1)
    for appeal in appeals[:9]:
        rate(world, appeal)
    withdraw(world, "resident", appeals[11])
    for moment in ("2026-03-06 09:30", "2026-03-18 09:30", "2026-04-01 09:00"):
        advance_to(world, moment)
    return world


def advance_to(world: World, moment: str) -> None:
    world.clock.set(beijing(moment))  # type: ignore[attr-defined]
    sweep(world)
    roll_up(world)
    roll_up_flows(world)


@contextmanager
def counted(world: Any) -> Iterator[Counter[str]]:
    """Which reads of which store happen meanwhile."""
    reads: Counter[str] = Counter()

    def watch(store: str, name: str, function: Any) -> Any:
        def watched(*arguments: Any) -> Any:
            reads[f"{store}.{name}"] += 1
            return function(*arguments)

        return watched

    watched = []
    for store, names in {
        "rosters": ("get",),
        "officials": ("of_roster",),
        "daily_tallies": ("between",),
        "day_flows": ("between",),
        "passages": ("submitted", "answered", "open_now", "measures"),
        "visits": ("of_roster",),
        "appeals": ("sources", "submitted_between", "get", "changed_after"),
        "reports": ("newest", "get"),
    }.items():
        for name in names:
            kept = getattr(world.stores, store)
            watched.append((kept, name))
            setattr(kept, name, watch(store, name, getattr(kept, name)))
    try:
        yield reads
    finally:
        for kept, name in watched:
            delattr(kept, name)
