"""Keeps the counts of each day's flow up to date: what was submitted on it, how far that has come, what was answered.

Like the figures (services/figures/tallies.py): the work follows a stored mark, a day is always counted anew from the
appeals themselves, so a run may be repeated or late. A changed appeal touches the day of its submission and those of
its answers; counting a day anew reads one index entry for each appeal of that day and opens no document. Because of
it a year of a dashboard costs 366 small documents, whatever a day brought.

What a day is about (事项分类) stands in the texts, which have to be opened: that is done once more came in on the day
than was counted, since no text ever changes, and for all days when the words of the categories do (docs/adr/0010).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from app.domain.passage import Passage, flow_days
from app.domain.workday import ONE_DAY, at, local_day
from app.services.figures.categories import count_matters, words_in_force
from app.services.ports.figures import FigureMark
from app.services.ports.flows import DayFlow, Standing
from app.services.scanning import changed_since
from app.services.world import World

MARK = "flows"
MARGIN = timedelta(minutes=10)
"""Changes are looked at again for so long, as in services/figures/tallies.py."""
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
MIDNIGHT = time(0)


def roll_up_flows(world: World) -> int:
    """Brings the counts up to now; how many days changed. Raises StoreAway, and then nothing is forgotten."""
    now, marks = world.clock.now(), world.stores.figure_marks
    mark = marks.get(MARK)
    words = words_in_force(world)
    anew = mark is None or mark.words != words
    since = BEGINNING if mark is None or anew else min(mark.changed_until, now) - MARGIN
    touched: dict[tuple[str, date], None] = {}
    for appeal in changed_since(world, since):
        touched |= dict.fromkeys((appeal.roster, day) for day in flow_days(appeal))
    changed = sum(_recount(world, roster, day, anew) for roster, day in sorted(touched))
    revision = (mark.revision if mark else 0) + bool(changed)
    marks.put(FigureMark(MARK, now, local_day(now), revision, words))
    return changed


def count_flow(world: World, roster: str, day: date) -> DayFlow:
    """The flow of one Beijing day from the appeals themselves, but for what it is about: two reads, one index entry
    for each appeal."""
    begin, end = at(day, MIDNIGHT), at(day + ONE_DAY, MIDNIGHT)
    passages = world.stores.passages
    standings = standings_of(Counter(passages.submitted(roster, begin, end)))
    return DayFlow(f"{roster} {day.isoformat()}", roster, day, standings, passages.answered(roster, begin, end))


def standings_of(passages: Counter[Passage]) -> tuple[Standing, ...]:
    """In a fixed order, whether or not somebody supervises them."""
    counts: Counter[tuple[str, ...]] = Counter()
    found: dict[tuple[str, ...], Passage] = {}
    for passage, count in passages.items():
        key = (passage.kind.value, passage.state.value, passage.stage.value)
        counts[key] += count
        found[key] = passage
    return tuple(Standing(one.kind, one.state, one.stage, counts[key]) for key, one in sorted(found.items()))


def _recount(world: World, roster: str, day: date, anew: bool) -> bool:
    """`anew`: the categories too, whether or not something came in."""
    flow = count_flow(world, roster, day)
    kept = world.stores.day_flows.get(flow.id)
    matters = kept.matters if kept else ()
    if anew or sum(matter.count for matter in matters) != flow.submitted:
        matters = count_matters(world, roster, day)
    flow = replace(flow, matters=matters)
    if kept == flow:
        return False
    world.stores.day_flows.put(flow)
    return True
