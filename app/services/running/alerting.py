"""Alerts, counted by day in the database: what every process raised, seen at the console."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from app.domain.errors import Conflict
from app.domain.workday import local_day
from app.services.ports.basics import Alerts, Clock, StoreAway
from app.services.ports.running import AlertTallies, AlertTally
from app.services.saving import change_or_add

ATTEMPTS = 3


class CountedAlerts:
    """Implements app.services.ports.basics.Alerts: `inner` hears first.

    The count is best effort and never disturbs who raised the alert.
    """

    def __init__(self, inner: Alerts, tallies: AlertTallies, clock: Clock) -> None:
        self._inner = inner
        self._tallies = tallies
        self._clock = clock

    def raise_alert(self, what: str, **facts: object) -> None:
        self._inner.raise_alert(what, **facts)
        now = self._clock.now()
        day = day_number(now)
        id = f"{what}:{day}"
        told = json.dumps(facts, ensure_ascii=False, default=str)[:500]

        def rule(tally: AlertTally) -> AlertTally:
            return replace(tally, count=tally.count + 1, last_at=now, facts=told)

        try:
            change_or_add(self._tallies, id, AlertTally(id, 1, what, day, 0, now, ""), rule, ATTEMPTS)
        except (StoreAway, Conflict):
            return  # the log has it


def day_number(moment: datetime) -> int:
    """The Beijing day as 20260302."""
    day = local_day(moment)
    return day.year * 10000 + day.month * 100 + day.day
