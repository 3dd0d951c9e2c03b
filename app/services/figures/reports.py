"""Making reports: the same data for page, table and document, from one place, each period once."""

from __future__ import annotations

from dataclasses import replace

from app.domain.overview import Overview
from app.domain.reporting import Period, Report, ReportKind, due_periods, period_of, report_id
from app.domain.roster import Roster
from app.domain.workday import ONE_DAY
from app.services.figures.dashboards import complete, gather_for
from app.services.figures.flows import roll_up_flows
from app.services.figures.report_content import dump
from app.services.figures.tallies import roll_up
from app.services.figures.today import standing_of
from app.services.figures.topics import topics_of
from app.services.ports.basics import Duplicate, StoreAway
from app.services.world import World


def make_reports(world: World) -> int:
    """Makes what is due for every roster whose policy asks for it; how many reports were made."""
    roll_up(world)
    roll_up_flows(world)
    made = 0
    for roster in world.stores.rosters.all():
        for kind in ReportKind:
            if kind.value not in roster.policy.reports:
                continue
            try:
                made += make_due(world, roster, kind)
            except StoreAway:
                raise
            except Exception as error:  # one roster's report must not stop the others
                world.alerts.raise_alert("report_failed", roster=roster.slug, kind=kind.value, error=repr(error))
    return made


def make_due(world: World, roster: Roster, kind: ReportKind) -> int:
    """The periods of one kind that are over and have no report, oldest first; how many were made."""
    newest = world.stores.reports.newest(roster.slug, kind, 1)
    periods = due_periods(kind, newest[0].period if newest else None, world.clock.now())
    return sum(make(world, roster, period) for period in periods)


def make(world: World, roster: Roster, period: Period) -> bool:
    """Writes the report of a period; False when another process was faster."""
    try:
        world.stores.reports.add(count(world, roster, period))
    except Duplicate:
        return False
    return True


def count(world: World, roster: Roster, period: Period, revision: int = 1) -> Report:
    """The report of a period as it is counted now; nothing is written."""
    content = dump(compose(world, roster, period))
    id, now = report_id(roster.slug, period, revision), world.clock.now()
    return Report(id, roster.slug, period.kind, period.first, period.last, now, content, revision=revision)


def compose(world: World, roster: Roster, period: Period) -> Overview:
    """What a period's report tells: what came in, what fell due and how it was met, by group and official, against the
    calendar's period before; what people write about; what is open when it is made."""
    before = period_of(period.kind, period.first - ONE_DAY)
    gathered = gather_for(world, roster, period.first, period.last, (before.first, before.last))
    return replace(
        complete(world, gathered),
        topics=topics_of(world, roster.slug, period.first, period.last),
        standing=standing_of(world.stores.passages.open_now(roster.slug), gathered.now),
    )
