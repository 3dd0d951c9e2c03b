"""The office's accounts and sessions, its audit log, its numbered series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.audit import AuditEntry
from app.domain.office_session import OfficeSession
from app.domain.officer import Officer


class Officers(Protocol):
    """Usernames are unique, and so are 工号 where there is one."""

    def add(self, officer: Officer) -> None: ...

    def get(self, officer_id: str) -> Officer | None: ...

    def by_username(self, username: str) -> Officer | None: ...

    def replace(self, officer: Officer) -> bool: ...

    def all(self) -> Sequence[Officer]:
        """By username."""


class OfficeSessions(Protocol):
    def add(self, session: OfficeSession) -> None: ...

    def get(self, session_id: str) -> OfficeSession | None: ...

    def replace(self, session: OfficeSession) -> bool: ...

    def of_officer(self, officer_id: str) -> Sequence[OfficeSession]:
        """The last used first."""

    def newest(self, limit: int) -> Sequence[OfficeSession]:
        """Of all officers, the last used first."""

    def end(self, session_ids: Iterable[str]) -> int:
        """How many of these there were."""

    def end_all(self, officer_id: str) -> int: ...

    def forget_expired(self, now: datetime) -> int: ...


@dataclass(frozen=True)
class Counter:
    """How many numbers were given out, of one series (督办单 of one year)."""

    id: str
    version: int
    value: int


class Counters(Protocol):
    def add(self, counter: Counter) -> None: ...

    def get(self, counter_id: str) -> Counter | None: ...

    def replace(self, counter: Counter) -> bool: ...


@dataclass(frozen=True)
class AuditWanted:
    """Which entries of the audit log: of one officer, one act, one subject, from `since` on and before `until`. What
    is left empty does not matter."""

    officer_id: str = ""
    act: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


class AuditLog(Protocol):
    """Append-only: there is no way to change or remove an entry."""

    def add(self, entry: AuditEntry) -> None:
        """Raises Duplicate when the number is taken."""

    def last(self) -> AuditEntry | None: ...

    def since(self, number: int, limit: int) -> Sequence[AuditEntry]:
        """Entries with a higher number, in order."""

    def newest(self, wanted: AuditWanted, before: int | None, limit: int) -> Sequence[AuditEntry]:
        """Such entries with a number below `before` (None: all), the newest first."""
