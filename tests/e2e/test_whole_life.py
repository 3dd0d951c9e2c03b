"""The rest of an appeal's life over HTTP against the running stack: every turn that the main story does not take."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import requests

from dev.stack import MONDAY, Desk, Stack, until
from tests.e2e.test_story import submit

pytestmark = pytest.mark.e2e

CITY, HOUSING = "bozhou-81.bz-056", "bozhou-81.bz-055"
DISCONTENT = {"resolution": "unresolved", "satisfaction": "dissatisfied"}


def test_transfer_pause_extension_reopening_review_and_publication(stack: Stack) -> None:
    stack.go_to(MONDAY)
    resident, first, second = (stack.person(name) for name in ("resident-1", "official-56", "official-55"))
    appeal = submit(resident, CITY, visibility="public")
    own, path = f"/api/appeals/{appeal['id']}", f"/api/official/appeals/{appeal['id']}"

    first.post(f"{path}/transfer", {"official_id": HOUSING, "reason": "属住建职责"})
    assert first.request("GET", own).status_code == 404, "no longer theirs"
    again = {"official_id": CITY, "reason": "退给城管"}
    assert second.request("POST", f"{path}/transfer", again).json()["code"] == "transfer_used"

    promised = (stack.now() + timedelta(hours=2)).isoformat()
    second.post(f"{path}/quick_reply", {"template": "meeting", "promised_at": promised})
    stack.control("clock/advance", {"seconds": 3 * 3600})
    until(lambda: "promise_broken" in {entry["deed"] for entry in resident.get(own)["timeline"]})
    second.post(f"{path}/log_contact", {"outcome": "called_back"})

    second.post(f"{path}/request_supplement", {"question": "请问是几号楼？"})
    paused = answer_due(resident.get(own))
    stack.go_to(MONDAY + timedelta(days=2))
    resident.post(f"{own}/supplement", {"text": "三号楼"})
    assert answer_due(resident.get(own)) > paused, "the days of waiting are given back"
    second.post(f"{path}/request_extension", {"workdays": 3, "reason": "等待采购水泵"})
    before = answer_due(resident.get(own))
    Desk(stack, "supervisor").act(appeal["id"], "extend")
    assert answer_due(resident.get(own)) > before

    answer = {"text": "水泵已更换，供水恢复。", "outcome": "solved"}
    second.post(f"{path}/answer", answer)
    assert resident.post(f"{own}/rate", DISCONTENT)["state"] == "answered"
    assert resident.post(f"{own}/reopen", {"reason": "又停水了"})["state"] == "in_progress"
    second.post(f"{path}/answer", {"text": "管道已整体更换。", "outcome": "solved"})
    assert resident.post(f"{own}/rate", DISCONTENT)["state"] == "under_review"
    supervisor = Desk(stack, "supervisor")
    assert supervisor.desk("second_review") == [appeal["id"]]
    supervisor.act(appeal["id"], "conclude", explanation="现场复核，供水正常")
    words = {"title": "小区停水", "body": "某小区停水三天", "answer": "管道已整体更换"}
    supervisor.act(appeal["id"], "publish", **words)
    (public,) = requests.get(f"{stack.api}/api/public/appeals", timeout=30).json()["items"]
    assert {name: public[name] for name in words} == words


def test_merged_called_spot_checked_and_concluded_by_time(stack: Stack) -> None:
    stack.go_to(MONDAY)
    resident, neighbour, official = (stack.person(name) for name in ("resident-1", "resident-2", "official-56"))
    missed = neighbour.post("/api/calls", {"official_id": CITY, "outcome": "no_answer"}, 201)
    child = submit(neighbour, CITY, call_id=missed["id"])
    parent = submit(resident, CITY)
    Desk(stack, "supervisor").act(child["id"], "merge", parent_id=parent["id"])
    path = f"/api/official/appeals/{parent['id']}"
    official.post(f"{path}/sign", {})
    official.post(f"{path}/answer", {"text": "已恢复供水，感谢反映。", "outcome": "solved"})
    told = until(lambda: neighbour.get(f"/api/appeals/{child['id']}")["answers"])
    assert [one["text"] for one in told] == ["已恢复供水，感谢反映。"]
    rating = {"resolution": "resolved", "satisfaction": "satisfied"}
    assert neighbour.post(f"/api/appeals/{child['id']}/rate", rating)["state"] == "merged"

    supervisor = Desk(stack, "supervisor")
    wish: dict[str, Any] = {"roster": "bozhou-81", "size": 1, "public_text": "03 07 15 22 28 31 + 09", "source": "彩票"}
    wish |= {"begin": MONDAY.isoformat(), "end": (stack.now() + timedelta(hours=1)).isoformat()}
    drawn = requests.post(f"{supervisor.url}/spot_checks", json=wish, headers=supervisor.headers, timeout=30)
    assert (drawn.status_code, drawn.json()["sample"]) == (201, [parent["id"]])

    assert Desk(stack, "operator").act(parent["id"], "follow_up", reached=False)["state"] == "answered"
    stack.go_to(MONDAY + timedelta(days=8))
    concluded = until(lambda: (seen := resident.get(f"/api/appeals/{parent['id']}"))["state"] == "concluded" and seen)
    assert concluded["ratings"] == [], "silence is not satisfaction"


def answer_due(appeal: dict[str, Any]) -> str:
    due: str = next(deadline["due_at"] for deadline in appeal["deadlines"] if deadline["kind"] == "answer")
    return due
