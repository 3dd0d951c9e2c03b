"""The public view of rosters and officials."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from app.domain.roster import Official, Roster
from app.services.figures.published import RosterFigures
from app.services.rosters.directory import Snapshot
from app.services.rosters.surnames import initial_of
from app.web.presenters.figures import present_known_figures


def present_roster(roster: Roster, hours_now: Mapping[str, Any]) -> dict[str, Any]:
    """`hours_now` is `present_hours` of the roster's policy."""
    policy = roster.policy
    hours, courtesy = policy.service_hours, policy.courtesy_hours
    return {
        "slug": roster.slug,
        "name": roster.name,
        "city": roster.city,
        "promise": roster.promise,
        "basis": roster.basis,
        "published_on": roster.published_on.isoformat() if roster.published_on else None,
        "audience": policy.audience.value,
        "answered_by": policy.answered_by.value,
        "service_hours": hours
        and {"begin": _hour(hours.begin), "end": _hour(hours.end), "workdays_only": hours.workdays_only},
        "courtesy_hours": courtesy
        and {"begin": _hour(courtesy.begin), "end": _hour(courtesy.end), "hint": courtesy.hint},
        "contact_days": policy.deadlines.contact.amount,
        **hours_now,
    }


def present_official(official: Official, figures: RosterFigures) -> dict[str, Any]:
    """With the contacts, which are public by decision of the city."""
    return {
        "id": official.id,
        "roster": official.roster,
        "group": official.group,
        "name": official.name,
        "initial": initial_of(official.name),
        "post": official.post,
        "unit": official.unit,
        "duties": list(official.duties),
        "phone": official.phone,
        "duty_phone": official.duty_phone or None,
        "email": official.email or None,
        "wechat_id": official.wechat_id or None,
        "projects": list(official.projects),
        "figures": present_known_figures(official, figures),
    }


def present_directory(snapshot: Snapshot, figures: RosterFigures, hours_now: Mapping[str, Any]) -> dict[str, Any]:
    groups = [
        {"name": name, "officials": [present_official(official, figures) for official in officials]}
        for name, officials in snapshot.groups()
    ]
    return {"roster": present_roster(snapshot.roster, hours_now), "groups": groups}


def refer(official: Official | None) -> dict[str, str] | None:
    """Who it is in a line, without contacts."""
    if official is None:
        return None
    return {"id": official.id, "name": official.name, "post": official.post, "unit": official.unit}


def _hour(hour: time) -> str:
    return f"{hour:%H:%M}"
