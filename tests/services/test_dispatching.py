"""The outbox on ordinary days: each message once, at the right hour, over the channel that reaches."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.account import Binding
from app.domain.notification import Occasion, Outcome, Role, Sent, Status
from app.services.messages.dispatching import dispatch
from app.services.messages.reminding import sweep
from app.services.world import World
from tests.domain.factories import beijing
from tests.fakes import RecordingMessenger
from tests.services.factories import (
    a_world,
    answer,
    assigned_by_supervisor,
    change_person,
    drain,
    hand_on,
    messages,
    person,
    promise,
    sent,
    sign,
    statuses,
    submitted,
    subscribe,
    withdraw,
)


def test_everybody_at_the_post_hears_of_an_assignment_once(world: World) -> None:
    appeal = submitted(world)
    assert dispatch(world) == 2
    assert dispatch(world) == 0
    assert sorted(sent(world)) == [("template", "oa-aide", "assigned"), ("template", "oa-zhou", "assigned")]
    assert statuses(world, appeal, Role.OFFICIAL) == statuses(world, appeal, Role.STAFF) == [Status.SENT]


def test_a_message_is_claimed_in_the_store_before_it_goes_out() -> None:
    class WatchingMessenger(RecordingMessenger):
        def send(self, *arguments: Any) -> Outcome:
            seen.extend(statuses(office, appeal, Role.OFFICIAL))
            return super().send(*arguments)

    seen: list[Status] = []
    office = a_world(without=("aide",), messenger=WatchingMessenger())
    appeal = submitted(office)
    dispatch(office)
    assert seen == [Status.SENDING]


def test_the_message_names_the_appeal_and_opens_it(office: World) -> None:
    appeal = submitted(office)
    dispatch(office)
    [sending] = office.messenger.sent
    assert sending.message.page == f"official/pages/appeal/appeal?id={appeal.id}"
    facts = sending.message.facts
    assert (facts["code"], facts["title"], facts["unit"]) == (appeal.code, "小区门口没有路灯", "市教育局")
    assert facts["due"] == beijing("2026-03-05 18:00")


def test_what_wechat_calls_it_is_kept(office: World) -> None:
    appeal = submitted(office)
    office.messenger.will(Sent("msgid-7"))
    dispatch(office)
    assert messages(office, appeal, Role.OFFICIAL)[0].reference == "msgid-7"


@pytest.mark.parametrize(
    ("submitted_at", "goes_out"),
    [
        ("2026-03-02 22:00", "2026-03-03 08:00"),
        ("2026-03-03 07:59", "2026-03-03 08:00"),
        ("2026-02-14 12:00", "2026-02-14 12:00"),
        ("2026-03-07 12:00", "2026-03-09 08:00"),
        ("2026-02-16 12:00", "2026-02-24 08:00"),
    ],
    ids=["at night", "before eight", "a working Saturday", "an ordinary Saturday", "Spring Festival"],
)
def test_quiet_hours_and_days_off_defer_messages(office: World, submitted_at: str, goes_out: str) -> None:
    office.clock.set(beijing(submitted_at))
    submitted(office)
    due = beijing(goes_out)
    if due > office.clock.now():
        dispatch(office)
        office.clock.set(due - timedelta(seconds=1))
        dispatch(office)
        assert sent(office) == []
    office.clock.set(due)
    dispatch(office)
    assert sent(office) == [("template", "oa-zhou", "assigned")]


def test_what_downtime_brought_into_the_night_waits_for_the_morning(office: World) -> None:
    appeal = submitted(office)
    office.clock.set(beijing("2026-03-02 23:00"))
    dispatch(office)
    assert sent(office) == [] and statuses(office, appeal, Role.OFFICIAL) == [Status.PENDING]
    office.clock.set(beijing("2026-03-03 08:00"))
    dispatch(office)
    assert sent(office) == [("template", "oa-zhou", "assigned")]


def test_urgent_messages_know_no_night(office: World) -> None:
    appeal = submitted(office)
    office.clock.set(beijing("2026-03-02 23:00"))
    urgent = tuple(replace(n, urgent=True) for n in appeal.notifications)
    office.stores.appeals.kept[appeal.id] = replace(appeal, urgent=True, notifications=urgent)
    dispatch(office)
    assert sent(office) == [("template", "oa-zhou", "assigned")]


def test_a_deferred_reminder_is_not_sent_after_the_answer(office: World) -> None:
    appeal = sign(office, "zhou", submitted(office))
    drain(office)
    office.clock.set(beijing("2026-03-04 02:00"))
    assert sweep(office) == 1
    office.clock.set(beijing("2026-03-04 07:00"))
    answer(office, "zhou", appeal)
    office.clock.set(beijing("2026-03-04 08:01"))
    drain(office)
    assert sent(office) == [("template", "oa-zhou", "assigned")]
    assert statuses(office, appeal, Role.OFFICIAL, Occasion.REMIND_HALF) == [Status.SUPERSEDED]


def test_a_reminder_deferred_past_its_deadline_gives_way_to_the_urging(office: World) -> None:
    """From Thursday three days end on Sunday; half of them on Saturday, when nothing goes out until Monday at 8:00."""
    office.clock.set(beijing("2026-03-05 10:00"))
    appeal = submitted(office)
    drain(office)
    for moment in ("2026-03-06 09:00", "2026-03-07 03:00", "2026-03-09 08:00", "2026-03-09 09:00"):
        office.clock.set(beijing(moment))
        sweep(office)
        office.clock.advance(seconds=30)
        drain(office)
    assert [occasion for *_, occasion in sent(office)] == ["assigned", "remind_last", "urge", "urge"]
    assert statuses(office, appeal, Role.OFFICIAL, Occasion.REMIND_HALF) == [Status.SUPERSEDED]


def test_who_handed_it_on_before_the_message_went_out_does_not_hear(office: World) -> None:
    appeal = hand_on(office, "zhou", submitted(office), "roads")
    drain(office)
    assert sent(office) == [("template", "oa-xie", "assigned")]
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.SUPERSEDED, Status.SENT]


def test_nobody_at_a_post_hears_of_what_was_withdrawn(office: World) -> None:
    withdraw(office, "resident", submitted(office))
    drain(office)
    assert sent(office) == []


@pytest.mark.parametrize("who", ["zhou", "aide"])
def test_who_works_for_the_one_it_is_about_gets_nothing_though_staff_of_the_assignee(world: World, who: str) -> None:
    appeal = assigned_by_supervisor(world, submitted(world, official_id="roads", about_official=True), "education")
    more = Binding(Role.STAFF, "roads", world.clock.now())
    change_person(world, who, bindings=(*person(world, who).bindings, more))
    drain(world)
    assert [openid for _, openid, _ in sent(world)] == ["oa-zhou" if who == "aide" else "oa-aide"]
    role = Role.OFFICIAL if who == "zhou" else Role.STAFF
    assert statuses(world, appeal, role) == [Status.UNDELIVERED]


def test_a_resident_who_is_erased_meanwhile_is_not_written_to(office: World) -> None:
    subscribe(office, "mp-resident", Occasion.PROMISED)
    promise(office, "zhou", submitted(office))
    change_person(office, "resident", mp_openid="")
    drain(office)
    assert sent(office) == [("template", "oa-zhou", "assigned")]


def test_what_stops_being_true_while_others_are_being_sent_is_not_sent() -> None:
    """WeChat is slow, messages go out one after the other; the appeal is withdrawn while it waits for its turn."""

    class SlowMessenger(RecordingMessenger):
        def send(self, *arguments: Any) -> Outcome:
            if not self.sent:
                withdraw(office, "neighbour", last)
            return super().send(*arguments)

    office = a_world(without=("aide",), messenger=SlowMessenger())
    first, last = submitted(office), submitted(office, by="neighbour")
    assert dispatch(office) == 1
    assert statuses(office, first, Role.OFFICIAL) == [Status.SENT]
    assert statuses(office, last, Role.OFFICIAL) == [Status.SUPERSEDED]
    drain(office)
    assert sent(office) == [("template", "oa-zhou", "assigned")]
