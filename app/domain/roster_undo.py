"""A change of a roster field by field, and taking it back.

Undoing never overwrites what somebody else decided since: it is refused, with the fields, as soon as one of the
changed fields does not hold any more what the change put there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import reduce
from typing import Any

from app.domain.edition import Edition, moved, settled
from app.domain.errors import Conflict, NotFound, Reason
from app.domain.roster import Deadlines, Official, Policy, Roster
from app.domain.roster_history import Revised, RosterChange, content

OFFICIAL_FIELDS = (
    "group",
    "name",
    "post",
    "unit",
    "duties",
    "phone",
    "duty_phone",
    "email",
    "wechat_id",
    "projects",
    "superior_id",
    "is_published",
    "tenures",
)
POLICY_FIELDS = tuple(f"policy.{field.name}" for field in fields(Policy) if field.name != "deadlines")
DEADLINE_FIELDS = tuple(f"policy.deadlines.{field.name}" for field in fields(Deadlines))
ROSTER_FIELDS = (
    "name",
    "city",
    "promise",
    "groups",
    "basis",
    "published_on",
    "is_published",
    *POLICY_FIELDS,
    *DEADLINE_FIELDS,
)
ROSTER_PART = "roster"
"""The part of a change that is the roster's own fields."""


@dataclass(frozen=True)
class Difference:
    """One field before and after; `before` is None where there was nothing yet."""

    field: str
    before: Any
    after: Any


def differences(before: Official | None, after: Official) -> list[Difference]:
    """Field by field; of a new official all that is filled in. Both as `content` gives them."""
    if before is None:
        return [Difference(name, None, value) for name in OFFICIAL_FIELDS if (value := getattr(after, name))]
    return _differing(before, after, OFFICIAL_FIELDS)


def roster_differences(before: Roster | None, after: Roster) -> list[Difference]:
    if before is None:
        return [Difference(name, None, value) for name in ROSTER_FIELDS if (value := _read(after, name))]
    return _differing(before, after, ROSTER_FIELDS)


def undone(change: RosterChange, part: str, edition: Edition) -> Edition:
    """The edition without the change, or without the part of it: an official's id, ROSTER_PART, or empty for all.

    An official who came with the change is unpublished, because appeals may point to the post already; a roster that
    came with it is unpublished, too. Raises NotFound(NO_SUCH_CHANGE) for a part that it does not have, and
    Conflict(ROSTER_CHANGED) with the fields that have been changed since.
    """
    parts = {revised.after.id: revised for revised in change.officials}
    if part and part not in {*parts, *change.moved, ROSTER_PART}:
        raise NotFound(Reason.NO_SUCH_CHANGE)
    reordered = bool(change.moved) if not part else part in change.moved
    if reordered and not _still_stands(change, part, edition):
        _refuse(["position"])
    roster = edition.roster
    if part in {"", ROSTER_PART} and change.after is not None:
        roster = _without_own(change.before, change.after, roster)
    wanted = parts if not part else {id: revised for id, revised in parts.items() if id == part}
    known = {official.id: official for official in edition.officials}
    restored = known | {id: _restored(revised, known[id]) for id, revised in wanted.items()}
    order = _order_before(change, edition) if reordered and not part else edition.order
    back = settled(roster, [restored[id] for id in order])
    return moved(back, part, change.order_before.index(part) + 1) if reordered and part else back


def _without_own(before: Roster | None, after: Roster, current: Roster) -> Roster:
    if before is None:
        return replace(current, is_published=False)
    wanted = roster_differences(before, after)
    _refuse(difference.field for difference in wanted if _read(current, difference.field) != difference.after)
    return reduce(_back, wanted, current)


def _restored(revised: Revised, current: Official) -> Official:
    wanted = differences(revised.before, revised.after)
    now = content(current)
    _refuse(difference.field for difference in wanted if getattr(now, difference.field) != difference.after)
    if revised.before is None:
        return replace(current, is_published=False)
    earlier: dict[str, Any] = {difference.field: difference.before for difference in wanted}
    return replace(current, **earlier)


def _still_stands(change: RosterChange, part: str, edition: Edition) -> bool:
    """Whether the order is what the change made it: of the one official, or of all whom it found."""
    if part:
        return edition.order.index(part) == change.order_after.index(part)
    known = frozenset(change.order_before)
    return [id for id in edition.order if id in known] == [id for id in change.order_after if id in known]


def _order_before(change: RosterChange, edition: Edition) -> list[str]:
    """The officials whom the change found, in the order in which it found them; newer ones stay where they are."""
    known = frozenset(change.order_before)
    earlier = iter(change.order_before)
    return [next(earlier) if id in known else id for id in edition.order]


def _refuse(names: Iterable[str]) -> None:
    if found := list(names):
        raise Conflict(Reason.ROSTER_CHANGED, fields=found)


def _differing(before: object, after: object, names: Iterable[str]) -> list[Difference]:
    pairs = ((name, _read(before, name), _read(after, name)) for name in names)
    return [Difference(name, was, now) for name, was, now in pairs if was != now]


def _read(value: Any, path: str) -> Any:
    return reduce(getattr, path.split("."), value)


def _back(roster: Roster, difference: Difference) -> Roster:
    earlier: Roster = _with(roster, difference.field, difference.before)
    return earlier


def _with(value: Any, path: str, item: Any) -> Any:
    name, _, rest = path.partition(".")
    return replace(value, **{name: _with(getattr(value, name), rest, item) if rest else item})
