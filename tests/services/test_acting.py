"""What people do with an appeal: permitted, guarded, and once for each key."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.account import Binding
from app.domain.appeal import Appeal, State
from app.domain.bar import Bar
from app.domain.errors import Conflict, NotFound, Reason, RuleBroken
from app.domain.notification import Role
from app.domain.timeline import Deed
from app.services.appeals.acting import transfer_target
from app.services.saving import change
from app.services.world import World, load_hearers
from tests.domain.factories import refused
from tests.services.factories import (
    answer,
    assigned_by_supervisor,
    deeds,
    fresh,
    hand_on,
    person,
    sign,
    submitted,
    withdraw,
)
from tests.services.races import Meeting, at_once, meanwhile


def bind_too(world: World, id: str, post: str, role: Role = Role.STAFF) -> None:
    account = person(world, id)
    more = (*account.bindings, Binding(role, post, world.clock.now()))
    assert world.stores.accounts.replace(replace(account, version=account.version + 1, bindings=more))


def test_two_transfers_at_once_are_one_transfer(world: World) -> None:
    appeal = submitted(world)
    world.stores.appeals.before_write = Meeting()
    outcomes = at_once(
        lambda: hand_on(world, "zhou", appeal, "roads"),
        lambda: hand_on(world, "aide", appeal, "mayor"),
    )
    won = [outcome for outcome in outcomes if isinstance(outcome, Appeal)]
    lost = [outcome for outcome in outcomes if not isinstance(outcome, Appeal)]
    assert len(won) == 1 and fresh(world, appeal) == won[0]
    assert deeds(world, appeal).count(Deed.TRANSFER) == won[0].transfers == 1
    assert [type(error) for error in lost] == [NotFound], "it is not the loser's any more"


def test_who_acts_for_both_posts_learns_that_the_one_transfer_is_used(world: World) -> None:
    bind_too(world, "aide", "roads")
    appeal = submitted(world)
    meanwhile(world.stores.appeals, lambda: hand_on(world, "zhou", appeal, "roads"))
    with pytest.raises(RuleBroken) as caught:
        hand_on(world, "aide", appeal, "mayor")
    assert caught.value.reason is Reason.TRANSFER_USED
    assert fresh(world, appeal).assignee_id == "roads"


def test_a_withdrawal_between_reading_and_answering_wins(world: World) -> None:
    appeal = sign(world, "zhou", submitted(world))
    meanwhile(world.stores.appeals, lambda: withdraw(world, "resident", appeal))
    with refused(Reason.WRONG_STATE):
        answer(world, "zhou", appeal)
    assert fresh(world, appeal).state is State.WITHDRAWN and fresh(world, appeal).answers == ()


def test_acts_that_do_not_exclude_one_another_both_happen(world: World) -> None:
    appeal = submitted(world)
    meanwhile(world.stores.appeals, lambda: sign(world, "aide", appeal))
    hand_on(world, "zhou", appeal, "roads")
    assert deeds(world, appeal) == [Deed.SUBMIT, Deed.ASSIGN, Deed.SIGN, Deed.TRANSFER]


def test_whoever_loses_every_time_is_told_that_it_changed_meanwhile(world: World) -> None:
    appeal = submitted(world)
    losses: list[Appeal] = []

    def always_faster(late: Appeal) -> None:
        losses.append(late)
        current = fresh(world, appeal)
        world.stores.appeals.kept[appeal.id] = replace(current, version=current.version + 1)

    world.stores.appeals.before_write = always_faster
    with pytest.raises(Conflict) as caught:
        sign(world, "zhou", appeal)
    assert caught.value.reason is Reason.CHANGED_MEANWHILE
    assert len(losses) == 10 and Deed.SIGN not in deeds(world, appeal)


def test_the_same_key_again_is_the_same_act(world: World) -> None:
    appeal = submitted(world)
    first = sign(world, "zhou", appeal, key="k1")
    world.clock.advance(hours=1)
    assert sign(world, "zhou", appeal, key="k1") == first
    assert deeds(world, appeal).count(Deed.SIGN) == 1


def test_the_same_key_twice_at_once_is_one_act(world: World) -> None:
    appeal = sign(world, "zhou", submitted(world))
    world.stores.appeals.before_write = Meeting()
    one, other = at_once(*[lambda: answer(world, "zhou", appeal, key="k1")] * 2)
    assert one == other and len(fresh(world, appeal).answers) == 1


def test_a_transfer_repeated_with_its_key_is_no_error_though_the_appeal_is_gone(world: World) -> None:
    appeal = submitted(world)
    first = hand_on(world, "zhou", appeal, key="k1")
    assert hand_on(world, "zhou", appeal, key="k1") == first


def test_without_the_key_the_second_time_is_refused(world: World) -> None:
    appeal = submitted(world)
    sign(world, "zhou", appeal)
    with refused(Reason.WRONG_STATE):
        sign(world, "zhou", appeal)


def test_another_residents_appeal_is_not_there(world: World) -> None:
    appeal = submitted(world)
    with refused(Reason.NO_SUCH_APPEAL):
        withdraw(world, "neighbour", appeal)
    assert fresh(world, appeal) == appeal


@pytest.mark.parametrize("who", ["resident", "xie", "wei"])
def test_for_who_does_not_act_for_the_assignee_it_is_not_there(world: World, who: str) -> None:
    appeal = submitted(world)
    with refused(Reason.NO_SUCH_APPEAL):
        sign(world, who, appeal)


def test_for_the_previous_assignee_and_staff_it_is_not_there_any_more(world: World) -> None:
    appeal = hand_on(world, "zhou", submitted(world), "roads")
    for who in ("zhou", "aide"):
        with refused(Reason.NO_SUCH_APPEAL):
            sign(world, who, appeal)
    assert sign(world, "xie", appeal).state is State.IN_PROGRESS


def test_whoever_it_is_about_cannot_act_even_as_staff_of_the_assignee(world: World) -> None:
    bind_too(world, "zhou", "roads")
    appeal = assigned_by_supervisor(world, submitted(world, about_official=True), "roads")
    with refused(Reason.NO_SUCH_APPEAL):
        sign(world, "zhou", appeal)
    assert fresh(world, appeal) == appeal


def test_an_appeal_cannot_be_handed_to_the_one_it_is_about(world: World) -> None:
    appeal = assigned_by_supervisor(world, submitted(world, about_official=True), "roads")
    with refused(Reason.CONFLICT_OF_INTEREST):
        hand_on(world, "xie", appeal, "education")


def test_staff_act_under_the_officials_name_and_it_shows(world: World) -> None:
    last = sign(world, "aide", submitted(world)).timeline[-1].actor
    assert (last.role, last.id, last.name, last.on_behalf) == (Role.STAFF, "aide", "周文清", True)


def test_who_hears_is_read_when_it_happens(world: World) -> None:
    appeal = submitted(world)
    assert transfer_target(world, appeal, "education").staff == ("aide",)
    assert transfer_target(world, appeal, "roads").superior_id == "mayor"


def test_nobody_hears_who_works_for_the_one_it_is_about_be_it_as_staff_or_as_superior(world: World) -> None:
    bind_too(world, "aide", "roads")
    for about, staff, superior in [
        ((), ("aide",), "mayor"),
        (("education",), (), "mayor"),
        (("mayor",), ("aide",), ""),
    ]:
        appeal = replace(submitted(world), bars=tuple(map(Bar, about)))
        hearers = load_hearers(world, "roads", appeal)
        assert (hearers.staff, hearers.superior_id, hearers.conflict) == (staff, superior, False)


@pytest.mark.parametrize("id", ["nobody", "elsewhere", "gone"])
def test_a_transfer_goes_to_a_published_official_of_the_same_roster_only(world: World, id: str) -> None:
    education = world.stores.officials.get("education")
    world.stores.officials.put(replace(education, id="elsewhere", roster="other"))
    world.stores.officials.put(replace(education, id="gone", is_published=False))
    appeal = submitted(world)
    with refused(Reason.NO_SUCH_OFFICIAL):
        hand_on(world, "zhou", appeal, id)


def test_an_appeal_that_does_not_exist_is_not_there(world: World) -> None:
    with refused(Reason.NO_SUCH_APPEAL):
        sign(world, "zhou", replace(submitted(world), id="nothing"))


def test_a_rule_that_changes_nothing_writes_nothing(world: World) -> None:
    appeal = submitted(world)
    assert change(world.stores.appeals, appeal.id, lambda current: current, KeyError()) == appeal
    assert fresh(world, appeal).version == 1
