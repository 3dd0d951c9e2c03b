"""The contracts of what the console keeps: sessions, the history of settings, the outbox, old appeals, alerts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.appeal import Answer, AnswerOutcome, State
from app.domain.call import Call, CallOutcome
from app.domain.notification import Channel, Notification, Occasion, Recipient, Role, Status
from app.domain.office_session import OfficeSession
from app.domain.officer import Officer, OfficeRole
from app.domain.second_factor import Totp
from app.domain.settings import SettingChange, SettingName, change_id
from app.domain.timeline import Actor, Deed, Entry
from app.services.ports.appeals import Upload
from app.services.ports.basics import Duplicate
from app.services.ports.requests import Lockout
from app.services.ports.running import AlertTally, JobRun, OutboxLine
from app.services.world import Stores
from tests.engines import Workbench

from .samples import NOW, appeal, assigned, hours

MILLISECOND = timedelta(milliseconds=1)


def a_session(id: str, officer: str = "o1", seen: float = 0, **changes: Any) -> OfficeSession:
    plain = OfficeSession(id, 1, officer, 0, NOW, hours(12), hours(seen), "10.1.2.*", "Edge")
    return replace(plain, **changes)


def test_office_sessions_are_listed_the_last_used_first(stores: Stores) -> None:
    sessions = stores.office_sessions
    for session in (a_session("a", seen=1), a_session("b", seen=3), a_session("c", "o2", 2), a_session("d", seen=3)):
        sessions.add(session)
    with pytest.raises(Duplicate):
        sessions.add(a_session("a"))
    assert [session.id for session in sessions.of_officer("o1")] == ["d", "b", "a"]
    assert [session.id for session in sessions.newest(3)] == ["d", "b", "c"]
    assert sessions.get("c") == a_session("c", "o2", 2)
    assert sessions.of_officer("o9") == []


def test_office_sessions_are_guarded_and_ended(stores: Stores) -> None:
    sessions = stores.office_sessions
    for id in "abcd":
        sessions.add(a_session(id, "o2" if id == "d" else "o1"))
    assert sessions.replace(a_session("a", version=2, seen_at=hours(9)))
    assert not sessions.replace(a_session("a", version=2))
    assert (sessions.end(["a", "x"]), sessions.end([]), sessions.end(["a"])) == (1, 0, 0)
    assert not sessions.replace(a_session("a", version=3)), "what was ended stays so"
    assert sessions.end_all("o1") == 2
    assert [session.id for session in sessions.newest(9)] == ["d"]
    assert sessions.forget_expired(hours(12) - MILLISECOND) == 0
    assert sessions.forget_expired(hours(12)) == 1


def test_a_number_belongs_to_one_officer_and_nobody_needs_one(stores: Stores) -> None:
    def officer(name: str, number: str) -> Officer:
        return Officer(name, 1, name, "李", (OfficeRole.EDITOR,), "hash", NOW, number)

    for name, number in (("a", "801"), ("b", ""), ("c", "")):
        stores.officers.add(officer(name, number))
    with pytest.raises(Duplicate):
        stores.officers.add(officer("d", "801"))
    with pytest.raises(Duplicate):
        stores.officers.replace(replace(officer("b", "801"), version=2))


def test_a_second_factors_secret_is_sealed(bench: Workbench) -> None:
    stores = bench.stores()
    totp = Totp("JBSWY3DPEHPK3PXP", NOW, 7, ("hash",))
    kept = Officer("a", 1, "a", "李", (OfficeRole.ADMIN,), "hash", NOW, totp=totp, totp_offer=totp, era=3)
    stores.officers.add(kept)
    assert stores.officers.get("a") == kept
    assert "JBSWY3DPEHPK3PXP" not in repr(bench.database["officers"].find_one({}))


def a_change(number: int, name: SettingName = SettingName.QUIET_HOURS) -> SettingChange:
    return SettingChange(change_id(number), number, name, NOW, "o", "王管理", "{}", '{"begin": "20:00"}', "注")


def test_the_history_of_settings_only_grows(stores: Stores) -> None:
    changes = stores.setting_changes
    for number in range(1, 13):
        changes.add(a_change(number, SettingName.CHANNELS if number % 3 == 0 else SettingName.QUIET_HOURS))
    with pytest.raises(Duplicate):
        changes.add(a_change(5))
    assert [change.number for change in changes.since(0, 5)] == [1, 2, 3, 4, 5]
    assert [change.number for change in changes.since(10, 5)] == [11, 12]
    assert list(changes.since(12, 5)) == []
    assert [change.number for change in changes.newest(SettingName.CHANNELS, None, 3)] == [12, 9, 6]
    assert [change.number for change in changes.newest(SettingName.CHANNELS, 9, 3)] == [6, 3]
    assert list(changes.newest(SettingName.RETENTION, None, 3)) == []
    assert (changes.get(change_id(4)), changes.get("x")) == (a_change(4), None)


def a_message(key: str, status: Status, settled: float = 0, role: Role = Role.OFFICIAL) -> Notification:
    recipient = Recipient(role, "resident" if role is Role.RESIDENT else "o1")
    waits = status in {Status.PENDING, Status.SENDING}
    channel = Channel.INBOX if status is Status.UNDELIVERED else Channel.TEMPLATE
    plain = Notification(key, Occasion.ASSIGNED, recipient, 1, hours(-1), hours(1), status=status)
    return plain if waits else replace(plain, settled_at=hours(settled), channel=channel)


def with_messages(number: int, *messages: Notification, **changes: Any) -> Any:
    return assigned(number, "o1", hours(99), notifications=messages, **changes)


def test_the_outbox_by_what_waits_and_what_is_in_trouble(stores: Stores) -> None:
    stores.appeals.add(with_messages(1, a_message("a", Status.PENDING), a_message("b", Status.DEAD, 5)))
    stores.appeals.add(with_messages(2, a_message("a", Status.SENDING), a_message("b", Status.SENT)))
    stores.appeals.add(with_messages(3, a_message("a", Status.UNDELIVERED, 7, Role.RESIDENT), phone="15400001234"))
    stores.appeals.add(with_messages(4, a_message("a", Status.UNCONFIRMED, 3), a_message("b", Status.DEAD, 2)))
    stores.appeals.add(with_messages(5, replace(a_message("a", Status.DEAD, 9), told_at=NOW)))
    stores.appeals.add(appeal(6))
    outbox = stores.outbox

    def line(status: Status, since: float, channel: Channel = Channel.TEMPLATE) -> OutboxLine:
        return OutboxLine(status, channel, hours(since))

    assert sorted(outbox.waiting(9), key=lambda one: one.status) == [line(Status.PENDING, -1), line(Status.SENDING, -1)]
    assert len(outbox.waiting(1)) == 1
    assert list(outbox.troubled(Status.DEAD, 9)) == [line(Status.DEAD, 5), line(Status.DEAD, 2)]
    assert list(outbox.troubled(Status.DEAD, 1)) == [line(Status.DEAD, 5)]
    assert list(outbox.troubled(Status.UNDELIVERED, 9)) == [line(Status.UNDELIVERED, 7, Channel.INBOX)]

    def codes(kind: str, after: Any = None, limit: int = 9) -> list[str]:
        return [one.code for one in outbox.in_trouble(kind, after, limit)]

    assert codes("dead") == codes("dead office") == ["SQ0001", "SQ0004"]
    assert codes("dead", (hours(5), "SQ0001")) == ["SQ0004"]
    assert codes("dead", limit=1) == ["SQ0001"]
    assert (codes("undelivered resident"), codes("undelivered office")) == (["SQ0003"], [])
    assert codes("unconfirmed") == ["SQ0004"]


def test_what_is_settled_leaves_the_lists(stores: Stores) -> None:
    first = with_messages(1, a_message("a", Status.DEAD, 5))
    stores.appeals.add(first)
    stores.appeals.replace(replace(first, version=2, notifications=(a_message("a", Status.SENT),)))
    assert list(stores.outbox.in_trouble("dead", None, 9)) == list(stores.outbox.troubled(Status.DEAD, 9)) == []


def test_equal_times_are_told_apart_by_the_code(stores: Stores) -> None:
    for number in range(1, 6):
        stores.appeals.add(with_messages(number, a_message("a", Status.DEAD, 5)))
    found = stores.outbox.in_trouble("dead", (hours(5), "SQ0004"), 2)
    assert [one.code for one in found] == ["SQ0003", "SQ0002"]


def closed(number: int, at: float, **changes: Any) -> Any:
    by = Actor(Role.RESIDENT, "resident")
    story = (*appeal().timeline, Entry(2, hours(at), by, Deed.WITHDRAW))
    return appeal(number, state=State.WITHDRAWN, timeline=story, **changes)


def test_old_appeals_by_what_they_still_hold(stores: Stores) -> None:
    stores.appeals.add(closed(1, 2, photos=("p1",)))
    stores.appeals.add(closed(2, 1, phone="138"))
    stores.appeals.add(closed(3, 3, photos=("p3",), place="谯城区"))
    stores.appeals.add(closed(4, 1))
    stores.appeals.add(appeal(5, photos=("p5",), phone="138"))
    old = stores.old_appeals
    assert [one.code for one in old.with_pictures(hours(9), 9)] == ["SQ0001", "SQ0003"]
    assert [one.code for one in old.with_pictures(hours(3), 9)] == ["SQ0001"]
    assert [one.code for one in old.with_pictures(hours(9), 1)] == ["SQ0001"]
    assert [one.code for one in old.with_contacts(hours(9), 9)] == ["SQ0002", "SQ0003"]
    stores.appeals.replace(closed(1, 2, version=2))
    assert [one.code for one in old.with_pictures(hours(9), 9)] == ["SQ0003"]


def test_where_a_picture_is_shown(stores: Stores) -> None:
    by = Actor(Role.OFFICIAL, "account", "周文清", "o1")
    said = Answer("好", AnswerOutcome.SOLVED, by, NOW, 1, ("answer",))
    stores.appeals.add(appeal(1, photos=("mine", "both"), answers=(said,)))
    stores.appeals.add(appeal(2, photos=("both",)))
    showing = stores.old_appeals.showing
    assert set(showing(["mine", "both", "answer", "none"], "")) == {"mine", "both", "answer"}
    assert set(showing(["mine", "both", "answer"], "appeal-1")) == {"both"}
    assert set(showing([], "")) == set()


def test_uploads_by_when_they_were_made(stores: Stores) -> None:
    for hour in (3, 1, 2):
        stores.uploads.add(Upload(f"u{hour}", "a", hours(hour), "image/jpeg", b"x", "t"))
    assert list(stores.uploads.made_between(hours(1), hours(3), 9)) == [("u1", hours(1)), ("u2", hours(2))]
    assert list(stores.uploads.made_between(NOW, hours(9), 1)) == [("u1", hours(1))]
    assert (stores.uploads.forget(["u1", "x"]), stores.uploads.forget([])) == (1, 0)
    assert stores.uploads.get("u1") is None and stores.uploads.get("u2") is not None
    stores.uploads.add(Upload("other", "b", NOW, "image/jpeg", b"x", "t"))
    mine = len(stores.uploads.made_between(NOW, hours(99), 99)) - 1
    assert (stores.uploads.forget_of("a"), stores.uploads.forget_of("a")) == (mine, 0)
    assert [id for id, _ in stores.uploads.made_between(NOW, hours(99), 99)] == ["other"], "nobody else's"


def test_lock_outs_and_calls_are_forgotten_by_age(stores: Stores) -> None:
    for hour in (1, 2):
        stores.lockouts.add(Lockout(f"l{hour}", 1, 1, hours(hour)))
        stores.calls.add(Call(f"c{hour}", "a", "o1", CallOutcome.BUSY, hours(hour)))
    for forget in (stores.lockouts.forget_before, stores.calls.forget_before):
        assert (forget(hours(1)), forget(hours(1) + MILLISECOND), forget(hours(2))) == (0, 1, 0)
    assert stores.lockouts.get("l2") is not None and stores.calls.get("c2") is not None


def test_alerts_by_day(stores: Stores) -> None:
    def tally(what: str, day: int, hour: float) -> AlertTally:
        return AlertTally(f"{what}:{day}", 1, what, day, 3, hours(hour), '{"appeal": "a1"}')

    tallies = stores.alert_tallies
    for one in (tally("a", 20260302, 1), tally("b", 20260302, 3), tally("a", 20260303, 2)):
        tallies.add(one)
    with pytest.raises(Duplicate):
        tallies.add(tally("a", 20260302, 9))
    assert tallies.get("b:20260302") == tally("b", 20260302, 3)
    assert tallies.replace(replace(tally("a", 20260303, 4), version=2))
    assert [(one.what, one.day) for one in tallies.since(20260302)] == [
        ("a", 20260303),
        ("b", 20260302),
        ("a", 20260302),
    ]
    assert [one.day for one in tallies.since(20260303)] == [20260303]
    assert tallies.forget_before(20260303) == 2
    assert [one.day for one in tallies.since(0)] == [20260303]


def test_a_job_run_tells_how_often_in_a_row_it_failed(stores: Stores) -> None:
    stores.job_runs.put(JobRun("a", NOW, 0.5, 0, "KeyError", None, failures=3))
    assert stores.job_runs.get("a") == JobRun("a", NOW, 0.5, 0, "KeyError", None, failures=3)
