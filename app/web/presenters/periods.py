"""Days of a period in words, long for sentences and short for what stands below a column."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.domain.workday import ONE_DAY, local_day


def span(first: date, last: date) -> str:
    """Days in words: `2026年3月`, `3月2日`, `3月2日至8日`, `3月30日至4月5日`; the year where two differ."""
    if first.day == 1 and (last + ONE_DAY).day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{first.year}年{first.month}月"
    begin = f"{first.month}月{first.day}日"
    if first == last:
        return begin
    if first.year != last.year:
        return f"{first.year}年{begin}至{last.year}年{last.month}月{last.day}日"
    return f"{begin}至{last.day}日" if first.month == last.month else f"{begin}至{last.month}月{last.day}日"


def days_between(begin: datetime, end: datetime) -> str:
    """The days of begin <= t < end, both named, as they were entered: `2026-11-09 至 2026-12-08`."""
    first, last = local_day(begin), local_day(end - timedelta.resolution)
    return f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}"


def step_label(first: date, last: date) -> str:
    """The same for below a column: `3月2日`, `3.2-3.8`, `3月`."""
    if first == last:
        return f"{first.month}月{first.day}日"
    if first.day == 1 and (last + ONE_DAY).day == 1:
        return f"{first.month}月"
    return f"{first.month}.{first.day}-{last.month}.{last.day}"
