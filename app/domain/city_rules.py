"""Rules of the city that an admin may set: days worked against the calendar, quiet hours, which messages go out, what
is forgotten when, and the deadlines that a new roster begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, time
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.domain.given import Given
from app.domain.quiet import QuietHours
from app.domain.roster import Deadlines
from app.domain.workday import Span, WorkdayCalendar

MOST_DAYS, MOST_YEARS = 400, 20
LONGEST_REASON = 40
FIRST_YEAR, LAST_YEAR = 2020, 2099


@dataclass(frozen=True)
class DayChange:
    """One day that is worked, or is not, whatever the calendar of the country says; `reason` is the notice."""

    day: date
    worked: bool
    reason: str


@dataclass(frozen=True)
class Workdays:
    """`years` are those whose notice on holidays is entered here in full: their deadlines are no longer provisional."""

    days: tuple[DayChange, ...] = ()
    years: tuple[int, ...] = ()

    def over(self, calendar: WorkdayCalendar) -> WorkdayCalendar:
        """The calendar with these days changed."""
        worked = frozenset(change.day for change in self.days if change.worked)
        free = frozenset(change.day for change in self.days if not change.worked)
        return replace(
            calendar,
            days_off=(calendar.days_off - worked) | free,
            working_weekends=(calendar.working_weekends - free) | frozenset(d for d in worked if d.weekday() >= 5),
            published_years=calendar.published_years | frozenset(self.years),
        )


class Template(StrEnum):
    """The WeChat templates that messages go by (app/wechat/templates.py)."""

    OA_ASSIGNED = "oa_assigned"
    OA_REMINDER = "oa_reminder"
    OA_DIGEST = "oa_digest"
    MP_PROGRESS = "mp_progress"
    MP_ANSWER = "mp_answer"
    MP_SUPPLEMENT = "mp_supplement"
    MP_TODO = "mp_todo"


SUBSCRIBED = tuple(template for template in Template if template.value.startswith("mp_"))


@dataclass(frozen=True)
class Channels:
    """`off` are not used: their messages take the next way. Of those that are `long_term` (长期订阅) one consent holds
    until it is taken back; of all others for one message."""

    off: tuple[Template, ...] = ()
    long_term: tuple[Template, ...] = ()


@dataclass(frozen=True)
class Retention:
    """How long what identifies a person is kept. Appeals themselves are records and stay."""

    photos_months: int = 36
    """Pictures, after their appeal was closed."""
    contacts_months: int = 60
    """Phone, place and enterprise on an appeal, after it was closed."""
    calls_months: int = 36
    """Who called whom when, after the call; the figures keep their counts."""
    answered_days: int = 7
    """Answers to requests with an idempotency key, for repetitions."""


def read_workdays(given: Given) -> Workdays:
    items = given.items("days", 0, MOST_DAYS)
    days = [DayChange(i.day("day"), i.flag("worked"), i.text("reason", LONGEST_REASON)) for i in items]
    for place, change in enumerate(days):
        path = f"days.{place}.day"
        if path in given.problems:
            continue
        if not FIRST_YEAR <= change.day.year <= LAST_YEAR:
            given.complain(path, f"请填 {FIRST_YEAR} 到 {LAST_YEAR} 年之间的日期")
        elif change.day in [earlier.day for earlier in days[:place]]:
            given.complain(path, "这一天已经写过")
    years = [item.number("year", FIRST_YEAR, LAST_YEAR) for item in given.items("years", 0, MOST_YEARS)]
    return Workdays(tuple(sorted(days, key=lambda change: change.day)), tuple(sorted(set(years))))


def plain_workdays(workdays: Workdays) -> dict[str, Any]:
    days = [{"day": c.day.isoformat(), "worked": c.worked, "reason": c.reason} for c in workdays.days]
    return {"days": days, "years": [{"year": year} for year in workdays.years]}


def read_quiet_hours(given: Given) -> QuietHours:
    """From an evening to the next morning, so that every working day has hours in which messages go out."""
    begin, end = given.hour("begin"), given.hour("end")
    if not time(17) <= begin <= time(23, 59):
        given.complain("begin", "请填晚上 17:00 到 23:59 之间的时间")
    if not time(5) <= end <= time(10):
        given.complain("end", "请填早上 05:00 到 10:00 之间的时间")
    return QuietHours(begin, end, given.flag("on_days_off"))


def plain_quiet_hours(quiet: QuietHours) -> dict[str, Any]:
    return {"begin": f"{quiet.begin:%H:%M}", "end": f"{quiet.end:%H:%M}", "on_days_off": quiet.on_days_off}


def read_channels(given: Given) -> Channels:
    off = given.choices("off", tuple(Template))
    if {Template.OA_ASSIGNED, Template.MP_TODO} <= set(off):
        given.complain("off", "交办通知和小程序待办至少留一种，否则负责同志收不到交办")
    return Channels(off, given.choices("long_term", SUBSCRIBED))


def plain_channels(channels: Channels) -> dict[str, Any]:
    return {"off": [one.value for one in channels.off], "long_term": [one.value for one in channels.long_term]}


def read_retention(given: Given) -> Retention:
    return Retention(
        photos_months=given.number("photos_months", 6, 360),
        contacts_months=given.number("contacts_months", 6, 360),
        calls_months=given.number("calls_months", 24, 360),
        answered_days=given.number("answered_days", 1, 90),
    )


def plain_retention(retention: Retention) -> dict[str, Any]:
    return {field.name: getattr(retention, field.name) for field in fields(retention)}


BOUNDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "review": (1, 10),
        "contact": (1, 30),
        "contact_urgent": (1, 72),
        "answer_consultation": (1, 60),
        "answer": (1, 60),
        "answer_urgent": (1, 240),
        "supplement": (1, 30),
        "follow_up": (1, 60),
        "second_review": (1, 30),
        "hand_back": (1, 10),
        "reopen_by_supervisor": (1, 365),
        "promise_at_most": (1, 30),
        "max_transfers": (0, 5),
        "max_extension_workdays": (0, 60),
    }
)
"""From how much to how much each may be set, in the unit it has in Deadlines; a roster file may say as much."""


def read_deadlines(given: Given) -> Deadlines:
    found: dict[str, Any] = {}
    for name, (least, most) in BOUNDS.items():
        amount, default = given.number(name, least, most), getattr(Deadlines(), name)
        found[name] = replace(default, amount=amount) if isinstance(default, Span) else amount
    return Deadlines(**found)


def plain_deadlines(deadlines: Deadlines) -> dict[str, Any]:
    values = {name: getattr(deadlines, name) for name in BOUNDS}
    return {name: value.amount if isinstance(value, Span) else value for name, value in values.items()}
