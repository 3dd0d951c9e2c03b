"""The counts of each day's flow: they catch up, repeat without harm, and always equal counting anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.appeal import State
from app.domain.errors import Refusal
from app.domain.passage import Stage, flow_days
from app.services.figures.categories import count_matters
from app.services.figures.flows import MARGIN, count_flow, roll_up_flows
from app.services.ports.basics import StoreAway
from app.services.world import World
from tests.domain.factories import PATIENT, beijing
from tests.services.factories import a_world, answer, fresh, sign, submitted
from tests.services.test_figures import rate
from tests.services.test_figures_scratch import DEEDS, WHO, perform

MONDAY = date(2026, 3, 2)


@pytest.fixture
def world() -> World:
    return a_world()


def stands(world: World, day: date = MONDAY) -> dict[tuple[State, Stage], int]:
    (flow,) = world.stores.day_flows.between("city", day, day)
    return {(one.state, one.stage): one.count for one in flow.standings}


def test_a_day_knows_where_its_appeals_stand_now(world: World) -> None:
    one, _ = submitted(world), submitted(world)
    assert roll_up_flows(world) == 1
    assert stands(world) == {(State.ASSIGNED, Stage.ASSIGNED): 2}
    world.clock.advance(days=3)
    answer(world, "zhou", sign(world, "zhou", one))
    assert roll_up_flows(world) == 2, "the day of the submission and that of the answer"
    assert stands(world) == {(State.ASSIGNED, Stage.ASSIGNED): 1, (State.ANSWERED, Stage.ANSWERED): 1}
    (answered,) = world.stores.day_flows.between("city", date(2026, 3, 5), date(2026, 3, 5))
    assert (answered.answered, answered.standings) == (1, ())
    rate(world, fresh(world, one))
    roll_up_flows(world)
    assert (State.CONCLUDED, Stage.RESOLVED) in stands(world)
    assert roll_up_flows(world) == 0


def test_changes_saved_late_are_not_missed(world: Any) -> None:
    appeal = submitted(world)
    roll_up_flows(world)
    world.clock.advance(MARGIN - timedelta(minutes=1))
    signed = sign(world, "zhou", appeal)
    world.stores.appeals.kept[appeal.id] = appeal
    world.clock.advance(minutes=1)
    roll_up_flows(world)
    world.stores.appeals.kept[appeal.id] = signed
    assert roll_up_flows(world) == 1


def test_a_database_that_goes_away_forgets_nothing(world: Any) -> None:
    submitted(world)
    world.stores.day_flows.put, put = (lambda _: (_ for _ in ()).throw(StoreAway())), world.stores.day_flows.put
    with pytest.raises(StoreAway):
        roll_up_flows(world)
    world.stores.day_flows.put = put
    assert roll_up_flows(world) == 1


EVENTS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from([60, 1440, 3 * 1440])),
    st.tuples(st.just("roll_up"), st.just(0)),
    st.tuples(st.sampled_from(sorted(DEEDS)), WHO),
    st.tuples(st.sampled_from(["sign", "answer", "content", "discontent", "reopen"]), WHO),
)


@PATIENT
@given(st.lists(EVENTS, max_size=30))
def test_kept_counts_equal_counting_anew(events: list[tuple[str, int]]) -> None:
    world: Any = a_world()
    ids = [submitted(world).id for _ in range(3)]
    for what, which in events:
        if what == "wait":
            world.clock.advance(minutes=which)
        elif what == "roll_up":
            roll_up_flows(world)
        else:
            try:
                perform(world, ids[which], DEEDS[what])
            except Refusal:
                continue
    roll_up_flows(world)
    touched = {day for appeal in world.stores.appeals.kept.values() for day in flow_days(appeal)}
    kept = {flow.day: flow for flow in world.stores.day_flows.kept.values()}
    assert touched <= set(kept)
    assert all(count_flow(world, "city", day) == replace(flow, matters=()) for day, flow in kept.items())
    assert all(count_matters(world, "city", day) == flow.matters for day, flow in kept.items())
    assert sum(one.count for flow in kept.values() for one in flow.standings) == 3
    assert beijing("2026-03-02 10:00") <= world.clock.now()
