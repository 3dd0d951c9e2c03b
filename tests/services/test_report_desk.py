"""Reports at the desk: kept, read again by readers only, made now by a supervisor, once, on the audit log."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.appeal import Kind, State
from app.domain.errors import NotFound, NotNow, NotPermitted, Reason, RuleBroken
from app.domain.figures import Rate
from app.domain.officer import OfficeRole
from app.domain.passage import Measure, Stage
from app.domain.reporting import Report, ReportKind, period_of, report_id
from app.domain.roster import Policy
from app.services.figures.dashboards import overview
from app.services.figures.report_content import dump, load
from app.services.figures.report_desk import list_reports, make_now, read_report
from app.services.figures.reports import compose, make_reports
from app.services.world import World
from tests.fakes.world import MONDAY
from tests.services.factories import a_roster
from tests.services.marches import FIRST, LAST, a_march, advance_to, an_officer, counted

MARCH = period_of(ReportKind.MONTHLY, FIRST)


@pytest.fixture
def world() -> World:
    return a_march()


def audited(world: World) -> list[tuple[str, str, str]]:
    return [(entry.name, entry.act, entry.subject) for entry in world.stores.audit_log.since(0, 99)]


def test_a_report_keeps_what_a_dashboard_shows(world: World) -> None:
    made = make_now(world, an_officer(), "city", ReportKind.MONTHLY, LAST)
    told = read_report(world, an_officer(), made.id).overview
    shown = overview(world, an_officer(), "city", MARCH.first, MARCH.last)
    assert (told.now.submitted, told.now.answered, told.now.by_kind) == (13, 10, shown.now.by_kind)
    assert told.now.by_state == shown.now.by_state == {State.ASSIGNED: 2, State.CONCLUDED: 10, State.WITHDRAWN: 1}
    assert told.now.rates == shown.now.rates, "with every count, below ten too"
    assert told.funnel == shown.funnel
    assert (told.places, told.unknown_appeals, told.measures) == (shown.places, 1, shown.measures)
    assert [(b.first, b.submitted, b.answered) for b in told.trend] == [
        (b.first, b.submitted, b.answered) for b in shown.trend
    ]
    assert [line.name for line in told.officials] == [line.name for line in shown.officials]
    assert told.officials[0].rates["on_time"] == Rate(10, 11)
    assert told.officials[1].rates["on_time"].cases == 1
    assert (told.before_first, told.before_last) == (date(2026, 2, 1), date(2026, 2, 28)), "the calendar's month before"
    assert told.standing and (told.standing.open, told.standing.overdue) == (2, 2)


def test_what_was_written_is_read_and_written_alike(world: World) -> None:
    made = make_now(world, an_officer(), "city", ReportKind.MONTHLY, LAST)
    assert dump(load(made)) == made.content


def test_below_ten_no_officials_hits_are_written_down(world: World) -> None:
    content = json.loads(dump(compose(world, a_roster(), MARCH)))
    education, roads = content["officials"]
    assert education["on_time"] == {"rate": 10 / 11, "cases": 11, "hits": 10}
    assert roads["on_time"] == {"rate": None, "cases": 1}
    assert content["figures"]["satisfaction"] == {"rate": None, "cases": 9}


OLD: dict[str, Any] = {
    "roster": "亳州",
    "submitted": {"all": 3, "by_kind": {"request": 3}, "by_state": {"assigned": 3}, "by_source": {}},
    "figures": {"response": {"rate": 0.75, "cases": 12}, "on_time": {"rate": None, "cases": 3}},
    "groups": [{"name": "市直部门", "response": {"rate": 0.75, "cases": 12}}],
    "officials": [
        {"id": "o", "name": "周文清", "post": "局长", "unit": "教育局", "response": {"rate": None, "cases": 3}}
    ],
    "topics": [{"text": "停水", "kind": "word", "now": 5, "before": 1.5}],
}


def test_what_an_older_report_did_not_keep_is_empty() -> None:
    report = Report("id", "city", ReportKind.MONTHLY, MARCH.first, MARCH.last, MONDAY, json.dumps(OLD))
    told = load(report)
    assert (told.now.submitted, told.now.by_kind[Kind.REQUEST], told.now.rates["response"]) == (3, 3, Rate(9, 12))
    assert told.now.rates["on_time"].public is None
    assert (told.trend, told.places, told.standing, told.funnel.passed) == ((), (), None, {})
    assert told.officials[0].post == "局长" and told.topics.lines[0].text == "停水"


def test_names_in_an_older_reports_topics_are_known_by_the_dictionary() -> None:
    topics = [{"text": "停水", "kind": "word", "now": 5, "before": 1.5, "also": ["碧桂园"]}]
    report = Report(
        "id", "city", ReportKind.MONTHLY, MARCH.first, MARCH.last, MONDAY, json.dumps(OLD | {"topics": topics})
    )
    assert load(report).topics.lines[0].names == ("碧桂园",)


def test_reports_are_listed_and_read_by_readers_only(world: World) -> None:
    made = make_now(world, an_officer(), "city", ReportKind.MONTHLY, FIRST)
    for role in (OfficeRole.SUPERVISOR, OfficeRole.AUDITOR, OfficeRole.OPERATOR):
        assert list(list_reports(world, an_officer(role), "city", ReportKind.MONTHLY)) == [made]
        assert read_report(world, an_officer(role), made.id).report == made
    assert list(list_reports(world, an_officer(), "city", ReportKind.DAILY)) == []
    for role in (OfficeRole.INSPECTOR, OfficeRole.EDITOR, OfficeRole.ADMIN):
        with pytest.raises(NotPermitted):
            list_reports(world, an_officer(role), "city", ReportKind.MONTHLY)
        with pytest.raises(NotPermitted):
            read_report(world, an_officer(role), made.id)
    with pytest.raises(NotFound, match=Reason.NO_SUCH_REPORT.value):
        read_report(world, an_officer(), "city:daily:2026-03-01")
    with pytest.raises(NotFound, match=Reason.NO_SUCH_ROSTER.value):
        list_reports(world, an_officer(), "nowhere", ReportKind.DAILY)
    with counted(world) as reads:
        read_report(world, an_officer(), made.id)
    assert reads == {"reports.get": 2}, "the report, and whether a later revision is there"


def test_a_supervisor_makes_it_once_and_it_stands_on_the_audit_log(world: World) -> None:
    made = make_now(world, an_officer(), "city", ReportKind.WEEKLY, date(2026, 3, 4))
    assert (made.id, made.first, made.last) == ("city:weekly:2026-03-02", date(2026, 3, 2), date(2026, 3, 8))
    advance_to(world, "2026-04-02 09:00")
    assert make_now(world, an_officer(), "city", ReportKind.WEEKLY, date(2026, 3, 8)) == made
    assert audited(world) == [("李督查", "make_report", "city:weekly:2026-03-02")], "nothing was made the second time"
    for role in (OfficeRole.AUDITOR, OfficeRole.OPERATOR, OfficeRole.ADMIN):
        with pytest.raises(NotPermitted):
            make_now(world, an_officer(role), "city", ReportKind.WEEKLY, date(2026, 3, 9))
    with pytest.raises(NotFound):
        make_now(world, an_officer(), "nowhere", ReportKind.WEEKLY, date(2026, 3, 9))


def test_a_period_that_is_not_over_waits(world: World) -> None:
    for kind, day in ((ReportKind.DAILY, date(2026, 4, 1)), (ReportKind.MONTHLY, date(2026, 4, 30))):
        with pytest.raises(RuleBroken, match=Reason.PERIOD_NOT_OVER.value):
            make_now(world, an_officer(), "city", kind, day)
    assert make_now(world, an_officer(), "city", ReportKind.DAILY, date(2026, 3, 31))
    assert [act for _, act, _ in audited(world)] == ["make_report"]


def test_what_would_take_minutes_is_left_to_the_job(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.figures.report_desk.MADE_AT_ONCE", 12)
    with pytest.raises(NotNow, match=Reason.REPORT_TOO_LARGE.value):
        make_now(world, an_officer(), "city", ReportKind.MONTHLY, FIRST)
    assert audited(world) == []


def test_making_one_now_leaves_none_out_that_the_job_has_to_make(world: World) -> None:
    world.stores.rosters.put(replace(a_roster(), policy=Policy(reports=("daily",))))
    make_reports(world)
    world.clock.advance(timedelta(days=5))  # type: ignore[attr-defined]
    newest = date(2026, 4, 5)
    make_now(world, an_officer(), "city", ReportKind.DAILY, newest)
    made = {report.first.day for report in list_reports(world, an_officer(), "city", ReportKind.DAILY)}
    assert made == {31, 1, 2, 3, 4, 5}
    assert make_reports(world) == 0


def test_a_report_tells_of_measures_and_stages(world: World) -> None:
    make_now(world, an_officer(), "city", ReportKind.MONTHLY, FIRST)
    told = read_report(world, an_officer(), report_id("city", MARCH)).overview
    assert told.measures == {Measure.URGED: 2, Measure.LISTED: 2}
    assert told.funnel.passed[Stage.ANSWERED] == 10
