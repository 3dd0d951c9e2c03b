"""The client: tokens shared and renewed once, addresses rewritten, nothing secret in what can be logged."""

from __future__ import annotations

import logging
import os
import ssl
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import requests
import urllib3.exceptions as u3

from app.wechat.client import AccountClient
from app.wechat.content import WeChatContentCheck
from app.wechat.errors import WeChatError, WeChatUnreachable, from_network
from app.wechat.http import OFFICIAL_BASE, Http, check_base
from app.wechat.login import WeChatIdentities
from app.wechat.messenger import WeChatMessenger
from tests.fakes.tokens import MemoryTokens

from .conftest import ClientMaker
from .test_messenger import send
from .world import MP, OA, TEMPLATE_IDS, FakeAlerts, FakeClock, WeChat, shown

TOKEN = "/cgi-bin/stable_token"
USER_INFO = "/cgi-bin/user/info"
TEXT = "不可外传的话"


def followers_unionid(client: AccountClient, openid: str) -> str:
    return str(client.get_json(USER_INFO, {"openid": openid})["unionid"])


@pytest.fixture
def openid(wechat: WeChat) -> str:
    return wechat.persona("official-1")["oa_openid"]


def test_two_clients_share_one_token(wechat: WeChat, client: ClientMaker, openid: str) -> None:
    first, second = client(), client()
    assert followers_unionid(first, openid) == followers_unionid(second, openid)
    assert len(wechat.asked(TOKEN)) == 1


def test_each_account_has_its_own_token(wechat: WeChat, client: ClientMaker) -> None:
    assert client(MP).access_token != client(OA).access_token


def test_a_token_is_renewed_in_its_last_five_minutes(wechat: WeChat, client: ClientMaker, clock: FakeClock) -> None:
    assert client().access_token
    clock.advance(seconds=7200 - 310)
    assert client().access_token
    assert len(wechat.asked(TOKEN)) == 1
    clock.advance(seconds=20)
    assert client().access_token
    assert [body["force_refresh"] for body in wechat.asked(TOKEN)] == [False, False]


def test_an_expired_token_is_renewed_without_force(wechat: WeChat, client: ClientMaker, openid: str) -> None:
    one = client()
    assert followers_unionid(one, openid)
    wechat.control("/token/expire")
    assert followers_unionid(one, openid)
    assert [body["force_refresh"] for body in wechat.asked(TOKEN)] == [False, False]
    assert len(wechat.asked(USER_INFO)) == 3


def test_a_spoilt_token_is_renewed_with_force_when_wechat_insists_on_it(wechat: WeChat, client: ClientMaker) -> None:
    wechat.fault(USER_INFO, errcode=40001, times=1)
    openid = wechat.persona("official-1")["oa_openid"]
    assert followers_unionid(client(), openid)
    assert [body["force_refresh"] for body in wechat.asked(TOKEN)] == [False, False, True]


def test_a_malformed_token_in_the_storage_is_replaced(
    client: ClientMaker, tokens: MemoryTokens, clock: FakeClock, openid: str
) -> None:
    key = f"{OA.appid}_access_token"
    tokens.set(key, "spoilt", clock.now() + timedelta(hours=1))
    assert followers_unionid(client(), openid)
    kept = tokens.get(key)
    assert kept and kept[0] != "spoilt"


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_lasting_token_error_stands_after_one_repetition(code: int, wechat: WeChat, client: ClientMaker) -> None:
    wechat.fault(USER_INFO, errcode=code)
    with pytest.raises(WeChatError) as caught:
        client().get_json(USER_INFO, {"openid": "o1"})
    assert caught.value.errcode == code
    assert len(wechat.asked(USER_INFO)) == 2


def test_who_comes_second_takes_the_token_that_was_renewed(wechat: WeChat, client: ClientMaker, openid: str) -> None:
    one = client()
    assert followers_unionid(one, openid)
    wechat.control("/token/expire")
    with ThreadPoolExecutor(6) as threads:
        assert len(set(threads.map(lambda _: followers_unionid(one, openid), range(6)))) == 1
    assert len(wechat.asked(TOKEN)) == 2


def test_wechatpys_own_helpers_go_to_the_configured_base(wechat: WeChat, client: ClientMaker) -> None:
    scene = {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "bind-1"}}}
    assert client().qrcode.create(scene)["ticket"]
    picture = client(MP).wxa.get_wxa_code_unlimited("p1", page="pages/index/index")
    assert picture.content.startswith(b"\x89PNG")


def test_no_token_goes_to_another_host(client: ClientMaker) -> None:
    for address in ("https://file.api.weixin.qq.com/cgi-bin/media/get", "https://api.weixin.qq.com.example/x"):
        with pytest.raises(ValueError, match="only api"):
            client().get(address)


@pytest.mark.parametrize("answer", [b"[]", b"null", b'{"errcode": "x"}', b'{"errcode": null}', b"", b"\xff"])
def test_what_is_no_json_object_is_no_answer(answer: bytes, client: ClientMaker) -> None:
    response = requests.Response()
    response._content = answer
    with pytest.raises(WeChatUnreachable) as caught:
        client()._decode_result(response)
    assert caught.value.sent_maybe


def test_production_speaks_to_wechat_only() -> None:
    assert check_base(OFFICIAL_BASE + "/", production=True) == OFFICIAL_BASE
    for base in ("http://127.0.0.1:8001", "http://api.weixin.qq.com", "https://api.weixin.qq.com.example", ""):
        with pytest.raises(ValueError, match="WeChat"):
            check_base(base, production=True)


def test_elsewhere_the_stand_in_may_only_be_on_this_machine() -> None:
    for base in ("http://127.0.0.1:8001", "http://localhost:8001/", "http://[::1]:8001", OFFICIAL_BASE):
        assert check_base(base, production=False) == base.rstrip("/")
    for base in ("http://10.0.0.1:8001", "ftp://127.0.0.1", "127.0.0.1:8001", "http://127.0.0.1@evil.example"):
        with pytest.raises(ValueError, match="WeChat"):
            check_base(base, production=False)


def _gave_up(reason: Exception) -> u3.MaxRetryError:
    return u3.MaxRetryError(None, "/cgi-bin?access_token=t", reason)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "sent_maybe"),
    [
        (requests.ConnectTimeout(_gave_up(u3.ConnectTimeoutError())), False),
        (requests.ConnectionError(_gave_up(u3.NameResolutionError("h", None, OSError()))), False),  # type: ignore[arg-type]
        (requests.exceptions.ProxyError(_gave_up(u3.ProxyError("no", OSError()))), False),
        (requests.exceptions.SSLError(_gave_up(u3.SSLError(ssl.SSLCertVerificationError()))), False),
        (requests.exceptions.SSLError(_gave_up(u3.SSLError(ssl.SSLEOFError()))), True),
        (requests.ReadTimeout(), True),
        (requests.ConnectionError(u3.ProtocolError("aborted", ConnectionResetError())), True),
        (requests.exceptions.ChunkedEncodingError(), True),
        (OSError("anything"), True),
    ],
)
def test_what_surely_never_left_is_told_from_the_rest(error: OSError, sent_maybe: bool) -> None:
    assert from_network(error).sent_maybe is sent_maybe


def test_each_process_has_its_own_connections(wechat: WeChat, http: Http) -> None:
    mine = http.session
    assert http.session is mine
    child = os.fork()
    if child == 0:
        os._exit(0 if http.session is not mine else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    http.close()
    assert http.session is not mine


@pytest.mark.parametrize(
    "effect", [{"errcode": 40003}, {"errcode": 40001}, {"drop": True}, {"html": True}, {"http": 500}]
)
@pytest.mark.parametrize("path", ["/cgi-bin", "/cgi-bin/user", "/sns", "/wxa"])
def test_nothing_secret_can_be_logged(
    path: str, effect: dict[str, object], wechat: WeChat, client: ClientMaker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    person, alerts = wechat.persona("official-1"), FakeAlerts()
    mp, oa, code = client(MP), client(OA), str(wechat.control("/code", {"persona": "official-1"})["code"])
    secrets = [MP.secret, OA.secret, mp.access_token, oa.access_token, code, TEXT]
    secrets += [person[name] for name in ("mp_openid", "oa_openid", "unionid")]
    wechat.fault(path, **effect)
    login, check = WeChatIdentities(mp, oa, alerts), WeChatContentCheck(mp, alerts)
    attempts: list[Callable[[], object]] = [
        lambda: oa.get_json(USER_INFO, {"openid": person["oa_openid"]}),
        lambda: mp.post_json("/wxa/msg_sec_check", {"openid": person["mp_openid"], "content": TEXT}),
        lambda: login.identify(code),
        lambda: login.unionid_of(person["oa_openid"]),
        lambda: check.text(person["mp_openid"], TEXT),
        lambda: send(WeChatMessenger(mp, oa, TEMPLATE_IDS, alerts), person["oa_openid"]),
    ]
    said = [repr(client(MP)), repr(MP), repr(alerts)]
    for attempt in attempts:
        try:
            attempt()
        except Exception as error:
            said += [shown(error), *traceback.format_exception(error)]
            logging.getLogger("test").exception("it failed")
    said += [record.getMessage() + caplog.text for record in caplog.records]
    assert [secret for secret in secrets if secret in "\n".join(said)] == []
