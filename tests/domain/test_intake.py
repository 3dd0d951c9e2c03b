"""How an appeal comes in: submitted, reviewed, assigned, rejected, withdrawn."""

from __future__ import annotations

import pytest

from app.domain.appeal import Kind, Review, State
from app.domain.deadline import DeadlineKind
from app.domain.errors import Reason
from app.domain.intake import (
    LONGEST_TITLE,
    assign,
    hand_back,
    is_clear,
    pictures_checked,
    reject,
    set_urgent,
    transfer,
    withdraw,
)
from app.domain.lifecycle import LONGEST_TEXT
from app.domain.notification import Occasion, Role
from app.domain.timeline import SYSTEM, Deed

from .factories import (
    HEARERS,
    MONDAY,
    OFFICIAL,
    RESIDENT,
    SUPERVISOR,
    TERMS,
    an_appeal,
    beijing,
    deeds,
    due,
    given_to,
    refused,
    submitted,
    told,
)


def test_a_submission_waits_one_workday_for_review():
    appeal = submitted(beijing("2026-02-13 16:00"))
    assert appeal.state is State.SUBMITTED
    assert appeal.due_at == beijing("2026-02-14 18:00")
    assert (appeal.version, deeds(appeal), appeal.timeline[0].actor) == (1, [Deed.SUBMIT], RESIDENT)


def test_texts_are_trimmed_and_neither_empty_nor_endless():
    assert submitted(title="  路灯不亮 ", body=" 三号楼前 ", place=" 南门 ").title == "路灯不亮"
    for field in ("title", "body"):
        for nothing_to_see in (" \n　", "\u200b\u2063", "\u202e\u2060", "\x00"):
            with refused(Reason.TEXT_MISSING) as caught:
                submitted(**{field: nothing_to_see})
            assert caught.value.detail["field"] == field
    assert submitted(title="\u202e不亮\u2066路灯").title == "不亮路灯", "nothing that turns the direction round"
    assert submitted(title="👨\u200d👩\u200d👧？").title == "👨\u200d👩\u200d👧？"
    assert submitted(title="灯" * LONGEST_TITLE, body="暗" * LONGEST_TEXT)
    for too_long in ({"title": "灯" * (LONGEST_TITLE + 1)}, {"body": "暗" * (LONGEST_TEXT + 1)}):
        with refused(Reason.TEXT_TOO_LONG):
            submitted(**too_long)


def test_nothing_stands_against_assigning_what_passed_the_checks():
    assert is_clear(submitted())
    assert not is_clear(an_appeal(State.ASSIGNED))


@pytest.mark.parametrize("review", [review for review in Review if review is not Review.NONE])
def test_what_has_to_be_reviewed_is_not_clear(review):
    assert not is_clear(submitted(review=review))


def test_an_appeal_about_the_official_always_waits_for_a_person():
    appeal = submitted(about_official=True)
    assert appeal.review is Review.CONFLICT
    assert appeal.barred_posts == {"education"}
    assert submitted().barred_posts == set()


def test_pictures_must_all_pass_before_it_is_clear():
    appeal = submitted(review=Review.PHOTOS, checks=("trace-1", "trace-2"))
    one = pictures_checked(appeal, "trace-1", passed=True)
    assert not is_clear(one)
    assert is_clear(pictures_checked(one, "trace-2", passed=True))
    assert pictures_checked(one, "trace-1", passed=True) is one, "delivered twice"
    assert pictures_checked(one, "somebody-else's", passed=True) is one


@pytest.mark.parametrize("verdicts", [(True, False), (False, True), (False, False)])
def test_one_picture_that_does_not_pass_means_that_a_person_looks(verdicts):
    appeal = submitted(review=Review.PHOTOS, checks=("trace-1", "trace-2"))
    for trace, passed in zip(("trace-2", "trace-1"), verdicts, strict=True):
        appeal = pictures_checked(appeal, trace, passed)
    assert (appeal.review, appeal.checks) == (Review.CONTENT, ())


@pytest.mark.parametrize("review", [Review.CONTENT, Review.CONFLICT])
def test_good_pictures_do_not_overrule_another_reason_to_look(review):
    appeal = submitted(review=review, checks=("trace-1",), about_official=review is Review.CONFLICT)
    assert pictures_checked(appeal, "trace-1", passed=True).review is review


def test_assigning_starts_both_clocks_and_tells_official_and_staff_but_not_the_superior():
    appeal = given_to(submitted(), "education")
    assert (appeal.state, appeal.assignee_id, appeal.assignment.number) == (State.ASSIGNED, "education", 1)
    assert due(appeal, DeadlineKind.CONTACT) == beijing("2026-03-05 18:00")
    assert due(appeal, DeadlineKind.ANSWER) == beijing("2026-03-16 18:00")
    assert [d.kind for d in appeal.running_deadlines] == [DeadlineKind.CONTACT], "the answer clock shows once signed"
    assert told(appeal, Occasion.ASSIGNED) == [(Role.OFFICIAL, "education"), (Role.STAFF, "account-staff")]


@pytest.mark.parametrize(
    ("kind", "urgent", "contact", "answer"),
    [
        (Kind.CONSULTATION, False, "2026-03-05 18:00", "2026-03-05 18:00"),
        (Kind.COMPLAINT, False, "2026-03-05 18:00", "2026-03-16 18:00"),
        (Kind.SUGGESTION, False, "2026-03-05 18:00", "2026-03-16 18:00"),
        (Kind.CONSULTATION, True, "2026-03-02 12:00", "2026-03-03 10:00"),
        (Kind.REQUEST, True, "2026-03-02 12:00", "2026-03-03 10:00"),
    ],
)
def test_how_long_it_may_take_depends_on_kind_and_urgency(kind, urgent, contact, answer):
    appeal = an_appeal(kind=kind, urgent=urgent)
    assert due(appeal, DeadlineKind.CONTACT) == beijing(contact)
    assert due(appeal, DeadlineKind.ANSWER) == beijing(answer)


def test_urgency_is_a_persons_finding_with_its_name_on_record():
    found = set_urgent(submitted(), True, SUPERVISOR, MONDAY)
    entry = found.timeline[-1]
    assert (found.urgent, entry.deed, entry.outcome, entry.actor) == (True, Deed.SET_URGENT, "urgent", SUPERVISOR)
    assert not entry.internal, "the resident reads who found so"
    assert set_urgent(found, True, SUPERVISOR, MONDAY) is found
    milder = set_urgent(found, False, SUPERVISOR, MONDAY)
    assert (milder.urgent, milder.timeline[-1].outcome) == (False, "usual")
    assert due(given_to(milder, "education"), DeadlineKind.CONTACT) == beijing("2026-03-05 18:00")


def test_what_is_found_urgent_on_its_way_to_another_begins_with_clocks_in_hours():
    moved = set_urgent(an_appeal(State.ASSIGNED), True, SUPERVISOR, MONDAY)
    assert due(moved, DeadlineKind.CONTACT) == beijing("2026-03-05 18:00"), "a clock that runs is not moved"
    moved = transfer(moved, "roads", "归城管", HEARERS, SUPERVISOR, TERMS, MONDAY)
    assert due(moved, DeadlineKind.CONTACT) == beijing("2026-03-02 12:00")
    assert all(message.urgent for message in moved.notifications if message.assignment == 2)


@pytest.mark.parametrize("state", [State.ANSWERED, State.CONCLUDED, State.WITHDRAWN])
def test_what_is_answered_or_over_is_not_found_urgent_any_more(state):
    with refused(Reason.WRONG_STATE):
        set_urgent(an_appeal(state), True, SUPERVISOR, MONDAY)


def test_the_resident_hears_of_the_assignment_only_when_a_person_decided_it():
    assert told(given_to(submitted(), "education"), Occasion.ACCEPTED) == []
    reviewed = assign(submitted(), "education", HEARERS, SUPERVISOR, TERMS, MONDAY)
    assert told(reviewed, Occasion.ACCEPTED) == [(Role.RESIDENT, "resident-1")]


def test_an_appeal_is_never_assigned_to_the_official_it_is_about():
    with refused(Reason.CONFLICT_OF_INTEREST):
        assign(submitted(about_official=True), "education", HEARERS, SUPERVISOR, TERMS, MONDAY)
    assert given_to(submitted(about_official=True), "roads").assignee_id == "roads"
    assert assign(submitted(), "education", HEARERS, SYSTEM, TERMS, MONDAY).assignee_id == "education"


def test_handing_back_takes_a_reason_and_is_not_for_the_residents_eyes():
    appeal = an_appeal(State.ASSIGNED)
    with refused(Reason.TEXT_MISSING):
        hand_back(appeal, "  ", OFFICIAL, TERMS, MONDAY)
    back = hand_back(appeal, "属于住建部门职责", OFFICIAL, TERMS, MONDAY)
    assert (back.state, back.review, back.assignment) == (State.SUBMITTED, Review.HANDED_BACK, None)
    assert back.timeline[-1].internal
    assert [past.official_id for past in back.past] == ["education"]
    assert back.due_at == beijing("2026-03-03 18:00"), "it is reviewed anew, within a workday"


@pytest.mark.parametrize(("at", "allowed"), [("2026-02-14 18:00", True), ("2026-02-14 18:01", False)])
def test_handing_back_is_possible_within_a_workday(at, allowed):
    appeal = an_appeal(State.ASSIGNED, beijing("2026-02-13 10:00"))
    if allowed:
        assert hand_back(appeal, "非本单位职责", OFFICIAL, TERMS, beijing(at)).state is State.SUBMITTED
    else:
        with refused(Reason.HAND_BACK_TOO_LATE):
            hand_back(appeal, "非本单位职责", OFFICIAL, TERMS, beijing(at))


def test_what_was_signed_for_is_not_handed_back():
    with refused(Reason.WRONG_STATE):
        hand_back(an_appeal(State.IN_PROGRESS), "非本单位职责", OFFICIAL, TERMS, MONDAY)


def test_who_gets_it_next_begins_with_new_clocks_and_a_new_ladder():
    back = hand_back(an_appeal(State.ASSIGNED), "非本单位职责", OFFICIAL, TERMS, MONDAY)
    again = given_to(back, "roads", beijing("2026-03-03 09:00"))
    assert (again.assignment.number, again.transfers, again.review) == (2, 0, Review.NONE)
    assert due(again, DeadlineKind.CONTACT) == beijing("2026-03-06 18:00")
    assert len(told(again, Occasion.ASSIGNED)) == 4, "two for each assignment"


@pytest.mark.parametrize(("reason", "channel"), [(" ", "请向法院提出"), ("已进入诉讼", "")])
def test_rejecting_takes_a_reason_and_the_proper_channel(reason, channel):
    with refused(Reason.TEXT_MISSING):
        reject(submitted(), reason, channel, SUPERVISOR, TERMS, MONDAY)


def test_the_resident_is_told_of_a_rejection_with_both():
    appeal = reject(submitted(), "已进入诉讼", "请向法院提出", SUPERVISOR, TERMS, MONDAY)
    assert appeal.state is State.REJECTED
    assert appeal.timeline[-1].text == "已进入诉讼\n请向法院提出"
    assert told(appeal, Occasion.REJECTED) == [(Role.RESIDENT, "resident-1")]


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ASSIGNED, State.IN_PROGRESS, State.AWAITING_RESIDENT])
def test_the_resident_may_withdraw_until_there_is_an_answer(state):
    appeal = withdraw(an_appeal(state), " 问题已解决 ", RESIDENT, MONDAY)
    assert (appeal.state, appeal.timeline[-1].text) == (State.WITHDRAWN, "问题已解决")
    assert appeal.running_deadlines == ()


@pytest.mark.parametrize("state", [State.ANSWERED, State.UNDER_REVIEW, State.CONCLUDED, State.REJECTED])
def test_what_is_answered_is_not_withdrawn(state):
    with refused(Reason.WRONG_STATE):
        withdraw(an_appeal(state), "", RESIDENT, MONDAY)
