"""An appeal's page in the console as people work with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.domain.officer import OfficeRole
from app.services.messages.reminding import sweep
from tests.web.city import City
from tests.web.console.conftest import Desk, Office, key_of

R = OfficeRole


def path(appeal: dict[str, Any], deed: str = "") -> str:
    return f"/console/appeals/{appeal['id']}{'/' + deed if deed else ''}"


def act(desk: Desk, appeal: dict[str, Any], deed: str, expected: int = 303, **fields: Any) -> str:
    """What the page says after the form was sent."""
    key = key_of(desk.see(path(appeal)))
    answer = desk.post(path(appeal, deed), {"key": key, **fields})
    assert answer.status_code == expected, answer.text
    return desk.see(answer.headers["Location"]) if expected == 303 else answer.text


def of(city: City, appeal: dict[str, Any]) -> Any:
    return city.world.stores.appeals.get(appeal["id"])


def let_time_pass(city: City, office: Office, **length: int) -> Desk:
    city.world.clock.advance(timedelta(**length))
    sweep(city.world)
    return office.desk(R.SUPERVISOR)
