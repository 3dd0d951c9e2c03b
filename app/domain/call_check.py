"""What a person found who looked into missed calls (疑似不接电话): true or not, in words, by name (rule 4).

Calls that somebody has judged suggest nothing any more, whichever way it was: only new ones bring the official back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.appeal import Appeal
from app.domain.call import Call, CallOutcome, CallVerdict, NotAnswering
from app.domain.errors import InvalidInput, Reason, RuleBroken
from app.domain.lifecycle import worded
from app.domain.oversight import interview_reasons
from app.domain.supervision import InterviewReason


@dataclass(frozen=True)
class MissedCall:
    """A missed call as it is frozen. `caller` numbers those who called, from 1: who it was is not frozen."""

    id: str
    at: datetime
    outcome: CallOutcome
    caller: int
    registrar: str = ""
    """The officer who took it down; empty when the caller recorded it."""


@dataclass(frozen=True)
class CallCheck:
    """One look into an official's missed calls; `number` counts them from 1."""

    number: int
    verdict: CallVerdict
    calls: tuple[MissedCall, ...]
    text: str
    by: str
    by_id: str
    at: datetime
    appeal_id: str = ""
    """Where the interview is suggested, of a true one."""
    suggested_at: datetime | None = None
    """Since when that suggestion is known to stand on the appeal."""
    interview: int = 0
    """Its number there."""

    @property
    def awaits_suggestion(self) -> bool:
        return self.verdict is CallVerdict.TRUE and self.suggested_at is None


@dataclass(frozen=True)
class CallChecks:
    """All looks into one official's missed calls, oldest first. `id` is the official's."""

    id: str
    version: int
    roster: str
    checks: tuple[CallCheck, ...] = ()

    @property
    def judged(self) -> frozenset[str]:
        """The ids of the calls that suggest nothing any more."""
        return frozenset(call.id for check in self.checks for call in check.calls)

    @property
    def unsuggested(self) -> tuple[CallCheck, ...]:
        return tuple(check for check in self.checks if check.awaits_suggestion)


def frozen_calls(calls: Iterable[Call]) -> tuple[MissedCall, ...]:
    """The calls as evidence, oldest first, without who called."""
    ordered = sorted(calls, key=lambda call: (call.at, call.id))
    callers = {id: number for number, id in enumerate(dict.fromkeys(call.account_id for call in ordered), 1)}
    return tuple(
        MissedCall(call.id, call.at, call.outcome, callers[call.account_id], call.registrar) for call in ordered
    )


def may_carry(appeal: Appeal, official_id: str, now: datetime) -> bool:
    """Whether an interview of that official for 不接电话 may be suggested on the appeal."""
    return appeal.assignee_id == official_id and InterviewReason.NOT_ANSWERING in interview_reasons(appeal, now)


def check_calls(
    found: NotAnswering | None,
    calls: Sequence[Call],
    verdict: CallVerdict,
    text: str,
    appeal: Appeal | None,
    by: str,
    by_id: str,
    now: datetime,
) -> CallCheck:
    """The look into `calls`, which must still belong to what is `found` now: a call-back, an answered call or another
    officer may have come first. Raises RuleBroken(CALLS_JUDGED), InvalidInput for missing words, or for a true one
    without an appeal of that official on which the interview can be suggested."""
    if found is None or not calls or not {call.id for call in calls} <= set(found.call_ids):
        raise RuleBroken(Reason.CALLS_JUDGED)
    if verdict is CallVerdict.TRUE and (appeal is None or not may_carry(appeal, found.official_id, now)):
        raise InvalidInput(Reason.NO_APPEAL_FOR_CALLS, field="appeal_id")
    on = appeal.id if appeal and verdict is CallVerdict.TRUE else ""
    return CallCheck(0, verdict, frozen_calls(calls), worded(text), by, by_id, now, on)


def with_check(known: CallChecks, check: CallCheck) -> CallChecks:
    """The checks with a new one. Raises RuleBroken(CALLS_JUDGED) when somebody judged one of its calls meanwhile."""
    if known.judged & {call.id for call in check.calls}:
        raise RuleBroken(Reason.CALLS_JUDGED)
    return replace(known, checks=(*known.checks, replace(check, number=len(known.checks) + 1)))


def suggested(known: CallChecks, number: int, interview: int, now: datetime) -> CallChecks:
    """Notes that the interview of the n-th check stands; the very same checks when that was noted before."""
    if not any(check.number == number and check.awaits_suggestion for check in known.checks):
        return known
    noted = (
        replace(one, suggested_at=now, interview=interview) if one.number == number else one for one in known.checks
    )
    return replace(known, checks=tuple(noted))


def facts_of(check: CallCheck) -> dict[str, Any]:
    """What stands in the frozen evidence of the interview; app/domain/evidence.py reads it again."""
    return {"verified": check.text, "calls": [call_line(call) for call in check.calls]}


def call_line(call: MissedCall) -> list[Any]:
    return [call.id, call.at.isoformat(), call.outcome.value, call.caller, call.registrar]


def call_of(line: Sequence[Any]) -> MissedCall:
    """The inverse of `call_line`. Raises ValueError, TypeError."""
    id, at, outcome, caller, registrar = line
    return MissedCall(str(id), datetime.fromisoformat(at), CallOutcome(outcome), int(caller), str(registrar))
