"""Whether everything works: the database answers, the scheduler beats, the outbox is not stuck."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app.services.leases import JOBS, last_beat
from app.services.ports.basics import StoreAway
from app.services.world import World

OLDEST_BEAT = timedelta(seconds=60)
OLDEST_MESSAGE = timedelta(minutes=15)


@dataclass(frozen=True)
class Health:
    database: bool
    scheduler: bool
    outbox: bool

    @property
    def ready(self) -> bool:
        return self.database and self.scheduler and self.outbox


def look(world: World) -> Health:
    """The state now; a database that does not answer hides the rest."""
    try:
        world.stores.database.ping()
        now = world.clock.now()
        beat = last_beat(world, JOBS)
        oldest = world.stores.appeals.oldest_dispatch()
    except StoreAway:
        return Health(False, False, False)
    scheduler = beat is not None and now - beat < OLDEST_BEAT
    return Health(True, scheduler, oldest is None or now - oldest < OLDEST_MESSAGE)
