"""Changing the settings of the city: by an admin, against the value the admin saw, on record with before and after."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Conflict, InvalidInput, NotFound, Reason
from app.domain.officer import Officer, OfficeRole
from app.domain.settings import (
    LONGEST_NOTE,
    SETTINGS,
    SettingChange,
    SettingName,
    as_json,
    change_id,
    from_json,
    read_value,
    value_of,
)
from app.services.officers.access import need
from app.services.officers.audit import record
from app.services.ports.basics import Duplicate
from app.services.ports.settings import InForce
from app.services.world import World

ATTEMPTS = 20
PAGE = 50
READERS = (OfficeRole.ADMIN, OfficeRole.AUDITOR)


@dataclass(frozen=True)
class SettingView:
    """A setting as its page shows it. `version` is the number of its last change, 0 for the default; a change sends it
    back. `plain` is what a form is filled with, in the shape that `change_setting` takes."""

    name: SettingName
    title: str
    about: str
    plain: dict[str, Any]
    version: int
    changed_at: datetime | None = None
    changed_by: str = ""


def show_settings(world: World, officer: Officer) -> list[SettingView]:
    """All of them, as they are stored at this moment. For admins and auditors."""
    need(officer, *READERS)
    state = world.settings.look()
    return [_view(state, name) for name in SettingName]


def show_setting(world: World, officer: Officer, name: SettingName) -> SettingView:
    need(officer, *READERS)
    return _view(world.settings.look(), name)


def setting_history(
    world: World, officer: Officer, name: SettingName, before: int | None = None
) -> Sequence[SettingChange]:
    """Who changed it when, from what to what, newest first, 50 at a time; `before`: the last number shown."""
    need(officer, *READERS)
    return world.stores.setting_changes.newest(name, before, PAGE)


def change_setting(
    world: World, officer: Officer, name: SettingName, plain: object, version: int, note: str = ""
) -> SettingChange:
    """Sets a value, which web and jobs follow within two seconds.

    Raises InvalidInput with `fields` for a value that cannot be, InvalidInput(NOTHING_TO_CHANGE), and
    Conflict(SETTING_CHANGED) when somebody has changed it since `version`.
    """
    need(officer, OfficeRole.ADMIN)
    value = read_value(name, plain)
    if len(note := note.strip()) > LONGEST_NOTE:
        raise InvalidInput(Reason.BAD_REQUEST, fields={"note": [f"最多 {LONGEST_NOTE} 个字"]})
    return _append(world, officer, name, as_json(name, value), version, note)


def undo_change(world: World, officer: Officer, number: int, version: int) -> SettingChange:
    """Sets the value that held before the change with that number, as one more change. Raises as `change_setting`, and
    NotFound(NO_SUCH_SETTING) for a number that is none."""
    need(officer, OfficeRole.ADMIN)
    undone = world.stores.setting_changes.get(change_id(number))
    if undone is None:
        raise NotFound(Reason.NO_SUCH_SETTING)
    value = from_json(undone.name, undone.before)
    return _append(world, officer, undone.name, as_json(undone.name, value), version, f"恢复到第 {number} 次修改之前")


def _append(world: World, officer: Officer, name: SettingName, after: str, version: int, note: str) -> SettingChange:
    recorded = False
    for _ in range(ATTEMPTS):
        state = world.settings.look()
        view = _view(state, name)
        if view.version != version:
            raise Conflict(Reason.SETTING_CHANGED)
        before = json.dumps(view.plain, ensure_ascii=False, sort_keys=True)
        if before == after:
            raise InvalidInput(Reason.NOTHING_TO_CHANGE)
        if not recorded:
            record(world, officer, "change_setting", name.value, note)
            recorded = True
        number, now = state.number + 1, world.clock.now()
        new = SettingChange(change_id(number), number, name, now, officer.id, officer.name, before, after, note)
        try:
            world.stores.setting_changes.add(new)
        except Duplicate:
            continue  # somebody was faster, here or at another setting: look again
        world.settings.expire()
        return new
    raise Conflict(Reason.SETTING_CHANGED)


def _view(state: InForce, name: SettingName) -> SettingView:
    setting, change = SETTINGS[name], state.newest.get(name)
    if change is None:
        return SettingView(name, setting.title, setting.about, setting.plain(value_of(state.settings, name)), 0)
    plain = json.loads(change.after)
    return SettingView(name, setting.title, setting.about, plain, change.number, change.at, change.officer_name)
