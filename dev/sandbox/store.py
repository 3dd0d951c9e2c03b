"""The sandbox's memory: one sqlite file that survives restarts, also by kill -9."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS personas (
    name TEXT PRIMARY KEY, mp_openid TEXT UNIQUE, oa_openid TEXT UNIQUE, unionid TEXT, phone TEXT,
    about TEXT NOT NULL DEFAULT '', follows_oa INTEGER NOT NULL DEFAULT 0,
    subscribe_time INTEGER NOT NULL DEFAULT 0, active_at REAL);
CREATE TABLE IF NOT EXISTS tokens (
    value TEXT PRIMARY KEY, appid TEXT, stable INTEGER, expires_at REAL, revoked INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS codes (
    value TEXT PRIMARY KEY, purpose TEXT, persona TEXT, created_at REAL, used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS tickets (ticket TEXT PRIMARY KEY, scene TEXT, url TEXT, created_at REAL, expires_at REAL);
CREATE TABLE IF NOT EXISTS consents (
    openid TEXT, template_id TEXT, remaining INTEGER, PRIMARY KEY (openid, template_id));
CREATE TABLE IF NOT EXISTS sends (touser TEXT, client_msg_id TEXT, msgid INTEGER, at REAL,
    PRIMARY KEY (touser, client_msg_id));
CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, touser TEXT, persona TEXT, template_id TEXT, title TEXT,
    data TEXT, page TEXT, miniprogram TEXT, at REAL);
CREATE INDEX IF NOT EXISTS outbox_touser ON outbox (touser, id);
CREATE TABLE IF NOT EXISTS faults (id INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT, remaining INTEGER);
CREATE TABLE IF NOT EXISTS menus (appid TEXT PRIMARY KEY, body TEXT);
"""
TABLES = ("personas", "tokens", "codes", "tickets", "consents", "sends", "outbox", "faults", "menus")


class Store:
    """One connection behind a lock: every request is one transaction, so checks and effects cannot interleave."""

    def __init__(self, data_dir: Path | None) -> None:
        if data_dir is not None:
            data_dir.mkdir(parents=True, exist_ok=True)
        path = str(data_dir / "sandbox.db") if data_dir else ":memory:"
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(SCHEMA)
        self._lock = threading.Lock()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit what happens inside, or nothing of it when an exception leaves. Do not nest."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def clear(self) -> None:
        """Forget everything; message numbers go on, so that no msgid is ever given twice."""
        with self.transaction() as db:
            for table in TABLES:
                db.execute(f"DELETE FROM {table}")

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._db.close()
