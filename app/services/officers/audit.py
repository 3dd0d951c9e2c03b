"""Writing the audit log: one more link, again when somebody else's came first."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.audit import AuditEntry, chain, first_break
from app.domain.errors import Conflict, Reason
from app.domain.officer import Officer
from app.services.ports.basics import Duplicate
from app.services.world import World

ATTEMPTS = 20
AT_ONCE = 500


def record(world: World, officer: Officer, act: str, subject: str, detail: str = "") -> AuditEntry:
    """Appends what an officer is about to do. It is written before the deed, so that no deed stands without it."""
    for _ in range(ATTEMPTS):
        entry = chain(world.stores.audit_log.last(), world.clock.now(), officer.id, officer.name, act, subject, detail)
        try:
            world.stores.audit_log.add(entry)
        except Duplicate:
            continue
        return entry
    raise Conflict(Reason.CHANGED_MEANWHILE)


def broken_at(world: World) -> int | None:
    """The number of the first entry that was tampered with; None when the log is whole."""
    return first_break(_all(world))


def _all(world: World) -> Iterator[AuditEntry]:
    number = 0
    while page := world.stores.audit_log.since(number, AT_ONCE):
        yield from page
        number = page[-1].number
