"""Somebody of the supervision office over HTTP, and what such a person sends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.domain.officer import OfficeRole
from app.services.messages.reminding import sweep
from app.services.officers.access import add_officer
from tests.web.city import Caller, City

PASSWORD = "correct horse battery"


ACTIONS: dict[str, dict[str, Any]] = {
    "assign": {"official_id": "roads"},
    "transfer": {"official_id": "roads", "reason": "属城管职责"},
    "reject": {"reason": "已进入诉讼程序", "proper_channel": "请向人民法院提出"},
    "extend": {},
    "refuse_extension": {"reason": "材料已经到货"},
    "urge": {},
    "conclude": {"explanation": "已电话说明并复核"},
    "reopen": {"reason": "答复与事实不符"},
    "sign_order": {},
    "suggest_interview": {"reason": "perfunctory", "text": "三件诉求答复雷同，已核实"},
    "decide_interview": {"interview": 1, "decision": "held", "text": "已约谈"},
    "confirm_rectified": {"interview": 1, "text": "路灯已修好"},
    "publish": {"title": "路灯", "body": "路灯不亮", "answer": "已修好"},
    "unpublish": {"reason": "含有个人信息"},
    "merge": {"parent_id": "nothing"},
    "set_about": {"official_ids": ["education"], "reason": "来电说明反映的是局长"},
}


def office(city: City, role: OfficeRole = OfficeRole.SUPERVISOR, unit: str = "市委督查室") -> Caller:
    """Somebody of the office, logged in."""
    name = f"{role.value}-{unit}"
    if city.world.stores.officers.by_username(name) is None:
        number = str(801 + len(city.world.stores.officers.all()))
        add_officer(city.world, name, "李督查", (role,), PASSWORD, number, unit)
    answer = city.client.post("/api/office/session", json={"username": name, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    assert answer.json["officer"]["roles"] == [role.value]
    return Caller(city.client, answer.json["token"])


def act(by: Caller, appeal: dict[str, Any], action: str, expected: int = 200, **body: Any) -> dict[str, Any]:
    return by.send(f"/api/office/appeals/{appeal['id']}/{action}", ACTIONS.get(action, {}) | body, expected)


def let_time_pass(city: City, **length: int) -> None:
    city.world.clock.advance(timedelta(**length))
    sweep(city.world)


def codes(by: Caller, desk: str) -> list[str]:
    return [item["code"] for item in by.get(f"/api/office/worklist?desk={desk}").json["items"]]


def act_read(by: Caller, appeal: dict[str, Any]) -> dict[str, Any]:
    answer = by.get(f"/api/office/appeals/{appeal['id']}")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json
    return shown
