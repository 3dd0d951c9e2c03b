"""`python -m dev.bench.stored [COUNT]`: what lists and the reminder sweep cost with COUNT (100,000) open appeals,
of which one in a hundred is due. In a database of its own at MONGODB_URI, which is dropped afterwards; no server, no
WeChat: the use cases themselves, in one process. Prints the median of each, and for the sweep appeals per second.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from statistics import median
from typing import Any

from app.config import Settings
from app.container import Container, build
from app.domain.account import Account, Binding
from app.domain.appeal import Appeal, Kind
from app.domain.intake import Draft, assign, submit
from app.domain.notification import Role
from app.domain.officer import Officer, OfficeRole
from app.domain.roster import Official
from app.domain.terms import Hearers
from app.domain.timeline import SYSTEM, Actor
from app.domain.worklist import Filter
from app.services.appeals.reading import Inbox, inbox, my_appeals
from app.services.messages.reminding import sweep
from app.services.office.worklists import Lists, listed, waiting
from app.services.running.health import look
from app.services.world import World
from app.store.refresh import shelves
from dev import DEFAULT_ROSTER
from dev.seed import seed
from dev.stack import MONDAY

RESIDENTS = 20_000
DUE_ONE_IN = 100
AT_ONCE = 1000
TIMES = 30


@dataclass
class StoppedClock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    given = {"APP_ENV": "demo", "PUBLIC_URL": "http://127.0.0.1", "MONGODB_DATABASE": f"bench_{os.getpid()}"}
    container = build(Settings.from_env({**os.environ, **given}))
    try:
        container.world.stores.database.ensure_indexes()
        world = replace(container.world, clock=StoppedClock(MONDAY + timedelta(hours=2)))
        seed(world, "")
        begun = time.perf_counter()
        fill(container, world, count)
        print(f"{count} open appeals stored in {time.perf_counter() - begun:.0f} s", flush=True)
        measure(world, count)
    finally:
        container.client.drop_database(container.settings.mongodb_database)
        container.close()


def fill(container: Container, world: World, count: int) -> None:
    """Many at once and without waiting for the disk, or filling would take longer than measuring."""
    stores: Any = world.stores
    shelf = shelves(stores)["appeals"]
    collection = container.client[container.settings.mongodb_database]["appeals"]
    officials = stores.officials.of_roster(DEFAULT_ROSTER)
    appeals = make(world, officials, count)
    while batch := [shelf.document(appeal) for appeal in islice(appeals, AT_ONCE)]:
        collection.insert_many(batch, ordered=False)


def make(world: World, officials: list[Official], count: int) -> Iterator[Appeal]:
    """Assigned this morning, and one in a hundred last Thursday: half of its time to contact is over now."""
    roster = world.stores.rosters.get(DEFAULT_ROSTER)
    assert roster is not None
    terms = world.terms_of(roster)
    for number in range(count):
        at = MONDAY - timedelta(days=4) if number % DUE_ONE_IN == 0 else MONDAY + timedelta(milliseconds=number)
        official = officials[number % len(officials)].id
        draft = Draft(official, Kind.REQUEST, f"测量 {number}", "小区停水三天了，请尽快处理。" * 4, phone="13800000000")
        by = Actor(Role.RESIDENT, f"resident-{number % RESIDENTS}")
        new = submit(draft, by, terms, at, id=f"a{number:08}", code=f"M{number:08}", roster=DEFAULT_ROSTER)
        yield assign(new, official, Hearers(), SYSTEM, terms, at)


def measure(world: World, count: int) -> None:
    officer = Officer("o", 1, "supervisor", "督查员", (OfficeRole.SUPERVISOR,), "", MONDAY)
    busiest = world.stores.officials.of_roster(DEFAULT_ROSTER)[0].id
    official = Account("official", 1, MONDAY, bindings=(Binding(Role.OFFICIAL, busiest, MONDAY),))
    cases: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("inbox, first page", lambda: inbox(world, official, Inbox.OPEN, None)),
        ("my appeals, first page", lambda: my_appeals(world, Account("resident-7", 1, MONDAY), None)),
        ("work list: everything, newest page", lambda: listed(world, officer, Lists.ALL, Filter(), None)),
        ("work list: of one official", lambda: listed(world, officer, Lists.ALL, Filter(official_id=busiest), None)),
        ("work list: how much waits", lambda: waiting(world, officer)),
        ("readyz", lambda: look(world)),
    )
    for name, ask in cases:
        print(f"{name:36} {milliseconds(ask):8.1f} ms", flush=True)
    due = len(world.stores.appeals.to_check(world.clock.now(), count))
    begun = time.perf_counter()
    moved = sweep(world)
    took = time.perf_counter() - begun
    print(f"sweep: {moved} moved of {due} due, {count} open {took:8.2f} s  {moved / took:8.0f} /s", flush=True)
    print(f"{'sweep with nothing due':36} {milliseconds(lambda: sweep(world)):8.1f} ms", flush=True)


def milliseconds(ask: Callable[[], Any]) -> float:
    """The median of TIMES runs."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - begun)
    return median(taken) * 1000


if __name__ == "__main__":
    main()
