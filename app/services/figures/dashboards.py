"""Dashboards: what was submitted, answered and due in a period, against the period before.

What it costs. `gather` reads the roster's officials, the roll-ups of figures (one small document for each official,
kind and source with cases on a day) and the flows (one for each day), of both periods: three queries, two more where
the period holds today, which is counted from index entries. A month and the month before it, in a city where each of 81
officials has cases of every kind every day, are 20,000 roll-ups and take somewhat less than a second; a year takes some
seconds. No appeal is opened. Everything after it is arithmetic, but for what is open now (services/figures/today.py),
`places` (two queries), `measures` of both periods (two) and topics (services/figures/topics.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.domain.errors import InvalidInput, NotFound, Reason
from app.domain.officer import Officer
from app.domain.overview import Overview, Place, Step, period_before
from app.domain.passage import Measure
from app.domain.roster import Roster
from app.domain.workday import local_day
from app.services.figures.flows import count_flow
from app.services.figures.sums import Gathered, count_measures, summary
from app.services.officers.access import CASE_READERS, need
from app.services.ports.flows import DayFlow
from app.services.posters.sources import source_counts
from app.services.world import World

MOST_DAYS = 366


def gather(
    world: World, officer: Officer, roster: Roster, first: date, last: date, before: tuple[date, date] | None = None
) -> Gathered:
    """For the office's readers. `before` is compared with; the period of the same length right before, when None.

    Raises NotPermitted, InvalidInput for a period that ends before it begins or is longer than a year.
    """
    need(officer, *CASE_READERS)
    return gather_for(world, roster, first, last, before)


def roster_of(world: World, slug: str) -> Roster:
    """Raises NotFound(NO_SUCH_ROSTER)."""
    roster = world.stores.rosters.get(slug)
    if roster is None:
        raise NotFound(Reason.NO_SUCH_ROSTER)
    return roster


def gather_for(
    world: World, roster: Roster, first: date, last: date, before: tuple[date, date] | None = None
) -> Gathered:
    """The same for whoever needs no permission: the job that makes the reports."""
    check_period(first, last)
    before_first, before_last = before or period_before(first, last)
    now, stores = world.clock.now(), world.stores
    officials = tuple(stores.officials.of_roster(roster.slug))
    ids = [official.id for official in officials]
    dailies = tuple(stores.daily_tallies.between(min(first, before_first), last, ids))
    flows = {flow.day: flow for flow in stores.day_flows.between(roster.slug, min(first, before_first), last)}
    today = local_day(now)
    if first <= today <= last:
        kept = flows.get(today)
        flows[today] = replace(count_flow(world, roster.slug, today), matters=kept.matters if kept else ())
    return Gathered(
        roster,
        officials,
        first,
        last,
        before_first,
        before_last,
        dailies,
        tuple(flows[day] for day in sorted(flows)),
        now,
        world.calendar(),
    )


def check_period(first: date, last: date) -> None:
    """Raises InvalidInput for a period that ends before it begins or is longer than a year."""
    if last < first or (last - first).days >= MOST_DAYS:
        raise InvalidInput(Reason.BAD_REQUEST, field="last")


def bare(world: World, roster: Roster, first: date, last: date, flows: Sequence[DayFlow] = ()) -> Overview:
    """What the kept flows of a period and of the one before tell alone, without figures. No query."""
    days = (first, last, *period_before(first, last))
    return summary(Gathered(roster, (), *days, (), tuple(flows), world.clock.now(), world.calendar()))


def sources(world: World, officer: Officer, roster: Roster, first: date, last: date) -> Overview:
    """The places of a period alone, for the office's readers: two queries. Raises NotPermitted, InvalidInput as
    `gather`."""
    need(officer, *CASE_READERS)
    check_period(first, last)
    found, unknown = places(world, roster, first, last)
    return replace(bare(world, roster, first, last), places=found, unknown_appeals=unknown)


def places(world: World, roster: Roster, first: date, last: date) -> tuple[tuple[Place, ...], int]:
    """The roster's places with their visits and appeals, in the order of its codes, and the appeals of no place: two
    queries."""
    counts = source_counts(world, roster, first, last)
    visits: Counter[str] = Counter()
    appeals: Counter[str] = Counter()
    for one in counts.days:
        visits[one.code] += one.visits
        appeals[one.code] += one.appeals
    codes = roster.policy.source_codes
    found = tuple(Place(one.code, one.place, visits[one.code], appeals[one.code], one.position) for one in codes)
    return found, counts.unknown_appeals


def measures(world: World, slug: str, first: date, last: date) -> Mapping[Measure, int]:
    """How often each measure was taken; without those that were not."""
    return count_measures(world.stores.passages.measures(slug, first, last))


def overview(world: World, officer: Officer, slug: str, first: date, last: date, step: Step | None = None) -> Overview:
    """Everything of a period but the topics and what is open now: eight queries, ten with today. Raises as `gather`,
    and NotFound(NO_SUCH_ROSTER)."""
    need(officer, *CASE_READERS)
    gathered = gather(world, officer, roster_of(world, slug), first, last)
    return complete(world, gathered, step)


def complete(world: World, gathered: Gathered, step: Step | None = None) -> Overview:
    """The overview of what was gathered, with places and measures."""
    found, unknown = places(world, gathered.roster, gathered.first, gathered.last)
    slug = gathered.roster.slug
    return replace(
        summary(gathered, step),
        places=found,
        unknown_appeals=unknown,
        measures=measures(world, slug, gathered.first, gathered.last),
        measures_before=measures(world, slug, gathered.before_first, gathered.before_last),
    )
