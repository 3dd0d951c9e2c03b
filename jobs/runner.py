"""Runs the jobs while this process holds the lease: each run isolated, measured and recorded."""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from prometheus_client import Gauge, Histogram

from app.services.leases import JOBS, hold, release
from app.services.ports.basics import StoreAway
from app.services.ports.running import JobRun
from app.services.world import World
from jobs.schedule import Job

log = logging.getLogger("jobs")

T = TypeVar("T")
BEAT_SECONDS = 5
RUN_SECONDS = Histogram("zhitongche_job_seconds", "Length of a job's run", ["job"])
LAST_SUCCESS = Gauge("zhitongche_job_last_success", "When a job last succeeded, in seconds since 1970", ["job"])


class Runner:
    """Stands by until it gets the lease, then runs everything once at once (what downtime left behind) and on time."""

    def __init__(self, world: World, jobs: tuple[Job, ...]) -> None:
        self._world = world
        self._jobs = jobs
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{world.secrets.new_id()}"
        self._leads = False
        self._next: dict[str, datetime] = {}
        """When each job is due by the world's clock, which a demonstration moves: its schedule moves with it."""
        self._scheduler = BackgroundScheduler(timezone="Asia/Shanghai")

    def start(self) -> None:
        self._scheduler.add_job(self.beat, IntervalTrigger(seconds=BEAT_SECONDS), max_instances=1, coalesce=True)
        for job in self._jobs:
            self._scheduler.add_job(
                self.run, job.trigger, (job,), id=job.name, max_instances=1, coalesce=True, misfire_grace_time=None
            )
        self._scheduler.start()
        self.beat()

    def stop(self) -> None:
        """Lets what runs finish, then gives the lease up."""
        self._scheduler.shutdown(wait=True)
        _quietly(lambda: release(self._world, JOBS, self._holder))

    def beat(self) -> None:
        """Renews or tries to get the lease. Without the database nobody leads."""
        led = self._leads
        self._leads = bool(_quietly(lambda: hold(self._world, JOBS, self._holder)))
        if self._leads and not led:
            log.info("leading")
            for job in self._jobs:
                self._scheduler.modify_job(job.name, next_run_time=datetime.now(UTC))
        elif led and not self._leads:
            log.warning("standing by")
        elif self._leads:
            self._catch_up()

    def _catch_up(self) -> None:
        """Starts what the world's clock has passed and the scheduler, which goes by this machine's, has not."""
        passed = self._world.clock.now() - timedelta(seconds=2 * BEAT_SECONDS)
        for name, due in self._next.items():
            if due < passed:
                self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    def run(self, job: Job) -> None:
        """One run of `job`, if this process leads; its failure is recorded and stops nothing."""
        if not self._leads:
            return
        started_at, begun = self._world.clock.now(), time.monotonic()
        next_at: datetime = job.trigger.get_next_fire_time(started_at, started_at)
        self._next[job.name] = next_at
        done, error = 0, ""
        try:
            done = job.function(self._world)
        except StoreAway:
            error = "the database does not answer"
            log.warning("job postponed", extra={"job": job.name, "error": error})
        except Exception as failure:  # recorded and alerted; the next run is due anyway
            error = type(failure).__name__
            self._world.alerts.raise_alert("job_failed", job=job.name, error=error)
        seconds = time.monotonic() - begun
        RUN_SECONDS.labels(job.name).observe(seconds)
        if not error:
            LAST_SUCCESS.labels(job.name).set_to_current_time()
        if done:
            log.info("job done", extra={"job": job.name, "done": done, "seconds": round(seconds, 3)})
        before = _quietly(lambda: self._world.stores.job_runs.get(job.name))
        succeeded_at = started_at if not error else (before.last_success_at if before else None)
        failures = (before.failures if before else 0) + 1 if error else 0
        run = JobRun(job.name, started_at, round(seconds, 3), done, error, succeeded_at, failures, next_at)
        _quietly(lambda: self._world.stores.job_runs.put(run))


def _quietly(act: Callable[[], T]) -> T | None:
    """The result, or None while the database is away: the next beat or run tries again."""
    try:
        return act()
    except StoreAway:
        return None
