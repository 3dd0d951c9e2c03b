"""One act on several appeals: each under its own rule, nothing stops half-way, and done once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.appeal import Appeal
from app.domain.at_once import MOST_AT_ONCE
from app.domain.errors import InvalidInput, NotPermitted, Reason
from app.domain.officer import Officer, OfficeRole
from app.services.office.casework import act_as_supervisor, assign_to, merge_into
from app.services.office.several import act_on_several, chosen, merge_several
from app.services.officers.access import add_officer
from app.services.ports.wechat import Verdict
from app.services.world import World
from tests.services.factories import a_world, fresh, submitted


@pytest.fixture
def world() -> World:
    world = a_world()
    world.content.verdict = Verdict.REVIEW  # type: ignore[attr-defined]
    return world


@pytest.fixture
def supervisor(world: World) -> Officer:
    return add_officer(world, "supervisor", "某人", (OfficeRole.SUPERVISOR,), "correct horse battery")


def waiting(world: World, count: int, **fields: object) -> list[Appeal]:
    made = []
    for _ in range(count):
        made.append(submitted(world, **fields))
        world.clock.advance(timedelta(seconds=1))  # type: ignore[attr-defined]
    return made


def assigned(world: World, officer: Officer, appeal: Appeal) -> Appeal:
    return act_as_supervisor(
        world,
        officer,
        appeal.id,
        f"key-{appeal.id}",
        lambda a, scene: assign_to(world, a, a.addressed_to, scene),
        "assign",
    )


def test_one_that_cannot_go_there_stops_no_other(world: World, supervisor: Officer) -> None:
    conflict, plain = *waiting(world, 1, about_official=True), *waiting(world, 1)
    appeals = chosen(world, supervisor, [conflict.id, "nothing", plain.id, plain.id])
    outcomes = act_on_several(supervisor, appeals, lambda one: assigned(world, supervisor, one))
    assert [one.refusal.reason if one.refusal else None for one in outcomes] == [Reason.CONFLICT_OF_INTEREST, None]
    assert fresh(world, plain).assignee_id == "education"
    assert not fresh(world, conflict).assignee_id


def test_the_same_key_does_nothing_twice(world: World, supervisor: Officer) -> None:
    (plain,) = waiting(world, 1)
    for _ in range(2):
        (outcome,) = act_on_several(supervisor, [plain], lambda one: assigned(world, supervisor, one))
        assert outcome.refusal is None
    assert fresh(world, plain).version == outcome.appeal.version == plain.version + 1


def test_the_oldest_takes_the_others_in_unless_another_one_is_named(world: World, supervisor: Officer) -> None:
    first, second, third = waiting(world, 3)
    merge_several(world, supervisor, [third, first, second], "", "k1")
    assert {fresh(world, one).merged_into for one in (second, third)} == {first.id}
    assert set(fresh(world, first).children) == {second.id, third.id}
    fourth, fifth = waiting(world, 2)
    merge_several(world, supervisor, [fourth, fifth], fifth.id, "k2")
    assert fresh(world, fourth).merged_into == fifth.id
    assert not fresh(world, fifth).merged_into


def test_a_merge_that_broke_off_is_finished_by_the_same_form(world: World, supervisor: Officer) -> None:
    first, second, third = waiting(world, 3)
    merge_into(world, supervisor, second.id, first.id, "k3")
    again = [fresh(world, one) for one in (first, second, third)]
    outcomes = merge_several(world, supervisor, again, "", "k3")
    assert [one.refusal for one in outcomes] == [None, None]
    assert fresh(world, third).merged_into == first.id


def test_one_alone_cannot_be_merged(world: World, supervisor: Officer) -> None:
    for appeals in ([], waiting(world, 1)):
        with pytest.raises(InvalidInput) as caught:
            merge_several(world, supervisor, appeals, "", "k4")
        assert caught.value.reason is Reason.NOTHING_TO_MERGE


def test_fifty_at_once_are_the_most(world: World, supervisor: Officer) -> None:
    ids = [str(number) for number in range(MOST_AT_ONCE)]
    assert chosen(world, supervisor, ids) == []
    with pytest.raises(InvalidInput) as caught:
        chosen(world, supervisor, [*ids, "another"])
    assert caught.value.reason is Reason.TOO_MANY_AT_ONCE


def test_only_supervisors_act_on_several(world: World, supervisor: Officer) -> None:
    operator = replace(supervisor, roles=(OfficeRole.OPERATOR,))
    with pytest.raises(NotPermitted):
        chosen(world, operator, [])
    with pytest.raises(NotPermitted):
        act_on_several(operator, [], lambda one: one)
