"""The office's analyses over HTTP: each is there for its readers, and every decision names a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.domain.officer import OfficeRole
from app.services.evidence import perfunctory
from app.services.figures import tallies
from app.services.figures.reports import make_reports
from app.services.messages.reminding import sweep
from tests.web.city import City
from tests.web.offices import office

PERIOD = "roster=city&first=2026-02-01&last=2026-04-30"


PATHS = [f"figures?{PERIOD}", f"topics?{PERIOD}", "spot_checks?roster=city", "flags?roster=city"]


@pytest.mark.parametrize("path", PATHS)
def test_readers_read_and_others_do_not(city: City, path: str) -> None:
    for role in (OfficeRole.SUPERVISOR, OfficeRole.AUDITOR):
        assert office(city, role).get(f"/api/office/{path}").json == {"items": [], "next": None}
    for role in (OfficeRole.INSPECTOR, OfficeRole.EDITOR, OfficeRole.ADMIN):
        assert office(city, role).get(f"/api/office/{path}").status_code == 403
    assert city.nobody.get(f"/api/office/{path}").status_code == 401


def test_figures_by_whatever_one_wants_to_compare(city: City) -> None:
    for _ in range(12):
        city.submit()
    city.world.clock.advance(timedelta(days=6))
    sweep(city.world)
    tallies.roll_up(city.world)
    supervisor = office(city)
    for by, key in (("official", "education"), ("unit", "市教育局"), ("group", "市直部门"), ("kind", "request")):
        (row,) = supervisor.get(f"/api/office/figures?{PERIOD}&by={by}").json["items"]
        assert (row["key"], row["rates"]["response"]) == (key, {"rate": 0.0, "cases": 12})
    assert supervisor.get("/api/office/figures?roster=city&first=2026-04-01&last=2026-03-01").status_code == 422
    assert supervisor.get("/api/office/figures?roster=nowhere&first=2026-03-01&last=2026-03-01").status_code == 404


def test_a_spot_check_is_drawn_once_checked_and_can_be_recomputed(city: City) -> None:
    appeals = [city.answered(title=f"路灯 {number}") for number in range(5)]
    supervisor, now = office(city), city.world.clock.now()
    wish: dict[str, Any] = {
        "roster": "city",
        "begin": (now - timedelta(days=1)).isoformat(),
        "end": (now + timedelta(hours=1)).isoformat(),
        "size": 3,
        "public_text": "福利彩票双色球 2026025 期 03 07 15 22 28 31 + 09",
        "source": "中国福彩网",
    }
    drawn = supervisor.send("/api/office/spot_checks", wish, 201)
    assert supervisor.send("/api/office/spot_checks", wish, 201) == drawn, "the same request draws nothing new"
    assert set(drawn["sample"]) < {appeal["id"] for appeal in appeals}
    path = f"/api/office/spot_checks/{drawn['id']}"
    result = {"appeal_id": drawn["sample"][0], "verdict": "contradicted", "text": "群众说灯没有修"}
    checked = supervisor.send(f"{path}/results", result)
    assert [(one["verdict"], one["by"]) for one in checked["results"]] == [("contradicted", "李督查")]
    assert supervisor.post(f"{path}/results", result | {"verdict": "confirmed"}).status_code == 409
    read = office(city, OfficeRole.AUDITOR).get(path).json
    assert read["mismatches"] == []
    assert all(appeal["id"] in read["candidates"] for appeal in appeals)
    assert office(city, OfficeRole.AUDITOR).post("/api/office/spot_checks", wish).status_code == 403


def test_a_perfunctory_answer_is_confirmed_by_a_person_only(city: City) -> None:
    appeal = city.submit()
    city.act("zhou", appeal, "sign")
    city.act("zhou", appeal, "answer", {"text": "已收悉。", "outcome": "explained"})
    city.world.clock.advance(timedelta(hours=1))
    perfunctory.find(city.world)
    supervisor = office(city)
    (flag,) = supervisor.get("/api/office/flags?roster=city").json["items"]
    assert (flag["reason"], flag["decision"], flag["appeal_ids"]) == ("short", None, [appeal["id"]])
    path, words = f"/api/office/flags/{flag['id']}", {"decision": "confirmed", "text": "已核实，未说明办理情况"}
    assert office(city, OfficeRole.OPERATOR).post(path, words).status_code == 403
    assert supervisor.send(path, words)["decided_by"] == "李督查"
    assert supervisor.post(path, words).status_code == 409
    assert supervisor.get("/api/office/flags?roster=city").json["items"] == []
    (interview,) = supervisor.get(f"/api/office/appeals/{appeal['id']}").json["interviews"]
    assert (interview["reason"], interview["decision"]) == ("perfunctory", None), "suggested; a person decides"
    assert flag["id"] in interview["evidence"]


def test_hot_topics_and_reports_are_read_by_the_office(city: City) -> None:
    for person in ("resident", "neighbour", "third"):
        city.submit(by=person, title="停水", body="小区停水三天了")
    topics = office(city).get(f"/api/office/topics?{PERIOD}").json["items"]
    assert "停水" in {topic["text"] for topic in topics}
    assert all(len(topic["appeal_ids"]) == 3 for topic in topics)
    make_reports(city.world)
    assert office(city).get("/api/office/reports?roster=city").json == {"items": [], "next": None}, "none asked for"
    assert office(city, OfficeRole.EDITOR).get("/api/office/reports?roster=city").status_code == 403


def test_a_number_that_nobody_answers_is_listed_for_a_person_to_verify(city: City) -> None:
    for person in ("resident", "neighbour", "third"):
        city.login(person).send("/api/calls", {"official_id": "education", "outcome": "no_answer"}, 201)
    (found,) = office(city).get("/api/office/not_answering?roster=city").json["items"]
    assert (found["official_id"], found["callers"], len(found["call_ids"])) == ("education", 3, 3)
    assert office(city, OfficeRole.EDITOR).get("/api/office/not_answering?roster=city").status_code == 403


def test_places_are_counted_for_the_office(city: City) -> None:
    city.submit(source="nowhere")
    table = office(city).get(f"/api/office/sources?{PERIOD}").json
    assert table["unknown_appeals"] == 1
    assert office(city).get("/api/office/sources?roster=nowhere&first=2026-03-01&last=2026-03-02").status_code == 404
    assert office(city, OfficeRole.EDITOR).get(f"/api/office/sources?{PERIOD}").status_code == 403
