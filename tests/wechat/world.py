"""What the tests of app/wechat stand on: accounts, a clock, alerts, and the sandbox with a record of its calls."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, request

from app.clock import SystemClock
from app.wechat.client import WeChatAccount
from app.wechat.templates import TEMPLATE_NAMES
from dev.sandbox import SandboxConfig

TEMPLATE_IDS = {name: f"demo-{name.replace('_', '-')}" for name in TEMPLATE_NAMES}
CONFIG = SandboxConfig(mp_secret="mp-secret-never-shown", oa_secret="oa-secret-never-shown")
MP = WeChatAccount(CONFIG.mp_appid, CONFIG.mp_secret)
OA = WeChatAccount(CONFIG.oa_appid, CONFIG.oa_secret)


class FakeClock:
    """Starts now, because the sandbox has its own time; moves only when told."""

    def __init__(self) -> None:
        self.moment = SystemClock().now()

    def now(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class FakeAlerts:
    raised: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def raise_alert(self, what: str, **facts: object) -> None:
        self.raised.append((what, facts))


@dataclass
class WeChat:
    """The sandbox, what it was asked, and its control."""

    app: Flask
    url: str = ""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def record(self) -> None:
        body = request.get_json(force=True, silent=True) if request.method == "POST" else dict(request.args)
        if not request.path.startswith("/__sandbox__"):
            self.calls.append((request.path, body or {}))

    def asked(self, path: str) -> list[dict[str, Any]]:
        return [body for called, body in self.calls if called == path]

    def control(self, path: str, body: object = None, method: str = "POST") -> Any:
        answer = self.app.test_client().open(f"/__sandbox__{path}", method=method, json=body)
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()

    def fault(self, path: str, **effect: object) -> None:
        self.control("/faults", [{"path": path, **effect}])

    def persona(self, name: str, follows: bool = True) -> dict[str, str]:
        return dict(self.control("/personas", {"name": name, "follows_oa": follows}))

    def consent(self, openid: str, template_id: str, times: int = 1) -> None:
        self.control("/consent", {"openid": openid, "template_id": template_id, "result": "accept", "times": times})

    def outbox(self) -> list[dict[str, Any]]:
        return list(self.control("/outbox", method="GET")["items"])


def shown(value: object) -> str:
    """Everything an outcome, exception or alert could bring into a log."""
    parts = [repr(value), str(value), json.dumps(getattr(value, "__dict__", {}), default=repr)]
    if isinstance(value, BaseException) and value.__context__ is not None:
        parts.append(shown(value.__context__))
    return " ".join(parts)
