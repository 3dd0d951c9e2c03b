"""The 督办单 of an appeal through their lives: to be signed, running, followed, or overtaken by something else.

Nothing of this is stored: it follows from the listing, the assignment it was made in, and the clock it was made for.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from app.domain.appeal import HANDLED, Appeal
from app.domain.deadline import DeadlineKind
from app.domain.supervision import Supervision


class OrderStatus(StrEnum):
    TO_SIGN = "to_sign"
    """On the supervision list; a person has to sign."""
    RUNNING = "running"
    """Signed, and what it asks for has not been done; it may be late."""
    DONE = "done"
    """What it asked for was done, in time or not."""
    ENDED = "ended"
    """Never signed, or overtaken: the appeal went to somebody else, or was withdrawn or merged."""


def fulfilled_at(appeal: Appeal, order: Supervision) -> datetime | None:
    """When the deed that the order asks for was done: the contact, or the answer, of the assignment it was made in."""
    held = next((one for one in (*appeal.past, appeal.assignment) if one and one.number == order.assignment), None)
    if held is None:
        return None
    return held.contacted_at if order.clock is DeadlineKind.CONTACT else held.answered_at


def status_of(appeal: Appeal, order: Supervision) -> OrderStatus:
    """One of the appeal's own listings as it stands now."""
    current = appeal.assignment is not None and appeal.assignment.number == order.assignment
    if order.signed_at is None:
        may_sign = current and appeal.is_open and order == appeal.supervisions[-1]
        return OrderStatus.TO_SIGN if may_sign else OrderStatus.ENDED
    if fulfilled_at(appeal, order) is not None:
        return OrderStatus.DONE
    return OrderStatus.RUNNING if current and appeal.is_open else OrderStatus.ENDED


def counted_due_at(appeal: Appeal, order: Supervision) -> datetime | None:
    """The order's deadline while somebody is late after it: it runs, and the resident does not have the word."""
    runs = status_of(appeal, order) is OrderStatus.RUNNING and appeal.state in HANDLED
    return order.due_at if runs else None


def is_late(appeal: Appeal, order: Supervision, now: datetime) -> bool:
    due_at = counted_due_at(appeal, order)
    return due_at is not None and due_at < now
