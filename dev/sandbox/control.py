"""Steering the demo: people, what they tap, and the time."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from dev.sandbox import events, personas, tickets, tokens
from dev.sandbox.clock import is_quiet, next_morning, rfc3339
from dev.sandbox.control_input import ControlError, control_body, count_of, flag_of, persona_of, text_of
from dev.sandbox.delivery import consents_of, record_consent
from dev.sandbox.people import group_of, in_order, label_of
from dev.sandbox.personas import Persona
from dev.sandbox.runtime import sandbox
from dev.sandbox.templates import all_templates

control = Blueprint("control", __name__, url_prefix="/__sandbox__")
MAX_POPUPS = 50


@control.post("/personas")
def create_persona() -> Response:
    """{name, follows_oa?, about?} -> the persona; an existing one is answered, and follows or not as told."""
    body = control_body()
    name, follows = text_of(body, "name"), flag_of(body, "follows_oa", None)
    if len(name) > 64:
        raise ControlError("name is at most 64 characters")
    with sandbox().store.transaction() as db:
        person = personas.ensure(db, name)
        if about := text_of(body, "about", ""):
            personas.set_about(db, name, about)
        changed = follows is not None and personas.set_following(db, name, follows, sandbox().clock.now())
        person = personas.ensure(db, name)
    if changed:
        _push_following(person)
    return jsonify(_shown(person))


@control.get("/personas")
def list_personas() -> Response:
    """Everybody in the order of the message box, with who that is, phone and the consents left."""
    with sandbox().store.transaction() as db:
        items = [
            _shown(person) | _described(person) | {"consents": consents_of(db, person.mp_openid)}
            for person in in_order(personas.everyone(db))
        ]
    return jsonify(items=items)


@control.get("/templates")
def list_templates() -> Response:
    """The message templates: {id, title, kind: template or subscribe, fields: what each is called}."""
    items = [
        {"id": template.template_id, "title": template.title, "kind": template.kind, "fields": template.fields}
        for template in all_templates().values()
    ]
    return jsonify(items=items)


@control.post("/code")
def login_code() -> Response:
    """{persona} -> {code}, as wx.login gives."""
    return _code("login")


@control.post("/phone_code")
def phone_code() -> Response:
    """{persona} -> {code}, as the phone number button gives."""
    return _code("phone")


@control.post("/follow")
def follow() -> Response:
    """{persona}: follows the Official Account from now on."""
    return _set_following(True)


@control.post("/unfollow")
def unfollow() -> Response:
    """{persona}: does not follow any more."""
    return _set_following(False)


@control.post("/scan")
def scan() -> Response:
    """{persona, ticket?}: scans that QR code (its ticket or address), or else the account's own one, and so follows."""
    here, body = sandbox(), control_body()
    now = here.clock.now()
    with here.store.transaction() as db:
        person = persona_of(db, body)
        shown = text_of(body, "ticket", None)
        ticket = tickets.find_ticket(db, shown, now) if shown else None
        if shown and ticket is None:
            raise ControlError("no such QR code, or it has expired", 404)
        changed = personas.set_following(db, person.name, True, now)
        person = personas.ensure(db, person.name)
    if ticket:
        moment = here.pusher.moment_of(person.oa_openid)
        here.pusher.later("oa", events.scanned(person.oa_openid, moment, ticket.scene, ticket.ticket, changed))
    elif changed:
        _push_following(person)
    return jsonify(_shown(person))


@control.post("/consent")
def consent() -> Response:
    """{openid, template_id, result: accept or reject, times?, push?} -> {remaining}.

    Accepting adds ``times`` sends (one by default), rejecting ends the consent; each tap is pushed as its own event.
    """
    here, body = sandbox(), control_body()
    openid, template_id, result = (text_of(body, key) for key in ("openid", "template_id", "result"))
    times, push = count_of(body, "times", 1, 10_000), flag_of(body, "push", True)
    if result not in ("accept", "reject"):
        raise ControlError("result must be accept or reject")
    with here.store.transaction() as db:
        if personas.by_mp_openid(db, openid) is None:
            raise ControlError("no persona has this openid in the mini-program", 404)
        left = record_consent(db, openid, template_id, result == "accept", times)
    taps = min(times, MAX_POPUPS) if result == "accept" else 1
    for _ in range(taps if push else 0):
        popup = events.consent_popup(openid, here.pusher.moment_of(openid), template_id, result)
        here.pusher.later("mp", popup)
    return jsonify(openid=openid, template_id=template_id, remaining=left)


@control.post("/token/expire")
def expire_token() -> Response:
    """{appid?}: the access tokens of that account, or of both, expire now."""
    here, body = sandbox(), control_body()
    appid = text_of(body, "appid", None)
    chosen = [appid] if appid else list(here.config.secrets())
    if appid not in (None, *here.config.secrets()):
        raise ControlError("no such appid", 404)
    with here.store.transaction() as db:
        expired = sum(tokens.expire_tokens(db, one, here.clock.now()) for one in chosen)
    return jsonify(expired=expired)


@control.get("/clock")
def clock() -> Response:
    """The demo's time: {offset in seconds, now, quiet: whether messages wait, next_morning: seconds until 9:00 of the
    next workday}."""
    here = sandbox().clock
    now = here.now()
    return jsonify(offset=here.offset(), now=rfc3339(now), quiet=is_quiet(now), next_morning=next_morning(now))


@control.post("/clock/advance")
def advance_clock() -> Response:
    """{seconds >= 0}: the whole demo moves forward."""
    try:
        sandbox().clock.advance(control_body().get("seconds"))
    except ValueError as error:
        raise ControlError(str(error)) from error
    return clock()


@control.post("/reset")
def reset() -> Response:
    """Forget everything; with {"clock": true} also return to the real time."""
    back_to_now = flag_of(control_body(), "clock", False)
    sandbox().store.clear()
    if back_to_now:
        sandbox().clock.reset()
    return jsonify(ok=True)


def _code(purpose: str) -> Response:
    body = control_body()
    with sandbox().store.transaction() as db:
        code = tickets.issue_code(db, purpose, persona_of(db, body).name, sandbox().clock.now())
    return jsonify(code=code)


def _set_following(follows: bool) -> Response:
    body = control_body()
    with sandbox().store.transaction() as db:
        name = persona_of(db, body).name
        changed = personas.set_following(db, name, follows, sandbox().clock.now())
        person = personas.ensure(db, name)
    if changed:
        _push_following(person)
    return jsonify(_shown(person))


def _push_following(person: Persona) -> None:
    pusher = sandbox().pusher
    moment = pusher.moment_of(person.oa_openid)
    pusher.later("oa", events.follow_changed(person.oa_openid, moment, person.follows_oa))


def _described(person: Persona) -> dict[str, object]:
    return {
        "name": person.name,
        "label": label_of(person.name),
        "group": group_of(person.name),
        "about": person.about,
        "phone": person.phone,
    }


def _shown(person: Persona) -> dict[str, object]:
    return {
        "persona": person.name,
        "mp_openid": person.mp_openid,
        "oa_openid": person.oa_openid,
        "unionid": person.unionid,
        "follows_oa": person.follows_oa,
    }
