"""The access tokens in memory."""

from __future__ import annotations

from datetime import datetime


class MemoryTokens:
    """Implements app.wechat.token_store.TokenStorage; shared by whoever holds it."""

    def __init__(self) -> None:
        self._tokens: dict[str, tuple[str, datetime]] = {}

    def get(self, key: str) -> tuple[str, datetime] | None:
        return self._tokens.get(key)

    def set(self, key: str, token: str, expires_at: datetime) -> None:
        self._tokens[key] = (token, expires_at)

    def delete(self, key: str) -> None:
        self._tokens.pop(key, None)
