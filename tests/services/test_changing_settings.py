"""Changing settings: who may, what is on record, undoing, races; and how soon everybody follows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from app.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, Reason
from app.domain.officer import Officer, OfficeRole
from app.domain.quiet import QuietHours
from app.domain.settings import CitySettings, SettingChange, SettingName, change_id
from app.services.officers.access import add_officer
from app.services.officers.audit import broken_at
from app.services.ports.basics import StoreAway
from app.services.running.changing_settings import (
    change_setting,
    setting_history,
    show_setting,
    show_settings,
    undo_change,
)
from app.services.running.settings import LOOK_EVERY, LiveSettings
from app.services.world import World
from tests.fakes import CollectingAlerts, MemoryStores
from tests.services.races import meanwhile

QUIET = SettingName.QUIET_HOURS
EARLY, LATE = ({"begin": begin, "end": "08:00", "on_days_off": True} for begin in ("20:00", "23:00"))
RETENTION = {"photos_months": 12, "contacts_months": 24, "calls_months": 24, "answered_days": 3}


@pytest.fixture
def admin(world: World) -> Officer:
    return an_officer(world, OfficeRole.ADMIN)


def an_officer(world: World, role: OfficeRole) -> Officer:
    return add_officer(world, role.value, "王管理", (role,), "correct horse battery")


def test_a_change_holds_at_once_where_it_was_made_and_is_on_record(world: World, admin: Officer) -> None:
    made = change_setting(world, admin, QUIET, EARLY, 0, "夏季作息")
    assert world.quiet.begin.hour == 20
    assert (made.number, made.officer_name, made.at, made.note) == (1, "王管理", world.clock.now(), "夏季作息")
    assert (json.loads(made.before)["begin"], json.loads(made.after)["begin"]) == ("22:00", "20:00")
    (entry,) = world.stores.audit_log.since(0, 9)
    assert (entry.act, entry.subject, entry.detail) == ("change_setting", "quiet_hours", "夏季作息")
    view = show_setting(world, admin, QUIET)
    assert (view.version, view.plain, view.changed_by, view.title) == (1, EARLY, "王管理", "免打扰时段")


def test_the_page_of_all_settings_costs_one_read(world: World, admin: Officer) -> None:
    change_setting(world, admin, QUIET, EARLY, 0)
    reads: list[int] = []
    since = world.stores.setting_changes.since
    world.stores.setting_changes.since = lambda number, limit: (reads.append(number), since(number, limit))[1]
    views = show_settings(world, admin)
    assert [view.name for view in views] == list(SettingName)
    assert len(reads) == 1
    assert {view.name for view in views if view.version} == {QUIET}


@pytest.mark.parametrize("role", [role for role in OfficeRole if role is not OfficeRole.ADMIN])
def test_only_admins_change_and_auditors_may_look(world: World, admin: Officer, role: OfficeRole) -> None:
    change_setting(world, admin, QUIET, EARLY, 0)
    somebody = an_officer(world, role)
    for act in (
        lambda: change_setting(world, somebody, QUIET, LATE, 1),
        lambda: undo_change(world, somebody, 1, 1),
    ):
        with pytest.raises(NotPermitted):
            act()
    reading: tuple[Callable[[], object], ...] = (
        lambda: show_settings(world, somebody),
        lambda: show_setting(world, somebody, QUIET),
        lambda: setting_history(world, somebody, QUIET),
    )
    for act in reading:
        if role is OfficeRole.AUDITOR:
            assert act()
        else:
            with pytest.raises(NotPermitted):
                act()
    assert world.quiet.begin.hour == 20


def test_what_cannot_be_is_refused_beside_its_field_and_leaves_no_trace(world: World, admin: Officer) -> None:
    with pytest.raises(InvalidInput) as caught:
        change_setting(world, admin, QUIET, EARLY | {"begin": "12:00"}, 0)
    assert caught.value.detail["fields"] == {"begin": ["请填晚上 17:00 到 23:59 之间的时间"]}
    with pytest.raises(InvalidInput) as caught:
        change_setting(world, admin, QUIET, EARLY, 0, "长" * 201)
    assert caught.value.detail["fields"] == {"note": ["最多 200 个字"]}
    with pytest.raises(InvalidInput) as caught:
        change_setting(world, admin, QUIET, EARLY | {"begin": "22:00"}, 0)
    assert caught.value.reason is Reason.NOTHING_TO_CHANGE
    assert world.stores.setting_changes.kept == {} and world.stores.audit_log.last() is None


def test_whoever_saw_an_older_value_changes_nothing(world: World, admin: Officer) -> None:
    change_setting(world, admin, QUIET, EARLY, 0)
    with pytest.raises(Conflict) as caught:
        change_setting(world, admin, QUIET, LATE, 0)
    assert caught.value.reason is Reason.SETTING_CHANGED
    assert world.quiet.begin.hour == 20


def test_of_two_changes_at_once_of_one_setting_one_is_made(world: World, admin: Officer) -> None:
    meanwhile(world.stores.setting_changes, lambda: change_setting(world, admin, QUIET, LATE, 0))
    with pytest.raises(Conflict):
        change_setting(world, admin, QUIET, EARLY, 0)
    assert [change.number for change in setting_history(world, admin, QUIET)] == [1]
    assert world.quiet.begin.hour == 23


def test_two_changes_at_once_of_different_settings_are_both_made(world: World, admin: Officer) -> None:
    meanwhile(world.stores.setting_changes, lambda: change_setting(world, admin, SettingName.RETENTION, RETENTION, 0))
    assert change_setting(world, admin, QUIET, EARLY, 0).number == 2
    assert (world.quiet.begin.hour, world.settings().retention.answered_days) == (20, 3)
    assert len(world.stores.audit_log.since(0, 9)) == 2 and broken_at(world) is None


def test_undoing_sets_the_earlier_value_again_as_one_more_change(world: World, admin: Officer) -> None:
    change_setting(world, admin, QUIET, EARLY, 0)
    change_setting(world, admin, SettingName.RETENTION, RETENTION, 0)
    change_setting(world, admin, QUIET, LATE, 1)
    undo_change(world, admin, 3, 3)
    assert world.quiet.begin.hour == 20
    undo_change(world, admin, 1, 4)
    assert world.quiet == QuietHours()
    told = [
        (c.number, json.loads(c.before)["begin"], json.loads(c.after)["begin"], c.note) for c in history(world, admin)
    ]
    assert told == [
        (5, "20:00", "22:00", "恢复到第 1 次修改之前"),
        (4, "23:00", "20:00", "恢复到第 3 次修改之前"),
        (3, "20:00", "23:00", ""),
        (1, "22:00", "20:00", ""),
    ]
    assert [c.number for c in setting_history(world, admin, QUIET, before=4)] == [3, 1]
    with pytest.raises(NotFound):
        undo_change(world, admin, 99, 5)
    with pytest.raises(Conflict):
        undo_change(world, admin, 3, 4)


def history(world: World, admin: Officer) -> Any:
    return setting_history(world, admin, QUIET)


@dataclass
class Seconds:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def elsewhere(world: World, seconds: Seconds) -> LiveSettings:
    """The settings of another process on the same database."""
    return LiveSettings(world.stores.setting_changes, world.alerts, seconds=seconds)


def test_other_processes_follow_within_two_seconds_and_ask_no_more_often(
    world: World, admin: Officer, elsewhere: LiveSettings, seconds: Seconds
) -> None:
    reads: list[int] = []
    store = world.stores.setting_changes
    since = store.since
    store.since = lambda number, limit: (reads.append(number), since(number, limit))[1]
    assert elsewhere().quiet_hours.begin.hour == 22
    change_setting(world, admin, QUIET, EARLY, 0)
    reads.clear()
    seconds.now = LOOK_EVERY - 0.01
    assert [elsewhere().quiet_hours.begin.hour for _ in range(50)] == [22] * 50
    assert reads == []
    seconds.now = LOOK_EVERY
    assert [elsewhere().quiet_hours.begin.hour for _ in range(50)] == [20] * 50
    assert reads == [0], "one read for all of them"


def test_while_the_database_is_away_what_was_seen_last_holds(
    world: World, admin: Officer, elsewhere: LiveSettings, seconds: Seconds
) -> None:
    change_setting(world, admin, QUIET, EARLY, 0)
    elsewhere()
    world.stores.outage.away = True
    seconds.now += 100
    assert elsewhere().quiet_hours.begin.hour == 20
    with pytest.raises(StoreAway):
        elsewhere.look()
    world.stores.outage.away = False
    change_setting(world, admin, QUIET, LATE, 1)
    seconds.now += LOOK_EVERY
    assert elsewhere().quiet_hours.begin.hour == 23


def test_before_they_were_seen_once_nothing_is_assumed(world: World, elsewhere: LiveSettings) -> None:
    """A job that deletes by default months while the city had set others would be worse than one that waits."""
    world.stores.outage.away = True
    with pytest.raises(StoreAway):
        elsewhere()
    world.stores.outage.away = False
    assert elsewhere() == CitySettings()


def test_a_value_that_cannot_be_read_any_more_leaves_what_held_before(world: World, admin: Officer) -> None:
    change_setting(world, admin, QUIET, EARLY, 0)
    last = world.stores.setting_changes.get(change_id(1))
    assert last is not None
    world.stores.setting_changes.add(replace(last, id=change_id(2), number=2, after='{"begin": "03:00"}'))
    alerts = CollectingAlerts()
    found = LiveSettings(world.stores.setting_changes, alerts)
    assert found().quiet_hours.begin.hour == 20
    assert alerts.raised == [("setting_unreadable", {"setting": "quiet_hours", "number": 2})]
    assert found.look().number == 2


def test_a_long_history_is_read_to_its_end() -> None:
    stores = MemoryStores()
    world_alerts = CollectingAlerts()
    for number in range(1, 1002):
        begin = "20:00" if number % 2 else "23:00"
        after = json.dumps({"begin": begin, "end": "08:00", "on_days_off": True})
        stores.setting_changes.add(
            SettingChange(change_id(number), number, QUIET, None, "o", "王", "{}", after)  # type: ignore[arg-type]
        )
    found = LiveSettings(stores.setting_changes, world_alerts)
    assert found().quiet_hours.begin.hour == 20 and found.look().number == 1001


def test_defaults_may_differ_by_deployment(world: World) -> None:
    strict = CitySettings(totp_required=(OfficeRole.ADMIN,))
    assert LiveSettings(world.stores.setting_changes, world.alerts, strict)() == strict
