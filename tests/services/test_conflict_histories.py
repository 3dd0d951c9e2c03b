"""Rule 1 over random histories: people change posts, appeals are merged, transferred, handed back and corrected, and
whoever was ever barred from an appeal neither sees it nor hears of it, nor of what merging joined with it.

Barred is who acts, or has acted since it was said, for an official whom one of the joined appeals is about. Nothing of
the program decides that here: the test keeps its own list.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import escalation, handling, intake
from app.domain.appeal import AnswerOutcome, Appeal
from app.domain.errors import NotFound, Refusal
from app.domain.notification import Outcome, Role
from app.domain.officer import OfficeRole
from app.domain.roster import Delegation
from app.domain.workday import local_day
from app.services.appeals.acting import Scene, act_as_handler, act_as_resident, transfer_target
from app.services.appeals.reading import inbox, read_appeal
from app.services.messages import dispatching
from app.services.messages.delivery import Delivery
from app.services.messages.duty import set_duty, staff_of
from app.services.messages.reminding import sweep
from app.services.office import casework
from app.services.people.accounts import bind, invite
from app.services.people.holding import end_binding
from app.services.ports.appeals import Inbox
from app.services.world import World
from tests.services.factories import a_person, a_world, assigned_by_supervisor, fresh, person, submitted
from tests.services.keepers import an_officer

POSTS = ("mayor", "education", "roads")
PEOPLE = ("wei", "zhou", "aide", "xie", "newcomer")
SUPERVISOR = an_officer(OfficeRole.SUPERVISOR, id="supervisor", name="李督查")
posts, people, which = st.sampled_from(POSTS), st.sampled_from(PEOPLE), st.integers(0, 2)
STEPS = st.one_of(
    st.tuples(st.just("route"), which, posts),
    st.tuples(st.just("transfer"), which, posts),
    st.tuples(st.just("hand back"), which, which),
    st.tuples(st.just("answer"), which, which),
    st.tuples(st.just("urge"), which, which),
    st.tuples(st.just("merge"), which, which),
    st.tuples(st.just("about"), which, posts),
    st.tuples(st.just("bind"), people, posts),
    st.tuples(st.just("bind staff"), people, posts),
    st.tuples(st.just("end"), people, posts),
    st.tuples(st.just("duty"), people, posts),
    st.tuples(st.just("wait"), which, which),
)


START: list[tuple[str, Any, Any]] = [
    ("submit", "roads", "education"),
    ("submit", "roads", ""),
    ("submit", "education", ""),
]
"""One about an official that is written to another, one that this other has, one that the official has."""


class History:
    def __init__(self) -> None:
        self.world = world = a_world()
        world.stores.accounts.add(replace(a_person("newcomer"), oa_openid="oa-newcomer", follows_oa=True))
        self.appeals: list[Appeal] = []
        self.barred: dict[str, set[str]] = {}
        """By appeal: accounts that must not know of it from now on."""
        self.heard: list[tuple[str, str]] = []
        """(openid, id of an appeal) of every message, digests taken apart."""

    def take(self, step: tuple[str, Any, Any]) -> None:
        """One thing that somebody does, as far as the rules let them; then time and the outbox."""
        name, one, other = step
        with contextlib.suppress(Refusal):
            self._do(name, one, other)
        sweep(self.world)
        self._watch()
        before = len(self.heard)
        with patch.object(dispatching, "Delivery", self._delivery()):
            dispatching.dispatch(self.world)
        self._watch()
        self._nobody_barred_knows(self.heard[before:])

    def _do(self, name: str, one: Any, other: Any) -> None:
        world = self.world
        match name:
            case "submit":
                self.appeals.append(submitted(world, official_id=one, about_official_id=other))
            case "bind" | "bind staff":
                role = Role.OFFICIAL if name == "bind" else Role.STAFF
                bind(world, person(world, one), invite(world, other, role))
            case "end":
                for role in (Role.OFFICIAL, Role.STAFF):
                    end_binding(world, one, role, other)
            case "duty":
                self._set_duty(one, other)
            case "wait":
                world.clock.advance(timedelta(days=2))  # type: ignore[attr-defined]
            case _:
                self._act(name, self.appeals[one % len(self.appeals)], other)

    def _act(self, name: str, appeal: Appeal, other: Any) -> None:
        world = self.world
        match name:
            case "route":
                assigned_by_supervisor(world, appeal, other)
            case "transfer":
                self._handle(appeal, lambda a, s: handed_on(world, a, other, s))
            case "hand back":
                self._handle(appeal, lambda a, s: intake.hand_back(a, "不属本单位", s.by, s.terms, s.now))
            case "answer":
                with contextlib.suppress(Refusal):
                    self._handle(appeal, lambda a, s: handling.sign(a, s.by, s.now))
                self._handle(
                    appeal, lambda a, s: handling.answer(a, "已处理", AnswerOutcome.SOLVED, (), s.by, s.terms, s.now)
                )
            case "urge":
                act_as_resident(
                    world,
                    person(world, "resident"),
                    appeal.id,
                    "",
                    lambda a, s: escalation.urge(a, "", s.hearers, s.by, s.terms, s.now),
                )
            case "merge":
                parent = self.appeals[other % len(self.appeals)]
                casework.merge_into(world, SUPERVISOR, appeal.id, parent.id, world.secrets.new_id())
            case "about":
                named = sorted({*fresh(world, appeal).about, other})
                casework.act_as_supervisor(
                    world,
                    SUPERVISOR,
                    appeal.id,
                    world.secrets.new_id(),
                    lambda a, s: casework.set_about(world, a, named, "群众来电", s),
                    "set_about",
                )

    def _handle(self, appeal: Appeal, deed: Any) -> None:
        for account in self.world.stores.accounts.bound_to([fresh(self.world, appeal).assignee_id]):
            with contextlib.suppress(NotFound):
                act_as_handler(self.world, account, appeal.id, "", deed)
                return

    def _set_duty(self, account_id: str, post: str) -> None:
        today = local_day(self.world.clock.now())
        holders = [a for a in self.world.stores.accounts.bound_to([post]) if post in a.posts(Role.OFFICIAL)]
        if holders and account_id in {one.id for one in staff_of(self.world, post)}:
            set_duty(self.world, holders[0], post, (Delegation(account_id, today, today + timedelta(days=3)),))

    def _delivery(self) -> type[Delivery]:
        history = self

        class Watching(Delivery):
            def send(self, recipient: Any, channel: Any, items: Any, message_id: str) -> Outcome:
                sent = history.world.messenger.sent  # type: ignore[attr-defined]
                before = len(sent)
                outcome = super().send(recipient, channel, items, message_id)
                own = recipient.role is Role.RESIDENT
                history.heard += [(s.openid, a.id) for s in sent[before:] for a, _ in items if not own]
                return outcome

        return Watching

    def _watch(self) -> None:
        """Who has become barred from which appeal."""
        now = [fresh(self.world, appeal) for appeal in self.appeals]
        for group in _joined(now):
            about = {official_id for appeal in group for official_id in appeal.about}
            barred = {account.id for account in self.world.stores.accounts.bound_to(about)} if about else set()
            for appeal in group:
                barred |= self.barred.get(appeal.id, set())
            for appeal in group:
                self.barred[appeal.id] = barred

    def _nobody_barred_knows(self, heard: Sequence[tuple[str, str]]) -> None:
        for appeal_id, barred in self.barred.items():
            for account in (person(self.world, id) for id in barred):
                for section in Inbox:
                    listed = inbox(self.world, account, section, None).items
                    assert appeal_id not in {reading.appeal.id for reading in listed}
                with pytest.raises(NotFound):
                    read_appeal(self.world, account, appeal_id)
                assert (account.oa_openid, appeal_id) not in heard


def handed_on(world: World, appeal: Appeal, to: str, scene: Scene) -> Appeal:
    hearers = transfer_target(world, appeal, to)
    return intake.transfer(appeal, to, "归口", hearers, scene.by, scene.terms, scene.now)


def _joined(appeals: Sequence[Appeal]) -> list[list[Appeal]]:
    heads = {appeal.id: appeal.merged_into or appeal.id for appeal in appeals}
    return [[one for one in appeals if heads[one.id] == head] for head in sorted(set(heads.values()))]


@settings(max_examples=300, deadline=None)
@given(steps=st.lists(STEPS, min_size=6, max_size=25))
def test_whoever_was_ever_barred_neither_sees_nor_hears(steps: list[tuple[str, Any, Any]]) -> None:
    history = History()
    for step in [*START, *steps]:
        history.take(step)
