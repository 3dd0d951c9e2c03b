"""The table of jobs, and the small jobs in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.triggers.base import BaseTrigger

from app.config import Settings
from app.domain.city_rules import Retention
from app.services.answered import answer_once
from app.services.people.sessions import LASTS, authenticate, log_in
from app.services.ports.wechat import Identity
from app.services.world import World
from jobs.schedule import Job, check_calendar, forget, jobs
from tests.domain.factories import beijing
from tests.services.factories import a_world, deeds, sent, submitted

SETTINGS = Settings.from_env(
    {"APP_ENV": "demo", "MONGODB_URI": "mongodb://localhost", "PUBLIC_URL": "http://localhost", "SWEEP_SECONDS": "20"}
)
TABLE = {job.name: job for job in jobs(SETTINGS)}


@pytest.fixture
def world() -> World:
    return a_world()


def test_the_table_holds_every_job_once() -> None:
    names = ["calendar", "dispatch", "figures", "forget", "perfunctory", "reports", "rosters", "sweep"]
    assert sorted(TABLE) == names
    assert len(jobs(SETTINGS)) == len(names)


@pytest.mark.parametrize("job", TABLE.values(), ids=TABLE)
def test_each_job_has_a_trigger_and_may_run_twice_with_nothing_to_do(job: Job, world: World) -> None:
    assert isinstance(job.trigger, BaseTrigger)
    assert [job.function(world), job.function(world)] == [0, 0]
    assert world.alerts.raised == []


def next_run(name: str, now: str) -> datetime:
    return TABLE[name].trigger.get_next_fire_time(None, beijing(now)).astimezone(UTC)


def test_the_nightly_jobs_run_at_beijings_hours() -> None:
    assert next_run("forget", "2026-03-02 10:00") == beijing("2026-03-03 03:17")
    assert next_run("calendar", "2026-03-02 08:00") == beijing("2026-03-02 09:05")


def test_how_often_is_a_setting() -> None:
    assert TABLE["sweep"].trigger.interval == timedelta(seconds=20)
    assert TABLE["dispatch"].trigger.interval == timedelta(seconds=5)


def test_sweep_and_dispatch_are_what_reminds(world: World) -> None:
    appeal = submitted(world)
    world.clock.set(beijing("2026-03-04 08:30"))
    assert TABLE["sweep"].function(world) == 1
    world.clock.advance(minutes=1)
    assert TABLE["dispatch"].function(world) == 4
    assert [deed.value for deed in deeds(world, appeal)][-1] == "remind"
    assert sorted(occasion for *_, occasion in sent(world)) == ["assigned"] * 2 + ["remind_half"] * 2


def test_forget_removes_what_expired_and_nothing_else(world: World) -> None:
    world.login.codes = {"old": Identity("mp-resident"), "new": Identity("mp-neighbour")}
    log_in(world, "old")
    answer_once(world, "old", b"", lambda: (200, "old"))
    world.clock.advance(LASTS - timedelta(days=1))
    token = log_in(world, "new").token
    answer_once(world, "new", b"", lambda: (200, "new"))
    world.clock.advance(days=1)
    assert forget(world) == 2
    assert authenticate(world, token).id == "neighbour"
    assert answer_once(world, "new", b"", lambda: (500, "")) == (200, "new")
    assert forget(world) == 0


def test_an_answer_is_kept_for_seven_days(world: World) -> None:
    answer_once(world, "k", b"", lambda: (200, "first"))
    world.clock.advance(days=Retention().answered_days)
    assert forget(world) == 0
    world.clock.advance(seconds=1)
    assert forget(world) == 1


@pytest.mark.parametrize(
    ("now", "warned"), [("2026-03-02 10:00", None), ("2034-11-16 10:00", 2034), ("2034-12-01 10:00", 2035)]
)
def test_a_year_without_a_notice_warns_while_deadlines_reach_into_it(
    world: World, now: str, warned: int | None
) -> None:
    world.clock.set(beijing(now))
    assert check_calendar(world) == bool(warned)
    assert world.alerts.raised == ([("calendar_not_published", {"year": warned})] if warned else [])
