"""Supervision (督办), interview (约谈) and referral (移交): suggestions come from the clock, decisions from people.

Nothing here punishes by itself. The evidence of an interview is frozen and hashed at the moment of the suggestion, so
that nobody has to argue later about what was known.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.deadline import DeadlineKind
from app.domain.errors import InvalidInput, Reason, RuleBroken
from app.domain.workday import Span, Unit, WorkdayCalendar, local_day

if TYPE_CHECKING:
    from app.domain.appeal import Appeal, Assignment

ORDER_SPAN = Span(3, Unit.WORKDAYS)
"""A 督办单's own deadline when the signer names none; it never moves the appeal's."""
INTERVIEW_AFTER = Span(3, Unit.WORKDAYS)


@dataclass(frozen=True)
class Supervision:
    """The appeal's place on the supervision list; once a person signed it, a numbered 督办单 with its own deadline."""

    listed_at: datetime
    assignment: int
    clock: DeadlineKind
    official_id: str
    number: str = ""
    signed_by: str = ""
    signed_at: datetime | None = None
    due_at: datetime | None = None
    interview_at: datetime | None = None
    """When an interview is suggested if nothing has happened by then."""


class InterviewReason(StrEnum):
    ORDER_IGNORED = "order_ignored"
    NOT_ANSWERING = "not_answering"
    PERFUNCTORY = "perfunctory"


class Decision(StrEnum):
    HELD = "held"
    """The official was interviewed."""
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class Interview:
    """An entry of the interview ledger. `evidence` is canonical JSON, `evidence_hash` its SHA-256."""

    number: int
    reason: InterviewReason
    suggested_at: datetime
    official_id: str
    assignment: int
    evidence: str
    evidence_hash: str
    decision: Decision | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    text: str = ""
    rectify_by: datetime | None = None
    rectified_at: datetime | None = None
    referred_at: datetime | None = None


def sign(
    supervision: Supervision, number: str, by: str, now: datetime, span: Span, calendar: WorkdayCalendar
) -> Supervision:
    """The signed 督办单. Raises RuleBroken when it was signed before."""
    if supervision.signed_at is not None:
        raise RuleBroken(Reason.ORDER_SIGNED, number=supervision.number)
    return replace(
        supervision,
        number=number,
        signed_by=by,
        signed_at=now,
        due_at=span.after(now, calendar),
        interview_at=INTERVIEW_AFTER.after(now, calendar),
    )


def suggest(
    appeal: Appeal, reason: InterviewReason, now: datetime, facts: object = None, of: Assignment | None = None
) -> Interview:
    """A new entry of the ledger with the evidence as it is now: the timeline, the clocks, and `facts` beside them.
    `of` is the assignment it is about, the running one unless given. Raises RuleBroken when there is none."""
    of = of or appeal.assignment
    if of is None:
        raise RuleBroken(Reason.WRONG_STATE, state=appeal.state.value, action="suggest_interview")
    evidence = {
        "appeal": appeal.code,
        "official": of.official_id,
        "reason": reason.value,
        "deadlines": [[d.kind.value, d.due_at.isoformat()] for d in appeal.running_deadlines],
        "timeline": [[e.number, e.at.isoformat(), e.deed.value, e.outcome, e.text] for e in appeal.timeline],
        "facts": facts,
    }
    text = json.dumps(evidence, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Interview(
        number=len(appeal.interviews) + 1,
        reason=reason,
        suggested_at=now,
        official_id=of.official_id,
        assignment=of.number,
        evidence=text,
        evidence_hash=evidence_hash(text),
    )


def evidence_hash(evidence: str) -> str:
    return hashlib.sha256(evidence.encode()).hexdigest()


def decide(
    interview: Interview, decision: Decision, text: str, rectify_by: datetime | None, by: str, now: datetime
) -> Interview:
    """A person decided. Raises RuleBroken when somebody had already; InvalidInput for a date without an interview, and
    for one that leaves no day: rectification takes tomorrow at the earliest, else the next sweep would refer it."""
    if interview.decision is not None:
        raise RuleBroken(Reason.INTERVIEW_DECIDED, decided_by=interview.decided_by)
    if rectify_by is not None and decision is not Decision.HELD:
        raise InvalidInput(Reason.RECTIFY_WITHOUT_INTERVIEW, field="rectify_by")
    if rectify_by is not None and local_day(rectify_by) <= local_day(now):
        raise InvalidInput(Reason.RECTIFY_BY_PAST, field="rectify_by")
    return replace(interview, decision=decision, text=text, rectify_by=rectify_by, decided_by=by, decided_at=now)


def rectify(interview: Interview, now: datetime) -> Interview:
    """Things were put right. Raises RuleBroken when nothing was to be, or somebody confirmed it already."""
    if not awaits_rectification(interview):
        raise RuleBroken(Reason.NOTHING_TO_RECTIFY)
    return replace(interview, rectified_at=now)


def awaits_rectification(interview: Interview) -> bool:
    """Whether a person has still to confirm that things were put right, in time or after the referral."""
    return interview.decision is Decision.HELD and interview.rectify_by is not None and interview.rectified_at is None


def rectification_due(interview: Interview) -> datetime | None:
    """When it goes to the inspectors unless somebody confirms the rectification before; None when it never will."""
    waits = awaits_rectification(interview) and interview.referred_at is None
    return interview.rectify_by if waits else None
