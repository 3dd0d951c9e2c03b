"""The life of an appeal over HTTP: submit, follow, act, look up; answered as interfaces.md says."""

from __future__ import annotations

from typing import Any

import pytest

from app.services.messages.dispatching import dispatch
from app.services.messages.reminding import sweep
from tests.domain.factories import beijing
from tests.web.city import ANSWER, APPEAL, OFFICIAL_BODIES, RATING, Caller, City, picture

SUMMARY = {
    "id",
    "code",
    "state",
    "state_label",
    "kind",
    "kind_label",
    "title",
    "body",
    "official",
    "submitted_at",
    "due_at",
    "overdue",
    "urgency",
    "urgent",
    "left",
    "last",
    "supervised",
    "promise",
    "course",
    "actions",
}


DETAIL = SUMMARY | {
    "part",
    "roster",
    "photos",
    "place",
    "phone",
    "about_official",
    "visibility",
    "organisation",
    "source",
    "call_id",
    "deadlines",
    "timeline",
    "answers",
    "ratings",
    "reminders",
    "urgings",
    "urging",
    "extension",
}


BEFORE: dict[str, tuple[str, ...]] = {
    "answer": ("sign",),
    "request_supplement": ("sign",),
    "request_extension": ("sign",),
}
"""What has to be done before an action is possible; the rest works at once."""


AFTER = {
    "sign": "in_progress",
    "quick_reply": "assigned",
    "log_contact": "in_progress",
    "answer": "answered",
    "request_supplement": "awaiting_resident",
    "request_extension": "in_progress",
    "hand_back": "submitted",
    "transfer": "assigned",
}


def test_a_submitted_appeal(resident: Caller) -> None:
    photo = resident.upload(picture()).json["id"]
    body = APPEAL | {"photos": [photo], "visibility": "public", "source": "poster-7"}
    appeal = resident.send("/api/appeals", body, 201)
    assert set(appeal) == DETAIL
    assert {name: appeal[name] for name in ("title", "body", "place", "phone", "visibility", "kind")} == {
        name: body[name] for name in ("title", "body", "place", "phone", "visibility", "kind")
    }
    assert [shown["id"] for shown in appeal["photos"]] == [photo]
    assert (appeal["state"], appeal["state_label"]) == ("submitted", "待审核")  # until its picture is checked


def test_a_clear_appeal_is_assigned_at_once(city: City) -> None:
    appeal = city.submit()
    assert (appeal["state"], appeal["state_label"], appeal["part"]) == ("assigned", "待联系", "resident")
    assert appeal["due_at"] == "2026-03-05T10:00:00.000Z"
    assert [deadline["kind"] for deadline in appeal["deadlines"]] == ["contact", "answer"]
    assert [entry["deed"] for entry in appeal["timeline"]] == ["assign", "submit"]
    assert appeal["actions"] == ["withdraw"]
    assert set(appeal["deadlines"][0]) == {
        "kind",
        "label",
        "started_at",
        "due_at",
        "overdue",
        "span",
        "urgency",
        "left",
        "explanation",
        "provisional",
    }


def test_mine_newest_first_and_nobody_elses(city: City, resident: Caller) -> None:
    for n in range(23):
        city.submit(title=f"第 {n} 件")
        city.world.clock.advance(minutes=1)
    city.submit(by="neighbour")
    first = resident.get("/api/appeals").json
    assert set(first) == {"items", "next"}
    assert set(first["items"][0]) == SUMMARY
    second = resident.get(f"/api/appeals?cursor={first['next']}").json
    titles = [item["title"] for item in first["items"] + second["items"]]
    assert (titles, second["next"]) == ([f"第 {n} 件" for n in reversed(range(23))], None)


def test_the_inbox_is_sorted_by_deadline_and_sections(city: City, official: Caller) -> None:
    late = city.submit(title="早")
    city.world.clock.advance(days=4)
    official = city.login("zhou")
    later = city.submit(title="晚")
    done = city.answered(title="完")
    listed = official.get("/api/official/inbox").json
    assert [item["id"] for item in listed["items"]] == [late["id"], later["id"]]
    sections = {
        name: [item["id"] for item in official.get(f"/api/official/inbox?filter={name}").json["items"]]
        for name in ("open", "late", "today", "soon", "later", "done")
    }
    assert sections == {
        "open": [late["id"], later["id"]],
        "late": [late["id"]],
        "today": [],
        "soon": [later["id"]],
        "later": [],
        "done": [done["id"]],
    }


def test_pages_of_the_inbox(city: City, official: Caller) -> None:
    for n in range(22):
        city.submit(title=f"第 {n} 件")
    first = official.get("/api/official/inbox").json
    rest = official.get("/api/official/inbox", query_string={"cursor": first["next"]}).json
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (20, 2, None)
    assert len({item["id"] for item in first["items"] + rest["items"]}) == 22


@pytest.mark.parametrize("action", sorted(OFFICIAL_BODIES))
def test_what_an_official_does(city: City, action: str) -> None:
    appeal = city.submit()
    for earlier in BEFORE.get(action, ()):
        city.act("zhou", appeal, earlier)
    shown = city.login("zhou").get(f"/api/appeals/{appeal['id']}").json
    assert action in shown["actions"]
    after = city.act("zhou", appeal, action, OFFICIAL_BODIES[action] | {"note": "备注"})
    assert set(after) == DETAIL
    assert after["state"] == AFTER[action]
    (entry,) = [e for e in after["timeline"] if e["deed"] == {"log_contact": "contact"}.get(action, action)]
    assert (entry["by"], entry["name"], entry["on_behalf"]) == ("official", "周文清", False)


def test_what_a_resident_does(city: City, resident: Caller) -> None:
    appeal = city.submit()
    city.world.clock.advance(days=3, hours=9)
    assert "urge" in resident.get(f"/api/appeals/{appeal['id']}").json["actions"]
    assert city.act("resident", appeal, "urge", {"note": "请尽快"})["urgings"] == 1
    city.act("zhou", appeal, "sign")
    city.act("zhou", appeal, "request_supplement", OFFICIAL_BODIES["request_supplement"])
    assert city.act("resident", appeal, "supplement", {"text": "三号楼前"})["state"] == "in_progress"
    city.act("zhou", appeal, "answer", ANSWER)
    rated = city.act("resident", appeal, "rate", RATING | {"note": "请再看看"})
    assert rated["ratings"][0]["resolution"] == "unresolved"
    assert rated["state"] == "answered"
    assert city.act("resident", appeal, "reopen", {"reason": "灯还是不亮"})["state"] == "in_progress"
    city.act("zhou", appeal, "answer", ANSWER)
    assert city.act("resident", appeal, "rate", RATING)["state"] == "under_review"


def listed(city: City, who: str) -> dict[str, Any]:
    (item,) = city.login(who).get("/api/official/inbox").json["items"]
    return dict(item)


def test_who_handles_it_sees_how_it_came_and_what_the_resident_did(city: City) -> None:
    plain = {"reopened": False, "transferred": False, "supplemented": False, "urged": 0}
    appeal = city.submit()
    assert listed(city, "zhou")["course"] == plain
    city.act("zhou", appeal, "sign")
    city.act("resident", appeal, "supplement", {"text": "三号楼前"})
    city.world.clock.advance(days=3, hours=9)
    city.act("resident", appeal, "urge")
    assert listed(city, "zhou")["course"] == plain | {"supplemented": True, "urged": 1}
    city.act("zhou", appeal, "transfer", OFFICIAL_BODIES["transfer"])
    assert listed(city, "xie")["course"] == plain | {"transferred": True}
    city.act("xie", appeal, "log_contact", {"outcome": "in_person"})
    city.act("xie", appeal, "answer", ANSWER)
    city.act("resident", appeal, "rate", RATING)
    city.act("resident", appeal, "reopen", {"reason": "灯还是不亮"})
    assert listed(city, "xie")["course"] == plain | {"reopened": True}


def test_a_promise_stands_in_the_list_while_it_runs(city: City) -> None:
    appeal = city.submit()
    assert listed(city, "zhou")["promise"] is None
    city.act("zhou", appeal, "quick_reply", {"template": "meeting", "promised_at": "2026-03-03T04:00:00Z"})
    assert listed(city, "zhou")["promise"] == {"due_at": "2026-03-03T04:00:00.000Z", "urgency": "soon"}
    city.act("zhou", appeal, "log_contact", {"outcome": "in_person"})
    assert listed(city, "zhou")["promise"] is None


def test_an_urging_says_when_it_is_heard_and_when_one_may_urge_again(city: City, resident: Caller) -> None:
    appeal = city.submit()
    path = f"/api/appeals/{appeal['id']}"
    assert resident.get(path).json["urging"] is None
    city.world.clock.set(beijing("2026-03-05 23:00"))
    first = city.act("resident", appeal, "urge")
    assert first["urging"] == {
        "at": "2026-03-05T15:00:00.000Z",
        "again_at": "2026-03-06T15:00:00.000Z",
        "messages": 3,
        "heard_from": "2026-03-06T00:00:00.000Z",
    }
    city.world.clock.set(beijing("2026-03-07 10:00"))
    again = city.act("resident", appeal, "urge")["urging"]
    assert (again["messages"], again["heard_from"]) == (0, None), "the ladder's rung is spoken already"
    assert city.login("zhou").get(path).json["urging"] is None


def test_only_reminders_that_went_out_are_counted_and_told(city: City, resident: Caller) -> None:
    path = f"/api/appeals/{city.submit()['id']}"
    city.world.clock.set(beijing("2026-03-04 02:00"))
    sweep(city.world)
    waiting = resident.get(path).json
    assert (waiting["reminders"], waiting["timeline"][0]["deed"]) == (0, "remind")
    city.world.clock.set(beijing("2026-03-06 09:00"))  # until then nobody was at work
    sweep(city.world)
    city.world.clock.advance(minutes=1)
    dispatch(city.world)
    for shown in (resident.get(path).json, city.login("zhou").get(path).json):
        assert (shown["reminders"], shown["urgings"]) == (0, 1)
        assert [entry["deed"] for entry in shown["timeline"]] == ["urge", "assign", "submit"]


def test_content_concludes(city: City) -> None:
    rating = {"resolution": "resolved", "satisfaction": "satisfied"}
    assert city.act("resident", city.answered(), "rate", rating)["state"] == "concluded"


def test_the_answer_is_shown_to_the_resident(city: City, resident: Caller) -> None:
    appeal = city.answered()
    (shown,) = resident.get(f"/api/appeals/{appeal['id']}").json["answers"]
    assert (shown["text"], shown["outcome"], shown["name"]) == (ANSWER["text"], "solved", "周文清")


RULES: list[tuple[str, str, dict[str, Any], str]] = [
    ("resident", "urge", {}, "not_late_yet"),
    ("resident", "rate", RATING, "wrong_state"),
    ("resident", "reopen", {"reason": "再办"}, "wrong_state"),
    ("resident", "supplement", {"text": "补充"}, "wrong_state"),
    ("zhou", "answer", ANSWER, "wrong_state"),
    ("zhou", "transfer", {"official_id": "education", "reason": "自己"}, "transfer_to_self"),
]


@pytest.mark.parametrize(("who", "action", "body", "code"), RULES)
def test_rules_answer_409(city: City, who: str, action: str, body: dict[str, Any], code: str) -> None:
    assert city.act(who, city.submit(), action, body, expected=409)["code"] == code


def test_a_second_transfer_is_refused(city: City) -> None:
    appeal = city.submit()
    city.act("zhou", appeal, "transfer", OFFICIAL_BODIES["transfer"])
    back = {"official_id": "education", "reason": "不对"}
    assert city.act("xie", appeal, "transfer", back, expected=409)["code"] == "transfer_used"


def test_a_note_is_read_by_whoever_reads_the_text(city: City) -> None:
    appeal = city.submit()
    answered = city.act(
        "zhou", appeal, "request_extension", {"workdays": 2, "reason": "等材料", "note": "已电话说明"}, 409
    )
    assert answered["code"] == "wrong_state"
    city.act("zhou", appeal, "sign", {"note": "已阅"})
    body = {"text": "已修好", "outcome": "solved", "note": "如有反复请来电"}
    assert city.act("zhou", appeal, "answer", body)["answers"][0]["text"] == "已修好\n如有反复请来电"
