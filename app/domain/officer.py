"""Those who work at the console: editors, operators, supervisors, inspectors, auditors, admins."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

FAILURES_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=15)


class OfficeRole(StrEnum):
    EDITOR = "editor"
    """Keeps the roster."""
    OPERATOR = "operator"
    """Registers calls, with a 工号."""
    SUPERVISOR = "supervisor"
    """市委督查室: routes, reviews, supervises, publishes."""
    INSPECTOR = "inspector"
    """纪委专班: sees only what was referred."""
    AUDITOR = "auditor"
    """Reads everything and the audit log, changes nothing."""
    ADMIN = "admin"


@dataclass(frozen=True)
class Officer:
    """A console account. `unit` is where the person works: nobody follows up on his or her own unit's answer."""

    id: str
    version: int
    username: str
    name: str
    roles: tuple[OfficeRole, ...]
    password: str = field(repr=False)
    """An argon2 hash."""
    created_at: datetime
    number: str = ""
    """工号 of an operator."""
    unit: str = ""
    failures: int = 0
    last_failure_at: datetime | None = None
    disabled_at: datetime | None = None

    def locked_until(self, now: datetime) -> datetime | None:
        """When the account may try again; None when it may now."""
        if self.failures < FAILURES_BEFORE_LOCK or self.last_failure_at is None:
            return None
        until = self.last_failure_at + LOCKED_FOR
        return until if until > now else None


def failed(officer: Officer, now: datetime) -> Officer:
    """One more wrong password; those of long ago are forgotten."""
    recent = officer.last_failure_at is not None and now < officer.last_failure_at + LOCKED_FOR
    return replace(officer, failures=officer.failures + 1 if recent else 1, last_failure_at=now)


def succeeded(officer: Officer) -> Officer:
    return replace(officer, failures=0, last_failure_at=None) if officer.failures else officer
