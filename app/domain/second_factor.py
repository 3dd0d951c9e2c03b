"""The second factor of a console account: six digits that change every 30 seconds (RFC 6238), and codes for the day the
phone is lost. What has been used once never serves again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

STEP_SECONDS = 30
OFFERED_FOR = timedelta(minutes=15)
"""How long an offered secret waits for its first code."""
RECOVERY_CODES = 10


@dataclass(frozen=True)
class Totp:
    """A secret shared with an app on the officer's phone; encrypted at rest."""

    secret: str = field(repr=False, metadata={"private": True})
    since: datetime
    """When it was offered; once confirmed, since when it serves."""
    used_step: int = 0
    """The latest time step a code was accepted of: that one and every earlier one are used up (RFC 6238, 5.2)."""
    recovery: tuple[str, ...] = field(default=(), repr=False)
    """Keyed hashes of the recovery codes that are left."""

    def is_offered(self, now: datetime) -> bool:
        """Whether it may still be confirmed, while it is only offered."""
        return now < self.since + OFFERED_FOR


def steps_near(now: datetime) -> tuple[int, int, int]:
    """The time steps whose codes are accepted at `now`: the present one, and one to each side as clocks differ."""
    present = int(now.timestamp()) // STEP_SECONDS
    return present, present - 1, present + 1


def use_step(totp: Totp, step: int) -> Totp | None:
    """After a code of that step; None when it is used up."""
    return replace(totp, used_step=step) if step > totp.used_step else None


def use_recovery(totp: Totp, hashed: str) -> Totp | None:
    """After the recovery code with that hash; None when there is no such code any more."""
    if hashed not in totp.recovery:
        return None
    return replace(totp, recovery=tuple(code for code in totp.recovery if code != hashed))
