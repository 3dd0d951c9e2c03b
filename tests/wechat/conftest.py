"""The real client code against the sandbox over loopback HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from app.wechat.client import AccountClient, WeChatAccount
from app.wechat.http import Http
from app.wechat.messenger import WeChatMessenger
from app.wechat.token_store import TokenStorage
from dev.sandbox import SandboxServer, create_sandbox
from tests.fakes.tokens import MemoryTokens

from .world import CONFIG, MP, OA, TEMPLATE_IDS, FakeAlerts, FakeClock, WeChat


@pytest.fixture
def wechat() -> Iterator[WeChat]:
    app = create_sandbox(CONFIG)
    sandbox = WeChat(app)
    app.before_request_funcs.setdefault(None, []).insert(0, sandbox.record)
    with SandboxServer(app) as server:
        sandbox.url = server.url
        yield sandbox


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def alerts() -> FakeAlerts:
    return FakeAlerts()


@pytest.fixture
def tokens() -> MemoryTokens:
    return MemoryTokens()


@pytest.fixture
def http(wechat: WeChat) -> Iterator[Http]:
    pool = Http(wechat.url, timeouts=(1, 5))
    yield pool
    pool.close()


ClientMaker = Callable[..., AccountClient]


@pytest.fixture
def client(http: Http, tokens: TokenStorage, clock: FakeClock) -> ClientMaker:
    """Makes a client; by default of the Official Account, with the shared pool and tokens."""

    def make(account: WeChatAccount = OA, pool: Http = http, storage: TokenStorage = tokens) -> AccountClient:
        return AccountClient(account, pool, storage, clock)

    return make


@pytest.fixture
def messenger(client: ClientMaker, alerts: FakeAlerts) -> WeChatMessenger:
    return WeChatMessenger(client(MP), client(OA), TEMPLATE_IDS, alerts)
