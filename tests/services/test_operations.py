"""How the running system is, as an admin sees it; and the alerts, counted by day."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from app.domain.errors import NotPermitted
from app.domain.notification import Channel, Fault, Refused, Retry, Status
from app.domain.officer import Officer, OfficeRole
from app.services.leases import JOBS, hold
from app.services.officers.access import add_officer
from app.services.ports.running import JobRun
from app.services.running.alerting import CountedAlerts, day_number
from app.services.running.operations import OutboxCount, operations
from app.services.world import World
from tests.domain.factories import beijing
from tests.fakes import CollectingAlerts
from tests.services.factories import change_person, drain, fresh, submitted
from tests.services.races import meanwhile


@pytest.fixture
def admin(office: World) -> Officer:
    return add_officer(office, "admin", "王管理", (OfficeRole.ADMIN,), "correct horse battery")


def test_an_empty_system(office: World, admin: Officer) -> None:
    seen = operations(office, admin)
    assert (seen.runs, seen.lease, seen.scheduler_lives, seen.outbox, seen.late_since) == ([], None, False, [], None)
    assert seen.outbox_moves


def test_who_leads_and_how_the_jobs_went(office: World, admin: Officer) -> None:
    hold(office, JOBS, "machine-1:42")
    run = JobRun("sweep", office.clock.now(), 0.5, 3, "KeyError", None, failures=4)
    office.stores.job_runs.put(run)
    seen = operations(office, admin)
    assert seen.lease is not None and seen.lease.holder == "machine-1:42" and seen.scheduler_lives
    assert list(seen.runs) == [run]
    office.clock.advance(minutes=1)
    assert not operations(office, admin).scheduler_lives


def test_a_job_that_did_not_run_when_it_should_is_seen(office: World, admin: Officer) -> None:
    hold(office, JOBS, "machine-1:42")
    now = office.clock.now()
    office.stores.job_runs.put(JobRun("forget", now, 0.1, 0, "", now, next_at=now + timedelta(minutes=5)))
    office.stores.job_runs.put(JobRun("recorded by an earlier version", now, 0.1, 0, "", now))
    assert operations(office, admin).ready
    office.clock.advance(minutes=20)
    hold(office, JOBS, "machine-1:42")
    assert operations(office, admin).ready, "a quarter of an hour is allowed"
    office.clock.advance(seconds=1)
    seen = operations(office, admin)
    assert seen.overdue_jobs == {"forget"} and not seen.ready


def test_the_outbox_in_numbers_by_status_and_channel(office: World, admin: Officer) -> None:
    office.messenger.will(Refused(Fault.OURS, "47003"), Retry("45011", after=timedelta(minutes=3)))
    first = submitted(office)
    drain(office)
    office.clock.advance(minutes=1)
    submitted(office, by="neighbour")
    drain(office)
    change_person(office, "zhou", bindings=())
    third = submitted(office)
    drain(office)
    counts = operations(office, admin).outbox
    assert [(c.status, c.channel, c.count, c.is_least) for c in counts] == [
        (Status.PENDING, Channel.TEMPLATE, 1, False),
        (Status.DEAD, Channel.TEMPLATE, 1, False),
        (Status.UNDELIVERED, Channel.INBOX, 1, False),
    ]
    died = fresh(office, first).notifications[0].settled_at
    assert [count.oldest_at for count in counts][1:] == [died, fresh(office, third).notifications[0].settled_at]


def test_several_messages_of_one_appeal_are_several(world: World) -> None:
    admin = add_officer(world, "admin", "王管理", (OfficeRole.ADMIN,), "correct horse battery")
    submitted(world)
    world.clock.set(beijing("2026-03-02 23:00"))
    submitted(world, by="neighbour")
    (count,) = operations(world, admin).outbox
    assert count == OutboxCount(Status.PENDING, Channel.TEMPLATE, 4, beijing("2026-03-02 10:00"))


def test_a_message_that_should_have_gone_is_late_one_that_waits_for_the_morning_is_not(
    office: World, admin: Officer
) -> None:
    office.clock.set(beijing("2026-03-02 23:00"))
    submitted(office)
    assert operations(office, admin).late_since is None
    office.clock.set(beijing("2026-03-03 08:14"))
    seen = operations(office, admin)
    assert seen.late_since == beijing("2026-03-03 08:00") and seen.outbox_moves
    office.clock.set(beijing("2026-03-03 08:15"))
    assert not operations(office, admin).outbox_moves


def test_beyond_a_thousand_a_number_says_that_it_is_a_least_one(
    office: World, admin: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.running.operations.COUNTED", 2)
    office.messenger.outcome = Refused(Fault.OURS, "47003")
    for number in range(2):
        submitted(office, title=f"路灯 {number}")
    drain(office)
    assert [(c.count, c.is_least) for c in operations(office, admin).outbox] == [(2, False)]
    for number in range(3):
        submitted(office, title=f"停水 {number}")
    drain(office)
    assert [(c.count, c.is_least) for c in operations(office, admin).outbox] == [(3, True)]


@pytest.mark.parametrize("role", OfficeRole)
def test_who_may_look(office: World, role: OfficeRole) -> None:
    somebody = add_officer(office, "x", "某", (role,), "correct horse battery")
    if role in {OfficeRole.ADMIN, OfficeRole.AUDITOR, OfficeRole.SUPERVISOR}:
        assert operations(office, somebody)
    else:
        with pytest.raises(NotPermitted):
            operations(office, somebody)


def test_alerts_are_counted_by_beijing_day_and_shown_for_a_week(office: World, admin: Officer) -> None:
    inner = CollectingAlerts()
    alerts = CountedAlerts(inner, office.stores.alert_tallies, office.clock)
    office.clock.set(beijing("2026-03-02 23:59"))
    alerts.raise_alert("sweep_failed", appeal="a1")
    alerts.raise_alert("sweep_failed", appeal="a2")
    office.clock.set(beijing("2026-03-03 00:01"))
    alerts.raise_alert("sweep_failed", appeal="a3")
    alerts.raise_alert("job_failed", job="sweep")
    assert Counter(inner.names) == {"sweep_failed": 3, "job_failed": 1}
    told = {(tally.what, tally.day): (tally.count, tally.facts) for tally in operations(office, admin).alerts}
    assert told == {
        ("sweep_failed", 20260302): (2, '{"appeal": "a2"}'),
        ("sweep_failed", 20260303): (1, '{"appeal": "a3"}'),
        ("job_failed", 20260303): (1, '{"job": "sweep"}'),
    }
    office.clock.set(beijing("2026-03-09 10:00"))
    assert {tally.day for tally in operations(office, admin).alerts} == {20260303}


def test_an_alert_never_fails_because_it_cannot_be_counted(office: World) -> None:
    inner = CollectingAlerts()
    alerts = CountedAlerts(inner, office.stores.alert_tallies, office.clock)
    office.stores.outage.away = True
    alerts.raise_alert("job_failed")
    office.stores.outage.away = False
    meanwhile(office.stores.alert_tallies, lambda: alerts.raise_alert("job_failed"))
    alerts.raise_alert("job_failed")
    (tally,) = office.stores.alert_tallies.since(day_number(office.clock.now()))
    assert (list(inner.names), tally.count) == (["job_failed"] * 3, 2)


def test_facts_that_are_no_json_are_told_as_text(office: World) -> None:
    class Odd:
        def __str__(self) -> str:
            return "odd"

    facts: dict[str, Any] = {"error": Odd()}
    CountedAlerts(CollectingAlerts(), office.stores.alert_tallies, office.clock).raise_alert("job_failed", **facts)
    (tally,) = office.stores.alert_tallies.since(0)
    assert tally.facts == '{"error": "odd"}'
