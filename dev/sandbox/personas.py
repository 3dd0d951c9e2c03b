"""The people of the demo. Who somebody is follows from the name alone, so a persona made again is the same person."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True)
class Persona:
    """One fictitious WeChat user; ``subscribe_time`` is in seconds since the epoch, 0 when never a follower.

    ``about`` says whom the persona plays, for the message box only.
    """

    name: str
    mp_openid: str
    oa_openid: str
    unionid: str
    phone: str
    follows_oa: bool = False
    subscribe_time: int = 0
    about: str = ""


def identity(name: str) -> Persona:
    """The person a name stands for: ids like WeChat's (28 characters from ``o``), a phone from the unassigned 154."""

    def wechat_id(realm: str) -> str:
        return "o" + base64.urlsafe_b64encode(hashlib.sha256(f"{realm}:{name}".encode()).digest())[:27].decode()

    digits = int.from_bytes(hashlib.sha256(f"phone:{name}".encode()).digest()[:8]) % 10**8
    return Persona(name, wechat_id("mp"), wechat_id("oa"), wechat_id("union"), f"154{digits:08d}")


def ensure(db: sqlite3.Connection, name: str) -> Persona:
    """The persona of that name, created when missing."""
    person = identity(name)
    db.execute(
        "INSERT OR IGNORE INTO personas (name, mp_openid, oa_openid, unionid, phone) VALUES (?, ?, ?, ?, ?)",
        (name, person.mp_openid, person.oa_openid, person.unionid, person.phone),
    )
    return _one(db, "name", name) or person


def by_name(db: sqlite3.Connection, name: str) -> Persona | None:
    """The persona of that name, None when there is none."""
    return _one(db, "name", name)


def by_mp_openid(db: sqlite3.Connection, openid: object) -> Persona | None:
    """The persona with that openid in the mini-program."""
    return _one(db, "mp_openid", openid) if isinstance(openid, str) else None


def by_oa_openid(db: sqlite3.Connection, openid: object) -> Persona | None:
    """The persona with that openid at the Official Account."""
    return _one(db, "oa_openid", openid) if isinstance(openid, str) else None


def everyone(db: sqlite3.Connection) -> list[Persona]:
    """All personas by name."""
    return [_persona(row) for row in db.execute("SELECT * FROM personas ORDER BY name")]


def set_about(db: sqlite3.Connection, name: str, about: str) -> None:
    """Say whom the persona plays."""
    db.execute("UPDATE personas SET about = ? WHERE name = ?", (about, name))


def set_following(db: sqlite3.Connection, name: str, follows: bool, now: float) -> bool:
    """Make a persona follow the Official Account or stop; True when that changed something."""
    changed = db.execute(
        "UPDATE personas SET follows_oa = ?, subscribe_time = CASE WHEN ? THEN ? ELSE subscribe_time END"
        " WHERE name = ? AND follows_oa <> ?",
        (follows, follows, int(now), name, follows),
    )
    return changed.rowcount == 1


def mark_active(db: sqlite3.Connection, name: str, now: float) -> None:
    """Remember that the persona has just used the mini-program."""
    db.execute("UPDATE personas SET active_at = ? WHERE name = ?", (now, name))


def _one(db: sqlite3.Connection, column: str, value: str) -> Persona | None:
    row = db.execute(f"SELECT * FROM personas WHERE {column} = ?", (value,)).fetchone()
    return _persona(row) if row else None


def _persona(row: sqlite3.Row) -> Persona:
    return Persona(
        row["name"],
        row["mp_openid"],
        row["oa_openid"],
        row["unionid"],
        row["phone"],
        bool(row["follows_oa"]),
        row["subscribe_time"],
        row["about"],
    )
