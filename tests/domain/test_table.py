"""The life of an appeal is product.md's table, written out here a second time."""

from __future__ import annotations

import pytest

from app.domain.appeal import CLOSED, HANDLED, State
from app.domain.deadline import DeadlineKind
from app.domain.errors import Reason
from app.domain.lifecycle import LEDGER, TRANSITIONS, move
from app.domain.timeline import SYSTEM, Deed

from .factories import MONDAY, an_appeal, refused

S = State
LEAVES_TO = {
    S.SUBMITTED: {S.ASSIGNED, S.REJECTED, S.WITHDRAWN},
    S.ASSIGNED: {S.IN_PROGRESS, S.SUBMITTED},
    S.IN_PROGRESS: {S.AWAITING_RESIDENT, S.ANSWERED, S.ASSIGNED},
    S.AWAITING_RESIDENT: {S.IN_PROGRESS},
    S.ANSWERED: {S.CONCLUDED, S.IN_PROGRESS, S.UNDER_REVIEW},
    S.UNDER_REVIEW: {S.CONCLUDED, S.IN_PROGRESS},
    S.CONCLUDED: {S.IN_PROGRESS},
    S.REJECTED: set(),
    S.WITHDRAWN: set(),
    S.MERGED: set(),
}
WIDER = {
    S.SUBMITTED: {S.MERGED},
    S.ASSIGNED: {S.WITHDRAWN, S.MERGED},
    S.IN_PROGRESS: {S.WITHDRAWN, S.MERGED, S.SUBMITTED},
    S.AWAITING_RESIDENT: {S.WITHDRAWN, S.MERGED, S.SUBMITTED},
    S.ANSWERED: {S.SUBMITTED},
    S.UNDER_REVIEW: {S.SUBMITTED},
}
"""docs/adr/0003: withdrawn by the resident, merged by a supervisor, while there is no answer; taken back while open
when it turns out to be about whoever has it."""

CLOCKS = {
    S.SUBMITTED: {DeadlineKind.REVIEW},
    S.ASSIGNED: {DeadlineKind.CONTACT},
    S.IN_PROGRESS: {DeadlineKind.ANSWER, DeadlineKind.CONTACT},
    S.AWAITING_RESIDENT: {DeadlineKind.SUPPLEMENT},
    S.ANSWERED: {DeadlineKind.FOLLOW_UP},
    S.UNDER_REVIEW: {DeadlineKind.SECOND_REVIEW},
}
TERMINAL = {S.REJECTED, S.WITHDRAWN, S.MERGED}


@pytest.mark.parametrize("state", State)
def test_a_state_leaves_to_the_states_of_the_table_and_no_other(state):
    elsewhere = {following for following in TRANSITIONS[state].values() if following is not state}
    assert elsewhere == LEAVES_TO[state] | WIDER.get(state, set())


@pytest.mark.parametrize("state", State)
def test_every_state_can_be_reached_by_the_rules(state):
    assert an_appeal(state).state is state


@pytest.mark.parametrize("state", State)
def test_a_deed_that_the_table_does_not_know_is_refused(state):
    appeal = an_appeal(state)
    for deed in Deed:
        if deed in TRANSITIONS[state]:
            assert move(appeal, deed, SYSTEM, MONDAY).state is TRANSITIONS[state][deed]
            continue
        if deed in LEDGER:
            assert move(appeal, deed, SYSTEM, MONDAY).state is state, "the office's records change no state"
            continue
        with refused(Reason.WRONG_STATE) as caught:
            move(appeal, deed, SYSTEM, MONDAY)
        assert caught.value.detail == {"state": state.value, "action": deed.value}


@pytest.mark.parametrize("state", State)
def test_no_state_is_a_dead_end(state):
    """From everywhere but the three ends a way leads to the conclusion."""
    reached, new = set(), {state}
    while new:
        reached |= new
        new = {following for place in new for following in TRANSITIONS[place].values()} - reached
    assert state in TERMINAL or S.CONCLUDED in reached
    assert bool(set(TRANSITIONS[state].values()) - {state}) is (state not in TERMINAL)


@pytest.mark.parametrize("state", State)
def test_each_state_runs_the_clock_that_the_table_gives_it(state):
    """Signed for but not contacted: the contact clock goes on beside the answer clock."""
    running = {deadline.kind for deadline in an_appeal(state).running_deadlines}
    assert running & CLOCKS.get(state, set()) == CLOCKS.get(state, set())
    assert running <= CLOCKS.get(state, set()) | {DeadlineKind.CONTACT}
    assert bool(running) is (state not in CLOSED)


@pytest.mark.parametrize("state", State)
def test_only_what_is_handled_has_somebody_responsible_who_can_act(state):
    appeal = an_appeal(state)
    assert (state in HANDLED) <= (appeal.assignment is not None)
    assert appeal.is_open is (state not in TERMINAL | {S.CONCLUDED})


def test_the_timeline_only_grows_and_is_numbered():
    before = an_appeal(State.IN_PROGRESS)
    after = move(before, Deed.CONTACT, SYSTEM, MONDAY, text="已通话")
    assert after.timeline[:-1] == before.timeline
    assert [entry.number for entry in after.timeline] == list(range(1, len(after.timeline) + 1))
    assert before.timeline == an_appeal(State.IN_PROGRESS).timeline, "the version before is untouched"
