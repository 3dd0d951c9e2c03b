"""The demo's common time: the real time plus an offset all servers of the demo read from one file."""

from __future__ import annotations

import math
import os
import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from datetime import time as time_of_day
from pathlib import Path

import holidays

OFFSET_FILE = "clock-offset"
BEIJING = timezone(timedelta(hours=8))
MORNING = 9
WORKDAYS = holidays.country_holidays("CN")
MAX_OFFSET = 100 * 365 * 86400


class SharedClock:
    """Seconds since the epoch, shifted by DATA_DIR/clock-offset (whole seconds as decimal text; absent means 0)."""

    def __init__(self, data_dir: Path | None) -> None:
        self._file = data_dir / OFFSET_FILE if data_dir else None
        self._memory = 0
        self._lock = threading.Lock()

    def offset(self) -> int:
        """The shift in seconds. Raises ValueError when the file holds anything but a whole number."""
        if self._file is None:
            return self._memory
        try:
            return int(self._file.read_text("ascii").strip() or "0")
        except FileNotFoundError:
            return 0

    def now(self) -> float:
        """The demo's time in seconds since the epoch."""
        return time.time() + self.offset()

    def advance(self, seconds: object) -> int:
        """Move forward by ``seconds`` (>= 0; a fraction counts as a whole second) and return the new offset.

        Raises ValueError for anything that is not such a number.
        """
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
            raise ValueError("seconds must be a number")
        if not 0 <= seconds <= MAX_OFFSET:  # also refuses nan
            raise ValueError("seconds must be between 0 and a hundred years")
        with self._lock:
            total = self.offset() + math.ceil(seconds)
            if total > MAX_OFFSET:
                raise ValueError("the demo cannot move further than a hundred years")
            self._write(total)
            return total

    def reset(self) -> None:
        """Return to the real time."""
        with self._lock:
            self._write(0)

    def _write(self, total: int) -> None:
        if self._file is None:
            self._memory = total
            return
        # Replacing is atomic: a reader sees the old or the new number, never half of one.
        temporary = self._file.with_name(f"{OFFSET_FILE}.{os.getpid()}.tmp")
        temporary.write_text(str(total), "ascii")
        temporary.replace(self._file)


def rfc3339(seconds: float) -> str:
    """Seconds since the epoch as RFC 3339 in UTC, with milliseconds."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def next_morning(now: float) -> int:
    """Seconds from ``now`` to 9:00 in China on the next day that is worked, rounded up."""
    moment = datetime.fromtimestamp(now, BEIJING)
    day = moment.date() + timedelta(days=moment.hour >= MORNING)
    while not WORKDAYS.is_working_day(day):
        day += timedelta(days=1)
    return math.ceil(datetime.combine(day, time_of_day(MORNING), BEIJING).timestamp() - now)


def is_quiet(now: float) -> bool:
    """Whether the program keeps its messages back: from 22:00 to 8:00 and on days that are not worked."""
    moment = datetime.fromtimestamp(now, BEIJING)
    return not (8 <= moment.hour < 22 and WORKDAYS.is_working_day(moment.date()))
