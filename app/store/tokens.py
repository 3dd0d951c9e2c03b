"""WeChat's access tokens, shared by all processes and encrypted at rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from app.store.shelf import Shelf


@dataclass(frozen=True)
class KeptToken:
    id: str
    token: str = field(repr=False, metadata={"private": True})
    expires_at: datetime


class MongoTokens:
    """One token per key, the last one set; implements app.wechat.token_store.TokenStorage."""

    def __init__(self, shelf: Shelf[KeptToken]) -> None:
        self._shelf = shelf

    def get(self, key: str) -> tuple[str, datetime] | None:
        """The token and when it ends, over or not."""
        kept = self._shelf.get(key)
        return (kept.token, kept.expires_at) if kept else None

    def set(self, key: str, token: str, expires_at: datetime) -> None:
        self._shelf.put(KeptToken(key, token, expires_at))

    def delete(self, key: str) -> None:
        self._shelf.delete({"_id": key})
