"""What is forgotten when: as the setting says, and never what is still needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.appeal import Appeal, State
from app.domain.call import Call, CallOutcome
from app.domain.forgetting import pictures_of
from app.domain.officer import Officer, OfficeRole
from app.domain.settings import SettingName
from app.services.answered import answer_once
from app.services.appeals.submission import note_verdict
from app.services.officers.access import add_officer, log_in_officer
from app.services.ports.appeals import Upload
from app.services.ports.requests import Lockout
from app.services.running.changing_settings import change_setting
from app.services.running.forgetting import UNUSED_FOR, forget
from app.services.world import World
from tests.domain.factories import beijing
from tests.services.factories import fresh, submitted, withdraw

RETENTION = {"photos_months": 6, "contacts_months": 12, "calls_months": 24, "answered_days": 2}


@pytest.fixture
def admin(world: World) -> Officer:
    return add_officer(world, "admin", "王管理", (OfficeRole.ADMIN,), "correct horse battery")


def upload(world: World, id: str) -> str:
    world.stores.uploads.add(Upload(id, "resident", world.clock.now(), "image/jpeg", b"x", "t"))
    return id


def closed(world: World, *photos: str, **draft: Any) -> Appeal:
    """Withdrawn at once, with its pictures, a phone and a place."""
    appeal = submitted(world, photos=photos, phone="13800138000", place="谯城区", **draft)
    return withdraw(world, "resident", appeal)


def kept(world: World) -> set[str]:
    return set(world.stores.uploads.kept)


def test_pictures_of_a_closed_appeal_go_after_their_months_and_the_appeal_stays(world: World, admin: Officer) -> None:
    change_setting(world, admin, SettingName.RETENTION, RETENTION, 0)
    appeal = closed(world, upload(world, "p1"), upload(world, "p2"))
    world.clock.set(beijing("2026-09-02 10:00"))
    forget(world)
    assert kept(world) == {"p1", "p2"}, "six months to the minute are not over yet"
    world.clock.set(beijing("2026-09-02 10:01"))
    assert forget(world) == 1
    assert kept(world) == set()
    left = fresh(world, appeal)
    assert (left.photos, left.phone, left.place) == ((), "13800138000", "谯城区")
    assert [entry.deed for entry in left.timeline] == [entry.deed for entry in appeal.timeline]
    assert forget(world) == 0


def test_contacts_go_later(world: World, admin: Officer) -> None:
    change_setting(world, admin, SettingName.RETENTION, RETENTION, 0)
    appeal = closed(world)
    world.clock.set(beijing("2027-03-02 10:01"))
    assert forget(world) == 1
    left = fresh(world, appeal)
    assert (left.phone, left.place, left.title, left.state) == ("", "", appeal.title, State.WITHDRAWN)


def test_what_is_open_keeps_everything(world: World) -> None:
    appeal = submitted(world, photos=(upload(world, "p1"),), phone="13800138000")
    world.clock.advance(days=3650)
    forget(world)
    assert kept(world) == {"p1"} and fresh(world, appeal).phone == "13800138000"


def test_a_picture_that_another_appeal_shows_stays_for_that_one(world: World, admin: Officer) -> None:
    change_setting(world, admin, SettingName.RETENTION, RETENTION, 0)
    shared = upload(world, "p1")
    still_open = submitted(world, photos=(shared,))
    appeal = closed(world, shared, upload(world, "p2"))
    world.clock.advance(days=200)
    forget(world)
    assert kept(world) == {"p1"}
    assert pictures_of(fresh(world, appeal)) == () and pictures_of(fresh(world, still_open)) == ("p1",)


def test_a_crash_between_picture_and_appeal_is_made_good_the_next_night(world: World, admin: Officer) -> None:
    change_setting(world, admin, SettingName.RETENTION, RETENTION, 0)
    appeal = closed(world, upload(world, "p1"))
    world.clock.advance(days=200)

    def crash(_: object) -> None:
        world.stores.appeals.before_write = None
        raise KeyboardInterrupt

    world.stores.appeals.before_write = crash
    with pytest.raises(KeyboardInterrupt):
        forget(world)
    assert pictures_of(fresh(world, appeal)) == ("p1",)
    assert forget(world) == 1 and pictures_of(fresh(world, appeal)) == ()


def test_an_appeal_that_somebody_keeps_changing_stops_nobody_elses(world: World, admin: Officer) -> None:
    change_setting(world, admin, SettingName.RETENTION, RETENTION, 0)
    busy, other = closed(world, upload(world, "p1")), closed(world, upload(world, "p2"))
    world.clock.advance(days=200)

    def again(written: Appeal) -> None:
        if written.id == busy.id:
            world.stores.appeals.kept[busy.id] = replace(fresh(world, busy), version=fresh(world, busy).version + 1)

    world.stores.appeals.before_write = again
    assert forget(world) == 1
    assert pictures_of(fresh(world, other)) == ()
    world.stores.appeals.before_write = None
    assert forget(world) == 1


def test_pictures_that_were_never_sent_go_after_a_month(world: World) -> None:
    upload(world, "unused")
    sent = submitted(world, photos=(upload(world, "sent"),))
    world.clock.advance(UNUSED_FOR)
    late = upload(world, "late")
    assert forget(world) == 0
    world.clock.advance(timedelta(seconds=1))
    assert forget(world) == 1
    assert kept(world) == {"sent", late}
    world.clock.advance(UNUSED_FOR)
    looked: list[object] = []
    showing = world.stores.old_appeals.showing
    world.stores.old_appeals.showing = lambda ids, but: (looked.append(list(ids)), showing(ids, but))[1]
    assert forget(world) == 1
    assert looked == [["late"]], "what was looked at once is not looked at again"
    assert pictures_of(fresh(world, sent)) == ("sent",)


def test_calls_go_after_their_months(world: World, admin: Officer) -> None:
    change_setting(world, admin, SettingName.RETENTION, RETENTION, 0)
    old = Call("c1", "resident", "education", CallOutcome.BUSY, world.clock.now())
    world.stores.calls.add(old)
    world.clock.set(beijing("2028-03-02 10:00"))
    world.stores.calls.add(replace(old, id="c2", at=world.clock.now()))
    assert forget(world) == 0
    world.clock.advance(seconds=1)
    assert forget(world) == 1
    assert [call.id for call in world.stores.calls.of_caller("resident", "", None, 9)] == ["c2"]


def test_answers_are_kept_as_long_as_the_setting_says(world: World, admin: Officer) -> None:
    change_setting(world, admin, SettingName.RETENTION, RETENTION, 0)
    answer_once(world, "k", b"", lambda: (200, "first"))
    world.clock.advance(days=2)
    assert forget(world) == 0
    world.clock.advance(seconds=1)
    assert forget(world) == 1


def test_a_verdict_that_no_appeal_came_for_is_forgotten_after_a_day(world: World, admin: Officer) -> None:
    note_verdict(world, "trace-of-nobody", passed=True)
    world.clock.advance(days=1)
    assert forget(world) == 0
    world.clock.advance(seconds=1)
    assert (forget(world), world.stores.early_verdicts.kept) == (1, {})


def test_logins_lock_outs_and_alerts_do_not_pile_up(world: World, admin: Officer) -> None:
    log_in_officer(world, "admin", "correct horse battery")
    world.stores.lockouts.add(Lockout("x", 1, 5, world.clock.now()))
    world.clock.advance(days=1)
    assert forget(world) == 1, "the session of twelve hours"
    world.clock.advance(seconds=1)
    assert forget(world) == 1, "the lock-out of yesterday"
