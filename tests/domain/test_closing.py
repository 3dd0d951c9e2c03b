"""After the answer: two questions, one reopening by the resident, review, conclusion."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.appeal import Kind, Resolution, Satisfaction, State
from app.domain.closing import conclude, reopen
from app.domain.deadline import DeadlineKind, halved
from app.domain.errors import Reason
from app.domain.escalation import advance, next_check_at, urge
from app.domain.lifecycle import move
from app.domain.notification import Occasion, Role
from app.domain.office_deeds import OfficeDeed, office_deeds
from app.domain.timeline import SYSTEM, Deed
from app.domain.workday import Span, Unit

from .factories import (
    HEARERS,
    MONDAY,
    RESIDENT,
    SUPERVISOR,
    TERMS,
    an_appeal,
    beijing,
    deeds,
    due,
    rated,
    refused,
    reopened,
    replied,
    rungs,
    told,
)

CONTENT = [
    (Resolution.RESOLVED, Satisfaction.SATISFIED),
    (Resolution.RESOLVED, Satisfaction.FAIRLY),
    (Resolution.PARTLY, Satisfaction.SATISFIED),
    (Resolution.PARTLY, Satisfaction.FAIRLY),
]
DISCONTENT = [pair for pair in ((r, s) for r in Resolution for s in Satisfaction) if pair not in CONTENT]


@pytest.mark.parametrize(("resolution", "satisfaction"), CONTENT)
def test_content_concludes(resolution, satisfaction):
    appeal = rated(an_appeal(State.ANSWERED), MONDAY, resolution, satisfaction)
    assert appeal.state is State.CONCLUDED
    assert appeal.running_deadlines == ()
    assert (appeal.ratings[0].resolution, appeal.ratings[0].satisfaction) == (resolution, satisfaction)


@pytest.mark.parametrize(("resolution", "satisfaction"), DISCONTENT)
def test_discontent_leaves_the_way_to_reopen_open(resolution, satisfaction):
    appeal = rated(an_appeal(State.ANSWERED), MONDAY, resolution, satisfaction)
    assert appeal.state is State.ANSWERED
    assert reopened(appeal, MONDAY).state is State.IN_PROGRESS


@pytest.mark.parametrize(("resolution", "satisfaction"), DISCONTENT)
def test_the_second_discontent_is_reviewed_by_a_supervisor_within_five_workdays(resolution, satisfaction):
    second = replied(reopened(rated(an_appeal(State.ANSWERED), MONDAY), MONDAY), MONDAY)
    appeal = rated(second, MONDAY, resolution, satisfaction)
    assert appeal.state is State.UNDER_REVIEW
    assert deeds(appeal)[-2:] == [Deed.RATE, Deed.DISPUTE]
    assert appeal.due_at == beijing("2026-03-09 18:00")


def test_each_answer_is_rated_once():
    once = rated(an_appeal(State.ANSWERED), MONDAY)
    with refused(Reason.ALREADY_RATED):
        rated(once, MONDAY, *CONTENT[0])
    again = rated(replied(reopened(once, MONDAY), MONDAY), MONDAY, *CONTENT[0])
    assert [rating.assignment for rating in again.ratings] == [1, 2]


def test_the_resident_reopens_once():
    once = reopened(an_appeal(State.ANSWERED), MONDAY)
    with refused(Reason.REOPEN_USED):
        reopened(replied(once, MONDAY), MONDAY)


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.UNDER_REVIEW, State.CONCLUDED])
def test_the_resident_reopens_only_an_answer(state):
    with refused(Reason.WRONG_STATE):
        reopened(an_appeal(state), MONDAY)


def test_a_reopening_needs_a_reason():
    with refused(Reason.TEXT_MISSING):
        reopen(an_appeal(State.ANSWERED), " ", HEARERS, RESIDENT, TERMS, MONDAY)


@pytest.mark.parametrize(("kind", "end"), [(Kind.REQUEST, "2026-03-09 18:00"), (Kind.CONSULTATION, "2026-03-04 18:00")])
def test_a_reopened_appeal_gets_half_the_time_rounded_up_and_the_same_official(kind, end):
    appeal = reopened(an_appeal(State.ANSWERED, kind=kind), MONDAY)
    assert (appeal.state, appeal.assignee_id, appeal.assignment.number) == (State.IN_PROGRESS, "education", 2)
    assert due(appeal, DeadlineKind.ANSWER) == beijing(end)
    assert appeal.deadline(DeadlineKind.CONTACT) is None
    assert appeal.past[-1].answered_at == MONDAY
    assert told(appeal, Occasion.REOPENED) == [(Role.OFFICIAL, "education"), (Role.STAFF, "account-staff")]


def test_half_is_rounded_up():
    assert [halved(Span(n, Unit.WORKDAYS)).amount for n in (1, 2, 3, 10)] == [1, 1, 2, 5]


def test_a_supervisors_reopening_gets_the_whole_time():
    appeal = reopened(an_appeal(State.UNDER_REVIEW), MONDAY, by=SUPERVISOR)
    assert due(appeal, DeadlineKind.ANSWER) == beijing("2026-03-16 18:00")


def test_a_reopening_restarts_the_ladder():
    tuesday = beijing("2026-03-24 10:00")
    late = advance(an_appeal(State.IN_PROGRESS), HEARERS, TERMS, tuesday)
    again = reopened(replied(late, tuesday), tuesday)
    later = advance(again, HEARERS, TERMS, tuesday + timedelta(days=60))
    assert rungs(later)[len(rungs(late)) :] == [
        "answer remind_half",
        "answer remind_last",
        "answer urge",
        "answer supervise",
    ]


@pytest.mark.parametrize(("at", "allowed"), [("2026-04-01 18:00", True), ("2026-04-01 18:01", False)])
def test_a_supervisor_reopens_within_thirty_days_of_the_conclusion(at, allowed):
    concluded = an_appeal(State.CONCLUDED)
    if allowed:
        assert reopened(concluded, beijing(at), by=SUPERVISOR).state is State.IN_PROGRESS
    else:
        with refused(Reason.REOPEN_TOO_LATE):
            reopened(concluded, beijing(at), by=SUPERVISOR)


def test_what_is_published_later_gives_no_more_time_to_reopen():
    told = an_appeal(State.CONCLUDED)
    late = beijing("2026-05-20 10:00")
    told = move(told, Deed.PUBLISH, SUPERVISOR, late, outcome="published")
    with refused(Reason.REOPEN_TOO_LATE):
        reopened(told, late, by=SUPERVISOR)
    assert OfficeDeed.REOPEN not in office_deeds(told, TERMS, late)


def test_silence_concludes_after_seven_days_and_is_no_rating():
    appeal = an_appeal(State.ANSWERED)
    end = beijing("2026-03-09 18:00")
    assert next_check_at(appeal) == end
    assert advance(appeal, HEARERS, TERMS, end - timedelta(seconds=1)) is appeal
    concluded = advance(appeal, HEARERS, TERMS, end)
    assert (concluded.state, concluded.ratings) == (State.CONCLUDED, ())
    assert (concluded.timeline[-1].actor, concluded.running_deadlines) == (SYSTEM, ())
    assert told(concluded, Occasion.CONCLUDED) == [(Role.RESIDENT, "resident-1")]


@pytest.mark.parametrize("state", [State.ANSWERED, State.UNDER_REVIEW])
def test_a_supervisor_concludes_with_an_explanation(state):
    with refused(Reason.TEXT_MISSING):
        conclude(an_appeal(state), " ", SUPERVISOR, TERMS, MONDAY)
    assert conclude(an_appeal(state), "已核实", SUPERVISOR, TERMS, MONDAY).timeline[-1].text == "已核实"


def test_no_time_concludes_what_a_supervisor_reviews():
    appeal = an_appeal(State.UNDER_REVIEW)
    assert next_check_at(appeal) is None
    assert advance(appeal, HEARERS, TERMS, MONDAY + timedelta(days=300)) is appeal


def test_what_is_answered_is_not_urged_however_late_the_follow_up():
    with refused(Reason.NOT_LATE_YET):
        urge(an_appeal(State.ANSWERED), "", HEARERS, RESIDENT, TERMS, MONDAY + timedelta(days=30))
