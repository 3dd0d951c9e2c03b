"""并单: handled together with another appeal, whose resident and handling it must be worth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.appeal import Appeal, State
from app.domain.errors import Reason, Refusal
from app.domain.merging import merge
from app.domain.notification import Occasion, Role

from .factories import MONDAY, SUPERVISOR, TERMS, an_appeal, refused, submitted, told


def merged(appeal: Appeal, parent: Appeal) -> Appeal:
    return merge(appeal, parent, SUPERVISOR, TERMS, MONDAY)


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
