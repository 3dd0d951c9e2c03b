"""Keeping the roster itself at the console: its words, its policy, its groups, and whether it is published.

Who may, what `seen` and `given` mean, and how refusals look: as in keeping.py, with
roster_content.roster_content for `given`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain import edition as editions
from app.domain.edition import Edition
from app.domain.officer import Officer
from app.domain.roster import Roster
from app.domain.roster_history import Act
from app.services.officers.access import need
from app.services.rosters.content import roster_content
from app.services.rosters.content_reader import Reader
from app.services.rosters.defaults import with_deadlines
from app.services.rosters.file import read_roster
from app.services.rosters.forms import KEEPERS, refuse_if_touched, refuse_problems, wrong
from app.services.rosters.log import commit, keep
from app.services.world import World


def create_roster(world: World, officer: Officer, given: Mapping[str, Any], note: str = "") -> Roster:
    """A new roster without officials, not published yet. The slug is part of addresses and never changes."""
    need(officer, *KEEPERS)
    reader = Reader(with_deadlines(world, given))
    roster = replace(read_roster(reader), is_published=False)
    refuse_problems(reader)

    def rule(edition: Edition | None) -> Edition:
        if edition is not None:
            raise wrong(slug="已有这个标识的名册，请换一个")
        return Edition(roster, ())

    return commit(world, officer, roster.slug, Act.CREATE_ROSTER, rule, note)[0].roster


def edit_roster(
    world: World, officer: Officer, slug: str, given: Mapping[str, Any], seen: int, note: str = ""
) -> Roster:
    """The roster's own fields with what is given changed. `publication`, `policy` and its `deadlines` may be given in
    part; operators, places, reports and hours are given whole (None: no hours, no campaign). Groups: `set_groups`."""
    need(officer, *KEEPERS)

    def rule(edition: Edition) -> Edition:
        refuse_if_touched(world, edition, seen, "")
        known = edition.roster
        fixed = {"slug": slug, "groups": _named(known.groups)}
        return editions.settled(_with(known, _joined(roster_content(known), given) | fixed, given), edition.officials)

    return keep(world, officer, slug, Act.EDIT_ROSTER, rule, note)[0].roster


def set_groups(
    world: World, officer: Officer, slug: str, groups: Sequence[tuple[str, str]], seen: int, note: str = ""
) -> Roster:
    """All groups in order, each as (what it was called, empty for a new one; what it shall be called). A group that is
    left out goes, which is refused while anybody is in it, published or not."""
    need(officer, *KEEPERS)

    def rule(edition: Edition) -> Edition:
        refuse_if_touched(world, edition, seen, "")
        known = edition.roster
        form = {"groups": _named(now for _, now in groups)}
        named = _with(known, roster_content(known) | form, form).groups
        renamed = [(was, now) for (was, _), now in zip(groups, named, strict=True)]
        left = frozenset(known.groups) - {was for was, _ in renamed}
        if held := [official.name for official in edition.officials if official.group in left]:
            raise wrong(groups=f"要删除的分组里还有人：{'、'.join(held[:5])}，请先把他们移到别的分组")
        return editions.with_groups(edition, renamed)

    return keep(world, officer, slug, Act.EDIT_GROUPS, rule, note)[0].roster


def publish_roster(world: World, officer: Officer, slug: str, note: str = "") -> Roster:
    """Shown to everybody with the next request."""
    return _set_published(world, officer, slug, True, note)


def unpublish_roster(world: World, officer: Officer, slug: str, note: str = "") -> Roster:
    """Gone with the very next request, in every cache, and with it all its officials."""
    return _set_published(world, officer, slug, False, note)


def _set_published(world: World, officer: Officer, slug: str, published: bool, note: str) -> Roster:
    need(officer, *KEEPERS)

    def rule(edition: Edition) -> Edition:
        return editions.settled(replace(edition.roster, is_published=published), edition.officials)

    act = Act.PUBLISH_ROSTER if published else Act.UNPUBLISH_ROSTER
    return keep(world, officer, slug, act, rule, note)[0].roster


def _with(known: Roster, content: Mapping[str, Any], given: Mapping[str, Any]) -> Roster:
    """The roster as the content has it; what is no content stays. Raises InvalidInput as `refuse_problems`."""
    reader = Reader(content)
    changed = read_roster(reader)
    refuse_problems(reader, given)
    return replace(changed, is_published=known.is_published, version=known.version, revision=known.revision)


def _named(groups: Iterable[str]) -> list[dict[str, str]]:
    return [{"name": group} for group in groups]


JOINED = frozenset({"publication", "policy", "deadlines"})
"""Parts of the content of which some fields may be given alone."""


def _joined(known: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    parts = {
        name: _joined(known[name], part)
        for name, part in given.items()
        if name in JOINED and isinstance(part, Mapping) and isinstance(known.get(name), Mapping)
    }
    return {**known, **given, **parts}
