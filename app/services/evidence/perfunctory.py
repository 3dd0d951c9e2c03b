"""Perfunctory answers (应付了事): the job that looks for them, and the person who decides what it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.domain import perfunctory
from app.domain.appeal import Appeal
from app.domain.errors import NotFound, Reason
from app.domain.perfunctory import WINDOW, AnswerSeen, Flag, FlagDecision, answers_of, joined, joins, same_text_flag
from app.services.ports.basics import Duplicate, Position, StoreAway
from app.services.ports.evidence import Mark
from app.services.saving import change
from app.services.scanning import answered_between
from app.services.world import World

SETTLED_AFTER = timedelta(minutes=5)
"""An answer's time is taken before it is saved: what is younger may still be missing from a scan."""
EVIDENCE = 100
"""Newest appeals with the same text that are looked at for a new flag; later ones join it."""
MARK_EVERY = 200
PAGE = 50


def find(world: World) -> int:
    """Looks at all answers since the mark, roster by roster; how many flags are new or grew.

    Repeating any part finds nothing twice: ids of flags follow from what they point at. One answer that fails stops no
    other; it raises an alert. The first run goes back 90 days.
    """
    return sum(_find(world, roster.slug) for roster in world.stores.rosters.all())


def undecided(world: World, roster: str, after: Position | None = None) -> Sequence[Flag]:
    """Flags that wait for a person, oldest first, 50 at most; go on with `after` = (found_at, id) of the last one."""
    return world.stores.perfunctory_flags.undecided(roster, after, PAGE)


def decide(world: World, flag_id: str, decision: FlagDecision, text: str, by: str, by_id: str = "") -> Flag:
    """A person confirms or dismisses, with words. NotFound(NO_SUCH_FLAG), RuleBroken(FLAG_DECIDED), InvalidInput."""
    now = world.clock.now()
    missing = NotFound(Reason.NO_SUCH_FLAG)
    return change(
        world.stores.perfunctory_flags,
        flag_id,
        lambda flag: perfunctory.decide(flag, decision, text, by, now, by_id),
        missing,
    )


def _find(world: World, roster: str) -> int:
    now = world.clock.now()
    mark = world.stores.marks.get(f"perfunctory:{roster}") or Mark(f"perfunctory:{roster}", now - WINDOW)
    end = now - SETTLED_AFTER
    found = 0
    for number, appeal in enumerate(answered_between(world, roster, mark.at, end), 1):
        try:
            found += _look(world, appeal, now)
        except StoreAway:
            raise  # the runner postpones the run; the mark says where it goes on
        except Exception as error:  # one answer that cannot be looked at must not hide the others
            world.alerts.raise_alert("perfunctory_failed", appeal=appeal.id, error=type(error).__name__)
        if number % MARK_EVERY == 0:
            world.stores.marks.put(replace(mark, at=appeal.answers[-1].at))
    if end > mark.at:
        world.stores.marks.put(replace(mark, at=end))
    return found


def _look(world: World, appeal: Appeal, now: datetime) -> int:
    """Looks at all answers of the appeal: its place in the scan is its newest answer's, so that an older one of a
    reopened appeal may not have been met."""
    found = 0
    for answer in answers_of(appeal):
        found += _note_short(world, answer, appeal.roster, now)
        if answer.key:
            found += _note_same(world, answer, appeal, now)
    return found


def _note_short(world: World, answer: AnswerSeen, roster: str, now: datetime) -> bool:
    flag = perfunctory.short_flag(answer, roster, now)
    return flag is not None and world.stores.perfunctory_flags.get(flag.id) is None and _added(world, flag)


def _note_same(world: World, answer: AnswerSeen, appeal: Appeal, now: datetime) -> bool:
    known = world.stores.perfunctory_flags.of_text(answer.official_id, answer.text_hash)
    if any(answer.appeal_id in flag.appeal_ids for flag in known):
        return False
    for flag in known:
        if joins(flag, answer) and _join(world, flag, answer):
            return True
    newest = appeal.answers[-1].at
    others = world.stores.appeals.with_answer(answer.key, answer.at - WINDOW, newest, EVIDENCE)
    seen = [seen for other in others for seen in answers_of(other)]
    found = same_text_flag(answer, seen, known, appeal.roster, now)
    return found is not None and _added(world, found)


def _join(world: World, flag: Flag, answer: AnswerSeen) -> bool:
    """False when a person decided at this very moment."""
    flags, missing = world.stores.perfunctory_flags, NotFound(Reason.NO_SUCH_FLAG)
    return answer.appeal_id in change(flags, flag.id, lambda now: joined(now, answer), missing, 10).appeal_ids


def _added(world: World, flag: Flag) -> bool:
    try:
        world.stores.perfunctory_flags.add(flag)
    except Duplicate:
        return False
    return True
