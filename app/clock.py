"""The one source of time: aware UTC, cut to milliseconds (what MongoDB keeps of a date)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path


def whole_milliseconds(moment: datetime) -> datetime:
    """`moment` in UTC without the part of a millisecond that the database would drop."""
    moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        return whole_milliseconds(datetime.now(UTC))


class OffsetClock:
    """The demonstration's time: this machine's, moved forward by the whole seconds written in a file.

    Every process of a demonstration reads the same file, so that three days can pass in a minute. A missing or
    unreadable file means no offset. Production refuses this clock (app/config.py).
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        return whole_milliseconds(datetime.now(UTC) + self._offset())

    def _offset(self) -> timedelta:
        try:
            return timedelta(seconds=float(self._file.read_text().strip() or 0))
        except (FileNotFoundError, ValueError):
            return timedelta()
