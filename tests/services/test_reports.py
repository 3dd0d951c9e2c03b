"""Reports are made at their times, each period once, from the same figures as everything else."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from app.domain.reporting import ReportKind
from app.domain.roster import Policy
from app.services.figures.reports import make_reports
from app.services.ports.basics import StoreAway
from app.services.world import World
from tests.services.factories import a_roster, a_world, submitted


@pytest.fixture
def reporting() -> World:
    return a_world(a_roster(policy=Policy(reports=("daily", "weekly"))))


def contents(world: World, kind: ReportKind) -> list[dict[str, Any]]:
    return [json.loads(report.content) for report in world.stores.reports.newest("city", kind, 50)]


def days_go_by(world: World, days: int) -> None:
    world.clock.advance(timedelta(days=days))  # type: ignore[attr-defined]


def test_each_period_once_and_what_downtime_left_out(reporting: World) -> None:
    make_reports(reporting)
    assert len(contents(reporting, ReportKind.DAILY)) == 1
    assert make_reports(reporting) == 0
    days_go_by(reporting, 5)
    assert make_reports(reporting) == 5
    days_go_by(reporting, 4)
    assert make_reports(reporting) == 5, "four days and a week"
    assert contents(reporting, ReportKind.MONTHLY) == [], "the policy does not ask for it"


def test_a_report_tells_what_came_in_and_how_it_was_met(reporting: World) -> None:
    for number in range(3):
        submitted(reporting, title=f"路灯 {number}")
    days_go_by(reporting, 1)
    make_reports(reporting)
    newest = contents(reporting, ReportKind.DAILY)[0]
    assert newest["submitted"]["all"] == 3
    assert newest["submitted"]["by_kind"] == {"request": 3}
    assert newest["figures"]["response"] == {"rate": None, "cases": 0}

    days_go_by(reporting, 3)
    make_reports(reporting)
    due = [content for content in contents(reporting, ReportKind.DAILY) if content["figures"]["response"]["cases"]]
    assert [content["figures"]["response"] for content in due] == [{"rate": None, "cases": 3}], "none below ten cases"
    assert [official["name"] for official in due[0]["officials"]] == ["周文清"]


def test_a_roster_that_fails_stops_no_other_and_an_outage_is_said(reporting: World) -> None:
    reporting.stores.rosters.put(a_roster(slug="broken", policy=Policy(reports=("daily",)), groups=None))
    assert make_reports(reporting) == 2
    assert [alert for alert in reporting.alerts.raised if alert[0] == "report_failed"]  # type: ignore[attr-defined]
    reporting.stores.outage.away = True  # type: ignore[attr-defined]
    with pytest.raises(StoreAway):
        make_reports(reporting)
