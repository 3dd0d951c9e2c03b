"""Figures for the office: what fell due in a period, summed by whatever somebody wants to compare."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from enum import StrEnum

from app.domain.errors import InvalidInput, NotFound, Reason
from app.domain.figures import Tally, total
from app.domain.roster import Official
from app.services.ports.figures import DailyTally
from app.services.world import World

MOST_DAYS = 1100


class By(StrEnum):
    """What the figures are summed by; `holder` splits a post by who held it since when (任期): its keys are the
    post's id, the holder's name and, where it is recorded, the first day of the tenure."""

    OFFICIAL = "official"
    HOLDER = "holder"
    UNIT = "unit"
    GROUP = "group"
    KIND = "kind"
    SOURCE = "source"
    DAY = "day"


def figures_by(world: World, roster: str, first: date, last: date, by: By) -> dict[str, Tally]:
    """The tallies of what fell due from the first to the last Beijing day, by key in alphabetical order.

    Raises NotFound(NO_SUCH_ROSTER), InvalidInput for a period that ends before it begins or is longer than three years.
    """
    if world.stores.rosters.get(roster) is None:
        raise NotFound(Reason.NO_SUCH_ROSTER)
    if last < first or (last - first).days > MOST_DAYS:
        raise InvalidInput(Reason.BAD_REQUEST, field="last")
    officials = {official.id: official for official in world.stores.officials.of_roster(roster)}
    parts: dict[str, list[Tally]] = defaultdict(list)
    for daily in world.stores.daily_tallies.between(first, last, officials):
        parts[_key(by, daily, officials[daily.official_id])].append(daily.tally)
    return {key: total(parts[key]) for key in sorted(parts)}


def _key(by: By, daily: DailyTally, official: Official) -> str:
    match by:
        case By.OFFICIAL:
            return official.id
        case By.HOLDER:
            since = f" {daily.since.isoformat()}" if daily.since else ""
            return f"{official.id} {daily.holder}{since}"
        case By.UNIT:
            return official.unit
        case By.GROUP:
            return official.group
        case By.KIND:
            return daily.kind
        case By.SOURCE:
            return daily.source
        case By.DAY:
            return daily.day.isoformat()
