"""The small city of tests/services behind the real web application: who logs in there, and what they send."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.services.messages.pushes import PushDesk
from app.services.ports.wechat import Identity
from app.services.rosters.directory import Directory
from app.services.world import World
from app.web.factory import create_app
from app.web.http import Services
from app.wechat.push import WeChatPushDesk
from app.wechat.push_envelope import PushSettings
from dev.sandbox.config import DEMO_AES_KEY
from tests.services.factories import a_world

OA, MP = "wxoa0000000000test", "wxmp0000000000test"
PUSH_TOKEN = "push-token"
PUSH_SETTINGS = PushSettings(PUSH_TOKEN, DEMO_AES_KEY, (OA, MP))

APPEAL: dict[str, Any] = {
    "official_id": "education",
    "kind": "request",
    "title": "小区门口没有路灯",
    "body": "晚上孩子放学看不见路，请尽快安装。",
    "phone": "13800138000",
    "place": "谯城区和平路 12 号",
}


@dataclass(frozen=True)
class Caller:
    """Somebody with a token, or with an empty one nobody."""

    client: FlaskClient
    token: str = ""

    def ask(self, method: str, path: str, key: str = "", headers: dict[str, str] | None = None, **more: Any) -> Any:
        """The answer to any request; `key` is its Idempotency-Key."""
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        sent |= {"Idempotency-Key": key} if key else {}
        return self.client.open(path, method=method, headers=sent | (headers or {}), **more)

    def get(self, path: str, **more: Any) -> TestResponse:
        answer: TestResponse = self.ask("GET", path, **more)
        return answer

    def post(self, path: str, body: Any = None, key: str = "", **more: Any) -> TestResponse:
        answer: TestResponse = self.ask("POST", path, key, json={} if body is None else body, **more)
        return answer

    def send(self, path: str, body: Any = None, expected: int = 200, key: str = "") -> dict[str, Any]:
        """What a POST that has to work was answered with."""
        answer = self.post(path, body, key)
        assert answer.status_code == expected, answer.text
        said: dict[str, Any] = answer.json
        return said

    def upload(self, data: bytes, name: str = "p.png", media_type: str = "image/png", key: str = "") -> TestResponse:
        part = FileStorage(io.BytesIO(data), name, content_type=media_type)
        boundary, body = encode_multipart({"file": part})
        kind = f'multipart/form-data; boundary="{boundary}"'
        answer: TestResponse = self.ask("POST", "/api/uploads", key, data=body, content_type=kind)
        return answer


class City:
    """`app` serves `world`, whose stores, clock and WeChat are the fakes."""

    def __init__(
        self,
        world: World | None = None,
        push_desk: PushDesk | None = None,
        requests_per_minute: int = 1_000_000,
        trusted_proxies: int = 0,
    ) -> None:
        self.world: Any = world or a_world()
        services = Services(self.world, Directory(self.world), push_desk or WeChatPushDesk(PUSH_SETTINGS))
        self.app: Flask = create_app(services, requests_per_minute, trusted_proxies)
        self.client = self.app.test_client()
        self.nobody = Caller(self.client)

    def login(self, account: str) -> Caller:
        """Through POST /api/session, as that account of the city or, when unknown, as a new person."""
        self.world.login.codes[f"code-{account}"] = Identity(f"mp-{account}")
        answer = self.client.post("/api/session", json={"code": f"code-{account}"})
        assert answer.status_code == 200, answer.text
        return Caller(self.client, answer.json["token"])

    def submit(self, by: str = "resident", **fields: Any) -> dict[str, Any]:
        """A new appeal as its resident was shown it."""
        return self.login(by).send("/api/appeals", APPEAL | fields, 201)

    def act(self, by: str, appeal: dict[str, Any], action: str, body: Any = None, expected: int = 200) -> Any:
        """What the action was answered with; residents and officials have their own paths."""
        side = "/api/appeals" if action in RESIDENT_ACTIONS else "/api/official/appeals"
        return self.login(by).send(f"{side}/{appeal['id']}/{action}", body, expected)

    def answered(self, **fields: Any) -> dict[str, Any]:
        """An appeal that 周文清 has answered."""
        appeal = self.submit(**fields)
        self.act("zhou", appeal, "log_contact", {"outcome": "in_person"})
        answered: dict[str, Any] = self.act("zhou", appeal, "answer", ANSWER)
        return answered


RESIDENT_ACTIONS = ("supplement", "urge", "rate", "reopen", "withdraw")
ANSWER = {"text": "路灯已于今天下午安装完毕，请您查看。", "outcome": "solved"}
RATING = {"resolution": "unresolved", "satisfaction": "dissatisfied", "comment": "灯还是不亮"}
OFFICIAL_BODIES: dict[str, dict[str, Any]] = {
    "sign": {},
    "quick_reply": {"template": "meeting"},
    "log_contact": {"outcome": "in_person"},
    "answer": ANSWER,
    "request_supplement": {"question": "请问是几号楼？"},
    "request_extension": {"workdays": 3, "reason": "等待采购灯具"},
    "hand_back": {"reason": "不属教育局职责"},
    "transfer": {"official_id": "roads", "reason": "路灯属城管局职责"},
}
RESIDENT_BODIES: dict[str, dict[str, Any]] = {
    "supplement": {"text": "在三号楼前"},
    "urge": {},
    "rate": RATING,
    "reopen": {"reason": "灯还是不亮"},
    "withdraw": {},
}


def picture(width: int = 40, height: int = 30, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(out, kind, **options)
    return out.getvalue()
