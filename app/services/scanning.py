"""Going through all appeals of a period, a page at a time, so that memory does not grow with the period."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from app.domain.appeal import Appeal
from app.domain.figure_facts import changed_at
from app.services.ports.basics import Position
from app.services.world import World

AT_ONCE = 500

Fetch = Callable[[str, datetime, datetime, Position | None, int], Sequence[Appeal]]


def submitted_between(world: World, roster: str, begin: datetime, end: datetime) -> Iterator[Appeal]:
    """Appeals of the roster with begin <= submitted_at < end, oldest first."""
    return _all(world.stores.appeals.submitted_between, lambda a: a.submitted_at, roster, begin, end)


def answered_between(world: World, roster: str, begin: datetime, end: datetime) -> Iterator[Appeal]:
    """Appeals of the roster with begin <= newest answer < end, by that answer's time."""
    return _all(world.stores.appeals.answered_between, lambda a: a.answers[-1].at, roster, begin, end)


def _all(
    fetch: Fetch, moment: Callable[[Appeal], datetime], roster: str, begin: datetime, end: datetime
) -> Iterator[Appeal]:
    after: Position | None = None
    while page := fetch(roster, begin, end, after, AT_ONCE):
        yield from page
        if len(page) < AT_ONCE:
            return
        after = moment(page[-1]), page[-1].code


def changed_since(world: World, since: datetime) -> Iterator[Appeal]:
    """Appeals whose last deed is later than `since`, earliest first."""
    after: Position = (since, "")
    while page := world.stores.appeals.changed_after(after, AT_ONCE):
        yield from page
        after = (changed_at(page[-1]), page[-1].code)
