"""Today: what came in, what was answered, what is due and what is late, live.

What it costs: one query beside what `gather` has read, and two more where the period does not hold today; none opens an
appeal. Submitted and answered today cost one index entry for each appeal of today. Everything that is open now costs
one index entry for each open appeal of the roster (with 3,000 a day and ten days each some 30,000, a third of a
second); nothing that is closed is ever looked at, however many years are kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from app.domain.appeal import State
from app.domain.officer import Officer
from app.domain.overview import Load, Standing, Today
from app.domain.roster import Official, Roster
from app.domain.workday import local_day
from app.domain.worklist import DUE_IN
from app.services.figures.flows import count_flow
from app.services.figures.sums import Gathered
from app.services.officers.access import CASE_READERS, need
from app.services.ports.flows import OpenAppeal
from app.services.world import World


def today(world: World, officer: Officer, gathered: Gathered) -> Today:
    """For the office's readers, of the roster that was gathered whatever its period. Raises NotPermitted."""
    need(officer, *CASE_READERS)
    now, slug = gathered.now, gathered.roster.slug
    day = local_day(now)
    flow = gathered.flow_on(day) or count_flow(world, slug, day)
    found = world.stores.passages.open_now(slug)
    groups, people = loads(gathered.roster, gathered.officials, found, now)
    known = {official.id for official in gathered.officials}
    return Today(
        day=day,
        submitted=flow.submitted,
        answered=flow.answered,
        standing=standing_of(found, now),
        groups=groups,
        officials=people,
        unassigned=Load("", "", *_sums([one for one in found if not one.official_id], now)),
        elsewhere=Load("", "", *_sums([one for one in found if one.official_id and one.official_id not in known], now)),
    )


def standing_of(found: Sequence[OpenAppeal], now: datetime) -> Standing:
    """The sums of what is open."""
    day = local_day(now)
    states = Counter(one.passage.state for one in found)
    return Standing(
        at=now,
        open=len(found),
        due_today=sum(is_due_today(one, now, day) for one in found),
        overdue=sum(is_overdue(one, now) for one in found),
        waiting_for_review=states[State.SUBMITTED],
        supervised=sum(one.passage.supervised for one in found),
        by_state={state: states[state] for state in State if states[state]},
        promise_broken=sum(one.passage.promise_broken for one in found),
    )


def loads(
    roster: Roster, officials: Sequence[Official], found: Sequence[OpenAppeal], now: datetime
) -> tuple[tuple[Load, ...], tuple[Load, ...]]:
    """By group (all of them) and by official (who has something open), in the roster's order."""
    by_official: dict[str, list[OpenAppeal]] = defaultdict(list)
    for one in found:
        by_official[one.official_id].append(one)
    by_group: dict[str, list[OpenAppeal]] = {group: [] for group in roster.groups}
    people = []
    for official in officials:
        own = by_official.get(official.id, [])
        by_group.setdefault(official.group, []).extend(own)
        if own:
            people.append(
                Load(official.id, official.name, *_sums(own, now), official.group, official.post, official.unit)
            )
    return tuple(Load(name, name, *_sums(own, now)) for name, own in by_group.items()), tuple(people)


def is_overdue(one: OpenAppeal, now: datetime) -> bool:
    return one.passage.state in DUE_IN and one.due_at is not None and one.due_at < now


def is_due_today(one: OpenAppeal, now: datetime, day: date) -> bool:
    """Later today; what is over counts as overdue."""
    return one.passage.state in DUE_IN and one.due_at is not None and now <= one.due_at and local_day(one.due_at) == day


def _sums(found: Sequence[OpenAppeal], now: datetime) -> tuple[int, int, int]:
    day = local_day(now)
    return len(found), sum(is_due_today(one, now, day) for one in found), sum(is_overdue(one, now) for one in found)
