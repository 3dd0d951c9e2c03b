"""From a confirmed flag to the interview ledger: exactly one suggestion, whatever crashes in between."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.appeal import Appeal
from app.domain.errors import Reason
from app.domain.officer import Officer, OfficeRole
from app.domain.perfunctory import Flag, FlagDecision
from app.domain.supervision import Interview
from app.services.appeals.acting import act_as_resident
from app.services.evidence import verifying
from app.services.evidence.verifying import decide_flag
from app.services.ports.basics import StoreAway
from app.services.world import World
from tests.domain.factories import refused, reopened
from tests.services.factories import answer, hand_on, person, sign, submitted
from tests.services.keepers import an_officer
from tests.services.races import meanwhile

LI = an_officer(OfficeRole.SUPERVISOR, id="li", name="李督查")
WANG = an_officer(OfficeRole.SUPERVISOR, id="wang", name="王督查")
CONFIRMED, DISMISSED = FlagDecision.CONFIRMED, FlagDecision.DISMISSED


@pytest.fixture
def flag(world: World) -> Flag:
    return a_flag(world)


def a_flag(world: World) -> Flag:
    appeal = submitted(world)
    sign(world, "zhou", appeal)
    answer(world, "zhou", appeal, text="收到")
    world.clock.advance(minutes=10)
    verifying.look(world)
    return max(world.stores.perfunctory_flags.kept.values(), key=lambda one: one.found_at)


def decide(world: World, flag: Flag, decision: FlagDecision = CONFIRMED, by: Officer = LI) -> Flag:
    return decide_flag(world, by, flag.id, decision, "逐件电话核实，均未办理")


def suggestions(world: World, flag: Flag) -> tuple[Interview, ...]:
    appeal = world.stores.appeals.get(flag.appeal_ids[-1])
    assert appeal is not None
    return appeal.interviews


def reopen(world: World, flag: Flag) -> Appeal:
    def act(appeal: Appeal, scene: object) -> Appeal:
        return reopened(appeal, world.clock.now())

    return act_as_resident(world, person(world, "resident"), flag.appeal_ids[-1], "", act)


def test_a_confirmed_flag_suggests_an_interview_with_the_flag_in_the_evidence(world: World, flag: Flag) -> None:
    decided = decide(world, flag)
    (one,) = suggestions(world, flag)
    assert json.loads(one.evidence)["facts"]["flag"] == flag.id
    assert (one.official_id, one.decision, decided.suggested_at) == ("education", None, world.clock.now())
    appeal = world.stores.appeals.get(flag.appeal_ids[-1])
    assert (appeal.timeline[-1].actor.id, appeal.timeline[-1].actor.name) == ("li", "李督查")
    assert (verifying.look(world), len(suggestions(world, flag))) == (0, 1)


def test_a_dismissed_one_suggests_nothing_ever(world: World, flag: Flag) -> None:
    decide(world, flag, DISMISSED)
    assert (verifying.look(world), suggestions(world, flag)) == (0, ())


def die(_: object) -> None:
    raise KeyboardInterrupt


def die_at_second(world: World) -> Callable[[object], None]:
    def hook(_: object) -> None:
        world.stores.perfunctory_flags.before_write = die

    return hook


def revive(world: World) -> None:
    world.stores.appeals.before_write = world.stores.perfunctory_flags.before_write = None


@pytest.mark.parametrize("where", ["before the suggestion", "before it is noted"])
def test_a_crash_after_the_decision_loses_nothing_and_repeats_nothing(world: World, flag: Flag, where: str) -> None:
    if where == "before the suggestion":
        world.stores.appeals.before_write = die
    else:
        world.stores.perfunctory_flags.before_write = die_at_second(world)
    with pytest.raises(KeyboardInterrupt):
        decide(world, flag)
    revive(world)
    with refused(Reason.FLAG_DECIDED):
        decide(world, flag)
    world.clock.advance(minutes=30)
    assert verifying.look(world) == 1
    (one,) = suggestions(world, flag)
    appeal = world.stores.appeals.get(flag.appeal_ids[-1])
    assert appeal.timeline[-1].actor.id == "li", "who decided, not the job"
    assert (verifying.look(world), suggestions(world, flag)) == (0, (one,))


def test_the_crash_repeats_nothing_even_when_the_appeal_went_on_meanwhile(world: World, flag: Flag) -> None:
    world.stores.perfunctory_flags.before_write = die_at_second(world)
    with pytest.raises(KeyboardInterrupt):
        decide(world, flag)
    revive(world)
    reopen(world, flag)
    assert (verifying.look(world), len(suggestions(world, flag))) == (1, 1)


def test_it_is_about_who_gave_the_answer_though_the_appeal_is_somebody_elses_now(world: World, flag: Flag) -> None:
    appeal = reopen(world, flag)
    hand_on(world, "zhou", appeal, "roads")
    decide(world, flag)
    (one,) = suggestions(world, flag)
    assert (one.official_id, one.assignment, json.loads(one.evidence)["official"]) == ("education", 1, "education")


def test_of_two_who_decide_differently_at_once_only_the_first_has_an_effect(world: World, flag: Flag) -> None:
    meanwhile(world.stores.perfunctory_flags, lambda: decide(world, flag, DISMISSED, WANG))
    with refused(Reason.FLAG_DECIDED):
        decide(world, flag)
    assert (verifying.look(world), suggestions(world, flag)) == (0, ())


def test_who_acts_on_the_appeal_at_this_moment_only_delays_the_suggestion(world: World, flag: Flag) -> None:
    def always_faster(late: Appeal) -> None:
        current = world.stores.appeals.kept[late.id]
        world.stores.appeals.kept[late.id] = replace(current, version=current.version + 1)

    world.stores.appeals.before_write = always_faster
    assert decide(world, flag).awaits_suggestion
    assert verifying.look(world) == 0
    revive(world)
    assert (verifying.look(world), len(suggestions(world, flag))) == (1, 1)


def test_one_that_fails_stops_no_other_and_an_outage_stops_the_run(world: World) -> None:
    bad, good = a_flag(world), a_flag(world)
    world.stores.appeals.before_write = die
    for one in (bad, good):
        with pytest.raises(KeyboardInterrupt):
            decide(world, one)

    def fail(appeal: Appeal) -> None:
        if appeal.id == bad.appeal_ids[-1]:
            raise ValueError

    world.stores.appeals.before_write = fail
    assert verifying.look(world) == 1
    assert (len(suggestions(world, bad)), len(suggestions(world, good))) == (0, 1)
    assert world.alerts.names == ["perfunctory_failed"]

    def away(_: object) -> None:
        raise StoreAway

    world.stores.appeals.before_write = away
    with pytest.raises(StoreAway):
        verifying.look(world)
