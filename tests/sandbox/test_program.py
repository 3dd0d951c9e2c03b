"""Login, phone, content checks, codes and links of the mini-program."""

from __future__ import annotations

from typing import Any

import pytest
import requests
import xmltodict
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto

from dev.sandbox import SandboxConfig, SandboxServer, create_sandbox

from .conftest import Callback, Caller


def login(caller: Caller, code: str, **change: str) -> Any:
    config = caller.config
    query = {"appid": config.mp_appid, "secret": config.mp_secret, "grant_type": "authorization_code", "js_code": code}
    return requests.get(f"{caller.url}/sns/jscode2session", params=query | change).json()


def test_login_code_serves_once(caller: Caller) -> None:
    one = caller.persona("resident-1")
    code = caller.control("POST", "code", {"persona": "resident-1"})["code"]
    assert login(caller, code, appid=caller.config.oa_appid)["errcode"] == 40013
    assert login(caller, code, secret="wrong")["errcode"] == 40125
    assert login(caller, code, grant_type="other")["errcode"] == 40002
    session = login(caller, code)
    assert (session["openid"], session["unionid"]) == (one["mp_openid"], one["unionid"])
    assert len(session["session_key"]) == 24
    assert login(caller, code)["errcode"] == 40163
    assert login(caller, "made-up")["errcode"] == 40029


def test_login_code_lives_five_minutes(caller: Caller) -> None:
    caller.persona("resident-1")
    code = caller.control("POST", "code", {"persona": "resident-1"})["code"]
    caller.control("POST", "clock/advance", {"seconds": 301})
    assert login(caller, code)["errcode"] == 40029


def test_phone_code_serves_once(caller: Caller) -> None:
    caller.persona("resident-1")
    code = caller.control("POST", "phone_code", {"persona": "resident-1"})["code"]
    info = caller.wechat("mp", "wxa/business/getuserphonenumber", {"code": code})["phone_info"]
    assert info["phoneNumber"] == info["purePhoneNumber"]
    assert info["phoneNumber"].startswith("154")
    assert len(info["phoneNumber"]) == 11
    assert caller.errcode("mp", "wxa/business/getuserphonenumber", {"code": code}) == 40163
    login_code = caller.control("POST", "code", {"persona": "resident-1"})["code"]
    assert caller.errcode("mp", "wxa/business/getuserphonenumber", {"code": login_code}) == 40029


@pytest.mark.parametrize(
    ("content", "suggest"), [("路灯不亮", "pass"), ("有违禁词示例的话", "risky"), ("待人工示例", "review")]
)
def test_text_check(caller: Caller, content: str, suggest: str) -> None:
    openid = caller.persona("resident-1")["mp_openid"]
    asked = {"version": 2, "openid": openid, "scene": 2, "content": content}
    assert caller.wechat("mp", "wxa/msg_sec_check", asked)["result"]["suggest"] == suggest


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"openid": "nobody"}, 40003),
        ({"scene": 9}, 40129),
        ({"version": 1}, 40129),
        ({"content": ""}, 44004),
        ({"content": "长" * 2501}, 45002),
    ],
)
def test_text_check_refusals(caller: Caller, change: dict[str, object], errcode: int) -> None:
    openid = caller.persona("resident-1")["mp_openid"]
    asked = {"version": 2, "openid": openid, "scene": 2, "content": "好"} | change
    assert caller.errcode("mp", "wxa/msg_sec_check", asked) == errcode


@pytest.mark.parametrize(
    ("url", "suggest", "errcode"),
    [
        ("https://example.invalid/a.jpg", "pass", 0),
        ("https://example.invalid/sandbox-risky.jpg", "risky", 0),
        ("https://example.invalid/%E5%BE%85%E4%BA%BA%E5%B7%A5%E7%A4%BA%E4%BE%8B.jpg", "review", 0),
        ("{callback}/picture?say=SANDBOX-REVIEW", "review", 0),
        ("{callback}/picture?say=flowers", "pass", 0),
        ("{callback}/gone", "review", -1008),
    ],
)
def test_picture_check(caller: Caller, callback: Callback, url: str, suggest: str, errcode: int) -> None:
    openid = caller.persona("resident-1")["mp_openid"]
    url = url.replace("{callback}", callback.url.removesuffix("/wechat/push"))
    asked = {"media_url": url, "media_type": 2, "version": 2, "scene": 1, "openid": openid}
    trace_id = caller.wechat("mp", "wxa/media_check_async", asked)["trace_id"]
    push = callback.next()
    crypto = WeChatCrypto(caller.config.push_token, caller.config.aes_key, caller.config.mp_appid)
    query = push.query
    xml = crypto.decrypt_message(push.body, query["msg_signature"], query["timestamp"], query["nonce"])
    event = parse_message(xml)
    assert event.event == "wxa_media_check"
    assert event._data["result"]["suggest"] == suggest
    assert (event._data["trace_id"], event._data["errcode"]) == (trace_id, str(errcode))
    assert xmltodict.parse(xml)["xml"]["FromUserName"] == openid


def test_picture_check_refusals(caller: Caller) -> None:
    openid = caller.persona("resident-1")["mp_openid"]
    asked = {"media_type": 2, "version": 2, "scene": 1, "openid": openid}
    assert caller.errcode("mp", "wxa/media_check_async", asked) == 47001
    assert caller.errcode("mp", "wxa/media_check_async", asked | {"openid": "nobody"}) == 40003


def test_poster_code_and_links(caller: Caller) -> None:
    code = caller.raw("mp", "wxa/getwxacodeunlimit", {"scene": "o=12&r=demo", "page": "pages/official"})
    assert code.content.startswith(b"\x89PNG")
    assert caller.errcode("mp", "wxa/getwxacodeunlimit", {"scene": "x" * 33}) == 40169
    assert caller.errcode("mp", "wxa/getwxacodeunlimit", {"scene": "x", "page": "/pages/official"}) == 41030
    assert caller.wechat("mp", "wxa/generate_urllink", {"path": "pages/a"})["url_link"].startswith("https://wxaurl.cn/")
    assert caller.wechat("mp", "wxa/generatescheme", {"jump_wxa": {}})["openlink"].startswith("weixin://dl/business/")
    assert caller.errcode("mp", "wxa/generate_urllink", {"path": "/no"}) == 40165
    assert caller.errcode("mp", "wxa/generatescheme", {"jump_wxa": {"path": "/no"}}) == 40165


def test_a_link_opens_the_preview_where_there_is_one() -> None:
    app = create_sandbox(SandboxConfig(preview_url="http://127.0.0.1:8002/"))
    with SandboxServer(app) as server:
        caller = Caller(server.url, SandboxConfig())
        body = {"path": "pages/a/a", "query": "scene=abc234.DS-01"}
        link = caller.wechat("mp", "wxa/generate_urllink", body)["url_link"]
        assert link == "http://127.0.0.1:8002/#/pages/a/a?scene=abc234.DS-01"
        assert caller.wechat("mp", "wxa/generate_urllink", {})["url_link"] == "http://127.0.0.1:8002/#/"
        caller.session.close()
