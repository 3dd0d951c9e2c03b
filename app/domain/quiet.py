"""Quiet hours: they defer messages, never clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from app.domain.workday import BEIJING, ONE_DAY, WorkdayCalendar, at


@dataclass(frozen=True)
class QuietHours:
    """No message between `begin` and `end` (Beijing time) nor, with `on_days_off`, on a day that is not worked, unless
    it is urgent."""

    begin: time = time(22)
    end: time = time(8)
    on_days_off: bool = True

    def send_at(self, moment: datetime, calendar: WorkdayCalendar, urgent: bool = False) -> datetime:
        """The first time from `moment` on at which a message may go out, in UTC."""
        local = moment.astimezone(BEIJING)
        day, hour = local.date(), local.time()
        if urgent or (self._has_hours(day, calendar) and not self._covers(hour)):
            return moment
        if hour >= self.end or not self._has_hours(day, calendar):
            day += ONE_DAY
        while not self._has_hours(day, calendar):
            day += ONE_DAY
        return at(day, self.end)

    def _has_hours(self, day: date, calendar: WorkdayCalendar) -> bool:
        return not self.on_days_off or calendar.is_workday(day)

    def _covers(self, hour: time) -> bool:
        if self.begin <= self.end:
            return self.begin <= hour < self.end
        return hour >= self.begin or hour < self.end
