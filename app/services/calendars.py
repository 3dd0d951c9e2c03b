"""The Chinese workday calendar from the `holidays` library, which follows the State Council's yearly notices."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays

from app.domain.workday import WorkdayCalendar

FIRST_YEAR = 2020
LAST_YEAR = 2040


@lru_cache(maxsize=1)
def chinese_calendar() -> WorkdayCalendar:
    """Days off and working weekends of all years in reach. A year counts as published once it has working weekends:
    every notice so far moved some, and the library knows none before the notice is out."""
    days = holidays.country_holidays("CN", years=range(FIRST_YEAR, LAST_YEAR + 1))
    moved = {day for day in getattr(days, "weekend_workdays", set()) if day.year >= FIRST_YEAR}
    return WorkdayCalendar(
        days_off=frozenset(day for day in days if isinstance(day, date)),
        working_weekends=frozenset(moved),
        published_years=frozenset(day.year for day in moved),
    )
