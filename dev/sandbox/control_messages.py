"""Steering what passes between WeChat and the project: the outbox, faults, and pushes made to order."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request

from dev.sandbox import events, faults, personas
from dev.sandbox.config import Account
from dev.sandbox.control_input import ControlError, control_body, count_of, flag_of, text_of
from dev.sandbox.delivery import clear_outbox, outbox
from dev.sandbox.events import Message
from dev.sandbox.faults import Fault
from dev.sandbox.runtime import sandbox

control_messages = Blueprint("control_messages", __name__, url_prefix="/__sandbox__")
LATE_SECONDS = 60


@control_messages.get("/outbox")
def list_outbox() -> Response:
    """What was delivered, oldest first; ?kind= template or subscribe, ?touser=, ?persona=."""
    asked = request.args
    with sandbox().store.transaction() as db:
        return jsonify(items=outbox(db, _kind(), asked.get("touser"), asked.get("persona")))


@control_messages.delete("/outbox")
def delete_outbox() -> Response:
    """Empty the outbox, or the part the same filters name."""
    with sandbox().store.transaction() as db:
        return jsonify(deleted=clear_outbox(db, _kind(), request.args.get("touser")))


@control_messages.get("/faults")
def list_faults() -> Response:
    """The rules still in force."""
    with sandbox().store.transaction() as db:
        return jsonify(faults=faults.remaining(db))


@control_messages.post("/faults")
def add_faults() -> Response:
    """[{path, times?, probability?, touser?, template_id?, and effects}]: all are taken or none."""
    rules = request.get_json(force=True, silent=True)
    try:
        wanted = [Fault.parse(rule) for rule in (rules if isinstance(rules, list) else [rules])]
    except ValueError as error:
        raise ControlError(str(error)) from error
    with sandbox().store.transaction() as db:
        for fault in wanted:
            faults.add(db, fault)
        return jsonify(faults=faults.remaining(db))


@control_messages.delete("/faults")
def delete_faults() -> Response:
    """End all faults."""
    with sandbox().store.transaction() as db:
        faults.clear(db)
    return jsonify(faults=[])


@control_messages.post("/push")
def push() -> Response:
    """Push to order and answer what the callback said: {results: [{status, body, error}]}.

    One message, or several in ``messages``: {type: text or event, persona or openid, account?, content, event,
    event_key?, fields?, msg_id?, create_time?}. Around them: mode (plain, aes), bad_signature, duplicates (how many
    times more), out_of_order (several are sent last first; a single one is dated a minute back).
    """
    here, body = sandbox(), control_body()
    wanted = body.get("messages", [body])
    if not isinstance(wanted, list) or not wanted or not all(isinstance(one, dict) for one in wanted):
        raise ControlError("messages must be a list of objects")
    mode, bad_signature = text_of(body, "mode", None), flag_of(body, "bad_signature", False)
    if mode not in (None, "plain", "aes"):
        raise ControlError("mode must be plain or aes")
    if mode == "aes" and not here.config.aes_key:
        raise ControlError("no AES key is configured")
    messages = [_message(one) for one in wanted]
    if flag_of(body, "out_of_order", False):
        messages.reverse()
        if len(messages) == 1:
            messages[0][1]["CreateTime"] -= LATE_SECONDS
    again = 1 + count_of(body, "duplicates", 0, 100)
    sends = [one for one in messages for _ in range(again)]
    answers = [here.pusher.now(account, message, mode, bool(bad_signature)) for account, message in sends]
    return jsonify(results=[asdict(answer) for answer in answers])


def _kind() -> str | None:
    kind = request.args.get("kind")
    if kind not in (None, "template", "subscribe"):
        raise ControlError("kind must be template or subscribe")
    return kind


def _message(wanted: dict[str, Any]) -> tuple[Account, Message]:
    account, openid = _sender(wanted)
    created = wanted.get("create_time", sandbox().pusher.moment_of(openid))
    if isinstance(created, bool) or not isinstance(created, int):
        raise ControlError("create_time must be whole seconds since the epoch")
    kind = text_of(wanted, "type", "text")
    if kind == "text":
        msg_id = wanted.get("msg_id", secrets.randbits(53))
        return account, events.text_message(account, openid, created, msg_id, text_of(wanted, "content"))
    if kind != "event":
        raise ControlError("type must be text or event")
    fields = wanted.get("fields", {})
    if not isinstance(fields, dict):
        raise ControlError("fields must be an object")
    if (key := text_of(wanted, "event_key", None)) is not None:
        fields = {"EventKey": key} | fields
    return account, events.event(account, openid, created, text_of(wanted, "event"), **fields)


def _sender(wanted: dict[str, Any]) -> tuple[Account, str]:
    """Who sends to which account: a persona (``account`` mp or oa, oa by default) or an openid, known or not."""
    account: Account = "mp" if text_of(wanted, "account", "oa") == "mp" else "oa"
    with sandbox().store.transaction() as db:
        if (openid := text_of(wanted, "openid", None)) is not None:
            return ("mp" if personas.by_mp_openid(db, openid) else account), openid
        person = personas.by_name(db, text_of(wanted, "persona"))
    if person is None:
        raise ControlError("no such persona; create it with POST /__sandbox__/personas", 404)
    return account, person.mp_openid if account == "mp" else person.oa_openid
