"""One act on several appeals: one by one, each guarded as if it stood alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.appeal import Appeal
from app.domain.at_once import MOST_AT_ONCE
from app.domain.errors import InvalidInput, Reason, Refusal
from app.domain.officer import Officer, OfficeRole
from app.services.office import casework
from app.services.officers.access import need
from app.services.world import World


@dataclass(frozen=True)
class Outcome:
    """What became of one appeal: `refusal` is None when it was done."""

    appeal: Appeal
    refusal: Refusal | None = None


def chosen(world: World, officer: Officer, appeal_ids: Sequence[str]) -> list[Appeal]:
    """The appeals that were ticked, each once, without what is not there. Raises InvalidInput for more than fifty."""
    need(officer, OfficeRole.SUPERVISOR)
    ids = list(dict.fromkeys(appeal_ids))
    if len(ids) > MOST_AT_ONCE:
        raise InvalidInput(Reason.TOO_MANY_AT_ONCE, most=MOST_AT_ONCE)
    return list(world.stores.worklist.some(ids))


def act_on_several(officer: Officer, appeals: Sequence[Appeal], act: Callable[[Appeal], Appeal]) -> list[Outcome]:
    """What became of each of `appeals`, in their order. A refused one (somebody was faster, a rule says no) stops no
    other; a crash in between loses nothing, because what was done is done and the rest still lies where it lay."""
    need(officer, OfficeRole.SUPERVISOR)
    outcomes = []
    for appeal in appeals:
        try:
            outcomes.append(Outcome(act(appeal)))
        except Refusal as refusal:
            outcomes.append(Outcome(appeal, refusal))
    return outcomes


def merge_several(world: World, officer: Officer, appeals: Sequence[Appeal], parent_id: str, key: str) -> list[Outcome]:
    """Merges all of `appeals` into one of them: the one with `parent_id`, the oldest when it is empty. Raises
    InvalidInput when there is nothing to merge into it."""
    parent = next((one for one in appeals if one.id == parent_id), None) or _oldest(appeals)
    children = [one for one in appeals if parent is not None and one.id != parent.id]
    if parent is None or not children:
        raise InvalidInput(Reason.NOTHING_TO_MERGE)
    return act_on_several(
        officer, children, lambda child: casework.merge_into(world, officer, child.id, parent.id, key)
    )


def _oldest(appeals: Sequence[Appeal]) -> Appeal | None:
    return min(appeals, key=lambda one: (one.submitted_at, one.code), default=None)
