"""Spot checks, flags of perfunctory answers, and the marks of jobs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app.domain.call_check import CallChecks
from app.domain.perfunctory import Flag, FlagReason
from app.domain.sampling import FrozenList
from app.domain.spot_check import Draw, Result
from app.services.ports.basics import Position
from app.services.ports.evidence import Mark
from app.store.derived import from_ms, in_ms
from app.store.shelf import Shelf, after_position

OLDEST_FIRST = [("found_ms", 1), ("code", 1)]


class MongoSpotChecks:
    """Implements app.services.ports.evidence.SpotChecks: of the shelves only adding and reading can be reached."""

    def __init__(self, draws: Shelf[Draw], lists: Shelf[FrozenList], results: Shelf[Result]) -> None:
        self._draws = draws
        self._lists = lists
        self._results = results

    def freeze(self, candidates: FrozenList) -> None:
        self._lists.put(candidates)  # under its own hash, so that it overwrites itself at most

    def frozen(self, list_hash: str) -> FrozenList | None:
        return self._lists.get(list_hash)

    def add(self, draw: Draw) -> None:
        self._draws.add(draw)

    def get(self, draw_id: str) -> Draw | None:
        return self._draws.get(draw_id)

    def of_roster(self, roster: str, limit: int) -> Sequence[Draw]:
        return self._draws.many({"roster": roster}, [("drawn_ms", -1)], limit)

    def add_result(self, result: Result) -> None:
        self._results.add(result)

    def results_of(self, draw_id: str) -> Sequence[Result]:
        return sorted(self._results.many({"draw_id": draw_id}), key=lambda result: (result.at, result.id))


class MongoPerfunctoryFlags(Shelf[Flag]):
    """Implements app.services.ports.evidence.PerfunctoryFlags."""

    def of_text(self, official_id: str, text_hash: str) -> Sequence[Flag]:
        query = {"official_id": official_id, "text_hash": text_hash, "reason": FlagReason.SAME_TEXT.value}
        return self.many(query, OLDEST_FIRST)

    def undecided(self, roster: str, after: Position | None, limit: int) -> Sequence[Flag]:
        query = {"roster": roster, "undecided": True, **after_position("found_ms", after, 1)}
        return self.many(query, OLDEST_FIRST, limit)

    def unsuggested(self, limit: int) -> Sequence[Flag]:
        return self.many({"unsuggested": True}, OLDEST_FIRST, limit)

    def waiting(self, limit: int) -> Sequence[tuple[str, datetime]]:
        fields = {"_id": 0, "roster": 1, "found_ms": 1}
        found = self.raw({"undecided": True}, fields, [("found_ms", 1)], limit)
        return [(one["roster"], from_ms(one["found_ms"])) for one in found]


class MongoCallChecks(Shelf[CallChecks]):
    """Implements app.services.ports.evidence.CallChecksKept."""

    def some(self, official_ids: Iterable[str]) -> Sequence[CallChecks]:
        wanted = sorted(set(official_ids))
        return self.many({"_id": {"$in": wanted}}) if wanted else []

    def of_roster(self, roster: str) -> Sequence[CallChecks]:
        return self.many({"roster": roster})

    def unsuggested(self, limit: int) -> Sequence[CallChecks]:
        return self.many({"unsuggested": True}, [("code", 1)], limit)


class MongoMarks(Shelf[Mark]):
    """Implements app.services.ports.evidence.Marks."""


def of_draw(draw: Draw) -> dict[str, Any]:
    return {"drawn_ms": in_ms(draw.drawn_at)}


def of_call_checks(checks: CallChecks) -> dict[str, Any]:
    """As `of_flag`."""
    found = {"code": checks.id}
    return {**found, "unsuggested": True} if checks.unsuggested else found


def of_flag(flag: Flag) -> dict[str, Any]:
    """`code` is the id again: no compound index may contain `_id`. `unsuggested` stands only where it is true."""
    found = {"found_ms": in_ms(flag.found_at), "code": flag.id, "undecided": flag.decision is None}
    return {**found, "unsuggested": True} if flag.awaits_suggestion else found
