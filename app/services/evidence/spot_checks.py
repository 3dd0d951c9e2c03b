"""Spot checks (抽查): freeze the candidates, draw, store, and only then show; afterwards results may be added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count

from app.domain.appeal import State
from app.domain.errors import Conflict, NotFound, Reason
from app.domain.sampling import Candidate, freeze
from app.domain.spot_check import Draw, Mismatch, Result, Verdict, add_result, verify
from app.domain.spot_check import draw as drawn_from
from app.services.ports.basics import Duplicate
from app.services.scanning import answered_between
from app.services.world import World

DRAWN_FROM = frozenset({State.ANSWERED, State.CONCLUDED})
LISTED = 100
ATTEMPTS = 5


def draw(
    world: World, roster: str, begin: datetime, end: datetime, size: int, public_text: str, source: str, by: str
) -> Draw:
    """Draws `size` of the roster's appeals whose newest answer lies in begin <= answer < end, as `by` asked.

    The list of candidates is stored first, then the draw; what is returned is stored. The very same request again gives
    the draw there is; any other one for the same period is stored as the next number, so that trying until the sample
    pleases leaves its trace. Raises NotFound, InvalidInput, RuleBroken(NOTHING_TO_DRAW).
    """
    if world.stores.rosters.get(roster) is None:
        raise NotFound(Reason.NO_SUCH_ROSTER)
    frozen = freeze(_candidates(world, roster, begin, end))
    for number in count(1):
        drawn = drawn_from(frozen, roster, begin, end, number, size, public_text, source, by, world.clock.now())
        earlier = world.stores.spot_checks.get(drawn.id)
        if earlier is None:
            world.stores.spot_checks.freeze(frozen)
            try:
                world.stores.spot_checks.add(drawn)
            except Duplicate:
                earlier = world.stores.spot_checks.get(drawn.id)
            else:
                return drawn
        if earlier is not None and _same_request(earlier, drawn):
            return earlier
    raise AssertionError("counting never ends")


def draws(world: World, roster: str) -> Sequence[Draw]:
    """The roster's newest draws, newest first."""
    return world.stores.spot_checks.of_roster(roster, LISTED)


def read(world: World, draw_id: str) -> tuple[Draw, Sequence[Result]]:
    """A draw and all its results, corrections included, oldest first; `spot_check.standing` says which ones stand."""
    found = world.stores.spot_checks.get(draw_id)
    if found is None:
        raise NotFound(Reason.NO_SUCH_DRAW)
    return found, world.stores.spot_checks.results_of(draw_id)


def candidate_list(world: World, draw_id: str) -> str:
    """The frozen list exactly as it was hashed, for those who recompute the draw themselves."""
    found, _ = read(world, draw_id)
    frozen = world.stores.spot_checks.frozen(found.list_hash)
    return frozen.text if frozen else ""


def recheck(world: World, draw_id: str) -> tuple[Mismatch, ...]:
    """Recomputes a stored draw from its stored list; empty when everything follows from it."""
    return mismatches(world, read(world, draw_id)[0])


def mismatches(world: World, found: Draw) -> tuple[Mismatch, ...]:
    """The same for a draw that was read already."""
    frozen = world.stores.spot_checks.frozen(found.list_hash)
    return verify(found, frozen.candidates if frozen else ())


def record_result(
    world: World, draw_id: str, appeal_id: str, verdict: Verdict, text: str, by: str, corrects: str = ""
) -> Result:
    """Adds what the check of one appeal found. `corrects`: the id of its first result, when that was wrong.

    Raises NotFound(NO_SUCH_DRAW, NOT_IN_THE_SAMPLE, NO_SUCH_RESULT), RuleBroken(ALREADY_CHECKED), InvalidInput.
    """
    for _ in range(ATTEMPTS):
        found, known = read(world, draw_id)
        result = add_result(found, known, appeal_id, verdict, text, by, world.clock.now(), corrects)
        try:
            world.stores.spot_checks.add_result(result)
        except Duplicate:
            continue
        return result
    raise Conflict(Reason.CHANGED_MEANWHILE)


def _candidates(world: World, roster: str, begin: datetime, end: datetime) -> Iterator[Candidate]:
    groups = {official.id: official.group for official in world.stores.officials.of_roster(roster)}
    for appeal in answered_between(world, roster, begin, end):
        if appeal.state in DRAWN_FROM:
            yield Candidate(appeal.id, groups.get(appeal.assignee_id, ""), appeal.kind)


def _same_request(earlier: Draw, drawn: Draw) -> bool:
    asked = ("size", "public_text", "source", "list_hash", "drawn_by")
    return all(getattr(earlier, name) == getattr(drawn, name) for name in asked)
