"""Who may know of an appeal and do what with it; rule 1 stands first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.appeal import State
from app.domain.deadline import DeadlineKind
from app.domain.errors import NotFound, Reason
from app.domain.escalation import advance, urge
from app.domain.handling import MOST_SUPPLEMENTS, request_extension
from app.domain.intake import hand_back, transfer
from app.domain.lifecycle import leads_on
from app.domain.notification import Role
from app.domain.permissions import (
    OFFICIAL_DEEDS,
    RESIDENT_DEEDS,
    handler_of,
    handling_actor,
    is_barred,
    is_resident,
    official_deeds,
    oversees,
    resident_deeds,
    resident_of,
)
from app.domain.terms import Hearers
from app.domain.timeline import Deed, Entry

from .factories import (
    HEARERS,
    MONDAY,
    OFFICIAL,
    RESIDENT,
    TERMS,
    an_account,
    an_appeal,
    beijing,
    due,
    rated,
    refused,
    reopened,
    replied,
    terms,
)

SECOND = timedelta(seconds=1)
NEXT_MONDAY = beijing("2026-03-09 10:00")


def test_a_residents_appeal_is_not_there_for_another_resident():
    appeal = an_appeal()
    assert resident_of(appeal, an_account("resident-1")).role is Role.RESIDENT
    with refused(Reason.NO_SUCH_APPEAL) as caught:
        resident_of(appeal, an_account("resident-2"))
    assert isinstance(caught.value, NotFound), "404, not 403"
    assert not is_resident(appeal, an_account("resident-2"))


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.STAFF])
def test_the_assignee_and_staff_handle_it_in_their_part(role):
    actor = handler_of(an_appeal(), an_account(education=role), "周文清")
    assert (actor.role, actor.official_id, actor.name) == (role, "education", "周文清")
    assert actor.on_behalf is (role is Role.STAFF)


def test_who_is_both_acts_in_person():
    staff, official = an_account(education=Role.STAFF), an_account(education=Role.OFFICIAL)
    both = replace(staff, bindings=(*staff.bindings, *official.bindings))
    assert handling_actor(an_appeal(), both).role is Role.OFFICIAL


@pytest.mark.parametrize("account", [an_account(), an_account(water=Role.OFFICIAL), an_account("resident-1")])
def test_it_is_not_there_for_those_who_do_not_handle_it(account):
    with refused(Reason.NO_SUCH_APPEAL) as caught:
        handler_of(an_appeal(), account)
    assert isinstance(caught.value, NotFound)


def test_nobody_handles_what_is_not_assigned():
    assert handling_actor(an_appeal(State.SUBMITTED), an_account(education=Role.OFFICIAL)) is None


def test_the_previous_official_handles_it_no_longer():
    education = an_account(education=Role.OFFICIAL)
    moved = transfer(an_appeal(), "roads", "归市政管理", HEARERS, OFFICIAL, TERMS, MONDAY)
    back = hand_back(an_appeal(), "非本单位职责", OFFICIAL, TERMS, MONDAY)
    assert handling_actor(moved, education) is handling_actor(back, education) is None
    assert handling_actor(moved, an_account(roads=Role.STAFF)).official_id == "roads"


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.STAFF])
def test_who_is_bound_to_the_official_it_is_about_never_handles_or_oversees_it(role):
    """Not even as staff of the official who does handle it, or as a superior who was told by mistake."""
    appeal = an_appeal(about_official=True)
    account = an_account(roads=Role.STAFF, education=role)
    assert is_barred(appeal, account)
    assert handling_actor(appeal, account) is None
    late = advance(appeal, Hearers(superior_id="mayor"), TERMS, NEXT_MONDAY)
    assert oversees(late, an_account(mayor=Role.OFFICIAL))
    assert not oversees(late, an_account(mayor=Role.OFFICIAL, education=role))


def test_nobody_is_barred_from_an_appeal_about_nobody():
    assert not is_barred(an_appeal(), an_account(education=Role.OFFICIAL))
    assert not is_barred(an_appeal(about_official=True), an_account(roads=Role.OFFICIAL))
    assert not is_barred(an_appeal(), an_account())


def test_a_superior_reads_once_told_and_does_not_act():
    mayor = an_account(mayor=Role.OFFICIAL)
    assert not oversees(an_appeal(), mayor), "nothing to oversee before it is urged"
    late = advance(an_appeal(), HEARERS, TERMS, NEXT_MONDAY)
    assert oversees(late, mayor)
    assert handling_actor(late, mayor) is None
    assert not oversees(late, an_account(mayor=Role.STAFF)), "the post itself, not its staff"
    assert not oversees(late, an_account(education=Role.OFFICIAL))


@pytest.mark.parametrize("state", State)
def test_what_is_offered_is_what_the_table_knows(state):
    appeal = an_appeal(state)
    assert set(resident_deeds(appeal, TERMS, MONDAY)) <= {deed for deed in RESIDENT_DEEDS if leads_on(appeal, deed)}
    assert set(official_deeds(appeal, TERMS, MONDAY)) <= {deed for deed in OFFICIAL_DEEDS if leads_on(appeal, deed)}
    assert not set(RESIDENT_DEEDS) & set(OFFICIAL_DEEDS)


def test_what_an_official_may_do():
    assert set(official_deeds(an_appeal(), TERMS, MONDAY)) == {
        Deed.SIGN,
        Deed.QUICK_REPLY,
        Deed.CONTACT,
        Deed.HAND_BACK,
        Deed.TRANSFER,
    }
    assert set(official_deeds(an_appeal(State.IN_PROGRESS), TERMS, MONDAY)) == {
        Deed.QUICK_REPLY,
        Deed.CONTACT,
        Deed.ANSWER,
        Deed.REQUEST_SUPPLEMENT,
        Deed.REQUEST_EXTENSION,
        Deed.TRANSFER,
    }


def test_what_is_used_up_is_not_offered():
    moved = transfer(an_appeal(), "roads", "归市政管理", HEARERS, OFFICIAL, TERMS, MONDAY)
    assert Deed.TRANSFER not in official_deeds(moved, TERMS, MONDAY)
    assert Deed.TRANSFER in official_deeds(moved, terms(max_transfers=2), MONDAY)
    asked = an_appeal(State.AWAITING_RESIDENT)
    resumed = advance(asked, HEARERS, TERMS, asked.clock.due_at)
    assert Deed.REQUEST_SUPPLEMENT not in official_deeds(resumed, TERMS, MONDAY)
    wanted = request_extension(an_appeal(State.IN_PROGRESS), 5, "等待采购", OFFICIAL, TERMS, MONDAY)
    assert Deed.REQUEST_EXTENSION not in official_deeds(wanted, TERMS, MONDAY)


def test_what_a_resident_may_do():
    assert set(resident_deeds(an_appeal(State.SUBMITTED), TERMS, MONDAY)) == {Deed.WITHDRAW}
    assert set(resident_deeds(an_appeal(), TERMS, MONDAY)) == {Deed.WITHDRAW}
    assert set(resident_deeds(an_appeal(State.IN_PROGRESS), TERMS, MONDAY)) == {Deed.WITHDRAW, Deed.SUPPLEMENT}
    answered = an_appeal(State.ANSWERED)
    assert set(resident_deeds(answered, TERMS, MONDAY)) == {Deed.RATE, Deed.REOPEN}
    assert set(resident_deeds(rated(answered, MONDAY), TERMS, MONDAY)) == {Deed.REOPEN}
    assert set(resident_deeds(replied(reopened(answered, MONDAY), MONDAY), TERMS, MONDAY)) == {Deed.RATE}
    for state in (State.CONCLUDED, State.UNDER_REVIEW):
        assert resident_deeds(an_appeal(state), TERMS, MONDAY) == ()


def test_handing_back_is_offered_for_its_workday_only():
    until = beijing("2026-03-03 18:00")
    assert Deed.HAND_BACK in official_deeds(an_appeal(), TERMS, until)
    assert Deed.HAND_BACK not in official_deeds(an_appeal(), TERMS, until + SECOND)


def test_urging_is_offered_once_it_is_late_and_again_after_a_day():
    late = due(an_appeal(), DeadlineKind.CONTACT) + SECOND
    assert Deed.URGE not in resident_deeds(an_appeal(), TERMS, late - SECOND)
    assert Deed.URGE in resident_deeds(an_appeal(), TERMS, late)
    urged = urge(an_appeal(), "", HEARERS, RESIDENT, TERMS, late)
    assert Deed.URGE not in resident_deeds(urged, TERMS, late + timedelta(hours=24) - SECOND)
    assert Deed.URGE in resident_deeds(urged, TERMS, late + timedelta(hours=24))


def test_when_time_has_ended_it_nothing_is_offered_though_no_sweep_has_come_yet():
    answered = an_appeal(State.ANSWERED)
    assert resident_deeds(answered, TERMS, answered.clock.due_at) == ()


def test_where_the_roster_gives_no_more_time_none_is_offered():
    none = terms(max_extension_workdays=0)
    assert Deed.REQUEST_EXTENSION not in official_deeds(an_appeal(State.IN_PROGRESS), none, MONDAY)


def test_who_answers_for_others_cannot_withdraw():
    assert Deed.WITHDRAW not in resident_deeds(replace(an_appeal(), children=("appeal-9",)), TERMS, MONDAY)


def test_supplements_of_ones_own_accord_end():
    entries = tuple(Entry(n, MONDAY, RESIDENT, Deed.SUPPLEMENT) for n in range(3, 3 + MOST_SUPPLEMENTS))
    told = an_appeal(State.IN_PROGRESS)
    told = replace(told, timeline=(*told.timeline, *entries))
    assert Deed.SUPPLEMENT not in resident_deeds(told, TERMS, MONDAY)
    asked = replace(an_appeal(State.AWAITING_RESIDENT), timeline=told.timeline)
    assert Deed.SUPPLEMENT in resident_deeds(asked, TERMS, MONDAY)
