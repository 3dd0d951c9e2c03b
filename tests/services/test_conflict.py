"""Rule 1 over every read path: whatever happens to an appeal about somebody, it never reaches that one or the staff.

Random lives are played against the use cases; after every step everybody bound to the barred official, in any part and
also while bound to another post, looks everywhere there is to look.
"""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import handling, intake
from app.domain.appeal import AnswerOutcome, Appeal
from app.domain.errors import NotFound, Refusal
from app.domain.notification import Role
from app.services.appeals.acting import act_as_handler, transfer_target
from app.services.appeals.reading import inbox, read_appeal
from app.services.messages.dispatching import dispatch
from app.services.messages.reminding import sweep
from app.services.people.accounts import export
from app.services.ports.appeals import Inbox
from app.services.world import World
from tests.services.factories import a_person, a_world, assigned_by_supervisor, fresh, person, submitted

OFFICIALS = ("mayor", "education", "roads")
STEPS = ("sign", "answer", "transfer mayor", "transfer education", "transfer roads", "hand back", "time", "route")


def a_city_with_two_hats(about: str) -> World:
    """Beside the usual people: one who is staff of the barred official and of everybody else."""
    world = a_world()
    world.stores.accounts.add(a_person("two-hats", **dict.fromkeys(OFFICIALS, Role.STAFF)))
    world.stores.accounts.add(a_person("barred-staff", **{about: Role.STAFF}))
    return world


def step(world: World, appeal: Appeal, name: str, route_to: str) -> None:
    """One thing that people or time do, as far as the rules let them."""
    current = fresh(world, appeal)
    handler = {"mayor": "wei", "education": "zhou", "roads": "xie"}.get(current.assignee_id, "wei")

    def act(deed: Any) -> None:
        act_as_handler(world, person(world, handler), appeal.id, "", deed)

    match name.split():
        case ["sign"]:
            act(lambda a, s: handling.sign(a, s.by, s.now))
        case ["answer"]:
            act(lambda a, s: handling.answer(a, "已处理", AnswerOutcome.SOLVED, (), s.by, s.terms, s.now))
        case ["transfer", to]:
            act(lambda a, s: intake.transfer(a, to, "归口", transfer_target(world, a, to), s.by, s.terms, s.now))
        case ["hand", "back"]:
            act(lambda a, s: intake.hand_back(a, "不属本单位", s.by, s.terms, s.now))
        case ["route"]:
            assigned_by_supervisor(world, appeal, route_to)
        case _:
            world.clock.advance(timedelta(days=2))  # type: ignore[attr-defined]


def nobody_barred_knows(world: World, appeal: Appeal, about: str) -> None:
    for account in world.stores.accounts.bound_to([about]):
        for section in Inbox:
            assert appeal.id not in {reading.appeal.id for reading in inbox(world, account, section, None).items}
        with pytest.raises(NotFound):
            read_appeal(world, account, appeal.id)
        assert appeal.id not in {own.id for own in export(world, account)[0]}
        sent = world.messenger.sent  # type: ignore[attr-defined]
        assert not [one for one in sent if one.openid in {account.oa_openid, account.mp_openid}]
    heard = {one.recipient for one in fresh(world, appeal).notifications}
    assert about not in {recipient.id for recipient in heard}


@settings(max_examples=120, deadline=None)
@given(
    about=st.sampled_from(OFFICIALS),
    route_to=st.sampled_from(OFFICIALS),
    steps=st.lists(st.sampled_from(STEPS), max_size=10),
)
def test_an_appeal_about_somebody_never_reaches_that_one(about: str, route_to: str, steps: list[str]) -> None:
    world = a_city_with_two_hats(about)
    appeal = submitted(world, official_id=about, about_official=True)
    for name in ["route", *steps]:
        with contextlib.suppress(Refusal):
            step(world, appeal, name, route_to)
        sweep(world)
        dispatch(world)
        nobody_barred_knows(world, appeal, about)
