"""The office in memory: its accounts and sessions, settings, reports and the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter

from app.domain.audit import AuditEntry
from app.domain.office_session import OfficeSession
from app.domain.officer import Officer
from app.domain.reporting import Report, ReportKind
from app.domain.settings import SettingChange, SettingName
from app.services.ports.officers import AuditWanted
from tests.fakes.shelf import MemoryShelf


class MemoryOfficers(MemoryShelf[Officer]):
    unique = ("username", "number")

    def by_username(self, username: str) -> Officer | None:
        return self.one(lambda officer: officer.username == username)

    def all(self) -> Sequence[Officer]:
        return sorted(self.where(lambda _: True), key=attrgetter("username"))


class MemoryOfficeSessions(MemoryShelf[OfficeSession]):
    def of_officer(self, officer_id: str) -> Sequence[OfficeSession]:
        own = self.where(lambda session: session.officer_id == officer_id)
        return sorted(own, key=attrgetter("seen_at", "id"), reverse=True)

    def newest(self, limit: int) -> Sequence[OfficeSession]:
        return sorted(self.where(lambda _: True), key=attrgetter("seen_at", "id"), reverse=True)[:limit]

    def end(self, session_ids: Iterable[str]) -> int:
        gone = frozenset(session_ids)
        return self.forget(lambda session: session.id in gone)

    def end_all(self, officer_id: str) -> int:
        return self.forget(lambda session: session.officer_id == officer_id)

    def forget_expired(self, now: datetime) -> int:
        return self.forget(lambda session: session.expires_at <= now)


class MemorySettingChanges(MemoryShelf[SettingChange]):
    def since(self, number: int, limit: int) -> Sequence[SettingChange]:
        return sorted(self.where(lambda change: change.number > number), key=attrgetter("number"))[:limit]

    def newest(self, name: SettingName, before: int | None, limit: int) -> Sequence[SettingChange]:
        found = self.where(lambda change: change.name is name and (before is None or change.number < before))
        return sorted(found, key=attrgetter("number"), reverse=True)[:limit]


class MemoryReports(MemoryShelf[Report]):
    def newest(self, roster: str, kind: ReportKind, limit: int) -> Sequence[Report]:
        found = self.where(lambda report: (report.roster, report.kind) == (roster, kind))
        return sorted(found, key=attrgetter("first", "revision"), reverse=True)[:limit]


class MemoryAuditLog(MemoryShelf[AuditEntry]):
    def last(self) -> AuditEntry | None:
        return max(self.where(lambda _: True), key=attrgetter("number"), default=None)

    def since(self, number: int, limit: int) -> Sequence[AuditEntry]:
        return sorted(self.where(lambda entry: entry.number > number), key=attrgetter("number"))[:limit]

    def newest(self, wanted: AuditWanted, before: int | None, limit: int) -> Sequence[AuditEntry]:
        def fits(entry: AuditEntry) -> bool:
            asked = ((wanted.officer_id, entry.officer_id), (wanted.act, entry.act), (wanted.subject, entry.subject))
            return (
                all(value in {"", own} for value, own in asked)
                and (before is None or entry.number < before)
                and (wanted.since is None or wanted.since <= entry.at)
                and (wanted.until is None or entry.at < wanted.until)
            )

        return sorted(self.where(fits), key=attrgetter("number"), reverse=True)[:limit]
