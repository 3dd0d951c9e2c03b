"""What each setting does once it is changed, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.domain.appeal import Appeal
from app.domain.city_rules import BOUNDS
from app.domain.deadline import DeadlineKind
from app.domain.errors import InvalidInput
from app.domain.notification import Occasion, Role, Status
from app.domain.officer import Officer, OfficeRole
from app.domain.roster import Deadlines
from app.domain.settings import SETTINGS, SettingName
from app.services.appeals.program import subscription_templates
from app.services.appeals.quick_replies import quick_reply_text
from app.services.messages.dispatching import dispatch
from app.services.messages.reminding import sweep
from app.services.officers.access import add_officer
from app.services.rosters.editing import create_roster
from app.services.rosters.importing import import_roster
from app.services.rosters.policy_file import DEADLINES
from app.services.running.changing_settings import change_setting, show_setting
from app.services.world import World
from app.web.presenters.deadlines import present_deadline
from jobs.schedule import check_calendar
from tests.domain.factories import beijing
from tests.services.factories import drain, fresh, messages, promise, sent, statuses, submitted, subscribe

ROSTERS = Path(__file__).parent.parent.parent / "dev" / "rosters"
FREE_DAYS = {"days": [{"day": f"2026-03-0{n}", "worked": False, "reason": "防汛"} for n in (3, 4, 5)], "years": []}


@pytest.fixture
def admin(world: World) -> Officer:
    return add_officer(world, "admin", "王管理", (OfficeRole.ADMIN,), "correct horse battery")


def set_to(world: World, admin: Officer, name: SettingName, plain: Any) -> None:
    change_setting(world, admin, name, plain, show_setting(world, admin, name).version)


def due(appeal: Appeal, kind: DeadlineKind) -> Any:
    found = appeal.deadline(kind)
    assert found is not None
    return found


def test_days_off_count_for_new_deadlines_and_never_move_one_that_runs(world: World, admin: Officer) -> None:
    before = submitted(world)
    set_to(world, admin, SettingName.WORKDAYS, FREE_DAYS)
    after = submitted(world, by="neighbour")
    assert due(fresh(world, before), DeadlineKind.ANSWER) == due(before, DeadlineKind.ANSWER)
    assert due(before, DeadlineKind.ANSWER).due_at == beijing("2026-03-16 18:00")
    assert due(after, DeadlineKind.ANSWER).due_at == beijing("2026-03-19 18:00")
    world.clock.advance(days=3)
    sweep(world)  # time acts on both, and still moves nothing
    running = fresh(world, before)
    assert due(running, DeadlineKind.ANSWER) == due(before, DeadlineKind.ANSWER)
    assert due(running, DeadlineKind.CONTACT) == due(before, DeadlineKind.CONTACT)


def test_the_explanation_of_a_deadline_says_why_its_days_do_not_add_up_any_more(world: World, admin: Officer) -> None:
    appeal = submitted(world)
    deadline, now = due(appeal, DeadlineKind.ANSWER), world.clock.now()
    before = present_deadline(deadline, now, world.calendar())["explanation"]
    set_to(world, admin, SettingName.WORKDAYS, FREE_DAYS)
    after = present_deadline(deadline, now, world.calendar())["explanation"]
    assert "期限不变" not in before
    assert after.endswith("到 3月16日 18:00，期限确定后工作日有调整，期限不变")
    fresh_one = due(submitted(world, by="neighbour"), DeadlineKind.ANSWER)
    assert "期限不变" not in present_deadline(fresh_one, now, world.calendar())["explanation"]


def test_a_year_that_was_entered_by_hand_warns_no_more(world: World, admin: Officer) -> None:
    world.clock.set(beijing("2034-12-01 10:00"))
    assert check_calendar(world) == 1
    set_to(world, admin, SettingName.WORKDAYS, {"days": [], "years": [{"year": 2035}]})
    assert check_calendar(world) == 0


def test_a_rosters_own_deadlines_are_its_own(world: World, admin: Officer) -> None:
    before = submitted(world)
    plain = SETTINGS[SettingName.DEADLINES].plain(Deadlines()) | {"answer": 20, "contact": 1}
    set_to(world, admin, SettingName.DEADLINES, plain)
    after = submitted(world, by="neighbour")
    assert due(fresh(world, before), DeadlineKind.ANSWER) == due(before, DeadlineKind.ANSWER)
    assert due(after, DeadlineKind.ANSWER).due_at == due(before, DeadlineKind.ANSWER).due_at
    assert world.settings().deadlines.answer.amount == 20, "what a new roster begins with"


def test_a_setting_and_a_roster_may_say_the_same() -> None:
    assert {known.field: (known.least, known.most) for known in DEADLINES.values()} == dict(BOUNDS)
    units = {known.field: known.unit for known in DEADLINES.values()}
    assert units == {name: getattr(getattr(Deadlines(), name), "unit", None) for name in BOUNDS}


def test_a_new_roster_begins_with_them_and_keeps_them_ever_after(world: World, admin: Officer) -> None:
    file = json.loads((ROSTERS / "fengxian-8.json").read_text("utf-8"))
    plain = SETTINGS[SettingName.DEADLINES].plain(Deadlines()) | {"answer": 20, "contact": 2}
    set_to(world, admin, SettingName.DEADLINES, plain)
    import_roster(world, file | {"policy": file["policy"] | {"deadlines": {"contact_days": 4}}})
    set_to(world, admin, SettingName.DEADLINES, plain | {"answer": 5})
    import_roster(world, file | {"policy": file["policy"] | {"deadlines": {}}})
    roster = world.stores.rosters.get("fengxian-8")
    assert roster is not None
    assert (roster.policy.deadlines.answer.amount, roster.policy.deadlines.contact.amount) == (20, 4)
    editor = add_officer(world, "editor", "名录编辑", (OfficeRole.EDITOR,), "correct horse battery")
    made = create_roster(world, editor, file | {"slug": "new", "groups": [{"name": "市领导"}], "policy": {}})
    assert made.policy.deadlines.answer.amount == 5


def test_quiet_hours_hold_for_what_is_said_from_now_on(world: World, admin: Officer) -> None:
    world.clock.set(beijing("2026-03-02 20:30"))
    before = submitted(world)
    set_to(world, admin, SettingName.QUIET_HOURS, {"begin": "20:00", "end": "09:00", "on_days_off": True})
    after = submitted(world, by="neighbour")
    (told_before,) = messages(world, before, Role.OFFICIAL)
    (told_after,) = messages(world, after, Role.OFFICIAL)
    assert told_before.not_before == world.clock.now()
    assert told_after.not_before == beijing("2026-03-03 09:00")
    dispatch(world)
    assert sent(world) == [], "what waited is held back by the hours in force when it would go"
    world.clock.set(beijing("2026-03-03 09:00"))
    drain(world)
    assert statuses(world, before, Role.OFFICIAL) == statuses(world, after, Role.OFFICIAL) == [Status.SENT]


def test_days_that_are_not_worked_may_be_no_quiet_ones(world: World, admin: Officer) -> None:
    set_to(world, admin, SettingName.QUIET_HOURS, {"begin": "22:00", "end": "08:00", "on_days_off": False})
    world.clock.set(beijing("2026-03-07 10:00"))
    submitted(world)
    drain(world)
    assert len(sent(world)) == 2


def test_a_template_that_is_switched_off_gives_way_to_the_next(world: World, admin: Officer) -> None:
    subscribe(world, "mp-zhou", Occasion.ASSIGNED)
    set_to(world, admin, SettingName.CHANNELS, {"off": ["oa_assigned"], "long_term": []})
    appeal = submitted(world)
    drain(world)
    assert sent(world) == [("subscribe", "mp-zhou", "assigned")]
    assert statuses(world, appeal, Role.OFFICIAL) == [Status.SENT]
    assert statuses(world, appeal, Role.STAFF) == [Status.UNDELIVERED], "never subscribed"
    (staff,) = messages(world, appeal, Role.STAFF)
    assert staff.last_error == "has not subscribed"


def test_nobody_is_asked_for_what_is_switched_off(world: World, admin: Officer) -> None:
    assert all(subscription_templates(world).values())
    set_to(world, admin, SettingName.CHANNELS, {"off": ["mp_answer"], "long_term": []})
    assert {name for name, id in subscription_templates(world).items() if not id} == {"answer"}


@pytest.mark.parametrize(("long_term", "left"), [(["mp_answer"], 0), (["mp_progress"], 1)])
def test_a_long_term_consent_is_not_used_up(world: World, admin: Officer, long_term: list[str], left: int) -> None:
    set_to(world, admin, SettingName.CHANNELS, {"off": [], "long_term": long_term})
    ledger = subscribe(world, "mp-resident", Occasion.PROMISED)
    appeal = promise(world, "zhou", submitted(world))
    drain(world)
    assert statuses(world, appeal, Role.RESIDENT, Occasion.PROMISED) == [Status.SENT]
    kept = world.stores.consents.get(ledger)
    assert kept is not None and kept.left == left


def test_quick_replies_are_the_citys(world: World, admin: Officer) -> None:
    set_to(world, admin, SettingName.QUICK_REPLIES, {"items": [{"name": "flood", "text": "正在防汛一线，稍后联系您"}]})
    replies = world.settings().quick_replies
    assert quick_reply_text("flood", "", replies) == "正在防汛一线，稍后联系您"
    with pytest.raises(InvalidInput):
        quick_reply_text("meeting", "", replies)
