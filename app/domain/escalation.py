"""What time does to an appeal: the rungs of the ladder, the end of a pause, the conclusion after seven days.

A rung fires once for its (assignment, clock): the timeline says that it did. After downtime every missed rung fires in
order, and of several missed reminders of one clock only the last is said aloud, because the others are no longer news.
None is once the deadline is over: the urging that follows says what is true then.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.appeal import HANDLED, Appeal, ContactOutcome, State
from app.domain.closing import conclude
from app.domain.deadline import Deadline, DeadlineKind, Rung, Step
from app.domain.errors import Reason, RuleBroken
from app.domain.handling import resume
from app.domain.lifecycle import move, tell_handlers
from app.domain.merging import ADOPTION_LASTS
from app.domain.notification import Notification, Occasion, Role, Status
from app.domain.oversight import refer, suggest_interview
from app.domain.promises import running_promise
from app.domain.supervision import InterviewReason, Supervision, rectification_due
from app.domain.terms import Hearers, Terms
from app.domain.timeline import RESTARTS, SYSTEM, Actor, Deed, Entry

DEEDS = {
    Rung.REMIND_HALF: Deed.REMIND,
    Rung.REMIND_LAST: Deed.REMIND,
    Rung.URGE: Deed.URGE,
    Rung.SUPERVISE: Deed.SUPERVISE,
    Rung.PROMISE_BROKEN: Deed.PROMISE_BROKEN,
}
REMINDING = frozenset({Rung.REMIND_HALF, Rung.REMIND_LAST})
"""What is said while there is still time."""
URGE_AGAIN_AFTER = timedelta(hours=24)


def outcome_of(clock: DeadlineKind, rung: Rung) -> str:
    """How a timeline entry names the rung it stands for."""
    return f"{clock.value} {rung.value}"


def pending_steps(appeal: Appeal) -> list[tuple[Step, Deadline]]:
    """The rungs of the running clocks that have not fired in this assignment, earliest first."""
    fired = _fired(appeal)
    steps = [
        (step, deadline)
        for deadline in appeal.running_deadlines
        for step in deadline.steps
        if outcome_of(deadline.kind, step.rung) not in fired or deadline.kind is DeadlineKind.PROMISE
    ]
    return sorted(steps, key=lambda pair: pair[0].at)


def next_check_at(appeal: Appeal) -> datetime | None:
    """When time will next do something to this appeal; None when it waits for people only."""
    moments = [step.at for step, _ in pending_steps(appeal)]
    if appeal.state in {State.AWAITING_RESIDENT, State.ANSWERED} and appeal.clock:
        moments.append(appeal.clock.due_at)
    if order := _ignored_order(appeal):
        moments.append(order)
    moments += [due for interview in appeal.interviews if (due := rectification_due(interview))]
    return min(moments, default=None)


def next_sweep_at(appeal: Appeal) -> datetime | None:
    """When the sweep has to look at it: when time does something, when a merge must have come to its end, or at once
    while merged appeals are to be told."""
    if appeal.untold:
        return appeal.submitted_at
    moments = [adoption.at + ADOPTION_LASTS for adoption in appeal.adoptions]
    if (check := next_check_at(appeal)) is not None:
        moments.append(check)
    return min(moments, default=None)


def advance(appeal: Appeal, hearers: Hearers, terms: Terms, now: datetime) -> Appeal:
    """The appeal after everything that was due by `now` has happened to it; the same object when nothing was."""
    if appeal.clock and appeal.clock.due_at <= now:
        if appeal.state is State.AWAITING_RESIDENT:
            appeal = resume(appeal, hearers, terms, now)
        elif appeal.state is State.ANSWERED:
            appeal = conclude(appeal, "", SYSTEM, terms, now)
    while due := [(step, deadline) for step, deadline in pending_steps(appeal) if step.at <= now]:
        fired = _fired(appeal)
        for step, deadline in due:
            overtaken = any(later.at > step.at and other is deadline for later, other in due)
            silent = step.rung in REMINDING and (overtaken or _is_past(deadline, step.rung, fired, now))
            appeal = _climb(appeal, step.rung, deadline, SYSTEM, hearers, terms, now, silent=silent)
    if (order := _ignored_order(appeal)) and order <= now:
        appeal = suggest_interview(appeal, InterviewReason.ORDER_IGNORED, now)
    for interview in appeal.interviews:
        if (due_at := rectification_due(interview)) and due_at <= now:
            appeal = refer(appeal, interview.number, now)
    return appeal


def urge(appeal: Appeal, note: str, hearers: Hearers, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """The resident urges, once it is late and at most once a day. The first urging is the ladder's rung."""
    late = _late(appeal, now)
    if not late:
        raise RuleBroken(Reason.NOT_LATE_YET, due_at=appeal.due_at)
    if not may_urge(appeal, now):
        raise RuleBroken(Reason.URGED_TODAY)
    return _climb(appeal, Rung.URGE, late[0], by, hearers, terms, now, text=note.strip())


def urge_from_office(appeal: Appeal, note: str, hearers: Hearers, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """The supervision office urges by hand, once it is late, whoever it is that they were last urged by a day before at
    least. Where nobody has urged about this clock yet it is the ladder's rung, which then fires no more; later it is a
    message of its own, to the same people."""
    if appeal.state not in HANDLED:
        raise RuleBroken(Reason.WRONG_STATE, state=appeal.state.value, action=Deed.URGE.value)
    late = _late(appeal, now)
    if not late:
        raise RuleBroken(Reason.NOT_LATE_YET, due_at=appeal.due_at)
    if not office_may_urge(appeal, now):
        raise RuleBroken(Reason.URGED_TODAY)
    again = outcome_of(late[0].kind, Rung.URGE) in _fired(appeal)
    return _climb(appeal, Rung.URGE, late[0], by, hearers, terms, now, text=note.strip(), again=again)


def office_may_urge(appeal: Appeal, now: datetime) -> bool:
    """Whether a clock of the handlers is over and no urging was sent to them within a day: the ladder's counts, and so
    does the resident's where it was the first."""
    number = _number(appeal)
    heard = any(
        now < entry.at + URGE_AGAIN_AFTER and any(one.assignment == number for one in caused_by(appeal, entry))
        for entry in appeal.timeline
        if entry.deed is Deed.URGE
    )
    return bool(_late(appeal, now)) and not heard


def may_urge(appeal: Appeal, now: datetime) -> bool:
    """Whether a clock of the handlers is over and the resident has not urged within a day."""
    again_at = urge_again_at(appeal)
    return bool(_late(appeal, now)) and not (again_at and now < again_at)


def urge_again_at(appeal: Appeal) -> datetime | None:
    """From when the resident may urge once more; None before the first time."""
    urging = last_urging(appeal)
    return urging.at + URGE_AGAIN_AFTER if urging else None


def last_urging(appeal: Appeal) -> Entry | None:
    """The newest urging by the resident, not by the ladder."""
    urged = (e for e in reversed(appeal.timeline) if e.deed is Deed.URGE and e.actor.role is Role.RESIDENT)
    return next(urged, None)


def still_holds(appeal: Appeal, notification: Notification, now: datetime) -> bool:
    """Whether a message that waited may go out at `now`: it is relevant, and no reminder of what is past. A reminder
    that came too late is followed by the next rung of its clock, which says what is true."""
    if not is_relevant(appeal, notification):
        return False
    rung = next((rung for rung in REMINDING if rung.value == notification.occasion.value), None)
    running = (due for due in appeal.running_deadlines if due.kind.value == notification.clock)
    return rung is None or not any(_is_past(due, rung, _fired(appeal), now) for due in running)


def is_relevant(appeal: Appeal, notification: Notification) -> bool:
    """Whether a message that waited still concerns its recipient: a reminder does not once its clock stopped or was
    restarted, and an official does not hear of what is no longer his or hers."""
    if notification.recipient.role is Role.RESIDENT:
        return True
    if notification.assignment != _number(appeal) or not appeal.is_open:
        return False
    if notification.occasion is Occasion.PROMISE_BROKEN:
        return not _reached_since(appeal, notification.created_at)
    if not notification.clock:
        return True
    return any(deadline.kind.value == notification.clock for deadline in appeal.running_deadlines)


def caused_by(appeal: Appeal, entry: Entry) -> tuple[Notification, ...]:
    """The messages to those who handle it that a rung in the timeline brought about."""
    clock, _, rung = entry.outcome.partition(" ")
    return tuple(
        message
        for message in appeal.notifications
        if message.created_at == entry.at
        and message.occasion.value == rung
        and message.clock in {clock, ""}
        and message.recipient.role is not Role.RESIDENT
    )


def is_unsaid(appeal: Appeal, entry: Entry) -> bool:
    """Whether it is a reminder that nobody heard and nobody will: it fired too late, or all its messages were dropped.
    Then it stands in the timeline for the supervision office alone."""
    if entry.deed is not Deed.REMIND:
        return False
    messages = caused_by(appeal, entry)
    return entry.internal or (bool(messages) and all(message.status is Status.SUPERSEDED for message in messages))


def _climb(
    appeal: Appeal,
    rung: Rung,
    deadline: Deadline,
    by: Actor,
    hearers: Hearers,
    terms: Terms,
    now: datetime,
    *,
    silent: bool = False,
    text: str = "",
    again: bool = False,
) -> Appeal:
    appeal = move(
        appeal,
        DEEDS[rung],
        by,
        now,
        text=text,
        outcome=outcome_of(deadline.kind, rung),
        due_at=deadline.due_at,
        internal=silent,
    )
    if rung is Rung.SUPERVISE:
        listed = Supervision(now, _number(appeal), deadline.kind, appeal.assignee_id)
        return replace(appeal, supervisions=(*appeal.supervisions, listed))
    if silent:
        return appeal
    appeal = tell_handlers(
        appeal,
        Occasion(rung.value),
        hearers,
        terms,
        now,
        clock=None if rung is Rung.PROMISE_BROKEN else deadline.kind,
        superior=rung is Rung.URGE,
        repeatable=again or rung is Rung.PROMISE_BROKEN,
    )
    return replace(appeal, promise=running_promise(appeal)) if rung is Rung.PROMISE_BROKEN else appeal


def _late(appeal: Appeal, now: datetime) -> list[Deadline]:
    """The handlers' clocks that are over, earliest first."""
    if appeal.state not in HANDLED:
        return []
    return [d for d in appeal.running_deadlines if d.is_over(now) and d.kind is not DeadlineKind.PROMISE]


def _fired(appeal: Appeal) -> set[str]:
    """The rungs that the timeline holds since the clocks were last started."""
    fired: set[str] = set()
    for entry in reversed(appeal.timeline):
        if entry.deed in RESTARTS:
            break
        if entry.deed in _LADDER:
            fired.add(entry.outcome)
    return fired


def _is_past(deadline: Deadline, rung: Rung, fired: set[str], now: datetime) -> bool:
    """Whether a reminder is no longer news: its deadline is over, or a later rung of the same clock has fired."""
    own = next((step.at for step in deadline.steps if step.rung is rung), deadline.started_at)
    later = {step.rung for step in deadline.steps if step.at > own} | {Rung.URGE}
    return deadline.is_over(now) or any(outcome_of(deadline.kind, one) in fired for one in later)


def _reached_since(appeal: Appeal, moment: datetime) -> bool:
    return any(
        entry.deed is Deed.ANSWER or (entry.deed is Deed.CONTACT and ContactOutcome(entry.outcome).reached)
        for entry in appeal.timeline
        if entry.at >= moment
    )


def _ignored_order(appeal: Appeal) -> datetime | None:
    """When an interview is to be suggested because a signed 督办单 was not followed; None when there is none, when it
    was followed, or when the suggestion has been made."""
    if not appeal.supervisions:
        return None
    order = appeal.supervisions[-1]
    running = any(deadline.kind is order.clock for deadline in appeal.running_deadlines)
    suggested = any(
        known.reason is InterviewReason.ORDER_IGNORED and known.assignment == _number(appeal)
        for known in appeal.interviews
    )
    return order.interview_at if running and order.assignment == _number(appeal) and not suggested else None


def _number(appeal: Appeal) -> int:
    return appeal.assignment.number if appeal.assignment else 0


_LADDER = frozenset(DEEDS.values())
