"""Deadlines in people's words: what is left, how urgent that is, and how the day was computed."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.domain.appeal import Appeal, State
from app.domain.deadline import Deadline, DeadlineKind
from app.domain.labels import DEADLINES
from app.domain.workday import BEIJING, Explanation, Span, Unit, WorkdayCalendar, explain, local_day

PAUSED = "等候补充期间暂停计时"


class Urgency(StrEnum):
    """How near a deadline is; the sections of an official's inbox (services.reading) are cut in the same places."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    """After today, with one workday left at most."""
    LATER = "later"


UNITS = {Unit.WORKDAYS: "个工作日", Unit.DAYS: "天", Unit.HOURS: "小时"}
STARTS = {
    DeadlineKind.REVIEW: "提交审核",
    DeadlineKind.CONTACT: "交办",
    DeadlineKind.ANSWER: "交办",  # a reopened appeal is handed out anew too
    DeadlineKind.SUPPLEMENT: "请您补充",
    DeadlineKind.FOLLOW_UP: "答复",
    DeadlineKind.SECOND_REVIEW: "转入复核",
    DeadlineKind.PROMISE: "承诺",
}


def present_deadlines(appeal: Appeal, now: datetime, calendar: WorkdayCalendar) -> list[dict[str, Any]]:
    """Those that are shown, the next first; the answer's clock stands still while the resident is asked for more."""
    waits = appeal.state is State.AWAITING_RESIDENT
    return [
        present_paused(deadline, now, calendar)
        if waits and deadline.kind is DeadlineKind.ANSWER
        else present_deadline(deadline, now, calendar)
        for deadline in appeal.shown_deadlines
    ]


def present_paused(deadline: Deadline, now: datetime, calendar: WorkdayCalendar) -> dict[str, Any]:
    """A clock that stands still: not late whatever the hour, because what it waits will be given back to it."""
    return present_deadline(deadline, now, calendar) | {"overdue": False, "urgency": None, "left": PAUSED}


def present_deadline(deadline: Deadline, now: datetime, calendar: WorkdayCalendar) -> dict[str, Any]:
    facts = explain(deadline.started_at, deadline.due_at, deadline.span, calendar)
    return {
        "kind": deadline.kind.value,
        "label": f"{DEADLINES[deadline.kind]}期限",
        "started_at": deadline.started_at,
        "due_at": deadline.due_at,
        "overdue": deadline.is_over(now),
        "urgency": urgency(deadline.due_at, now, calendar).value,
        "span": {"amount": deadline.span.amount, "unit": deadline.span.unit.value},
        "left": what_is_left(deadline.due_at, now, calendar, deadline.span.unit),
        "explanation": _explained(deadline, facts),
        "provisional": facts.provisional,
    }


def present_promise(appeal: Appeal, now: datetime, calendar: WorkdayCalendar) -> dict[str, Any] | None:
    """Until when whoever handles it has promised to get in touch, while that runs."""
    due = next((due for due in appeal.running_deadlines if due.kind is DeadlineKind.PROMISE), None)
    return {"due_at": due.due_at, "urgency": urgency(due.due_at, now, calendar).value} if due else None


def left_of(appeal: Appeal, now: datetime, calendar: WorkdayCalendar) -> str:
    """The one line for a list: what is left of the next deadline; empty when nothing is counted any more."""
    counted = _counted(appeal)
    return what_is_left(counted.due_at, now, calendar, counted.span.unit) if counted else ""


def urgency_of(appeal: Appeal, now: datetime, calendar: WorkdayCalendar) -> str | None:
    """How near the deadline is that `left_of` speaks of; None when nothing is counted any more."""
    counted = _counted(appeal)
    return urgency(counted.due_at, now, calendar).value if counted else None


def urgency(due_at: datetime, now: datetime, calendar: WorkdayCalendar) -> Urgency:
    """Over, due on this day in China, with one workday left at most, or with more.

    A clock in hours needs no rule of its own: what ends within 24 hours ends today or tomorrow, and between today and
    tomorrow lies one workday at most.
    """
    if now > due_at:
        return Urgency.LATE
    today, last = local_day(now), local_day(due_at)
    if today == last:
        return Urgency.TODAY
    return Urgency.SOON if calendar.count(today, last) <= 1 else Urgency.LATER


def what_is_left(due_at: datetime, now: datetime, calendar: WorkdayCalendar, unit: Unit = Unit.DAYS) -> str:
    """还剩 2 个工作日（11月24日 18:00 前）; in hours and minutes on the last day and where the
    clock counts hours; 已逾期 with its length after it."""
    when = _moment(due_at)
    if now > due_at:
        return f"已逾期 {length(now - due_at)}（{when} 到期）"
    today, last = local_day(now), local_day(due_at)
    workdays = calendar.count(today, last)
    if workdays >= 1 and unit is not Unit.HOURS:
        return f"还剩 {workdays} 个工作日（{when} 前）"
    return f"还剩 {length(due_at - now)}（{when} 前）"


def _counted(appeal: Appeal) -> Deadline | None:
    """The next deadline; a promise is shown beside it and does not count."""
    return next((due for due in appeal.running_deadlines if due.kind is not DeadlineKind.PROMISE), None)


def _explained(deadline: Deadline, facts: Explanation) -> str:
    """11月20日提交，次日起算，跳过周末 2 天，共 3 个工作日，到 11月25日 18:00。"""
    start, end = deadline.started_at.astimezone(BEIJING), _moment(deadline.due_at)
    amount = span_words(deadline.span)
    begun = f"{start.month}月{start.day}日"
    if deadline.span.unit is Unit.HOURS:
        return f"{begun} {start:%H:%M} {STARTS[deadline.kind]}，共 {amount}，到 {end}"
    parts = [f"{begun}{STARTS[deadline.kind]}", "次日起算"]
    if facts.weekend_days:
        parts.append(f"跳过周末 {facts.weekend_days} 天")
    if facts.holidays:
        parts.append(f"跳过节假日 {facts.holidays} 天")
    if facts.worked_weekend_days:
        parts.append(f"含调休上班的周末 {facts.worked_weekend_days} 天")
    parts.append(f"共 {amount}")
    if deadline.pushed_workdays:
        parts.append(f"另加延期或等候 {deadline.pushed_workdays} 个工作日")
    parts.append(f"到 {end}")
    counted = (facts.last_day - facts.first_day).days - facts.weekend_days - facts.holidays
    if deadline.span.unit is Unit.WORKDAYS and counted != deadline.span.amount + deadline.pushed_workdays:
        parts.append("期限确定后工作日有调整，期限不变")
    if facts.provisional:
        parts.append("次年放假安排尚未公布，届时可能调整")
    return "，".join(parts)


def _moment(moment: datetime) -> str:
    local = moment.astimezone(BEIJING)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def span_words(span: Span) -> str:
    """3 个工作日, 24 小时."""
    return f"{span.amount} {UNITS[span.unit]}"


def length(span: timedelta) -> str:
    """In the largest unit that fits: days, hours, minutes."""
    minutes = int(span.total_seconds() // 60)
    if minutes >= 24 * 60:
        return f"{minutes // (24 * 60)} 天"
    if minutes >= 60:
        return f"{minutes // 60} 小时"
    return f"{max(minutes, 1)} 分钟"
