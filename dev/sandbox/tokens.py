"""Access tokens: each belongs to one appid, lives 7200 s and can be revoked."""

from __future__ import annotations

import re
import secrets
import sqlite3

from dev.sandbox.errors import WeChatError

LIFETIME = 7200
RENEW_BELOW = 300
SHAPE = re.compile(r"[A-Za-z0-9_\-]{40,512}")


def stable_token(db: sqlite3.Connection, appid: str, now: float, force: bool) -> tuple[str, int]:
    """The current token and its seconds left: the same one until under 300 s are left; ``force`` revokes it."""
    if force:
        db.execute("UPDATE tokens SET revoked = 1 WHERE appid = ? AND stable", (appid,))
    row = db.execute(
        "SELECT value, expires_at FROM tokens WHERE appid = ? AND stable AND NOT revoked AND expires_at >= ?"
        " ORDER BY expires_at DESC",
        (appid, now + RENEW_BELOW),
    ).fetchone()
    return (row["value"], int(row["expires_at"] - now)) if row else (_issue(db, appid, now, True), LIFETIME)


def plain_token(db: sqlite3.Connection, appid: str, now: float) -> tuple[str, int]:
    """A new token at every call; earlier ones of this sort work for five more minutes."""
    db.execute(
        "UPDATE tokens SET expires_at = min(expires_at, ?) WHERE appid = ? AND NOT stable", (now + RENEW_BELOW, appid)
    )
    return _issue(db, appid, now, False), LIFETIME


def check_token(db: sqlite3.Connection, appid: str, token: str, now: float) -> None:
    """Raise WeChatError 41001 (absent), 40014 (malformed), 40001 (not this appid's) or 42001 (expired)."""
    if not token:
        raise WeChatError(41001)
    if not SHAPE.fullmatch(token):
        raise WeChatError(40014)
    row = db.execute("SELECT * FROM tokens WHERE value = ?", (token,)).fetchone()
    if row is None or row["revoked"] or row["appid"] != appid:
        raise WeChatError(40001)
    if row["expires_at"] <= now:
        raise WeChatError(42001)


def expire_tokens(db: sqlite3.Connection, appid: str, now: float) -> int:
    """End the life of an appid's tokens now; returns how many were alive."""
    return db.execute("UPDATE tokens SET expires_at = ? WHERE appid = ? AND expires_at > ?", (now, appid, now)).rowcount


def _issue(db: sqlite3.Connection, appid: str, now: float, stable: bool) -> str:
    value = f"88_{secrets.token_urlsafe(96)}"
    db.execute(
        "INSERT INTO tokens (value, appid, stable, expires_at) VALUES (?, ?, ?, ?)",
        (value, appid, stable, now + LIFETIME),
    )
    return value
