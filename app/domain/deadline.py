"""Deadlines and the ladder of escalation that hangs from them.

A deadline knows its rungs' times from the day it is set, so a sweep needs no calendar and costs only what is due.
Nothing but a restart (transfer, reopening), a granted extension or an ended pause makes a new one; messages never do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from app.domain.roster import Deadlines
from app.domain.workday import Span, Unit, WorkdayCalendar, at, close_of, local_day


class DeadlineKind(StrEnum):
    REVIEW = "review"
    CONTACT = "contact"
    ANSWER = "answer"
    SUPPLEMENT = "supplement"
    FOLLOW_UP = "follow_up"
    SECOND_REVIEW = "second_review"
    PROMISE = "promise"


class Rung(StrEnum):
    """A step of the ladder (product.md, escalation). `notify`, `interview` and `refer` do not hang from a clock."""

    REMIND_HALF = "remind_half"
    REMIND_LAST = "remind_last"
    URGE = "urge"
    SUPERVISE = "supervise"
    PROMISE_BROKEN = "promise_broken"


@dataclass(frozen=True)
class Step:
    rung: Rung
    at: datetime


@dataclass(frozen=True)
class Deadline:
    """`span` from `started_at` ends at `due_at`; `pushed_workdays` were granted or spent waiting for the resident."""

    kind: DeadlineKind
    started_at: datetime
    due_at: datetime
    span: Span
    pushed_workdays: int = 0
    steps: tuple[Step, ...] = ()

    def is_over(self, now: datetime) -> bool:
        return now > self.due_at


MORNING = time(9)
"""When a rung that falls on a day fires, Beijing time: after quiet hours, with the working day ahead."""

ESCALATED = frozenset({DeadlineKind.CONTACT, DeadlineKind.ANSWER})


def set_deadline(kind: DeadlineKind, span: Span, start: datetime, calendar: WorkdayCalendar) -> Deadline:
    """The deadline of `span` from `start`, with its ladder if this kind escalates."""
    due_at = span.after(start, calendar)
    return Deadline(kind, start, due_at, span, 0, _ladder(kind, start, due_at, span, calendar))


def promise_deadline(start: datetime, promised_at: datetime) -> Deadline:
    """The clock of a quick reply: nothing but a reminder follows when the promised time passes."""
    hours = max(1, round((promised_at - start) / timedelta(hours=1)))
    steps = (Step(Rung.PROMISE_BROKEN, promised_at),)
    return Deadline(DeadlineKind.PROMISE, start, promised_at, Span(hours, Unit.HOURS), 0, steps)


def push(deadline: Deadline, workdays: int, calendar: WorkdayCalendar) -> Deadline:
    """The same deadline `workdays` later: an extension granted, or a pause ended. Its ladder moves with it."""
    if workdays <= 0:
        return deadline
    due_at = close_of(calendar.shift(local_day(deadline.due_at), workdays))
    steps = _ladder(deadline.kind, deadline.started_at, due_at, deadline.span, calendar)
    return replace(deadline, due_at=due_at, pushed_workdays=deadline.pushed_workdays + workdays, steps=steps)


def wait(deadline: Deadline, begun: datetime, ended: datetime, calendar: WorkdayCalendar) -> Deadline:
    if deadline.span.unit is not Unit.HOURS:
        return push(deadline, calendar.count(local_day(begun), local_day(ended)), calendar)
    due_at = deadline.due_at + (ended - begun)
    workdays = calendar.count(local_day(begun), local_day(ended))
    steps = _ladder(deadline.kind, deadline.started_at, due_at, deadline.span, calendar)
    return replace(deadline, due_at=due_at, pushed_workdays=deadline.pushed_workdays + workdays, steps=steps)


def halved(span: Span) -> Span:
    """Half the time, rounded up: what a reopened appeal gets."""
    return replace(span, amount=-(-span.amount // 2))


def contact_span(deadlines: Deadlines, urgent: bool) -> Span:
    return deadlines.contact_urgent if urgent else deadlines.contact


def answer_span(deadlines: Deadlines, is_consultation: bool, urgent: bool) -> Span:
    if urgent:
        return deadlines.answer_urgent
    return deadlines.answer_consultation if is_consultation else deadlines.answer


def _ladder(
    kind: DeadlineKind, start: datetime, due_at: datetime, span: Span, calendar: WorkdayCalendar
) -> tuple[Step, ...]:
    """Remind at half the clock and one workday before it is due; urge the day after; supervise one workday later.

    A clock in hours (urgent appeals) has no workday before its end, and is urged and supervised by the hour as well.
    """
    if kind not in ESCALATED:
        return ()
    half = _whole_milliseconds(start + (due_at - start) / 2)
    if span.unit is Unit.HOURS:
        hour = timedelta(hours=1)
        steps = [Step(Rung.REMIND_HALF, half), Step(Rung.URGE, due_at), Step(Rung.SUPERVISE, due_at + hour)]
        return tuple(steps)
    due_day = local_day(due_at)
    last_call = at(calendar.shift(due_day, -1), MORNING)
    day_after = at(due_day + timedelta(days=1), MORNING)
    supervise = at(calendar.shift(local_day(day_after), 1), MORNING)
    steps = [Step(Rung.REMIND_HALF, half), Step(Rung.URGE, day_after), Step(Rung.SUPERVISE, supervise)]
    if last_call > start:
        steps.append(Step(Rung.REMIND_LAST, last_call))
    return tuple(sorted(steps, key=lambda step: step.at))


def _whole_milliseconds(moment: datetime) -> datetime:
    """What the database keeps of a moment; a stored ladder must equal the one that was computed."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
