"""The history of a roster for people: who changed what, when and why, field by field; and taking a change back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.edition import Edition
from app.domain.errors import Conflict, InvalidInput, NotFound, Reason
from app.domain.officer import Officer
from app.domain.roster import Official
from app.domain.roster_history import Act, RosterChange
from app.domain.roster_undo import ROSTER_PART, Difference, differences, roster_differences, undone
from app.services.officers.access import need
from app.services.rosters.forms import KEEPERS
from app.services.rosters.log import edition_of, keep
from app.services.rosters.words import ACTS, LABELS, ROSTER_LABELS, shown
from app.services.world import World

PAGE = 20


@dataclass(frozen=True)
class Told:
    """One field before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class UndoneBy:
    """The change that took this one back."""

    change_id: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Past:
    """What one change did to one official (`official_id`), or to the roster itself (empty). `id` is what `undo` takes;
    `change_id` that of the whole change, of which an import has a part for each official."""

    id: str
    change_id: str
    act: Act
    label: str
    at: datetime
    by: str
    official_id: str
    title: str
    """Who it is about, as he or she is called now; the roster's name for the roster itself."""
    fields: tuple[Told, ...]
    note: str
    undone_by: UndoneBy | None = None
    predecessor: str = ""
    """Whom the post would come back to when this is undone; empty where it would stay with its holder."""


@dataclass(frozen=True)
class PastPage:
    items: tuple[Past, ...]
    """Newest first; the parts of one change stand together."""
    next: int | None
    """Where the next page goes on, None at the end."""


def history(world: World, slug: str, official_id: str = "", after: int | None = None, limit: int = PAGE) -> PastPage:
    """The changes of a roster, or what they did to one official; `limit` changes at most. NotFound(NO_SUCH_ROSTER)."""
    edition = edition_of(world, slug)
    found = list(world.stores.roster_changes.newest(slug, official_id, after, limit + 1))
    shown_now = found[:limit]
    takers = _takers(world, slug, [change.number for change in shown_now])
    parts = (part for change in shown_now for part in _parts(change, edition, takers.get(change.number, [])))
    items = tuple(part for part in parts if not official_id or part.official_id == official_id)
    return PastPage(items, shown_now[-1].number if len(found) > limit else None)


def undo(world: World, officer: Officer, past_id: str, note: str = "") -> RosterChange:
    """A new change that takes back a change, or the part of it that `past_id` names.

    Raises NotFound(NO_SUCH_CHANGE), InvalidInput(NOTHING_TO_CHANGE) when nothing of it is left, and
    Conflict(ROSTER_CHANGED) with the fields that have been changed since; nothing is taken back then. When a holder's
    replacement is taken back, the post is nobody's in WeChat until the holder is invited again.
    """
    need(officer, *KEEPERS)
    whole, _, part = past_id.partition("/")
    change = world.stores.roster_changes.get(whole)
    if change is None:
        raise NotFound(Reason.NO_SUCH_CHANGE)
    subject = part if part not in {"", ROSTER_PART} else change.roster

    def rule(edition: Edition) -> Edition:
        try:
            return undone(change, part, edition)
        except Conflict as conflict:
            names = conflict.detail["fields"]
            raise Conflict(Reason.ROSTER_CHANGED, fields=names, labels=_labels(change, names)) from None

    _, made = keep(world, officer, change.roster, Act.UNDO, rule, note, subject, (change.number, part))
    if made is None:
        raise InvalidInput(Reason.NOTHING_TO_CHANGE)
    return made


def told(found: Iterable[Difference], edition: Edition, labels: dict[str, str] | None = None) -> tuple[Told, ...]:
    """Differences in words; a superior by name."""
    names = labels or dict(LABELS)

    def word(field: str, value: object) -> str:
        return _called(edition, str(value)) if field == "superior_id" and value else shown(value)

    return tuple(Told(names[one.field], word(one.field, one.before), word(one.field, one.after)) for one in found)


def _parts(change: RosterChange, edition: Edition, takers: Sequence[RosterChange]) -> list[Past]:
    made = []
    if change.after is not None:
        fields = told(roster_differences(change.before, change.after), edition, dict(ROSTER_LABELS))
        made.append(_past(change, "", edition.roster.name, fields, takers))
    revised = {one.after.id: one for one in change.officials}
    for official_id in change.touched:
        one = revised.get(official_id)
        fields = told(differences(one.before, one.after), edition) if one else ()
        if official_id in change.moved:
            places = (order.index(official_id) + 1 for order in (change.order_before, change.order_after))
            fields = (*fields, Told(LABELS["position"], *(str(place) for place in places)))
        title = _called(edition, official_id) if one is None else _title(one.after)
        made.append(_past(change, official_id, title, fields, takers))
    return made


def _past(
    change: RosterChange, official_id: str, title: str, fields: tuple[Told, ...], takers: Sequence[RosterChange]
) -> Past:
    part = official_id or ROSTER_PART
    back = next((one.before for one in change.successions if one.after.id == official_id), None)
    taker = next((taker for taker in takers if taker.undoes_part in {"", part}), None)
    return Past(
        id=f"{change.id}/{part}",
        change_id=change.id,
        act=change.act,
        label=ACTS[change.act],
        at=change.at,
        by=change.by,
        official_id=official_id,
        title=title,
        fields=fields,
        note=change.note,
        undone_by=UndoneBy(taker.id, taker.by, taker.at) if taker else None,
        predecessor=back.name if back else "",
    )


def _takers(world: World, slug: str, numbers: Sequence[int]) -> dict[int, list[RosterChange]]:
    """What took these changes back and still stands, newest first, by the number of the change taken back."""
    direct = world.stores.roster_changes.undoing(slug, numbers)
    again = {taker.undoes for taker in world.stores.roster_changes.undoing(slug, [one.number for one in direct])}
    found: dict[int, list[RosterChange]] = {}
    for one in sorted(direct, key=lambda taker: -taker.number):
        if one.number not in again:
            found.setdefault(one.undoes, []).append(one)
    return found


def _called(edition: Edition, official_id: str) -> str:
    return next((_title(one) for one in edition.officials if one.id == official_id), official_id)


def _title(official: Official) -> str:
    return official.title


def _labels(change: RosterChange, names: object) -> list[str]:
    known = {**ROSTER_LABELS, **LABELS} if change.touched else ROSTER_LABELS
    return [known[name] for name in names] if isinstance(names, list) else []
