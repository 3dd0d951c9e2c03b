"""The access tokens that all processes share: what is asked of their storage, and wechatpy's view of it.

The storage for MongoDB stands in app/store.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from wechatpy.session import SessionStorage  # type: ignore[import-untyped]  # it ships no types

from app.services.ports.basics import Clock

RENEW_BELOW = timedelta(minutes=5)
"""WeChat hands out the next token when the old one has five minutes left; until then both work."""
DEFAULT_LIFETIME = 7200


class TokenStorage(Protocol):
    """One token per key, the last one set; shared by all processes of the deployment. May raise StoreAway."""

    def get(self, key: str) -> tuple[str, datetime] | None:
        """The token and when it expires, as they were set: whoever reads checks the time."""

    def set(self, key: str, token: str, expires_at: datetime) -> None: ...

    def delete(self, key: str) -> None: ...


class SharedSession(SessionStorage):  # type: ignore[misc]  # wechatpy is untyped
    """wechatpy's session over a TokenStorage: what has less than five minutes left counts as absent."""

    def __init__(self, tokens: TokenStorage, clock: Clock) -> None:
        self._tokens = tokens
        self._clock = clock

    def get(self, key: str, default: str | None = None) -> str | None:
        token, expires_at = self._tokens.get(key) or (default, None)
        if expires_at is None or expires_at - self._clock.now() < RENEW_BELOW:
            return default
        return token

    def set(self, key: str, value: str, ttl: int | None = None) -> None:
        """`ttl` in seconds."""
        lifetime = timedelta(seconds=DEFAULT_LIFETIME if ttl is None else ttl)
        self._tokens.set(key, value, self._clock.now() + lifetime)

    def delete(self, key: str) -> None:
        self._tokens.delete(key)
