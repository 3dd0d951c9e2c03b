"""One jobs process at a time: a lease in the database, renewed with every beat, which also says that it lives."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from app.services.ports.basics import Duplicate
from app.services.ports.running import Lease
from app.services.saving import next_version
from app.services.world import World

JOBS = "jobs"
LASTS = timedelta(seconds=30)


def hold(world: World, name: str, holder: str) -> bool:
    """Takes or renews the lease for `holder`; False while somebody else has it."""
    leases, now = world.stores.leases, world.clock.now()
    lease = leases.get(name)
    if lease is None:
        try:
            leases.add(Lease(name, 1, holder, now + LASTS, now))
        except Duplicate:
            return False
        return True
    if lease.holder != holder and lease.until > now:
        return False
    return leases.replace(next_version(lease, replace(lease, holder=holder, until=now + LASTS, beat_at=now)))


def release(world: World, name: str, holder: str) -> None:
    """Gives the lease up at once, so that the next process need not wait for its end."""
    lease = world.stores.leases.get(name)
    if lease is not None and lease.holder == holder:
        world.stores.leases.replace(next_version(lease, replace(lease, until=world.clock.now())))


def last_beat(world: World, name: str) -> datetime | None:
    lease = world.stores.leases.get(name)
    return lease.beat_at if lease else None
