"""What every use case may need: the clock, secrets, alerts, and how stores refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from app.domain.workday import WorkdayCalendar


class Duplicate(Exception):
    """The id or a unique field is taken."""


class StoreAway(Exception):
    """The database does not answer; the same request may work in a few seconds."""


Position = tuple[datetime, str]
"""Where a list goes on: the time it is sorted by and the appeal's code (in public its public id), both of the last item
shown."""


class Clock(Protocol):
    def now(self) -> datetime: ...


class Secrets(Protocol):
    """Random ids and keyed hashes; tests use a predictable one."""

    def new_id(self) -> str: ...

    def new_code(self, now: datetime) -> str:
        """A code for people: short, readable aloud, not to be guessed."""

    def new_token(self) -> str: ...

    def digest(self, purpose: str, value: str) -> str:
        """Keyed hash, different for each purpose; the same for the same value for ever."""


class Database(Protocol):
    def ping(self) -> None:
        """Returns when the database answers; raises StoreAway."""

    def ensure_indexes(self) -> None:
        """Creates what is missing; safe to repeat and to run from several processes at once."""


class Alerts(Protocol):
    def raise_alert(self, what: str, **facts: object) -> None:
        """Somebody who runs the system must look: a log line of level error and a counter."""


CalendarSource = Callable[[], WorkdayCalendar]
