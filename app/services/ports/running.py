"""Looking after the running system: leases, job runs, the outbox, alerts, what is old enough to be forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.appeal import Appeal
from app.domain.notification import Channel, Status
from app.services.ports.basics import Position


@dataclass(frozen=True)
class Lease:
    """Held by one process at a time, until it ends; also the heartbeat of who holds it."""

    id: str
    version: int
    holder: str
    until: datetime
    beat_at: datetime


class Leases(Protocol):
    def add(self, lease: Lease) -> None: ...

    def get(self, lease_id: str) -> Lease | None: ...

    def replace(self, lease: Lease) -> bool: ...


@dataclass(frozen=True)
class JobRun:
    """The newest run of a job: what the runner records and the console shows."""

    id: str
    started_at: datetime
    seconds: float
    done: int
    error: str
    last_success_at: datetime | None
    failures: int = 0
    """How many runs in a row have failed, this one included."""
    next_at: datetime | None = None
    """When it should run next; None in what earlier versions recorded."""


class JobRuns(Protocol):
    def put(self, run: JobRun) -> None: ...

    def get(self, job: str) -> JobRun | None: ...

    def all(self) -> Sequence[JobRun]: ...


@dataclass(frozen=True)
class OutboxLine:
    """One message that waits or is in trouble, and since when."""

    status: Status
    channel: Channel
    since: datetime


class Outbox(Protocol):
    """The appeals by the messages in them. What it costs follows what waits or is in trouble, not what is stored."""

    def waiting(self, limit: int) -> Sequence[OutboxLine]:
        """Of the `limit` appeals whose next message is due first, those that wait."""

    def troubled(self, status: Status, limit: int) -> Sequence[OutboxLine]:
        """Of the `limit` appeals with the newest trouble of that kind, the messages with that status in trouble."""

    def in_trouble(self, kind: str, after: Position | None, limit: int) -> Sequence[Appeal]:
        """Of one kind (outbox.trouble_kinds), the newest trouble first, by (trouble_at, code)."""


class OldAppeals(Protocol):
    """Closed appeals that still hold what is not kept for ever; the longest closed first."""

    def with_pictures(self, closed_before: datetime, limit: int) -> Sequence[Appeal]: ...

    def with_contacts(self, closed_before: datetime, limit: int) -> Sequence[Appeal]: ...

    def showing(self, picture_ids: Iterable[str], except_id: str) -> Collection[str]:
        """Which of these pictures stand in any appeal other than `except_id`."""


@dataclass(frozen=True)
class AlertTally:
    """How often something was alerted on one Beijing day."""

    id: str
    version: int
    what: str
    day: int
    """20260302."""
    count: int
    last_at: datetime
    facts: str
    """Of the last time: ids and names of errors as JSON, nothing that a person wrote."""


class AlertTallies(Protocol):
    def add(self, tally: AlertTally) -> None: ...

    def get(self, tally_id: str) -> AlertTally | None: ...

    def replace(self, tally: AlertTally) -> bool: ...

    def since(self, day: int) -> Sequence[AlertTally]:
        """Of that day and later, the last one first."""

    def forget_before(self, day: int) -> int: ...
