"""Dashboards: the numbers of a period against the one before, by roster, with few queries and only for readers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.appeal import Kind, State
from app.domain.errors import InvalidInput, NotFound, NotPermitted
from app.domain.figures import Rate
from app.domain.officer import OfficeRole
from app.domain.overview import Matter, Place, Step
from app.domain.passage import Measure, Stage
from app.domain.roster import Policy, Roster
from app.services.figures.dashboards import gather, overview, sources
from app.services.figures.reports import make_reports
from app.services.figures.sums import groups, officials, trend
from app.services.figures.today import today
from app.services.figures.topics import LIVE_AT_MOST, topics
from app.services.world import World
from tests.services.factories import a_roster, an_official, submitted
from tests.services.marches import FIRST, LAST, a_march, advance_to, an_officer, counted


@pytest.fixture
def world() -> World:
    return a_march()


def city(world: World) -> Roster:
    roster = world.stores.rosters.get("city")
    assert roster is not None
    return roster


def test_the_sums_of_a_period(world: World) -> None:
    one = overview(world, an_officer(), "city", FIRST, LAST)
    assert (one.now.submitted, one.now.answered) == (13, 10)
    assert one.now.by_kind[Kind.REQUEST] == 12 and one.now.by_kind[Kind.COMPLAINT] == 1
    assert one.now.by_state == {State.ASSIGNED: 2, State.CONCLUDED: 10, State.WITHDRAWN: 1}
    assert one.now.rates["response"] == Rate(10, 12), "withdrawn before it was due falls out"
    assert one.now.rates["on_time"] == Rate(10, 12)
    assert one.now.rates["satisfaction"] == Rate(9, 9)
    assert one.now.rates["in_person"] == Rate(1, 1)
    assert (one.now.first_response.cases, one.before.submitted) == (12, 0)
    assert (one.before_first, one.before_last) == (date(2026, 1, 31), date(2026, 3, 1))


def test_the_next_period_compares_with_this_one(world: World) -> None:
    later = overview(world, an_officer(), "city", date(2026, 4, 1), date(2026, 4, 30))
    assert (later.now.submitted, later.before.submitted, later.before.rates["on_time"]) == (0, 13, Rate(10, 12))


def test_the_funnel_of_a_cohort(world: World) -> None:
    funnel = overview(world, an_officer(), "city", FIRST, LAST).funnel
    assert [funnel.passed[stage] for stage in Stage] == [13, 13, 10, 10, 9, 9]
    assert (funnel.left[State.WITHDRAWN], funnel.left[State.MERGED]) == (1, 0)


def test_the_trend_adds_up_to_the_period(world: World) -> None:
    gathered = gather(world, an_officer(), city(world), FIRST, LAST)
    for step in Step:
        steps = trend(gathered, step)
        assert sum(bucket.submitted for bucket in steps) == 13
        assert sum(bucket.answered for bucket in steps) == 10
        assert sum(bucket.rates["on_time"].cases for bucket in steps) == 12
    assert overview(world, an_officer(), "city", FIRST, LAST, Step.DAY).trend == trend(gathered, Step.DAY)
    days = {bucket.first: bucket for bucket in trend(gathered, Step.DAY)}
    assert (days[FIRST].submitted, days[date(2026, 3, 3)].answered) == (13, 10)
    assert days[date(2026, 3, 5)].rates["response"] == Rate(10, 12)


def test_groups_and_officials_stand_in_the_rosters_order(world: World) -> None:
    gathered = gather(world, an_officer(), city(world), FIRST, LAST)
    assert [(line.name, line.rates["on_time"]) for line in groups(gathered)] == [
        ("市领导", Rate(0, 0)),
        ("市直部门", Rate(10, 12)),
    ]
    lines = officials(gathered)
    assert [(line.name, line.rates["on_time"]) for line in lines] == [("周文清", Rate(10, 11)), ("解放", Rate(0, 1))]
    assert not any(line.former for line in lines)


def test_a_post_that_changed_hands_has_a_line_for_each_tenure(world: World) -> None:
    world.stores.officials.put(an_official(name="吴敏", superior_id="mayor"))
    submitted(world)
    advance_to(world, "2026-04-30 09:00")
    gathered = gather(world, an_officer(), city(world), FIRST, date(2026, 4, 30))
    education = [line for line in officials(gathered) if line.key == "education"]
    assert [(line.name, line.former, line.rates["on_time"].cases) for line in education] == [
        ("周文清", True, 11),
        ("吴敏", False, 1),
    ]


def test_measures_and_places_of_the_period(world: World) -> None:
    one = overview(world, an_officer(), "city", FIRST, LAST)
    assert one.measures == {Measure.URGED: 2, Measure.LISTED: 2}, "the two that nobody contacted"
    assert one.places == (Place("P-1", "车站", 1, 3), Place("P-2", "医院", 0, 0))
    assert one.unknown_appeals == 1
    assert dict(overview(world, an_officer(), "city", date(2026, 2, 1), date(2026, 2, 28)).measures) == {}


def test_a_period_with_today_counts_what_came_in_since_the_last_run(world: World) -> None:
    submitted(world)
    one = overview(world, an_officer(), "city", date(2026, 4, 1), date(2026, 4, 1))
    assert one.now.submitted == 1
    assert overview(world, an_officer(), "city", FIRST, LAST).now.submitted == 13


def test_it_takes_few_queries_and_opens_no_appeal(world: World) -> None:
    with counted(world) as reads:
        overview(world, an_officer(), "city", FIRST, LAST)
    assert reads.total() == 8
    assert not {name for name in reads if name.startswith("appeals.")} - {"appeals.sources"}
    gathered = gather(world, an_officer(), city(world), FIRST, date(2026, 4, 1))
    with counted(world) as reads:
        overview(world, an_officer(), "city", FIRST, date(2026, 4, 1))
    assert reads.total() == 10, "and two for today"
    with counted(world) as reads:
        today(world, an_officer(), gathered)
    assert reads.total() == 1, "and nothing that was gathered is read again"
    assert not [name for name in reads if name.startswith("appeals.")]


def test_readers_only_and_no_period_that_makes_no_sense(world: World) -> None:
    gathered = gather(world, an_officer(), city(world), FIRST, LAST)
    for role in (OfficeRole.INSPECTOR, OfficeRole.EDITOR, OfficeRole.ADMIN):
        with pytest.raises(NotPermitted):
            gather(world, an_officer(role), city(world), FIRST, LAST)
        for read in (topics, sources):
            with pytest.raises(NotPermitted):
                read(world, an_officer(role), city(world), FIRST, LAST)
        with pytest.raises(NotPermitted):
            today(world, an_officer(role), gathered)
    for role in (OfficeRole.SUPERVISOR, OfficeRole.AUDITOR, OfficeRole.OPERATOR):
        gather(world, an_officer(role), city(world), FIRST, FIRST)
    with pytest.raises(NotFound):
        overview(world, an_officer(), "nowhere", FIRST, LAST)
    with pytest.raises(InvalidInput):
        gather(world, an_officer(), city(world), LAST, FIRST)
    for read in (topics, sources):
        with pytest.raises(InvalidInput):
            read(world, an_officer(), city(world), LAST, FIRST)
    with pytest.raises(InvalidInput):
        gather(world, an_officer(), city(world), FIRST, FIRST + timedelta(days=366))


def test_another_rosters_appeals_do_not_count(world: World) -> None:
    world.stores.rosters.put(a_roster(slug="other"))
    other = world.stores.rosters.get("other")
    assert other is not None
    one = overview(world, an_officer(), "other", FIRST, LAST)
    assert (one.now.submitted, one.officials, dict(one.measures)) == (0, (), {})
    assert today(world, an_officer(), gather(world, an_officer(), other, FIRST, LAST)).standing.open == 0


def test_topics_are_found_live_while_few_and_else_told_from_the_newest_report(world: World, monkeypatch: Any) -> None:
    officer = an_officer()
    world.stores.rosters.put(replace(a_roster(), policy=Policy(reports=("monthly",))))
    for who in ("resident", "neighbour", "wei"):
        submitted(world, by=who, title="停水", body="停水三天")
    advance_to(world, "2026-05-01 09:00")
    april = (date(2026, 4, 1), date(2026, 4, 30))
    with counted(world) as reads:
        live = topics(world, officer, city(world), *april).topics
    assert "停水" in {line.text for line in live.lines}
    assert (live.first, live.last) == april
    assert reads["appeals.submitted_between"] == 1, "all five periods at once"
    assert {line.category for line in live.lines if "停水" in line.text} == {"水电气热"}

    monkeypatch.setattr("app.services.figures.topics.LIVE_AT_MOST", 2)
    assert topics(world, officer, city(world), *april).topics.lines == (), "too many to find, and no report yet"
    make_reports(world)
    with counted(world) as reads:
        told = topics(world, officer, city(world), FIRST, date(2026, 4, 30)).topics
    assert reads["appeals.submitted_between"] == 0
    assert (told.lines, told.first) == (live.lines, date(2026, 4, 1))
    assert LIVE_AT_MOST > 100


def test_categories_of_a_period_with_their_own_rate(world: World) -> None:
    for title in ("停水", "停水", "路灯"):
        submitted(world, title=title, body="请处理")
    advance_to(world, "2026-04-30 09:00")
    found = {
        one.name: one for one in overview(world, an_officer(), "city", date(2026, 4, 1), date(2026, 4, 29)).matters
    }
    assert found["水电气热"] == Matter("水电气热", 2, 0, Rate(0, 2))
    assert (found["道路交通"].count, found["道路交通"].on_time) == (1, Rate(0, 1))
    assert sum(one.on_time.cases for one in found.values()) == 3, "every answer due, once"
    page = topics(world, an_officer(), city(world), date(2026, 4, 1), date(2026, 4, 29))
    assert [(one.name, one.count, one.on_time.cases) for one in page.matters][:2] == [
        ("水电气热", 2, 0),
        ("道路交通", 1, 0),
    ]
