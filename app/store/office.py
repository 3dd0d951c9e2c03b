"""Console accounts, the audit log, counters and reports."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.audit import AuditEntry
from app.domain.officer import Officer
from app.domain.reporting import Report, ReportKind
from app.services.office_ports import Counter
from app.store.shelf import Shelf


class MongoOfficers(Shelf[Officer]):
    """Implements app.services.office_ports.Officers."""

    def by_username(self, username: str) -> Officer | None:
        return self.one({"username": username})

    def all(self) -> Sequence[Officer]:
        return self.many({}, [("username", 1)])


class MongoCounters(Shelf[Counter]):
    """Implements app.services.office_ports.Counters."""


class MongoAuditLog:
    """Implements app.services.office_ports.AuditLog: of the shelf only adding and reading can be reached."""

    def __init__(self, shelf: Shelf[AuditEntry]) -> None:
        self._shelf = shelf

    def add(self, entry: AuditEntry) -> None:
        self._shelf.add(entry)

    def last(self) -> AuditEntry | None:
        newest = self._shelf.many({}, [("number", -1)], 1)
        return newest[0] if newest else None

    def since(self, number: int, limit: int) -> Sequence[AuditEntry]:
        return self._shelf.many({"number": {"$gt": number}}, [("number", 1)], limit)


class MongoReports:
    """Implements app.services.report_ports.Reports: of the shelf only adding and reading can be reached."""

    def __init__(self, shelf: Shelf[Report]) -> None:
        self._shelf = shelf

    def add(self, report: Report) -> None:
        self._shelf.add(report)

    def get(self, report_id: str) -> Report | None:
        return self._shelf.get(report_id)

    def newest(self, roster: str, kind: ReportKind, limit: int) -> Sequence[Report]:
        return self._shelf.many({"roster": roster, "kind": kind.value}, [("first", -1)], limit)
