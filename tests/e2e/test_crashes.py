"""kill -9 at the worst moments: nothing accepted is lost, nothing is sent twice."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from dev.stack import MONDAY, Stack, until
from tests.e2e.test_story import submit

pytestmark = pytest.mark.e2e

SEND = "/cgi-bin/message/template/send"


def test_jobs_killed_between_send_and_mark_leave_one_message(stack: Stack) -> None:
    stack.go_to(MONDAY)
    resident = stack.person("resident-1")
    resident.get("/api/me")
    stack.control("faults", [{"path": SEND, "delay_ms": 1500, "times": 1}])
    appeal = submit(resident, "bozhou-81.bz-056")
    until(lambda: not stack.faults())
    stack.kill("jobs")  # the message is on its way, and nobody is there to mark it
    until(lambda: stack.outbox("official-56"))

    stack.control("clock/advance", {"seconds": 120})  # both leases are over, WeChat still remembers the message
    stack.start_jobs()
    stack.control("clock/advance", {"seconds": 60})
    second = submit(resident, "bozhou-81.bz-056")
    until(lambda: [item for item in stack.outbox("official-56") if code_of(item) == second["code"]], 60)
    assert [code_of(item) for item in stack.outbox("official-56")] == [appeal["code"], second["code"]]


def test_a_connection_that_breaks_after_delivery_leaves_one_message(stack: Stack) -> None:
    stack.go_to(MONDAY)
    resident = stack.person("resident-1")
    stack.control("faults", [{"path": SEND, "commit_then_drop": True, "times": 2}])
    appeal = submit(resident, "bozhou-81.bz-056")
    for _ in range(3):  # twice broken, and each time past the back-off
        until(lambda: stack.outbox("official-56"))
        time.sleep(2)
        stack.control("clock/advance", {"seconds": 45})
    assert not stack.faults()
    second = submit(resident, "bozhou-81.bz-056")
    until(lambda: [item for item in stack.outbox("official-56") if code_of(item) == second["code"]])
    assert [code_of(item) for item in stack.outbox("official-56")] == [appeal["code"], second["code"]]


def test_web_killed_under_200_submissions_keeps_every_answered_one(stack: Stack) -> None:
    stack.go_to(MONDAY)
    resident = stack.person("resident-1")
    resident.get("/api/me")

    def attempt(number: int) -> dict[str, str] | None:
        try:
            answer = resident.request(
                "POST",
                "/api/appeals",
                {"official_id": "bozhou-81.bz-056", "kind": "suggestion", "title": f"第 {number} 条", "body": "建议。"},
                key=f"submission-{number}",
            )
        except requests.RequestException:
            return None
        assert answer.status_code == 201, answer.text
        return answer.json()

    with ThreadPoolExecutor(16) as pool:
        running = [pool.submit(attempt, number) for number in range(200)]
        until(lambda: sum(one.done() for one in running) >= 40)
        stack.kill("web")
        answered = {number: one.result() for number, one in enumerate(running)}
    lost = [number for number, answer in answered.items() if answer is None]
    assert lost, "the kill came too late to hit anything"
    stack.start_web()
    with ThreadPoolExecutor(16) as pool:
        again = dict(enumerate(pool.map(attempt, range(200))))

    for number, answer in answered.items():
        if answer is not None:
            assert again[number] is not None
            assert again[number]["id"] == answer["id"]
    stored, cursor = [], ""
    while cursor is not None:
        page = resident.get(f"/api/appeals?cursor={cursor}")
        stored += [item["title"] for item in page["items"]]
        cursor = page["next"]
    assert sorted(stored) == sorted(f"第 {number} 条" for number in range(200))


def code_of(item: dict[str, dict[str, dict[str, str]]]) -> str:
    return item["data"]["character_string1"]["value"]
