"""Keeps the daily roll-ups up to date: what changed since the last mark, and the days that have passed meanwhile.

A day is counted when it is over in Beijing, for each official by himself, always anew from the appeals and calls that
fell due on it. So a run may be repeated, may be late by weeks, and always comes to what counting from scratch gives.
The work follows stored marks, not the hour at which the job happens to run.

The figures of a post are split by its tenures (figure_facts.shares_on says what belongs to whom); when a tenure is
written down anew, all days of the post are counted anew. Of a post without any recorded tenure, the holder is who held
it when the day was first counted. When the words of the categories change, everything is counted anew (docs/adr/0010).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from app.domain.appeal import Appeal
from app.domain.figure_facts import (
    Share,
    call_shares_on,
    calls_since,
    changed_at,
    days_touched,
    days_touched_by,
    facts_of,
    shares_on,
)
from app.domain.figures import Tally, total
from app.domain.roster import Official, Tenure
from app.domain.workday import ONE_DAY, WorkdayCalendar, at, local_day
from app.services.figures.categories import category_name, words_in_force
from app.services.ports.basics import Position, StoreAway
from app.services.ports.figures import DailyTally, FigureMark, MatterTally
from app.services.world import World

MARK = "figures"
MARGIN = timedelta(minutes=10)
"""Changes are looked at again for so long: a save may reach the database well after the time it carries, and a clock
of another machine may be behind."""
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
AT_ONCE = 200
MIDNIGHT = time(0)

Case = tuple[date, str]
"""A day and an official: what is counted at once."""
Held = Callable[[date], Tenure]
_ANYBODY = Tenure("")


def roll_up(world: World) -> int:
    """Brings the roll-ups up to now; how many of them changed.

    A day that cannot be counted raises an alert and stops no other; the mark then stays where it was, so that
    nothing is forgotten. Raises StoreAway.
    """
    now, calendar, marks = world.clock.now(), world.calendar(), world.stores.figure_marks
    yesterday = local_day(now) - ONE_DAY
    kept = marks.get(MARK)
    words = words_in_force(world)
    before = kept or FigureMark(MARK, BEGINNING, yesterday)
    since = min(before.changed_until, now) - MARGIN if kept and before.words == words else BEGINNING
    cases = _changed(world, since, calendar) | _changed_hands(world, since, yesterday)
    cases |= _passed(world, min(before.day, yesterday), yesterday, calendar)
    changed = failed = 0
    unfinished = before.unfinished
    for day, official_id in sorted(case for case in cases if case[0] <= yesterday):
        try:
            news, gone = _compare(world, day, official_id, calendar)
            if (news or gone) and not unfinished:
                unfinished = True  # else a crash after the writing would leave caches that never hear of it
                marks.put(replace(before, unfinished=True))
            changed += _write(world, news, gone)
        except StoreAway:
            raise
        except Exception as error:  # one day of one official must not stop the others
            failed += 1
            world.alerts.raise_alert(
                "figures_failed", day=day.isoformat(), official=official_id, error=type(error).__name__
            )
    after = before if failed else FigureMark(MARK, now, yesterday, words=words)
    if kept or unfinished or not failed:
        marks.put(replace(after, revision=before.revision + unfinished, unfinished=False))
    return changed


def count_anew(world: World, day: date, official_id: str) -> dict[tuple[str, str], Tally]:
    """The tallies by (kind, source) of one official and day, from the appeals and calls themselves."""
    found = _count(world, day, official_id, world.calendar(), lambda _: _ANYBODY)
    return {(kind, source): tally for (kind, source, _), (tally, _) in found.items()}


def _changed(world: World, since: datetime, calendar: WorkdayCalendar) -> set[Case]:
    """Whatever an appeal or a call that changed since then may count for."""
    cases: set[Case] = set()
    for appeal in _changed_appeals(world, since):
        cases |= days_touched(appeal, calendar)
    for call in world.stores.calls.recorded(since, None, ""):
        cases |= {(day, call.official_id) for day in days_touched_by(call, calendar)}
    return cases


def _changed_appeals(world: World, since: datetime) -> Iterator[Appeal]:
    after: Position = (since, "")
    while page := world.stores.appeals.changed_after(after, AT_ONCE):
        yield from page
        after = (changed_at(page[-1]), page[-1].code)


def _changed_hands(world: World, since: datetime, yesterday: date) -> set[Case]:
    """All counted days of the posts of which a tenure was written down since then."""
    officials = (one for roster in world.stores.rosters.all() for one in world.stores.officials.of_roster(roster.slug))
    posts = [one.id for one in officials if one.tenures_changed_at is not None and one.tenures_changed_at >= since]
    counted = world.stores.daily_tallies.between(local_day(BEGINNING), yesterday, posts)
    return {(daily.day, daily.official_id) for daily in counted}


def _passed(world: World, counted: date, last: date, calendar: WorkdayCalendar) -> set[Case]:
    """Everybody for whom something fell due on the days after `counted`, up to and with `last`."""
    cases: set[Case] = set()
    for number in range(1, (last - counted).days + 1):
        day = counted + number * ONE_DAY
        calls = world.stores.calls.recorded(*_window(day, calendar), "")
        officials = {*world.stores.appeals.officials_due(day), *(call.official_id for call in calls)}
        cases |= {(day, official_id) for official_id in officials}
    return cases


def _compare(
    world: World, day: date, official_id: str, calendar: WorkdayCalendar
) -> tuple[list[DailyTally], frozenset[str]]:
    """What counting anew brings that is not kept yet, and the ids of what is kept and no longer holds."""
    before = {daily.id: daily for daily in world.stores.daily_tallies.between(day, day, [official_id])}
    counted = next((Tenure(daily.holder, daily.since) for daily in before.values()), None)
    held = _holder(world.stores.officials.get(official_id), counted)
    found = {}
    for (kind, source, tenure), (tally, matters) in _count(world, day, official_id, calendar, held).items():
        since = (tenure.first.isoformat(),) if tenure.first else ()
        id = ":".join((official_id, day.isoformat(), kind, source, tenure.name, *since))
        found[id] = DailyTally(id, day, official_id, kind, source, tenure.name, tally, tenure.first, matters)
    return [daily for id, daily in found.items() if before.get(id) != daily], frozenset(before.keys() - found.keys())


def _write(world: World, news: list[DailyTally], gone: frozenset[str]) -> int:
    """How many roll-ups changed."""
    for daily in news:
        world.stores.daily_tallies.put(daily)
    if gone:
        world.stores.daily_tallies.forget(gone)
    return len(news) + len(gone)


def _holder(official: Official | None, counted: Tenure | None) -> Held:
    """Who held the post on a day. `counted`: as whose the day was counted before."""
    if official is not None and official.tenures:
        return official.tenure_on
    known = counted or (official.tenure if official else _ANYBODY)
    return lambda _: known


def _count(
    world: World, day: date, official_id: str, calendar: WorkdayCalendar, held: Held
) -> dict[tuple[str, str, Tenure], tuple[Tally, tuple[MatterTally, ...]]]:
    """By kind, source and holder, with the categories; of the tenure only name and beginning."""
    shares: list[tuple[str, str, str, Share]] = []
    for appeal in world.stores.appeals.due_on(day, official_id):
        own = (fact for fact in facts_of(appeal) if fact.official_id == official_id)
        parts = [share for fact in own for share in shares_on(day, fact, calendar)]
        matter = category_name(world, appeal) if any(share.tally.answers_due for share in parts) else ""
        shares += [(appeal.kind.value, appeal.source, matter, share) for share in parts]
    calls = world.stores.calls.recorded(*_window(day, calendar), official_id)
    shares += [("", "", "", share) for share in call_shares_on(day, calls, calendar)]
    found: dict[tuple[str, str, Tenure], list[tuple[str, Tally]]] = defaultdict(list)
    for kind, source, matter, share in shares:
        tenure = held(local_day(share.at))
        found[kind, source, Tenure(tenure.name, tenure.first)].append((matter, share.tally))
    sums = {key: (total(tally for _, tally in parts), _matters(parts)) for key, parts in found.items()}
    return {key: (tally, matters) for key, (tally, matters) in sums.items() if tally != Tally()}


def _matters(parts: list[tuple[str, Tally]]) -> tuple[MatterTally, ...]:
    """The answers due by category, in order of their names."""
    due: Counter[str] = Counter()
    in_time: Counter[str] = Counter()
    for matter, tally in parts:
        due[matter] += tally.answers_due
        in_time[matter] += tally.answered_in_time
    return tuple(MatterTally(matter, due[matter], in_time[matter]) for matter in sorted(due) if due[matter])


def _window(day: date, calendar: WorkdayCalendar) -> tuple[datetime, datetime]:
    """From when until when calls matter to a day; the end excluded."""
    return at(calls_since(day, calendar), MIDNIGHT), at(day + ONE_DAY, MIDNIGHT)
