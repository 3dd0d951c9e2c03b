"""A city in which something has happened: appeals in every state, so that no page is empty when it is pictured."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dev.stack import MONDAY, Desk, Person, Stack, until

CITY, HOUSING, WATER = "bozhou-81.bz-056", "bozhou-81.bz-055", "bozhou-81.bz-050"
"""Officials of the sample roster who get the appeals."""
CASES = 12
"""Of one official: ten are needed before figures show."""
TODAY = MONDAY + timedelta(days=14)


@dataclass(frozen=True)
class Story:
    """Ids of appeals by what their page shows."""

    running: str
    promised: str
    wanted: str
    """The resident is asked for a supplement."""
    answered: str
    late: str
    concluded: str
    fresh: str
    """Just arrived at its official."""
    official: str
    """The persona who has most to do."""
    official_id: str


def tell(stack: Stack) -> Story:
    """Lets two weeks pass. The demonstration's time only goes forward, so this is done once."""
    stack.go_to(MONDAY)
    ann, others = stack.person("resident-1"), [stack.person(f"resident-{number}") for number in (2, 3, 4)]
    official = official_of(stack, CITY)
    concluded = _submit(
        ann, CITY, "consultation", "办理居住证要带哪些材料", "本人外地户口，在本市工作满半年，想给孩子办入学。"
    )
    for number in range(CASES):
        asked = _submit(others[number % 3], CITY, "request", *ORDINARY[number % len(ORDINARY)], visibility="public")
        _settle(official, others[number % 3], asked, happy=number % 5 != 0)
    _settle(official, ann, concluded, happy=True)
    _publish(stack)
    late = _submit(
        ann, HOUSING, "complaint", "物业三个月没有清理楼道", "幸福小区 3 号楼楼道堆满杂物，多次向物业反映没有结果。"
    )
    stack.go_to(TODAY - timedelta(days=1))
    until(lambda: any(entry["deed"] == "urge" for entry in ann.get(f"/api/appeals/{late}")["timeline"]))
    stack.go_to(TODAY)
    _count(stack)
    running = _submit(
        ann, CITY, "request", "人民路路灯不亮", "人民路与建设路交叉口东侧三盏路灯不亮已有一周，晚上接孩子不安全。"
    )
    _act(official, running, "sign", {})
    _act(official, running, "log_contact", {"outcome": "in_person", "note": "电话里确认了位置，明天安排检修"})
    promised = _submit(ann, CITY, "suggestion", "建议在小学门口加斑马线", "放学时人车混在一起，很不安全。")
    soon = (stack.now() + timedelta(hours=6)).isoformat()
    _act(official, promised, "quick_reply", {"template": "meeting", "promised_at": soon})
    wanted = _submit(ann, CITY, "complaint", "夜间施工噪声", "小区北侧工地夜里十一点以后还在施工。")
    _act(official, wanted, "sign", {})
    _act(official, wanted, "request_supplement", {"question": "请问是哪一处工地？最近一次是什么时候？"})
    answered = _submit(ann, CITY, "request", "小区停水三天", "幸福小区从周五起没有水，老人孩子都不方便。")
    _act(official, answered, "log_contact", {"outcome": "called_back"})
    _act(official, answered, "answer", {"text": ANSWER, "outcome": "solved"})
    fresh = _submit(
        others[0], CITY, "request", "公交站台没有遮雨棚", "汤王大道公交站没有遮雨棚，下雨天等车的老人都淋湿了。"
    )
    for outcome in ("no_answer", "in_person"):
        ann.post("/api/calls", {"official_id": CITY, "outcome": outcome}, 201)
    until(lambda: stack.outbox(official.name))
    return Story(running, promised, wanted, answered, late, concluded, fresh, official.name, CITY)


def official_of(stack: Stack, official_id: str) -> Person:
    """The persona bound to a post of the sample roster."""
    groups = stack.person("resident-1").get("/api/rosters/bozhou-81/directory")["groups"]
    ids = [official["id"] for group in groups for official in group["officials"]]
    return stack.person(f"official-{ids.index(official_id) + 1}")


ANSWER = (
    "您好，您反映的停水问题已核实：是小区主管道老化破裂。11 月 24 日上午已更换管道，当天下午恢复供水。"
    "今后如再停水，请拨打值班电话，我们随时处理。"
)
ORDINARY = (
    ("绿化带无人修剪", "建设路绿化带遮挡视线，转弯看不见行人。"),
    ("窨井盖松动", "文帝街东口窨井盖松动，车辆经过声音很大。"),
    ("垃圾桶满了没人清", "和平小区西门垃圾桶连续两天满溢。"),
)


def _submit(person: Person, official_id: str, kind: str, title: str, body: str, **more: Any) -> str:
    content = {"official_id": official_id, "kind": kind, "title": title, "body": body, **more}
    made: dict[str, str] = person.post("/api/appeals", content, 201)
    return made["id"]


def _act(official: Person, appeal_id: str, action: str, body: dict[str, Any]) -> None:
    official.post(f"/api/official/appeals/{appeal_id}/{action}", body)


def _settle(official: Person, resident: Person, appeal_id: str, happy: bool) -> None:
    """From contact to rating."""
    _act(official, appeal_id, "log_contact", {"outcome": "in_person"})
    text = "您反映的情况已到现场核实，当天处理完毕，感谢您的提醒。"
    _act(official, appeal_id, "answer", {"text": text, "outcome": "solved"})
    said = ("resolved", "satisfied") if happy else ("partly", "fairly")
    resident.post(f"/api/appeals/{appeal_id}/rate", {"resolution": said[0], "satisfaction": said[1]})


def _publish(stack: Stack) -> None:
    """Three answers that everybody may read."""
    supervisor = Desk(stack, "supervisor")
    for appeal_id, (title, body) in zip(supervisor.desk("publication"), ORDINARY, strict=False):
        answer = "已到现场核实，当天处理完毕，并加密了巡查频次。"
        supervisor.act(appeal_id, "publish", title=title, body=body, answer=answer)


def _count(stack: Stack) -> None:
    """Until the figures of the days that passed are counted and shown: every minute of the demonstration's time the
    service looks whether there are new ones."""

    def counted() -> Any:
        stack.control("clock/advance", {"seconds": 61})
        time.sleep(2)
        return stack.person("resident-1").get(f"/api/officials/{CITY}")["figures"]

    until(counted, 90)
