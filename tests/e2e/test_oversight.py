"""Supervision over HTTP against the running stack: time moves, the office decides, inspectors get what was missed."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
import requests

from dev.run import ACCOUNTS
from tests.e2e.stack import MONDAY, Stack, until
from tests.e2e.test_story import submit

pytestmark = pytest.mark.e2e


class Desk:
    """Somebody of the office at the console's API."""

    def __init__(self, stack: Stack, username: str) -> None:
        lines = (stack.data / ACCOUNTS).read_text(encoding="utf-8").splitlines()
        password = next(line.split(" / ")[1] for line in lines if f" {username} / " in line)
        self.url = f"{stack.api}/api/office"
        login = requests.post(f"{self.url}/session", json={"username": username, "password": password}, timeout=30)
        assert login.status_code == 200, login.text
        self.headers = {"Authorization": f"Bearer {login.json()['token']}"}

    def desk(self, name: str) -> list[str]:
        answer = requests.get(f"{self.url}/worklist", params={"desk": name}, headers=self.headers, timeout=30)
        assert answer.status_code == 200, answer.text
        return [item["id"] for item in answer.json()["items"]]

    def table(self, path: str, query: dict[str, str]) -> list[dict[str, Any]]:
        answer = requests.get(f"{self.url}/{path}", params=query, headers=self.headers, timeout=30)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    def act(self, appeal_id: str, action: str, **body: Any) -> dict[str, Any]:
        url = f"{self.url}/appeals/{appeal_id}/{action}"
        answer = requests.post(url, json=body, headers=self.headers, timeout=30)
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown


def test_from_the_supervision_list_to_the_inspectors(stack: Stack) -> None:
    stack.go_to(MONDAY)
    appeal = submit(stack.person("resident-1"), "bozhou-81.bz-056")
    stack.go_to(MONDAY + timedelta(days=8))
    until(lambda: Desk(stack, "supervisor").desk("supervision") == [appeal["id"]])
    ordered = Desk(stack, "supervisor").act(appeal["id"], "sign_order", workdays=3)
    assert ordered["supervisions"][-1]["number"].endswith("〕1号")

    stack.go_to(MONDAY + timedelta(days=14))
    until(lambda: Desk(stack, "supervisor").desk("interview") == [appeal["id"]])
    rectify_by = (stack.now() + timedelta(days=2)).isoformat()
    supervisor = Desk(stack, "supervisor")
    decided = supervisor.act(
        appeal["id"], "decide_interview", interview=1, decision="held", text="已约谈，限期整改", rectify_by=rectify_by
    )
    assert decided["interviews"][0]["decided_by"] == "督查员"
    time.sleep(2)
    assert Desk(stack, "inspector").desk("referred") == []

    stack.control("clock/advance", {"seconds": 2 * 86400 + 60})
    until(lambda: Desk(stack, "inspector").desk("referred") == [appeal["id"]])
    log = requests.get(f"{supervisor.url}/audit", headers=Desk(stack, "auditor").headers, timeout=30).json()
    assert [entry["act"] for entry in log["items"]] == ["sign_order", "decide_interview"]
    assert log["broken_at"] is None

    first, last = MONDAY.date(), (MONDAY + timedelta(days=20)).date()
    query = {"roster": "bozhou-81", "first": first.isoformat(), "last": last.isoformat(), "by": "official"}
    stack.kill("jobs")
    stack.control("clock/advance", {"seconds": 60})  # the lease ends; whoever takes it looks at everything at once
    stack.start_jobs()
    rows = until(lambda: Desk(stack, "supervisor").table("figures", query), 60)
    assert [(row["key"], row["rates"]["response"]) for row in rows] == [
        ("bozhou-81.bz-056", {"rate": None, "cases": 1})
    ], "one case, and no rate below ten"
