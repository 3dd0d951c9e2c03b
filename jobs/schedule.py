"""The table of jobs: what runs, how often, and what it does. Each may run twice or late without harm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from app.config import Settings
from app.services.evidence import verifying
from app.services.figures.flows import roll_up_flows
from app.services.figures.reports import make_reports
from app.services.figures.tallies import roll_up
from app.services.messages.dispatching import dispatch
from app.services.messages.reminding import sweep
from app.services.rosters.log import finish_changes
from app.services.running.forgetting import forget
from app.services.world import World


@dataclass(frozen=True)
class Job:
    """`function` returns how much it did, for the record of the run."""

    name: str
    trigger: BaseTrigger
    function: Callable[[World], int]


def jobs(settings: Settings) -> tuple[Job, ...]:
    """All jobs at their times; hours are Beijing's."""
    return (
        Job("sweep", IntervalTrigger(seconds=settings.sweep_seconds), sweep),
        Job("dispatch", IntervalTrigger(seconds=settings.dispatch_seconds), dispatch),
        Job("figures", IntervalTrigger(minutes=3), count),
        Job("rosters", IntervalTrigger(minutes=1), finish_changes),
        Job("perfunctory", CronTrigger(minute=20, timezone="Asia/Shanghai"), verifying.look),
        Job("reports", IntervalTrigger(minutes=10), make_reports),
        Job("forget", CronTrigger(hour=3, minute=17, timezone="Asia/Shanghai"), forget),
        Job("calendar", CronTrigger(hour=9, minute=5, timezone="Asia/Shanghai"), check_calendar),
    )


def count(world: World) -> int:
    """Brings the roll-ups of figures and the counts of each day's flow up to now."""
    return roll_up(world) + roll_up_flows(world)


def check_calendar(world: World) -> int:
    """Warns when deadlines reach into a year whose holidays are not known: the library needs an update then."""
    reach = (world.clock.now() + timedelta(days=45)).year
    if reach in world.calendar().published_years:
        return 0
    world.alerts.raise_alert("calendar_not_published", year=reach)
    return 1
