"""The figures that everybody may read: sums of the roll-ups, kept in this process and checked once a minute."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.domain.figures import Median, Tally, median_first_response, total
from app.domain.roster import Tenure
from app.domain.workday import ONE_DAY, local_day
from app.services.figures.tallies import MARK
from app.services.world import World

CHECKED_EVERY = timedelta(seconds=60)
USUAL_DAYS = 90
MOST_DAYS = 366
MOST_KEPT = 32


@dataclass(frozen=True)
class OfficialFigures:
    """Of one holder of a post: a successor begins with none."""

    holder: str
    tally: Tally
    first_response: Median


NO_CASES = OfficialFigures("", Tally(), Median(None, 0))


@dataclass(frozen=True)
class RosterFigures:
    """What fell due in the last `days` whole Beijing days, by official."""

    days: int
    by_official: Mapping[str, OfficialFigures] = field(repr=False)

    def of(self, official_id: str, holder: str) -> OfficialFigures:
        """The official's, if they are of this holder; else none at all."""
        found = self.by_official.get(official_id)
        return found if found and found.holder == holder else NO_CASES


@dataclass(frozen=True)
class _Kept:
    state: tuple[int, date, tuple[tuple[str, Tenure], ...]]
    """What the figures depend on: the roll-ups' revision, the day, and who holds which post."""
    checked_at: datetime
    figures: RosterFigures


class PublishedFigures:
    """One for each process. The same object is returned until a figure may have changed, so that what is rendered
    from it can be kept as well."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kept: OrderedDict[tuple[str, int], _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, slug: str, days: int = USUAL_DAYS) -> RosterFigures:
        """Of the last `days` days that are over, for the roster's officials. Raises StoreAway.

        While one thread reads anew, the others are given what there is: nobody waits who need not.
        """
        now = self._world.clock.now()
        kept = self._kept.get((slug, days))
        if kept and abs(now - kept.checked_at) < CHECKED_EVERY:
            return kept.figures
        if not self._lock.acquire(blocking=kept is None):
            assert kept is not None
            return kept.figures
        try:
            kept = self._check(slug, days, now)
            self._kept[slug, days] = kept
            self._kept.move_to_end((slug, days))
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        finally:
            self._lock.release()
        return kept.figures

    def _check(self, slug: str, days: int, now: datetime) -> _Kept:
        stores = self._world.stores
        kept = self._kept.get((slug, days))
        if kept and abs(now - kept.checked_at) < CHECKED_EVERY:
            return kept  # somebody was faster
        mark = stores.figure_marks.get(MARK)
        holders = {official.id: official.tenure for official in stores.officials.of_roster(slug)}
        state = (mark.revision if mark else 0, local_day(now), tuple(holders.items()))
        if kept and kept.state == state:
            return _Kept(state, now, kept.figures)
        return _Kept(state, now, self._sum(holders, days, now))

    def _sum(self, holders: dict[str, Tenure], days: int, now: datetime) -> RosterFigures:
        today, calendar = local_day(now), self._world.calendar()
        parts: dict[str, list[Tally]] = defaultdict(list)
        for daily in self._world.stores.daily_tallies.between(today - days * ONE_DAY, today - ONE_DAY, holders):
            present = holders[daily.official_id]
            if (daily.holder, daily.since) == (present.name, present.first):
                parts[daily.official_id].append(daily.tally)
        found = {}
        for official_id, tallies in parts.items():
            tally = total(tallies)
            median = median_first_response(tally, now, calendar)
            found[official_id] = OfficialFigures(holders[official_id].name, tally, median)
        return RosterFigures(days, found)
