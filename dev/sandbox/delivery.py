"""Sending messages: WeChat's checks in WeChat's order, then the outbox."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from dev.sandbox import fields, personas
from dev.sandbox.clock import rfc3339
from dev.sandbox.errors import WeChatError
from dev.sandbox.personas import Persona
from dev.sandbox.templates import Template, template_for

FIRST_MSGID = 3_000_000_000_000
DEDUPE_SECONDS = 600


def send_subscribe(db: sqlite3.Connection, body: Mapping[str, Any], now: float) -> int:
    """Deliver a subscribe message, using up one consent; returns the msgid.

    Raises WeChatError 40003, 43101, 40037, 41030 or 47003, and then nothing is used up.
    """
    person = personas.by_mp_openid(db, body.get("touser"))
    if person is None:
        raise WeChatError(40003)
    template_id = body.get("template_id")
    if consent_left(db, person.mp_openid, template_id) < 1:
        raise WeChatError(43101)
    template = template_for("subscribe", template_id)
    page = body.get("page") or None
    _check_page_and_data(template, page, body.get("data"))
    db.execute(
        "UPDATE consents SET remaining = remaining - 1 WHERE openid = ? AND template_id = ?",
        (person.mp_openid, template_id),
    )
    return _deliver(db, template, person.mp_openid, person, body, page, None, now)


def send_template(db: sqlite3.Connection, body: Mapping[str, Any], mp_appid: str, now: float) -> tuple[int, bool]:
    """Deliver a template message; returns the msgid and whether it is new (the same client_msg_id is delivered once).

    Raises WeChatError 40003, 43004, 40037, 40013 (another mini-program), 41030 or 47003.
    """
    person = personas.by_oa_openid(db, body.get("touser"))
    if person is None:
        raise WeChatError(40003)
    own_id = body.get("client_msg_id")
    if own_id is not None and (earlier := _sent_before(db, person.oa_openid, str(own_id), now)):
        return earlier, False
    if not person.follows_oa:
        raise WeChatError(43004)
    template = template_for("template", body.get("template_id"))
    link = body.get("miniprogram") or None
    if link is not None and (not isinstance(link, Mapping) or link.get("appid") != mp_appid):
        raise WeChatError(40013)
    page = (link or {}).get("pagepath") or None
    _check_page_and_data(template, page, body.get("data"))
    msgid = _deliver(db, template, person.oa_openid, person, body, page, link, now)
    if own_id is not None:
        db.execute("INSERT OR REPLACE INTO sends VALUES (?, ?, ?, ?)", (person.oa_openid, str(own_id), msgid, now))
    return msgid, True


def consent_left(db: sqlite3.Connection, openid: str, template_id: object) -> int:
    """How many subscribe messages of a template a person still takes."""
    row = db.execute(
        "SELECT remaining FROM consents WHERE openid = ? AND template_id = ?", (openid, str(template_id))
    ).fetchone()
    return int(row["remaining"]) if row else 0


def record_consent(db: sqlite3.Connection, openid: str, template_id: str, accepted: bool, times: int) -> int:
    """Add ``times`` sends (accepted), or end the consent (rejected); returns how many are left."""
    added = times if accepted else 0
    db.execute(
        "INSERT INTO consents VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET remaining = CASE WHEN ? THEN remaining + ? ELSE 0 END",
        (openid, template_id, added, accepted, added),
    )
    return consent_left(db, openid, template_id)


def consents_of(db: sqlite3.Connection, openid: str) -> dict[str, int]:
    """What a person still takes, by template id."""
    rows = db.execute("SELECT template_id, remaining FROM consents WHERE openid = ? ORDER BY template_id", (openid,))
    return {row["template_id"]: row["remaining"] for row in rows}


def outbox(
    db: sqlite3.Connection, kind: str | None = None, touser: str | None = None, persona: str | None = None
) -> list[dict[str, Any]]:
    """What was delivered, oldest first, in the shape the control API answers."""
    rows = db.execute(
        "SELECT * FROM outbox WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR touser = ?2)"
        " AND (?3 IS NULL OR persona = ?3) ORDER BY id",
        (kind, touser, persona),
    )
    return [
        {
            "kind": row["kind"],
            "touser": row["touser"],
            "persona": row["persona"],
            "template_id": row["template_id"],
            "title": row["title"],
            "data": json.loads(row["data"]),
            "page": row["page"],
            "miniprogram": json.loads(row["miniprogram"]),
            "msgid": FIRST_MSGID + row["id"],
            "at": rfc3339(row["at"]),
        }
        for row in rows
    ]


def clear_outbox(db: sqlite3.Connection, kind: str | None = None, touser: str | None = None) -> int:
    """Take messages out of the outbox; what was sent stays sent for client_msg_id. Returns how many."""
    return db.execute(
        "DELETE FROM outbox WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR touser = ?2)", (kind, touser)
    ).rowcount


def _sent_before(db: sqlite3.Connection, openid: str, own_id: str, now: float) -> int | None:
    row = db.execute("SELECT * FROM sends WHERE touser = ? AND client_msg_id = ?", (openid, own_id)).fetchone()
    return int(row["msgid"]) if row and now - row["at"] < DEDUPE_SECONDS else None


def _check_page_and_data(template: Template, page: object, data: object) -> None:
    if page is not None and not fields.page_is_valid(page):
        raise WeChatError(41030)
    if refused := fields.refused_field(template.fields, data):
        raise WeChatError(47003, f"{refused} invalid")


def _deliver(
    db: sqlite3.Connection,
    template: Template,
    touser: str,
    person: Persona,
    body: Mapping[str, Any],
    page: str | None,
    miniprogram: Mapping[str, Any] | None,
    now: float,
) -> int:
    data = json.dumps(fields.delivered(template.fields, body["data"]), ensure_ascii=False)
    row = db.execute(
        "INSERT INTO outbox (kind, touser, persona, template_id, title, data, page, miniprogram, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            template.kind,
            touser,
            person.name,
            template.template_id,
            template.title,
            data,
            page,
            json.dumps(miniprogram),
            now,
        ),
    )
    return FIRST_MSGID + int(row.lastrowid or 0)
