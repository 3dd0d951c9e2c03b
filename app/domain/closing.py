"""After the answer: rating, reopening, second review, conclusion."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.domain.appeal import Appeal, Assignment, Kind, Rating, Resolution, Satisfaction, State, without_request
from app.domain.barring import is_held, keep_away
from app.domain.deadline import DeadlineKind, answer_span, halved, set_deadline
from app.domain.errors import Reason, RuleBroken
from app.domain.lifecycle import move, tell_handlers, tell_resident, worded
from app.domain.notification import Occasion, Role
from app.domain.terms import Hearers, Terms
from app.domain.timeline import SYSTEM, Actor, Deed


def rate(
    appeal: Appeal,
    resolution: Resolution,
    satisfaction: Satisfaction,
    by: Actor,
    terms: Terms,
    now: datetime,
    comment: str = "",
) -> Appeal:
    """Two questions. Content concludes; discontent leaves the way to reopen open, or, after a reopening, leads to a
    supervisor's review (二次不满意)."""
    if appeal.state is State.MERGED and not appeal.answers:
        raise RuleBroken(Reason.NOT_ANSWERED_YET)
    number = appeal.assignment.number if appeal.assignment else 0
    outcome = f"{resolution.value} {satisfaction.value}"
    appeal = move(appeal, Deed.RATE, by, now, text=comment.strip(), outcome=outcome)
    if appeal.rated(number):
        raise RuleBroken(Reason.ALREADY_RATED)
    rating = Rating(resolution, satisfaction, now, number, comment.strip())
    appeal = replace(appeal, ratings=(*appeal.ratings, rating))
    if appeal.state is State.MERGED:
        return appeal  # each rates for himself; what follows is decided on the appeal it was merged into
    if not rating.dissatisfied:
        return replace(move(appeal, Deed.CONCLUDE, by, now), clock=None)
    if not appeal.reopenings:
        return appeal
    clock = set_deadline(DeadlineKind.SECOND_REVIEW, terms.deadlines.second_review, now, terms.calendar)
    return replace(move(appeal, Deed.DISPUTE, by, now), clock=clock)


def reopen(appeal: Appeal, reason: str, hearers: Hearers, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """重办 by the same official: once by the resident at half the time, or by a supervisor within 30 days. When the
    appeal has come to be kept from that official, it waits for another one."""
    deadlines = terms.deadlines
    span = answer_span(deadlines, appeal.kind is Kind.CONSULTATION, appeal.urgent)
    if by.role is Role.RESIDENT:
        if appeal.state is not State.ANSWERED:
            raise RuleBroken(Reason.WRONG_STATE, state=appeal.state.value, action=Deed.REOPEN.value)
        if appeal.reopenings:
            raise RuleBroken(Reason.REOPEN_USED)
        span = halved(span)
    elif appeal.state is State.ANSWERED:
        raise RuleBroken(Reason.WRONG_STATE, state=appeal.state.value, action=Deed.REOPEN.value)
    elif appeal.state is State.CONCLUDED:
        concluded_at = appeal.closed_at or now
        if now > deadlines.reopen_by_supervisor.after(concluded_at, terms.calendar):
            raise RuleBroken(Reason.REOPEN_TOO_LATE)
    previous = appeal.assignment
    appeal = move(appeal, Deed.REOPEN, by, now, text=worded(reason, "reason"))
    assert previous is not None, "only what was assigned is ever answered"
    assignment = Assignment(
        number=previous.number + 1,
        official_id=previous.official_id,
        started_at=now,
        deadlines=(set_deadline(DeadlineKind.ANSWER, span, now, terms.calendar),),
    )
    appeal = replace(
        appeal,
        assignment=assignment,
        past=(*appeal.past, previous),
        clock=None,
        promise=None,
        reopenings=appeal.reopenings + (by.role is Role.RESIDENT),
        extension=without_request(appeal.extension),
    )
    if is_held(appeal, hearers):
        return keep_away(appeal, hearers, SYSTEM, terms, now)
    return tell_handlers(appeal, Occasion.REOPENED, hearers, terms, now)


def conclude(appeal: Appeal, explanation: str, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """办结: by time seven days after the answer (silence is not satisfaction), or by a supervisor who explains."""
    text = explanation.strip() if by is SYSTEM else worded(explanation, "explanation")
    appeal = replace(move(appeal, Deed.CONCLUDE, by, now, text=text), clock=None)
    return tell_resident(appeal, Occasion.CONCLUDED, terms, now)
