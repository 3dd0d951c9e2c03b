"""Answers kept for idempotency keys, and lock-outs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Answered:
    """What a request with an idempotency key was answered with."""

    id: str
    fingerprint: str
    """Of method, path and body: the same key with another request is refused."""
    status: int
    body: str = field(repr=False, metadata={"private": True})
    at: datetime


class AnsweredRequests(Protocol):
    def add(self, answered: Answered) -> None: ...

    def get(self, answered_id: str) -> Answered | None: ...

    def forget_before(self, moment: datetime) -> int: ...


@dataclass(frozen=True)
class Lockout:
    """Failed look-ups from one address or for one code."""

    id: str
    version: int
    failures: int
    last_at: datetime


class Lockouts(Protocol):
    def add(self, lockout: Lockout) -> None: ...

    def get(self, lockout_id: str) -> Lockout | None: ...

    def replace(self, lockout: Lockout) -> bool: ...

    def forget_before(self, moment: datetime) -> int:
        """Those whose last failure is older."""
