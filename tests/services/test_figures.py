"""The job behind the figures: it catches up, repeats without harm, and always equals counting from scratch."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain import closing, handling, intake
from app.domain.appeal import Appeal, ContactOutcome, Resolution, Satisfaction
from app.domain.call import Call, CallOutcome
from app.domain.errors import NotFound, Reason
from app.domain.figures import Tally, total
from app.domain.notification import Role
from app.domain.terms import Hearers
from app.domain.timeline import Actor
from app.services.figures.tallies import MARGIN, MARK, roll_up
from app.services.ports.basics import StoreAway
from app.services.ports.figures import DailyTally
from app.services.saving import change
from app.services.world import World
from tests.domain.factories import beijing
from tests.services.factories import SUPERVISOR, a_world, an_official, answer, fresh, hand_on, sign, submitted

CONTACT_DAY, ANSWER_DAY = date(2026, 3, 5), date(2026, 3, 16)
RESIDENT = Actor(Role.RESIDENT, "resident")


@pytest.fixture
def world() -> World:
    return a_world()


def kept(world: Any) -> dict[str, DailyTally]:
    return dict(world.stores.daily_tallies.kept)


def on(world: World, day: date, official: str = "education") -> Tally:
    return total(daily.tally for daily in world.stores.daily_tallies.between(day, day, [official]))


def rate(world: World, appeal: Appeal) -> None:
    act(
        world,
        appeal.id,
        lambda a, terms, now: closing.rate(a, Resolution.RESOLVED, Satisfaction.SATISFIED, RESIDENT, terms, now),
    )


def act(world: World, appeal_id: str, rule: Any) -> None:
    def run(appeal: Appeal) -> Appeal:
        changed: Appeal = rule(appeal, world.terms_for(appeal), world.clock.now())
        return changed

    change(world.stores.appeals, appeal_id, run, NotFound(Reason.NO_SUCH_APPEAL))


def call(world: World, outcome: CallOutcome, account: str = "resident", official: str = "education") -> None:
    world.stores.calls.add(Call(world.secrets.new_id(), account, official, outcome, world.clock.now()))


def test_a_day_is_counted_when_it_is_over(world: World) -> None:
    submitted(world)
    world.clock.set(beijing("2026-03-05 23:59"))
    assert roll_up(world) == 0
    world.clock.set(beijing("2026-03-06 00:00"))
    assert roll_up(world) == 1
    (daily,) = kept(world).values()
    assert (daily.day, daily.official_id, daily.kind, daily.source, daily.holder) == (
        CONTACT_DAY,
        "education",
        "request",
        "",
        "周文清",
    )
    assert daily.tally.contacts_due == 1
    assert roll_up(world) == roll_up(world) == 0


def test_it_catches_up_after_weeks_and_comes_to_the_same(world: World) -> None:
    diligent = a_world()
    for each in (world, diligent):
        one, two = submitted(each), submitted(each, kind=intake.Kind.CONSULTATION)
        each.clock.advance(days=1)
        answer(each, "zhou", sign(each, "zhou", one))
        hand_on(each, "zhou", two)
        call(each, CallOutcome.BUSY)
        for _ in range(30):
            each.clock.advance(days=1)
            if each is diligent:
                roll_up(each)
    assert roll_up(world) > 0
    assert kept(world) == kept(diligent) != {}
    assert on(world, date(2026, 3, 4)) == Tally(missed=1)
    assert on(world, date(2026, 3, 6), "roads").contacts_due == 1


def test_late_answers_and_ratings_move_old_days(world: World) -> None:
    appeal = submitted(world)
    world.clock.set(beijing("2026-03-20 10:00"))
    roll_up(world)
    assert on(world, ANSWER_DAY) == Tally(answers_due=1)
    answer(world, "zhou", sign(world, "zhou", appeal))
    assert roll_up(world) == 2
    assert on(world, ANSWER_DAY) == Tally(answers_due=1, answered=1)
    world.clock.advance(days=3)
    roll_up(world)
    rate(world, appeal)
    assert roll_up(world) == 1
    assert on(world, ANSWER_DAY) == Tally(answers_due=1, answered=1, rated=1, resolved=1, satisfied=1)


def test_an_extension_granted_too_late_leaves_the_old_day(world: World) -> None:
    appeal = sign(world, "zhou", submitted(world))
    world.clock.set(beijing("2026-03-16 10:00"))
    official = Actor(Role.OFFICIAL, "zhou", "周文清", "education")
    act(world, appeal.id, lambda a, t, now: handling.request_extension(a, 2, "等待采购", official, t, now))
    world.clock.set(beijing("2026-03-17 10:00"))
    roll_up(world)
    assert on(world, ANSWER_DAY).answers_due == 1
    act(world, appeal.id, lambda a, t, now: handling.extend(a, Hearers(), SUPERVISOR, t, now))
    assert roll_up(world) == 1
    assert on(world, ANSWER_DAY) == Tally()
    world.clock.set(beijing("2026-03-19 10:00"))
    roll_up(world)
    assert on(world, date(2026, 3, 18)).answers_due == 1


def test_what_is_saved_at_or_shortly_before_the_mark_is_not_missed(world: World) -> None:
    appeal = submitted(world)
    world.clock.set(beijing("2026-03-20 10:00"))
    signed = sign(world, "zhou", appeal)
    roll_up(world)
    for minutes in (9, 1, 0):  # saved after the run, with a time from before it
        late = world.clock.now() - timedelta(minutes=minutes)
        stored = fresh(world, signed)
        contacted = handling.log_contact(stored, ContactOutcome.IN_PERSON, RESIDENT, world.terms_for(stored), late)
        world.stores.appeals.kept[appeal.id] = contacted
        assert roll_up(world) == 1
        assert on(world, CONTACT_DAY).responses
        world.stores.appeals.kept[appeal.id] = stored
        roll_up(world)
    assert timedelta(minutes=9) < MARGIN


def test_the_holder_of_then_keeps_the_day(world: World) -> None:
    appeal = sign(world, "zhou", submitted(world))
    answer(world, "zhou", appeal)
    world.clock.set(beijing("2026-03-17 10:00"))
    roll_up(world)
    world.stores.officials.put(an_official(name="吴敏"))
    rate(world, appeal)
    submitted(world)
    world.clock.advance(days=5)
    roll_up(world)
    holders = {daily.day: daily.holder for daily in kept(world).values()}
    assert holders == {CONTACT_DAY: "周文清", ANSWER_DAY: "周文清", date(2026, 3, 20): "吴敏"}
    assert on(world, ANSWER_DAY).rated == 1


@pytest.mark.parametrize("crash_at", [1, 2])
def test_a_crash_before_a_mark_loses_nothing(world: Any, crash_at: int) -> None:
    """The first mark says that writing begins, the second that it has ended."""
    submitted(world)
    world.clock.set(beijing("2026-03-20 10:00"))
    marks, puts = world.stores.figure_marks, itertools.count(1)
    put = marks.put

    def crash(mark: Any) -> None:
        if next(puts) == crash_at:
            raise StoreAway
        put(mark)

    marks.put = crash
    with pytest.raises(StoreAway):
        roll_up(world)
    before = kept(world)
    assert bool(before) == (crash_at == 2)
    changed = roll_up(world)
    assert (changed == 0) == (crash_at == 2) and kept(world)
    assert marks.get(MARK).revision == 1, "whoever keeps sums hears of what was written, by whichever run"
    assert roll_up(world) == 0 and marks.get(MARK).revision == 1


def test_one_day_that_fails_stops_no_other_and_is_tried_again(world: Any) -> None:
    submitted(world)
    roll_up(world)
    submitted(world, official_id="roads")
    world.clock.set(beijing("2026-03-06 10:00"))
    due_on = world.stores.appeals.due_on

    def broken(day: date, official_id: str) -> Any:
        if official_id == "education":
            raise ValueError(official_id)
        return due_on(day, official_id)

    world.stores.appeals.due_on = broken
    assert roll_up(world) == 1
    assert [what for what, _ in world.alerts.raised] == ["figures_failed"]
    world.stores.appeals.due_on = due_on
    assert roll_up(world) == 1
    assert on(world, CONTACT_DAY).contacts_due == on(world, CONTACT_DAY, "roads").contacts_due == 1


def test_a_database_that_is_away_postpones_the_run(world: Any) -> None:
    world.stores.outage.away = True
    with pytest.raises(StoreAway):
        roll_up(world)


def test_a_clock_that_was_set_back_is_no_reason_to_forget(world: World) -> None:
    world.clock.set(beijing("2026-06-01 10:00"))
    roll_up(world)
    world.clock.set(beijing("2026-03-02 10:00"))
    submitted(world)
    roll_up(world)
    world.clock.set(beijing("2026-03-06 10:00"))
    assert roll_up(world) == 1
