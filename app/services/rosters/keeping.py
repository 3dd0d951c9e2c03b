"""Keeping the officials of a roster at the console: written down, changed, ordered, regrouped, published.

Who may: editors and admins. Every change stands on the audit log, then in the roster's history (log.py), which
is what caches and later editors go by. `seen` is the version of the roster that a form was filled from
(`edition.roster.version`): when somebody has changed the same official since, the form is refused with
Conflict(ROSTER_CHANGED) and who changed what. `given` is as roster_content.official_content gives it, and may hold only
what is to be changed; what is wrong comes as InvalidInput with sentences by field in `detail["fields"]`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain import edition as editions
from app.domain.edition import Edition
from app.domain.officer import Officer
from app.domain.roster import Official
from app.domain.roster_history import Act, content, written
from app.services.officers.access import need
from app.services.rosters.content import key_of, official_content
from app.services.rosters.content_reader import Reader
from app.services.rosters.file import read_key
from app.services.rosters.forms import (
    KEEPERS,
    corrected,
    free_key,
    keep_official,
    new_id,
    read_in,
    refuse_if_touched,
    refuse_late_start,
    refuse_problems,
    refuse_twin,
    wrong,
)
from app.services.rosters.log import edition_of, keep
from app.services.world import World


def edition_to_keep(world: World, officer: Officer, slug: str) -> Edition:
    """The roster and all its officials, published or not, in order: what the console's pages are made from."""
    need(officer, *KEEPERS)
    return edition_of(world, slug)


def create_official(world: World, officer: Officer, slug: str, given: Mapping[str, Any], note: str = "") -> Official:
    """A new one, the last of the group; `key` may be given, else it is the next number. Published only when
    `is_published` is given as True.

    The same person in the same post of the same unit is refused, so that a form sent twice makes one.
    """
    need(officer, *KEEPERS)
    made: list[str] = []

    def rule(edition: Edition) -> Edition:
        new = replace(read_in(edition, given), is_published=given.get("is_published") is True)
        refuse_late_start(world, new)
        refuse_twin(edition, new)
        id = new_id(edition, _key(edition, given))
        made[:] = [id]
        return editions.added(edition, replace(new, id=id))

    subject = str(given.get("name") or "")
    edition, _ = keep(world, officer, slug, Act.CREATE_OFFICIAL, rule, note, subject)
    return edition.official(made[0])


def edit_official(
    world: World,
    officer: Officer,
    id: str,
    given: Mapping[str, Any],
    seen: int,
    *,
    corrects_name: bool = False,
    note: str = "",
) -> Official:
    """The official with what is given changed, except whether it is published (`publish_official`). Another name is
    refused unless `corrects_name`: a new holder comes by holders.replace_holder, which keeps the figures apart and ends
    the predecessor's access."""
    need(officer, *KEEPERS)

    def rule(edition: Edition) -> Edition:
        refuse_if_touched(world, edition, seen, id)
        known = edition.official(id)
        changed = read_in(edition, {**official_content(known), **given}, given)
        if changed.name != known.name and not corrects_name:
            raise wrong(name="要更换负责人，请点“更换负责人”；只是更正写错的字，请勾选“更正姓名”")
        tenures = corrected(known, changed.name, changed.tenure.first).tenures
        kept = replace(changed, id=id, is_published=known.is_published, tenures=tenures)
        refuse_late_start(world, kept)
        return editions.changed(edition, written(known, content(kept)))

    return keep_official(world, officer, id, Act.EDIT_OFFICIAL, rule, note)


def order_officials(world: World, officer: Officer, slug: str, ids: Sequence[str], note: str = "") -> Edition:
    """These officials (all, or those of a group) in this order, as they were dragged."""
    need(officer, *KEEPERS)
    return keep(world, officer, slug, Act.ORDER_OFFICIALS, lambda edition: editions.ordered(edition, ids), note)[0]


def publish_official(world: World, officer: Officer, id: str, note: str = "") -> Official:
    """Shown to everybody with the next request."""
    return _set_published(world, officer, id, True, note)


def unpublish_official(world: World, officer: Officer, id: str, note: str = "") -> Official:
    """Gone with the very next request, in every cache. Appeals stay with the post."""
    return _set_published(world, officer, id, False, note)


def _set_published(world: World, officer: Officer, id: str, published: bool, note: str) -> Official:
    need(officer, *KEEPERS)

    def rule(edition: Edition) -> Edition:
        return editions.changed(edition, replace(edition.official(id), is_published=published))

    act = Act.PUBLISH_OFFICIAL if published else Act.UNPUBLISH_OFFICIAL
    return keep_official(world, officer, id, act, rule, note)


def _key(edition: Edition, given: Mapping[str, Any]) -> str:
    if not given.get("key"):
        return free_key(key_of(official) for official in edition.officials)
    reader = Reader(given)
    key = read_key(reader)
    refuse_problems(reader)
    return key
