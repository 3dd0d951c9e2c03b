"""A roster and its officials written as content: what a form is filled with, and what file.py reads again."""

from __future__ import annotations

from typing import Any

from app.domain.roster import CourtesyHours, Official, Roster, ServiceHours, SourceCode
from app.domain.workday import Span
from app.services.rosters.policy_file import DEADLINES, position_text


def key_of(official: Official) -> str:
    """What the official is called in a file or a table."""
    return official.id.removeprefix(f"{official.roster}.")


def official_content(official: Official) -> dict[str, Any]:
    """With `group`, and `superior` as the superior's id."""
    since = official.tenure.first
    return {
        "group": official.group,
        "name": official.name,
        "post": official.post,
        "unit": official.unit,
        "duties": list(official.duties),
        "phone": official.phone,
        "duty_phone": official.duty_phone,
        "email": official.email,
        "wechat_id": official.wechat_id,
        "projects": list(official.projects),
        "superior": official.superior_id,
        "since": since.isoformat() if since else None,
    }


def roster_content(roster: Roster) -> dict[str, Any]:
    """Without its officials; whether it is published is no content."""
    policy = roster.policy
    campaign = policy.campaign
    return {
        "slug": roster.slug,
        "name": roster.name,
        "city": roster.city,
        "promise": roster.promise,
        "publication": {
            "basis": roster.basis,
            "date": roster.published_on.isoformat() if roster.published_on else None,
        },
        "groups": [{"name": group} for group in roster.groups],
        "policy": {
            "audience": policy.audience.value,
            "answered_by": policy.answered_by.value,
            "service_hours": _hours(policy.service_hours),
            "courtesy_hours": _hours(policy.courtesy_hours),
            "campaign": campaign
            and {
                "topic": campaign.topic,
                "starts_on": campaign.starts_on.isoformat(),
                "ends_on": campaign.ends_on.isoformat(),
            },
            "operators": [{"number": one.number, "name": one.name} for one in policy.operators],
            "source_codes": [_source_code(one) for one in policy.source_codes],
            "deadlines": {name: _amount(getattr(policy.deadlines, known.field)) for name, known in DEADLINES.items()},
            "reports": list(policy.reports),
        },
    }


def _source_code(one: SourceCode) -> dict[str, str]:
    position = {"position": position_text(one.position)} if one.position else {}
    return {"code": one.code, "place": one.place, **position}


def _hours(hours: ServiceHours | CourtesyHours | None) -> dict[str, Any] | None:
    if hours is None:
        return None
    rest = {"workdays_only": hours.workdays_only} if isinstance(hours, ServiceHours) else {"hint": hours.hint}
    return {"from": f"{hours.begin:%H:%M}", "to": f"{hours.end:%H:%M}", **rest}


def _amount(value: Span | int) -> int:
    return value.amount if isinstance(value, Span) else value
