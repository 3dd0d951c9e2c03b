"""Calls: to whoever made them, and to the office what it took down."""

from __future__ import annotations

from typing import Any

from app.services.appeals.calls import CallReading


def present_call(reading: CallReading) -> dict[str, Any]:
    call, other = reading.call, reading.other
    back = call if call.answers_call_id else other
    return {
        "id": call.id,
        "official_id": call.official_id,
        "outcome": call.outcome.value,
        "at": call.at,
        "may_become_appeal": call.is_missed and not reading.appeal_id,
        "returned": reading.returned,
        "returned_at": back.at if back else None,
        "answers_call_id": call.answers_call_id or None,
        "appeal_id": reading.appeal_id or None,
    }


def present_taken(reading: CallReading) -> dict[str, Any]:
    """With who took it down."""
    return present_call(reading) | {"note": reading.call.note, "registrar": reading.call.registrar}
