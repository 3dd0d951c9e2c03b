"""A monthly bulletin (通报) between the count and the paper: read, completed and signed by a supervisor.

A draft may get a covering sentence and a remark, and lose single lines, each for a reason that stays on record; the
numbers themselves nobody can write. Once signed nothing of it changes any more: a correction is a further revision.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.errors import Conflict, NotFound, Reason, RuleBroken
from app.domain.overview import Line, Overview
from app.domain.reporting import Issue, LeftOut, LineKind, Report

LONGEST_TEXT = 500
LONGEST_REASON = 200


@dataclass(frozen=True)
class BulletinLine:
    kind: LineKind
    key: str
    words: str


def lines_of(one: Overview) -> tuple[BulletinLine, ...]:
    """What may be left out: the people, topics and places that it tells of, in its order. The sums stay, whoever is
    left out of the lines below them."""
    one = outside_the_office(one)
    officials = (
        BulletinLine(LineKind.OFFICIAL, _key(line), f"{line.unit}{line.post}{line.name}") for line in one.officials
    )
    topics = (
        BulletinLine(LineKind.TOPIC, line.text, "、".join((line.text, *line.also)))
        for line in one.topics.lines
        if not line.is_kind
    )
    places = (BulletinLine(LineKind.PLACE, place.code, place.place) for place in one.places)
    return (*officials, *topics, *places)


def without(one: Overview, left_out: Iterable[LeftOut]) -> Overview:
    """The overview as the paper tells it: without the lines that were left out, every sum as it was counted."""
    one = outside_the_office(one)
    gone = {(line.kind, line.key) for line in left_out}
    topics = tuple(line for line in one.topics.lines if line.is_kind or (LineKind.TOPIC, line.text) not in gone)
    return replace(
        one,
        officials=tuple(line for line in one.officials if (LineKind.OFFICIAL, _key(line)) not in gone),
        topics=replace(one.topics, lines=topics),
        places=tuple(place for place in one.places if (LineKind.PLACE, place.code) not in gone),
    )


def outside_the_office(one: Overview) -> Overview:
    """What no paper tells, whoever signs it, is not a line of it either."""
    return replace(one, topics=one.topics.outside_the_office())


def with_texts(report: Report, lead: str, remark: str) -> Report:
    """Raises RuleBroken(REPORT_FINAL) for what is no draft."""
    _need_draft(report)
    if (lead, remark) == (report.lead, report.remark):
        return report
    return replace(report, lead=lead, remark=remark)


def leave_out(report: Report, line: BulletinLine, reason: str, by: str, now: datetime) -> Report:
    """A line that is left out already stays so, with its first reason. Raises as `with_texts`."""
    _need_draft(report)
    if _is_out(report, line.kind, line.key):
        return report
    return replace(report, left_out=(*report.left_out, LeftOut(line.kind, line.key, line.words, reason, by, now)))


def put_back(report: Report, kind: LineKind, key: str) -> Report:
    """Raises as `with_texts`, and NotFound(NO_SUCH_LINE) for a line that was not left out."""
    _need_draft(report)
    if not _is_out(report, kind, key):
        raise NotFound(Reason.NO_SUCH_LINE)
    return replace(report, left_out=tuple(one for one in report.left_out if (one.kind, one.key) != (kind, key)))


def issue(report: Report, number: str, by: str, now: datetime) -> Report:
    """Signed: from now on it never changes. Raises as `with_texts`."""
    _need_draft(report)
    return replace(report, issue=Issue(number, by, now))


def need_newest(next_one: Report | None) -> None:
    """Only the newest revision of a period may be signed or counted anew; `next_one` is the one after it, if any.
    Raises Conflict(REPORT_REPLACED)."""
    if next_one is not None:
        raise Conflict(Reason.REPORT_REPLACED, revision=next_one.revision)


def is_replaced(report: Report, later: Iterable[Report]) -> bool:
    """Whether one of the later revisions of its period counts in its place: what was signed is in force until its
    correction is signed too."""
    return any(report.is_draft or not one.is_draft for one in later)


def _need_draft(report: Report) -> None:
    if not report.is_draft:
        raise RuleBroken(Reason.REPORT_FINAL)


def _is_out(report: Report, kind: LineKind, key: str) -> bool:
    return any((one.kind, one.key) == (kind, key) for one in report.left_out)


def _key(line: Line) -> str:
    """A post that changed hands has a line for each holder."""
    return f"{line.key} {line.name}"
