"""A supervisor's work on the draft of a monthly bulletin, until it is signed; every step stands on the audit log.

Each step says which version of the draft its person has read, and is refused when somebody has changed it since: nobody
signs what he has not seen.
"""

from __future__ import annotations

from app.domain import bulletin
from app.domain.bulletin import lines_of, need_newest
from app.domain.errors import Conflict, NotFound, Reason
from app.domain.officer import Officer, OfficeRole
from app.domain.reporting import LineKind, Report
from app.services.figures.report_content import load
from app.services.figures.report_desk import report_with, revision_after
from app.services.numbering import next_number
from app.services.officers.access import need
from app.services.officers.audit import record
from app.services.saving import next_version
from app.services.world import World

SERIES, MARK = "bulletins", "通"
"""通〔2026〕1号: one series a year for the city, as with 督办单."""


def write_texts(world: World, officer: Officer, id: str, version: int, lead: str, remark: str) -> Report:
    """导语 and 备注; empty ones are taken away.

    Raises NotPermitted, NotFound(NO_SUCH_REPORT), RuleBroken(REPORT_FINAL), Conflict(REPORT_CHANGED, REPORT_REPLACED).
    """
    report = _draft(world, officer, id, version)
    return _save(world, officer, report, "edit_bulletin", "", bulletin.with_texts(report, lead, remark))


def leave_out(world: World, officer: Officer, id: str, version: int, kind: LineKind, key: str, reason: str) -> Report:
    """Raises as `write_texts`, and NotFound(NO_SUCH_LINE) for a line that it does not tell."""
    report = _draft(world, officer, id, version)
    line = next((one for one in lines_of(load(report)) if (one.kind, one.key) == (kind, key)), None)
    if line is None:
        raise NotFound(Reason.NO_SUCH_LINE)
    changed = bulletin.leave_out(report, line, reason, officer.signature, world.clock.now())
    return _save(world, officer, report, "leave_out_line", f"{line.words}：{reason}", changed)


def put_back(world: World, officer: Officer, id: str, version: int, kind: LineKind, key: str) -> Report:
    """Raises as `leave_out`."""
    report = _draft(world, officer, id, version)
    changed = bulletin.put_back(report, kind, key)
    words = next(one.words for one in report.left_out if (one.kind, one.key) == (kind, key))
    return _save(world, officer, report, "put_back_line", words, changed)


def issue(world: World, officer: Officer, id: str, version: int) -> Report:
    """签发, with the next number of the year. Raises as `write_texts`."""
    report = _draft(world, officer, id, version)
    now = world.clock.now()
    bulletin.issue(report, "", officer.signature, now)  # before a number is spent on what cannot be signed
    number = next_number(world, SERIES, MARK)
    signed = bulletin.issue(report, number, officer.signature, now)
    return _save(world, officer, report, "issue_bulletin", number, signed)


def _draft(world: World, officer: Officer, id: str, version: int) -> Report:
    """As the officer has read it."""
    need(officer, OfficeRole.SUPERVISOR)
    report = report_with(world, id)
    need_newest(revision_after(world, report))
    if report.is_draft and report.version != version:
        raise Conflict(Reason.REPORT_CHANGED)
    return report


def _save(world: World, officer: Officer, report: Report, act: str, detail: str, changed: Report) -> Report:
    if changed is report:
        return report
    record(world, officer, act, report.id, detail)
    saved = next_version(report, changed)
    if not world.stores.reports.replace(saved):
        raise Conflict(Reason.REPORT_CHANGED)
    return saved
