"""The people who keep a roster, and the small city as they find it."""

from __future__ import annotations

from typing import Any

from app.domain.edition import Edition
from app.domain.officer import Officer, OfficeRole
from app.domain.roster import Official
from app.services.rosters.directory import Directory
from app.services.rosters.log import edition_of
from app.services.world import World
from tests.fakes.world import MONDAY

CITY = "city"


def an_officer(*roles: OfficeRole, id: str = "editor", name: str = "王编辑") -> Officer:
    return Officer(id, 1, id, name, roles or (OfficeRole.EDITOR,), "hash", MONDAY)


EDITOR = an_officer()
COLLEAGUE = an_officer(id="colleague", name="赵编辑")


def seen(world: World) -> int:
    """The version of the roster that a form opened now is filled from."""
    return edition_of(world, CITY).roster.version


def edition(world: World) -> Edition:
    return edition_of(world, CITY)


def stored(world: World, id: str = "education") -> Official:
    found = world.stores.officials.get(id)
    assert found is not None, id
    return found


def shown(world: World) -> list[str]:
    """Names in the public directory, as a process that never looked before shows them."""
    return [official.name for official in Directory(world).snapshot(CITY).officials]


def somebody(**changes: Any) -> dict[str, Any]:
    """A form for a new official."""
    plain = {
        "group": "市直部门",
        "name": "吴敏",
        "post": "局长",
        "unit": "市水务局",
        "duties": ["停水", "水质"],
        "phone": "15400000077",
    }
    return plain | changes


def audited(world: Any) -> list[tuple[str, str]]:
    """(act, subject) of the audit log."""
    return [(entry.act, entry.subject) for entry in world.stores.audit_log.since(0, 1000)]
