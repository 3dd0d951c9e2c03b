"""Chinese workdays with 调休, and deadlines counted in them.

Source: the State Council's yearly notice on holidays moves weekend days to working days and back. The day of
submission is day zero (办理时限自次日起算): one workday from Friday 2026-02-13 is Saturday 02-14, a working weekend.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
CLOSE_OF_BUSINESS = time(18)
"""A deadline counted in days ends at this time of its last day, Beijing time."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkdayCalendar:
    """Which days are worked. Holidays on weekdays are `days_off`; worked Saturdays and Sundays `working_weekends`.

    `published_years` are those whose notice is out; elsewhere only what is fixed by law is known.
    """

    days_off: frozenset[date] = frozenset()
    working_weekends: frozenset[date] = frozenset()
    published_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        return day in self.working_weekends or (day.weekday() < 5 and day not in self.days_off)

    def shift(self, day: date, workdays: int) -> date:
        """The day that lies `workdays` workdays after `day` (before it, when negative), which itself never counts."""
        step = ONE_DAY if workdays >= 0 else -ONE_DAY
        left = abs(workdays)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def count(self, after: date, until: date) -> int:
        """Workdays in the days after `after` up to and with `until`; zero when `until` is not later."""
        days = (until - after).days
        return sum(self.is_workday(after + timedelta(days=n)) for n in range(1, days + 1))


class Unit(StrEnum):
    WORKDAYS = "workdays"
    DAYS = "days"
    HOURS = "hours"


@dataclass(frozen=True)
class Span:
    """A length of time as a rule states it: 3 days, 10 workdays, 2 hours."""

    amount: int
    unit: Unit

    def after(self, start: datetime, calendar: WorkdayCalendar) -> datetime:
        """When the span that begins at `start` ends, in UTC. Days end at the close of business, hours to the second."""
        if self.unit is Unit.HOURS:
            return start + timedelta(hours=self.amount)
        day = local_day(start)
        if self.unit is Unit.DAYS:
            return close_of(day + timedelta(days=self.amount))
        return close_of(calendar.shift(day, self.amount))


@dataclass(frozen=True)
class Explanation:
    """The facts behind a deadline, for a sentence that a resident can check against a wall calendar."""

    first_day: date
    last_day: date
    span: Span
    weekend_days: int = 0
    holidays: int = 0
    worked_weekend_days: int = 0
    provisional: bool = False
    """The calendar of a year it touches is not published yet, so the day may still move."""


def explain(start: datetime, due_at: datetime, span: Span, calendar: WorkdayCalendar) -> Explanation:
    """Which days between `start` and `due_at` counted, and which were skipped."""
    first, last = local_day(start), local_day(due_at)
    if span.unit is not Unit.WORKDAYS:
        return Explanation(first, last, span)
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    skipped = [day for day in days if not calendar.is_workday(day)]
    return Explanation(
        first,
        last,
        span,
        weekend_days=sum(day.weekday() >= 5 for day in skipped),
        holidays=sum(day.weekday() < 5 for day in skipped),
        worked_weekend_days=sum(day in calendar.working_weekends for day in days),
        provisional=any(day.year not in calendar.published_years for day in (first, last)),
    )


def local_day(moment: datetime) -> date:
    """The calendar day in China at `moment`."""
    return moment.astimezone(BEIJING).date()


def at(day: date, hour: time) -> datetime:
    """That time of that day in China, as UTC."""
    return datetime.combine(day, hour, BEIJING).astimezone(UTC)


def close_of(day: date) -> datetime:
    return at(day, CLOSE_OF_BUSINESS)
