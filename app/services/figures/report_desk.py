"""Reports for the office: listed, read, and made now when a supervisor does not want to wait for the job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.errors import NotFound, NotNow, Reason, RuleBroken
from app.domain.officer import Officer, OfficeRole
from app.domain.overview import Overview
from app.domain.reporting import Report, ReportKind, period_of, report_id
from app.domain.workday import local_day
from app.services.figures.dashboards import roster_of
from app.services.figures.flows import roll_up_flows
from app.services.figures.report_content import load
from app.services.figures.reports import make, make_due
from app.services.figures.tallies import roll_up
from app.services.figures.topics import appeals_behind
from app.services.officers.access import CASE_READERS, need
from app.services.officers.audit import record
from app.services.world import World

PAGE = 50
MADE_AT_ONCE = 5000
"""Appeals whose words a report may have to read while somebody waits: some seconds. More is the job's work."""


@dataclass(frozen=True)
class ReadReport:
    report: Report
    overview: Overview


def list_reports(world: World, officer: Officer, slug: str, kind: ReportKind, limit: int = PAGE) -> Sequence[Report]:
    """For the office's readers, latest period first; their contents are not read. One query and one for the roster.

    Raises NotPermitted, NotFound(NO_SUCH_ROSTER).
    """
    need(officer, *CASE_READERS)
    roster_of(world, slug)
    return world.stores.reports.newest(slug, kind, limit)


def read_report(world: World, officer: Officer, report_id: str) -> ReadReport:
    """For the office's readers; one query. Raises NotPermitted, NotFound(NO_SUCH_REPORT)."""
    need(officer, *CASE_READERS)
    report = world.stores.reports.get(report_id)
    if report is None:
        raise NotFound(Reason.NO_SUCH_REPORT)
    return ReadReport(report, load(report))


def make_now(world: World, officer: Officer, slug: str, kind: ReportKind, day: date) -> Report:
    """A supervisor has the report of the period in which `day` lies; the one that exists, if it does, since a report
    is written once. Stands on the audit log.

    Raises NotPermitted, NotFound(NO_SUCH_ROSTER), RuleBroken(PERIOD_NOT_OVER) with `last`, NotNow(REPORT_TOO_LARGE)
    where the words of too many appeals would have to be read.
    """
    need(officer, OfficeRole.SUPERVISOR)
    roster, period = roster_of(world, slug), period_of(kind, day)
    if local_day(world.clock.now()) <= period.last:
        raise RuleBroken(Reason.PERIOD_NOT_OVER, last=period.last)
    id = report_id(slug, period)
    if existing := world.stores.reports.get(id):
        return existing
    if appeals_behind(world, slug, period.first, period.last) > MADE_AT_ONCE:
        raise NotNow(Reason.REPORT_TOO_LARGE)
    record(world, officer, "make_report", id)
    roll_up(world)
    roll_up_flows(world)
    if kind.value in roster.policy.reports:
        make_due(world, roster, kind)  # or those before it would never be made: the job goes on from the newest
    make(world, roster, period)
    made = world.stores.reports.get(id)
    assert made is not None, "written, or found written by another process"
    return made
