"""Rule 1 over every read path: whatever happens to an appeal about somebody, it never reaches that one or the staff.

Random lives are played against the use cases; after every step everybody bound to the barred official, in any part and
also while bound to another post, looks everywhere there is to look.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import handling, intake
from app.domain.appeal import AnswerOutcome, Appeal, Review, State
from app.domain.errors import NotFound, Reason, Refusal
from app.domain.escalation import urge
from app.domain.notification import Role, Status
from app.domain.officer import OfficeRole
from app.domain.roster import Delegation
from app.domain.terms import Hearers
from app.domain.workday import local_day
from app.services.appeals.acting import act_as_handler, act_as_resident, transfer_target
from app.services.appeals.reading import inbox, read_appeal
from app.services.messages.dispatching import dispatch
from app.services.messages.duty import set_duty
from app.services.messages.reminding import sweep
from app.services.office import casework
from app.services.people.accounts import bind, invite
from app.services.people.erasing import export
from app.services.people.holding import end_binding
from app.services.ports.appeals import Inbox
from app.services.world import World, load_hearers, posts_kept_away
from tests.domain.factories import refused
from tests.services.factories import (
    a_person,
    a_world,
    an_official,
    answer,
    assigned_by_supervisor,
    drain,
    fresh,
    hand_on,
    person,
    sent,
    sign,
    submitted,
    withdraw,
)
from tests.services.keepers import an_officer

SUPERVISOR = an_officer(OfficeRole.SUPERVISOR, id="supervisor", name="李督查")
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


def nobody_barred_knows(world: World, appeal: Appeal, about: str, noted: bool = False) -> None:
    """`noted`: a message to the post was noted before it was known whom the appeal is about, and not sent."""
    for account in world.stores.accounts.bound_to([about]):
        for section in Inbox:
            assert appeal.id not in {reading.appeal.id for reading in inbox(world, account, section, None).items}
        with pytest.raises(NotFound):
            read_appeal(world, account, appeal.id)
        assert appeal.id not in {own.id for own in export(world, account)[0]}
        sent = world.messenger.sent  # type: ignore[attr-defined]
        assert not [one for one in sent if one.openid in {account.oa_openid, account.mp_openid}]
    ended = {Status.SUPERSEDED} if noted else set()
    heard = {one.recipient for one in fresh(world, appeal).notifications if one.status not in ended}
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


def test_a_complaint_about_the_superior_written_to_the_subordinate_never_reaches_the_superior(office: World) -> None:
    appeal = submitted(office, official_id="education", about_official_id="mayor")
    assert (appeal.review, appeal.barred_accounts) == (Review.CONFLICT, {"wei"})
    assigned_by_supervisor(office, appeal, "education")
    office.clock.advance(timedelta(days=7))  # type: ignore[attr-defined]
    sweep(office)
    act_as_resident(
        office,
        person(office, "resident"),
        appeal.id,
        "",
        lambda a, s: urge(a, "", s.hearers, s.by, s.terms, s.now),
    )
    drain(office)
    assert {one.openid for one in office.messenger.sent} == {"oa-zhou"}  # type: ignore[attr-defined]
    nobody_barred_knows(office, appeal, "mayor")


def test_whom_it_is_about_must_be_published_on_the_same_roster(world: World) -> None:
    for id, changes in (("elsewhere", {"roster": "other"}), ("gone", {"is_published": False})):
        world.stores.officials.put(an_official(id, **changes))
        with refused(Reason.NO_SUCH_OFFICIAL):
            submitted(world, about_official_id=id)


def test_another_post_does_not_open_what_is_about_the_former_one(world: World) -> None:
    """The holder moves, even to the very post that has it; so does one who came after it was written."""
    appeal = assigned_by_supervisor(world, submitted(world, about_official=True), "roads")
    bind(world, person(world, "neighbour"), invite(world, "education", Role.OFFICIAL))
    assert person(world, "zhou").posts() == frozenset(), "taken over"
    for id in ("zhou", "aide", "neighbour"):
        for role in (Role.OFFICIAL, Role.STAFF):
            end_binding(world, id, role, "education")
        bind(world, person(world, id), invite(world, "roads", Role.STAFF))
    bind(world, person(world, "zhou"), invite(world, "roads", Role.OFFICIAL))
    for id in ("zhou", "aide", "neighbour"):
        account = person(world, id)
        assert account.posts() == {"roads"}
        assert inbox(world, account, Inbox.OPEN, None).items == ()
        with refused(Reason.NO_SUCH_APPEAL):
            read_appeal(world, account, appeal.id)
    assert load_hearers(world, "roads", fresh(world, appeal)) == Hearers((), "mayor", conflict=True)
    other = submitted(world, official_id="roads")
    assert [one.appeal.id for one in inbox(world, person(world, "aide"), Inbox.OPEN, None).items] == [other.id]


def test_it_is_not_given_to_a_post_that_the_barred_one_holds_by_now(world: World) -> None:
    appeal = submitted(world, about_official=True)
    end_binding(world, "zhou", Role.OFFICIAL, "education")
    bind(world, person(world, "zhou"), invite(world, "roads", Role.OFFICIAL))
    assert posts_kept_away(world, fresh(world, appeal)) == {"education", "roads"}
    with refused(Reason.CONFLICT_OF_INTEREST):
        assigned_by_supervisor(world, appeal, "roads")
    assigned_by_supervisor(world, appeal, "mayor")
    with refused(Reason.CONFLICT_OF_INTEREST):
        hand_on(world, "wei", appeal, "roads")


def test_the_supervisor_says_whom_it_is_about_and_it_comes_back(world: World) -> None:
    appeal = submitted(world)
    about(world, appeal, "education")
    now = fresh(world, appeal)
    assert (now.state, now.review, now.barred_accounts) == (State.SUBMITTED, Review.CONFLICT, {"zhou", "aide"})
    drain(world)
    assert not sent(world)
    nobody_barred_knows(world, appeal, "education", noted=True)
    with refused(Reason.NO_SUCH_OFFICIAL):
        about(world, appeal, "nobody")


def about(world: World, appeal: Appeal, *official_ids: str) -> Appeal:
    return casework.act_as_supervisor(
        world,
        SUPERVISOR,
        appeal.id,
        world.secrets.new_id(),
        lambda a, s: casework.set_about(world, a, official_ids, "群众来电说明", s),
        "set_about",
    )


def merged(world: World, child: Appeal, parent: Appeal) -> Appeal:
    return casework.merge_into(world, SUPERVISOR, child.id, parent.id, world.secrets.new_id())


def test_what_a_merged_one_is_about_holds_for_the_parent_whatever_comes_later(world: World) -> None:
    parent = submitted(world, official_id="roads")
    child = merged(world, submitted(world, by="neighbour", about_official=True), parent)
    with refused(Reason.CONFLICT_OF_INTEREST):
        hand_on(world, "xie", parent, "education")
    about(world, child, "mayor")
    assert fresh(world, parent).barred_posts == {"mayor"}
    about(world, child, "roads")
    assert fresh(world, parent).state is State.SUBMITTED, "taken back from whom the child turned out to be about"


def test_a_merge_that_is_refused_leaves_nothing_behind(world: World) -> None:
    parent, child = submitted(world), answer(world, "zhou", sign(world, "zhou", submitted(world, by="neighbour")))
    with refused(Reason.WRONG_STATE):
        merged(world, child, parent)
    assert fresh(world, parent) == parent


def test_a_child_that_is_answered_between_the_two_writes_is_forgotten(world: World) -> None:
    parent, child = submitted(world), submitted(world, by="neighbour")

    def answered_now(_: object) -> None:
        world.stores.appeals.before_write = None  # type: ignore[attr-defined]
        answer(world, "zhou", sign(world, "zhou", child))

    def adopted_now(_: object) -> None:
        world.stores.appeals.before_write = answered_now  # type: ignore[attr-defined]

    world.stores.appeals.before_write = adopted_now  # type: ignore[attr-defined]
    with refused(Reason.WRONG_STATE):
        merged(world, child, parent)
    now = fresh(world, parent)
    assert (now.children, now.adoptions, now.untold) == ((), (), ())
    assert withdraw(world, "resident", parent).state is State.WITHDRAWN


def dying(world: World, after: int) -> None:
    """The process dies at the write after that many."""
    left = iter(range(after))

    def die(_: object) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    world.stores.appeals.before_write = die  # type: ignore[attr-defined]


@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize("writes", [1, 2])
def test_a_crash_inside_a_merge_heals(world: World, again: bool, writes: int) -> None:
    """After the parent's write: by doing it again, or by the sweep, which forgets the child; after both: the same."""
    parent = answer(world, "zhou", sign(world, "zhou", submitted(world)))
    child = submitted(world, by="neighbour")
    dying(world, writes)
    with pytest.raises(KeyboardInterrupt):
        merged(world, child, parent)
    world.stores.appeals.before_write = None  # type: ignore[attr-defined]
    assert fresh(world, parent).children == (child.id,)
    if again:
        merged(world, child, parent)
    world.clock.advance(timedelta(minutes=11))  # type: ignore[attr-defined]
    sweep(world)
    now, joined = fresh(world, parent), again or writes == 2
    assert (now.children, now.adoptions, now.untold) == (((child.id,) if joined else ()), (), ())
    assert [answer.text for answer in fresh(world, child).answers] == (["路灯已装好。"] if joined else [])


def test_a_resident_merged_again_after_the_answer_is_told(world: World) -> None:
    """The child was known to the parent from an attempt that failed, as an earlier version left it."""
    parent = submitted(world)
    child = submitted(world, by="neighbour")
    known = replace(fresh(world, parent), version=2, children=(child.id,))
    assert world.stores.appeals.replace(known)
    answer(world, "zhou", sign(world, "zhou", parent))
    sweep(world)
    merged(world, child, parent)
    sweep(world)
    assert [answer.text for answer in fresh(world, child).answers] == ["路灯已装好。"]


def test_a_delegate_who_is_barred_does_not_silence_the_official(world: World) -> None:
    today = local_day(world.clock.now())
    set_duty(world, person(world, "zhou"), "education", (Delegation("aide", today, today),))
    bind(world, person(world, "aide"), invite(world, "roads", Role.STAFF))
    assigned_by_supervisor(world, submitted(world, official_id="roads", about_official=True), "education")
    drain(world)
    assert sent(world) == [("template", "oa-zhou", "assigned")]


def test_a_digest_holds_only_what_the_same_person_may_hear(office: World) -> None:
    """The delegate hears of what is about nobody, the holder of what is about the delegate's other post."""
    office.stores.accounts.add(a_person("deputy", education=Role.STAFF, roads=Role.STAFF))
    hidden = [submitted(office, official_id="roads", about_official=True) for _ in range(2)]
    for appeal in hidden:
        assigned_by_supervisor(office, appeal, "education")
    for _ in range(2):
        submitted(office)
    drain(office)
    today = local_day(office.clock.now())
    duty = (Delegation("deputy", today, today + timedelta(days=9)),)
    set_duty(office, person(office, "zhou"), "education", duty)
    office.messenger.sent.clear()  # type: ignore[attr-defined]
    office.clock.advance(timedelta(days=2))  # type: ignore[attr-defined]
    sweep(office)
    office.clock.advance(timedelta(seconds=5))  # type: ignore[attr-defined]
    dispatch(office)
    sent_now = office.messenger.sent  # type: ignore[attr-defined]
    assert {(one.openid, one.message.facts.get("count")) for one in sent_now} >= {("oa-zhou", 2), ("oa-deputy", 2)}
