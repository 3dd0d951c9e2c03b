"""The appeal: one document with its whole story, its clocks, and the messages that still have to be sent.

Its parts (app/domain/appeal_parts.py) are imported from here, with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.appeal_parts import (
    Adoption,
    Answer,
    AnswerOutcome,
    Assignment,
    ContactOutcome,
    Extension,
    Kind,
    Publication,
    Rating,
    Resolution,
    Review,
    Satisfaction,
    State,
    Visibility,
    Wish,
    without_request,
)
from app.domain.bar import Bar
from app.domain.deadline import Deadline, DeadlineKind
from app.domain.notification import Notification
from app.domain.organisation import Organisation
from app.domain.supervision import Interview, Supervision
from app.domain.timeline import Deed, Entry

__all__ = [
    "CLOSED",
    "ENDINGS",
    "HANDLED",
    "PRIVATE",
    "Adoption",
    "Answer",
    "AnswerOutcome",
    "Appeal",
    "Assignment",
    "ContactOutcome",
    "Extension",
    "Kind",
    "Publication",
    "Rating",
    "Resolution",
    "Review",
    "Satisfaction",
    "State",
    "Visibility",
    "Wish",
    "without_request",
]

PRIVATE = {"private": True}
"""Marks a field that is encrypted at rest (app/store/codec.py)."""


@dataclass(frozen=True)
class Appeal:
    """An immutable version of an appeal. Only app/domain/lifecycle.py gives it another state."""

    id: str
    code: str
    version: int
    roster: str
    resident_id: str
    kind: Kind
    title: str
    body: str
    addressed_to: str
    """The official the resident chose."""
    state: State
    submitted_at: datetime
    submission_key: str = ""
    """Hash of the account and the Idempotency-Key of the submission, unique: a repeat finds this appeal."""
    photos: tuple[str, ...] = ()
    place: str = field(default="", metadata=PRIVATE)
    phone: str = field(default="", metadata=PRIVATE)
    phone_key: str = ""
    """Keyed hash of the phone, by which the appeals it was left with are found; goes when the phone goes."""
    about_official: bool = False
    """Whether it is about the one it is addressed to: what earlier versions stored of `bars`."""
    bars: tuple[Bar, ...] = ()
    visibility: Visibility = Visibility.PRIVATE
    source: str = ""
    """The code of the poster it came through; any text, of which only the roster's own codes are counted."""
    call_id: str = ""
    """The missed call it was made from, unique: a call becomes one appeal at most."""
    organisation: Organisation | None = None
    """The enterprise that wrote it, as it named itself then, on a roster for enterprises."""
    urgent: bool = False
    review: Review = Review.NONE
    checks: tuple[str, ...] = ()
    """Trace ids of picture checks that have not come back."""
    assignment: Assignment | None = None
    past: tuple[Assignment, ...] = ()
    clock: Deadline | None = None
    """The deadline of the present state where no assignment carries it: review, supplement, follow-up."""
    promise: Deadline | None = None
    """Of the earliest promise that still runs (app/domain/promises.py)."""
    transfers: int = 0
    supplements_asked: int = 0
    reopenings: int = 0
    """By the resident, who has one; a supervisor's do not use it up."""
    extension: Extension | None = None
    answers: tuple[Answer, ...] = ()
    ratings: tuple[Rating, ...] = ()
    supervisions: tuple[Supervision, ...] = ()
    interviews: tuple[Interview, ...] = ()
    publication: Publication | None = None
    follow_ups: int = 0
    """Attempts to reach the resident after the answer."""
    merged_into: str = ""
    children: tuple[str, ...] = ()
    """Appeals that were merged into this one."""
    adoptions: tuple[Adoption, ...] = ()
    """Of children who are not known to have been merged yet."""
    untold: tuple[str, ...] = ()
    """Children that have not been told of the newest answer yet."""
    timeline: tuple[Entry, ...] = ()
    notifications: tuple[Notification, ...] = ()

    @property
    def assignee_id(self) -> str:
        return self.assignment.official_id if self.assignment else ""

    @property
    def public_id(self) -> str:
        """What its publication is called in public. Not the code: that opens the resident's own words (look-up)."""
        return hashlib.sha256(f"published {self.id}".encode()).hexdigest()[:20]

    @property
    def kept_from(self) -> tuple[Bar, ...]:
        """From whom it is kept: its own bars first, then those that came with merging."""
        own = tuple(bar for bar in self.bars if not bar.through)
        if self.about_official and not any(bar.official_id == self.addressed_to for bar in own):
            own = (Bar(self.addressed_to), *own)
        return (*own, *(bar for bar in self.bars if bar.through))

    @property
    def about(self) -> tuple[str, ...]:
        """The officials it is about, as the resident or the supervision office said."""
        return tuple(bar.official_id for bar in self.kept_from if not bar.through)

    @property
    def barred_posts(self) -> frozenset[str]:
        return frozenset(bar.official_id for bar in self.kept_from)

    @property
    def barred_accounts(self) -> frozenset[str]:
        return frozenset(account for bar in self.kept_from for account in bar.accounts)

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED

    @property
    def extension_asked(self) -> bool:
        """Whether more time was ever asked for: once on an appeal, whoever held it then and whatever was decided."""
        return any(entry.deed is Deed.REQUEST_EXTENSION for entry in self.timeline)

    @property
    def extension_waits(self) -> bool:
        """Whether a request for more time waits for a supervisor; an answer makes it pointless."""
        asked = self.extension is not None and self.extension.wish is Wish.ASKED
        return asked and self.state in {State.IN_PROGRESS, State.AWAITING_RESIDENT}

    @property
    def running_deadlines(self) -> tuple[Deadline, ...]:
        """The clocks that run in this state: they are counted, shown and escalated."""
        running = [self.clock] if self.clock else []
        if self.promise and self.state in HANDLED:
            running.append(self.promise)
        if self.assignment and self.state in HANDLED:
            running += [due for due in self.assignment.deadlines if self._runs(due)]
        return tuple(sorted(running, key=lambda deadline: deadline.due_at))

    @property
    def shown_deadlines(self) -> tuple[Deadline, ...]:
        """The running clocks, and the answer's while it has not begun to be the next one or is paused."""
        running = self.running_deadlines
        ahead = self.deadline(DeadlineKind.ANSWER) if self.state in {State.ASSIGNED, State.AWAITING_RESIDENT} else None
        return (*running, ahead) if ahead and ahead not in running else running

    def _runs(self, deadline: Deadline) -> bool:
        assert self.assignment is not None
        if deadline.kind is DeadlineKind.CONTACT:
            return self.assignment.contacted_at is None
        return self.state is State.IN_PROGRESS

    @property
    def due_at(self) -> datetime | None:
        """When the next thing has to happen; a promise made meanwhile is shown but does not count."""
        dues = [due.due_at for due in self.running_deadlines if due.kind is not DeadlineKind.PROMISE]
        return min(dues, default=None)

    @property
    def listed_at(self) -> datetime | None:
        """Since when it is on the supervision list, while open: the first listing in the newest assignment listed."""
        if not self.is_open or not self.supervisions:
            return None
        newest = self.supervisions[-1].assignment
        return min(listing.listed_at for listing in self.supervisions if listing.assignment == newest)

    def is_overdue(self, now: datetime) -> bool:
        return any(d.is_over(now) for d in self.running_deadlines if d.kind is not DeadlineKind.PROMISE)

    def deadline(self, kind: DeadlineKind) -> Deadline | None:
        """The assignment's deadline of that kind, running or not."""
        deadlines: Iterable[Deadline] = self.assignment.deadlines if self.assignment else ()
        return next((deadline for deadline in deadlines if deadline.kind is kind), None)

    def entry_with(self, key: str) -> Entry | None:
        """The deed that a request with this idempotency key has already done."""
        return next((entry for entry in self.timeline if key and entry.key == key), None)

    @property
    def closed_at(self) -> datetime | None:
        """When it was closed; None while it is open. What is written into the ledgers afterwards moves nothing."""
        if self.is_open or not self.timeline:
            return None
        ends = (entry.at for entry in reversed(self.timeline) if entry.deed in ENDINGS)
        return next(ends, self.timeline[-1].at)

    def rated(self, assignment: int) -> bool:
        return any(rating.assignment == assignment for rating in self.ratings)


HANDLED = frozenset({State.ASSIGNED, State.IN_PROGRESS})
CLOSED = frozenset({State.CONCLUDED, State.REJECTED, State.WITHDRAWN, State.MERGED})
ENDINGS = frozenset({Deed.CONCLUDE, Deed.REJECT, Deed.WITHDRAW, Deed.MERGE})
