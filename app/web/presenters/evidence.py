"""Frozen evidence in words, for the console's page and its printed sheet."""

from __future__ import annotations

from typing import Any

from app.domain.call_check import MissedCall
from app.domain.labels import DEADLINES, DEEDS
from app.domain.office_words import CALLS, DECISIONS, FLAG_REASONS, INTERVIEW_REASONS
from app.domain.redaction import with_masked_numbers
from app.services.office.evidence import EvidenceReading
from app.web.presenters.casework import outcome_words


def present_evidence(reading: EvidenceReading) -> dict[str, Any]:
    """`contents` is None where the text does not match its hash or cannot be read: then `raw` is all there is."""
    interview, evidence = reading.interview, reading.reread.evidence
    return {
        "number": interview.number,
        "reason": INTERVIEW_REASONS[interview.reason],
        "suggested_at": interview.suggested_at,
        "decision": DECISIONS[interview.decision] if interview.decision else "",
        "hash": interview.evidence_hash,
        "hash_now": reading.reread.hash_now,
        "matches": reading.reread.matches,
        "raw": interview.evidence,
        "contents": None
        if evidence is None
        else {
            "verified": with_masked_numbers(evidence.verified),
            "flagged": FLAG_REASONS[evidence.flag_reason] if evidence.flag_reason else "",
            "appeals": [reading.others[id] for id in evidence.appeal_ids if id in reading.others],
            "hidden": sum(id not in reading.others for id in evidence.appeal_ids),
            "calls": [call_words(call) for call in evidence.calls],
            "deadlines": [
                {"label": f"{DEADLINES[kind]}期限", "due_at": due, "was_over": due < interview.suggested_at}
                for kind, due in evidence.deadlines
            ],
            "timeline": [
                {
                    "at": entry.at,
                    "label": DEEDS[entry.deed],
                    "words": outcome_words(entry),
                    "text": with_masked_numbers(entry.text),
                }
                for entry in evidence.timeline
            ],
        },
    }


def call_words(call: MissedCall) -> dict[str, Any]:
    """A missed call in words. Who called is told by a number that means nothing elsewhere."""
    source = f"接线员 {call.registrar} 代为登记" if call.registrar else "群众在小程序中登记"
    return {"at": call.at, "outcome": CALLS[call.outcome], "source": source, "caller": f"第 {call.caller} 位群众"}
