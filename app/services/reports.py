"""Making reports: the same data for page, table and document, from one place, each period once."""

from __future__ import annotations

import json
from collections import Counter
from datetime import time
from typing import Any

from app.domain.appeal import Appeal
from app.domain.figures import (
    Rate,
    Tally,
    connection_rate,
    in_person_rate,
    on_time_rate,
    raw_on_time_rate,
    resolution_rate,
    response_rate,
    satisfaction_rate,
    total,
)
from app.domain.reporting import Period, Report, ReportKind, due_periods, report_id
from app.domain.roster import Official, Roster
from app.domain.workday import ONE_DAY, at
from app.services.figures import roll_up
from app.services.hot_topics import hot_topics
from app.services.ports import Duplicate, StoreAway
from app.services.scanning import submitted_between
from app.services.world import World

RATES = {
    "response": response_rate,
    "on_time": on_time_rate,
    "raw_on_time": raw_on_time_rate,
    "resolution": resolution_rate,
    "satisfaction": satisfaction_rate,
    "connection": connection_rate,
    "in_person": in_person_rate,
}
MOST_TOPICS = 10


def make_reports(world: World) -> int:
    """Makes what is due for every roster whose policy asks for it; how many reports were made."""
    roll_up(world)
    made = 0
    for roster in world.stores.rosters.all():
        for kind in ReportKind:
            if kind.value not in roster.policy.reports:
                continue
            try:
                made += _make_due(world, roster, kind)
            except StoreAway:
                raise
            except Exception as error:  # one roster's report must not stop the others
                world.alerts.raise_alert("report_failed", roster=roster.slug, kind=kind.value, error=repr(error))
    return made


def _make_due(world: World, roster: Roster, kind: ReportKind) -> int:
    newest = world.stores.reports.newest(roster.slug, kind, 1)
    now = world.clock.now()
    made = 0
    for period in due_periods(kind, newest[0].period if newest else None, now):
        content = json.dumps(compose(world, roster, period), ensure_ascii=False, sort_keys=True)
        id = report_id(roster.slug, period)
        try:
            world.stores.reports.add(Report(id, roster.slug, kind, period.first, period.last, now, content))
        except Duplicate:
            continue  # another process was faster
        made += 1
    return made


def compose(world: World, roster: Roster, period: Period) -> dict[str, Any]:
    """The data of a period: what came in, what fell due and how it was met, by group and official, and what people
    write about. Rates carry their number of cases; below ten there is no rate (rule 4)."""
    begin, end = at(period.first, time(0)), at(period.last + ONE_DAY, time(0))
    appeals = list(submitted_between(world, roster.slug, begin, end))
    officials = list(world.stores.officials.of_roster(roster.slug))
    tallies = _tallies(world, period, officials)
    topics = hot_topics(world, roster.slug, begin, end, lambda _: True, most=MOST_TOPICS)
    return {
        "roster": roster.name,
        "submitted": _counts(appeals),
        "figures": _figures(total(tallies.values())),
        "groups": [
            {"name": group, **_figures(total(tallies[o.id] for o in officials if o.group == group))}
            for group in roster.groups
        ],
        "officials": [
            {"id": official.id, "name": official.name, "post": official.post, "unit": official.unit, **_figures(tally)}
            for official in officials
            if (tally := tallies[official.id]) != Tally()
        ],
        "topics": [
            {"text": topic.term.text, "kind": topic.term.kind.value, "now": topic.now, "before": topic.before}
            for topic in topics
        ],
    }


def _counts(appeals: list[Appeal]) -> dict[str, Any]:
    return {
        "all": len(appeals),
        "by_kind": dict(Counter(appeal.kind.value for appeal in appeals)),
        "by_state": dict(Counter(appeal.state.value for appeal in appeals)),
        "by_source": dict(Counter(appeal.source for appeal in appeals if appeal.source)),
    }


def _tallies(world: World, period: Period, officials: list[Official]) -> dict[str, Tally]:
    parts: dict[str, list[Tally]] = {official.id: [] for official in officials}
    for daily in world.stores.daily_tallies.between(period.first, period.last, parts):
        parts[daily.official_id].append(daily.tally)
    return {official_id: total(tallies) for official_id, tallies in parts.items()}


def _figures(tally: Tally) -> dict[str, Any]:
    return {name: _rate(rate(tally)) for name, rate in RATES.items()}


def _rate(rate: Rate) -> dict[str, Any]:
    return {"rate": rate.public, "cases": rate.cases}
