"""Promises by quick reply to get in touch until an hour (快捷回复), and the broken ones among them.

A new promise does not undo the one before it: each is kept by reaching the resident until its own hour, or broken then.
So whoever promises again and again is seen to have promised in vain as often.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.domain.appeal import Appeal, ContactOutcome
from app.domain.deadline import Deadline, promise_deadline
from app.domain.timeline import RESTARTS, Deed, Entry


def running_promise(appeal: Appeal) -> Deadline | None:
    """The clock of the earliest promise that was neither kept nor broken; None where there is none."""
    since = list(_since_reached(appeal))
    broken = [entry.due_at for entry in since if entry.deed is Deed.PROMISE_BROKEN and entry.due_at]
    promised = [
        (entry.due_at, entry.at)
        for entry in since
        if entry.deed is Deed.QUICK_REPLY and entry.due_at and all(entry.due_at > hour for hour in broken)
    ]
    if not promised:
        return None
    due_at, made_at = min(promised)
    return promise_deadline(made_at, due_at)


def is_broken(appeal: Appeal) -> bool:
    """Whether a promise was broken in this assignment and the resident has not been reached since, whatever was
    promised meanwhile."""
    return any(entry.deed is Deed.PROMISE_BROKEN for entry in _since_reached(appeal))


def broken_promises(appeal: Appeal) -> int:
    """How many promises were broken in the running assignment, or the last one."""
    count = 0
    for entry in reversed(appeal.timeline):
        if entry.deed in RESTARTS:
            break
        count += entry.deed is Deed.PROMISE_BROKEN
    return count


def promised_at(appeal: Appeal, moment: datetime) -> datetime | None:
    """Until when the quick reply of that moment promised to get in touch."""
    made = (entry.due_at for entry in appeal.timeline if entry.deed is Deed.QUICK_REPLY and entry.at == moment)
    return next(made, None)


def _since_reached(appeal: Appeal) -> Iterator[Entry]:
    """The newest deeds first, back to when the resident was last reached or the assignment began."""
    for entry in reversed(appeal.timeline):
        reached = entry.deed is Deed.CONTACT and ContactOutcome(entry.outcome).reached
        if reached or entry.deed is Deed.ANSWER or entry.deed in RESTARTS:
            return
        yield entry
