"""WeChat's endpoints around the mini-program."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets

from flask import Blueprint, Response, jsonify, request

from dev.sandbox import events, personas, tickets
from dev.sandbox.content import LABELS, judge_picture, judge_text
from dev.sandbox.delivery import send_subscribe
from dev.sandbox.errors import OK, WeChatError
from dev.sandbox.fields import page_is_valid
from dev.sandbox.picture import code_picture
from dev.sandbox.runtime import sandbox
from dev.sandbox.wechat_input import Call, authorised, check_secret

program_api = Blueprint("program_api", __name__)
SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}")
MAX_TEXT = 2500


@program_api.get("/sns/jscode2session")
def jscode2session() -> Response:
    """appid, secret, js_code, grant_type -> {openid, session_key, unionid}; a code serves once, for five minutes."""
    here, asked = sandbox(), request.args
    check_secret(asked.get("appid"), asked.get("secret"), {here.config.mp_appid: here.config.mp_secret})
    if asked.get("grant_type") != "authorization_code":
        raise WeChatError(40002)
    now = here.clock.now()
    with here.store.transaction() as db:
        name = tickets.redeem_code(db, "login", asked.get("js_code"), now)
        person = personas.ensure(db, name)
        personas.mark_active(db, name, now)
    key = hashlib.sha256(f"session:{asked['js_code']}".encode()).digest()[:16]
    return jsonify(openid=person.mp_openid, session_key=base64.b64encode(key).decode(), unionid=person.unionid)


@program_api.post("/cgi-bin/message/subscribe/send")
def subscribe_send() -> Response:
    """Deliver a subscribe message, using up one consent."""
    with authorised("mp") as call:
        msgid = send_subscribe(call.db, call.body, call.now)
    return jsonify(OK | {"msgid": msgid})


@program_api.post("/wxa/msg_sec_check")
def msg_sec_check() -> Response:
    """{version: 2, openid, scene: 1 to 4, content up to 2500} -> result.suggest."""
    with authorised("mp") as call:
        _check_openid_and_scene(call)
    content = call.body.get("content")
    if not isinstance(content, str) or not content:
        raise WeChatError(44004)
    if len(content) > MAX_TEXT:
        raise WeChatError(45002)
    verdict = {"suggest": (suggest := judge_text(content)), "label": LABELS[suggest]}
    detail = [{"strategy": "content_model", "errcode": 0, **verdict, "prob": 90}]
    return jsonify(OK | {"result": verdict, "detail": detail, "trace_id": _trace_id()})


@program_api.post("/wxa/media_check_async")
def media_check_async() -> Response:
    """{media_url, media_type: 1 or 2, version: 2, scene, openid} -> {trace_id}; the verdict is pushed later."""
    here = sandbox()
    with authorised("mp") as call:
        _check_openid_and_scene(call)
    url, openid, trace_id = call.body.get("media_url"), call.body["openid"], _trace_id()
    if not isinstance(url, str) or not url or call.body.get("media_type") not in (1, 2):
        raise WeChatError(47001)

    def report() -> None:
        suggest, errcode = judge_picture(url)
        created = int(here.clock.now())
        message = events.media_checked(openid, created, here.config.mp_appid, trace_id, suggest, errcode)
        here.pusher.later("mp", message)

    here.pusher.after(here.config.media_check_delay, openid, report)
    return jsonify(OK | {"trace_id": trace_id})


@program_api.post("/wxa/getwxacodeunlimit")
def getwxacodeunlimit() -> Response:
    """{scene up to 32 characters, page?} -> a picture."""
    with authorised("mp") as call:
        scene, page = call.body.get("scene"), call.body.get("page")
        if not isinstance(scene, str) or not SCENE.fullmatch(scene):
            raise WeChatError(40169)
        if page is not None and (not page_is_valid(page) or "?" in page):
            raise WeChatError(41030)
    return Response(code_picture(f"{page}?{scene}"), mimetype="image/png")


@program_api.post("/wxa/business/getuserphonenumber")
def getuserphonenumber() -> Response:
    """{code} -> the phone of the persona who gave it; a code serves once."""
    with authorised("mp") as call:
        person = personas.ensure(call.db, tickets.redeem_code(call.db, "phone", call.body.get("code"), call.now))
    watermark = {"timestamp": int(call.now), "appid": sandbox().config.mp_appid}
    phone = {"phoneNumber": person.phone, "purePhoneNumber": person.phone, "countryCode": "86"}
    return jsonify(OK | {"phone_info": phone | {"watermark": watermark}})


@program_api.post("/wxa/generate_urllink")
def generate_urllink() -> Response:
    """{path, query?} -> {url_link}; with a preview it opens there, where a phone would open WeChat."""
    with authorised("mp") as call:
        path, query = call.body.get("path"), call.body.get("query")
        _check_path(path)
    link = f"https://wxaurl.cn/{secrets.token_urlsafe(8)}"
    if preview := sandbox().config.preview_url:
        link = f"{preview.rstrip('/')}/#/{path or ''}" + (f"?{query}" if query else "")
    return jsonify(OK | {"url_link": link})


@program_api.post("/wxa/generatescheme")
def generatescheme() -> Response:
    """{jump_wxa: {path, query?}} -> {openlink}."""
    with authorised("mp") as call:
        jump = call.body.get("jump_wxa")
        _check_path(jump.get("path") if isinstance(jump, dict) else None)
    return jsonify(OK | {"openlink": f"weixin://dl/business/?t={secrets.token_urlsafe(8)}"})


def _check_openid_and_scene(call: Call) -> None:
    if personas.by_mp_openid(call.db, call.body.get("openid")) is None:
        raise WeChatError(40003)
    if call.body.get("version") != 2 or call.body.get("scene") not in (1, 2, 3, 4):
        raise WeChatError(40129)


def _check_path(path: object) -> None:
    """An empty path means the home page."""
    if path and not page_is_valid(path):
        raise WeChatError(40165)


def _trace_id() -> str:
    return f"{secrets.token_hex(4)}-{secrets.token_hex(4)}-{secrets.token_hex(4)}"
