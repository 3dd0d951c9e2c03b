"""Pushes: signed and sealed by wechatpy, by the sandbox, and by somebody who should not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from app.services.messages.pushes import Push, PushKind, PushRefused
from app.wechat.push import WeChatPushDesk, read_push
from app.wechat.push_envelope import LARGEST_BODY, BadPush, BadSignature, PushSettings, read_echo
from dev.sandbox import events
from dev.sandbox.config import DEMO_AES_KEY

from .world import MP, OA

SETTINGS = PushSettings("push-token", DEMO_AES_KEY, (OA.appid, MP.appid))
AT = 1795600000
OPENID = "oPerson-1"


def signed(*more: str, token: str = "push-token") -> str:
    signer = WeChatSigner()
    signer.add_data(token, "1795600000", "nonce1", *more)
    return str(signer.signature)


def plain(body: str, **args: str) -> tuple[dict[str, str], bytes]:
    return {"signature": signed(), "timestamp": "1795600000", "nonce": "nonce1"} | args, body.encode()


def sealed(body: str, appid: str = OA.appid, as_json: bool = False) -> tuple[dict[str, str], bytes]:
    crypto = WeChatCrypto("push-token", DEMO_AES_KEY, appid)
    envelope = crypto.encrypt_message(body, "nonce1", "1795600000")
    inside = xmltodict.parse(envelope)["xml"]
    args, _ = plain("", encrypt_type="aes", msg_signature=inside["MsgSignature"])
    return args, json.dumps({"ToUserName": "gh_1", "Encrypt": inside["Encrypt"]}).encode() if as_json else (
        envelope.encode()
    )


def read(message: Mapping[str, Any]) -> Push:
    """The message through all four ways, which must say the same."""
    xml, as_json = events.to_xml(message), json.dumps(message)
    ways = [plain(xml), plain(as_json), sealed(xml), sealed(as_json, MP.appid, as_json=True)]
    first, *others = [read_push(SETTINGS, *way) for way in ways]
    assert others == [first] * 3
    return first


def test_a_scan_of_our_code() -> None:
    push = read(events.scanned(OPENID, AT, "bind-1", "ticket", newly_following=False))
    assert (push.kind, push.openid, push.scene) == (PushKind.SCAN, OPENID, "bind-1")
    assert push.at == datetime.fromtimestamp(AT, UTC)


def test_following_by_our_code_and_without_one() -> None:
    push = read(events.scanned(OPENID, AT, "bind-1", "ticket", newly_following=True))
    assert (push.kind, push.scene) == (PushKind.SUBSCRIBE, "bind-1")
    assert (read(events.follow_changed(OPENID, AT, True)).kind, push.passed) == (PushKind.SUBSCRIBE, False)
    assert read(events.follow_changed(OPENID, AT, False)).kind is PushKind.UNSUBSCRIBE


def test_consents_one_or_several() -> None:
    assert read(events.consent_popup(OPENID, AT, "t1", "accept")).choices == (("t1", True),)
    listed = [{"TemplateId": "t1", "SubscribeStatusString": "accept", "PopupScene": "0"}]
    listed += [{"TemplateId": "t2", "SubscribeStatusString": "reject", "PopupScene": "0"}]
    wrapped = events.event("mp", OPENID, AT, "subscribe_msg_popup_event", SubscribeMsgPopupEvent={"List": listed})
    push = read(wrapped)
    assert (push.kind, push.choices) == (PushKind.CONSENT, (("t1", True), ("t2", False)))
    bare = events.event("mp", OPENID, AT, "subscribe_msg_popup_event", List=listed)
    assert read_push(SETTINGS, *plain(json.dumps(bare))).choices == push.choices


def test_a_finished_template_message() -> None:
    push = read(events.template_job_finished(OPENID, AT, 3000000000001))
    assert (push.kind, push.msgid, push.status) == (PushKind.TEMPLATE_FINISHED, "3000000000001", "success")


@pytest.mark.parametrize(
    ("suggest", "errcode", "passed"),
    [("pass", 0, True), ("review", 0, False), ("risky", 0, False), ("pass", -1008, False)],
)
def test_a_checked_picture(suggest: str, errcode: int, passed: bool) -> None:
    push = read(events.media_checked(OPENID, AT, MP.appid, "trace-1", suggest, errcode))
    assert (push.kind, push.trace_id, push.passed) == (PushKind.MEDIA_CHECKED, "trace-1", passed)


def test_is_valid_is_never_trusted() -> None:
    old = events.event("mp", OPENID, AT, "wxa_media_check", trace_id="trace-1", isrisky=0, is_valid=True, errcode=0)
    assert not read(old).passed


def test_what_we_do_not_know_is_other() -> None:
    assert read(events.text_message("oa", OPENID, AT, 77, "你好 <!DOCTYPE html>")).kind is PushKind.OTHER
    assert read(events.event("oa", OPENID, AT, "CLICK", EventKey="menu")).kind is PushKind.OTHER


def test_repetitions_share_a_key_and_nothing_else_does() -> None:
    messages = [
        events.follow_changed(OPENID, AT, True),
        events.follow_changed(OPENID, AT, False),
        events.follow_changed(OPENID, AT + 1, True),
        events.follow_changed("oPerson-2", AT, True),
        events.media_checked(OPENID, AT, MP.appid, "trace-1", "pass"),
        events.media_checked(OPENID, AT, MP.appid, "trace-2", "pass"),
        events.template_job_finished(OPENID, AT, 1),
        events.template_job_finished(OPENID, AT, 2),
        events.consent_popup(OPENID, AT, "t1", "accept"),
        events.consent_popup(OPENID, AT, "t2", "accept"),
        events.text_message("oa", OPENID, AT, 77, "a"),
        events.text_message("oa", OPENID, AT, 78, "a"),
    ]
    keys = [read(message).key for message in messages]
    assert len(set(keys)) == len(messages)
    assert keys == [read(message).key for message in messages]
    assert OPENID not in repr(read(messages[0]))


XML = events.to_xml(events.follow_changed(OPENID, AT, True))


@pytest.mark.parametrize("signature", ["", "0" * 40, "签名", signed(token="another")])
def test_a_bad_signature_is_refused(signature: str) -> None:
    args, body = plain(XML)
    with pytest.raises(BadSignature):
        read_push(SETTINGS, args | {"signature": signature}, body)
    with pytest.raises(BadSignature):
        read_echo(SETTINGS, args | {"signature": signature, "echostr": "1"})
    args, body = sealed(XML)
    with pytest.raises(BadSignature):
        read_push(SETTINGS, args | {"msg_signature": signature}, body)


def test_a_sealed_push_is_bound_to_its_body_and_to_our_accounts() -> None:
    args, _ = sealed(XML)
    with pytest.raises(BadSignature):
        read_push(SETTINGS, args, sealed(XML)[1])  # another encryption of the same
    with pytest.raises(BadSignature):
        read_push(SETTINGS, {}, XML.encode())
    with pytest.raises(BadSignature):
        read_push(SETTINGS, *sealed(XML, "wx-somebody-else"))
    with pytest.raises(BadPush):
        read_push(SETTINGS, args, XML.encode())


def test_with_aes_only_a_plain_push_is_refused() -> None:
    strict = replace(SETTINGS, aes_only=True)
    assert read_push(strict, *sealed(XML)).kind is PushKind.SUBSCRIBE
    with pytest.raises(BadSignature):
        read_push(strict, *plain(XML))


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    "body",
    [
        ENTITIES + XML,
        '<?xml version="1.0"?>' + ENTITIES + XML,
        '<!DOCTYPE xml SYSTEM "file:///etc/passwd">' + XML,
        "<!-- a comment -->" + ENTITIES + XML,
        XML.replace("<xml>", "<xml>&a;"),
        XML.replace("</xml>", ""),
        XML.replace(OPENID, ""),
        XML.replace(str(AT), "soon"),
        XML.replace(str(AT), "9" * 30),
        "<html></html>",
        "<xml>text</xml>",
        "",
        "[]",
        "{",
        '{"a":' + "[" * 50_000,
        '{"FromUserName": ["x"], "CreateTime": 1}',
    ],
)
def test_what_cannot_be_read_is_refused(body: str) -> None:
    for way in (plain(body), sealed(body)):
        with pytest.raises(BadPush):
            read_push(SETTINGS, *way)


def test_sizes_and_encodings_are_limited() -> None:
    for raw in (b" " * (LARGEST_BODY + 1), XML.encode("utf-16")):
        with pytest.raises(BadPush):
            read_push(SETTINGS, plain("")[0], raw)


def test_rubbish_signed_by_ourselves_cannot_be_decrypted() -> None:
    for rubbish in ("AAAA", "not base64!", "A" * 64):
        args = plain("", encrypt_type="aes", msg_signature=signed(rubbish))[0]
        with pytest.raises((BadPush, BadSignature)):
            read_push(SETTINGS, args, json.dumps({"Encrypt": rubbish}).encode())


def test_the_first_try_is_answered_with_its_echo() -> None:
    assert read_echo(SETTINGS, plain("", echostr="4711")[0]) == "4711"


def test_settings_that_let_everybody_in_are_refused() -> None:
    for wrong in ({"token": ""}, {"aes_key": "short"}, {"aes_key": "", "aes_only": True}):
        with pytest.raises(ValueError, match="message push"):
            replace(SETTINGS, **wrong)
    assert "push-token" not in repr(SETTINGS) and DEMO_AES_KEY not in repr(SETTINGS)


def test_the_desk_reads_echoes_and_refuses() -> None:
    desk = WeChatPushDesk(SETTINGS)
    assert desk.read(*sealed(XML)).kind is PushKind.SUBSCRIBE
    assert desk.echo(plain("", echostr="4711")[0]) == "4711"
    for attempt in (lambda: desk.echo({}), lambda: desk.read(plain("")[0], b"")):
        with pytest.raises(PushRefused):
            attempt()
