"""Reports for the office: listed, read, made now when a supervisor does not want to wait for the job, counted anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.bulletin import need_newest
from app.domain.errors import Conflict, NotFound, NotNow, Reason, RuleBroken
from app.domain.officer import Officer, OfficeRole
from app.domain.overview import Overview
from app.domain.reporting import Period, Report, ReportKind, period_of, report_id
from app.domain.workday import local_day
from app.services.figures.dashboards import roster_of
from app.services.figures.flows import roll_up_flows
from app.services.figures.report_content import load
from app.services.figures.reports import count, make, make_due
from app.services.figures.tallies import roll_up
from app.services.figures.topics import appeals_behind
from app.services.officers.access import CASE_READERS, need
from app.services.officers.audit import record
from app.services.ports.basics import Duplicate
from app.services.world import World

PAGE = 50
MADE_AT_ONCE = 5000
"""Appeals whose words a report may have to read while somebody waits: some seconds. More is the job's work."""


@dataclass(frozen=True)
class ReadReport:
    """`later`: the revisions of its period after it, in their order."""

    report: Report
    overview: Overview
    later: tuple[Report, ...] = ()


def list_reports(world: World, officer: Officer, slug: str, kind: ReportKind, limit: int = PAGE) -> Sequence[Report]:
    """For the office's readers, latest period first; their contents are not read. One query and one for the roster.

    Raises NotPermitted, NotFound(NO_SUCH_ROSTER).
    """
    need(officer, *CASE_READERS)
    roster_of(world, slug)
    return world.stores.reports.newest(slug, kind, limit)


def read_report(world: World, officer: Officer, id: str) -> ReadReport:
    """For the office's readers; two queries. Raises NotPermitted, NotFound(NO_SUCH_REPORT)."""
    need(officer, *CASE_READERS)
    report = report_with(world, id)
    return ReadReport(report, load(report), tuple(_later(world, report)))


def report_with(world: World, id: str) -> Report:
    """Raises NotFound(NO_SUCH_REPORT)."""
    report = world.stores.reports.get(id)
    if report is None:
        raise NotFound(Reason.NO_SUCH_REPORT)
    return report


def revision_after(world: World, report: Report) -> Report | None:
    return world.stores.reports.get(report_id(report.roster, report.period, report.revision + 1))


def make_now(world: World, officer: Officer, slug: str, kind: ReportKind, day: date) -> Report:
    """A supervisor has the report of the period in which `day` lies; the newest that exists, if one does, since a
    period is counted once unless somebody says why it must be counted anew. Stands on the audit log.

    Raises NotPermitted, NotFound(NO_SUCH_ROSTER), RuleBroken(PERIOD_NOT_OVER) with `last`, NotNow(REPORT_TOO_LARGE)
    where the words of too many appeals would have to be read.
    """
    need(officer, OfficeRole.SUPERVISOR)
    roster, period = roster_of(world, slug), period_of(kind, day)
    if local_day(world.clock.now()) <= period.last:
        raise RuleBroken(Reason.PERIOD_NOT_OVER, last=period.last)
    id = report_id(slug, period)
    if existing := world.stores.reports.get(id):
        return [existing, *_later(world, existing)][-1]
    _need_few(world, slug, period)
    record(world, officer, "make_report", id)
    roll_up(world)
    roll_up_flows(world)
    if kind.value in roster.policy.reports:
        make_due(world, roster, kind)  # or those before it would never be made: the job goes on from the newest
    make(world, roster, period)
    made = world.stores.reports.get(id)
    assert made is not None, "written, or found written by another process"
    return made


def count_again(world: World, officer: Officer, id: str, reason: str) -> Report:
    """A supervisor has the newest revision of a period counted anew, for a reason that the new one tells; the old one
    stays as it is. The new revision of a bulletin is a draft. Stands on the audit log.

    Raises NotPermitted, NotFound(NO_SUCH_REPORT), Conflict(REPORT_REPLACED), NotNow(REPORT_TOO_LARGE).
    """
    need(officer, OfficeRole.SUPERVISOR)
    old = report_with(world, id)
    need_newest(revision_after(world, old))
    roster = roster_of(world, old.roster)
    _need_few(world, old.roster, old.period)
    record(world, officer, "recount_report", old.id, reason)
    roll_up(world)
    roll_up_flows(world)
    replaces = old.issue.number if old.issue else old.replaces
    new = replace(count(world, roster, old.period, old.revision + 1), reason=reason, replaces=replaces)
    try:
        world.stores.reports.add(new)
    except Duplicate:
        raise Conflict(Reason.REPORT_REPLACED, revision=new.revision) from None
    return new


def _later(world: World, report: Report) -> Iterator[Report]:
    """People count anew now and then: a few queries at most."""
    while later := revision_after(world, report):
        yield later
        report = later


def _need_few(world: World, slug: str, period: Period) -> None:
    if appeals_behind(world, slug, period.first, period.last) > MADE_AT_ONCE:
        raise NotNow(Reason.REPORT_TOO_LARGE)
