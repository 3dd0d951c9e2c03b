"""WeChat's endpoints around access tokens and the Official Account."""

from __future__ import annotations

import json

from flask import Blueprint, Response, jsonify, request

from dev.sandbox import events, personas, tickets, tokens
from dev.sandbox.delivery import send_template
from dev.sandbox.errors import OK, WeChatError
from dev.sandbox.picture import code_picture
from dev.sandbox.runtime import sandbox
from dev.sandbox.wechat_input import authorised, check_secret, json_body

account_api = Blueprint("account_api", __name__)
MAX_QR_SECONDS = 30 * 86400


@account_api.post("/cgi-bin/stable_token")
def stable_token() -> Response:
    """{grant_type, appid, secret, force_refresh?} -> {access_token, expires_in}."""
    body = json_body()
    appid = _client(body.get("grant_type"), body.get("appid"), body.get("secret"))
    with sandbox().store.transaction() as db:
        token, seconds = tokens.stable_token(db, appid, sandbox().clock.now(), bool(body.get("force_refresh")))
    return jsonify(access_token=token, expires_in=seconds)


@account_api.get("/cgi-bin/token")
def token() -> Response:
    """The older way to a token: a new one at every call."""
    asked = request.args
    appid = _client(asked.get("grant_type"), asked.get("appid"), asked.get("secret"))
    with sandbox().store.transaction() as db:
        value, seconds = tokens.plain_token(db, appid, sandbox().clock.now())
    return jsonify(access_token=value, expires_in=seconds)


@account_api.post("/cgi-bin/message/template/send")
def template_send() -> Response:
    """Deliver a template message; afterwards, and never before, the callback hears that it arrived."""
    here = sandbox()
    with authorised("oa") as call:
        msgid, fresh = send_template(call.db, call.body, here.config.mp_appid, call.now)
    if fresh:
        here.pusher.later("oa", events.template_job_finished(call.body["touser"], int(call.now), msgid))
    return jsonify(OK | {"msgid": msgid})


@account_api.post("/cgi-bin/qrcode/create")
def qrcode_create() -> Response:
    """{action_name, expire_seconds?, action_info: {scene: {scene_str or scene_id}}} -> {ticket, url, ...}."""
    with authorised("oa") as call:
        action = call.body.get("action_name")
        if action not in ("QR_SCENE", "QR_STR_SCENE", "QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE"):
            raise WeChatError(40052)
        info = call.body.get("action_info")
        scene = info.get("scene") if isinstance(info, dict) else None
        value = scene.get("scene_str" if "STR" in action else "scene_id") if isinstance(scene, dict) else None
        if isinstance(value, bool) or not isinstance(value, (str, int)) or not 1 <= len(str(value)) <= 64:
            raise WeChatError(40053)
        seconds = call.body.get("expire_seconds", 60)
        if isinstance(seconds, bool) or not isinstance(seconds, int) or seconds < 1:
            raise WeChatError(40053)
        lasting = "LIMIT" in action
        seconds = min(seconds, MAX_QR_SECONDS)
        ticket = tickets.create_ticket(call.db, str(value), float("inf") if lasting else seconds, call.now)
    answer = {"ticket": ticket.ticket, "url": ticket.url}
    return jsonify(answer if lasting else answer | {"expire_seconds": seconds})


@account_api.get("/cgi-bin/showqrcode")
def showqrcode() -> Response:
    """The picture of a ticket; 404 as from WeChat when there is no such ticket."""
    with sandbox().store.transaction() as db:
        ticket = tickets.find_ticket(db, request.args.get("ticket", ""), sandbox().clock.now())
    if ticket is None:
        return Response("ticket not found", 404, mimetype="text/plain")
    return Response(code_picture(ticket.url), mimetype="image/png")


@account_api.get("/cgi-bin/user/info")
def user_info() -> Response:
    """Whether somebody follows, and since when."""
    with authorised("oa") as call:
        person = personas.by_oa_openid(call.db, request.args.get("openid"))
    if person is None:
        raise WeChatError(40003)
    if not person.follows_oa:
        return jsonify(subscribe=0, openid=person.oa_openid, unionid=person.unionid)
    return jsonify(
        subscribe=1,
        openid=person.oa_openid,
        unionid=person.unionid,
        language="zh_CN",
        subscribe_time=person.subscribe_time,
        remark="",
        groupid=0,
        tagid_list=[],
        subscribe_scene="ADD_SCENE_QR_CODE",
        qr_scene=0,
        qr_scene_str="",
    )


@account_api.post("/cgi-bin/menu/create")
def menu_create() -> Response:
    """{button: [1 to 3]}; the menu is kept, the last one counts."""
    with authorised("oa") as call:
        buttons = call.body.get("button")
        if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
            raise WeChatError(40016)
        menu = json.dumps(call.body, ensure_ascii=False)
        call.db.execute("INSERT OR REPLACE INTO menus VALUES (?, ?)", (sandbox().config.oa_appid, menu))
    return jsonify(OK)


def _client(grant_type: object, appid: object, secret: object) -> str:
    if grant_type != "client_credential":
        raise WeChatError(40002)
    return check_secret(appid, secret, sandbox().config.secrets())
