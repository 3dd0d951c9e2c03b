"""From appeals and calls to tallies: which deadline counts, on which day, for whom (cohort: what fell due).

A deadline counts on the Beijing day on which it fell due, and only if the assignment still existed then:

* what was transferred, handed back, withdrawn or merged before its deadline came falls out for that official;
* open and overdue stays in; so does what ended after the deadline had come;
* an answer clock that is paused (待补充) has no deadline until it runs again, unless it was over before the pause;
* each assignment counts for itself: who reopens an appeal makes a second case, without a contact clock;
* a first response is contact or answer, never a quick reply; a conclusion by time is no rating;
* the ratings of merged appeals are not counted: the answer they rate was given to another appeal;
* of the calls that one person had with one official on one day all are attempts, and the last of those that were
  connected counts in 本人接听率 (product.md says nothing against it);
* a call counts by its outcome, whether its caller recorded it or an operator took it down. Where operators answer the
  calls of the roster (nanning-46), a call that somebody else took is a success of the line, not a failing of the
  official: it is in 接通率 and outside 本人接听率 (product.md asks there for the calls of those who answer themselves).
  The call says so itself (`by_operators`), so that a later change of the roster's policy moves no figure.

Whether a deadline has passed is not asked here: days are counted when they are over (app/services/figures/tallies.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from app.domain.appeal import Appeal, Assignment, Kind, Rating, Resolution, Satisfaction, State
from app.domain.call import Call, CallOutcome
from app.domain.deadline import Deadline, DeadlineKind
from app.domain.figures import Response, Tally, total, working_minutes
from app.domain.timeline import RESTARTS, Deed
from app.domain.workday import ONE_DAY, Span, Unit, WorkdayCalendar, local_day

RETURN_WITHIN = Span(1, Unit.WORKDAYS)
"""A missed call is returned (回拨) by the close of the next workday (product.md, Figures)."""
CONNECTED = frozenset({CallOutcome.IN_PERSON, CallOutcome.OTHER_PERSON})
MISSED = frozenset({CallOutcome.BUSY, CallOutcome.NO_ANSWER})
"""An answer by text message (短信回复) is an attempt that was neither connected nor missed."""


@dataclass(frozen=True)
class Fact:
    """One assignment whose deadlines count; `contact` or `answer` is None where that clock does not."""

    official_id: str
    assignment: int
    kind: Kind
    source: str
    started_at: datetime
    contact: Deadline | None = None
    contacted_at: datetime | None = None
    answer: Deadline | None = None
    answered_at: datetime | None = None
    rating: Rating | None = None
    ended_at: datetime | None = None
    """When it was taken from the official or from the world, unanswered."""


class Share(NamedTuple):
    """A part of a day's tally, and when it was decided."""

    at: datetime
    tally: Tally


def facts_of(appeal: Appeal) -> tuple[Fact, ...]:
    """The cases this appeal makes, as it stands; without those none of whose deadlines count."""
    ends = _ends(appeal)
    found = (_fact(appeal, assignment, ends.get(assignment.number)) for assignment in _assignments(appeal))
    return tuple(fact for fact in found if fact.contact or fact.answer)


def days_of(fact: Fact) -> frozenset[date]:
    """The Beijing days on which it counts: one, or one for each clock."""
    return frozenset(local_day(deadline.due_at) for deadline in (fact.contact, fact.answer) if deadline)


def changed_at(appeal: Appeal) -> datetime:
    """When anything that figures depend on last happened: every such deed is in the timeline."""
    return appeal.timeline[-1].at if appeal.timeline else appeal.submitted_at


def figure_days(appeal: Appeal) -> tuple[date, ...]:
    """Days on which the appeal counts for somebody, sorted: by these the appeals of a day are found."""
    return tuple(sorted({day for fact in facts_of(appeal) for day in days_of(fact)}))


def figure_keys(appeal: Appeal) -> tuple[str, ...]:
    """The same for each post: `education 2026-03-05`."""
    return tuple(sorted({figure_key(day, fact.official_id) for fact in facts_of(appeal) for day in days_of(fact)}))


def figure_key(day: date, official_id: str) -> str:
    """The day comes last: the embedded engine takes text that begins with a date for a date, and does not find it."""
    return f"{official_id} {day.isoformat()}"


def days_touched(appeal: Appeal, calendar: WorkdayCalendar) -> frozenset[tuple[date, str]]:
    """Every (day, official) for whom the appeal counts or may ever have counted.

    Deadlines only move later, so each earlier one lies between the raw and the effective one; those that fell out are
    in it as well. So what is counted anew after a change needs no memory of what was counted before.
    """
    touched = set()
    for assignment in _assignments(appeal):
        for deadline in assignment.deadlines:
            last = local_day(deadline.due_at)
            day = min(local_day(raw_due_at(deadline, calendar)), last)
            while day <= last:
                touched.add((day, assignment.official_id))
                day += ONE_DAY
    return frozenset(touched)


def raw_due_at(deadline: Deadline, calendar: WorkdayCalendar) -> datetime:
    """When it would have been due without pauses and extensions. A deadline in days that nothing has pushed is what
    was promised, whatever the calendar says today."""
    if not deadline.pushed_workdays and deadline.span.unit is not Unit.HOURS:
        return deadline.due_at
    return deadline.span.after(deadline.started_at, calendar)


def tally_on(day: date, fact: Fact, calendar: WorkdayCalendar) -> Tally:
    """What the fact adds to that Beijing day; empty on days that are not its own."""
    return total(share.tally for share in shares_on(day, fact, calendar))


def shares_on(day: date, fact: Fact, calendar: WorkdayCalendar) -> Iterator[Share]:
    """The same in parts, each with the moment by which it is known whose it is when the post changes hands: a deadline
    belongs to whoever kept it, or held the post when it passed; a rating to whoever gave the answer."""
    if (due := fact.contact) and local_day(due.due_at) == day:
        yield Share(min(fact.contacted_at or due.due_at, due.due_at), _contact_tally(fact, due, calendar))
    if (due := fact.answer) and local_day(due.due_at) == day:
        yield Share(min(fact.answered_at or due.due_at, due.due_at), _answer_tally(fact, due, calendar))
        if fact.answered_at is not None:
            yield Share(fact.answered_at, _rating_tally(fact.rating))


def calls_on(day: date, calls: Sequence[Call], calendar: WorkdayCalendar) -> Tally:
    """What the calls to one official add to that day: attempts made on it, and missed ones to be returned by it.

    `calls` reach from the workday before (`calls_since`) to the end of the day, in any order.
    """
    return total(share.tally for share in call_shares_on(day, calls, calendar))


def call_shares_on(day: date, calls: Sequence[Call], calendar: WorkdayCalendar) -> Iterator[Share]:
    """The same in parts: a call, and whether it was returned, belongs to whoever's telephone rang."""
    counted = _last_taken(day, calls)
    for call in calls:
        if call.outcome is not CallOutcome.CALLED_BACK and local_day(call.at) == day:
            yield Share(call.at, _attempt_tally(call, call.id in counted))
        if call.outcome in MISSED and local_day(until := RETURN_WITHIN.after(call.at, calendar)) == day:
            yield Share(call.at, Tally(missed=1, returned=int(_returned(call, until, calls))))


def calls_since(day: date, calendar: WorkdayCalendar) -> date:
    """The first day whose calls can matter to `day`: the workday before it."""
    return calendar.shift(day, -1)


def days_touched_by(call: Call, calendar: WorkdayCalendar) -> frozenset[date]:
    """The days that a recorded call can change: its own, and the one until which it is, or returns, a missed one."""
    day = local_day(call.at)
    return frozenset({day, calendar.shift(day, 1)})


def _fact(appeal: Appeal, assignment: Assignment, ended_at: datetime | None) -> Fact:
    dues = {deadline.kind: deadline for deadline in assignment.deadlines if _came(deadline, ended_at)}
    answer = dues.get(DeadlineKind.ANSWER)
    if answer and assignment is appeal.assignment and _paused(appeal, answer):
        answer = None
    ratings = (rating for rating in appeal.ratings if rating.assignment == assignment.number)
    return Fact(
        official_id=assignment.official_id,
        assignment=assignment.number,
        kind=appeal.kind,
        source=appeal.source,
        started_at=assignment.started_at,
        contact=dues.get(DeadlineKind.CONTACT),
        contacted_at=assignment.contacted_at,
        answer=answer,
        answered_at=assignment.answered_at,
        rating=next(ratings, None) if assignment.answered_at is not None else None,
        ended_at=ended_at,
    )


def _came(deadline: Deadline, ended_at: datetime | None) -> bool:
    return ended_at is None or ended_at >= deadline.due_at


def _paused(appeal: Appeal, answer: Deadline) -> bool:
    """Whether the answer clock stands still; one that was over before cannot be hidden by asking a question."""
    if appeal.state is not State.AWAITING_RESIDENT or appeal.clock is None:
        return False
    return answer.due_at >= appeal.clock.started_at


def _assignments(appeal: Appeal) -> Iterator[Assignment]:
    yield from appeal.past
    if appeal.assignment:
        yield appeal.assignment


def _ends(appeal: Appeal) -> dict[int, datetime]:
    """When each assignment, by its number, was taken from its official unanswered: the timeline says so. After an
    answer only a reopening makes a new one, which takes nothing away."""
    number = 0
    ends: dict[int, datetime] = {}
    for entry in appeal.timeline:
        if entry.deed in _ENDS and number:
            ends.setdefault(number, entry.at)
        number += entry.deed in RESTARTS
    return ends


def _contact_tally(fact: Fact, due: Deadline, calendar: WorkdayCalendar) -> Tally:
    if fact.contacted_at is not None:
        waited = Response(working_minutes(fact.started_at, fact.contacted_at, calendar))
        return Tally(contacts_due=1, contacted_in_time=int(fact.contacted_at <= due.due_at), responses=(waited,))
    if fact.ended_at is not None:
        waited = Response(working_minutes(fact.started_at, fact.ended_at, calendar), censored=True)
        return Tally(contacts_due=1, responses=(waited,))
    return Tally(contacts_due=1, waiting=(fact.started_at,))


def _answer_tally(fact: Fact, due: Deadline, calendar: WorkdayCalendar) -> Tally:
    if fact.answered_at is None:
        return Tally(answers_due=1)
    return Tally(
        answers_due=1,
        answered_in_time=int(fact.answered_at <= due.due_at),
        answered_in_raw_time=int(fact.answered_at <= raw_due_at(due, calendar)),
    )


def _rating_tally(rating: Rating | None) -> Tally:
    return Tally(
        answered=1,
        rated=int(rating is not None),
        resolved=int(rating is not None and rating.resolution is Resolution.RESOLVED),
        partly=int(rating is not None and rating.resolution is Resolution.PARTLY),
        satisfied=int(rating is not None and rating.satisfaction is Satisfaction.SATISFIED),
        fairly=int(rating is not None and rating.satisfaction is Satisfaction.FAIRLY),
    )


def _attempt_tally(call: Call, counted: bool) -> Tally:
    """`counted`: it is the one that counts of that person's day, for 本人接听率."""
    return Tally(
        attempts=1,
        connected=int(call.outcome in CONNECTED),
        in_person=int(counted and call.outcome is CallOutcome.IN_PERSON),
        by_operators=int(_is_the_lines(call)),
        repeated=int(call.outcome in CONNECTED and not counted and not _is_the_lines(call)),
    )


def _last_taken(day: date, calls: Iterable[Call]) -> frozenset[str]:
    """Ids of the calls of that day that count for 本人接听率: each person's last one to the official that was taken."""
    taken = (c for c in calls if c.outcome in CONNECTED and not _is_the_lines(c) and local_day(c.at) == day)
    last = {(c.account_id, c.official_id): c.id for c in sorted(taken, key=lambda c: (c.at, c.id))}
    return frozenset(last.values())


def _is_the_lines(call: Call) -> bool:
    """Whether an operator took it where operators answer: as it should be, and not of the official."""
    return call.by_operators and call.outcome is CallOutcome.OTHER_PERSON


def _returned(missed: Call, until: datetime, calls: Iterable[Call]) -> bool:
    """Whether the same person records within the time that the same official called back."""
    return any(
        call.outcome is CallOutcome.CALLED_BACK
        and (call.account_id, call.official_id) == (missed.account_id, missed.official_id)
        and missed.at <= call.at <= until
        for call in calls
    )


_ENDS = frozenset({Deed.TRANSFER, Deed.HAND_BACK, Deed.WITHDRAW, Deed.MERGE})
