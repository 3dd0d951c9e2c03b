"""A sandbox per test: in memory and in process, or on a real port with a callback that listens."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from flask import Flask, Response, request
from werkzeug.serving import make_server

from dev.sandbox import SandboxConfig, SandboxServer, create_sandbox
from dev.sandbox.server import SilentHandler


@dataclass
class Push:
    """One push as the callback got it."""

    query: dict[str, str]
    body: str


@dataclass
class Callback:
    """A stand-in for /wechat/push: keeps what comes; answers with ``statuses`` in turn, then 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    pushes: queue.Queue[Push] = field(default_factory=queue.Queue)

    def next(self) -> Push:
        return self.pushes.get(timeout=5)


@pytest.fixture
def callback() -> Iterator[Callback]:
    seen, app = Callback(), Flask("callback")

    @app.post("/wechat/push")
    def take() -> Response:
        query = dict(parse_qsl(urlsplit(request.url).query))
        seen.pushes.put(Push(query, request.get_data(as_text=True)))
        return Response("success", seen.statuses.pop(0) if seen.statuses else 200)

    @app.get("/picture")
    def picture() -> Response:
        return Response(b"\x89PNG" + request.args["say"].encode())

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=SilentHandler)
    seen.url = f"http://127.0.0.1:{server.server_port}/wechat/push"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield seen
    server.shutdown()
    thread.join()
    server.server_close()


class Caller:
    """Speaks to a sandbox as the project's client does (wechat) and as a tester does (control)."""

    def __init__(self, url: str, config: SandboxConfig) -> None:
        self.url, self.config = url, config
        self.session = requests.Session()
        self.session.trust_env = False
        self._tokens: dict[str, str] = {}

    def control(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = self.session.request(method, f"{self.url}/__sandbox__/{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def persona(self, name: str, **extra: Any) -> Any:
        return self.control("POST", "personas", {"name": name, **extra})

    def fresh_token(self, account: str, **extra: Any) -> Any:
        appid = self.config.mp_appid if account == "mp" else self.config.oa_appid
        secret = self.config.mp_secret if account == "mp" else self.config.oa_secret
        body = {"grant_type": "client_credential", "appid": appid, "secret": secret, **extra}
        return self.session.post(f"{self.url}/cgi-bin/stable_token", json=body).json()

    def wechat(self, account: str, path: str, body: Any = None, **query: str) -> Any:
        answer = self.raw(account, path, body, **query)
        assert answer.status_code == 200
        return answer.json()

    def raw(self, account: str, path: str, body: Any = None, **query: str) -> requests.Response:
        if "access_token" not in query:
            if account not in self._tokens:
                self._tokens[account] = self.fresh_token(account)["access_token"]
            query = {"access_token": self._tokens[account], **query}
        return self.session.request("GET" if body is None else "POST", f"{self.url}/{path}", json=body, params=query)

    def errcode(self, account: str, path: str, body: Any = None, **query: str) -> Any:
        answer = self.wechat(account, path, body, **query)
        assert answer.get("errcode", 0) == 0 or " rid: " in answer["errmsg"]
        return answer.get("errcode", 0)


@pytest.fixture
def config(callback: Callback) -> SandboxConfig:
    return SandboxConfig(push_url=callback.url, push_retry_pause=0.01, media_check_delay=0.01)


@pytest.fixture
def caller(config: SandboxConfig) -> Iterator[Caller]:
    with SandboxServer(create_sandbox(config)) as server:
        one = Caller(server.url, config)
        yield one
        one.session.close()


ASSIGNED = {
    "character_string1": {"value": "SQ-7KQ2"},
    "thing2": {"value": "小区路灯不亮"},
    "thing3": {"value": "求助"},
    "time4": {"value": "2025年11月23日 18:00"},
}


def template_body(touser: str, /, **extra: Any) -> dict[str, Any]:
    """A template message that WeChat would deliver to a follower."""
    return {"touser": touser, "template_id": "demo-oa-assigned", "data": ASSIGNED, **extra}


def subscribe_body(touser: str, /, **extra: Any) -> dict[str, Any]:
    """A subscribe message that WeChat would deliver to somebody who agreed."""
    return {"touser": touser, "template_id": "demo-mp-todo", "data": ASSIGNED, "page": "pages/appeal?id=1", **extra}
