"""What becomes of one message: claimed before it is sent, settled after, never sent twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.notification import (
    CONFIGURATION_PAUSE,
    DEDUPLICATED_FOR,
    LEASE,
    MAX_ATTEMPTS,
    Channel,
    Fault,
    Notification,
    Refused,
    Retry,
    Role,
    Sent,
    Status,
    claim,
    may_repeat,
    next_channel,
    settle,
    supersede,
)

from .factories import MONDAY, PATIENT, a_notification

OFFICIALS = [Role.OFFICIAL, Role.STAFF, Role.SUPERIOR]
NEXT = [
    *[(role, Channel.TEMPLATE, Status.PENDING, Channel.SUBSCRIBE) for role in OFFICIALS],
    *[(role, Channel.SUBSCRIBE, Status.UNDELIVERED, Channel.INBOX) for role in [*OFFICIALS, Role.RESIDENT]],
]
FAILED = Retry("-1 system busy")
UNKNOWN = Retry("timeout", unknown=True)
NEXT_WAY = [Fault.UNREACHABLE, Fault.QUOTA, Fault.TEMPLATE]


def claimed(channel: Channel = Channel.TEMPLATE, role: Role = Role.OFFICIAL, now=MONDAY) -> Notification:
    return claim(a_notification(role), channel, "", now)


def tried(notification: Notification, outcome: Retry | Refused, jitter: float = 0.0) -> Notification:
    """One more attempt as soon as it may be made; the outcome comes at once."""
    now = max(MONDAY, notification.not_before)
    again = claim(notification, notification.channel or Channel.TEMPLATE, "", now)
    return settle(again, outcome, now, jitter)


def test_the_ways_to_reach_somebody():
    for role in OFFICIALS:
        assert a_notification(role).recipient.channels == (Channel.TEMPLATE, Channel.SUBSCRIBE, Channel.INBOX)
    assert a_notification(Role.RESIDENT).recipient.channels == (Channel.SUBSCRIBE, Channel.INBOX)


def test_a_claim_leaves_its_trace_and_a_lease_that_ends():
    taken = claim(a_notification(), Channel.TEMPLATE, "digest-1", MONDAY)
    assert (taken.status, taken.channel, taken.attempts) == (Status.SENDING, Channel.TEMPLATE, 1)
    assert (taken.first_sent_at, taken.not_before, taken.batch) == (MONDAY, MONDAY + LEASE, "digest-1")
    assert taken.is_waiting


def test_a_lease_is_longer_than_a_send_and_shorter_than_wechats_memory():
    assert timedelta(seconds=11) < LEASE < DEDUPLICATED_FOR


@pytest.mark.parametrize("channel", [Channel.TEMPLATE, Channel.SUBSCRIBE])
def test_what_was_sent_is_done(channel):
    sent = settle(claimed(channel), Sent("msg-42"), MONDAY)
    assert (sent.status, sent.reference, sent.settled_at, sent.is_waiting) == (Status.SENT, "msg-42", MONDAY, False)


@pytest.mark.parametrize("fault", NEXT_WAY)
@pytest.mark.parametrize(("role", "channel", "status", "following"), NEXT)
def test_who_is_not_reached_this_way_is_reached_the_next(role, channel, status, following, fault):
    after = settle(claimed(channel, role), Refused(fault, "43101"), MONDAY)
    assert (after.status, after.channel, after.last_error) == (status, following, "43101")
    assert (after.settled_at is None) is (status is Status.PENDING)
    if status is Status.PENDING:
        assert (after.not_before, after.attempts, after.first_sent_at) == (MONDAY, 0, None), "at once, counted anew"


@pytest.mark.parametrize("channel", [Channel.TEMPLATE, Channel.SUBSCRIBE])
def test_a_fault_of_ours_is_never_repeated(channel):
    dead = settle(claimed(channel), Refused(Fault.OURS, "47003"), MONDAY)
    assert (dead.status, dead.last_error, dead.is_waiting) == (Status.DEAD, "47003", False)


@pytest.mark.parametrize("channel", [Channel.TEMPLATE, Channel.SUBSCRIBE])
def test_wrong_configuration_holds_the_message_back_without_counting(channel):
    waiting = a_notification(channel=channel)
    for _ in range(MAX_ATTEMPTS * 2):
        waiting = tried(waiting, Refused(Fault.CONFIGURATION, "40013"))
        assert (waiting.status, waiting.channel, waiting.attempts) == (Status.PENDING, channel, 0)
    assert settle(claimed(channel), Refused(Fault.CONFIGURATION, "40013"), MONDAY).not_before == (
        MONDAY + CONFIGURATION_PAUSE
    )


@pytest.mark.parametrize(("role", "channel", "status", "following"), NEXT)
def test_five_tries_then_the_next_way(role, channel, status, following):
    waiting = a_notification(role, channel=channel)
    for attempt in range(1, MAX_ATTEMPTS):
        waiting = tried(waiting, FAILED)
        assert (waiting.status, waiting.channel, waiting.attempts) == (Status.PENDING, channel, attempt)
    waiting = tried(waiting, FAILED)
    assert (waiting.status, waiting.channel) == (status, following)


def test_the_pauses_between_the_tries_grow_and_jitter_lengthens_them():
    for jitter in (0.0, 1.0):
        waiting, pauses = a_notification(), []
        for _ in range(MAX_ATTEMPTS - 1):
            begun = max(MONDAY, waiting.not_before)
            waiting = tried(waiting, FAILED, jitter)
            pauses.append((waiting.not_before - begun).total_seconds())
        assert pauses == [n * (1 + jitter) for n in (10, 20, 40, 80)]


def test_wechat_may_say_when():
    waiting = settle(claimed(), Retry("45011", after=timedelta(minutes=1)), MONDAY, jitter=1.0)
    assert waiting.not_before == MONDAY + timedelta(minutes=1)


@pytest.mark.parametrize("role", Role)
def test_on_the_subscribe_channel_nothing_unknown_is_repeated(role):
    lost = settle(claimed(Channel.SUBSCRIBE, role), UNKNOWN, MONDAY)
    assert (lost.status, lost.is_waiting, lost.last_error) == (Status.UNCONFIRMED, False, "outcome unknown")
    crashed = claimed(Channel.SUBSCRIBE, role)
    assert not may_repeat(crashed, MONDAY), "a claim whose sender died is just as unknown"


def test_on_the_template_channel_it_is_repeated_while_wechat_would_know():
    lost = settle(claimed(), UNKNOWN, MONDAY)
    assert lost.status is Status.SENDING, "it stays a claim"
    assert may_repeat(lost, MONDAY + DEDUPLICATED_FOR - timedelta(seconds=1))
    assert not may_repeat(lost, MONDAY + DEDUPLICATED_FOR)
    assert may_repeat(settle(claimed(), FAILED, MONDAY), MONDAY + timedelta(days=2)), "what surely failed may wait"


def test_the_ten_minutes_count_from_the_first_send():
    again = claim(settle(claimed(), UNKNOWN, MONDAY), Channel.TEMPLATE, "", MONDAY + timedelta(minutes=9))
    assert not may_repeat(again, MONDAY + timedelta(minutes=10))


@pytest.mark.parametrize("outcome", [Refused(fault, "error") for fault in NEXT_WAY] + [UNKNOWN])
def test_what_may_have_arrived_never_goes_another_way(outcome):
    waiting = settle(claimed(), UNKNOWN, MONDAY)
    for _ in range(MAX_ATTEMPTS):
        waiting = tried(waiting, outcome) if waiting.is_waiting else waiting
    assert (waiting.status, waiting.channel) == (Status.UNCONFIRMED, Channel.TEMPLATE)


def test_what_may_have_arrived_stays_a_claim_over_a_pause_for_configuration():
    waiting = tried(settle(claimed(), UNKNOWN, MONDAY), Refused(Fault.CONFIGURATION, "40013"))
    assert not may_repeat(waiting, waiting.not_before)


@pytest.mark.parametrize("outcome", [*(Refused(fault, "error") for fault in NEXT_WAY), FAILED])
def test_a_sender_that_died_may_have_sent_so_no_other_way_and_no_late_repetition(outcome):
    """Claimed, sent, killed before marking; the lease ends, and the second attempt fails."""
    second = claim(claimed(), Channel.TEMPLATE, "", MONDAY + LEASE)
    after = settle(second, outcome, MONDAY + LEASE)
    assert after.channel is Channel.TEMPLATE
    assert not (after.is_waiting and may_repeat(after, MONDAY + DEDUPLICATED_FOR))


def test_a_first_way_that_was_never_tried_is_still_the_first():
    fresh = next_channel(a_notification(), MONDAY, "nobody is bound to this post")
    assert (fresh.channel, fresh.status) == (Channel.TEMPLATE, Status.PENDING)


def test_what_is_out_of_date_is_superseded():
    done = supersede(a_notification(), MONDAY)
    assert (done.status, done.settled_at, done.is_waiting) == (Status.SUPERSEDED, MONDAY, False)


OUTCOMES = st.sampled_from([FAILED, UNKNOWN, *(Refused(fault, "error") for fault in Fault), Sent("msg-1"), None])


@PATIENT
@given(st.sampled_from([*OFFICIALS, Role.RESIDENT]), st.lists(OUTCOMES, min_size=1, max_size=12), st.floats(0, 1))
def test_whatever_happens_it_is_never_sent_by_two_ways_nor_after_ten_minutes(role, outcomes, jitter):
    """None: the sender died after sending. `maybe` holds the ways and times at which it may have been delivered."""
    notification, now, maybe = a_notification(role), MONDAY, []
    for outcome in outcomes:
        now = max(now, notification.not_before)
        if not notification.is_waiting or not may_repeat(notification, now):
            break
        channel = notification.channel or notification.recipient.channels[0]
        assert all(way is channel and now < at + DEDUPLICATED_FOR for way, at in maybe)
        assert channel is Channel.TEMPLATE or not maybe
        notification = claim(notification, channel, "", now)
        if outcome is None or outcome is UNKNOWN or isinstance(outcome, Sent):
            maybe.append((channel, now))
        if outcome is not None:
            notification = settle(notification, outcome, now, jitter)
