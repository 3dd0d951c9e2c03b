"""An edition: a roster with all its officials in order, and the rules by which one edition becomes the next.

Positions run from 1 to the number of officials, published or not, and the officials of a group stand together, in the
order of the roster's groups. Every rule here returns an edition of which that holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.domain.errors import InvalidInput, NotFound, Reason
from app.domain.roster import Official, Roster, Tenure
from app.domain.workday import ONE_DAY


@dataclass(frozen=True)
class Edition:
    roster: Roster
    officials: tuple[Official, ...]
    """All of them, in order."""

    def official(self, official_id: str) -> Official:
        """Raises NotFound(NO_SUCH_OFFICIAL)."""
        found = next((official for official in self.officials if official.id == official_id), None)
        if found is None:
            raise NotFound(Reason.NO_SUCH_OFFICIAL)
        return found

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(official.id for official in self.officials)


class Fault(StrEnum):
    """What cannot stand in an edition; its sentence is in app/services/rosters/words.py."""

    SAME_ID = "same_id"
    NO_SUCH_SUPERIOR = "no_such_superior"
    OWN_SUPERIOR = "own_superior"
    """Following the superiors leads back to the official."""
    NO_SUCH_GROUP = "no_such_group"
    NO_GROUPS = "no_groups"
    SAME_GROUP = "same_group"


@dataclass(frozen=True)
class Found:
    """A fault and where it is: the official (empty for the roster itself) and the field."""

    official_id: str
    field: str
    fault: Fault
    about: str = ""
    """The id, superior or group that is wrong."""


def settled(roster: Roster, officials: Iterable[Official]) -> Edition:
    """The edition with these officials, in their order as far as the groups allow; unknown groups come last."""
    places = {group: place for place, group in enumerate(roster.groups)}
    ordered = sorted(officials, key=lambda official: places.get(official.group, len(places)))
    placed = (o if o.position == place else replace(o, position=place) for place, o in enumerate(ordered, 1))
    return Edition(roster, tuple(placed))


def added(edition: Edition, official: Official) -> Edition:
    """With one more, the last of the group."""
    return settled(edition.roster, (*edition.officials, official))


def changed(edition: Edition, official: Official) -> Edition:
    """With the official as given; who comes into another group becomes its last."""
    known = edition.official(official.id)
    if known.group == official.group:
        kept = tuple(official if one.id == official.id else one for one in edition.officials)
        return settled(edition.roster, kept)
    return settled(edition.roster, (*(one for one in edition.officials if one.id != official.id), official))


def moved(edition: Edition, official_id: str, position: int) -> Edition:
    """With the official at that position, as near to it as the group reaches. Raises NotFound."""
    official = edition.official(official_id)
    others = [one for one in edition.officials if one.id != official_id]
    others.insert(max(position, 1) - 1, official)
    return settled(edition.roster, others)


def ordered(edition: Edition, ids: Sequence[str]) -> Edition:
    """With these officials (all, or those of a group) in this order, in the places they hold together.

    Raises NotFound for one that is not there, InvalidInput when one is named twice.
    """
    if len(set(ids)) != len(ids):
        raise InvalidInput(Reason.BAD_REQUEST, field="ids")
    wanted = iter([edition.official(official_id) for official_id in ids])
    named = frozenset(ids)
    return settled(edition.roster, [next(wanted) if one.id in named else one for one in edition.officials])


def with_groups(edition: Edition, groups: Sequence[tuple[str, str]]) -> Edition:
    """With other groups, each given as (what it was called, empty for a new one; what it is called now), in order.

    What is not given is gone; `faults_of` finds officials that are left without a group.
    """
    names = {was: now for was, now in groups if was}
    roster = replace(edition.roster, groups=tuple(now for _, now in groups))
    renamed = (replace(one, group=names[one.group]) if one.group in names else one for one in edition.officials)
    return settled(roster, renamed)


def succeeded(official: Official, name: str, since: date) -> Official:
    """The post with a new holder since that day; the predecessor's tenure ends the day before.

    Raises InvalidInput when the predecessor began on that day or later.
    """
    present = official.tenure
    if present.first is not None and since <= present.first:
        raise InvalidInput(Reason.BAD_TENURE, field="since", first=present.first.isoformat())
    ended = replace(present, last=since - ONE_DAY)
    return replace(official, name=name, tenures=(*official.tenures[:-1], ended, Tenure(name, since)))


def corrected(official: Official, name: str, since: date | None) -> Official:
    """The same holder, written rightly: the name, and since when. The predecessor's tenure ends accordingly.

    Raises InvalidInput when the predecessor began on that day or later.
    """
    earlier = official.tenures[:-1]
    if earlier and since != official.tenure.first:
        first = earlier[-1].first
        if since is None or (first is not None and since <= first):
            raise InvalidInput(Reason.BAD_TENURE, field="since", first=first.isoformat() if first else None)
        earlier = (*earlier[:-1], replace(earlier[-1], last=since - ONE_DAY))
    return replace(official, name=name, tenures=(*earlier, Tenure(name, since)))


def faults_of(edition: Edition) -> list[Found]:
    """Everything that contradicts itself between the officials and the roster; empty when nothing does."""
    groups, ids = edition.roster.groups, Counter(official.id for official in edition.officials)
    found = [Found("", "groups", Fault.SAME_GROUP, group) for group, count in Counter(groups).items() if count > 1]
    if not groups:
        found.append(Found("", "groups", Fault.NO_GROUPS))
    found += [Found(id, "key", Fault.SAME_ID, id) for id, count in ids.items() if count > 1]
    for official in edition.officials:
        if official.group not in groups:
            found.append(Found(official.id, "group", Fault.NO_SUCH_GROUP, official.group))
        if official.superior_id and official.superior_id not in ids:
            found.append(Found(official.id, "superior", Fault.NO_SUCH_SUPERIOR, official.superior_id))
    above = {official.id: official.superior_id for official in edition.officials}
    return found + [Found(id, "superior", Fault.OWN_SUPERIOR, above[id]) for id in ids if _comes_back(id, above)]


def _comes_back(official_id: str, above: dict[str, str]) -> bool:
    chain = [official_id]
    while (superior := above.get(chain[-1], "")) and superior not in chain:
        chain.append(superior)
    return superior == official_id
