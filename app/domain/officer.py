"""Those who work at the console: editors, operators, supervisors, inspectors, auditors, admins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.second_factor import Totp

FAILURES_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=15)
ONE_TIME_FOR = timedelta(days=7)
"""How long a password that an admin gave out may wait for its first and only use."""


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


class Duty(StrEnum):
    """What somebody who has logged in must do before anything else."""

    CHANGE_PASSWORD = "change_password"
    ENROL_TOTP = "enrol_totp"


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
    """工号, unique: of every operator, and of whoever else has one."""
    unit: str = ""
    failures: int = 0
    """Wrong passwords and wrong codes alike."""
    last_failure_at: datetime | None = None
    disabled_at: datetime | None = None
    one_time_until: datetime | None = None
    """The password was given out by an admin: it serves until then, and only to set another one."""
    password_changed_at: datetime | None = None
    totp: Totp | None = None
    totp_offer: Totp | None = None
    """A second factor that waits for its first code."""
    era: int = 0
    """Grows with whatever ends all sessions; written together with the cause, so that no session outlives it."""

    def locked_until(self, now: datetime) -> datetime | None:
        """When the account may try again; None when it may now."""
        if self.failures < FAILURES_BEFORE_LOCK or self.last_failure_at is None:
            return None
        until = self.last_failure_at + LOCKED_FOR
        return until if until > now else None

    @property
    def signature(self) -> str:
        """As a timeline or a call names whoever acted: name and 工号."""
        return f"{self.name}（工号 {self.number}）" if self.number else self.name

    @property
    def is_acting_admin(self) -> bool:
        return OfficeRole.ADMIN in self.roles and self.disabled_at is None

    def duties(self, totp_required: Iterable[OfficeRole]) -> tuple[Duty, ...]:
        """What comes first after the login, in this order; `totp_required` are the roles that need a second factor."""
        found = [Duty.CHANGE_PASSWORD] if self.one_time_until else []
        if self.totp is None and set(self.roles) & set(totp_required):
            found.append(Duty.ENROL_TOTP)
        return tuple(found)


def failed(officer: Officer, now: datetime) -> Officer:
    """One more wrong password or code; those of long ago are forgotten."""
    recent = officer.last_failure_at is not None and now < officer.last_failure_at + LOCKED_FOR
    return replace(officer, failures=officer.failures + 1 if recent else 1, last_failure_at=now)


def attempt_taken_back(officer: Officer) -> Officer:
    """After an attempt that was counted and turned out right; what was wrong before it still counts."""
    left = max(officer.failures - 1, 0)
    return replace(officer, failures=left, last_failure_at=officer.last_failure_at if left else None)


def succeeded(officer: Officer) -> Officer:
    return replace(officer, failures=0, last_failure_at=None) if officer.failures else officer


def with_password(officer: Officer, hashed: str, now: datetime, one_time: bool = False) -> Officer:
    """The account with another password: unlocked, and every session ended. `one_time`: given out by an admin."""
    until = now + ONE_TIME_FOR if one_time else None
    changed = replace(officer, password=hashed, one_time_until=until, password_changed_at=now, era=officer.era + 1)
    return succeeded(changed)


def signed_out(officer: Officer) -> Officer:
    """The same account with every session ended."""
    return replace(officer, era=officer.era + 1)
