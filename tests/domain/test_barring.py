"""Rule 1: whom an appeal is about is decided apart from the addressee, and holds for people, not for chairs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.appeal import Appeal, Publication, Review, State, Visibility
from app.domain.bar import Bar, words_of
from app.domain.barring import set_about, share, with_about, with_account
from app.domain.closing import reopen
from app.domain.errors import Reason
from app.domain.intake import assign
from app.domain.notification import Notification, Occasion, Recipient, Role, Status
from app.domain.office_deeds import OfficeDeed, office_deeds
from app.domain.permissions import is_barred, kept_from
from app.domain.terms import Hearers
from app.domain.timeline import Deed

from .factories import (
    HEARERS,
    MONDAY,
    RESIDENT,
    SUPERVISOR,
    TERMS,
    an_account,
    an_appeal,
    given_to,
    refused,
    submitted,
)

CHIEF = (Bar("mayor", ("wei",)),)
OPEN_AND_HELD = (State.ASSIGNED, State.IN_PROGRESS, State.AWAITING_RESIDENT, State.ANSWERED, State.UNDER_REVIEW)


def told_about(appeal: Appeal, *bars: Bar, hearers: Hearers = HEARERS) -> Appeal:
    return set_about(appeal, bars, "群众来电说明", hearers, SUPERVISOR, TERMS, MONDAY)


def test_an_appeal_may_be_about_another_than_the_one_it_is_written_to():
    appeal = submitted(about_official_id="mayor")
    assert (appeal.about, appeal.about_official, appeal.review) == (("mayor",), False, Review.CONFLICT)
    assert given_to(appeal, "education").assignee_id == "education"
    with refused(Reason.CONFLICT_OF_INTEREST):
        given_to(appeal, "mayor")
    both = submitted(about_official=True, about_official_id="mayor")
    assert (both.about, both.about_official) == (("education", "mayor"), True)


def test_what_an_earlier_version_stored_is_about_the_one_it_is_addressed_to():
    old = replace(submitted(), about_official=True, bars=())
    assert (old.about, old.barred_posts, words_of(old.kept_from)) == (("education",), {"education"}, ("education",))
    assert with_account(old, "education", "zhou").barred_accounts == {"zhou"}


def test_who_acted_for_the_official_stays_barred_in_every_later_post():
    appeal = replace(submitted(), bars=CHIEF)
    moved, successor = an_account(education=Role.OFFICIAL), an_account(mayor=Role.STAFF)
    moved, successor = replace(moved, id="wei"), replace(successor, id="new")
    assert is_barred(appeal, moved) and is_barred(appeal, successor)
    assert not is_barred(appeal, replace(moved, id="zhou"))
    for account in (moved, successor):
        assert set(kept_from(account)) & set(words_of(appeal.kept_from))
    with refused(Reason.CONFLICT_OF_INTEREST):
        assign(appeal, "education", Hearers(conflict=True), SUPERVISOR, TERMS, MONDAY)


def test_an_account_is_added_only_to_what_is_about_its_official():
    appeal = replace(submitted(), bars=CHIEF)
    assert with_account(appeal, "roads", "xie") is appeal
    assert with_account(appeal, "mayor", "wei") is appeal
    assert with_account(appeal, "mayor", "new").barred_accounts == {"wei", "new"}


def test_a_correction_names_others_and_forgets_nobody_of_those_who_stay():
    appeal = with_about(replace(submitted(), bars=CHIEF), [Bar("mayor", ("new",)), Bar("education", ("zhou",))])
    assert (appeal.about, appeal.about_official) == (("mayor", "education"), True)
    assert appeal.barred_accounts == {"wei", "new", "zhou"}
    assert with_about(appeal, []).kept_from == ()


@pytest.mark.parametrize("state", OPEN_AND_HELD)
def test_it_is_taken_back_from_the_one_it_turns_out_to_be_about(state):
    before = an_appeal(state)
    appeal = told_about(before, Bar("education", ("zhou",)))
    assert (appeal.state, appeal.review, appeal.assignee_id) == (State.SUBMITTED, Review.CONFLICT, "")
    assert [entry.deed for entry in appeal.timeline[-2:]] == [Deed.SET_ABOUT, Deed.TAKE_BACK]
    assert appeal.past[-1] == before.assignment
    assert appeal.timeline[-2].confidential and not appeal.timeline[-1].text
    assert given_to(appeal, "roads").assignee_id == "roads"


@pytest.mark.parametrize("state", OPEN_AND_HELD)
def test_it_stays_where_it_is_when_it_is_about_somebody_else(state):
    appeal = told_about(an_appeal(state), *CHIEF)
    assert (appeal.state, appeal.about) == (state, ("mayor",))


def test_it_is_taken_back_from_whoever_moved_to_the_post_that_has_it():
    assert told_about(an_appeal(State.ASSIGNED), *CHIEF, hearers=Hearers(conflict=True)).state is State.SUBMITTED


def test_unsent_messages_to_the_barred_end_and_those_to_others_stay():
    def message(role: Role, id: str, status: Status = Status.PENDING) -> Notification:
        return Notification(
            f"{role}:{id}:{status}", Occasion.URGE, Recipient(role, id), 1, MONDAY, MONDAY, status=status
        )

    ending = [
        message(Role.SUPERIOR, "mayor"),
        message(Role.SUPERIOR, "mayor", Status.UNDELIVERED),
        message(Role.STAFF, "wei"),
    ]
    staying = [
        message(Role.OFFICIAL, "education"),
        message(Role.STAFF, "aide"),
        message(Role.RESIDENT, "wei"),
        message(Role.SUPERIOR, "mayor", Status.SENT),
    ]
    appeal = replace(an_appeal(State.ASSIGNED), notifications=(*ending, *staying))
    after = told_about(appeal, *CHIEF).notifications
    assert {n.status for n in after[:3]} == {Status.SUPERSEDED}
    assert after[3:] == tuple(staying)


def test_what_waits_for_review_waits_for_a_person_and_for_no_picture():
    assert told_about(submitted(review=Review.PHOTOS, checks=("t",)), *CHIEF).review is Review.CONFLICT
    assert told_about(submitted(about_official=True)).review is Review.CONTENT


def test_a_reason_is_needed():
    with refused(Reason.TEXT_MISSING):
        set_about(submitted(), CHIEF, " ", HEARERS, SUPERVISOR, TERMS, MONDAY)


def test_what_was_published_is_withdrawn():
    shown = Publication("路灯", "没有路灯", "已安装", "督查室", MONDAY)
    appeal = replace(an_appeal(State.CONCLUDED), visibility=Visibility.PUBLIC, publication=shown)
    appeal = told_about(appeal, *CHIEF)
    assert (appeal.publication, appeal.state) == (None, State.CONCLUDED)
    assert OfficeDeed.PUBLISH not in office_deeds(appeal, TERMS, MONDAY)


def test_a_concluded_one_that_is_reopened_does_not_go_back_to_whom_it_is_about():
    appeal = told_about(an_appeal(State.CONCLUDED), Bar("education"))
    appeal = reopen(appeal, "重办", HEARERS, SUPERVISOR, TERMS, MONDAY)
    assert (appeal.state, appeal.assignee_id, appeal.review) == (State.SUBMITTED, "", Review.CONFLICT)
    held = told_about(an_appeal(State.ANSWERED), *CHIEF)
    assert reopen(held, "没有解决", HEARERS, RESIDENT, TERMS, MONDAY).state is State.IN_PROGRESS


def test_sharing_ends_and_follows_corrections():
    child, parent = replace(submitted(), bars=CHIEF), submitted(id="parent", bars=(Bar("roads"),))
    parent, child = share(parent, child), share(child, share(parent, child))
    assert parent.barred_posts == child.barred_posts == {"mayor", "roads"}
    assert share(parent, child) is parent and share(child, parent) is child
    corrected = with_about(child, [])
    assert share(parent, corrected).barred_posts == {"roads"}
