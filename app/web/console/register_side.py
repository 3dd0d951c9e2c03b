"""What an operator sees beside the form for a call: the roster's hours, and what is known of the caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from app.domain.appeal import Appeal
from app.domain.call import Call
from app.domain.labels import STATES
from app.domain.office_words import CALLS
from app.domain.redaction import with_masked_numbers
from app.services.office.registering import Matter
from app.services.rosters.directory import Snapshot
from app.web.console.context import moment_words
from app.web.http import world
from app.web.presenters.casework import TONES
from app.web.presenters.hours import present_desk_hours


def chosen_roster(typed: Mapping[str, str], snapshots: Sequence[Snapshot]) -> str:
    """The roster that was chosen; else the city's usual one; empty for all."""
    slugs = {snapshot.roster.slug for snapshot in snapshots}
    wanted = typed.get("roster", world().default_roster)
    return wanted if wanted in slugs else ""


def hours_of(typed: Mapping[str, str], snapshots: Sequence[Snapshot]) -> dict[str, Any] | None:
    """Whether calls of the roster in question are answered now: the chosen one's, among all rosters the chosen
    official's; None while there is neither."""
    slug, official_id = chosen_roster(typed, snapshots), typed.get("official_id", "")
    for one in snapshots:
        if one.roster.slug == slug or (not slug and any(official.id == official_id for official in one.officials)):
            hours = present_desk_hours(one.roster.policy, world().clock.now(), world().calendar())
            return hours | {"name": one.roster.name}
    return None


def history_of(matter: Matter, snapshots: Sequence[Snapshot]) -> list[dict[str, Any]]:
    """The caller's appeals and calls in one list, newest first."""
    names = {official.id: official.title for one in snapshots for official in one.officials}
    lines = [(one.submitted_at, line_of(one)) for one in matter.history]
    lines += [(call.at, _line_of_call(call, names)) for call in matter.calls]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0], reverse=True)]


def line_of(appeal: Appeal) -> dict[str, Any]:
    tone, shape = TONES[appeal.state]
    return {
        "code": appeal.code,
        "words": with_masked_numbers(appeal.title),
        "state": STATES[appeal.state],
        "tone": tone,
        "shape": shape,
        "note": "",
        "address": url_for("console.show_appeal", appeal_id=appeal.id),
    }


def _line_of_call(call: Call, names: Mapping[str, str]) -> dict[str, Any]:
    tone, shape = ("soon", "×") if call.is_missed else ("calm", "✓")
    return {
        "code": f"通话 {moment_words(call.at)}",
        "words": f"打给 {names.get(call.official_id, '已不在名册的负责同志')}，{call.registrar} 登记",
        "state": CALLS[call.outcome],
        "tone": tone,
        "shape": shape,
        "note": call.note,
        "address": url_for("console.show_taken_call", call_id=call.id),
    }
