"""What reaches the callback: signed, encrypted, in order, and repeated when it is not taken."""

from __future__ import annotations

from typing import Any

import pytest
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidSignatureException
from wechatpy.utils import check_signature

from .conftest import Callback, Caller, Push, template_body


def opened(caller: Caller, push: Push, account: str = "oa") -> Any:
    """The message in a push, after the checks the project makes."""
    query, config = push.query, caller.config
    check_signature(config.push_token, query["signature"], query["timestamp"], query["nonce"])
    body = push.body
    if query.get("encrypt_type") == "aes":
        appid = config.mp_appid if account == "mp" else config.oa_appid
        crypto = WeChatCrypto(config.push_token, config.aes_key, appid)
        body = crypto.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
    message = parse_message(body)
    assert message.source == query["openid"]
    return message


def test_following_and_scanning(caller: Caller, callback: Callback) -> None:
    one = caller.persona("official-1", follows_oa=True)
    caller.persona("official-1", follows_oa=True)
    caller.control("POST", "unfollow", {"persona": "official-1"})
    scene = {"action_name": "QR_STR_SCENE", "expire_seconds": 60, "action_info": {"scene": {"scene_str": "bind-1"}}}
    qr = caller.wechat("oa", "cgi-bin/qrcode/create", scene)
    caller.control("POST", "scan", {"persona": "official-1", "ticket": qr["ticket"]})
    caller.control("POST", "scan", {"persona": "official-1", "ticket": qr["url"]})
    events = [opened(caller, callback.next()) for _ in range(4)]
    assert [event.event for event in events] == ["subscribe", "unsubscribe", "subscribe_scan", "scan"]
    assert [event.scene_id for event in events[2:]] == ["bind-1", "bind-1"]
    assert events[2].ticket == qr["ticket"]
    assert {event.source for event in events} == {one["oa_openid"]}
    assert len({event._data["CreateTime"] for event in events}) == 4
    caller.control("POST", "clock/advance", {"seconds": 61})
    caller.control("POST", "scan", {"persona": "official-1", "ticket": qr["ticket"]}, status=404)
    assert callback.pushes.empty()


def test_scanning_the_accounts_own_code_follows(caller: Caller, callback: Callback) -> None:
    caller.persona("official-1")
    for _ in range(2):
        assert caller.control("POST", "scan", {"persona": "official-1"})["follows_oa"] is True
    assert opened(caller, callback.next()).event == "subscribe"
    assert callback.pushes.empty()


def test_template_job_finish_repeats_until_taken(caller: Caller, callback: Callback) -> None:
    openid = caller.persona("official-1", follows_oa=True)["oa_openid"]
    callback.next()
    callback.statuses = [500, 503]
    body = template_body(openid, client_msg_id="n-1")
    msgid = caller.wechat("oa", "cgi-bin/message/template/send", body)["msgid"]
    caller.wechat("oa", "cgi-bin/message/template/send", body)
    events = [opened(caller, callback.next()) for _ in range(3)]
    assert {(event.event, event._data["MsgID"], event.status) for event in events} == {
        ("templatesendjobfinish", str(msgid), "success")
    }
    caller.control("POST", "unfollow", {"persona": "official-1"})
    assert opened(caller, callback.next()).event == "unsubscribe"


def test_consent_is_told_tap_by_tap(caller: Caller, callback: Callback) -> None:
    openid = caller.persona("resident-1")["mp_openid"]
    tap = {"openid": openid, "template_id": "demo-mp-todo", "result": "accept", "times": 2}
    caller.control("POST", "consent", tap | {"push": False})
    caller.control("POST", "consent", tap)
    caller.control("POST", "consent", tap | {"result": "reject"})
    choices = [opened(caller, callback.next(), "mp")._data["SubscribeMsgPopupEvent"]["List"] for _ in range(3)]
    assert [choice["SubscribeStatusString"] for choice in choices] == ["accept", "accept", "reject"]
    assert {choice["TemplateId"] for choice in choices} == {"demo-mp-todo"}


def test_push_to_order(caller: Caller, callback: Callback) -> None:
    caller.persona("resident-1")
    text = {"type": "text", "persona": "resident-1", "content": "你好 <&]]>", "mode": "plain"}
    assert caller.control("POST", "push", text) == {"results": [{"status": 200, "body": "success", "error": None}]}
    push = callback.next()
    assert "encrypt_type" not in push.query
    assert opened(caller, push).content == "你好 <&]]>"
    click = {"type": "event", "persona": "resident-1", "event": "CLICK", "event_key": "todo", "fields": {"MenuId": 7}}
    assert len(caller.control("POST", "push", click | {"duplicates": 1})["results"]) == 2
    first, second = (opened(caller, callback.next()) for _ in range(2))
    assert (first.event, first.key, first._data["MenuId"]) == ("click", "todo", "7")
    assert first._data == second._data


@pytest.mark.parametrize("mode", ["plain", "aes"])
def test_bad_signatures(caller: Caller, callback: Callback, mode: str) -> None:
    caller.persona("resident-1")
    text = {"type": "text", "persona": "resident-1", "content": "你好", "mode": mode, "bad_signature": True}
    caller.control("POST", "push", text)
    push = callback.next()
    with pytest.raises(InvalidSignatureException):
        opened(caller, push)
    if mode == "aes":
        crypto = WeChatCrypto(caller.config.push_token, caller.config.aes_key, caller.config.oa_appid)
        query = push.query
        with pytest.raises(InvalidSignatureException):
            crypto.decrypt_message(push.body, query["msg_signature"], query["timestamp"], query["nonce"])


def test_out_of_order(caller: Caller, callback: Callback) -> None:
    texts = [{"openid": "o-stranger", "type": "text", "content": str(number)} for number in range(3)]
    caller.control("POST", "push", {"messages": texts, "out_of_order": True})
    got = [opened(caller, callback.next()) for _ in range(3)]
    assert [message.content for message in got] == ["2", "1", "0"]
    assert got[0]._data["CreateTime"] > got[2]._data["CreateTime"]
    caller.control("POST", "push", {**texts[0], "out_of_order": True})
    assert int(opened(caller, callback.next())._data["CreateTime"]) < int(got[2]._data["CreateTime"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"type": "text", "persona": "nobody", "content": "x"}, 404),
        ({"type": "text", "persona": "resident-1"}, 400),
        ({"type": "voice", "persona": "resident-1"}, 400),
        ({"type": "event", "persona": "resident-1", "event": "CLICK", "fields": 3}, 400),
        ({"type": "text", "persona": "resident-1", "content": "x", "mode": "rot13"}, 400),
        ({"type": "text", "persona": "resident-1", "content": "x", "create_time": "now"}, 400),
        ({"messages": []}, 400),
    ],
)
def test_push_refusals(caller: Caller, body: dict[str, Any], status: int) -> None:
    caller.persona("resident-1")
    caller.control("POST", "push", body, status=status)
