"""Who is logged in at the console: everybody's own sessions, all of them for an admin, and ending them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.errors import NotFound, Reason
from app.domain.office_session import OfficeSession
from app.domain.officer import Officer, OfficeRole
from app.services.officers.access import need
from app.services.officers.audit import record
from app.services.world import World

MOST = 200


@dataclass(frozen=True)
class SessionReading:
    session: OfficeSession
    officer: Officer
    is_mine: bool
    """The one that asks."""


def my_sessions(world: World, officer: Officer, current: OfficeSession) -> list[SessionReading]:
    """The officer's own, the last used first."""
    found = world.stores.office_sessions.of_officer(officer.id)
    return _readings(world, found, {officer.id: officer}, current)


def all_sessions(world: World, admin: Officer, current: OfficeSession) -> list[SessionReading]:
    """Everybody's, the last used first, 200 at most. For admins and auditors."""
    need(admin, OfficeRole.ADMIN, OfficeRole.AUDITOR)
    officers = {officer.id: officer for officer in world.stores.officers.all()}
    return _readings(world, world.stores.office_sessions.newest(MOST), officers, current)


def end_session(world: World, officer: Officer, session_id: str) -> None:
    """Ends one of the officer's own, or for an admin anybody's. Raises NotFound(NO_SUCH_SESSION)."""
    session = world.stores.office_sessions.get(session_id)
    is_admin = OfficeRole.ADMIN in officer.roles
    if session is None or (session.officer_id != officer.id and not is_admin):
        raise NotFound(Reason.NO_SUCH_SESSION)
    owner = world.stores.officers.get(session.officer_id)
    record(world, officer, "end_session", owner.username if owner else session.officer_id)
    world.stores.office_sessions.end([session_id])


def end_other_sessions(world: World, officer: Officer, current: OfficeSession) -> int:
    """Ends all of the officer's own but the one that asks; how many there were."""
    others = [s.id for s in world.stores.office_sessions.of_officer(officer.id) if s.id != current.id]
    if others:
        record(world, officer, "end_session", officer.username, f"{len(others)} 处")
    return world.stores.office_sessions.end(others)


def _readings(
    world: World, sessions: Sequence[OfficeSession], officers: dict[str, Officer], current: OfficeSession
) -> list[SessionReading]:
    now = world.clock.now()
    readings = []
    for session in sessions:
        owner = officers.get(session.officer_id)
        open_ = session.expires_at > now and not session.waits_for_code
        if owner and open_ and owner.disabled_at is None and owner.era == session.era:
            readings.append(SessionReading(session, owner, session.id == current.id))
    return readings
