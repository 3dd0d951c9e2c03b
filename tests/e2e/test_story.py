"""The whole story over HTTP, with WeChat's stand-in: from the directory to the answer, and what happens without one."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests

from app.domain.notification import GATHERED_FOR
from app.domain.workday import BEIJING
from dev.stack import MONDAY, Person, Stack, until

pytestmark = pytest.mark.e2e

APPEAL = {"kind": "request", "title": "小区停水三天", "body": "谯城区幸福小区从周五起没有水，老人孩子都不方便。"}


def position_of(stack: Stack, official_id: str) -> int:
    directory = requests.get(f"{stack.api}/api/rosters/bozhou-81/directory", timeout=30).json()
    ids = [official["id"] for group in directory["groups"] for official in group["officials"]]
    assert len(ids) == 81
    assert len(directory["groups"]) == 3
    return ids.index(official_id) + 1


def submit(resident: Person, official_id: str, **changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = resident.post("/api/appeals", {"official_id": official_id, **APPEAL, **changes}, 201)
    return body


def test_an_appeal_reaches_its_official_and_the_answer_its_resident(stack: Stack) -> None:
    stack.go_to(MONDAY)
    resident = stack.person("resident-1")
    suggested = resident.post("/api/officials/suggest", {"text": "小区停水没人管", "roster": "bozhou-81"})["items"]
    official_id = suggested[0]["id"]
    official = stack.person(f"official-{position_of(stack, official_id)}")

    me = resident.get("/api/me")
    assert me["roles"] == ["resident"]
    consent = {"template_id": "demo-mp-answer", "result": "accept", "times": 1}
    persona = stack.control("personas", {"name": "resident-1"})
    stack.control("consent", {"openid": persona["mp_openid"], **consent})
    resident.post("/api/subscriptions", {"results": {"demo-mp-answer": "accept"}})

    appeal = submit(resident, official_id)
    assert appeal["state"] == "assigned"
    assert [deadline["kind"] for deadline in appeal["deadlines"]] == ["contact", "answer"]
    assert "次日起算" in appeal["deadlines"][1]["explanation"]

    message = until(lambda: stack.outbox(official.name))[0]
    assert message["template_id"] == "demo-oa-assigned"
    assert message["data"]["thing2"]["value"] == APPEAL["title"]
    assert appeal["id"] in message["miniprogram"]["pagepath"]

    inbox = official.get("/api/official/inbox")["items"]
    assert [item["id"] for item in inbox] == [appeal["id"]]
    act = f"/api/official/appeals/{appeal['id']}"
    assert official.post(f"{act}/sign", {})["state"] == "in_progress"
    official.post(f"{act}/log_contact", {"outcome": "called_back", "note": "电话里说明了情况"})
    answer = {"text": "管道已修好，今晚恢复供水。", "outcome": "solved"}
    answered = official.post(f"{act}/answer", answer, key="once")
    assert answered["state"] == "answered"
    assert official.post(f"{act}/answer", answer, key="once") == answered

    told = until(lambda: stack.outbox("resident-1", "subscribe"))
    assert [item["template_id"] for item in told] == ["demo-mp-answer"]
    seen = resident.get(f"/api/appeals/{appeal['id']}")
    assert seen["answers"][0]["text"] == answer["text"]
    assert {"rate", "reopen"} <= set(seen["actions"])
    rated = resident.post(f"/api/appeals/{appeal['id']}/rate", {"resolution": "resolved", "satisfaction": "satisfied"})
    assert rated["state"] == "concluded"
    assert stack.person("resident-2").request("GET", f"/api/appeals/{appeal['id']}").status_code == 404


def test_an_appeal_left_alone_is_reminded_urged_and_supervised_once_each(stack: Stack) -> None:
    stack.go_to(MONDAY)
    resident = stack.person("resident-1")
    official_id = "bozhou-81.bz-056"
    official, superior = "official-56", stack.person("official-15")
    appeal = submit(resident, official_id)
    until(lambda: stack.outbox(official))

    # Monday 10:00 + 3 days is due on Thursday 18:00. Nothing happens at night, and everything once.
    said = []
    for moment in (
        MONDAY + timedelta(days=1, hours=17),  # Wednesday 3:00: half the clock is gone, but it is night
        MONDAY + timedelta(days=2),
        MONDAY + timedelta(days=4),  # the day after
        MONDAY + timedelta(days=7),  # one workday later
        MONDAY + timedelta(days=16),
    ):
        stack.go_to(moment)
        settle(stack, resident, appeal["id"])
        said.append([item["data"]["thing3"]["value"] for item in stack.outbox(official)[1:]])
    reminder, urging = "提醒：联系期限将到，请抓紧", "催办：联系期限已过"
    assert said[0] == []
    assert said[1][-1] == reminder
    assert said[2][-1] == urging
    assert said[2] == said[3] == said[4]
    assert len(said[4]) == len(set(said[4]))
    assert [item["data"]["thing3"]["value"] for item in stack.outbox("official-15")] == [urging]

    seen = resident.get(f"/api/appeals/{appeal['id']}")
    rungs = [entry["outcome"] for entry in seen["timeline"] if entry["outcome"]]
    assert rungs.count("contact urge") == 1
    assert rungs.count("contact supervise") == 1
    assert seen["overdue"] is True
    assert "urge" in seen["actions"]
    assert superior.get(f"/api/appeals/{appeal['id']}")["part"] == "superior"
    for item in stack.outbox():
        hour = datetime.fromisoformat(item["at"]).astimezone(BEIJING).hour
        assert 8 <= hour < 22


def settle(stack: Stack, resident: Person, appeal_id: str) -> None:
    """Lets the jobs look at the new time, gather reminders and send them: they run every second here."""
    time.sleep(2.5)
    stack.control("clock/advance", {"seconds": GATHERED_FOR.total_seconds() + 1})
    time.sleep(2.5)
    assert resident.get(f"/api/appeals/{appeal_id}")["state"] == "assigned"
