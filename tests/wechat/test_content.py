"""Content safety: only a clear pass passes."""

from __future__ import annotations

import pytest

from app.services.ports.wechat import Verdict
from app.wechat.content import LONGEST_TEXT, OVERLAP, WeChatContentCheck, parts_of

from .conftest import ClientMaker
from .world import MP, FakeAlerts, WeChat

TEXT_CHECK = "/wxa/msg_sec_check"
MEDIA_CHECK = "/wxa/media_check_async"


@pytest.fixture
def check(client: ClientMaker, alerts: FakeAlerts) -> WeChatContentCheck:
    return WeChatContentCheck(client(MP), alerts)


@pytest.fixture
def openid(wechat: WeChat) -> str:
    return wechat.persona("resident-1")["mp_openid"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("路灯坏了三天", Verdict.PASS),
        ("含违禁词示例", Verdict.REVIEW),
        ("待人工示例", Verdict.REVIEW),
        ("半个字符\ud800", Verdict.PASS),
        ("灯" * 2600, Verdict.PASS),
        ("灯" * 2497 + "违禁词示例", Verdict.REVIEW),
        ("灯" * 6000 + "违禁词示例", Verdict.REVIEW),
    ],
)
def test_texts_are_judged_in_full(text: str, verdict: Verdict, check: WeChatContentCheck, openid: str) -> None:
    assert check.text(openid, text) is verdict


def test_a_blank_text_has_nothing_to_check(check: WeChatContentCheck, wechat: WeChat) -> None:
    assert check.text("o1", " \n") is Verdict.PASS
    assert wechat.calls == []


@pytest.mark.parametrize("length", [1, 49, 50, 51, 2499, 2500, 2501, 4950, 4951, 10000])
def test_parts_cover_the_text(length: int) -> None:
    text = "".join(chr(0x4E00 + number % 5000) for number in range(length))
    first, *others = parts_of(text)
    assert first + "".join(part[OVERLAP:] for part in others) == text
    assert all(len(part) <= LONGEST_TEXT for part in (first, *others))
    assert all(len(part) > OVERLAP for part in others)


@pytest.mark.parametrize(
    ("effect", "alerted"),
    [
        ({"errcode": 61010}, False),
        ({"errcode": -1}, False),
        ({"errcode": 45009}, False),
        ({"errcode": 48001}, True),
        ({"errcode": 99999}, True),
        ({"errcode": 0, "html": True}, False),
        ({"drop": True}, False),
        ({"http": 500}, False),
    ],
)
def test_every_failure_is_for_a_person(
    effect: dict[str, object],
    alerted: bool,
    check: WeChatContentCheck,
    wechat: WeChat,
    alerts: FakeAlerts,
    openid: str,
) -> None:
    wechat.fault("/wxa", **effect)
    assert check.text(openid, "路灯坏了") is Verdict.REVIEW
    assert check.picture(openid, "https://example.com/p.jpg") is None
    assert bool(alerts.raised) is alerted


def test_an_unknown_user_is_for_a_person(check: WeChatContentCheck) -> None:
    assert check.text("o-nobody", "路灯坏了") is Verdict.REVIEW


def test_pictures_are_checked_later(check: WeChatContentCheck, wechat: WeChat, openid: str) -> None:
    assert check.picture(openid, "https://example.com/p.jpg")
    (body,) = wechat.asked(MEDIA_CHECK)
    assert (body["media_type"], body["version"], body["scene"]) == (2, 2, 2)
