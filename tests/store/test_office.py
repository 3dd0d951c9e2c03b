"""The contracts of officers, the audit log, counters and the desks of the work list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.appeal import Publication
from app.domain.audit import chain, first_break
from app.domain.officer import Officer, OfficeRole
from app.domain.reporting import Issue, LeftOut, LineKind, Report, ReportKind
from app.services.ports.basics import Duplicate
from app.services.ports.officers import AuditWanted, Counter
from app.services.world import Stores
from tests.engines import Workbench

from .samples import NOW, answered, hours


def an_officer(name: str) -> Officer:
    roles = (OfficeRole.SUPERVISOR, OfficeRole.AUDITOR)
    return Officer(name, 1, name, "李督查", roles, "argon2 hash", NOW, f"8-{name}")


def test_officers_are_found_by_username_and_unique(stores: Stores) -> None:
    for name in ("supervisor", "admin"):
        stores.officers.add(an_officer(name))
    with pytest.raises(Duplicate):
        stores.officers.add(replace(an_officer("supervisor"), id="another"))
    assert stores.officers.by_username("supervisor") == an_officer("supervisor")
    assert stores.officers.by_username("nobody") is None
    assert [one.username for one in stores.officers.all()] == ["admin", "supervisor"]
    assert stores.officers.replace(replace(an_officer("admin"), version=2, failures=1))
    assert not stores.officers.replace(replace(an_officer("admin"), version=2))


def test_the_audit_log_only_grows_and_keeps_its_order(stores: Stores) -> None:
    assert stores.audit_log.last() is None
    entries = []
    for number in range(12):
        entries.append(chain(entries[-1] if entries else None, NOW, "o", "李督查", "reject", f"SQ{number}", "理由"))
        stores.audit_log.add(entries[-1])
    with pytest.raises(Duplicate):
        stores.audit_log.add(entries[3])
    assert stores.audit_log.last() == entries[-1]
    assert list(stores.audit_log.since(0, 5)) == entries[:5]
    assert list(stores.audit_log.since(9, 5)) == entries[9:]
    assert first_break(stores.audit_log.since(0, 100)) is None


def test_the_audit_log_is_searched_by_who_what_and_when(stores: Stores) -> None:
    last = None
    for number in range(1, 13):
        officer, act = f"o{number % 2}", "reject" if number % 3 else "assign"
        last = chain(last, hours(number / 2), officer, "李督查", act, f"SQ{number % 4}", "")
        stores.audit_log.add(last)

    def found(before: int | None = None, limit: int = 99, **wanted: Any) -> list[int]:
        return [entry.number for entry in stores.audit_log.newest(AuditWanted(**wanted), before, limit)]

    assert found(limit=3) == [12, 11, 10]
    assert found(before=10, limit=2) == [9, 8]
    assert found(officer_id="o1") == [11, 9, 7, 5, 3, 1]
    assert found(act="assign") == [12, 9, 6, 3]
    assert found(officer_id="o1", act="assign") == [9, 3]
    assert found(subject="SQ0", before=12) == [8, 4]
    assert found(since=hours(5)) == [12, 11, 10], "the moment itself counts"
    assert found(until=hours(1)) == [1], "the moment itself does not"
    assert found(since=hours(2), until=hours(4), act="reject") == [7, 5, 4]
    assert found(since=hours(2), until=hours(4), before=6) == [5, 4]
    assert found(since=hours(7)) == found(until=hours(0)) == found(since=hours(4), until=hours(4)) == []


def test_entries_within_one_second_are_told_apart(stores: Stores) -> None:
    last = None
    for number in range(1, 5):
        last = chain(last, NOW + number * timedelta(milliseconds=1), "o", "李督查", "reject", "SQ1", "")
        stores.audit_log.add(last)
    moment = NOW + timedelta(milliseconds=3)
    assert [entry.number for entry in stores.audit_log.newest(AuditWanted(since=moment), None, 9)] == [4, 3]
    assert [entry.number for entry in stores.audit_log.newest(AuditWanted(until=moment), None, 9)] == [2, 1]


def test_counters_are_guarded(stores: Stores) -> None:
    stores.counters.add(Counter("orders:2026", 1, 1))
    assert stores.counters.replace(Counter("orders:2026", 2, 2))
    assert not stores.counters.replace(Counter("orders:2026", 2, 2))
    assert stores.counters.get("orders:2026") == Counter("orders:2026", 2, 2)


def test_what_is_published_is_read_newest_first(stores: Stores) -> None:
    for number in (1, 3, 2):
        published = Publication("路灯", "路灯不亮", "已修好", "李督查", hours(number))
        stores.appeals.add(answered(number, publication=published))
    stores.appeals.add(answered(4))
    stores.appeals.add(answered(5, "o2", roster="other", publication=Publication("一", "二", "三", "李督查", hours(5))))
    roster = answered(1).roster
    assert [one.code for one in stores.appeals.published(roster, "", None, 10)] == ["SQ0003", "SQ0002", "SQ0001"]
    position = (hours(3), answered(3).public_id)
    assert [one.code for one in stores.appeals.published(roster, "", position, 1)] == ["SQ0002"]
    assert [one.code for one in stores.appeals.published("", "", None, 2)] == ["SQ0005", "SQ0003"]
    assert [one.code for one in stores.appeals.published("", "o1", None, 2)] == ["SQ0003", "SQ0002"]
    assert [one.code for one in stores.appeals.published("", "o2", None, 2)] == ["SQ0005"]
    assert stores.appeals.published(roster, "o2", None, 2) == []


def test_reports_are_written_once_and_read_newest_first(stores: Stores) -> None:
    for day in (1, 3, 2):
        stores.reports.add(a_report(day))
    with pytest.raises(Duplicate):
        stores.reports.add(a_report(3))
    assert [one.first.day for one in stores.reports.newest("city", ReportKind.DAILY, 2)] == [3, 2]
    assert list(stores.reports.newest("city", ReportKind.WEEKLY, 2)) == []
    assert stores.reports.get("city:daily:2") == a_report(2)


def test_a_draft_is_replaced_guarded_and_later_revisions_come_first(stores: Stores) -> None:
    for number in (1, 2):
        again = "" if number == 1 else f":{number}"
        stores.reports.add(replace(a_report(1), id=f"city:daily:1{again}", revision=number))
    left = LeftOut(LineKind.TOPIC, "停水", "停水", "指向个人", "李督查", NOW)
    changed = replace(
        a_report(1), version=2, lead="导语", left_out=(left,), issue=Issue("通〔2026〕1号", "李督查", NOW)
    )
    assert stores.reports.replace(changed)
    assert not stores.reports.replace(changed), "somebody was faster"
    assert stores.reports.get(changed.id) == changed
    assert [one.revision for one in stores.reports.newest("city", ReportKind.DAILY, 9)] == [2, 1]


def a_report(day: int) -> Report:
    when = date(2026, 3, day)
    return Report(f"city:daily:{day}", "city", ReportKind.DAILY, when, when, NOW, "{}")


def test_a_report_of_an_earlier_version_is_read_and_signed(bench: Workbench) -> None:
    """It was stored without a version, a revision and everything that people may add."""
    stores, added = bench.stores(), ("version", "revision", "reason", "replaces", "lead", "remark", "left_out", "issue")
    stores.reports.add(a_report(1))
    stores.reports.add(replace(a_report(2), id="city:daily:1:2", first=a_report(1).first, revision=2))
    bench.database["reports"].update_one({"_id": a_report(1).id}, {"$unset": dict.fromkeys(added, "")})
    old = stores.reports.get(a_report(1).id)
    assert old == a_report(1)
    assert [one.revision for one in stores.reports.newest("city", ReportKind.DAILY, 9)] == [2, 1]
    signed = replace(old, version=2, issue=Issue("通〔2026〕1号", "李督查", NOW))
    assert not stores.reports.replace(replace(signed, version=3)), "not the version before"
    assert stores.reports.replace(signed)
    assert not stores.reports.replace(signed)
    assert stores.reports.get(old.id) == signed
