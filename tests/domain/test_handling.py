"""What officials and staff do: sign, contact, quick reply, answer; and which of it stops which clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.appeal import AnswerOutcome, ContactOutcome, Resolution, Satisfaction, State
from app.domain.deadline import DeadlineKind
from app.domain.errors import Reason
from app.domain.handling import MOST, MOST_SUPPLEMENTS, answer, log_contact, quick_reply, sign, supplement
from app.domain.lifecycle import LONGEST_TEXT, under_key
from app.domain.notification import Occasion, Role
from app.domain.permissions import official_deeds
from app.domain.timeline import Deed

from .factories import (
    HEARERS,
    MONDAY,
    OFFICIAL,
    RESIDENT,
    STAFF,
    TERMS,
    an_appeal,
    beijing,
    contacted,
    rated,
    refused,
    replied,
    told,
)

LATER = MONDAY + timedelta(hours=1)
REACHED = {ContactOutcome.IN_PERSON, ContactOutcome.TEXT_REPLY, ContactOutcome.CALLED_BACK, ContactOutcome.VISIT}


def runs(appeal, kind: DeadlineKind) -> bool:
    return kind in {deadline.kind for deadline in appeal.running_deadlines}


def test_signing_starts_the_work_but_is_not_contact():
    appeal = sign(an_appeal(), OFFICIAL, LATER)
    assert appeal.state is State.IN_PROGRESS
    assert appeal.assignment.contacted_at is None
    assert runs(appeal, DeadlineKind.CONTACT)
    assert runs(appeal, DeadlineKind.ANSWER)
    assert appeal.assignment.deadlines == an_appeal().assignment.deadlines


def test_what_staff_does_is_done_on_behalf():
    assert sign(an_appeal(), STAFF, LATER).timeline[-1].actor.on_behalf
    assert not sign(an_appeal(), OFFICIAL, LATER).timeline[-1].actor.on_behalf


@pytest.mark.parametrize("outcome", ContactOutcome)
@pytest.mark.parametrize("state", [State.ASSIGNED, State.IN_PROGRESS])
def test_only_really_reaching_the_resident_stops_the_contact_clock(state, outcome):
    appeal = log_contact(an_appeal(state), outcome, OFFICIAL, TERMS, LATER, note=" 已约明日上门 ")
    assert appeal.state is State.IN_PROGRESS, "logging a contact also signs"
    assert (appeal.assignment.contacted_at == LATER) is (outcome in REACHED)
    assert runs(appeal, DeadlineKind.CONTACT) is (outcome not in REACHED)
    assert bool(told(appeal, Occasion.CONTACTED)) is (outcome in REACHED)
    assert (appeal.timeline[-1].outcome, appeal.timeline[-1].text) == (outcome.value, "已约明日上门")


def test_the_first_contact_counts():
    appeal = contacted(contacted(an_appeal(), LATER), LATER + timedelta(days=1))
    assert appeal.assignment.contacted_at == LATER


@pytest.mark.parametrize("state", [State.ASSIGNED, State.IN_PROGRESS])
def test_a_quick_reply_is_neither_contact_nor_answer(state):
    before = an_appeal(state)
    appeal = quick_reply(before, "正在开会，会后联系您", LATER, OFFICIAL, TERMS, MONDAY)
    assert appeal.state is state
    assert appeal.assignment == before.assignment, "no clock moved"
    assert (appeal.due_at, appeal.answers) == (before.due_at, ())
    assert told(appeal, Occasion.PROMISED) == [(Role.RESIDENT, "resident-1")]
    assert appeal.promise.due_at == LATER


def test_a_promise_runs_but_does_not_make_the_appeal_overdue():
    appeal = quick_reply(an_appeal(), "会后联系您", LATER, OFFICIAL, TERMS, MONDAY)
    assert runs(appeal, DeadlineKind.PROMISE)
    assert not appeal.is_overdue(LATER + timedelta(hours=1))


def test_a_quick_reply_without_a_time_promises_nothing():
    assert quick_reply(an_appeal(), "收到，谢谢", None, OFFICIAL, TERMS, MONDAY).promise is None


@pytest.mark.parametrize(
    ("promised", "allowed"),
    [
        ("2026-03-02 10:00", False),
        ("2026-03-01 10:00", False),
        ("2026-03-02 10:01", True),
        ("2026-03-05 18:00", True),
        ("2026-03-05 18:01", False),
    ],
)
def test_a_promise_lies_ahead_and_within_three_days(promised, allowed):
    if allowed:
        assert quick_reply(an_appeal(), "会后联系您", beijing(promised), OFFICIAL, TERMS, MONDAY).promise
    else:
        with refused(Reason.PROMISE_OUT_OF_RANGE):
            quick_reply(an_appeal(), "会后联系您", beijing(promised), OFFICIAL, TERMS, MONDAY)


def test_a_promise_is_kept_by_contact_or_answer_and_not_by_an_attempt():
    promised = quick_reply(an_appeal(State.IN_PROGRESS), "会后联系您", LATER, OFFICIAL, TERMS, MONDAY)
    assert contacted(promised, MONDAY).promise is None
    assert replied(promised, MONDAY).promise is None
    assert log_contact(promised, ContactOutcome.NO_ANSWER, OFFICIAL, TERMS, MONDAY).promise is not None


@pytest.mark.parametrize("outcome", AnswerOutcome)
def test_an_answer_stops_all_clocks_but_that_of_the_follow_up(outcome):
    appeal = answer(an_appeal(State.IN_PROGRESS), " 路灯已装好。 ", outcome, (), OFFICIAL, TERMS, LATER)
    assert appeal.state is State.ANSWERED
    assert [deadline.kind for deadline in appeal.running_deadlines] == [DeadlineKind.FOLLOW_UP]
    assert appeal.due_at == beijing("2026-03-09 18:00")
    assert (appeal.answers[-1].text, appeal.answers[-1].outcome) == ("路灯已装好。", outcome)
    assert appeal.assignment.answered_at == LATER
    assert told(appeal, Occasion.ANSWERED) == [(Role.RESIDENT, "resident-1")]


def test_an_answer_is_contact_when_there_was_none_before():
    assert replied(an_appeal(State.IN_PROGRESS), LATER).assignment.contacted_at == LATER
    spoken = contacted(an_appeal(), MONDAY)
    assert replied(spoken, LATER).assignment.contacted_at == MONDAY


@pytest.mark.parametrize(("text", "reason"), [(" ", Reason.TEXT_MISSING), ("灯" * 2001, Reason.TEXT_TOO_LONG)])
def test_an_answer_says_something_and_not_too_much(text, reason):
    with refused(reason):
        answer(an_appeal(State.IN_PROGRESS), text, AnswerOutcome.SOLVED, (), OFFICIAL, TERMS, MONDAY)
    assert LONGEST_TEXT == 2000


def test_what_is_not_signed_for_is_not_answered():
    with refused(Reason.WRONG_STATE):
        replied(an_appeal(State.ASSIGNED), MONDAY)


def added(appeal, now=MONDAY):
    return supplement(appeal, "补充一张照片", ("photo-1",), HEARERS, RESIDENT, TERMS, now)


def test_the_resident_may_add_something_unasked_without_moving_a_clock():
    before = an_appeal(State.IN_PROGRESS)
    appeal = added(added(before), LATER)
    assert (appeal.state, appeal.assignment) == (State.IN_PROGRESS, before.assignment)
    assert appeal.timeline[-1].photos == ("photo-1",)
    heard = told(appeal, Occasion.SUPPLEMENTED)
    assert heard == [(Role.OFFICIAL, "education"), (Role.STAFF, "account-staff")] * 2, "each time"


def test_but_not_without_end():
    appeal = an_appeal(State.IN_PROGRESS)
    for _ in range(MOST_SUPPLEMENTS):
        appeal = added(appeal)
    with refused(Reason.SUPPLEMENT_USED):
        added(appeal)
    assert [entry.deed for entry in appeal.timeline].count(Deed.SUPPLEMENT) == MOST_SUPPLEMENTS


@pytest.mark.parametrize("deed", MOST)
def test_what_an_official_may_repeat_has_an_end(deed):
    def again(appeal):
        if deed is Deed.CONTACT:
            return log_contact(appeal, ContactOutcome.BUSY, OFFICIAL, TERMS, LATER)
        return quick_reply(appeal, "正在开会", None, OFFICIAL, TERMS, LATER)

    appeal = an_appeal(State.IN_PROGRESS)
    while deed in official_deeds(appeal, TERMS, LATER):
        appeal = again(appeal)
    assert [entry.deed for entry in appeal.timeline].count(deed) == MOST[deed]
    with refused(Reason.DONE_TOO_OFTEN):
        again(appeal)


def test_a_deed_is_found_again_by_the_key_of_its_request():
    before = an_appeal()
    appeal = under_key(before, sign(before, OFFICIAL, LATER), "hash-1")
    assert appeal.entry_with("hash-1") is appeal.timeline[-1]
    assert appeal.entry_with("hash-2") is None
    assert appeal.entry_with("") is None, "deeds of the system have no key"


def test_of_several_entries_the_deed_itself_has_the_key():
    before = an_appeal(State.ANSWERED)
    content = rated(before, LATER, Resolution.RESOLVED, Satisfaction.SATISFIED)
    appeal = under_key(before, content, "hash-1")
    assert [entry.key for entry in appeal.timeline[-2:]] == ["hash-1", ""], "the rating, not the conclusion"
    assert under_key(before, before, "hash-1") is before
    assert under_key(before, content, "") is content


def test_overdue_is_derived_and_begins_after_the_deadline():
    appeal = an_appeal()
    assert not appeal.is_overdue(beijing("2026-03-05 18:00"))
    assert appeal.is_overdue(beijing("2026-03-05 18:01"))
    assert not contacted(appeal, beijing("2026-03-05 18:00")).is_overdue(beijing("2026-03-06 18:00"))
