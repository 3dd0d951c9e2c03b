"""The same key gives the same answer and has one effect."""

from __future__ import annotations

import pytest

from app.domain.errors import Conflict, Reason, RuleBroken
from app.services.answered import LONGEST_KEY, answer_once, hashed_key
from app.services.world import World
from tests.domain.factories import refused
from tests.services.races import Meeting, at_once


class Desk:
    """Counts its answers, each different."""

    def __init__(self) -> None:
        self.given = 0

    def __call__(self) -> tuple[int, str]:
        self.given += 1
        return 201, f'{{"answer": {self.given}}}'


def test_the_same_request_again_gets_the_recorded_answer(world: World) -> None:
    desk = Desk()
    first = answer_once(world, "k", b"POST /a {}", desk)
    assert answer_once(world, "k", b"POST /a {}", desk) == first == (201, '{"answer": 1}')
    assert desk.given == 1


def test_the_same_key_for_another_request_is_refused_before_anything_happens(world: World) -> None:
    desk = Desk()
    answer_once(world, "k", b"POST /a {}", desk)
    with pytest.raises(Conflict) as caught:
        answer_once(world, "k", b"POST /b {}", desk)
    assert caught.value.reason is Reason.KEY_REUSED and desk.given == 1


def test_without_a_key_every_request_is_a_new_one(world: World) -> None:
    desk = Desk()
    for _ in range(2):
        answer_once(world, "", b"POST /a {}", desk)
    assert desk.given == 2 and not world.stores.answered.kept


def test_twice_at_once_both_get_the_one_answer_that_was_recorded(world: World) -> None:
    desk = Desk()
    world.stores.answered.before_write = Meeting()
    one, other = at_once(*[lambda: answer_once(world, "k", b"POST /a {}", desk)] * 2)
    [recorded] = world.stores.answered.kept.values()
    assert one == other == (recorded.status, recorded.body)


def test_two_different_requests_with_one_key_at_once_are_not_mixed_up(world: World) -> None:
    world.stores.answered.before_write = Meeting()
    outcomes = at_once(*(lambda r=r: answer_once(world, "k", r, Desk()) for r in (b"POST /a", b"POST /b")))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "tuple"]


def test_a_refusal_is_not_recorded_so_that_it_can_be_tried_again(world: World) -> None:
    def refuse() -> tuple[int, str]:
        raise RuleBroken(Reason.ROSTER_CLOSED)

    with refused(Reason.ROSTER_CLOSED):
        answer_once(world, "k", b"POST /a {}", refuse)
    assert answer_once(world, "k", b"POST /a {}", Desk()) == (201, '{"answer": 1}')


def test_a_key_belongs_to_one_person_and_is_kept_as_a_hash(world: World) -> None:
    keys = {hashed_key(world, account, "my-key") for account in ("resident", "neighbour")}
    assert len(keys) == 2 and not any("my-key" in key for key in keys)
    assert hashed_key(world, "resident", "") == ""


def test_a_key_may_be_long_but_not_endless(world: World) -> None:
    assert hashed_key(world, "resident", "k" * LONGEST_KEY)
    with refused(Reason.BAD_IDEMPOTENCY_KEY):
        hashed_key(world, "resident", "k" * (LONGEST_KEY + 1))
