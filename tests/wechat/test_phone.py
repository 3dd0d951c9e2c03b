"""The number behind the getPhoneNumber button."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.errors import InvalidInput, NotNow, Reason, Refusal
from app.wechat.phone import PATH, WeChatPhones

from .conftest import ClientMaker
from .world import MP, FakeAlerts, WeChat, shown


@pytest.fixture
def phones(client: ClientMaker, alerts: FakeAlerts) -> WeChatPhones:
    return WeChatPhones(client(MP), alerts)


def new_code(wechat: WeChat) -> str:
    wechat.persona("resident-1")
    return str(wechat.control("/phone_code", {"persona": "resident-1"})["code"])


def test_a_code_tells_the_number_and_only_that_is_asked(wechat: WeChat, phones: WeChatPhones) -> None:
    code = new_code(wechat)
    (person,) = wechat.control("/personas", method="GET")["items"]
    assert phones.phone_of(code) == person["phone"]
    assert wechat.asked(PATH) == [{"code": code}]


def test_a_code_serves_once_for_five_minutes(wechat: WeChat, phones: WeChatPhones, alerts: FakeAlerts) -> None:
    used, old = new_code(wechat), new_code(wechat)
    phones.phone_of(used)
    wechat.control("/clock/advance", {"seconds": 301})
    for bad in (used, old, "never-issued"):
        with pytest.raises(InvalidInput) as caught:
            phones.phone_of(bad)
        assert caught.value.reason is Reason.PHONE_CODE_INVALID
        assert bad not in shown(caught.value)
    assert alerts.raised == []


@pytest.mark.parametrize(
    ("effect", "alerted"),
    [
        ({"errcode": -1}, False),
        ({"errcode": 45011}, False),
        ({"drop": True}, False),
        ({"html": True}, False),
        ({"http": 502}, False),
        ({"errcode": 48001}, True),
        ({"errcode": 99999}, True),
    ],
)
def test_otherwise_it_is_not_now_and_the_code_is_not_tried_again(
    effect: dict[str, object], alerted: bool, wechat: WeChat, phones: WeChatPhones, alerts: FakeAlerts
) -> None:
    code = new_code(wechat)
    wechat.fault(PATH, **effect)
    with pytest.raises(Refusal) as caught:
        phones.phone_of(code)
    assert isinstance(caught.value, NotNow)
    assert (caught.value.reason, caught.value.detail) == (Reason.WECHAT_AWAY, {"retry_after": 5})
    assert [what for what, _ in alerts.raised] == ["wechat_phone_broken"] * alerted
    assert code not in shown(caught.value) + shown(alerts.raised)
    assert len(wechat.asked(PATH)) == 1


class Said:
    """A client that WeChat answers with this phone_info."""

    def __init__(self, info: object) -> None:
        self.info = info

    def post_json(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return {"errcode": 0, "phone_info": self.info}


@pytest.mark.parametrize(
    ("info", "phone"),
    [
        ({"purePhoneNumber": "13800138000", "phoneNumber": "13800138000", "countryCode": "86"}, "13800138000"),
        ({"purePhoneNumber": "13800138000", "countryCode": 86}, "13800138000"),
        ({"purePhoneNumber": "13800138000"}, "13800138000"),
        ({"purePhoneNumber": "91234567", "phoneNumber": "85291234567", "countryCode": "852"}, "+85291234567"),
        ({"purePhoneNumber": "2025550143", "countryCode": 1}, "+12025550143"),
    ],
)
def test_numbers_from_elsewhere_keep_their_country(info: object, phone: str, alerts: FakeAlerts) -> None:
    client: Any = Said(info)
    assert WeChatPhones(client, alerts).phone_of("code") == phone


NO_NUMBERS = (
    None,
    [],
    "13800138000",
    {},
    {"purePhoneNumber": ""},
    {"purePhoneNumber": "<b>1</b>", "countryCode": "86"},
    {"purePhoneNumber": "13800138000", "countryCode": "x"},
    {"purePhoneNumber": "1" * 30},
)


@pytest.mark.parametrize("info", NO_NUMBERS)
def test_an_answer_without_a_number_is_none(info: object, alerts: FakeAlerts) -> None:
    client: Any = Said(info)
    with pytest.raises(NotNow):
        WeChatPhones(client, alerts).phone_of("code")
