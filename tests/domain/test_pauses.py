"""The answer clock's two ways to end later: it waited for the resident, or a supervisor granted an extension."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.appeal import Appeal, State, Wish
from app.domain.deadline import DeadlineKind, Rung
from app.domain.errors import Reason
from app.domain.escalation import advance
from app.domain.handling import (
    extend,
    refuse_extension,
    request_extension,
    request_supplement,
    resume,
    sign,
    supplement,
)
from app.domain.intake import transfer
from app.domain.notification import Occasion, Role
from app.domain.permissions import official_deeds
from app.domain.timeline import Deed
from app.domain.workday import local_day

from .factories import (
    CALENDAR,
    HEARERS,
    MOMENTS,
    MONDAY,
    OFFICIAL,
    PATIENT,
    RESIDENT,
    SUPERVISOR,
    TERMS,
    an_appeal,
    beijing,
    contacted,
    due,
    refused,
    reopened,
    replied,
    rungs,
    terms,
    told,
)


def asked(appeal: Appeal, now=MONDAY) -> Appeal:
    return request_supplement(appeal, "请补充具体位置", OFFICIAL, TERMS, now)


def supplemented(appeal: Appeal, now) -> Appeal:
    return supplement(appeal, "三号楼前", (), HEARERS, RESIDENT, TERMS, now)


def wanted(appeal: Appeal, workdays: int = 5, now=MONDAY) -> Appeal:
    return request_extension(appeal, workdays, "等待采购", OFFICIAL, TERMS, now)


def granted(appeal: Appeal, now=MONDAY) -> Appeal:
    return extend(appeal, HEARERS, SUPERVISOR, TERMS, now)


def turned_down(appeal: Appeal, reason: str = "材料已到货", now=MONDAY) -> Appeal:
    return refuse_extension(appeal, reason, HEARERS, SUPERVISOR, TERMS, now)


def answer_due(appeal: Appeal):
    return due(appeal, DeadlineKind.ANSWER)


def test_asking_pauses_the_answer_clock_for_five_workdays_at_most():
    appeal = asked(an_appeal(State.IN_PROGRESS))
    assert appeal.state is State.AWAITING_RESIDENT
    assert DeadlineKind.ANSWER not in {deadline.kind for deadline in appeal.running_deadlines}
    assert appeal.clock.due_at == beijing("2026-03-09 18:00")
    assert told(appeal, Occasion.SUPPLEMENT_WANTED) == [(Role.RESIDENT, "resident-1")]


@pytest.mark.parametrize(
    ("given_at", "then_due"),
    [
        ("2026-03-02 17:00", "2026-03-16 18:00"),
        ("2026-03-04 09:00", "2026-03-18 18:00"),
        ("2026-03-08 12:00", "2026-03-20 18:00"),
        ("2026-03-09 18:00", "2026-03-23 18:00"),
        ("2026-03-12 10:00", "2026-03-23 18:00"),
    ],
    ids=["same day", "two workdays", "on a Sunday", "to the last minute", "after the pause, the job being late"],
)
def test_a_supplement_gives_back_exactly_the_workdays_waited(given_at, then_due):
    appeal = supplemented(asked(an_appeal(State.IN_PROGRESS)), beijing(given_at))
    assert (appeal.state, appeal.clock) == (State.IN_PROGRESS, None)
    assert answer_due(appeal) == beijing(then_due)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(hours=3), timedelta(days=4)])
def test_without_a_supplement_it_goes_on_from_the_end_of_the_pause_however_late_the_job_runs(late):
    appeal = advance(asked(an_appeal(State.IN_PROGRESS)), HEARERS, TERMS, beijing("2026-03-09 18:00") + late)
    assert appeal.state is State.IN_PROGRESS
    assert answer_due(appeal) == beijing("2026-03-23 18:00"), "five workdays later, not more"
    assert (Role.OFFICIAL, "education") in told(appeal, Occasion.RESUMED)


def test_time_does_not_end_the_pause_before_it_is_over():
    waiting = asked(contacted(an_appeal(), MONDAY))
    assert advance(waiting, HEARERS, TERMS, beijing("2026-03-09 17:59")) is waiting


@PATIENT
@given(MOMENTS, st.integers(0, 20 * 24 * 60))
def test_what_was_waited_is_given_back_in_workdays(start, minutes):
    before = an_appeal(State.IN_PROGRESS, start)
    waiting = asked(before, start)
    now = start + timedelta(minutes=minutes)
    after = supplemented(waiting, now)
    waited = CALENDAR.count(local_day(start), min(local_day(now), local_day(waiting.clock.due_at)))
    assert 0 <= waited <= 5
    assert CALENDAR.count(local_day(answer_due(before)), local_day(answer_due(after))) == waited
    assert after.deadline(DeadlineKind.ANSWER).pushed_workdays == waited
    assert due(after, DeadlineKind.CONTACT) == due(before, DeadlineKind.CONTACT)


def test_the_resident_is_asked_once():
    appeal = supplemented(asked(an_appeal(State.IN_PROGRESS)), MONDAY)
    with refused(Reason.SUPPLEMENT_USED):
        asked(appeal)


def test_a_question_needs_words():
    with refused(Reason.TEXT_MISSING):
        request_supplement(an_appeal(State.IN_PROGRESS), " ", OFFICIAL, TERMS, MONDAY)


@pytest.mark.parametrize("hours", [3, 30, 49])
def test_an_urgent_answer_clock_does_not_run_while_the_resident_is_asked(hours):
    """Its 24 hours are hours, so what was waited is given back in hours, on a Saturday as well."""
    friday = beijing("2026-03-06 15:00")
    before = an_appeal(State.IN_PROGRESS, friday, urgent=True)
    waited = timedelta(hours=hours)
    assert answer_due(supplemented(asked(before, friday), friday + waited)) >= answer_due(before) + waited


def test_asking_does_not_stop_the_contact_clock_but_nobody_is_urged_during_the_pause():
    """docs/adr/0003, 10: what was not met before the question is late after it, not meanwhile."""
    waiting = asked(an_appeal(State.IN_PROGRESS))
    end = waiting.clock.due_at
    assert advance(waiting, HEARERS, TERMS, end - timedelta(minutes=1)) is waiting
    after = advance(waiting, HEARERS, TERMS, end)
    assert after.assignment.contacted_at is None
    assert after.is_overdue(end)
    assert rungs(after) == ["contact remind_half", "contact remind_last", "contact urge", "contact supervise"]


@pytest.mark.parametrize("workdays", [1, 10])
def test_a_granted_extension_moves_the_answer_clock_only(workdays):
    before = an_appeal(State.IN_PROGRESS)
    request = wanted(before, workdays)
    assert request.assignment == before.assignment, "asking alone moves nothing"
    assert request.timeline[-1].internal
    after = granted(request)
    assert CALENDAR.count(local_day(answer_due(before)), local_day(answer_due(after))) == workdays
    assert due(after, DeadlineKind.CONTACT) == due(before, DeadlineKind.CONTACT)
    assert after.extension.granted_at == MONDAY


def test_what_was_waited_and_what_was_granted_add_up():
    appeal = supplemented(asked(an_appeal(State.IN_PROGRESS)), beijing("2026-03-04 09:00"))
    appeal = granted(wanted(appeal, 5))
    assert appeal.deadline(DeadlineKind.ANSWER).pushed_workdays == 7
    assert answer_due(appeal) == beijing("2026-03-25 18:00")


def test_the_resident_is_told_why():
    appeal = granted(wanted(an_appeal(State.IN_PROGRESS)))
    (notification,) = (n for n in appeal.notifications if n.occasion is Occasion.EXTENDED)
    assert (notification.recipient.role, notification.text) == (Role.RESIDENT, "等待采购")
    assert not appeal.timeline[-1].internal
    assert (Role.OFFICIAL, "education") in told(appeal, Occasion.EXTENSION_GRANTED)


@pytest.mark.parametrize("workdays", [-1, 0, 11])
def test_an_extension_has_ten_workdays_at_most(workdays):
    with refused(Reason.EXTENSION_OUT_OF_RANGE):
        wanted(an_appeal(State.IN_PROGRESS), workdays)


def test_an_extension_is_asked_for_and_granted_once():
    request = wanted(an_appeal(State.IN_PROGRESS))
    with refused(Reason.EXTENSION_USED):
        wanted(request)
    with refused(Reason.EXTENSION_USED):
        wanted(granted(request))
    with refused(Reason.EXTENSION_NOT_ASKED):
        granted(granted(request))
    with refused(Reason.EXTENSION_NOT_ASKED):
        granted(an_appeal(State.IN_PROGRESS))
    with refused(Reason.TEXT_MISSING):
        request_extension(an_appeal(State.IN_PROGRESS), 5, " ", OFFICIAL, TERMS, MONDAY)


@pytest.mark.parametrize("workdays", [1, 4, 5])
def test_fewer_workdays_than_asked_for_may_be_granted(workdays):
    before = an_appeal(State.IN_PROGRESS)
    after = extend(wanted(before, 5), HEARERS, SUPERVISOR, TERMS, MONDAY, workdays)
    assert CALENDAR.count(local_day(answer_due(before)), local_day(answer_due(after))) == workdays
    assert (after.extension.wish, after.extension.workdays) == (Wish.GRANTED, workdays)
    assert [entry.outcome for entry in after.timeline[-2:]] == ["5", str(workdays)], "what was asked stays on record"


@pytest.mark.parametrize("workdays", [-1, 0, 6])
def test_never_more_than_was_asked_for(workdays):
    with refused(Reason.EXTENSION_OUT_OF_RANGE) as caught:
        extend(wanted(an_appeal(State.IN_PROGRESS), 5), HEARERS, SUPERVISOR, TERMS, MONDAY, workdays)
    assert caught.value.detail == {"most": 5, "field": "workdays"}


def test_what_was_asked_for_under_a_higher_limit_is_granted_within_that_of_today():
    request, stricter = wanted(an_appeal(State.IN_PROGRESS), 8), terms(max_extension_workdays=3)
    with refused(Reason.EXTENSION_OUT_OF_RANGE):
        extend(request, HEARERS, SUPERVISOR, stricter, MONDAY)
    assert extend(request, HEARERS, SUPERVISOR, stricter, MONDAY, 3).extension.workdays == 3


def test_a_refusal_tells_the_handlers_why_and_moves_no_clock():
    request = wanted(an_appeal(State.IN_PROGRESS))
    after = turned_down(request)
    assert after.assignment == request.assignment
    assert after.extension.wish is Wish.REFUSED
    assert after.extension.refusal == after.timeline[-1].text == "材料已到货"
    assert told(after, Occasion.EXTENSION_REFUSED) == [(Role.OFFICIAL, "education"), (Role.STAFF, "account-staff")]
    assert after.timeline[-1].internal, "the resident is not bothered"
    assert told(after, Occasion.EXTENDED) == []


def test_a_refusal_needs_a_reason_and_a_request():
    with refused(Reason.TEXT_MISSING):
        turned_down(wanted(an_appeal(State.IN_PROGRESS)), " ")
    for decided in (turned_down(wanted(an_appeal(State.IN_PROGRESS))), granted(wanted(an_appeal(State.IN_PROGRESS)))):
        with refused(Reason.EXTENSION_NOT_ASKED):
            turned_down(decided)
        with refused(Reason.EXTENSION_NOT_ASKED):
            granted(decided)
    with refused(Reason.EXTENSION_NOT_ASKED):
        turned_down(replied(wanted(an_appeal(State.IN_PROGRESS)), MONDAY))


@pytest.mark.parametrize("decided", [lambda a: a, granted, turned_down], ids=["nobody decided", "granted", "refused"])
@pytest.mark.parametrize(
    "restarted",
    [
        lambda a: a,
        lambda a: reopened(replied(a, MONDAY), MONDAY),
        lambda a: sign(transfer(a, "roads", "归道路部门", HEARERS, OFFICIAL, TERMS, MONDAY), OFFICIAL, MONDAY),
    ],
    ids=["at once", "reopened", "transferred"],
)
def test_more_time_is_asked_for_once_on_an_appeal_whatever_came_of_it(decided, restarted):
    appeal = restarted(decided(wanted(an_appeal(State.IN_PROGRESS))))
    assert appeal.state is State.IN_PROGRESS
    assert Deed.REQUEST_EXTENSION not in official_deeds(appeal, TERMS, MONDAY)
    with refused(Reason.EXTENSION_USED):
        wanted(appeal)


def test_an_old_request_does_not_come_back_with_a_new_assignment():
    appeal = reopened(replied(wanted(an_appeal(State.IN_PROGRESS)), MONDAY), MONDAY)
    assert not appeal.extension_waits
    with refused(Reason.EXTENSION_NOT_ASKED):
        granted(appeal)


@pytest.mark.parametrize("later", [lambda a, now: granted(wanted(a, 5, now), now), asked], ids=["extension", "pause"])
def test_pending_rungs_move_and_fired_ones_stay_fired(later):
    """The half (9 March) has fired before; the last reminder and the urging move with the deadline."""
    tuesday = beijing("2026-03-10 10:00")
    appeal = advance(contacted(an_appeal(), MONDAY), HEARERS, TERMS, tuesday)
    assert rungs(appeal) == ["answer remind_half"]
    appeal = later(appeal, tuesday)
    if appeal.state is State.AWAITING_RESIDENT:
        appeal = resume(appeal, HEARERS, TERMS, appeal.clock.due_at)
    assert answer_due(appeal) == beijing("2026-03-23 18:00")
    steps = {step.rung: step.at for step in appeal.deadline(DeadlineKind.ANSWER).steps}
    assert steps[Rung.REMIND_LAST] == beijing("2026-03-20 09:00")
    assert steps[Rung.URGE] == beijing("2026-03-24 09:00")
    assert steps[Rung.SUPERVISE] == beijing("2026-03-25 09:00")
    before_last = advance(appeal, HEARERS, TERMS, beijing("2026-03-20 08:59"))
    assert rungs(before_last) == ["answer remind_half"]
    at_last = advance(before_last, HEARERS, TERMS, beijing("2026-03-20 09:00"))
    assert rungs(at_last) == ["answer remind_half", "answer remind_last"]
