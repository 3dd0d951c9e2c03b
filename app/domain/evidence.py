"""The evidence of an interview, read again: what was known when it was suggested, and whether it is unchanged.

`supervision.suggest` freezes it. Of a text whose hash does not match nothing is interpreted: it is shown as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.call_check import MissedCall, call_of
from app.domain.deadline import DeadlineKind
from app.domain.perfunctory import FlagReason
from app.domain.supervision import Interview, evidence_hash
from app.domain.timeline import SYSTEM, Deed, Entry


@dataclass(frozen=True)
class Evidence:
    """`deadlines` ran at that moment. `timeline` says what was done and when; by whom was not frozen."""

    deadlines: tuple[tuple[DeadlineKind, datetime], ...]
    timeline: tuple[Entry, ...]
    verified: str = ""
    """What a person had verified, in that person's words; empty when the clock suggested it."""
    flag_reason: FlagReason | None = None
    appeal_ids: tuple[str, ...] = ()
    """The appeals behind a flag of perfunctory answers."""
    calls: tuple[MissedCall, ...] = ()
    """The missed calls that a person looked into."""


@dataclass(frozen=True)
class Reread:
    """`evidence` is None where the hash does not match or the text is not ours."""

    hash_now: str
    matches: bool
    evidence: Evidence | None


def reread(interview: Interview) -> Reread:
    """Recomputes the hash and, when it matches, reads the text."""
    now = evidence_hash(interview.evidence)
    matches = now == interview.evidence_hash
    return Reread(now, matches, _read(interview.evidence) if matches else None)


def _read(text: str) -> Evidence | None:
    try:
        frozen = json.loads(text)
        facts: Mapping[str, Any] = frozen["facts"] or {}
        flagged = facts.get("reason")
        return Evidence(
            deadlines=tuple((DeadlineKind(kind), datetime.fromisoformat(due)) for kind, due in frozen["deadlines"]),
            timeline=tuple(_entry(line) for line in frozen["timeline"]),
            verified=str(facts.get("verified", "")),
            flag_reason=FlagReason(flagged) if flagged else None,
            appeal_ids=tuple(facts.get("appeals", ())),
            calls=tuple(call_of(line) for line in facts.get("calls", ())),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _entry(line: Sequence[Any]) -> Entry:
    number, at, deed, outcome, text = line[:5]
    return Entry(number, datetime.fromisoformat(at), SYSTEM, Deed(deed), text, outcome)
