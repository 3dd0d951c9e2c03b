"""Cursors of lists: opaque to the client, a moment and a code inside."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import UTC, datetime, timedelta

from app.domain.errors import InvalidInput, Reason
from app.services.ports.basics import Position

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR = re.compile(r"(\d{1,14}):([A-Za-z0-9._:-]{1,200})")


def write_cursor(position: Position | None) -> str | None:
    if position is None:
        return None
    moment, code = position
    milliseconds = (moment - EPOCH) // timedelta(milliseconds=1)
    return base64.urlsafe_b64encode(f"{milliseconds}:{code}".encode()).decode().rstrip("=")


def read_cursor(cursor: str, longest: int = 32) -> Position | None:
    """The position, None for an empty cursor; `longest` is how long the list's codes may be. Raises InvalidInput for
    anything we have not given out."""
    if not cursor:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        match = _CURSOR.fullmatch(text)
        if match is None or len(match[2]) > longest:
            raise ValueError(text)
        return EPOCH + timedelta(milliseconds=int(match[1])), match[2]
    except (binascii.Error, ValueError, OverflowError):
        raise InvalidInput(Reason.BAD_CURSOR) from None
