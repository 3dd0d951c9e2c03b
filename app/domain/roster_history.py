"""The history of a roster: every change with who, when, why, and everything it touched as it was before and after.

The history is the log that a roster is written from (docs/adr/0007): a change counts from the moment it is appended,
and `applied` says what the stored roster has to become. Changes are numbered without a gap for each roster; nothing in
the history is ever changed, so that what undoes a change is one more change, which names it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.domain.edition import Edition, settled
from app.domain.roster import Official, Roster


class Act(StrEnum):
    """What an officer did to a roster."""

    CREATE_ROSTER = "create_roster"
    EDIT_ROSTER = "edit_roster"
    EDIT_GROUPS = "edit_groups"
    PUBLISH_ROSTER = "publish_roster"
    UNPUBLISH_ROSTER = "unpublish_roster"
    CREATE_OFFICIAL = "create_official"
    EDIT_OFFICIAL = "edit_official"
    ORDER_OFFICIALS = "order_officials"
    REGROUP_OFFICIAL = "regroup_official"
    """In histories of earlier versions; a group is a field of the official like any other."""
    PUBLISH_OFFICIAL = "publish_official"
    UNPUBLISH_OFFICIAL = "unpublish_official"
    REPLACE_HOLDER = "replace_holder"
    IMPORT_ROSTER = "import_roster"
    UNDO = "undo_roster_change"


@dataclass(frozen=True)
class Revised:
    """One official before and after; `before` is None for one who is new. Without position and duty calendar."""

    before: Official | None
    after: Official

    @property
    def changes_holder(self) -> bool:
        """Whether the post came to somebody else, or back."""
        return self.before is not None and len(self.before.tenures) != len(self.after.tenures)


@dataclass(frozen=True)
class RosterChange:
    """One change. `before` and `after` are the roster's own fields, None when they stayed; the two orders are the ids
    of all officials, empty when no position changed."""

    id: str
    roster: str
    number: int
    at: datetime
    officer_id: str
    by: str
    act: Act
    officials: tuple[Revised, ...] = ()
    before: Roster | None = None
    after: Roster | None = None
    order_before: tuple[str, ...] = ()
    order_after: tuple[str, ...] = ()
    note: str = ""
    undoes: int = 0
    """Number of the change that this one undoes, zero for none."""
    undoes_part: str = ""
    """Which part of it: an official's id, or empty for all."""

    @property
    def moved(self) -> tuple[str, ...]:
        """The fewest officials whose moving explains the new order."""
        places = {id: place for place, id in enumerate(self.order_before)}
        known = [id for id in self.order_after if id in places]
        stay = {self.order_before[place] for place in _longest_rising([places[id] for id in known])}
        return tuple(id for id in known if id not in stay)

    @property
    def successions(self) -> tuple[Revised, ...]:
        """Where the post came to somebody else, or back: whoever holds it now has to be invited (anew) in WeChat."""
        return tuple(revised for revised in self.officials if revised.changes_holder)

    @property
    def touched(self) -> tuple[str, ...]:
        """Ids of the officials whom it changed or moved."""
        return tuple(dict.fromkeys((*(revised.after.id for revised in self.officials), *self.moved)))


def change_id(slug: str, number: int) -> str:
    return f"{slug}:{number:08}"


def content(official: Official) -> Official:
    """What the roster's keepers decide of an official: without position, duty calendar and book-keeping."""
    return replace(
        official,
        position=0,
        version=1,
        delegations=(),
        tenures=official.tenures or (official.tenure,),
        tenures_changed_at=None,
        change=0,
    )


def own(roster: Roster) -> Roster:
    """The same for a roster."""
    return replace(roster, version=1, revision=1)


@dataclass(frozen=True)
class Signature:
    """Who makes a change, when and why."""

    at: datetime
    officer_id: str
    by: str
    act: Act
    note: str = ""
    undoes: int = 0
    undoes_part: str = ""


def difference(before: Edition | None, after: Edition, by: Signature) -> RosterChange | None:
    """The change that leads from one edition to the next; None when there is none. `before` may have come from a
    store with positions that are not settled."""
    known = {official.id: official for official in before.officials} if before else {}
    officials = tuple(
        Revised(content(earlier) if earlier else None, content(official))
        for official in after.officials
        if (earlier := known.get(official.id)) is None or content(earlier) != content(official)
    )
    same = before is not None and own(before.roster) == own(after.roster)
    places = {official.id: official.position for official in known.values()}
    reordered = any(places.get(official.id) != official.position for official in after.officials)
    if same and not officials and not reordered:
        return None
    number = before.roster.version + 1 if before else 1
    return RosterChange(
        id=change_id(after.roster.slug, number),
        roster=after.roster.slug,
        number=number,
        at=by.at,
        officer_id=by.officer_id,
        by=by.by,
        act=by.act,
        officials=officials,
        before=own(before.roster) if before and not same else None,
        after=None if same else own(after.roster),
        order_before=before.order if before and reordered else (),
        order_after=after.order if reordered else (),
        note=by.note,
        undoes=by.undoes,
        undoes_part=by.undoes_part,
    )


def applied(change: RosterChange, edition: Edition | None) -> Edition:
    """The edition after the change. Applied again it changes nothing; what its keepers do not decide stays."""
    stored = edition.roster if edition else None
    roster = stored
    if change.after is not None:
        kept = stored or change.after
        roster = replace(change.after, version=kept.version, revision=kept.revision)
    assert roster is not None  # the first change of a roster brings it
    known = {official.id: official for official in edition.officials} if edition else {}
    for revised in change.officials:
        known[revised.after.id] = written(known.get(revised.after.id), revised.after)
    places = {id: place for place, id in enumerate(change.order_after)}
    return settled(roster, sorted(known.values(), key=lambda one: (places.get(one.id, len(places)), one.position)))


def written(current: Official | None, after: Official) -> Official:
    """What is stored of `after` in the place of `current`."""
    if current is None:
        return after
    return replace(
        after,
        position=current.position,
        version=current.version,
        delegations=current.delegations,
        tenures_changed_at=current.tenures_changed_at,
        change=current.change,
    )


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The longest rising subsequence (patience sorting)."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        pile = bisect_left(ends, number)
        ends[pile : pile + 1] = [number]
        places[pile : pile + 1] = [place]
        before.append(places[pile - 1] if pile else -1)
    found: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        found.append(numbers[place])
        place = before[place]
    return found[::-1]
