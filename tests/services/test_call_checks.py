"""Missed calls that a person judged: exactly one suggestion, whatever crashes or comes first in between."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from app.domain.appeal import Appeal
from app.domain.call import Call, CallOutcome, CallVerdict
from app.domain.call_check import CallCheck
from app.domain.errors import NotPermitted, Reason
from app.domain.officer import Officer, OfficeRole
from app.services.appeals.calls import count_not_answering
from app.services.evidence import call_checks, verifying
from app.services.ports.basics import StoreAway
from app.services.world import World
from tests.domain.factories import refused
from tests.services.factories import submitted
from tests.services.keepers import an_officer
from tests.services.races import meanwhile

LI = an_officer(OfficeRole.SUPERVISOR, id="li", name="李督查")
WANG = an_officer(OfficeRole.SUPERVISOR, id="wang", name="王督查")
TRUE, UNTRUE = CallVerdict.TRUE, CallVerdict.UNTRUE


def missed(world: World, *callers: str) -> None:
    for caller in callers:
        now = world.clock.now()
        world.stores.calls.add(Call(f"call-{caller}", caller, "education", CallOutcome.NO_ANSWER, now))
        world.clock.advance(minutes=1)


@pytest.fixture
def appeal(world: World) -> Appeal:
    missed(world, "one", "two", "three")
    return submitted(world)


def ids(*callers: str) -> list[str]:
    return [f"call-{caller}" for caller in callers]


def judge(
    world: World, appeal: Appeal, verdict: CallVerdict = TRUE, by: Officer = LI, calls: list[str] | None = None
) -> CallCheck:
    named = ids("one", "two", "three") if calls is None else calls
    return call_checks.judge(world, by, "education", named, verdict, "三次均未接", appeal.id)


def interviews(world: World, appeal: Appeal) -> tuple[Any, ...]:
    found = world.stores.appeals.get(appeal.id)
    assert found is not None
    return found.interviews


def test_a_true_one_suggests_an_interview_with_the_calls_in_the_evidence(world: World, appeal: Appeal) -> None:
    check = judge(world, appeal)
    (one,) = interviews(world, appeal)
    facts = json.loads(one.evidence)["facts"]
    assert [line[0] for line in facts["calls"]] == ids("one", "two", "three")
    assert [line[3] for line in facts["calls"]] == [1, 2, 3], "callers have numbers, no names"
    assert (check.interview, check.suggested_at, one.official_id) == (1, world.clock.now(), "education")
    assert (verifying.look(world), len(interviews(world, appeal))) == (0, 1)
    assert count_not_answering(world).official_ids == ()


def test_an_untrue_one_suggests_nothing_ever(world: World, appeal: Appeal) -> None:
    judge(world, appeal, UNTRUE)
    assert (verifying.look(world), interviews(world, appeal)) == (0, ())
    assert call_checks.suspicion(world, "education") is None


def test_a_call_that_came_while_somebody_wrote_is_left_for_the_next_look(world: World, appeal: Appeal) -> None:
    missed(world, "four")
    judge(world, appeal)
    missed(world, "five", "six")
    found = call_checks.suspicion(world, "education")
    assert found is not None
    assert found.found.call_ids == tuple(ids("four", "five", "six"))


def test_calls_that_were_answered_meanwhile_or_never_were_are_not_judged(world: World, appeal: Appeal) -> None:
    for calls in ([], ["call-nobody"], [*ids("one"), "call-nobody"]):
        with refused(Reason.CALLS_JUDGED):
            judge(world, appeal, calls=calls)
    world.stores.calls.add(Call("back", "one", "education", CallOutcome.CALLED_BACK, world.clock.now(), "call-one"))
    with refused(Reason.CALLS_JUDGED):
        judge(world, appeal)


def test_of_two_who_judge_at_once_only_the_first_has_an_effect(world: World, appeal: Appeal) -> None:
    meanwhile(world.stores.call_checks, lambda: judge(world, appeal, UNTRUE, WANG))
    with refused(Reason.CALLS_JUDGED):
        judge(world, appeal)
    assert (verifying.look(world), interviews(world, appeal)) == (0, ())


def die(_: object) -> None:
    raise KeyboardInterrupt


def test_a_crash_after_the_judgement_loses_nothing_and_repeats_nothing(world: World, appeal: Appeal) -> None:
    world.stores.appeals.before_write = die
    with pytest.raises(KeyboardInterrupt):
        judge(world, appeal)
    world.stores.appeals.before_write = None
    assert verifying.look(world) == 1
    (one,) = interviews(world, appeal)
    found = world.stores.appeals.get(appeal.id)
    assert found.timeline[-1].actor.id == "li", "who judged, not the job"
    assert (verifying.look(world), interviews(world, appeal)) == (0, (one,))


def test_who_acts_on_the_appeal_at_this_moment_only_delays_the_suggestion(world: World, appeal: Appeal) -> None:
    def always_faster(late: Appeal) -> None:
        current = world.stores.appeals.kept[late.id]
        world.stores.appeals.kept[late.id] = replace(current, version=current.version + 1)

    world.stores.appeals.before_write = always_faster
    assert judge(world, appeal).awaits_suggestion
    assert verifying.look(world) == 0
    world.stores.appeals.before_write = None
    assert (verifying.look(world), len(interviews(world, appeal))) == (1, 1)


def test_one_that_fails_is_told_and_an_outage_stops_the_run(world: World, appeal: Appeal) -> None:
    def fail(_: object) -> None:
        raise ValueError

    def away(_: object) -> None:
        raise StoreAway

    world.stores.appeals.before_write = fail
    with pytest.raises(ValueError):
        judge(world, appeal)
    assert verifying.look(world) == 0
    assert world.alerts.names == ["call_check_failed"]
    world.stores.appeals.before_write = away
    with pytest.raises(StoreAway):
        verifying.look(world)


def test_only_a_supervisor_judges(world: World, appeal: Appeal) -> None:
    with pytest.raises(NotPermitted):
        judge(world, appeal, by=an_officer(OfficeRole.OPERATOR))
