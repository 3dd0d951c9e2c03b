"""What WeChat refuses, what fails, and what must go on all the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.domain.appeal import Appeal
from app.domain.notification import MAX_ATTEMPTS, Fault, Occasion, Refused, Retry, Role, Sent, Status
from app.services.messages.dispatching import AT_ONCE, dispatch
from app.services.messages.reminding import sweep
from app.services.ports.basics import StoreAway
from app.services.world import World
from tests.domain.factories import beijing
from tests.services.factories import (
    answer,
    drain,
    message_ids,
    messages,
    promise,
    sent,
    sign,
    statuses,
    submitted,
    subscribe,
)


def failing_for(appeal: Appeal, error: Exception) -> Callable[[Appeal], None]:
    def hook(written: Appeal) -> None:
        if written.id == appeal.id:
            raise error

    return hook


def test_what_did_not_get_through_is_tried_again_after_a_pause(office: World) -> None:
    office.messenger.will(Retry("45011", after=timedelta(minutes=1)))
    appeal = submitted(office)
    drain(office)
    office.clock.advance(seconds=59)
    drain(office)
    assert len(office.messenger.sent) == 1
    office.clock.advance(seconds=1)
    drain(office)
    assert len(office.messenger.sent) == 2 and len(set(message_ids(office))) == 1
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.SENT]


def test_five_tries_and_then_the_next_channel(office: World) -> None:
    office.messenger.will(*[Retry("connection refused")] * MAX_ATTEMPTS)
    subscribe(office, "mp-zhou", Occasion.ASSIGNED)
    submitted(office)
    for _ in range(30):
        drain(office)
        office.clock.advance(minutes=5)
    channels = [channel for channel, *_ in sent(office)]
    assert channels == ["template"] * MAX_ATTEMPTS + ["subscribe"]


def test_a_fault_of_ours_is_never_repeated(office: World) -> None:
    office.messenger.will(Refused(Fault.OURS, "47003"))
    appeal = submitted(office)
    for _ in range(5):
        drain(office)
        office.clock.advance(hours=1)
    assert len(office.messenger.sent) == 1
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.DEAD]


def test_wrong_keys_hold_the_message_back_for_half_an_hour_and_cost_no_attempt(office: World) -> None:
    office.messenger.outcome = Refused(Fault.CONFIGURATION, "40164")
    appeal = submitted(office)
    for _ in range(MAX_ATTEMPTS + 2):
        drain(office)
        office.clock.advance(minutes=29)
        assert dispatch(office) == 0
        office.clock.advance(minutes=1)
    assert len(office.messenger.sent) == MAX_ATTEMPTS + 2
    office.messenger.outcome = Sent()
    drain(office)
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.SENT]
    assert office.alerts.raised == [], "the messenger has alerted; dispatching adds nothing"


def test_an_unknown_outcome_on_the_template_channel_repeats_the_same_message(office: World) -> None:
    office.messenger.will(Retry("timed out", unknown=True))
    appeal = submitted(office)
    drain(office)
    office.clock.advance(minutes=1)
    drain(office)
    assert len(office.messenger.sent) == 2 and len(set(message_ids(office))) == 1
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.SENT]


def test_what_may_have_arrived_never_goes_over_another_channel_nor_after_ten_minutes(office: World) -> None:
    office.messenger.outcome = Retry("timed out", unknown=True)
    subscribe(office, "mp-zhou", Occasion.ASSIGNED, times=5)
    appeal = submitted(office)
    begun = office.clock.now()
    times = []
    for _ in range(60):
        before = len(office.messenger.sent)
        dispatch(office)
        times += [office.clock.now() - begun] * (len(office.messenger.sent) - before)
        office.clock.advance(seconds=30)
    assert {channel for channel, *_ in sent(office)} == {"template"}
    assert len(set(message_ids(office))) == 1
    assert len(times) > 1 and max(times) < timedelta(minutes=10)
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.UNCONFIRMED]


def test_an_unknown_outcome_on_the_subscribe_channel_is_never_repeated_and_somebody_is_told(office: World) -> None:
    """ADR 0002: it becomes unconfirmed, raises an alert and stands on the console's call list."""
    subscribe(office, "mp-resident", Occasion.PROMISED, times=3)
    appeal = promise(office, "zhou", submitted(office))
    office.messenger.will(Sent(), Retry("timed out", unknown=True))
    for _ in range(5):
        drain(office)
        office.clock.advance(minutes=3)
    assert sent(office) == [("template", "oa-zhou", "assigned"), ("subscribe", "mp-resident", "promised")]
    assert statuses(office, appeal, Role.RESIDENT) == [Status.UNCONFIRMED]
    assert "delivery_unconfirmed" in office.alerts.names


def test_one_message_that_cannot_be_sent_stops_no_other(office: World) -> None:
    office.messenger.will(ValueError("no such template"))
    one, other = submitted(office), submitted(office)
    dispatch(office)
    assert sorted(statuses(office, one, Role.OFFICIAL) + statuses(office, other, Role.OFFICIAL)) == [
        Status.SENDING,
        Status.SENT,
    ]
    [(what, facts)] = office.alerts.raised
    assert what == "dispatch_failed" and facts["error"] == "ValueError"


def test_an_alert_tells_no_secrets(office: World) -> None:
    office.messenger.will(ValueError("oa-zhou 小区门口没有路灯"))
    submitted(office)
    dispatch(office)
    assert "oa-zhou" not in str(office.alerts.raised) and "路灯" not in str(office.alerts.raised)


def test_one_appeal_that_cannot_be_claimed_stops_no_other(office: World) -> None:
    bad, good = submitted(office), submitted(office)
    office.stores.appeals.before_write = failing_for(bad, ValueError("document too large"))
    dispatch(office)
    assert statuses(office, good, Role.OFFICIAL) == [Status.SENT]
    assert len(office.messenger.sent) == 1, "what is not claimed is not sent"
    assert list(office.alerts.names) == ["dispatch_failed"]


def test_one_appeal_whose_outdated_reminder_cannot_be_settled_stops_no_other(office: World) -> None:
    bad, good = sign(office, "zhou", submitted(office)), submitted(office)
    drain(office)
    office.clock.set(beijing("2026-03-04 02:00"))
    sweep(office)
    answer(office, "zhou", bad)
    office.stores.appeals.before_write = failing_for(bad, ValueError("document too large"))
    office.clock.set(beijing("2026-03-04 08:01"))
    dispatch(office)
    assert statuses(office, good, Role.OFFICIAL, Occasion.REMIND_HALF) == [Status.SENT]


def test_a_database_that_goes_away_ends_the_run_at_once(office: World) -> None:
    """Two seconds of waiting for each of 200 messages would hold the dispatcher for minutes, and 200 alerts say less
    than one; the runner records a run that ended with StoreAway as postponed."""
    appeals = [submitted(office) for _ in range(3)]
    office.stores.appeals.before_write = failing_for(appeals[0], StoreAway())
    with pytest.raises(StoreAway):
        dispatch(office)
    assert office.alerts.raised == []


def test_more_than_one_page_of_messages_goes_out_in_one_run(office: World) -> None:
    for _ in range(AT_ONCE + 5):
        submitted(office)
    assert dispatch(office) == AT_ONCE + 5
    assert len(office.messenger.sent) == len(set(message_ids(office))) == AT_ONCE + 5


def test_a_message_that_is_due_again_at_once_waits_for_the_next_run(office: World) -> None:
    office.messenger.will(Refused(Fault.UNREACHABLE, "43004"))
    appeal = submitted(office)
    assert dispatch(office) == 1
    assert messages(office, appeal, Role.OFFICIAL)[0].not_before == office.clock.now()
    assert dispatch(office) == 1
