"""Source codes: which poster or road sign brought how many people, by place and day (the `dangshan` preset)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, time

from app.domain.errors import NotFound, Reason
from app.domain.roster import Roster
from app.domain.workday import ONE_DAY, at, local_day
from app.services.ports.calls import KEYS_KEPT, VisitCount
from app.services.saving import change_or_add
from app.services.world import World

ATTEMPTS = 30
"""A fair at one poster: everybody's scan changes the same count."""


@dataclass(frozen=True)
class Scan:
    """A scan as it was taken in. `place` is empty for a code that is none of the roster's: then nothing is counted."""

    roster: str
    source: str
    place: str
    day: date


@dataclass(frozen=True)
class SourceDay:
    """One place on one day (in China): scans, and appeals that came through it."""

    code: str
    place: str
    day: date
    visits: int
    appeals: int


@dataclass(frozen=True)
class SourceCounts:
    days: tuple[SourceDay, ...]
    """Only days on which something happened, by day, then in the roster's order of codes."""
    unknown_appeals: int
    """Appeals with a source that is no place of the roster: kept as they are, counted for no place."""


def count_visit(world: World, slug: str, source: str, key: str = "") -> Scan:
    """Counts a scan for the place and today; nothing is kept of who scanned. A repetition with the same hashed key
    counts once. Raises NotFound for a roster that is not published."""
    roster = world.stores.rosters.get(slug)
    if roster is None or not roster.is_published:
        raise NotFound(Reason.NO_SUCH_ROSTER)
    scan = Scan(slug, source, roster.policy.place_of(source), local_day(world.clock.now()))
    if scan.place:
        id = f"{slug}:{source}:{scan.day.isoformat()}"
        new = VisitCount(id, 1, slug, source, scan.day)
        change_or_add(world.stores.visits, id, new, lambda count: _one_more(count, key), ATTEMPTS)
    return scan


def source_counts(world: World, roster: Roster, first: date, last: date) -> SourceCounts:
    """Visits and appeals of first <= day <= last by source and day, for the people who run the roster: the counts
    include appeals about officials, so that no official may be shown them (rule 1)."""
    visits: Counter[tuple[date, str]] = Counter()
    for count in world.stores.visits.of_roster(roster.slug, first, last):
        visits[count.day, count.source] += count.visits
    begin, end = at(first, time()), at(last + ONE_DAY, time())
    sources = world.stores.appeals.sources(roster.slug, begin, end)
    appeals = Counter((local_day(moment), source) for source, moment in sources)
    codes = [source.code for source in roster.policy.source_codes]
    days = [
        SourceDay(code, roster.policy.place_of(code), day, visits[day, code], appeals[day, code])
        for day in sorted({day for day, _ in (*visits, *appeals)})
        for code in codes
        if visits[day, code] or appeals[day, code]
    ]
    known = frozenset(codes)
    unknown = sum(number for (_, source), number in appeals.items() if source not in known)
    return SourceCounts(tuple(days), unknown)


def _one_more(count: VisitCount, key: str) -> VisitCount:
    if key and key in count.keys:
        return count
    keys = (*count.keys, key)[-KEYS_KEPT:] if key else count.keys
    return replace(count, visits=count.visits + 1, keys=keys)
