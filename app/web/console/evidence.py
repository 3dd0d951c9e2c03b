"""What an interview rests on: the evidence as it was frozen, on a page and on a sheet to print."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from app.services.office.evidence import EVIDENCE_READERS, read_evidence
from app.web.console.access import officer, page
from app.web.http import world
from app.web.presenters.evidence import present_evidence


@page("/appeals/<appeal_id>/interviews/<int:number>/evidence", *EVIDENCE_READERS)
def show_evidence(appeal_id: str, number: int) -> ResponseReturnValue:
    return render_template("console/evidence.html", current="console.list_appeals", **_words(appeal_id, number))


@page("/appeals/<appeal_id>/interviews/<int:number>/evidence/sheet", *EVIDENCE_READERS)
def print_evidence(appeal_id: str, number: int) -> ResponseReturnValue:
    """The same for A4."""
    return render_template("console/evidence_sheet.html", **_words(appeal_id, number))


def _words(appeal_id: str, number: int) -> dict[str, Any]:
    reading = read_evidence(world(), officer(), appeal_id, number)
    return {
        "appeal": reading.appeal,
        "official": world().stores.officials.get(reading.interview.official_id),
        "evidence": present_evidence(reading),
        "read_at": world().clock.now(),
    }
