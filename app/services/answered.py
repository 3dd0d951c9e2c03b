"""Idempotency keys: the same key from the same person gives the same answer and has one effect.

The effect itself carries the hashed key (in the appeal, the call, the picture), so a crash between the effect and this
record only means that the answer is composed anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from app.domain.errors import Conflict, InvalidInput, Reason
from app.services.ports.basics import Duplicate
from app.services.ports.requests import Answered
from app.services.world import World

LONGEST_KEY = 128


def hashed_key(world: World, account_id: str, key: str) -> str:
    """The key as it is stored: bound to the person, of fixed length; empty when none was sent."""
    if len(key) > LONGEST_KEY:
        raise InvalidInput(Reason.BAD_IDEMPOTENCY_KEY, longest=LONGEST_KEY)
    return world.secrets.digest("idempotency", f"{account_id}:{key}") if key else ""


def answer_once(world: World, key: str, request: bytes, answer: Callable[[], tuple[int, str]]) -> tuple[int, str]:
    """Status and body for a request with the hashed `key`: the recorded ones when it was answered before.

    `request` is what must not change under the same key (method, path, body); Conflict(KEY_REUSED) when it did.
    """
    if not key:
        return answer()
    fingerprint = hashlib.sha256(request).hexdigest()
    earlier = world.stores.answered.get(key)
    if earlier is None:
        status, body = answer()
        try:
            world.stores.answered.add(Answered(key, fingerprint, status, body, world.clock.now()))
        except Duplicate:
            earlier = world.stores.answered.get(key)
        if earlier is None:
            return status, body
    if earlier.fingerprint != fingerprint:
        raise Conflict(Reason.KEY_REUSED)
    return earlier.status, earlier.body
