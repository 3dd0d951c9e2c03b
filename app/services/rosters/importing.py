"""Storing a roster from a file: nothing is stored while there is a mistake in it, and the same file changes nothing.

An official who is no longer in the file is unpublished, not deleted, because appeals point to the post. Another name in
the same entry is a new holder, since the day that the file says, or since today: whoever corrects a misspelt name does
it in the console, because here the predecessor would go on acting for the post.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain.edition import Edition, corrected, settled, succeeded
from app.domain.errors import InvalidInput
from app.domain.roster import Official, Roster
from app.domain.roster_history import Act, content, written
from app.domain.workday import local_day
from app.services.rosters.content_reader import Problem
from app.services.rosters.defaults import with_deadlines
from app.services.rosters.file import RosterFileError, parse_roster
from app.services.rosters.log import commit
from app.services.world import World


@dataclass(frozen=True)
class Imported:
    slug: str
    officials: int
    changed: int
    """Officials that are new, different, moved or no longer published; zero when the file held nothing new."""


def import_roster(world: World, file: Mapping[str, Any]) -> Imported:
    """Stores the roster and its officials, all of it or nothing, as one change of its history. Raises
    RosterFileError."""
    roster, officials = parse_roster(with_deadlines(world, file))
    today = local_day(world.clock.now())

    def rule(edition: Edition | None) -> Edition:
        return _merged(edition, roster, officials, today)

    _, made = commit(world, None, roster.slug, Act.IMPORT_ROSTER, rule)
    return Imported(roster.slug, len(officials), len(made.touched) if made else 0)


def _merged(edition: Edition | None, roster: Roster, officials: list[Official], today: date) -> Edition:
    if edition is None:
        return settled(roster, officials)
    stored = edition.roster
    kept = replace(
        roster, is_published=stored.is_published, version=stored.version, revision=stored.revision
    )  # what a file does not tell of
    known = {official.id: official for official in edition.officials}
    listed = {official.id for official in officials}
    gone = [replace(one, is_published=False) for one in edition.officials if one.id not in listed]
    return settled(kept, [*(_after(known.get(one.id), one, today) for one in officials), *gone])


def _after(known: Official | None, new: Official, today: date) -> Official:
    """What a file does not tell of, the duty calendar and former holders, stays."""
    if known is None:
        return new
    since = new.tenure.first
    try:
        if new.name == known.name:
            holder = corrected(known, new.name, since or known.tenure.first)
        else:
            holder = succeeded(known, new.name, since or today)
    except InvalidInput:
        raise RosterFileError([Problem(new.id, "since 要晚于前一任的到任日期")]) from None
    return written(known, content(replace(new, tenures=holder.tenures)))
