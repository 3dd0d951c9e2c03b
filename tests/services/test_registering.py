"""An operator writes down a call: however often and at once the form is sent, it is one appeal."""

from __future__ import annotations

from app.domain.appeal import Kind
from app.domain.intake import Draft
from app.domain.officer import OfficeRole
from app.services.office.casework import register
from app.services.world import World
from tests.services.keepers import an_officer
from tests.services.races import Meeting, at_once

OPERATOR = an_officer(OfficeRole.OPERATOR, id="operator")
CALL = Draft(official_id="education", kind=Kind.REQUEST, title="路灯不亮", body="和平路的路灯不亮")


def test_a_form_sent_twice_at_once_is_one_appeal(world: World) -> None:
    world.stores.appeals.before_write = Meeting()
    first, second = at_once(*[lambda: register(world, OPERATOR, "13800138000", CALL, "key")] * 2)
    assert first.id == second.id
    assert len(world.stores.appeals.kept) == 1
