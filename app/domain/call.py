"""Calls to an official's published number, and how they went, as the callers say.

Two rules live here. A call-back (已回电) answers the caller's latest missed call that no other call-back answers yet,
and counts as returned within a workday (回拨率, product.md). And missed calls of several people suggest that a number
is not answered (不接电话): only suggested, with the calls behind it, because a person verifies and decides (rule 4).
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.appeal import PRIVATE
from app.domain.workday import Span, Unit, WorkdayCalendar

RETURNED_WITHIN = Span(1, Unit.WORKDAYS)
MISSED_AT_LEAST = 3
CALLERS_AT_LEAST = 3
MISSED_WITHIN = Span(5, Unit.WORKDAYS)
LONGEST_NOTE = 200
"""Characters of an operator's note on a call."""


class CallOutcome(StrEnum):
    IN_PERSON = "in_person"
    OTHER_PERSON = "other_person"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    TEXT_REPLY = "text_reply"
    CALLED_BACK = "called_back"


class CallVerdict(StrEnum):
    """What a person found who looked into missed calls (app/domain/call_check.py)."""

    TRUE = "true"
    """The number was not answered: an interview is suggested."""
    UNTRUE = "untrue"


MISSED = frozenset({CallOutcome.BUSY, CallOutcome.NO_ANSWER})
REACHED = frozenset({CallOutcome.IN_PERSON, CallOutcome.CALLED_BACK})


@dataclass(frozen=True)
class Call:
    """One call. A call-back carries the missed call it answers; the store keeps `answers_call_id` unique, so that no
    two call-backs answer the same one. The missed call itself never changes."""

    id: str
    account_id: str
    """The caller: an account, or the keyed hash of a telephone number, never the number itself."""
    official_id: str
    outcome: CallOutcome
    at: datetime
    answers_call_id: str = ""
    missed_at: datetime | None = None
    """When the missed call was, of a call-back that answers one."""
    by_operators: bool = False
    """Operators answered the calls of the roster then (nanning-46): somebody else's answer is as it should be."""
    registered_by: str = ""
    """The officer who took it down for somebody who telephoned; empty when the caller recorded it."""
    registrar: str = ""
    """That officer's name and 工号 as they were then: a 工号 passes on."""
    note: str = field(default="", metadata=PRIVATE)

    @property
    def is_missed(self) -> bool:
        return self.outcome in MISSED

    def returned(self, calendar: WorkdayCalendar) -> bool | None:
        """Whether this call-back came within a workday: by the close of business of the workday after the missed call.
        None when it answers no missed call, or is no call-back."""
        if self.missed_at is None:
            return None
        return self.at <= RETURNED_WITHIN.after(self.missed_at, calendar)


@dataclass(frozen=True)
class CallReport:
    """What an operator writes down of a caller's call to an official's number. Without an outcome it is no call for the
    records and figures, only a note."""

    outcome: CallOutcome | None = None
    note: str = ""


NO_REPORT = CallReport()


def missed_before(call_back: Call, calls: Iterable[Call]) -> Call | None:
    """The missed call that `call_back` answers: the caller's latest to the same official, not later than the call-back
    and not answered by another one of `calls`. None when there is none."""
    own = [
        call
        for call in calls
        if (call.account_id, call.official_id) == (call_back.account_id, call_back.official_id)
        and call.id != call_back.id
    ]
    answered = {call.answers_call_id for call in own}
    left = [call for call in own if call.is_missed and call.id not in answered and call.at <= call_back.at]
    return max(left, key=lambda call: (call.at, call.id), default=None)


@dataclass(frozen=True)
class NotAnswering:
    """What suggests that an official's number is not answered: the missed calls, oldest first. No finding of fact."""

    official_id: str
    call_ids: tuple[str, ...]
    callers: int
    since: datetime
    until: datetime


def not_answering(
    calls: Iterable[Call], now: datetime, calendar: WorkdayCalendar, judged: Container[str] = ()
) -> NotAnswering | None:
    """The suggestion that follows from the calls to ONE official, or None.

    At least three missed calls of at least three accounts, none longer ago than five workdays (a call on Monday counts
    until the close of business of the next Monday), after the last time the official answered in person or called
    anybody back. Somebody else who answers, or a text, neither counts nor interrupts; nor does a call that operators
    were to take (nanning-46), which the official's telephone never rang for. Calls that a person has `judged` (their
    ids; app/domain/call_check.py) count no more.
    Raises ValueError for calls to several officials.
    """
    known = sorted((call for call in calls if call.at <= now), key=lambda call: (call.at, call.id))
    if len({call.official_id for call in known}) > 1:
        raise ValueError("calls to one official only")
    streak: list[Call] = []
    for call in known:
        if call.outcome in REACHED:
            streak = []
        elif _counts(call, judged) and now <= MISSED_WITHIN.after(call.at, calendar):
            streak.append(call)
    callers = len({call.account_id for call in streak})
    if len(streak) < MISSED_AT_LEAST or callers < CALLERS_AT_LEAST:
        return None
    ids = tuple(call.id for call in streak)
    return NotAnswering(streak[0].official_id, ids, callers, streak[0].at, streak[-1].at)


def _counts(call: Call, judged: Container[str]) -> bool:
    return call.is_missed and not call.by_operators and call.id not in judged
