"""Supervision over HTTP against the running stack: time moves, the office decides, inspectors get what was missed."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import requests

from dev.stack import MONDAY, Desk, Stack, until
from tests.e2e.test_story import submit

pytestmark = pytest.mark.e2e


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
    acts = [entry["act"] for entry in log["items"] if entry["subject"] == appeal["code"]]
    assert acts == ["sign_order", "decide_interview"]
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
