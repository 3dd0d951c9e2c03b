"""Figures and evidence in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from app.domain.call_check import CallChecks
from app.domain.perfunctory import Flag, FlagReason
from app.domain.sampling import FrozenList
from app.domain.spot_check import Draw, Result
from app.services.ports.basics import Position
from app.services.ports.figures import DailyTally
from app.services.ports.flows import DayFlow
from tests.fakes.shelf import MemoryShelf, Outage


class MemoryDailyTallies(MemoryShelf[DailyTally]):
    def forget(self, ids: Any) -> int:
        gone = frozenset(ids)
        return super().forget(lambda daily: daily.id in gone)

    def between(self, first: date, last: date, official_ids: Iterable[str]) -> Sequence[DailyTally]:
        wanted = frozenset(official_ids)
        found = self.where(lambda daily: daily.official_id in wanted and first <= daily.day <= last)
        return sorted(found, key=attrgetter("day", "id"))


class MemoryDayFlows(MemoryShelf[DayFlow]):
    def between(self, roster: str, first: date, last: date) -> Sequence[DayFlow]:
        found = self.where(lambda flow: flow.roster == roster and first <= flow.day <= last)
        return sorted(found, key=attrgetter("day"))


class MemoryCallChecks(MemoryShelf[CallChecks]):
    def some(self, official_ids: Iterable[str]) -> Sequence[CallChecks]:
        wanted = frozenset(official_ids)
        return self.where(lambda checks: checks.id in wanted)

    def of_roster(self, roster: str) -> Sequence[CallChecks]:
        return self.where(lambda checks: checks.roster == roster)

    def unsuggested(self, limit: int) -> Sequence[CallChecks]:
        return sorted(self.where(lambda checks: bool(checks.unsuggested)), key=attrgetter("id"))[:limit]


class MemorySpotChecks:
    def __init__(self, outage: Outage) -> None:
        self.draws: MemoryShelf[Draw] = MemoryShelf(outage)
        self.lists: MemoryShelf[FrozenList] = MemoryShelf(outage)
        self.results: MemoryShelf[Result] = MemoryShelf(outage)

    def freeze(self, candidates: FrozenList) -> None:
        self.lists.put(candidates)

    def frozen(self, list_hash: str) -> FrozenList | None:
        return self.lists.get(list_hash)

    def add(self, draw: Draw) -> None:
        self.draws.add(draw)

    def get(self, draw_id: str) -> Draw | None:
        return self.draws.get(draw_id)

    def of_roster(self, roster: str, limit: int) -> Sequence[Draw]:
        own = self.draws.where(lambda draw: draw.roster == roster)
        return sorted(own, key=attrgetter("drawn_at"), reverse=True)[:limit]

    def add_result(self, result: Result) -> None:
        self.results.add(result)

    def results_of(self, draw_id: str) -> Sequence[Result]:
        return sorted(self.results.where(lambda result: result.draw_id == draw_id), key=attrgetter("at", "id"))


class MemoryPerfunctoryFlags(MemoryShelf[Flag]):
    def of_text(self, official_id: str, text_hash: str) -> Sequence[Flag]:
        def same(flag: Flag) -> bool:
            wanted = FlagReason.SAME_TEXT, official_id, text_hash
            return (flag.reason, flag.official_id, flag.text_hash) == wanted

        return sorted(self.where(same), key=attrgetter("found_at", "id"))

    def undecided(self, roster: str, after: Position | None, limit: int) -> Sequence[Flag]:
        waiting = self.where(lambda flag: flag.roster == roster and flag.decision is None)
        later = [flag for flag in waiting if after is None or (flag.found_at, flag.id) > after]
        return sorted(later, key=attrgetter("found_at", "id"))[:limit]

    def unsuggested(self, limit: int) -> Sequence[Flag]:
        found = self.where(lambda flag: flag.awaits_suggestion)
        return sorted(found, key=attrgetter("found_at", "id"))[:limit]

    def waiting(self, limit: int) -> Sequence[tuple[str, datetime]]:
        found = sorted(self.where(lambda flag: flag.decision is None), key=attrgetter("found_at"))
        return [(flag.roster, flag.found_at) for flag in found[:limit]]
