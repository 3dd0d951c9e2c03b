"""What the forms of the roster's keepers have in common: who may send them, what is refused, and how that is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.domain import edition as editions
from app.domain.edition import Edition
from app.domain.errors import Conflict, InvalidInput, NotFound, Reason
from app.domain.officer import Officer, OfficeRole
from app.domain.roster import Official
from app.domain.roster_history import Act, RosterChange
from app.domain.roster_undo import differences, roster_differences
from app.domain.workday import local_day
from app.services.rosters.content import key_of
from app.services.rosters.content_reader import Reader, by_path
from app.services.rosters.file import official_id, read_official
from app.services.rosters.log import Rule, keep
from app.services.rosters.words import LABELS, ROSTER_LABELS
from app.services.world import World

KEEPERS = (OfficeRole.EDITOR, OfficeRole.ADMIN)
LATER_CHANGES = 20
"""Newer changes that are looked at to say who changed what."""
LONGEST_GROUP = 40
_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})")


def wrong(**fields: str) -> InvalidInput:
    """A refusal with a sentence for each field."""
    return InvalidInput(Reason.BAD_REQUEST, fields={name: [words] for name, words in fields.items()})


def refuse_problems(reader: Reader, given: Mapping[str, Any] | None = None) -> None:
    """Raises InvalidInput with everything the reader found; where only some fields were given (`given`), with what is
    wrong about those: what was stored before is not the fault of whoever changes something else."""
    found = [problem for problem in reader.problems if given is None or _is_given(problem.path, given)]
    if found:
        raise InvalidInput(Reason.BAD_REQUEST, fields=by_path(found))


def refuse_if_touched(world: World, edition: Edition, seen: int, official_id: str) -> None:
    """Raises Conflict(ROSTER_CHANGED) when somebody has changed the official since that version of the roster, or the
    roster's own fields when `official_id` is empty: with `fields`, their `labels`, `by` and `at` of the newest."""
    roster = edition.roster
    if roster.version <= seen:
        return
    newest = world.stores.roster_changes.newest(roster.slug, official_id, None, LATER_CHANGES)
    later = [(change, fields) for change in newest if change.number > seen and (fields := _fields(change, official_id))]
    if not later:
        return
    names = list(dict.fromkeys(name for _, fields in later for name in fields))
    labels = LABELS if official_id else ROSTER_LABELS
    last = later[0][0]
    raise Conflict(
        Reason.ROSTER_CHANGED, fields=names, labels=[labels[name] for name in names], by=last.by, at=last.at.isoformat()
    )


def read_in(edition: Edition, content: Mapping[str, Any], given: Mapping[str, Any] | None = None) -> Official:
    """The official that a form describes, without an id; `superior` may be given as id or as key. Raises InvalidInput
    as `refuse_problems`."""
    reader = Reader(content)
    official = read_official(reader)
    group = reader.text("group", LONGEST_GROUP)
    if group and group not in edition.roster.groups:
        reader.complain("group", f"没有“{group}”这个分组")
    refuse_problems(reader, given)
    superior = id_of(edition, official.superior_id)
    return replace(official, roster=edition.roster.slug, group=group, superior_id=superior)


def id_of(edition: Edition, named: str) -> str:
    """The id of the official who is named by id or key; what names nobody stays, for the check of the edition."""
    return next((one.id for one in edition.officials if named in {one.id, key_of(one)}), named)


def refuse_late_start(world: World, official: Official) -> None:
    """Nobody holds a post from a future day on: until then the predecessor does."""
    since = official.tenure.first
    if since is not None and since > local_day(world.clock.now()):
        raise wrong(since="到任日期不能晚于今天")


def refuse_twin(edition: Edition, new: Official) -> None:
    """The same person in the same post is there already: the form was sent twice, or the key is missing."""
    for known in edition.officials:
        if (known.name, known.post, known.unit) == (new.name, new.post, new.unit):
            raise wrong(name=f"名册里已有这位负责同志（编号 {key_of(known)}）")


def free_key(taken: Iterable[str]) -> str:
    """The key after the highest numbered one, written like it: `bz-082` after `bz-081`, else `001`."""
    numbered = [match for key in taken if (match := _NUMBERED.fullmatch(key))]
    highest = max(numbered, key=lambda match: int(match[2]), default=None)
    if highest is None:
        return "001"
    return f"{highest[1]}{int(highest[2]) + 1:0{len(highest[2])}}"


def new_id(edition: Edition, key: str) -> str:
    """The id of a new official with that key. Raises InvalidInput when it is taken."""
    if any(key == key_of(known) for known in edition.officials):
        raise wrong(key="这个编号已经有人用了")
    return official_id(edition.roster.slug, key)


def keep_official(world: World, officer: Officer, id: str, act: Act, rule: Rule, note: str) -> Official:
    """`roster_log.keep` for one official; NotFound(NO_SUCH_OFFICIAL)."""
    known = world.stores.officials.get(id)
    if known is None:
        raise NotFound(Reason.NO_SUCH_OFFICIAL)
    return keep(world, officer, known.roster, act, rule, note, subject=id)[0].official(id)


def corrected(known: Official, name: str, since: Any) -> Official:
    """`edition.corrected`, with its refusal beside the field."""
    try:
        return editions.corrected(known, name, since)
    except InvalidInput:
        raise wrong(since="要晚于前一任的到任日期") from None


def _is_given(path: str, given: Mapping[str, Any]) -> bool:
    """Whether the form held that place: `policy.source_codes[2].code` is held when `policy.source_codes` is."""
    part: Any = given
    for name in re.sub(r"\[.*", "", path).split("."):
        if not isinstance(part, Mapping):
            return True
        if name not in part:
            return False
        part = part[name]
    return True


def _fields(change: RosterChange, official_id: str) -> list[str]:
    if not official_id:
        return [d.field for d in roster_differences(change.before, change.after)] if change.after else []
    found = (revised for revised in change.officials if revised.after.id == official_id)
    return [difference.field for revised in found for difference in differences(revised.before, revised.after)]
