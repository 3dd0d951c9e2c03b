"""Quiet hours (22:00-08:00 and days that are not worked) defer messages, never clocks."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given

from app.domain.quiet import QuietHours
from app.domain.workday import BEIJING

from .factories import CALENDAR, MOMENTS, PATIENT, beijing

QUIET = QuietHours()


def is_allowed(moment: datetime) -> bool:
    local = moment.astimezone(BEIJING)
    return CALENDAR.is_workday(local.date()) and 8 <= local.hour < 22


@pytest.mark.parametrize(
    ("moment", "goes_out"),
    [
        ("2026-03-02 08:00", "2026-03-02 08:00"),
        ("2026-03-02 21:59", "2026-03-02 21:59"),
        ("2026-03-02 22:00", "2026-03-03 08:00"),
        ("2026-03-02 23:30", "2026-03-03 08:00"),
        ("2026-03-03 00:30", "2026-03-03 08:00"),
        ("2026-03-03 07:59", "2026-03-03 08:00"),
        ("2026-03-06 22:30", "2026-03-09 08:00"),
        ("2026-03-07 12:00", "2026-03-09 08:00"),
        ("2026-03-08 03:00", "2026-03-09 08:00"),
        ("2026-02-13 22:30", "2026-02-14 08:00"),
        ("2026-02-14 22:30", "2026-02-24 08:00"),
        ("2026-02-18 10:00", "2026-02-24 08:00"),
    ],
)
def test_a_message_waits_for_the_next_eight_o_clock_of_a_workday(moment, goes_out):
    assert QUIET.send_at(beijing(moment), CALENDAR) == beijing(goes_out)


@pytest.mark.parametrize("moment", ["2026-03-02 23:30", "2026-03-07 12:00", "2026-02-18 03:00"])
def test_what_is_urgent_passes(moment):
    assert QUIET.send_at(beijing(moment), CALENDAR, urgent=True) == beijing(moment)


@PATIENT
@given(MOMENTS)
def test_the_time_is_the_first_allowed_one_and_stays_it(moment):
    goes_out = QUIET.send_at(moment, CALENDAR)
    assert goes_out >= moment
    assert is_allowed(goes_out)
    assert QUIET.send_at(goes_out, CALENDAR) == goes_out
    next_hour = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    earlier = [moment, *(next_hour + timedelta(hours=n) for n in range(24 * 14))]
    assert not any(is_allowed(hour) for hour in earlier if hour < goes_out)


@PATIENT
@given(MOMENTS, MOMENTS)
def test_what_happens_later_never_goes_out_earlier(one, other):
    one, other = sorted((one, other))
    assert QUIET.send_at(one, CALENDAR) <= QUIET.send_at(other, CALENDAR)


@pytest.mark.parametrize("begin", [time(0), time(1)])
def test_quiet_hours_are_a_setting_and_may_begin_after_midnight(begin):
    quiet = QuietHours(begin, time(6))
    for allowed in ("2026-03-02 06:00", "2026-03-02 12:00", "2026-03-02 23:59"):
        assert quiet.send_at(beijing(allowed), CALENDAR) == beijing(allowed)
    assert quiet.send_at(beijing("2026-03-02 03:00"), CALENDAR) == beijing("2026-03-02 06:00")
