"""What the supervision office's use cases need of the stores. The conventions are those of ports.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.audit import AuditEntry
from app.domain.officer import Officer


class Officers(Protocol):
    def add(self, officer: Officer) -> None: ...

    def get(self, officer_id: str) -> Officer | None: ...

    def by_username(self, username: str) -> Officer | None: ...

    def replace(self, officer: Officer) -> bool: ...

    def all(self) -> Sequence[Officer]:
        """By username."""


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


class AuditLog(Protocol):
    """Append-only: there is no way to change or remove an entry."""

    def add(self, entry: AuditEntry) -> None:
        """Raises Duplicate when the number is taken."""

    def last(self) -> AuditEntry | None: ...

    def since(self, number: int, limit: int) -> Sequence[AuditEntry]:
        """Entries with a higher number, in order."""
