"""Daily report, weekly analysis, monthly bulletin: which periods there are, and when each is made.

Every period is made once, after it is over, at its time; what downtime left out is made up for. Who counts it anew
makes a further revision; the ones before it stay as they are.

日报 and 周分析 are for those who work with them: they are shown as they were counted, because they are needed before
anybody could sign them, and go out to nobody. 月通报 goes to all units and names them: it is a draft until a person has
signed it (app/domain/bulletin.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.domain.workday import ONE_DAY, at, local_day

READY = time(8, 30)
"""When a report is made on the day after its period, Beijing time."""
MOST_AT_ONCE = 31
"""How many periods of one kind are made up for after downtime."""


class ReportKind(StrEnum):
    DAILY = "daily"
    """日报."""
    WEEKLY = "weekly"
    """周分析, Monday to Sunday."""
    MONTHLY = "monthly"
    """月通报, a calendar month."""


@dataclass(frozen=True)
class Period:
    """From its first to its last Beijing day, both included."""

    kind: ReportKind
    first: date
    last: date

    @property
    def ready_at(self) -> datetime:
        return at(self.last + ONE_DAY, READY)


class LineKind(StrEnum):
    """What of a bulletin stands on a line of its own."""

    OFFICIAL = "official"
    TOPIC = "topic"
    PLACE = "place"


@dataclass(frozen=True)
class LeftOut:
    """A line that a supervisor took out of a draft. `key` finds it in the content, `words` name it to people."""

    kind: LineKind
    key: str
    words: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Issue:
    """签发: under which number, by whom, when."""

    number: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Report:
    """What was made of a period. `content` is JSON, written once and never changed; what people add to it stands beside
    it. Reports of earlier versions have none of the fields behind it."""

    id: str
    roster: str
    kind: ReportKind
    first: date
    last: date
    made_at: datetime
    content: str = field(repr=False)
    version: int = 1
    revision: int = 1
    """第几版 of the period."""
    reason: str = ""
    """Why it was counted anew."""
    replaces: str = ""
    """The number under which the revision before was issued; empty where that was none."""
    lead: str = ""
    """导语."""
    remark: str = ""
    """备注."""
    left_out: tuple[LeftOut, ...] = ()
    issue: Issue | None = None

    @property
    def period(self) -> Period:
        return Period(self.kind, self.first, self.last)

    @property
    def is_draft(self) -> bool:
        """A bulletin that nobody has signed, those of earlier versions too: what goes to all units needs a name."""
        return self.kind is ReportKind.MONTHLY and self.issue is None


def report_id(roster: str, period: Period, revision: int = 1) -> str:
    name = f"{roster}:{period.kind.value}:{period.first.isoformat()}"
    return name if revision == 1 else f"{name}:{revision}"


def period_of(kind: ReportKind, day: date) -> Period:
    """The period of that kind in which the day lies."""
    if kind is ReportKind.DAILY:
        return Period(kind, day, day)
    if kind is ReportKind.WEEKLY:
        monday = day - timedelta(days=day.weekday())
        return Period(kind, monday, monday + timedelta(days=6))
    first = day.replace(day=1)
    next_month = (first + timedelta(days=31)).replace(day=1)
    return Period(kind, first, next_month - ONE_DAY)


def due_periods(kind: ReportKind, newest: Period | None, now: datetime) -> list[Period]:
    """The periods that are over and not made yet, oldest first: all since `newest`, or only the last one at the
    beginning."""
    last = _last_ready(kind, now)
    if newest is None:
        return [last]
    return list(_from(newest, last))[-MOST_AT_ONCE:]


def _from(newest: Period, last: Period) -> Iterator[Period]:
    current = newest
    while current.last < last.last:
        current = period_of(current.kind, current.last + ONE_DAY)
        yield current


def _last_ready(kind: ReportKind, now: datetime) -> Period:
    period = period_of(kind, local_day(now))
    while period.ready_at > now:
        period = period_of(kind, period.first - ONE_DAY)
    return period
