"""Between sending and marking everything can break: what was sent is repeated only where WeChat sees that it is one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.appeal import Appeal, State
from app.domain.notification import GATHERED_FOR, LEASE, Fault, Occasion, Outcome, Refused, Retry, Role, Status
from app.domain.outbox import troubles
from app.services.messages.dispatching import MARKING_ATTEMPTS, dispatch
from app.services.messages.reminding import sweep
from app.services.ports.basics import StoreAway
from app.services.world import World
from tests.domain.factories import beijing
from tests.services.factories import (
    answer,
    drain,
    fresh,
    message_ids,
    promise,
    sent,
    sign,
    statuses,
    submitted,
    subscribe,
)

KILLED = KeyboardInterrupt()


def killed_while_sending(world: World) -> None:
    """WeChat has it, and the process is gone."""
    world.messenger.will(KILLED)
    with pytest.raises(KeyboardInterrupt):
        dispatch(world)


def no_database_for_the_mark(appeal: Appeal) -> None:
    if any(notification.status is Status.SENT for notification in appeal.notifications):
        raise StoreAway


def cut_off_while_marking(world: World) -> None:
    """WeChat has it, and the database is gone."""
    world.stores.appeals.before_write = no_database_for_the_mark
    try:
        dispatch(world)
    except StoreAway:
        pass
    finally:
        world.stores.appeals.before_write = None


CRASHES = pytest.mark.parametrize("crash", [killed_while_sending, cut_off_while_marking])


@CRASHES
def test_after_the_lease_the_same_message_is_repeated_once(office: World, crash) -> None:
    appeal = submitted(office)
    crash(office)
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.SENDING]
    office.clock.advance(LEASE)
    dispatch(office)
    assert len(office.messenger.sent) == 2 and len(set(message_ids(office))) == 1
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.SENT]
    office.clock.advance(hours=1)
    drain(office)
    assert len(office.messenger.sent) == 2


@CRASHES
def test_before_the_lease_ends_nobody_else_touches_it(office: World, crash) -> None:
    submitted(office)
    crash(office)
    office.clock.advance(LEASE - timedelta(seconds=1))
    assert dispatch(office) == 0 and len(office.messenger.sent) == 1


@pytest.mark.parametrize(
    ("later", "repeated"), [(timedelta(minutes=10, seconds=-1), True), (timedelta(minutes=10), False)]
)
def test_a_repetition_goes_only_while_wechat_would_recognise_it(
    office: World, later: timedelta, repeated: bool
) -> None:
    appeal = submitted(office)
    killed_while_sending(office)
    office.clock.advance(later)
    drain(office)
    assert len(office.messenger.sent) == 1 + repeated
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.SENT if repeated else Status.UNCONFIRMED]
    assert list(office.alerts.names) == ([] if repeated else ["delivery_unconfirmed"])


@CRASHES
def test_a_repetition_does_not_wait_for_the_morning(office: World, crash) -> None:
    """By then WeChat would not recognise it any more, and quiet hours had not begun when it was sent first."""
    office.clock.set(beijing("2026-03-02 21:59"))
    appeal = submitted(office)
    crash(office)
    office.clock.advance(LEASE)
    dispatch(office)
    assert len(office.messenger.sent) == 2 and len(set(message_ids(office))) == 1
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.SENT]


@pytest.mark.parametrize("crashes", [1, 2])
def test_what_may_have_been_sent_and_is_out_of_date_is_not_repeated_nor_called_unsent(
    office: World, crashes: int
) -> None:
    appeal = sign(office, "zhou", submitted(office))
    drain(office)
    office.clock.set(beijing("2026-03-04 08:00"))
    sweep(office)
    office.clock.advance(GATHERED_FOR)
    before = len(office.messenger.sent)
    for _ in range(crashes):
        killed_while_sending(office)
        office.clock.advance(LEASE)
    answer(office, "zhou", appeal)
    dispatch(office)
    assert sent(office)[before:] == [("template", "oa-zhou", "remind_half")] * crashes
    assert statuses(office, appeal, Role.OFFICIAL, Occasion.REMIND_HALF) == [Status.UNCONFIRMED]
    assert not troubles(fresh(office, appeal)), "nobody has to be called about what was answered"


@CRASHES
def test_what_stays_unconfirmed_goes_over_no_other_channel(office: World, crash) -> None:
    subscribe(office, "mp-zhou", Occasion.ASSIGNED, times=2)
    submitted(office)
    crash(office)
    office.clock.advance(hours=1)
    drain(office)
    assert sent(office) == [("template", "oa-zhou", "assigned")]


@CRASHES
def test_a_subscribe_message_is_never_repeated(office: World, crash) -> None:
    submitted_one = submitted(office)
    drain(office)
    subscribe(office, "mp-resident", Occasion.PROMISED, times=3)
    appeal = promise(office, "zhou", submitted_one)
    before = len(office.messenger.sent)
    if crash is killed_while_sending:
        crash(office)
    else:
        _lose_the_mark_of(office, Role.RESIDENT)
    for _ in range(5):
        office.clock.advance(LEASE)
        drain(office)
    assert sent(office)[before:] == [("subscribe", "mp-resident", "promised")]
    assert statuses(office, appeal, Role.RESIDENT) == [Status.UNCONFIRMED]
    assert "delivery_unconfirmed" in office.alerts.names


def _lose_the_mark_of(world: World, role: Role) -> None:
    def hook(appeal: Appeal) -> None:
        if any(n.recipient.role is role and n.status is Status.SENT for n in appeal.notifications):
            raise StoreAway

    world.stores.appeals.before_write = hook
    try:
        dispatch(world)
    except StoreAway:
        pass
    finally:
        world.stores.appeals.before_write = None


def test_killed_again_and_again_it_is_still_one_message(office: World) -> None:
    appeal = submitted(office)
    begun = office.clock.now()
    last = begun
    for _ in range(20):
        before = len(office.messenger.sent)
        office.messenger.script.clear()
        office.messenger.will(KILLED)
        try:
            dispatch(office)
        except KeyboardInterrupt:
            last = office.clock.now()
        assert len(office.messenger.sent) <= before + 1
        office.clock.advance(LEASE)
    assert len(set(message_ids(office))) == 1
    assert last - begun < timedelta(minutes=10)
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.UNCONFIRMED]


@pytest.mark.parametrize(
    "outcome", [Retry("connection refused"), Refused(Fault.CONFIGURATION, "40164")], ids=["refused", "keys"]
)
def test_a_failed_repetition_does_not_make_the_first_sending_forgotten(office: World, outcome: Outcome) -> None:
    """The killed process may have delivered it, so ten minutes after the first sending the time for it is over."""
    appeal = submitted(office)
    begun = office.clock.now()
    killed_while_sending(office)
    office.clock.advance(LEASE)
    office.messenger.outcome = outcome
    times = []
    for _ in range(90):
        before = len(office.messenger.sent)
        dispatch(office)
        times += [office.clock.now() - begun] * (len(office.messenger.sent) - before)
        office.clock.advance(seconds=30)
    assert times and max(times) < timedelta(minutes=10)
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.UNCONFIRMED]


def test_after_a_killed_process_a_refusal_leads_to_no_second_channel(office: World) -> None:
    """ADR 0002: another channel is tried only while it is certain that the first one delivered nothing."""
    subscribe(office, "mp-zhou", Occasion.ASSIGNED)
    appeal = submitted(office)
    killed_while_sending(office)
    office.clock.advance(LEASE)
    office.messenger.outcome = Refused(Fault.UNREACHABLE, "43004")
    drain(office)
    assert {channel for channel, *_ in sent(office)} == {"template"}
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.UNCONFIRMED]


def test_killed_after_the_claim_and_before_the_sending_it_is_sent(office: World) -> None:
    appeal = submitted(office)

    def killed(_: Appeal) -> None:
        office.stores.appeals.before_write = None
        raise KILLED

    office.stores.appeals.before_write = killed
    with pytest.raises(KeyboardInterrupt):
        dispatch(office)
    assert office.messenger.sent == []
    drain(office)
    assert len(office.messenger.sent) == 1 and statuses(office, appeal, Role.OFFICIAL) == [Status.SENT]


def test_who_acts_while_the_message_is_marked_loses_nothing_and_nothing_is_sent_again(office: World) -> None:
    appeal = submitted(office)

    def sign_before_the_mark(written: Appeal) -> None:
        if written.notifications[0].status is Status.SENT:
            office.stores.appeals.before_write = None
            sign(office, "zhou", appeal)

    office.stores.appeals.before_write = sign_before_the_mark
    dispatch(office)
    assert fresh(office, appeal).state is State.IN_PROGRESS
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.SENT]
    assert len(office.messenger.sent) == 1


def test_a_mark_that_never_gets_through_alerts_and_stays_a_claim(office: World) -> None:
    appeal = submitted(office)
    lost: list[int] = []

    def always_faster(written: Appeal) -> None:
        if written.notifications[0].status is Status.SENT:
            current = fresh(office, appeal)
            lost.append(current.version)
            office.stores.appeals.kept[appeal.id] = Appeal(**(vars(current) | {"version": current.version + 1}))

    office.stores.appeals.before_write = always_faster
    dispatch(office)
    assert len(lost) == MARKING_ATTEMPTS and len(office.messenger.sent) == 1
    assert list(office.alerts.names) == ["marking_conflict"]
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.SENDING]
