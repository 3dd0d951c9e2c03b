"""Guesses are counted: five failures, none more than a quarter of an hour after the one before, lock for a quarter of
an hour. What is locked is a keyed hash of an address, a code or an account, and none of these is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.errors import NotNow, Reason
from app.services.ports.requests import Lockout
from app.services.saving import change_or_add
from app.services.world import World

FAILURES_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=15)


def lock_of(world: World, value: str) -> str:
    """The id of what is locked, such as `address:203.0.113.1`."""
    return world.secrets.digest("lockout", value)


def refuse_locked(world: World, lock: str, most: int = FAILURES_BEFORE_LOCK) -> None:
    """Raises NotNow(LOCKED_OUT) after `most` failures, for what is right as well."""
    lockout, now = world.stores.lockouts.get(lock), world.clock.now()
    if lockout and lockout.failures >= most and now < lockout.last_at + LOCKED_FOR:
        raise NotNow(Reason.LOCKED_OUT, retry_after=int((lockout.last_at + LOCKED_FOR - now).total_seconds()) + 1)


def count_failures(world: World, locks: Iterable[str]) -> None:
    now = world.clock.now()
    for lock in locks:
        change_or_add(world.stores.lockouts, lock, Lockout(lock, 1, 0, now), lambda known: _failed(known, now))


def _failed(lockout: Lockout, now: datetime) -> Lockout:
    fresh = now < lockout.last_at + LOCKED_FOR
    return replace(lockout, failures=lockout.failures + 1 if fresh else 1, last_at=now)
