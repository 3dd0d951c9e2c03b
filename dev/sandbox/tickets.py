"""Things that are handed out to be brought back: login codes, phone codes and QR tickets."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass

from dev.sandbox.errors import WeChatError

CODE_LIFETIME = 300


@dataclass(frozen=True)
class Ticket:
    """A QR code of the Official Account with the scene it carries."""

    ticket: str
    scene: str
    url: str


def issue_code(db: sqlite3.Connection, purpose: str, persona: str, now: float) -> str:
    """A code (``login`` or ``phone``) for one use within five minutes."""
    code = "0" + secrets.token_hex(15) + "w"
    db.execute(
        "INSERT INTO codes (value, purpose, persona, created_at) VALUES (?, ?, ?, ?)", (code, purpose, persona, now)
    )
    return code


def redeem_code(db: sqlite3.Connection, purpose: str, code: object, now: float) -> str:
    """The name of the persona behind a code, which is thereby used up; raises WeChatError 40029 or 40163."""
    row = None
    if isinstance(code, str):
        row = db.execute("SELECT * FROM codes WHERE value = ? AND purpose = ?", (code, purpose)).fetchone()
    if row is None:
        raise WeChatError(40029)
    if row["used"]:
        raise WeChatError(40163)
    if now - row["created_at"] > CODE_LIFETIME:
        raise WeChatError(40029)
    db.execute("UPDATE codes SET used = 1 WHERE value = ?", (code,))
    return str(row["persona"])


def create_ticket(db: sqlite3.Connection, scene: str, lifetime: float, now: float) -> Ticket:
    """A QR code that carries ``scene`` for ``lifetime`` seconds."""
    ticket = Ticket("gQ" + secrets.token_urlsafe(69), scene, f"http://weixin.qq.com/q/02{secrets.token_urlsafe(15)}")
    db.execute("INSERT INTO tickets VALUES (?, ?, ?, ?, ?)", (ticket.ticket, scene, ticket.url, now, now + lifetime))
    return ticket


def find_ticket(db: sqlite3.Connection, shown: str, now: float) -> Ticket | None:
    """The unexpired QR code by its ticket or by the address it shows."""
    row = db.execute(
        "SELECT * FROM tickets WHERE (ticket = ? OR url = ?) AND expires_at > ?", (shown, shown, now)
    ).fetchone()
    return Ticket(row["ticket"], row["scene"], row["url"]) if row else None


def newest_ticket(db: sqlite3.Connection, now: float) -> Ticket | None:
    """The unexpired QR code made last."""
    row = db.execute(
        "SELECT * FROM tickets WHERE expires_at > ? ORDER BY created_at DESC, rowid DESC", (now,)
    ).fetchone()
    return Ticket(row["ticket"], row["scene"], row["url"]) if row else None
