"""Spot checks: who is drawn from, that the draw is stored before it is seen, and what may be added afterwards."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain import closing
from app.domain.appeal import Appeal, Kind
from app.domain.errors import NotFound, Reason
from app.domain.spot_check import Draw, Result, Verdict, standing, verify
from app.services.evidence import spot_checks
from app.services.ports.basics import StoreAway
from app.services.saving import change
from app.services.world import World
from tests.domain.factories import refused

from .factories import SUPERVISOR, answer, assigned_by_supervisor, fresh, sign, submitted

NUMBERS, SOURCE = "双色球 2026026 期 03 08 11 19 24 30 + 07", "开奖公告"
BY = "督查室 李"


def handled(world: World, by: str = "zhou", post: str = "education", **draft: Any) -> Appeal:
    appeal = submitted(world, official_id=post, **draft)
    sign(world, by, appeal)
    return answer(world, by, appeal)


def drawn(world: World, size: int = 3, text: str = NUMBERS, by: str = BY) -> Draw:
    now = world.clock.now()
    begin, end = now - timedelta(days=7), now + timedelta(days=1)
    return spot_checks.draw(world, "city", begin.replace(hour=0), end.replace(hour=0), size, text, SOURCE, by)


@pytest.fixture
def answered(world: World) -> list[Appeal]:
    found = [handled(world, kind=kind) for kind in Kind for _ in range(2)]
    return [*found, handled(world, "wei", "mayor")]


def test_answered_and_concluded_appeals_of_the_roster_and_period_are_drawn_from(
    world: World, answered: list[Appeal]
) -> None:
    submitted(world)
    world.clock.advance(days=9)
    inside = handled(world)

    def conclude(appeal: Appeal) -> Appeal:
        return closing.conclude(appeal, "已回访", SUPERVISOR, world.terms_for(appeal), world.clock.now())

    concluded = change(world.stores.appeals, handled(world).id, conclude, NotFound(Reason.NO_SUCH_APPEAL))
    one = drawn(world, 50)
    assert sorted(one.sample) == sorted([inside.id, concluded.id])
    assert one.candidate_count == 2


def test_the_strata_are_the_assignees_group_and_the_kind(world: World, answered: list[Appeal]) -> None:
    one = drawn(world, 5)
    assert {(s.group, s.kind.value, s.candidates, s.drawn) for s in one.shares} == {
        ("市领导", "request", 1, 1),
        *(("市直部门", kind.value, 2, 1) for kind in Kind),
    }
    assert (one.drawn_by, one.drawn_at, one.number, one.source) == (BY, world.clock.now(), 1, SOURCE)


def test_an_appeal_counts_for_the_group_of_who_answered(world: World) -> None:
    about = submitted(world, about_official=True)
    assigned_by_supervisor(world, about, "mayor")
    sign(world, "wei", about)
    answer(world, "wei", about)
    assert [share.group for share in drawn(world).shares] == ["市领导"]


def test_the_draw_can_be_recomputed_from_what_is_stored_although_life_goes_on(
    world: World, answered: list[Appeal]
) -> None:
    one = drawn(world)
    kept = fresh(world, answered[0])
    world.stores.appeals.replace(replace(kept, version=kept.version + 1, kind=Kind.COMPLAINT))
    assert spot_checks.recheck(world, one.id) == ()
    text = spot_checks.candidate_list(world, one.id)
    assert hashlib.sha256(text.encode()).hexdigest() == one.list_hash
    frozen = world.stores.spot_checks.frozen(one.list_hash)
    assert frozen is not None and verify(one, frozen.candidates) == ()


def test_the_very_same_request_again_is_the_same_draw(world: World, answered: list[Appeal]) -> None:
    one = drawn(world)
    world.clock.advance(hours=1)
    assert drawn(world) == one
    assert list(spot_checks.draws(world, "city")) == [one]


def test_drawing_again_until_it_pleases_is_counted(world: World, answered: list[Appeal]) -> None:
    one, two, three = drawn(world), drawn(world, text="另一串"), drawn(world, by="王")
    assert [one.number, two.number, three.number] == [1, 2, 3]
    assert {draw.id for draw in spot_checks.draws(world, "city")} == {one.id, two.id, three.id}


def test_two_who_draw_at_once_get_two_numbers(world: World, answered: list[Appeal]) -> None:
    others: list[Draw] = []

    def meanwhile(_: Draw) -> None:
        world.stores.spot_checks.draws.before_write = None
        others.append(drawn(world, text="另一串", by="王"))

    world.stores.spot_checks.draws.before_write = meanwhile
    mine = drawn(world)
    assert (others[0].number, mine.number) == (1, 2)


def test_nobody_sees_a_sample_that_was_not_stored(world: World, answered: list[Appeal]) -> None:
    def fail(_: Draw) -> None:
        raise StoreAway

    world.stores.spot_checks.draws.before_write = fail
    with pytest.raises(StoreAway):
        drawn(world)
    assert list(spot_checks.draws(world, "city")) == []


def test_nothing_of_a_draw_can_be_written_again(world: World) -> None:
    assert not {name for name in dir(world.stores.spot_checks) if name in {"replace", "put", "delete", "forget"}}


def test_what_cannot_be_drawn(world: World) -> None:
    with refused(Reason.NOTHING_TO_DRAW):
        drawn(world)
    now = world.clock.now()
    with refused(Reason.NO_SUCH_ROSTER):
        spot_checks.draw(world, "nowhere", now - timedelta(days=1), now, 3, NUMBERS, SOURCE, BY)
    with refused(Reason.NO_SUCH_DRAW):
        spot_checks.read(world, "nothing")


def test_results_are_added_once_and_corrected_by_a_further_entry(world: World, answered: list[Appeal]) -> None:
    one = drawn(world)
    first = spot_checks.record_result(world, one.id, one.sample[0], Verdict.CONFIRMED, "路灯亮了", "王")
    with refused(Reason.ALREADY_CHECKED):
        spot_checks.record_result(world, one.id, one.sample[0], Verdict.CONTRADICTED, "没亮", "赵")
    world.clock.advance(hours=1)
    second = spot_checks.record_result(
        world, one.id, one.sample[0], Verdict.CONTRADICTED, "记错了人", "王", corrects=first.id
    )
    draw, results = spot_checks.read(world, one.id)
    assert (draw, list(results)) == (one, [first, second])
    assert standing(results) == {one.sample[0]: second}
    assert (second.by, second.at, second.corrects) == ("王", world.clock.now(), first.id)


def test_of_two_first_results_at_once_one_stands(world: World, answered: list[Appeal]) -> None:
    one = drawn(world)

    def meanwhile(_: Result) -> None:
        world.stores.spot_checks.results.before_write = None
        spot_checks.record_result(world, one.id, one.sample[0], Verdict.CONFIRMED, "属实", "赵")

    world.stores.spot_checks.results.before_write = meanwhile
    with refused(Reason.ALREADY_CHECKED):
        spot_checks.record_result(world, one.id, one.sample[0], Verdict.CONTRADICTED, "不实", "王")
    assert [result.by for result in spot_checks.read(world, one.id)[1]] == ["赵"]
