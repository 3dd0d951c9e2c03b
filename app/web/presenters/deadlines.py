"""Deadlines in people's words: what is left, and how the day was computed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app.domain.appeal import Appeal
from app.domain.deadline import Deadline, DeadlineKind
from app.domain.labels import DEADLINES
from app.domain.workday import BEIJING, Explanation, Unit, WorkdayCalendar, explain, local_day

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


def present_deadline(deadline: Deadline, now: datetime, calendar: WorkdayCalendar) -> dict[str, Any]:
    facts = explain(deadline.started_at, deadline.due_at, deadline.span, calendar)
    return {
        "kind": deadline.kind.value,
        "label": f"{DEADLINES[deadline.kind]}期限",
        "started_at": deadline.started_at,
        "due_at": deadline.due_at,
        "overdue": deadline.is_over(now),
        "span": {"amount": deadline.span.amount, "unit": deadline.span.unit.value},
        "left": what_is_left(deadline.due_at, now, calendar, deadline.span.unit),
        "explanation": _explained(deadline, facts),
        "provisional": facts.provisional,
    }


def left_of(appeal: Appeal, now: datetime, calendar: WorkdayCalendar) -> str:
    """The one line for a list: what is left of the next deadline; empty when nothing is counted any more."""
    counted = [due for due in appeal.running_deadlines if due.kind is not DeadlineKind.PROMISE]
    return what_is_left(counted[0].due_at, now, calendar, counted[0].span.unit) if counted else ""


def what_is_left(due_at: datetime, now: datetime, calendar: WorkdayCalendar, unit: Unit = Unit.DAYS) -> str:
    """还剩 2 个工作日（11月24日 18:00 前）; in hours and minutes on the last day and where the
    clock counts hours; 已逾期 with its length after it."""
    when = _moment(due_at)
    if now > due_at:
        return f"已逾期 {_length(now - due_at)}（{when} 到期）"
    today, last = local_day(now), local_day(due_at)
    workdays = calendar.count(today, last)
    if workdays >= 1 and unit is not Unit.HOURS:
        return f"还剩 {workdays} 个工作日（{when} 前）"
    return f"还剩 {_length(due_at - now)}（{when} 前）"


def _explained(deadline: Deadline, facts: Explanation) -> str:
    """11月20日提交，次日起算，跳过周末 2 天，共 3 个工作日，到 11月25日 18:00。"""
    start, end = deadline.started_at.astimezone(BEIJING), _moment(deadline.due_at)
    amount = f"{deadline.span.amount} {UNITS[deadline.span.unit]}"
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
        parts.append(f"另加延期或等候补充 {deadline.pushed_workdays} 个工作日")
    parts.append(f"到 {end}")
    if facts.provisional:
        parts.append("次年放假安排尚未公布，届时可能调整")
    return "，".join(parts)


def _moment(moment: datetime) -> str:
    local = moment.astimezone(BEIJING)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def _length(length: timedelta) -> str:
    """In the largest unit that fits: days, hours, minutes."""
    minutes = int(length.total_seconds() // 60)
    if minutes >= 24 * 60:
        return f"{minutes // (24 * 60)} 天"
    if minutes >= 60:
        return f"{minutes // 60} 小时"
    return f"{max(minutes, 1)} 分钟"
