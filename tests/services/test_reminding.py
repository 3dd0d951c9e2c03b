"""What time does by itself: once, in order, caught up after downtime, and one failure stops nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from app.domain.appeal import Appeal, State
from app.domain.notification import Occasion, Role
from app.domain.timeline import Deed
from app.domain.workday import BEIJING
from app.services.messages.dispatching import dispatch
from app.services.messages.reminding import AT_ONCE, sweep
from app.services.ports.basics import StoreAway
from app.services.world import World
from tests.domain.factories import beijing, rungs
from tests.fakes.world import MONDAY
from tests.services.factories import (
    answer,
    assigned_by_supervisor,
    deeds,
    drain,
    fresh,
    hand_on,
    messages,
    sent,
    sign,
    submitted,
)
from tests.services.races import Meeting, at_once, meanwhile

CONTACT_LADDER = ["contact remind_half", "contact remind_last", "contact urge", "contact supervise"]
ANSWER_LADDER = ["answer remind_half", "answer remind_last", "answer urge", "answer supervise"]


def every(minutes: int, days: int, world: World) -> Iterator[datetime]:
    """The clock going on in steps from now."""
    end = world.clock.now() + timedelta(days=days)
    while world.clock.now() < end:
        yield world.clock.advance(minutes=minutes)


def test_a_sweep_with_nothing_due_touches_nothing(world: World) -> None:
    appeal = submitted(world)
    assert sweep(world) == 0 and fresh(world, appeal) == appeal


def test_what_is_due_happens_once_in_one_write(world: World) -> None:
    appeal = submitted(world)
    world.clock.set(beijing("2026-03-04 02:00"))
    assert sweep(world) == 1
    assert sweep(world) == 0
    assert rungs(fresh(world, appeal)) == ["contact remind_half"]
    assert fresh(world, appeal).version == appeal.version + 1


def test_downtime_is_caught_up_in_order_and_only_its_last_word_is_said_aloud(office: World) -> None:
    appeal = submitted(office)
    drain(office)
    office.clock.set(beijing("2026-03-09 10:00"))
    assert sweep(office) == 1
    assert rungs(fresh(office, appeal)) == CONTACT_LADDER
    office.clock.advance(minutes=1)
    drain(office)
    assert sorted(occasion for *_, occasion in sent(office)) == ["assigned", "urge", "urge"]
    assert sweep(office) == 0


def test_two_sweeps_at_once_fire_a_rung_once(world: World) -> None:
    appeal = submitted(world)
    world.clock.set(beijing("2026-03-06 09:00"))
    world.stores.appeals.before_write = Meeting()
    at_once(lambda: sweep(world), lambda: sweep(world))
    kept = fresh(world, appeal)
    assert rungs(kept) == CONTACT_LADDER[:3]
    assert max(Counter(n.key for n in kept.notifications).values()) == 1


def test_the_clock_a_transfer_stopped_climbs_no_further(world: World) -> None:
    appeal = hand_on(world, "zhou", submitted(world), "roads")
    world.clock.set(beijing("2026-03-06 09:00"))
    sweep(world)
    assert [n.recipient.id for n in messages(world, appeal, Role.OFFICIAL, Occasion.URGE)] == ["roads"]


def handed_on_during_the_sweep(world: World) -> tuple[Appeal, int]:
    """By a machine whose clock is behind, so that even the new clocks have rungs to fire; who hears of them is unknown
    to this sweep."""
    appeal = submitted(world)
    friday = beijing("2026-03-06 09:00")

    def on_monday() -> None:
        world.clock.set(MONDAY)
        hand_on(world, "zhou", appeal, "roads")
        world.clock.set(friday)

    world.clock.set(friday)
    meanwhile(world.stores.appeals, on_monday)
    return appeal, sweep(world)


def test_what_is_handed_on_during_the_sweep_is_left_alone(world: World) -> None:
    appeal, _ = handed_on_during_the_sweep(world)
    assert deeds(world, appeal) == [Deed.SUBMIT, Deed.ASSIGN, Deed.TRANSFER]
    assert [n.occasion for n in messages(world, appeal, Role.OFFICIAL) if n.recipient.id == "roads"] == [
        Occasion.ASSIGNED
    ]


def test_what_others_moved_is_not_counted_as_moved_by_the_sweep(world: World) -> None:
    _, moved = handed_on_during_the_sweep(world)
    assert moved == 0


def test_what_is_answered_during_the_sweep_climbs_no_further(world: World) -> None:
    appeal = sign(world, "zhou", submitted(world))
    world.clock.set(beijing("2026-03-06 09:00"))
    meanwhile(world.stores.appeals, lambda: answer(world, "zhou", appeal))
    sweep(world)
    assert deeds(world, appeal)[-1] is Deed.ANSWER
    assert rungs(fresh(world, appeal)) == CONTACT_LADDER[:3]


def test_one_appeal_that_cannot_be_saved_stops_no_other_and_alerts(world: World) -> None:
    bad, *good = [submitted(world) for _ in range(3)]

    def refuse(written: Appeal) -> None:
        if written.id == bad.id:
            raise ValueError("小区门口没有路灯")

    world.clock.set(beijing("2026-03-04 02:00"))
    world.stores.appeals.before_write = refuse
    assert sweep(world) == 2
    assert all(rungs(fresh(world, appeal)) == ["contact remind_half"] for appeal in good)
    assert world.alerts.raised == [("sweep_failed", {"appeal": bad.id, "error": "ValueError"})]
    world.stores.appeals.before_write = None
    assert sweep(world) == 1, "it is tried again with the next sweep"


def test_an_appeal_whose_roster_is_gone_stops_no_other(world: World) -> None:
    lost, kept = submitted(world), submitted(world)
    world.stores.appeals.kept[lost.id] = Appeal(**(vars(lost) | {"roster": "gone"}))
    world.clock.set(beijing("2026-03-04 02:00"))
    assert sweep(world) == 1 and rungs(fresh(world, kept)) == ["contact remind_half"]
    assert list(world.alerts.names) == ["sweep_failed"]


def test_people_who_keep_being_faster_are_no_failure(world: World) -> None:
    appeal = submitted(world)

    def always_faster(_: Appeal) -> None:
        current = fresh(world, appeal)
        world.stores.appeals.kept[appeal.id] = Appeal(**(vars(current) | {"version": current.version + 1}))

    world.clock.set(beijing("2026-03-04 02:00"))
    world.stores.appeals.before_write = always_faster
    assert sweep(world) == 0 and world.alerts.raised == []


def test_a_database_that_goes_away_ends_the_sweep_at_once(world: World) -> None:
    """Two seconds of waiting for each of 200 appeals would hold the sweep for minutes, and 200 alerts say less than
    one; the runner records a run that ended with StoreAway as postponed."""
    for _ in range(3):
        submitted(world)

    def away(_: Appeal) -> None:
        raise StoreAway

    world.clock.set(beijing("2026-03-04 02:00"))
    world.stores.appeals.before_write = away
    with pytest.raises(StoreAway):
        sweep(world)
    assert world.alerts.raised == []


def test_more_than_one_page_is_swept_in_one_run_even_when_every_page_has_failures(world: World) -> None:
    appeals = [submitted(world) for _ in range(AT_ONCE + 5)]
    bad = {appeal.id for appeal in appeals[::100]}

    def refuse(written: Appeal) -> None:
        if written.id in bad:
            raise ValueError

    world.clock.set(beijing("2026-03-04 02:00"))
    world.stores.appeals.before_write = refuse
    assert sweep(world) == len(appeals) - len(bad)
    assert len(world.alerts.raised) == len(bad)


def test_silence_concludes_after_seven_days(world: World) -> None:
    appeal = answer(world, "zhou", sign(world, "zhou", submitted(world)))
    world.clock.set(beijing("2026-03-09 17:59"))
    assert sweep(world) == 0
    world.clock.set(beijing("2026-03-09 18:00"))
    assert sweep(world) == 1 and fresh(world, appeal).state is State.CONCLUDED


def test_a_superior_whom_it_is_about_is_not_told(office: World) -> None:
    appeal = submitted(office, official_id="mayor", about_official=True)
    assigned_by_supervisor(office, appeal, "education")
    office.clock.set(beijing("2026-03-06 09:00"))
    sweep(office)
    assert "contact urge" in rungs(fresh(office, appeal)) and not messages(office, appeal, Role.SUPERIOR)


def test_a_whole_unanswered_life_says_everything_exactly_once_and_never_at_night(world: World) -> None:
    """Submitted on a Monday and never touched, with a sweep and a dispatch every ten minutes."""
    appeal = submitted(world)
    for now in every(10, 40, world):
        before = len(world.messenger.sent)
        sweep(world)
        dispatch(world)
        if len(world.messenger.sent) > before:
            local = now.astimezone(BEIJING)
            assert world.calendar().is_workday(local.date()) and 8 <= local.hour < 22
    assert rungs(fresh(world, appeal)) == CONTACT_LADDER
    assert len(fresh(world, appeal).supervisions) == 1
    told = Counter((openid, occasion) for _, openid, occasion in sent(world))
    once = {
        (who, said): 1 for who in ("oa-zhou", "oa-aide") for said in ("assigned", "remind_half", "remind_last", "urge")
    }
    assert told == once | {("oa-wei", "urge"): 1}


def test_after_signing_the_answer_clock_has_its_own_ladder(office: World) -> None:
    appeal = sign(office, "zhou", submitted(office))
    for _ in every(30, 40, office):
        sweep(office)
        dispatch(office)
    assert sorted(rungs(fresh(office, appeal))) == sorted(CONTACT_LADDER + ANSWER_LADDER)
    told = Counter((openid, occasion) for _, openid, occasion in sent(office))
    assert told[("oa-zhou", "urge")] == told[("oa-wei", "urge")] == 2
    assert told[("oa-zhou", "remind_half")] == told[("oa-zhou", "remind_last")] == 2
    assert [s.clock.value for s in fresh(office, appeal).supervisions] == ["contact", "answer"]
