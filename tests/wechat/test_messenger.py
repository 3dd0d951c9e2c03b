"""Messages: what arrives, and what becomes of one for every error code and every way a network can fail."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.notification import Channel, Fault, Occasion, Outcome, Refused, Retry, Sent
from app.services.ports.wechat import Message
from app.wechat.client import WeChatAccount
from app.wechat.codes import ROWS
from app.wechat.http import Http
from app.wechat.messenger import WeChatMessenger, client_msg_id
from app.wechat.templates import DIGEST

from .conftest import ClientMaker
from .world import MP, OA, TEMPLATE_IDS, FakeAlerts, WeChat

TEMPLATE_SEND = "/cgi-bin/message/template/send"
SUBSCRIBE_SEND = "/cgi-bin/message/subscribe/send"
DUE = datetime(2026, 11, 24, 10, tzinfo=UTC)
PAGE = "official/appeal/index?id=a1"


def message(occasion: str = Occasion.ASSIGNED, page: str = PAGE, **facts: object) -> Message:
    known = {"code": "ZT26-7K3M", "title": "路灯坏了", "kind": "request", "state": "assigned", "due": DUE, "at": DUE}
    return Message(occasion, known | facts, page)


@pytest.fixture
def openid(wechat: WeChat) -> str:
    return wechat.persona("official-1")["oa_openid"]


def send(messenger: WeChatMessenger, openid: str, occasion: str = Occasion.ASSIGNED, key: str = "m1") -> Outcome:
    return messenger.send(Channel.TEMPLATE, openid, message(occasion), key)


def test_a_template_message_arrives(wechat: WeChat, messenger: WeChatMessenger, openid: str) -> None:
    outcome = send(messenger, openid)
    (arrived,) = wechat.outbox()
    assert outcome == Sent(str(arrived["msgid"]))
    assert arrived["template_id"] == "demo-oa-assigned"
    assert {key: field["value"] for key, field in arrived["data"].items()} == {
        "character_string1": "ZT26-7K3M",
        "thing2": "路灯坏了",
        "thing3": "求助",
        "time4": "2026年11月24日 18:00",
    }
    assert arrived["miniprogram"] == {"appid": MP.appid, "pagepath": PAGE}


def test_a_subscribe_message_arrives_and_uses_one_consent(wechat: WeChat, messenger: WeChatMessenger) -> None:
    openid = wechat.persona("resident-1")["mp_openid"]
    wechat.consent(openid, "demo-mp-progress")
    accepted = message(Occasion.ACCEPTED, "/pages/appeal/index?id=a1")
    assert isinstance(messenger.send(Channel.SUBSCRIBE, openid, accepted, "m1"), Sent)
    (arrived,) = wechat.outbox()
    assert arrived["page"] == "pages/appeal/index?id=a1"
    assert arrived["data"]["phrase3"]["value"] == "待联系"
    (body,) = wechat.asked(SUBSCRIBE_SEND)
    assert (body["miniprogram_state"], body["lang"]) == ("formal", "zh_CN")
    again = messenger.send(Channel.SUBSCRIBE, openid, accepted, "m2")
    assert isinstance(again, Refused) and again.fault is Fault.UNREACHABLE and again.error.startswith("43101")


def test_a_digest_arrives_on_both_channels(wechat: WeChat, messenger: WeChatMessenger, openid: str) -> None:
    digest = Message(DIGEST, {"count": 3, "overdue": 1, "text": "路灯坏了", "due": DUE}, PAGE)
    assert isinstance(messenger.send(Channel.TEMPLATE, openid, digest, "d1"), Sent)
    in_program = wechat.persona("official-1")["mp_openid"]
    wechat.consent(in_program, "demo-mp-todo")
    assert isinstance(messenger.send(Channel.SUBSCRIBE, in_program, digest, "d1"), Sent)
    first, second = (item["data"] for item in wechat.outbox())
    assert (first["number1"]["value"], first["number2"]["value"]) == ("3", "1")
    assert second["thing3"]["value"] == "待办3件，其中逾期1件"


def test_the_messenger_wants_every_template_id_and_a_known_state(client: ClientMaker, alerts: FakeAlerts) -> None:
    with pytest.raises(ValueError, match="oa_digest"):
        WeChatMessenger(client(MP), client(OA), TEMPLATE_IDS | {"oa_digest": ""}, alerts)
    with pytest.raises(ValueError, match="formal"):
        WeChatMessenger(client(MP), client(OA), TEMPLATE_IDS, alerts, program_state="beta")


def test_template_ids_are_those_the_ledger_counts_by(messenger: WeChatMessenger) -> None:
    assert messenger.template_id(Channel.SUBSCRIBE, Occasion.ANSWERED) == "demo-mp-answer"
    assert messenger.template_id(Channel.SUBSCRIBE, DIGEST) == "demo-mp-todo"
    with pytest.raises(ValueError, match="inbox"):
        messenger.template_id(Channel.INBOX, Occasion.ANSWERED)


def test_client_msg_ids_fit_wechats_limit() -> None:
    assert len(client_msg_id("a1:1:urge:answer:official:o1" * 9)) == 32
    assert client_msg_id("a") == client_msg_id("a") != client_msg_id("b")


TABLE: dict[int, tuple[Fault | None, bool]] = {
    -1: (None, False),
    45011: (None, False),
    40001: (Fault.CONFIGURATION, True),
    40014: (Fault.CONFIGURATION, True),
    42001: (Fault.CONFIGURATION, True),
    40013: (Fault.CONFIGURATION, True),
    40125: (Fault.CONFIGURATION, True),
    40164: (Fault.CONFIGURATION, True),
    48001: (Fault.CONFIGURATION, True),
    40003: (Fault.UNREACHABLE, False),
    43004: (Fault.UNREACHABLE, False),
    43101: (Fault.UNREACHABLE, False),
    43116: (Fault.TEMPLATE, True),
    40037: (Fault.OURS, True),
    41030: (Fault.OURS, True),
    47003: (Fault.OURS, True),
    45009: (Fault.QUOTA, False),
    40029: (Fault.OURS, True),
    40163: (Fault.OURS, True),
    40226: (Fault.OURS, True),
    61010: (Fault.OURS, True),
    99999: (Fault.OURS, True),
}


def test_the_table_has_every_code() -> None:
    assert set(ROWS) == set(TABLE) - {99999}


@pytest.mark.parametrize("code", TABLE)
def test_every_code_has_its_outcome(
    code: int, wechat: WeChat, messenger: WeChatMessenger, alerts: FakeAlerts, openid: str
) -> None:
    fault, alert = TABLE[code]
    wechat.fault(TEMPLATE_SEND, errcode=code)
    outcome = send(messenger, openid)
    if fault is None:
        assert isinstance(outcome, Retry) and not outcome.unknown
        assert outcome.after == (timedelta(minutes=1) if code == 45011 else None)
    else:
        assert isinstance(outcome, Refused) and outcome.fault is fault
    assert outcome.error.startswith(f"{code} ")
    assert [facts["errcode"] for _, facts in alerts.raised] == ([code] if alert else [])
    assert len(wechat.asked(TEMPLATE_SEND)) == (2 if code in (40001, 40014, 42001) else 1)
    assert wechat.outbox() == []


@pytest.mark.parametrize("effect", [{"drop": True}, {"html": True}, {"http": 500}, {"http": 503}])
@pytest.mark.parametrize("path", [TEMPLATE_SEND, SUBSCRIBE_SEND])
def test_without_a_proper_answer_it_is_unknown(
    effect: dict[str, object], path: str, wechat: WeChat, messenger: WeChatMessenger, alerts: FakeAlerts, openid: str
) -> None:
    wechat.fault(path, **effect)
    channel = Channel.TEMPLATE if path == TEMPLATE_SEND else Channel.SUBSCRIBE
    outcome = messenger.send(channel, openid, message(), "m1")
    assert isinstance(outcome, Retry) and outcome.unknown
    assert alerts.raised == []


def test_a_gateways_refusal_is_no_delivery(wechat: WeChat, messenger: WeChatMessenger, openid: str) -> None:
    wechat.fault(TEMPLATE_SEND, http=429)
    assert send(messenger, openid) == Retry("HTTP 429", unknown=False)


def test_delivered_then_dropped_is_unknown_and_the_repetition_arrives_once(
    wechat: WeChat, messenger: WeChatMessenger, openid: str
) -> None:
    wechat.fault(TEMPLATE_SEND, commit_then_drop=True, times=1)
    outcome = send(messenger, openid)
    assert isinstance(outcome, Retry) and outcome.unknown
    (arrived,) = wechat.outbox()
    assert send(messenger, openid) == Sent(str(arrived["msgid"]))
    assert len(wechat.outbox()) == 1


@pytest.fixture
def hurried(wechat: WeChat, client: ClientMaker, alerts: FakeAlerts) -> Iterator[WeChatMessenger]:
    pool = Http(wechat.url, timeouts=(1, 0.15))
    yield WeChatMessenger(client(MP, pool), client(OA, pool), TEMPLATE_IDS, alerts)
    pool.close()


def test_a_slow_answer_is_unknown(wechat: WeChat, client: ClientMaker, hurried: WeChatMessenger, openid: str) -> None:
    assert client().access_token
    wechat.fault(TEMPLATE_SEND, delay_ms=400, times=1)
    assert send(hurried, openid) == Retry("ReadTimeout", unknown=True)


@pytest.mark.parametrize("effect", [{"drop": True}, {"html": True}, {"http": 502}, {"errcode": -1}])
def test_without_a_token_nothing_was_sent(
    effect: dict[str, object], wechat: WeChat, messenger: WeChatMessenger, openid: str
) -> None:
    wechat.fault("/cgi-bin/stable_token", **effect)
    outcome = send(messenger, openid)
    assert isinstance(outcome, Retry) and not outcome.unknown


def test_a_refused_connection_sent_nothing(client: ClientMaker, alerts: FakeAlerts) -> None:
    with socket.socket() as taken:  # bound but not listening: nobody answers there
        taken.bind(("127.0.0.1", 0))
        pool = Http(f"http://127.0.0.1:{taken.getsockname()[1]}")
        nobody = WeChatMessenger(client(MP, pool), client(OA, pool), TEMPLATE_IDS, alerts)
        assert send(nobody, "o1") == Retry("access token: ConnectionError", unknown=False)
        pool.close()


def test_who_does_not_follow_or_exist_is_unreachable(wechat: WeChat, messenger: WeChatMessenger) -> None:
    stranger = wechat.persona("official-2", follows=False)["oa_openid"]
    for openid, code in ((stranger, "43004"), ("o-nobody", "40003")):
        outcome = send(messenger, openid)
        assert isinstance(outcome, Refused) and outcome.fault is Fault.UNREACHABLE and outcome.error.startswith(code)


@pytest.mark.parametrize(
    ("account", "code"),
    [(WeChatAccount("wx-unknown", "x"), "40013"), (WeChatAccount(OA.appid, "wrong"), "40125")],
)
def test_wrong_keys_are_a_matter_of_configuration(
    account: WeChatAccount, code: str, client: ClientMaker, alerts: FakeAlerts, openid: str
) -> None:
    outcome = send(WeChatMessenger(client(MP), client(account), TEMPLATE_IDS, alerts), openid)
    assert isinstance(outcome, Refused) and outcome.fault is Fault.CONFIGURATION and outcome.error.startswith(code)
    assert alerts.raised[0][0] == "wechat_refused_message"


def test_an_unknown_template_or_page_is_our_fault(client: ClientMaker, alerts: FakeAlerts, openid: str) -> None:
    unknown = WeChatMessenger(client(MP), client(OA), TEMPLATE_IDS | {"oa_assigned": "nothing"}, alerts)
    wrong_page = message(page="no such page")
    for outcome, code in (
        (send(unknown, openid), "40037"),
        (unknown.send(Channel.TEMPLATE, openid, message(Occasion.URGE, wrong_page.page), "m2"), "41030"),
    ):
        assert isinstance(outcome, Refused) and outcome.fault is Fault.OURS and outcome.error.startswith(code)
    assert [facts["template"] for _, facts in alerts.raised] == ["oa_assigned", "oa_reminder"]
