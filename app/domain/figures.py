"""Figures: what may be added up (a Tally), and the rates that are read from the sum (product.md, Figures).

Tallies of days, officials, kinds and sources add up to the figures of any period, unit, group or tenure. A rate always
carries its number of cases; below ten nothing is ranked and nothing is published (rule 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from operator import attrgetter

from app.domain.workday import CLOSE_OF_BUSINESS, ONE_DAY, WorkdayCalendar, at, local_day

FEWEST_CASES = 10
"""Below it no ranking and no public figure (product.md, rule 4)."""
BEGIN_OF_BUSINESS = time(9)
ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, order=True)
class Response:
    """How long a resident waited for the first contact, in working minutes; `censored` when the assignment ended
    before anybody got in touch, so that only "longer than that" is known."""

    minutes: int
    censored: bool = False


@dataclass(frozen=True)
class Tally:
    """Counts of what fell due; `+` adds them up. The two tuples are multisets and always sorted.

    `responses` are over, `waiting` holds since when those wait whom nobody has contacted yet: they are censored at the
    time of reading, so that what is stored does not change with the clock.
    """

    contacts_due: int = 0
    contacted_in_time: int = 0
    answers_due: int = 0
    answered_in_time: int = 0
    answered_in_raw_time: int = 0
    answered: int = 0
    """Of the answers due, in time or late: who could be rated."""
    rated: int = 0
    resolved: int = 0
    partly: int = 0
    satisfied: int = 0
    fairly: int = 0
    attempts: int = 0
    connected: int = 0
    in_person: int = 0
    by_operators: int = 0
    """Of the connected ones: somebody else's, where operators answer the calls of the roster."""
    repeated: int = 0
    """Of the connected ones: those that the same person had to the same official on the same day before the last."""
    missed: int = 0
    returned: int = 0
    responses: tuple[Response, ...] = ()
    waiting: tuple[datetime, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return total((self, other))


_COUNTS = tuple(field.name for field in fields(Tally) if field.name not in {"responses", "waiting"})
_READ_COUNTS = attrgetter(*_COUNTS)


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum, which is the tally of all their cases together; in one pass, for thousands of roll-ups."""
    sums = [0] * len(_COUNTS)
    responses: list[Response] = []
    waiting: list[datetime] = []
    for tally in tallies:
        sums = [sum_ + count for sum_, count in zip(sums, _READ_COUNTS(tally), strict=True)]
        responses += tally.responses
        waiting += tally.waiting
    counts = dict(zip(_COUNTS, sums, strict=True))
    return Tally(**counts, responses=tuple(sorted(responses)), waiting=tuple(sorted(waiting)))


@dataclass(frozen=True)
class Rate:
    """`hits` of `cases`."""

    hits: int
    cases: int

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None without cases."""
        return self.hits / self.cases if self.cases else None

    def rankable(self) -> bool:
        return self.cases >= FEWEST_CASES

    @property
    def public(self) -> float | None:
        """What may be published: nothing below ten cases."""
        return self.value if self.rankable() else None


def response_rate(tally: Tally) -> Rate:
    """响应率: contacted by the contact deadline, of the contact deadlines due. Quick replies are no contact."""
    return Rate(tally.contacted_in_time, tally.contacts_due)


def on_time_rate(tally: Tally) -> Rate:
    """按时率: answered by the effective deadline, of the answers due."""
    return Rate(tally.answered_in_time, tally.answers_due)


def raw_on_time_rate(tally: Tally) -> Rate:
    """Beside it, of the same cases: answered by the deadline as it was without pauses and extensions."""
    return Rate(tally.answered_in_raw_time, tally.answers_due)


def resolution_rate(tally: Tally) -> Rate:
    """解决率: rated 解决, of the valid ratings."""
    return Rate(tally.resolved, tally.rated)


def partly_rate(tally: Tally) -> Rate:
    """部分解决, shown apart."""
    return Rate(tally.partly, tally.rated)


def satisfaction_rate(tally: Tally) -> Rate:
    """满意率: 满意 and 基本满意, of the valid ratings. Silence is not satisfaction."""
    return Rate(tally.satisfied + tally.fairly, tally.rated)


def participation_rate(tally: Tally) -> Rate:
    """参评率: rated, of what was answered."""
    return Rate(tally.rated, tally.answered)


def connection_rate(tally: Tally) -> Rate:
    """接通率: calls that somebody took, of the recorded attempts."""
    return Rate(tally.connected, tally.attempts)


def in_person_rate(tally: Tally) -> Rate:
    """本人接听率: taken by the official, of the calls that somebody took and that the official was to take: without
    those that operators took on a roster whose calls they answer (product.md, nanning-46), which count as connected;
    and one a day of the same person, so that nobody makes the rate by calling, or recording, again and again."""
    return Rate(tally.in_person, tally.connected - tally.by_operators - tally.repeated)


def call_back_rate(tally: Tally) -> Rate:
    """回拨率: returned within a workday, of the missed calls."""
    return Rate(tally.returned, tally.missed)


@dataclass(frozen=True)
class Median:
    """`minutes` is None when fewer than half were contacted in the time that was observed, or without cases."""

    minutes: int | None
    cases: int

    @property
    def public(self) -> int | None:
        return self.minutes if self.cases >= FEWEST_CASES else None


def median_first_response(tally: Tally, now: datetime, calendar: WorkdayCalendar) -> Median:
    """Working minutes until half were contacted, after Kaplan and Meier (1958): who still waits at `now` counts as
    waiting longer than until now. Dropping them would make an office faster by ignoring people."""
    waiting = [Response(working_minutes(since, now, calendar), censored=True) for since in tally.waiting]
    responses = sorted([*tally.responses, *waiting])
    return Median(kaplan_meier_median(responses), len(responses))


def kaplan_meier_median(responses: Iterable[Response]) -> int | None:
    """The first time at which the estimated share of those still waiting is one half or less; None if never.

    Of equal times the contacts come before the censored ones, as is usual.
    """
    ordered = sorted(responses)
    # the share is a product of fractions: kept as one fraction of whole numbers, so that one half is exactly that
    waiting, of = 1, 1
    for place, response in enumerate(ordered):
        if response.censored:
            continue
        at_risk = len(ordered) - place
        waiting, of = waiting * (at_risk - 1), of * at_risk
        if 2 * waiting <= of:
            return response.minutes
    return None


def working_minutes(start: datetime, end: datetime, calendar: WorkdayCalendar) -> int:
    """Whole minutes between 09:00 and 18:00 Beijing time on workdays, from `start` to `end`; the lunch break counts.

    Zero when `end` is not later, and for what began and ended outside these hours. Whole days are counted, not walked.
    """
    if end <= start:
        return 0
    first, last = local_day(start), local_day(end)
    spent = _in_hours(first, start, end, calendar)
    if last > first:
        day = at(first, CLOSE_OF_BUSINESS) - at(first, BEGIN_OF_BUSINESS)
        spent += _in_hours(last, start, end, calendar) + day * calendar.count(first, last - ONE_DAY)
    return spent // ONE_MINUTE


def _in_hours(day: date, start: datetime, end: datetime, calendar: WorkdayCalendar) -> timedelta:
    if not calendar.is_workday(day):
        return timedelta()
    begun, ended = max(start, at(day, BEGIN_OF_BUSINESS)), min(end, at(day, CLOSE_OF_BUSINESS))
    return max(ended - begun, timedelta())
