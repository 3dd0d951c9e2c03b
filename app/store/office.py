"""Console accounts, the audit log, counters and reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app.domain.audit import AuditEntry
from app.domain.office_session import OfficeSession
from app.domain.officer import Officer
from app.domain.reporting import Report, ReportKind
from app.services.ports.officers import AuditWanted, Counter
from app.store.derived import in_ms
from app.store.shelf import Shelf

AUDIT_FILTERS = ("officer_id", "act", "subject")
NEWEST_REVISION = [("first", -1), ("revision", -1)]
"""A report of an earlier version has no revision, which stands below every number."""
LAST_USED_FIRST = [("seen_ms", -1), ("code", -1)]


class MongoOfficers(Shelf[Officer]):
    """Implements app.services.ports.officers.Officers."""

    def by_username(self, username: str) -> Officer | None:
        return self.one({"username": username})

    def all(self) -> Sequence[Officer]:
        return self.many({}, [("username", 1)])


class MongoOfficeSessions(Shelf[OfficeSession]):
    """Implements app.services.ports.officers.OfficeSessions."""

    def of_officer(self, officer_id: str) -> Sequence[OfficeSession]:
        return self.many({"officer_id": officer_id}, LAST_USED_FIRST)

    def newest(self, limit: int) -> Sequence[OfficeSession]:
        return self.many({}, LAST_USED_FIRST, limit)

    def end(self, session_ids: Iterable[str]) -> int:
        wanted = sorted(set(session_ids))
        return self.delete({"_id": {"$in": wanted}}) if wanted else 0

    def end_all(self, officer_id: str) -> int:
        return self.delete({"officer_id": officer_id})

    def forget_expired(self, now: datetime) -> int:
        return self.delete({"expires_ms": {"$lte": in_ms(now)}})


class MongoCounters(Shelf[Counter]):
    """Implements app.services.ports.officers.Counters."""


class MongoAuditLog:
    """Implements app.services.ports.officers.AuditLog: of the shelf only adding and reading can be reached."""

    def __init__(self, shelf: Shelf[AuditEntry]) -> None:
        self._shelf = shelf

    def add(self, entry: AuditEntry) -> None:
        self._shelf.add(entry)

    def last(self) -> AuditEntry | None:
        newest = self._shelf.many({}, [("number", -1)], 1)
        return newest[0] if newest else None

    def since(self, number: int, limit: int) -> Sequence[AuditEntry]:
        return self._shelf.many({"number": {"$gt": number}}, [("number", 1)], limit)

    def newest(self, wanted: AuditWanted, before: int | None, limit: int) -> Sequence[AuditEntry]:
        """Entries are numbered in the order of their time, so a period is a range of numbers: its ends cost one index
        entry each, and every filter reads its own index from the newest number down."""
        query: dict[str, Any] = {name: value for name in AUDIT_FILTERS if (value := getattr(wanted, name))}
        numbers: dict[str, int] = {} if before is None else {"$lt": before}
        if wanted.since is not None:
            first = self._number({"$gte": in_ms(wanted.since)}, 1)
            if first is None:
                return []
            numbers["$gte"] = first
        if wanted.until is not None:
            last = self._number({"$lt": in_ms(wanted.until)}, -1)
            if last is None:
                return []
            numbers["$lt"] = min(last + 1, numbers.get("$lt", last + 1))
        return self._shelf.many(query | ({"number": numbers} if numbers else {}), [("number", -1)], limit)

    def _number(self, at_ms: dict[str, int], direction: int) -> int | None:
        """Of the first or last entry with such a time."""
        found = self._shelf.raw({"at_ms": at_ms}, {"number": 1}, [("at_ms", direction), ("number", direction)], 1)
        return found[0]["number"] if found else None


class MongoReports:
    """Implements app.services.ports.figures.Reports: none can be deleted or overwritten."""

    def __init__(self, shelf: Shelf[Report]) -> None:
        self._shelf = shelf

    def add(self, report: Report) -> None:
        self._shelf.add(report)

    def replace(self, report: Report) -> bool:
        return self._shelf.replace(report) or self._shelf.replace_unversioned(report)

    def get(self, report_id: str) -> Report | None:
        return self._shelf.get(report_id)

    def newest(self, roster: str, kind: ReportKind, limit: int) -> Sequence[Report]:
        return self._shelf.many({"roster": roster, "kind": kind.value}, NEWEST_REVISION, limit)
