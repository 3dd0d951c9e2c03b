"""People, time, restarts, and the real client against the sandbox."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from wechatpy import WeChatClient
from wechatpy.client.api import WeChatWxa

from dev.sandbox import SandboxConfig, SandboxServer, create_sandbox

from .conftest import Caller, subscribe_body, template_body


def test_the_same_name_is_the_same_person(caller: Caller) -> None:
    one = caller.persona("official-1", follows_oa=True)
    ids = [one["mp_openid"], one["oa_openid"], one["unionid"]]
    assert all(re.fullmatch(r"o[A-Za-z0-9_-]{27}", openid) for openid in ids)
    assert len(set(ids)) == 3
    assert caller.persona("official-1") == one
    assert caller.persona("official-1", follows_oa=False) == one | {"follows_oa": False}
    caller.control("POST", "reset", {})
    assert caller.control("GET", "personas") == {"items": []}
    assert caller.persona("official-1", follows_oa=True) == one
    (listed,) = caller.control("GET", "personas")["items"]
    who = {"name": "official-1", "label": "负责同志 1", "group": "负责同志", "about": ""}
    assert listed == one | who | {"phone": listed["phone"], "consents": {}}


def test_everybody_is_listed_in_order_with_a_phone_of_ones_own(caller: Caller) -> None:
    for name in ("resident-1", "记者", "official-10", "official-2", "official"):
        caller.persona(name, about=f"{name}，虚构")
    items = caller.control("GET", "personas")["items"]
    assert [(item["group"], item["label"]) for item in items] == [
        ("负责同志", "负责同志 2"),
        ("负责同志", "负责同志 10"),
        ("群众", "群众 1"),
        ("其他人", "official"),
        ("其他人", "记者"),
    ]
    assert {item["name"]: item["about"] for item in items}["记者"] == "记者，虚构"
    phones = {item["phone"] for item in items}
    assert len(phones) == 5 and all(re.fullmatch(r"154\d{8}", phone) for phone in phones)


def test_the_templates_for_the_sheet_of_consents(caller: Caller) -> None:
    items = caller.control("GET", "templates")["items"]
    asked = {item["id"]: item["title"] for item in items if item["kind"] == "subscribe"}
    assert asked["demo-mp-progress"] == "诉求进度通知" and len(asked) == 4
    assert {item["kind"] for item in items} == {"subscribe", "template"}
    assert items[0]["fields"]["thing2"] == "诉求标题"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("personas", {}, 400),
        ("personas", {"name": "x" * 65}, 400),
        ("personas", {"name": "a", "follows_oa": "yes"}, 400),
        ("personas", ["a"], 400),
        ("code", {"persona": "nobody"}, 404),
        ("phone_code", {"persona": "nobody"}, 404),
        ("follow", {"persona": "nobody"}, 404),
        ("consent", {"openid": "nobody", "template_id": "t", "result": "accept"}, 404),
        ("consent", {"openid": "nobody", "template_id": "t", "result": "maybe"}, 400),
        ("consent", {"openid": "nobody", "template_id": "t", "result": "accept", "times": -1}, 400),
        ("clock/advance", {}, 400),
        ("clock/advance", {"seconds": -1}, 400),
        ("clock/advance", {"seconds": True}, 400),
        ("clock/advance", {"seconds": 1e18}, 400),
        ("nothing", {}, 404),
    ],
)
def test_control_refusals(caller: Caller, path: str, body: Any, status: int) -> None:
    answer = requests.post(f"{caller.url}/__sandbox__/{path}", json=body)
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message"}


def test_outbox_can_be_cleared_in_part(caller: Caller) -> None:
    one, two = (caller.persona(name, follows_oa=True)["oa_openid"] for name in ("official-1", "official-2"))
    for openid in (one, two):
        caller.wechat("oa", "cgi-bin/message/template/send", template_body(openid))
    assert caller.control("DELETE", f"outbox?touser={one}") == {"deleted": 1}
    assert [item["touser"] for item in caller.control("GET", "outbox")["items"]] == [two]
    caller.control("GET", "outbox?kind=letter", status=400)


def test_other_sites_cannot_steer(caller: Caller) -> None:
    answer = requests.post(f"{caller.url}/__sandbox__/reset", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_the_clock_is_one_file_for_the_whole_demo(tmp_path: Path) -> None:
    with SandboxServer(create_sandbox(SandboxConfig(data_dir=tmp_path))) as server:
        caller = Caller(server.url, SandboxConfig())
        first = caller.control("GET", "clock")
        assert first["offset"] == 0
        assert isinstance(first["quiet"], bool) and first["next_morning"] > 0
        assert caller.control("POST", "clock/advance", {"seconds": 3600})["offset"] == 3600
        moved = caller.control("POST", "clock/advance", {"seconds": 0.4})
        assert moved["offset"] == 3601
        assert (tmp_path / "clock-offset").read_text() == "3601"
        assert abs(datetime.fromisoformat(moved["now"]).timestamp() - time.time() - 3601) < 5
        caller.control("POST", "reset", {})
        assert caller.control("GET", "clock")["offset"] == 3601
        caller.control("POST", "reset", {"clock": True})
        assert caller.control("GET", "clock")["offset"] == 0
        assert sorted(path.name for path in tmp_path.glob("clock*")) == ["clock-offset"]
        caller.session.close()


def start(data_dir: Path) -> tuple[subprocess.Popen[bytes], Caller]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = os.environ | {"SANDBOX_PORT": str(port), "DATA_DIR": str(data_dir), "PUSH_URL": "http://127.0.0.1:9/none"}
    process = subprocess.Popen([sys.executable, "-m", "dev.sandbox"], env=env, stderr=subprocess.DEVNULL)
    caller = Caller(f"http://127.0.0.1:{port}", SandboxConfig())
    for _ in range(100):
        try:
            caller.control("GET", "clock")
            return process, caller
        except requests.ConnectionError:
            time.sleep(0.05)
    raise AssertionError("the sandbox did not start")


def test_everything_survives_kill_9(tmp_path: Path) -> None:
    process, caller = start(tmp_path)
    one = caller.persona("official-1", follows_oa=True)
    caller.control("POST", "clock/advance", {"seconds": 60})
    body = template_body(one["oa_openid"], client_msg_id="n-1")
    first, token = caller.wechat("oa", "cgi-bin/message/template/send", body), caller.fresh_token("oa")["access_token"]
    agree = {"openid": one["mp_openid"], "template_id": "demo-mp-todo", "result": "accept"}
    caller.control("POST", "consent", agree)
    caller.control("POST", "faults", [{"path": "/wxa/", "errcode": -1}])
    code = caller.control("POST", "code", {"persona": "official-1"})["code"]
    before = caller.control("GET", "outbox")
    process.kill()
    process.wait()
    caller.session.close()

    process, caller = start(tmp_path)
    assert caller.control("GET", "outbox") == before
    assert caller.control("GET", "clock")["offset"] == 60
    assert caller.fresh_token("oa")["access_token"] == token
    assert caller.wechat("oa", "cgi-bin/message/template/send", body) == first
    assert caller.errcode("mp", "cgi-bin/message/subscribe/send", subscribe_body(one["mp_openid"])) == 0
    assert caller.errcode("mp", "wxa/generate_urllink", {}) == -1
    query = {"appid": "wxdemo0000000000mp", "secret": "demo-mp-secret", "grant_type": "authorization_code"}
    session = requests.get(f"{caller.url}/sns/jscode2session", params=query | {"js_code": code}).json()
    assert session["openid"] == one["mp_openid"]
    caller.session.close()
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def test_the_real_client_works_against_it(caller: Caller) -> None:
    class Wxa(WeChatWxa):
        API_BASE_URL = f"{caller.url}/"

    class Client(WeChatClient):
        API_BASE_URL = f"{caller.url}/cgi-bin/"
        wxa = Wxa()

        def fetch_access_token(self) -> Any:
            query = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret}
            return self._fetch_access_token(f"{caller.url}/cgi-bin/token", query)

    person = caller.persona("official-1", follows_oa=True)
    config = caller.config
    mp, oa = Client(config.mp_appid, config.mp_secret), Client(config.oa_appid, config.oa_secret)
    assert oa.post("message/template/send", data=template_body(person["oa_openid"]))["errcode"] == 0
    scene = {"expire_seconds": 60, "action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "b"}}}
    assert oa.qrcode.create(scene)["ticket"]
    assert oa.user.get(person["oa_openid"])["subscribe"] == 1
    assert oa.menu.create({"button": [{"type": "view", "name": "看", "url": "http://x"}]})["errcode"] == 0
    code = caller.control("POST", "code", {"persona": "official-1"})["code"]
    assert mp.wxa.code_to_session(code)["openid"] == person["mp_openid"]
    assert mp.wxa.get_wxa_code_unlimited("o=1").content.startswith(b"\x89PNG")
    mp._http.close()
    oa._http.close()


def test_settings_come_from_the_environment() -> None:
    config = SandboxConfig.from_env({"PORT": "9000", "DATA_DIR": ":memory:", "WECHAT_OA_TOKEN": "other"})
    assert config == SandboxConfig(push_url="http://127.0.0.1:9000/wechat/push", push_token="other")
    assert SandboxConfig.from_env({}).data_dir == Path("var")
