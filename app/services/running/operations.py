"""How the running system is, for the console: jobs, the lease, the outbox in numbers, the alerts of the last days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.notification import Channel, Status
from app.domain.officer import Officer, OfficeRole
from app.domain.outbox import TROUBLED
from app.services.leases import JOBS
from app.services.officers.access import need
from app.services.ports.running import AlertTally, JobRun, Lease, OutboxLine
from app.services.running.alerting import day_number
from app.services.running.health import OLDEST_BEAT, OLDEST_MESSAGE
from app.services.world import World

READERS = (OfficeRole.ADMIN, OfficeRole.AUDITOR, OfficeRole.SUPERVISOR)
COUNTED = 1000
"""Appeals looked at for one number; beyond them the number is a least one."""
ALERT_DAYS = 7
RUNS_WITHIN = timedelta(minutes=15)
"""How much later than planned a run may come."""


@dataclass(frozen=True)
class OutboxCount:
    """Messages with one status on one channel, and since when the oldest of them stands there. `is_least`: more than a
    thousand appeals hold such messages, and not all were counted."""

    status: Status
    channel: Channel
    count: int
    oldest_at: datetime
    is_least: bool = False


@dataclass(frozen=True)
class Operations:
    """`late_since`: when the earliest message that waits should have gone; None when none is late."""

    runs: Sequence[JobRun]
    lease: Lease | None
    scheduler_lives: bool
    outbox: Sequence[OutboxCount]
    late_since: datetime | None
    outbox_moves: bool
    alerts: Sequence[AlertTally]
    overdue_jobs: frozenset[str]
    """Those that should have run and have not, though the scheduler lives: one hangs, or was not started again."""
    alerts_today: int
    """As the first page counts them."""

    @property
    def ready(self) -> bool:
        return self.scheduler_lives and self.outbox_moves and not self.overdue_jobs


def operations(world: World, officer: Officer) -> Operations:
    """The state at this moment, in eight reads however much is stored. Raises NotPermitted, StoreAway."""
    need(officer, *READERS)
    stores, now = world.stores, world.clock.now()
    runs = stores.job_runs.all()
    lease, oldest = stores.leases.get(JOBS), stores.appeals.oldest_dispatch()
    late_since = oldest if oldest and oldest <= now else None
    counts = _counted(stores.outbox.waiting(COUNTED + 1))
    for status in TROUBLED:
        counts += _counted(stores.outbox.troubled(status, COUNTED + 1))
    alerts = stores.alert_tallies.since(day_number(now - timedelta(days=ALERT_DAYS - 1)))
    return Operations(
        runs=runs,
        lease=lease,
        scheduler_lives=lease is not None and now - lease.beat_at < OLDEST_BEAT,
        outbox=counts,
        late_since=late_since,
        outbox_moves=late_since is None or now - late_since < OLDEST_MESSAGE,
        alerts=alerts,
        overdue_jobs=frozenset(run.id for run in runs if run.next_at and run.next_at + RUNS_WITHIN < now),
        alerts_today=sum(tally.count for tally in alerts if tally.day == day_number(now)),
    )


def _counted(lines: Sequence[OutboxLine]) -> list[OutboxCount]:
    groups: dict[tuple[Status, Channel], list[datetime]] = defaultdict(list)
    for line in lines:
        groups[line.status, line.channel].append(line.since)
    is_least = len(lines) > COUNTED  # an appeal holds at least one line each
    return [
        OutboxCount(status, channel, len(since), min(since), is_least)
        for (status, channel), since in sorted(groups.items())
    ]
