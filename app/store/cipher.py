"""Encryption at rest of what identifies a person: phone, name, place.

Keys are Fernet keys, the newest first. Every write uses the first, a read tries all, so a key is rotated by putting a
new one in front: whatever is saved again moves to it, and the old one goes when nothing it sealed is left.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class WrongKey(Exception):
    """No configured key opens a stored value: a key is missing, or the value was tampered with."""


class Cipher:
    def __init__(self, keys: Sequence[str]) -> None:
        """`keys`: url-safe base64 of 32 bytes each, newest first. Raises ValueError for none or a malformed one."""
        if not keys:
            raise ValueError("at least one encryption key is needed")
        try:
            every = [Fernet(key) for key in keys]
        except ValueError:
            raise ValueError("an encryption key is not the base64 of 32 bytes") from None
        self._fernet = MultiFernet(every)
        self._newest = every[0]

    @staticmethod
    def new_key() -> str:
        return Fernet.generate_key().decode()

    def seal(self, text: str) -> str:
        """`text` encrypted with the newest key; different every time."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """What `seal` was given, under whichever key. Raises WrongKey."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise WrongKey("no configured key opens this value") from None


class KeepingCipher(Cipher):
    """Seals what it has opened to what it was before, if that was under the newest key: so that a document that has
    been read and is written again differs only where something has to be done. Its memory is of one document
    (`forget`)."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(keys)
        self._kept: dict[str, deque[str]] = {}

    def forget(self) -> None:
        self._kept.clear()

    def open(self, sealed: str) -> str:
        try:
            text = self._newest.decrypt(sealed).decode()
        except InvalidToken:
            return super().open(sealed)
        self._kept.setdefault(text, deque()).append(sealed)
        return text

    def seal(self, text: str) -> str:
        kept = self._kept.get(text)
        return kept.popleft() if kept else super().seal(text)
