"""转办: once in a lifetime, however many people try at the same moment on whatever version they have seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.appeal import Appeal, ContactOutcome, State
from app.domain.deadline import DeadlineKind
from app.domain.errors import Reason, Refusal
from app.domain.handling import log_contact, quick_reply, sign
from app.domain.intake import hand_back, transfer
from app.domain.notification import Occasion, Role
from app.domain.terms import Terms
from app.domain.timeline import Deed

from .factories import (
    HEARERS,
    MONDAY,
    OFFICIAL,
    PATIENT,
    SUPERVISOR,
    TERMS,
    an_appeal,
    beijing,
    deeds,
    due,
    given_to,
    refused,
    terms,
    told,
)


def transferred(appeal: Appeal, to: str = "roads", now=MONDAY, terms: Terms = TERMS, reason="路灯归市政管理") -> Appeal:
    return transfer(appeal, to, reason, HEARERS, OFFICIAL, terms, now)


@pytest.mark.parametrize("state", [State.ASSIGNED, State.IN_PROGRESS])
def test_a_transfer_restarts_the_clocks_and_tells_everybody(state):
    tuesday = beijing("2026-03-03 11:00")
    appeal = transferred(an_appeal(state), now=tuesday)
    assert (appeal.state, appeal.assignee_id, appeal.transfers) == (State.ASSIGNED, "roads", 1)
    assert (appeal.assignment.number, appeal.assignment.contacted_at) == (2, None)
    assert due(appeal, DeadlineKind.CONTACT) == beijing("2026-03-06 18:00")
    assert due(appeal, DeadlineKind.ANSWER) == beijing("2026-03-17 18:00")
    assert (Role.OFFICIAL, "roads") in told(appeal, Occasion.ASSIGNED)
    assert told(appeal, Occasion.TRANSFERRED) == [(Role.RESIDENT, "resident-1")]


def test_a_promise_of_the_previous_official_binds_nobody():
    promised = quick_reply(an_appeal(), "会后联系您", MONDAY + timedelta(hours=2), OFFICIAL, TERMS, MONDAY)
    assert transferred(promised).promise is None
    assert hand_back(promised, "非本单位职责", OFFICIAL, TERMS, MONDAY).promise is None


def test_from_a_post_that_is_published_no_longer_it_goes_on_and_that_does_not_count():
    used = transferred(an_appeal())
    gone = transfer(used, "water", "岗位撤销", HEARERS, SUPERVISOR, TERMS, MONDAY, vacant=True)
    assert (gone.assignee_id, gone.transfers, gone.assignment.number) == ("water", 1, 3)
    assert (gone.timeline[-1].deed, gone.timeline[-1].outcome) == (Deed.TRANSFER, "vacant")
    fresh = transfer(an_appeal(), "roads", "岗位撤销", HEARERS, SUPERVISOR, TERMS, MONDAY, vacant=True)
    assert fresh.transfers == 0 and transferred(fresh, to="water").transfers == 1, "the one transfer is still there"


def test_nothing_is_transferred_twice_whoever_has_it():
    once = transferred(an_appeal())
    with refused(Reason.TRANSFER_USED):
        transferred(once, "water")
    back = hand_back(once, "非本单位职责", OFFICIAL, TERMS, MONDAY)
    with refused(Reason.TRANSFER_USED):
        transferred(given_to(back, "water"), "education")


def test_how_often_is_the_rosters_setting():
    twice = terms(max_transfers=2)
    appeal = transferred(transferred(an_appeal(), terms=twice), "water", terms=twice)
    assert appeal.transfers == 2
    with refused(Reason.TRANSFER_USED):
        transferred(an_appeal(), terms=terms(max_transfers=0))


def test_a_transfer_needs_a_reason_and_another_official_and_not_the_barred_one():
    with refused(Reason.TEXT_MISSING):
        transferred(an_appeal(), reason=" ")
    with refused(Reason.TRANSFER_TO_SELF):
        transferred(an_appeal(), "education")
    with refused(Reason.CONFLICT_OF_INTEREST):
        transferred(an_appeal(about_official=True), "education")


@dataclass
class Shelf:
    """The store's promise in a line: a version is replaced only by the next one."""

    kept: Appeal

    def replace(self, changed: Appeal) -> bool:
        if self.kept.version != changed.version - 1:
            return False
        self.kept = changed
        return True


ACTS = {
    "transfer": lambda appeal, to: transferred(appeal, to),
    "sign": lambda appeal, to: sign(appeal, OFFICIAL, MONDAY),
    "attempt": lambda appeal, to: log_contact(appeal, ContactOutcome.NO_ANSWER, OFFICIAL, TERMS, MONDAY),
    "hand back": lambda appeal, to: hand_back(appeal, "非本单位职责", OFFICIAL, TERMS, MONDAY),
    "assign": lambda appeal, to: given_to(appeal, to),
}
ACTORS = range(3)
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTORS), st.sampled_from(["load", "load", *ACTS, "transfer"]), st.sampled_from("abc")),
    min_size=6,
    max_size=40,
)


@PATIENT
@given(STEPS)
def test_under_any_interleaving_there_is_one_transfer_at_most(steps):
    shelf = Shelf(an_appeal())
    seen = dict.fromkeys(ACTORS, shelf.kept)
    for actor, act, to in steps:
        if act == "load":
            seen[actor] = shelf.kept
            continue
        stale = seen[actor]
        try:
            changed = replace(ACTS[act](stale, to), version=stale.version + 1)
        except Refusal:
            continue
        saved = shelf.replace(changed)
        assert saved is (shelf.kept is changed)
    assert deeds(shelf.kept).count(Deed.TRANSFER) == shelf.kept.transfers <= 1
    assert shelf.kept.version == len(shelf.kept.timeline) - len(an_appeal().timeline) + 1, "no deed was overwritten"


def test_of_two_who_transfer_at_once_the_slower_one_is_refused_on_reloading():
    shelf = Shelf(an_appeal())
    both = shelf.kept
    assert shelf.replace(replace(transferred(both, "roads"), version=2))
    assert not shelf.replace(replace(transferred(both, "water"), version=2))
    with refused(Reason.TRANSFER_USED):
        transferred(shelf.kept, "water")
    assert shelf.kept.assignee_id == "roads"
