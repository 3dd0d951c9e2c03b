"""What officials and staff do with an appeal, and what the resident adds while it is handled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.domain.appeal import Answer, AnswerOutcome, Appeal, Assignment, ContactOutcome, Extension, State
from app.domain.deadline import DeadlineKind, push, set_deadline, wait
from app.domain.errors import InvalidInput, Reason, RuleBroken
from app.domain.lifecycle import move, tell_handlers, tell_resident, worded
from app.domain.notification import Occasion
from app.domain.promises import running_promise
from app.domain.terms import Hearers, Terms
from app.domain.timeline import SYSTEM, Actor, Deed
from app.domain.workday import WorkdayCalendar

MOST_SUPPLEMENTS = 20
MOST = {Deed.QUICK_REPLY: 20, Deed.CONTACT: 60}
"""How often an official may repeat them on one appeal: its whole story is one document, which has an end."""
"""Of the resident's own accord, so that one appeal cannot grow without end."""


def sign(appeal: Appeal, by: Actor, now: datetime, note: str = "") -> Appeal:
    """签收: seen and taken on. It is not contact: that clock runs on."""
    return move(appeal, Deed.SIGN, by, now, text=note.strip())


def log_contact(
    appeal: Appeal, outcome: ContactOutcome, by: Actor, terms: Terms, now: datetime, note: str = ""
) -> Appeal:
    """How the resident was reached. Only really reaching him stops the contact clock; an attempt is recorded too."""
    _refuse_endless(appeal, Deed.CONTACT)
    appeal = move(appeal, Deed.CONTACT, by, now, text=note.strip(), outcome=outcome.value)
    if not outcome.reached:
        return appeal
    appeal = replace(_contacted(appeal, now), promise=None)
    return tell_resident(appeal, Occasion.CONTACTED, terms, now)


def quick_reply(
    appeal: Appeal,
    text: str,
    promised_at: datetime | None,
    by: Actor,
    terms: Terms,
    now: datetime,
) -> Appeal:
    """快捷回复 (in a meeting, will call): starts a promise clock, beside those of promises that still run. Neither
    answer nor contact; moves no other clock."""
    latest = terms.deadlines.promise_at_most.after(now, terms.calendar)
    if promised_at is not None and not now < promised_at <= latest:
        raise InvalidInput(Reason.PROMISE_OUT_OF_RANGE, latest=latest)
    _refuse_endless(appeal, Deed.QUICK_REPLY)
    text = worded(text)
    appeal = move(appeal, Deed.QUICK_REPLY, by, now, text=text, due_at=promised_at)
    if promised_at is not None:
        appeal = replace(appeal, promise=running_promise(appeal))
    return tell_resident(appeal, Occasion.PROMISED, terms, now, text)


def may_repeat(appeal: Appeal, deed: Deed) -> bool:
    """Whether the deed was not yet done as often as it may be."""
    return sum(entry.deed is deed for entry in appeal.timeline) < MOST[deed]


def _refuse_endless(appeal: Appeal, deed: Deed) -> None:
    if not may_repeat(appeal, deed):
        raise RuleBroken(Reason.DONE_TOO_OFTEN, most=MOST[deed])


def request_supplement(appeal: Appeal, question: str, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """Asks the resident for more, once; the answer clock pauses for five workdays at most."""
    if appeal.supplements_asked:
        raise RuleBroken(Reason.SUPPLEMENT_USED)
    question = worded(question, "question")
    clock = set_deadline(DeadlineKind.SUPPLEMENT, terms.deadlines.supplement, now, terms.calendar)
    appeal = move(appeal, Deed.REQUEST_SUPPLEMENT, by, now, text=question, due_at=clock.due_at)
    appeal = replace(appeal, clock=clock, supplements_asked=appeal.supplements_asked + 1)
    return tell_resident(appeal, Occasion.SUPPLEMENT_WANTED, terms, now, question)


def supplement(
    appeal: Appeal,
    text: str,
    photos: tuple[str, ...],
    hearers: Hearers,
    by: Actor,
    terms: Terms,
    now: datetime,
) -> Appeal:
    """The resident adds something; when it was asked for, the answer clock runs again."""
    if not may_supplement(appeal):
        raise RuleBroken(Reason.SUPPLEMENT_USED)
    appeal = _unpause(appeal, terms.calendar, now)
    appeal = move(appeal, Deed.SUPPLEMENT, by, now, text=worded(text), photos=photos)
    return tell_handlers(appeal, Occasion.SUPPLEMENTED, hearers, terms, now, repeatable=True)


def may_supplement(appeal: Appeal) -> bool:
    """Whether the resident may add something: what was asked for always, of his own accord not without end."""
    given = sum(entry.deed is Deed.SUPPLEMENT for entry in appeal.timeline)
    return appeal.state is State.AWAITING_RESIDENT or given < MOST_SUPPLEMENTS


def resume(appeal: Appeal, hearers: Hearers, terms: Terms, now: datetime) -> Appeal:
    """No supplement came in time: it goes on without, from the end of the pause, however late this runs."""
    ended = appeal.clock.due_at if appeal.clock else now
    appeal = move(_unpause(appeal, terms.calendar, ended), Deed.RESUME, SYSTEM, now)
    return tell_handlers(appeal, Occasion.RESUMED, hearers, terms, now, repeatable=True)


def request_extension(appeal: Appeal, workdays: int, reason: str, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """Asks a supervisor for more time, once on an appeal, ten workdays at most."""
    if appeal.extension_asked:
        raise RuleBroken(Reason.EXTENSION_USED)
    most = terms.deadlines.max_extension_workdays
    if not 1 <= workdays <= most:
        raise InvalidInput(Reason.EXTENSION_OUT_OF_RANGE, most=most, field="workdays")
    text = worded(reason, "reason")
    appeal = move(appeal, Deed.REQUEST_EXTENSION, by, now, text=text, outcome=str(workdays), internal=True)
    return replace(appeal, extension=Extension(workdays, text, now))


def extend(
    appeal: Appeal, hearers: Hearers, by: Actor, terms: Terms, now: datetime, workdays: int | None = None
) -> Appeal:
    """A supervisor grants the extension, or fewer `workdays` than were asked for; the resident is told why. What was
    asked for while the limit was higher is granted within the limit of today."""
    asked = _waiting_extension(appeal)
    most = min(asked.workdays, terms.deadlines.max_extension_workdays)
    granted = asked.workdays if workdays is None else workdays
    if not 1 <= granted <= most:
        raise InvalidInput(Reason.EXTENSION_OUT_OF_RANGE, most=most, field="workdays")
    appeal = move(appeal, Deed.EXTEND, by, now, text=asked.reason, outcome=str(granted))
    appeal = replace(appeal, extension=replace(asked, workdays=granted, granted_at=now))
    appeal = _push_answer(appeal, granted, terms.calendar)
    appeal = tell_handlers(appeal, Occasion.EXTENSION_GRANTED, hearers, terms, now)
    return tell_resident(appeal, Occasion.EXTENDED, terms, now, asked.reason)


def refuse_extension(appeal: Appeal, reason: str, hearers: Hearers, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """A supervisor refuses it: official and staff are told why, the clock runs on, the resident hears nothing."""
    asked = _waiting_extension(appeal)
    text = worded(reason, "reason")
    appeal = move(appeal, Deed.REFUSE_EXTENSION, by, now, text=text, outcome=str(asked.workdays), internal=True)
    appeal = replace(appeal, extension=replace(asked, refused_at=now, refusal=text))
    return tell_handlers(appeal, Occasion.EXTENSION_REFUSED, hearers, terms, now)


def answer(
    appeal: Appeal,
    text: str,
    outcome: AnswerOutcome,
    photos: tuple[str, ...],
    by: Actor,
    terms: Terms,
    now: datetime,
) -> Appeal:
    """答复: solved, or explained why it cannot be. An answer is contact too when there was none before."""
    text = worded(text)
    appeal = move(appeal, Deed.ANSWER, by, now, text=text, outcome=outcome.value, photos=photos)
    appeal = _contacted(appeal, now)
    assignment = replace(_responsible(appeal), answered_at=now)
    appeal = replace(
        appeal,
        assignment=assignment,
        answers=(*appeal.answers, Answer(text, outcome, by, now, assignment.number, photos)),
        untold=appeal.children,
        promise=None,
        clock=set_deadline(DeadlineKind.FOLLOW_UP, terms.deadlines.follow_up, now, terms.calendar),
    )
    return tell_resident(appeal, Occasion.ANSWERED, terms, now, text)


def _waiting_extension(appeal: Appeal) -> Extension:
    """The request that a supervisor is to decide. Raises RuleBroken when there is none."""
    if appeal.extension is None or not appeal.extension_waits:
        raise RuleBroken(Reason.EXTENSION_NOT_ASKED)
    return appeal.extension


def _responsible(appeal: Appeal) -> Assignment:
    """The running assignment: no state that is handled is without one."""
    assert appeal.assignment is not None, appeal.state
    return appeal.assignment


def _contacted(appeal: Appeal, now: datetime) -> Appeal:
    assignment = _responsible(appeal)
    if assignment.contacted_at is not None:
        return appeal
    return replace(appeal, assignment=replace(assignment, contacted_at=now))


def _unpause(appeal: Appeal, calendar: WorkdayCalendar, now: datetime) -> Appeal:
    """Gives the answer clock back the workdays that it waited; nothing when it was not paused."""
    if appeal.state is not State.AWAITING_RESIDENT or appeal.clock is None:
        return appeal
    begun, ended = appeal.clock.started_at, min(now, appeal.clock.due_at)
    assignment = _responsible(appeal)
    deadlines = tuple(
        wait(d, begun, ended, calendar) if d.kind is DeadlineKind.ANSWER else d for d in assignment.deadlines
    )
    return replace(appeal, clock=None, assignment=replace(assignment, deadlines=deadlines))


def _push_answer(appeal: Appeal, workdays: int, calendar: WorkdayCalendar) -> Appeal:
    assignment = _responsible(appeal)
    deadlines = tuple(
        push(deadline, workdays, calendar) if deadline.kind is DeadlineKind.ANSWER else deadline
        for deadline in assignment.deadlines
    )
    return replace(appeal, assignment=replace(assignment, deadlines=deadlines))
