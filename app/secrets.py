"""Random ids, codes for people, tokens, and keyed hashes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

from app.domain.workday import local_day
from app.services.readable import ALPHABET


class KeyedSecrets:
    """`key` is the SECRET_KEY; changing it ends all sessions and invalidates invitations."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def new_id(self) -> str:
        return secrets.token_hex(12)

    def new_code(self, now: datetime) -> str:
        """The day and six random characters: 20261120-7K4M2P, about 900 million a day."""
        tail = "".join(secrets.choice(ALPHABET) for _ in range(6))
        return f"{local_day(now):%Y%m%d}-{tail}"

    def new_token(self) -> str:
        return secrets.token_urlsafe(32)

    def digest(self, purpose: str, value: str) -> str:
        return hmac.new(self._key, f"{purpose}\n{value}".encode(), hashlib.sha256).hexdigest()
