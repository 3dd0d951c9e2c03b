"""并单: handled together with another appeal, whose resident and handling it must be worth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.appeal import Appeal, State
from app.domain.bar import Bar
from app.domain.errors import Reason, Refusal
from app.domain.escalation import next_sweep_at
from app.domain.intake import transfer
from app.domain.merging import ADOPTION_LASTS, adopt, inform, merge, settle_adoption
from app.domain.merging import told as children_told
from app.domain.notification import Occasion, Role
from app.domain.terms import Hearers

from .factories import HEARERS, MONDAY, SUPERVISOR, TERMS, an_appeal, refused, submitted, told


def merged(appeal: Appeal, parent: Appeal) -> Appeal:
    return merge(appeal, parent, HEARERS, SUPERVISOR, TERMS, MONDAY)


def adopted(parent: Appeal, child: Appeal, hearers: Hearers = HEARERS) -> Appeal:
    return adopt(parent, child, hearers, TERMS, MONDAY)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ASSIGNED, State.IN_PROGRESS])
def test_a_duplicate_is_merged_and_its_resident_is_told(state):
    parent = an_appeal(State.IN_PROGRESS, id="appeal-2")
    appeal = merged(an_appeal(state), parent)
    assert (appeal.state, appeal.merged_into) == (State.MERGED, "appeal-2")
    assert appeal.timeline[-1].outcome == parent.code
    assert told(appeal, Occasion.MERGED) == [(Role.RESIDENT, "resident-1")]
    assert appeal.running_deadlines == ()


def test_an_appeal_is_not_merged_into_itself():
    appeal = submitted()
    with refused(Reason.MERGE_INTO_ITSELF):
        merged(appeal, replace(appeal, version=7))


def test_an_appeal_is_not_merged_into_a_merged_one_so_there_is_no_circle():
    one, other = submitted(), submitted(id="appeal-2")
    with refused(Reason.MERGE_INTO_ITSELF):
        merged(other, merged(one, other))


def test_an_appeal_is_not_merged_into_one_of_another_roster():
    with refused(Reason.MERGE_INTO_ITSELF):
        merged(submitted(), submitted(id="appeal-2", roster="shenzhen"))


@pytest.mark.parametrize("state", [State.REJECTED, State.WITHDRAWN])
def test_an_accepted_appeal_is_not_lost_in_one_that_nobody_handles(state):
    """Rule 2: nothing accepted is lost."""
    with pytest.raises(Refusal):
        merged(an_appeal(State.ASSIGNED), an_appeal(state, id="appeal-2"))


def test_an_appeal_about_an_official_is_not_merged_into_one_that_this_official_handles():
    """Rule 1: it never reaches the official it is about."""
    about = submitted(about_official=True)
    with pytest.raises(Refusal):
        merged(about, an_appeal(State.IN_PROGRESS, id="appeal-2"))


PARENT = an_appeal(State.IN_PROGRESS, id="appeal-2")
ANSWERED = an_appeal(State.ANSWERED, id="appeal-2")


def test_the_parent_is_kept_from_whomever_a_child_is_kept_from_and_the_child_likewise():
    """What is answered in one is read in the other."""
    about = submitted(id="about", bars=(Bar("roads", ("xie",)),))
    parent = adopted(PARENT, about)
    assert (parent.barred_posts, parent.barred_accounts, parent.about) == ({"roads"}, {"xie"}, ())
    with refused(Reason.CONFLICT_OF_INTEREST):
        transfer(parent, "roads", "归口", HEARERS, SUPERVISOR, TERMS, MONDAY)
    other = merged(submitted(id="other"), parent)
    assert other.barred_posts == {"roads"}


def test_nothing_is_merged_into_what_a_barred_person_handles_under_another_post():
    about = submitted(bars=(Bar("roads", ("zhou",)),))
    for attempt in (adopt, lambda p, c, *rest: merge(c, p, *rest[:1], SUPERVISOR, *rest[1:])):
        with refused(Reason.CONFLICT_OF_INTEREST):
            attempt(PARENT, about, Hearers(conflict=True), TERMS, MONDAY)


@pytest.mark.parametrize("state", [State.ANSWERED, State.CONCLUDED, State.REJECTED, State.WITHDRAWN])
def test_the_parent_takes_no_child_that_cannot_be_merged(state):
    with refused(Reason.WRONG_STATE):
        adopted(PARENT, an_appeal(state))


def test_a_child_that_was_never_merged_is_forgotten_with_what_came_through_it():
    parent = adopted(ANSWERED, submitted(bars=(Bar("roads"),)))
    assert (parent.children, parent.untold) == (("appeal-1",), ("appeal-1",))
    assert next_sweep_at(replace(parent, untold=())) == MONDAY + ADOPTION_LASTS
    assert settle_adoption(parent, submitted()) == ANSWERED


def test_a_child_that_was_merged_stays_even_when_the_parent_had_forgotten_it():
    child = merged(submitted(), PARENT)
    assert settle_adoption(adopted(PARENT, submitted()), child) == replace(PARENT, children=(child.id,))
    assert settle_adoption(PARENT, child) == replace(PARENT, children=(child.id,))


def test_a_child_merged_again_after_the_answer_is_told():
    """It was known from an attempt that failed, and settled as told."""
    known = replace(ANSWERED, children=("appeal-1",))
    assert adopted(known, submitted()).untold == ("appeal-1",)


def test_a_child_that_is_still_being_merged_is_told_later():
    child = submitted()
    parent = adopted(ANSWERED, child)
    assert children_told(parent, (inform(child, parent, TERMS, MONDAY),)).untold == (child.id,)
    child = inform(merged(child, parent), parent, TERMS, MONDAY)
    assert child.answers == parent.answers
    assert children_told(parent, (child,)).untold == ()


def test_a_child_that_an_earlier_version_adopted_and_never_merged_is_forgotten():
    phantom = replace(ANSWERED, children=("appeal-1",), untold=("appeal-1",))
    assert children_told(phantom, (submitted(),)) == ANSWERED
