"""The audit log: append-only and hash-chained, so that nothing can be taken out or changed without being seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

BEGINNING = "0" * 64


@dataclass(frozen=True)
class AuditEntry:
    """Who did what to what, numbered without a gap. `hash` covers everything before it through `previous`."""

    id: str
    """The number as text with leading zeros, so that ids sort."""
    number: int
    at: datetime
    officer_id: str
    name: str
    act: str
    subject: str
    detail: str
    previous: str
    hash: str = ""


def chain(
    last: AuditEntry | None, at: datetime, officer_id: str, name: str, act: str, subject: str, detail: str
) -> AuditEntry:
    """The entry that follows `last` (None: the first)."""
    number = last.number + 1 if last else 1
    previous = last.hash if last else BEGINNING
    content = [number, at.isoformat(), officer_id, name, act, subject, detail, previous]
    hashed = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
    return AuditEntry(entry_id(number), number, at, officer_id, name, act, subject, detail, previous, hashed)


def entry_id(number: int) -> str:
    return f"{number:012}"


def first_break(entries: Iterable[AuditEntry]) -> int | None:
    """The number of the first entry that does not follow from the one before; None when the chain is whole."""
    last: AuditEntry | None = None
    for entry in entries:
        right = chain(last, entry.at, entry.officer_id, entry.name, entry.act, entry.subject, entry.detail)
        if entry != right:
            return entry.number
        last = entry
    return None
