"""What must hold of an appeal after anything that anybody does: checked by the machine in test_life.py."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from app.domain import labels
from app.domain.appeal import CLOSED, HANDLED, Appeal, ContactOutcome, State
from app.domain.deadline import Deadline, DeadlineKind
from app.domain.escalation import advance, next_check_at
from app.domain.lifecycle import TRANSITIONS
from app.domain.notification import Role, Status
from app.domain.terms import Hearers, Terms
from app.domain.timeline import Deed, Entry

ENDS = {State.REJECTED, State.WITHDRAWN, State.MERGED}
RESTARTS = {Deed.ASSIGN, Deed.TRANSFER, Deed.REOPEN}
RUNGS = {Deed.REMIND, Deed.URGE, Deed.SUPERVISE}
MAY_MOVE_A_CLOCK = {Deed.SUPPLEMENT, Deed.RESUME, Deed.EXTEND}


def must_hold(appeal: Appeal, terms: Terms) -> None:
    _state_is_no_dead_end(appeal)
    _nothing_happens_more_often_than_allowed(appeal, terms)
    _each_rung_fired_once(appeal)
    _nobody_barred_hears(appeal)
    _timeline_is_in_order(appeal)
    _clocks_fit_the_state(appeal)


def _state_is_no_dead_end(appeal: Appeal) -> None:
    assert labels.STATES[appeal.state]
    assert bool(set(TRANSITIONS[appeal.state].values()) - {appeal.state}) is (appeal.state not in ENDS)
    assert appeal.state not in HANDLED or appeal.assignment


def _nothing_happens_more_often_than_allowed(appeal: Appeal, terms: Terms) -> None:
    count = Counter(entry.deed for entry in appeal.timeline)
    assert count[Deed.TRANSFER] == appeal.transfers <= terms.deadlines.max_transfers
    assert all(times == 1 for times in Counter(_who_handed_back(appeal)).values())
    assert count[Deed.REQUEST_SUPPLEMENT] == appeal.supplements_asked <= 1
    assert count[Deed.EXTEND] + count[Deed.REFUSE_EXTENSION] <= count[Deed.REQUEST_EXTENSION] <= 1
    assert sum(e.deed is Deed.REOPEN and e.actor.role is Role.RESIDENT for e in appeal.timeline) <= 1
    promises = sum(e.deed is Deed.QUICK_REPLY and e.due_at is not None for e in appeal.timeline)
    assert count[Deed.PROMISE_BROKEN] <= promises
    assert max(Counter(rating.assignment for rating in appeal.ratings).values(), default=0) <= 1
    keys = [notification.key for notification in appeal.notifications]
    assert len(keys) == len(set(keys))


def _who_handed_back(appeal: Appeal) -> list[str]:
    return [entry.actor.official_id for entry in appeal.timeline if entry.deed is Deed.HAND_BACK]


def _each_rung_fired_once(appeal: Appeal) -> None:
    """Once per assignment and clock. Only the resident may urge again, a day later; the ladder never after it."""
    fired: dict[str, Entry] = {}
    for entry in appeal.timeline:
        if entry.deed in RESTARTS:
            fired = {}
        if entry.deed not in RUNGS:
            continue
        assert entry.outcome not in fired or entry.actor.role is Role.RESIDENT, entry.outcome
        fired[entry.outcome] = entry
    urged = [e.at for e in appeal.timeline if e.deed is Deed.URGE and e.actor.role is Role.RESIDENT]
    assert all((later - one).total_seconds() >= 24 * 3600 for one, later in pairwise(urged))
    listed = [(s.assignment, s.clock) for s in appeal.supervisions]
    assert len(listed) == len(set(listed))


def _nobody_barred_hears(appeal: Appeal) -> None:
    """Nobody barred has it while it is open, and nothing waits to be said to them."""
    waiting = [n.recipient for n in appeal.notifications if n.status is Status.PENDING]
    told = {who.id for who in waiting if who.role in {Role.OFFICIAL, Role.SUPERIOR}}
    assert appeal.barred_posts.isdisjoint(told | ({appeal.assignee_id} if appeal.is_open else set()))
    superior = {n.occasion.value for n in appeal.notifications if n.recipient.role is Role.SUPERIOR}
    assert superior <= {"urge"}


def _timeline_is_in_order(appeal: Appeal) -> None:
    assert [entry.number for entry in appeal.timeline] == list(range(1, len(appeal.timeline) + 1))
    times = [entry.at for entry in appeal.timeline]
    assert times == sorted(times)
    numbers = [a.number for a in (*appeal.past, appeal.assignment) if a]
    assert numbers == list(range(1, len(numbers) + 1))


def _clocks_fit_the_state(appeal: Appeal) -> None:
    running = appeal.running_deadlines
    assert bool(running) or appeal.state in CLOSED
    assert not running or appeal.state not in CLOSED
    kinds = [deadline.kind for deadline in running]
    assert len(kinds) == len(set(kinds))
    if appeal.state in HANDLED and appeal.assignment.contacted_at is None and appeal.deadline(DeadlineKind.CONTACT):
        assert DeadlineKind.CONTACT in kinds


def step_is_legal(before: Appeal, after: Appeal) -> None:
    """The story only grows, and the assignment's clocks are moved by nothing but what may move them."""
    new = after.timeline[len(before.timeline) :]
    assert after.timeline[: len(before.timeline)] == before.timeline
    same = [n for n in after.notifications[: len(before.notifications)] if n.status is not Status.SUPERSEDED]
    assert [n.key for n in after.notifications[: len(before.notifications)]] == [n.key for n in before.notifications]
    assert set(same) <= set(before.notifications)
    if before.assignment is None or after.assignment is None or before.assignment.number != after.assignment.number:
        assert after.assignment is None or {entry.deed for entry in new} & RESTARTS
        return
    if before.assignment.contacted_at != after.assignment.contacted_at:
        assert before.assignment.contacted_at is None
        assert any(_reaches_the_resident(entry) for entry in new)
    if not {entry.deed for entry in new} & MAY_MOVE_A_CLOCK:
        assert _times(before) == _times(after)
    assert before.deadline(DeadlineKind.CONTACT) == after.deadline(DeadlineKind.CONTACT)


def _reaches_the_resident(entry: Entry) -> bool:
    return entry.deed is Deed.ANSWER or (entry.deed is Deed.CONTACT and ContactOutcome(entry.outcome).reached)


def _times(appeal: Appeal) -> tuple[Deadline, ...]:
    return appeal.assignment.deadlines


def time_stands(appeal: Appeal, hearers: Hearers, terms: Terms, now) -> Appeal:
    """The appeal after the sweep at `now`, which must have nothing left to do: else it would spin for ever."""
    swept = advance(appeal, hearers, terms, now)
    assert advance(swept, hearers, terms, now) is swept
    following = next_check_at(swept)
    assert following is None or following > now
    return swept
