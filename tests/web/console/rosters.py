"""The forms of a roster as they are opened."""

from __future__ import annotations

from typing import Any

from tests.web.console.conftest import Desk

CITY = "/console/rosters/city"


def roster_of(desk: Desk) -> Any:
    return desk.city.world.stores.rosters.get("city")


def roster_form(desk: Desk, **changes: str) -> dict[str, Any]:
    """What the form holds as it is opened, with some of it changed; None takes a box away."""
    deadlines = {
        "review_workdays": "1",
        "contact_days": "3",
        "contact_urgent_hours": "2",
        "consultation_workdays": "3",
        "answer_workdays": "10",
        "answer_urgent_hours": "24",
    }
    form = {
        "seen": str(roster_of(desk).version),
        "name": "市领导公开电话",
        "city": "亳州市",
        "promise": "3 天内联系您",
        "publication.basis": "市委办〔2026〕1 号",
        "policy.audience": "everyone",
        "policy.answered_by": "in_person",
        **{f"policy.deadlines.{name}": value for name, value in deadlines.items()},
    }
    return form | {name.replace("__", "."): value for name, value in changes.items()}


def groups_form(desk: Desk, *rows: tuple[str, str, str], **more: str) -> dict[str, str]:
    form = {"seen": str(roster_of(desk).version)}
    for number, (was, name, order) in enumerate(rows):
        form |= {f"groups.{number}.was": was, f"groups.{number}.name": name, f"groups.{number}.order": order}
    return form | more
