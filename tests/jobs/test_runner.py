"""The runner: one process leads, each run is isolated and recorded, and no outage ends it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from apscheduler.triggers.interval import IntervalTrigger

from app.services.leases import JOBS, LASTS, hold
from app.services.ports.basics import StoreAway
from app.services.world import World
from jobs.runner import Runner
from jobs.schedule import Job
from tests.services.factories import a_world


class Work:
    """A job that counts its runs and does what it is told: return a number or raise."""

    def __init__(self, name: str = "work", outcome: Any = 3) -> None:
        self.runs = 0
        self.outcome = outcome
        self.job = Job(name, IntervalTrigger(days=1), self)

    def __call__(self, world: World) -> int:
        self.runs += 1
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome


def eventually(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.005)


@contextmanager
def running(world: World, *works: Work) -> Iterator[Runner]:
    runner = Runner(world, tuple(work.job for work in works))
    runner.start()
    try:
        yield runner
    finally:
        runner.stop()


def recorded(world: World, name: str = "work") -> bool:
    return world.stores.job_runs.get(name) is not None


@pytest.fixture
def world() -> World:
    return a_world()


def test_whoever_leads_runs_everything_at_once_and_records_it(world: World) -> None:
    one, other = Work("one"), Work("other", 0)
    with running(world, one, other):
        eventually(lambda: recorded(world, "one") and recorded(world, "other"))
    run = world.stores.job_runs.get("one")
    assert (run.started_at, run.last_success_at, run.done, run.error) == (world.clock.now(), world.clock.now(), 3, "")
    assert (one.runs, other.runs) == (1, 1)


def test_a_job_that_fails_stops_no_other_and_is_recorded_and_alerted(world: World) -> None:
    bad, good = Work("bad", ValueError("小区门口没有路灯")), Work("good")
    with running(world, bad, good):
        eventually(lambda: recorded(world, "bad") and recorded(world, "good"))
    run = world.stores.job_runs.get("bad")
    assert (run.error, run.last_success_at, run.done) == ("ValueError", None, 0)
    assert world.stores.job_runs.get("good").error == ""
    assert world.alerts.raised == [("job_failed", {"job": "bad", "error": "ValueError"})]


def test_a_failure_keeps_the_last_success_on_record(world: World) -> None:
    work = Work()
    with running(world, work) as runner:
        eventually(lambda: recorded(world))
        succeeded = world.clock.now()
        world.clock.advance(minutes=5)
        work.outcome = ValueError()
        runner.run(work.job)
        run = world.stores.job_runs.get("work")
        assert (run.started_at, run.last_success_at) == (world.clock.now(), succeeded)


def test_a_job_that_meets_an_outage_is_postponed_without_an_alert(world: World) -> None:
    work = Work(outcome=StoreAway())
    with running(world, work):
        eventually(lambda: recorded(world))
    assert world.stores.job_runs.get("work").error == "the database does not answer"
    assert world.alerts.raised == []


def test_when_the_worlds_clock_is_moved_the_schedule_moves_with_it(world: World) -> None:
    work = Work()
    with running(world, work) as leader:
        eventually(lambda: recorded(world))
        assert world.stores.job_runs.get("work").next_at == world.clock.now() + timedelta(days=1)
        hold(world, JOBS, leader._holder)
        world.clock.advance(seconds=5)
        leader.beat()
        assert work.runs == 1, "not due yet"
        for _ in range(24 * 3600 // 10 + 2):  # the lease lives as long as somebody renews it
            world.clock.advance(seconds=10)
            hold(world, JOBS, leader._holder)
        leader.beat()
        eventually(lambda: work.runs == 2)
        leader.beat()
        time.sleep(0.05)
        assert work.runs == 2, "once"


def test_while_another_process_holds_the_lease_nothing_runs(world: World) -> None:
    hold(world, JOBS, "another process")
    work = Work()
    with running(world, work) as standby:
        standby.run(work.job)
    assert work.runs == 0 and not recorded(world)


def test_the_standby_takes_over_when_the_leader_falls_silent_and_catches_up_at_once(world: World) -> None:
    hold(world, JOBS, "another process")
    work = Work()
    with running(world, work) as standby:
        world.clock.advance(LASTS)
        standby.beat()
        eventually(lambda: work.runs == 1)


def test_a_leader_that_stops_leaves_the_lease_to_the_standby_at_once(world: World) -> None:
    first, second = Work("first"), Work("second")
    leader = Runner(world, (first.job,))
    leader.start()
    with running(world, second) as standby:
        assert second.runs == 0
        leader.stop()
        standby.beat()
        eventually(lambda: second.runs == 1)


def test_who_lost_the_lease_runs_nothing_more(world: World) -> None:
    work = Work()
    with running(world, work) as slow:
        eventually(lambda: recorded(world))
        world.clock.advance(LASTS)
        assert hold(world, JOBS, "a faster process")
        slow.beat()
        slow.run(work.job)
        assert work.runs == 1


def test_two_runners_never_both_lead(world: World) -> None:
    works = [Work("one"), Work("other")]
    with running(world, works[0]), running(world, works[1]):
        eventually(lambda: any(work.runs for work in works))
        time.sleep(0.05)
    assert sorted(work.runs for work in works) == [0, 1]


def test_without_the_database_nobody_leads_and_afterwards_everything_is_caught_up(world: World) -> None:
    work = Work()
    with running(world, work) as runner:
        eventually(lambda: recorded(world))
        world.stores.outage.away = True
        runner.beat()
        runner.run(work.job)
        assert work.runs == 1
        world.stores.outage.away = False
        runner.beat()
        eventually(lambda: work.runs == 2)


def test_an_outage_during_a_run_and_its_record_ends_nothing(world: World) -> None:
    def outage(world: World) -> int:
        world.stores.outage.away = True
        raise StoreAway

    job = Job("work", IntervalTrigger(days=1), outage)
    runner = Runner(world, (job,))
    runner.start()
    eventually(lambda: world.stores.outage.away)
    runner.run(job)
    world.stores.outage.away = False
    runner.stop()
    assert hold(world, JOBS, "the next process")


def test_starting_and_stopping_without_a_database_is_no_error(world: World) -> None:
    world.stores.outage.away = True
    work = Work()
    with running(world, work):
        pass
    assert work.runs == 0


def test_stopping_waits_for_what_runs(world: World) -> None:
    begun, done = threading.Event(), []

    def slowly(world: World) -> int:
        begun.set()
        time.sleep(0.1)
        done.append(True)
        return 1

    runner = Runner(world, (Job("slow", IntervalTrigger(days=1), slowly),))
    runner.start()
    assert begun.wait(5)
    runner.stop()
    assert done == [True] and recorded(world, "slow")
