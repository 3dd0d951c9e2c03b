"""On the real engine: what the console asks reads an index in its order, and no more of it than it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.appeal import State
from app.domain.audit import chain
from app.domain.notification import Channel, Role, Status
from app.domain.office_session import OfficeSession
from app.domain.reporting import Report, ReportKind
from app.domain.settings import SettingChange, SettingName, change_id
from app.domain.timeline import Actor, Deed, Entry
from app.services.ports.appeals import Upload
from app.services.ports.officers import AuditWanted
from app.store import MongoStores
from app.store.shelf import Shelf
from tests.engines import Workbench

from .plans import explained, reads_its_index
from .samples import NOW, appeal, assigned, hours, notification

HOT: dict[str, tuple[Callable[[MongoStores], Any], str]] = {
    "own sessions": (lambda s: s.office_sessions.of_officer("o1"), "of_officer"),
    "all sessions": (lambda s: s.office_sessions.newest(10), "last_used"),
    "what changed since": (lambda s: s.setting_changes.since(295, 500), "number"),
    "history of a setting": (lambda s: s.setting_changes.newest(SettingName.CHANNELS, 200, 10), "of_name"),
    "what waits": (lambda s: s.outbox.waiting(10), "to_dispatch"),
    "dead letters in numbers": (lambda s: s.outbox.troubled(Status.DEAD, 10), "in_trouble"),
    "dead letters": (lambda s: s.outbox.in_trouble("dead office", None, 10), "in_trouble"),
    "dead letters, next page": (lambda s: s.outbox.in_trouble("dead", (hours(250), "SQ0250"), 10), "in_trouble"),
    "old pictures": (lambda s: s.old_appeals.with_pictures(hours(200), 10), "old_pictures"),
    "old contacts": (lambda s: s.old_appeals.with_contacts(hours(200), 10), "old_contacts"),
    "where pictures are shown": (lambda s: s.old_appeals.showing(["p1", "p5"], ""), "pictures"),
    "the audit log": (lambda s: s.audit_log.newest(AuditWanted(), 200, 10), "number"),
    "what somebody did": (lambda s: s.audit_log.newest(AuditWanted("o3"), 200, 5), "of_officer"),
    "who did that": (lambda s: s.audit_log.newest(AuditWanted(act="reject"), 200, 5), "of_act"),
    "how often somebody did that": (
        lambda s: s.audit_log.newest(AuditWanted("o3", "reject"), None, 5),
        "of_officer_act",
    ),
    "what was done to one": (lambda s: s.audit_log.newest(AuditWanted(subject="SQ5"), None, 5), "of_subject"),
    "bulletins": (lambda s: s.reports.newest("city", ReportKind.MONTHLY, 10), "newest_revision"),
    "uploads by age": (lambda s: s.uploads.made_between(hours(7), hours(30), 10), "age"),
}


@pytest.fixture(scope="module")
def filled(real_bench: Workbench) -> Iterator[MongoStores]:
    real_bench.empty()
    stores = real_bench.stores()
    by = Actor(Role.RESIDENT, "resident")
    for number in range(300):
        kind = number % 4
        if kind == 0:
            dead = replace(notification(NOW, Status.DEAD), settled_at=hours(number), channel=Channel.TEMPLATE)
            stores.appeals.add(assigned(number, "o1", hours(99), notifications=(dead,)))
        elif kind == 1:
            story = (*appeal().timeline, Entry(2, hours(number), by, Deed.WITHDRAW))
            held: dict[str, Any] = {"photos": (f"p{number}",), "phone": "138", "timeline": story}
            stores.appeals.add(appeal(number, state=State.WITHDRAWN, **held))
        elif kind == 2:
            stores.appeals.add(appeal(number, notifications=(notification(hours(number)),)))
        else:
            stores.appeals.add(appeal(number))
        name = list(SettingName)[number % 10]
        stores.setting_changes.add(SettingChange(change_id(number), number, name, NOW, "o", "王", "{}", "{}"))
    entry = None
    for number in range(300):
        act = ("reject", "assign", "publish")[number % 3]
        entry = chain(entry, hours(number), f"o{number % 7}", "李督查", act, f"SQ{number % 50}", "")
        stores.audit_log.add(entry)
        day = date(2000, 1, 1) + timedelta(days=31 * number)
        kind = list(ReportKind)[number % 3]
        stores.reports.add(Report(f"r{number}", "city", kind, day, day, NOW, "{}"))
    for number in range(100):
        officer = f"o{number % 9}"
        stores.office_sessions.add(OfficeSession(f"s{number}", 1, officer, 0, NOW, hours(12), hours(number)))
        stores.uploads.add(Upload(f"u{number}", "a", hours(number), "image/jpeg", b"", "t"))
    yield stores
    real_bench.empty()


@pytest.mark.parametrize("name", HOT)
def test_a_question_of_the_console_is_answered_from_its_index(
    monkeypatch: pytest.MonkeyPatch, filled: MongoStores, name: str
) -> None:
    call, index = HOT[name]
    reads_its_index(explained(monkeypatch, filled, call), index)


@pytest.mark.parametrize(
    "wanted", [AuditWanted(since=hours(200), until=hours(205)), AuditWanted("o3", until=hours(99))]
)
def test_a_period_of_the_audit_log_is_a_range_of_numbers(
    monkeypatch: pytest.MonkeyPatch, filled: MongoStores, wanted: AuditWanted
) -> None:
    """Its ends are one index entry each; then the list reads no more than it shows."""
    asked: list[dict[str, Any]] = []
    usual = Shelf.raw

    def raw(shelf: Shelf[Any], query: Any, fields: Any = None, sort: Any = None, limit: int = 0) -> list[Any]:
        asked.append(shelf._collection.find(query, fields, sort=sort, limit=limit).explain()["executionStats"])
        return usual(shelf, query, fields, sort, limit)

    monkeypatch.setattr(Shelf, "raw", raw)
    assert len(filled.audit_log.newest(wanted, None, 5)) == 5
    assert [ran["totalKeysExamined"] for ran in asked[:-1]] == [1] * (len(asked) - 1)
    assert 5 <= asked[-1]["totalKeysExamined"] <= 6
