"""Storing a roster from a file: nothing is stored while there is a mistake in it, and the same file changes nothing.

An official who is no longer in the file is unpublished, not deleted, because appeals point to the post.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.roster import Official
from app.services.roster_file import parse_roster
from app.services.world import World


@dataclass(frozen=True)
class Imported:
    slug: str
    officials: int
    changed: int
    """Officials that are new, different or no longer published; zero when the file held nothing new."""


def import_roster(world: World, content: Mapping[str, Any]) -> Imported:
    """Stores the roster and its officials. Officials go first and the roster's revision last, so that a cache that sees
    the new revision sees them all. Raises RosterFileError."""
    roster, officials = parse_roster(content)
    stores = world.stores
    known = {official.id: official for official in stores.officials.of_roster(roster.slug)}
    changes = [official for official in officials if not _same(known.get(official.id), official)]
    listed = {official.id for official in officials}
    gone = [replace(o, is_published=False) for o in known.values() if o.id not in listed and o.is_published]
    for official in [*changes, *gone]:
        before = known.get(official.id)
        stores.officials.put(_after(before, official))
    existing = stores.rosters.get(roster.slug)
    if existing is None:
        stores.rosters.put(roster)
    elif changes or gone or replace(existing, revision=roster.revision) != roster:
        stores.rosters.put(replace(roster, revision=existing.revision + 1))
    return Imported(roster.slug, len(officials), len(changes) + len(gone))


def _same(known: Official | None, new: Official) -> bool:
    return known is not None and replace(known, version=new.version, delegations=new.delegations) == new


def _after(known: Official | None, new: Official) -> Official:
    """What a file does not tell of, the duty calendar, stays as the official set it."""
    return replace(new, version=known.version + 1, delegations=known.delegations) if known else new
