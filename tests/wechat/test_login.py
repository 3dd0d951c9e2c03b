"""Logging in, and the unionid of a follower."""

from __future__ import annotations

import pytest

from app.domain.errors import InvalidInput, NotNow, NotPermitted, Reason, Refusal
from app.services.ports.wechat import Identity
from app.wechat.login import WeChatIdentities

from .conftest import ClientMaker
from .world import MP, OA, FakeAlerts, WeChat

JSCODE = "/sns/jscode2session"
USER_INFO = "/cgi-bin/user/info"


@pytest.fixture
def login(client: ClientMaker, alerts: FakeAlerts) -> WeChatIdentities:
    return WeChatIdentities(client(MP), client(OA), alerts)


def new_code(wechat: WeChat) -> str:
    return str(wechat.control("/code", {"persona": "resident-1"})["code"])


def test_a_code_tells_who_it_is_and_needs_no_token(wechat: WeChat, login: WeChatIdentities) -> None:
    person = wechat.persona("resident-1")
    assert login.identify(new_code(wechat)) == Identity(person["mp_openid"], person["unionid"])
    ((path, query),) = wechat.calls
    assert path == JSCODE and "access_token" not in query


def test_a_code_serves_once(wechat: WeChat, login: WeChatIdentities, alerts: FakeAlerts) -> None:
    wechat.persona("resident-1")
    code = new_code(wechat)
    login.identify(code)
    for bad in (code, "never-issued"):
        with pytest.raises(InvalidInput) as caught:
            login.identify(bad)
        assert caught.value.reason is Reason.LOGIN_CODE_INVALID
    assert alerts.raised == []


def test_a_high_risk_user_is_refused(wechat: WeChat, login: WeChatIdentities) -> None:
    wechat.fault(JSCODE, errcode=40226)
    with pytest.raises(NotPermitted) as caught:
        login.identify("any")
    assert caught.value.reason is Reason.LOGIN_REFUSED


@pytest.mark.parametrize(
    ("effect", "alerted"),
    [
        ({"errcode": -1}, False),
        ({"errcode": 45011}, False),
        ({"drop": True}, False),
        ({"html": True}, False),
        ({"http": 502}, False),
        ({"errcode": 40013}, True),
        ({"errcode": 40125}, True),
        ({"errcode": 40001}, True),
        ({"errcode": 48001}, True),
        ({"errcode": 99999}, True),
    ],
)
@pytest.mark.parametrize("path", [JSCODE, USER_INFO])
def test_otherwise_it_is_not_now(
    path: str, effect: dict[str, object], alerted: bool, wechat: WeChat, login: WeChatIdentities, alerts: FakeAlerts
) -> None:
    wechat.fault(path, **effect)
    with pytest.raises(Refusal) as caught:
        login.identify("any") if path == JSCODE else login.unionid_of("o1")
    assert isinstance(caught.value, NotNow)
    assert (caught.value.reason, caught.value.detail) == (Reason.WECHAT_AWAY, {"retry_after": 5})
    assert bool(alerts.raised) is alerted
    assert len(wechat.asked(JSCODE)) == (1 if path == JSCODE else 0)


def test_the_unionid_ties_a_follower_to_the_program(wechat: WeChat, login: WeChatIdentities) -> None:
    person = wechat.persona("official-1")
    assert login.unionid_of(person["oa_openid"]) == person["unionid"]
    assert login.unionid_of("o-nobody") == ""
