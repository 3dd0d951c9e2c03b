"""The settings in force, for web processes and jobs alike: kept in memory, and looked after every two seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from app.domain.city_rules import Workdays
from app.domain.errors import InvalidInput
from app.domain.settings import CitySettings, SettingChange, from_json, with_value
from app.domain.workday import WorkdayCalendar
from app.services.ports.basics import Alerts, CalendarSource, StoreAway
from app.services.ports.settings import InForce, SettingChanges, SettingsSource

LOOK_EVERY = 2.0
"""Seconds. Measured by a clock that never jumps, so that a demonstration that moves time sees changes too."""
AT_ONCE = 500


class LiveSettings:
    """Implements SettingsSource on the history of changes: reads only what is new, one indexed query every two seconds.

    While the database is away the settings last seen hold. Before they were seen once nothing is assumed: StoreAway.
    """

    def __init__(
        self,
        changes: SettingChanges,
        alerts: Alerts,
        defaults: CitySettings | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`defaults` hold for what was never changed."""
        self._changes = changes
        self._alerts = alerts
        self._state = InForce(defaults or CitySettings())
        self._looked_at: float | None = None
        self._seconds = seconds
        self._looking = threading.Lock()

    def __call__(self) -> CitySettings:
        if self._is_fresh():
            return self._state.settings
        if not self._looking.acquire(blocking=self._looked_at is None):
            return self._state.settings  # somebody else is looking at this moment
        try:
            if not self._is_fresh():
                self._read()
        except StoreAway:
            if self._looked_at is None:
                raise
            self._looked_at = self._seconds()  # asked again in two seconds, not with every request
        finally:
            self._looking.release()
        return self._state.settings

    def look(self) -> InForce:
        with self._looking:
            self._read()
            return self._state

    def expire(self) -> None:
        with self._looking:
            if self._looked_at is not None:
                self._looked_at -= LOOK_EVERY

    def _is_fresh(self) -> bool:
        return self._looked_at is not None and self._seconds() < self._looked_at + LOOK_EVERY

    def _read(self) -> None:
        begun = self._seconds()
        while found := self._changes.since(self._state.number, AT_ONCE):
            for change in found:
                self._state = self._after(change)
            if len(found) < AT_ONCE:
                break
        self._looked_at = begun

    def _after(self, change: SettingChange) -> InForce:
        settings = self._state.settings
        try:
            settings = with_value(settings, change.name, from_json(change.name, change.after))
        except InvalidInput:  # written under other rules: what held before goes on
            self._alerts.raise_alert("setting_unreadable", setting=change.name.value, number=change.number)
        return InForce(settings, change.number, {**self._state.newest, change.name: change})


class CityCalendar:
    """Implements app.services.ports.basics.CalendarSource: the country's calendar with the city's own days over it."""

    def __init__(self, country: CalendarSource, settings: SettingsSource) -> None:
        self._country = country
        self._settings = settings
        self._made: tuple[Workdays, WorkdayCalendar] | None = None

    def __call__(self) -> WorkdayCalendar:
        workdays, made = self._settings().workdays, self._made
        if made is None or made[0] != workdays:
            made = self._made = workdays, workdays.over(self._country())
        return made[1]
