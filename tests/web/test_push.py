"""WeChat's callback: signed by wechatpy itself, in plain and AES mode, repeated, and by those who may not."""

from __future__ import annotations

from typing import Any

import pytest
import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner
from werkzeug.test import TestResponse

from app.domain.errors import NotNow, Reason
from app.domain.notification import Role
from app.services.people.accounts import invite
from dev.sandbox import events
from dev.sandbox.config import DEMO_AES_KEY
from tests.web.city import APPEAL, MP, OA, PUSH_TOKEN, City, picture

STAMP, NONCE, AT = "1795600000", "nonce1", 1795600000


def signature(*more: str, token: str = PUSH_TOKEN) -> str:
    signer = WeChatSigner()
    signer.add_data(token, STAMP, NONCE, *more)
    return str(signer.signature)


ARGS = {"signature": signature(), "timestamp": STAMP, "nonce": NONCE}


def plain(city: City, message: dict[str, Any], **args: str) -> TestResponse:
    return city.client.post("/wechat/push", query_string=ARGS | args, data=events.to_xml(message).encode())


def sealed(city: City, message: dict[str, Any], appid: str = OA) -> TestResponse:
    envelope = WeChatCrypto(PUSH_TOKEN, DEMO_AES_KEY, appid).encrypt_message(events.to_xml(message), NONCE, STAMP)
    signed = xmltodict.parse(envelope)["xml"]["MsgSignature"]
    args = ARGS | {"encrypt_type": "aes", "msg_signature": signed}
    return city.client.post("/wechat/push", query_string=args, data=envelope.encode())


def taken(answer: TestResponse) -> bool:
    return (answer.status_code, answer.data) == (200, b"success")


def test_the_echo(city: City) -> None:
    answer = city.client.get("/wechat/push", query_string=ARGS | {"echostr": "4711<b>"})
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "4711<b>", "text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "wrong", ["", "0" * 40, "签名", "\ud800", signature(token="guessed"), ARGS["signature"].upper()]
)
def test_a_bad_signature_moves_nothing(city: City, wrong: str) -> None:
    wrong = wrong.encode("utf-8", "replace").decode()
    message = events.follow_changed("oa-zhou", AT, follows=False)
    for answer in (
        city.client.get("/wechat/push", query_string=ARGS | {"signature": wrong, "echostr": "1"}),
        plain(city, message, signature=wrong),
        plain(city, message, encrypt_type="aes", msg_signature=wrong),
    ):
        assert answer.status_code == 403
        assert b"success" not in answer.data
    assert city.world.stores.accounts.get("zhou").follows_oa


def test_without_any_arguments(city: City) -> None:
    assert city.client.get("/wechat/push").status_code == 403
    assert city.client.post("/wechat/push", data=b"").status_code == 403


@pytest.mark.parametrize("send", [plain, sealed])
def test_following_joins_by_unionid(city: City, send: Any) -> None:
    city.world.login.unionids["oa-fan"] = "union-1"
    for _ in range(3):
        assert taken(send(city, events.follow_changed("oa-fan", AT, follows=True)))
    (fan,) = [a for a in city.world.stores.accounts.kept.values() if a.oa_openid == "oa-fan"]
    assert (fan.unionid, fan.follows_oa) == ("union-1", True)
    assert taken(send(city, events.follow_changed("oa-fan", AT + 1, follows=False)))
    assert not city.world.stores.accounts.get(fan.id).follows_oa


def test_a_scanned_invitation_binds_once(city: City) -> None:
    secret = invite(city.world, "roads", Role.STAFF)
    city.world.login.unionids["oa-fan"] = "union-1"
    for _ in range(2):
        assert taken(plain(city, events.scanned("oa-fan", AT, secret, "ticket", newly_following=True)))
    (fan,) = [a for a in city.world.stores.accounts.kept.values() if a.oa_openid == "oa-fan"]
    assert fan.posts(Role.STAFF) == {"roads"}
    assert taken(plain(city, events.scanned("oa-zhou", AT, "unknown-scene", "ticket", newly_following=False)))
    assert city.world.stores.accounts.get("zhou").posts() == {"education"}


def test_a_consent_is_counted_once_with_its_tap(city: City) -> None:
    resident = city.login("resident")
    stamp = int(city.world.clock.now().timestamp())
    for _ in range(3):
        assert taken(sealed(city, events.consent_popup("mp-resident", stamp, "t-1", "accept"), MP))
    assert resident.send("/api/subscriptions", {"results": {"t-1": "accept"}}) == {"left": {"t-1": 1}}


def test_a_checked_picture_lets_the_appeal_go(city: City) -> None:
    resident = city.login("resident")
    photos = [resident.upload(picture(40, height)).json["id"] for height in (20, 30)]
    appeal = resident.send("/api/appeals", APPEAL | {"photos": photos}, 201)
    states = []
    for trace in ("trace-1", "trace-1", "trace-2", "trace-2"):
        assert taken(sealed(city, events.media_checked("mp-resident", AT, MP, trace, "pass"), MP))
        states.append(resident.get(f"/api/appeals/{appeal['id']}").json["state"])
    assert states == ["submitted", "submitted", "assigned", "assigned"]


def test_a_picture_that_does_not_pass_waits_for_a_person(city: City) -> None:
    resident = city.login("resident")
    photo = resident.upload(picture()).json["id"]
    appeal = resident.send("/api/appeals", APPEAL | {"photos": [photo]}, 201)
    for suggest in ("risky", "pass"):
        assert taken(plain(city, events.media_checked("mp-resident", AT, MP, "trace-1", suggest)))
    assert resident.get(f"/api/appeals/{appeal['id']}").json["state"] == "submitted"


def test_a_failed_message_raises_an_alert(city: City) -> None:
    message = events.template_job_finished("oa-zhou", AT, 77) | {"Status": "failed:user block"}
    assert taken(plain(city, message))
    assert list(city.world.alerts.names) == ["template_not_delivered"]


def test_what_we_do_not_know_is_taken_note_of(city: City) -> None:
    assert taken(plain(city, events.text_message("oa", "oa-zhou", AT, 1, "你好")))


@pytest.mark.parametrize("send", [plain, sealed])
def test_with_the_database_away_wechat_is_asked_to_repeat(city: City, send: Any) -> None:
    city.world.stores.outage.away = True
    answer = send(city, events.follow_changed("oa-zhou", AT, follows=False))
    assert answer.status_code == 503
    assert b"success" not in answer.data
    city.world.stores.outage.away = False
    assert taken(send(city, events.follow_changed("oa-zhou", AT, follows=False)))
    assert not city.world.stores.accounts.get("zhou").follows_oa


def test_with_wechat_itself_away_it_is_asked_to_repeat(city: City) -> None:
    city.world.login.failure = NotNow(Reason.WECHAT_AWAY)
    assert plain(city, events.follow_changed("oa-fan", AT, follows=True)).status_code == 503


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", b"<xml>", b"{", b"[" * 60_000, b'{"a":' * 20_000, b"<xml>" * 20_000, b"x" * 70_000,
     b'<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>', b'{"FromUserName":"\\ud800","CreateTime":1}'],
)  # fmt: skip
def test_signed_rubbish_is_refused_or_taken_but_never_breaks(city: City, body: bytes) -> None:
    answer = city.client.post("/wechat/push", query_string=ARGS, data=body)
    assert answer.status_code in {200, 403}
