"""The contract of what the figures need: finding what changed and what fell due, roll-ups, calls, marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.domain.appeal import Appeal, Assignment, State
from app.domain.call import Call, CallOutcome
from app.domain.deadline import DeadlineKind
from app.domain.figures import Response, Tally
from app.domain.timeline import SYSTEM, Deed, Entry
from app.services.figures.tallies import roll_up
from app.services.ports.basics import Position
from app.services.ports.figures import DailyTally, FigureMark
from app.services.world import Stores
from tests.domain.factories import beijing
from tests.services.factories import OFFICIALS, a_roster, a_world, answer, sign, submitted

from .samples import NOW, appeal, deadline, hours

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 3)
MILLISECOND = timedelta(milliseconds=1)
TALLY = Tally(contacts_due=2, contacted_in_time=1, responses=(Response(5), Response(9, True)), waiting=(NOW, hours(1)))


def changed(number: int, at: datetime) -> Appeal:
    entry = Entry(2, at, SYSTEM, Deed.REMIND)
    return appeal(number, timeline=(*appeal().timeline, entry))


def due(number: int, official: str, *times: datetime) -> Appeal:
    """Contact and answer due then."""
    kinds = (DeadlineKind.CONTACT, DeadlineKind.ANSWER)
    deadlines = tuple(deadline(at, kind=kind) for at, kind in zip(times, kinds, strict=False))
    return appeal(number, state=State.IN_PROGRESS, assignment=Assignment(1, official, NOW, deadlines))


def daily(day: date = FIRST, official: str = "o1", kind: str = "request", **changes: object) -> DailyTally:
    plain = DailyTally(f"{official}:{day}:{kind}", day, official, kind, "", "周文清", TALLY)
    return replace(plain, **changes)


def codes_changed(stores: Stores, after: Position, size: int) -> list[str]:
    codes: list[str] = []
    while page := stores.appeals.changed_after(after, size):
        codes += [one.code for one in page]
        after = page[-1].timeline[-1].at, page[-1].code
    return codes


@pytest.mark.parametrize("size", [1, 2, 9])
def test_what_changed_since_a_moment_to_the_millisecond(stores: Stores, size: int) -> None:
    times = [NOW - MILLISECOND, NOW, NOW, NOW + MILLISECOND, hours(1)]
    for number, at in enumerate(times, 1):
        stores.appeals.add(changed(number, at))
    assert codes_changed(stores, (NOW, ""), size) == ["SQ0002", "SQ0003", "SQ0004", "SQ0005"]
    assert codes_changed(stores, (NOW, "SQ0002"), size) == ["SQ0003", "SQ0004", "SQ0005"]
    assert codes_changed(stores, (hours(2), ""), size) == []
    one = changed(1, hours(3))
    assert stores.appeals.replace(replace(one, version=2))
    assert codes_changed(stores, (hours(1), ""), size) == ["SQ0005", "SQ0001"]


def test_what_falls_due_on_a_beijing_day_and_for_whom(stores: Stores) -> None:
    midnight = datetime(2026, 3, 2, 16, tzinfo=UTC)
    stores.appeals.add(due(1, "o1", midnight - MILLISECOND, midnight))
    stores.appeals.add(due(2, "o2", midnight, midnight + timedelta(days=1)))
    stores.appeals.add(due(3, "o1", midnight - timedelta(hours=24), midnight + timedelta(hours=23)))
    stores.appeals.add(appeal(4))
    assert list(stores.appeals.officials_due(FIRST)) == ["o1"]
    assert list(stores.appeals.officials_due(SECOND)) == ["o1", "o2"]
    assert list(stores.appeals.officials_due(date(2026, 3, 5))) == []
    assert [one.code for one in stores.appeals.due_on(SECOND, "o1")] == ["SQ0001", "SQ0003"]
    assert [one.code for one in stores.appeals.due_on(SECOND, "o2")] == ["SQ0002"]
    assert [one.code for one in stores.appeals.due_on(FIRST, "o2")] == []


def test_what_fell_out_is_found_no_more(stores: Stores) -> None:
    one = due(1, "o1", NOW)
    stores.appeals.add(one)
    assert stores.appeals.due_on(FIRST, "o1")
    assert stores.appeals.replace(replace(one, version=2, assignment=None))
    assert list(stores.appeals.due_on(FIRST, "o1")) == list(stores.appeals.officials_due(FIRST)) == []


def test_an_official_whose_id_begins_like_another(stores: Stores) -> None:
    stores.appeals.add(due(1, "o1", NOW))
    stores.appeals.add(due(2, "o11", NOW))
    assert [one.code for one in stores.appeals.due_on(FIRST, "o1")] == ["SQ0001"]


def test_roll_ups_come_back_whole_and_are_overwritten(stores: Stores) -> None:
    kept = stores.daily_tallies
    kept.put(daily())
    kept.put(daily(kind="", tally=Tally(attempts=1)))
    assert list(kept.between(FIRST, FIRST, ["o1"])) == [daily(kind="", tally=Tally(attempts=1)), daily()]
    changed = daily(tally=Tally(answers_due=3), holder="吴敏", source="poster-7")
    kept.put(changed)
    assert list(kept.between(FIRST, FIRST, ["o1"])) == [daily(kind="", tally=Tally(attempts=1)), changed]
    assert kept.forget([daily().id, "unknown"]) == 1
    assert kept.forget([]) == 0
    assert [one.kind for one in kept.between(FIRST, FIRST, ["o1"])] == [""]


def test_roll_ups_of_a_period_and_some_officials(stores: Stores) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 9), date(2026, 1, 10), date(2026, 11, 1)]
    for day in days:
        for official in ("o1", "o2", "o11"):
            stores.daily_tallies.put(daily(day, official))

    def found(first: date, last: date, *officials: str) -> list[tuple[date, str]]:
        return [(one.day, one.official_id) for one in stores.daily_tallies.between(first, last, officials)]

    assert found(days[0], days[-1], "o1") == [(day, "o1") for day in days]
    assert found(days[1], days[3], "o2", "o1") == [(day, o) for day in days[1:4] for o in ("o1", "o2")]
    assert found(days[1] + timedelta(days=1), days[3] - timedelta(days=1), "o1") == [(days[2], "o1")]
    assert found(days[0], days[-1]) == found(days[3], days[1], "o1") == found(days[0], days[-1], "o9") == []


def test_a_mark_is_kept(stores: Stores) -> None:
    assert stores.figure_marks.get("figures") is None
    for revision in (0, 1):
        mark = FigureMark("figures", hours(revision), SECOND, revision)
        stores.figure_marks.put(mark)
        assert stores.figure_marks.get("figures") == mark


def test_calls_recorded_in_a_time_and_of_an_official(stores: Stores) -> None:
    times = [NOW - MILLISECOND, NOW, NOW + MILLISECOND, hours(1)]
    for number, at in enumerate(times):
        stores.calls.add(Call(f"c{number}", "a1", f"o{number % 2}", CallOutcome.BUSY, at))

    def found(since: datetime, until: datetime | None, official: str = "") -> list[str]:
        return [call.id for call in stores.calls.recorded(since, until, official)]

    assert found(NOW, None) == ["c1", "c2", "c3"]
    assert found(NOW - MILLISECOND, NOW + MILLISECOND) == ["c0", "c1"]
    assert found(NOW - MILLISECOND, None, "o0") == ["c0", "c2"]
    assert found(NOW, NOW) == found(NOW, None, "o9") == []


def test_the_job_comes_to_the_same_on_every_engine(stores: Stores) -> None:
    world: Any = a_world(stores=stores)
    stores.rosters.put(a_roster())
    for official in OFFICIALS:
        stores.officials.put(official)
    for person in a_world().stores.accounts.kept.values():
        stores.accounts.add(person)
    one, two = submitted(world), submitted(world, official_id="roads")
    call = Call("c1", "resident", "education", CallOutcome.BUSY, world.clock.now())
    stores.calls.add(call)
    world.clock.advance(hours=1)
    stores.calls.add(replace(call, id="c2", outcome=CallOutcome.CALLED_BACK, at=world.clock.now()))
    answer(world, "zhou", sign(world, "zhou", one))
    world.clock.set(beijing("2026-03-06 10:00"))
    assert (roll_up(world), roll_up(world)) == (4, 0)
    sign(world, "xie", two)
    world.clock.set(beijing("2026-03-17 10:00"))
    assert (roll_up(world), roll_up(world)) == (2, 0)
    found = stores.daily_tallies.between(FIRST, date(2026, 3, 31), ["education", "roads"])
    assert {(daily.day.day, daily.official_id): daily.tally for daily in found} == {
        (2, "education"): Tally(attempts=1),
        (3, "education"): Tally(missed=1, returned=1),
        (5, "education"): Tally(contacts_due=1, contacted_in_time=1, responses=(Response(60),)),
        (5, "roads"): Tally(contacts_due=1, waiting=(beijing("2026-03-02 10:00"),)),
        (16, "education"): Tally(answers_due=1, answered_in_time=1, answered_in_raw_time=1, answered=1),
        (16, "roads"): Tally(answers_due=1),
    }
