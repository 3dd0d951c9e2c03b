"""An official to whom an appeal comes back does not begin anew: the clocks go on, and it is not handed back again.

Otherwise handing back, or a way round by way of somebody else, would be a means to get rid of a deadline
(docs/adr/0003).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from app.domain.appeal import Appeal
from app.domain.deadline import Deadline, DeadlineKind, wait
from app.domain.timeline import RESTARTS, Deed
from app.domain.workday import WorkdayCalendar


class Leaving(NamedTuple):
    """An appeal went from an official unanswered: which assignment ended, by what, when."""

    assignment: int
    official_id: str
    deed: Deed
    at: datetime


def hand_backs(appeal: Appeal) -> int:
    """How often it was handed back, by whomever."""
    return sum(entry.deed is Deed.HAND_BACK for entry in appeal.timeline)


def has_handed_back(appeal: Appeal, official_id: str) -> bool:
    """Whether that post has handed it back before."""
    return any(one.deed is Deed.HAND_BACK and one.official_id == official_id for one in _leavings(appeal))


def going_on(
    appeal: Appeal, official_id: str, calendar: WorkdayCalendar, now: datetime
) -> dict[DeadlineKind, Deadline]:
    """The clocks that go on when it comes to that official at `now`: those that ran when it last left this one, later
    by the workdays (in hours: the time) that it lay elsewhere. None that was met, and none for whoever has it for the
    first time or had answered."""
    left = {one.assignment: one.at for one in _leavings(appeal)}
    had = (one for one in reversed(appeal.past) if one.official_id == official_id and one.number in left)
    earlier = next(had, None)
    if earlier is None or earlier.answered_at is not None:
        return {}
    return {
        due.kind: wait(due, left[earlier.number], now, calendar)
        for due in earlier.deadlines
        if due.kind is not DeadlineKind.CONTACT or earlier.contacted_at is None
    }


def _leavings(appeal: Appeal) -> Iterator[Leaving]:
    number, holder = 0, ""
    for entry in appeal.timeline:
        if entry.deed in _LEAVES:
            yield Leaving(number, holder, entry.deed, entry.at)
        if entry.deed in RESTARTS:
            number, holder = number + 1, entry.official_id or holder


_LEAVES = frozenset({Deed.HAND_BACK, Deed.TRANSFER, Deed.TAKE_BACK})
