"""Template and subscribe messages: the checks in order, consent, and client_msg_id."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from .conftest import ASSIGNED, Callback, Caller, subscribe_body, template_body

TEMPLATE, SUBSCRIBE = "cgi-bin/message/template/send", "cgi-bin/message/subscribe/send"
BLANK = {**ASSIGNED, "thing2": {"value": ""}}


def outbox(caller: Caller, query: str = "") -> Any:
    return caller.control("GET", f"outbox{query}")["items"]


def test_template_message_arrives_without_colours(caller: Caller) -> None:
    one = caller.persona("official-1", follows_oa=True)
    link = {"appid": caller.config.mp_appid, "pagepath": "official/inbox?x=1"}
    data = {**ASSIGNED, "first": {"value": "您好"}, "thing2": {"value": "路灯", "color": "#FF0000"}}
    sent = caller.wechat("oa", TEMPLATE, template_body(one["oa_openid"], data=data, miniprogram=link))
    assert sent["errcode"] == 0
    (item,) = outbox(caller)
    assert item.pop("at").endswith("Z")
    assert item == {
        "kind": "template",
        "touser": one["oa_openid"],
        "persona": "official-1",
        "template_id": "demo-oa-assigned",
        "title": "新诉求办理通知",
        "data": {**ASSIGNED, "thing2": {"value": "路灯"}},
        "page": "official/inbox?x=1",
        "miniprogram": link,
        "msgid": sent["msgid"],
    }


def test_same_client_msg_id_is_delivered_once_for_ten_minutes(caller: Caller) -> None:
    one, two = (caller.persona(name, follows_oa=True)["oa_openid"] for name in ("official-1", "official-2"))
    body = template_body(one, client_msg_id="n-1")
    first = caller.wechat("oa", TEMPLATE, body)
    caller.control("POST", "clock/advance", {"seconds": 590})
    caller.control("DELETE", "outbox")
    assert caller.wechat("oa", TEMPLATE, body) == first
    assert outbox(caller) == []
    assert caller.wechat("oa", TEMPLATE, template_body(two, client_msg_id="n-1"))["msgid"] != first["msgid"]
    caller.control("POST", "clock/advance", {"seconds": 20})
    assert caller.wechat("oa", TEMPLATE, body)["msgid"] != first["msgid"]


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"touser": "nobody", "template_id": "none", "data": {}}, 40003),
        ({"touser": 7}, 40003),
        ({"template_id": "none", "miniprogram": {"appid": "x", "pagepath": "/no"}}, 40037),
        ({"template_id": "demo-mp-todo"}, 40037),
        ({"miniprogram": {"appid": "other", "pagepath": "pages/a"}}, 40013),
        ({"miniprogram": {"appid": "wxdemo0000000000mp", "pagepath": "/no"}, "data": {}}, 41030),
        ({"data": BLANK}, 47003),
        ({"data": None}, 47003),
    ],
)
def test_template_refusals(caller: Caller, change: dict[str, Any], errcode: int) -> None:
    one = caller.persona("official-1", follows_oa=True)
    assert caller.errcode("oa", TEMPLATE, template_body(one["oa_openid"], **change)) == errcode
    assert outbox(caller) == []


def test_template_message_needs_a_follower(caller: Caller) -> None:
    one = caller.persona("official-1")
    body = template_body(one["oa_openid"], template_id="none")
    assert caller.errcode("oa", TEMPLATE, body) == 43004
    assert caller.errcode("oa", TEMPLATE, template_body(one["mp_openid"])) == 40003


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"touser": "nobody", "template_id": "none"}, 40003),
        ({"template_id": "demo-mp-answer", "page": "/no"}, 43101),
        ({"template_id": "demo-oa-assigned", "page": "/no"}, 40037),
        ({"page": "/no", "data": BLANK}, 41030),
        ({"data": BLANK}, 47003),
    ],
)
def test_subscribe_refusals_use_up_nothing(caller: Caller, change: dict[str, Any], errcode: int) -> None:
    openid = caller.persona("resident-1")["mp_openid"]
    for template_id in ("demo-mp-todo", "demo-oa-assigned"):
        caller.control("POST", "consent", {"openid": openid, "template_id": template_id, "result": "accept"})
    assert caller.errcode("mp", SUBSCRIBE, subscribe_body(openid, **change)) == errcode
    assert caller.errcode("mp", SUBSCRIBE, subscribe_body(openid)) == 0


def test_consent_is_used_up_send_by_send(caller: Caller) -> None:
    openid = caller.persona("resident-1")["mp_openid"]
    agree = {"openid": openid, "template_id": "demo-mp-todo", "result": "accept", "times": 2}
    assert caller.control("POST", "consent", agree)["remaining"] == 2
    codes = [caller.errcode("mp", SUBSCRIBE, subscribe_body(openid)) for _ in range(3)]
    assert codes == [0, 0, 43101]
    assert [item["page"] for item in outbox(caller, f"?kind=subscribe&touser={openid}")] == ["pages/appeal?id=1"] * 2
    assert outbox(caller, "?kind=template") == []
    caller.control("POST", "consent", agree)
    assert caller.control("POST", "consent", agree | {"result": "reject"})["remaining"] == 0
    assert caller.errcode("mp", SUBSCRIBE, subscribe_body(openid)) == 43101


def test_a_deaf_callback_never_hurts_a_send(caller: Caller, callback: Callback) -> None:
    callback.statuses = [500] * 50
    one = caller.persona("official-1", follows_oa=True)
    assert caller.errcode("oa", TEMPLATE, template_body(one["oa_openid"])) == 0


def test_a_token_of_the_other_account_is_invalid(caller: Caller) -> None:
    mp = caller.fresh_token("mp")["access_token"]
    assert caller.errcode("oa", TEMPLATE, template_body("nobody"), access_token=mp) == 40001
    assert caller.errcode("oa", TEMPLATE, template_body("nobody"), access_token="") == 41001
    assert caller.errcode("oa", TEMPLATE, template_body("nobody"), access_token="short!") == 40014
    assert caller.errcode("oa", TEMPLATE, template_body("nobody"), access_token="88_" + "x" * 60) == 40001


def test_twenty_at_once_deliver_once(caller: Caller) -> None:
    body = template_body(caller.persona("official-1", follows_oa=True)["oa_openid"], client_msg_id="n-1")
    query = {"access_token": caller.fresh_token("oa")["access_token"]}
    with ThreadPoolExecutor(20) as pool:
        sends = [pool.submit(requests.post, f"{caller.url}/{TEMPLATE}", json=body, params=query) for _ in range(20)]
    assert len({send.result().json()["msgid"] for send in sends}) == 1
    assert len(outbox(caller)) == 1
