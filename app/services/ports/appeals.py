"""The appeals, their pictures, and the work list over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from app.domain.appeal import Appeal
from app.domain.worklist import Desk, Filter, WorkList
from app.services.ports.basics import Position


class Inbox(StrEnum):
    """The sections of an official's inbox; `open` is all of them, `done` what is answered or closed."""

    OPEN = "open"
    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    DONE = "done"


class Appeals(Protocol):
    def add(self, appeal: Appeal) -> None: ...

    def get(self, appeal_id: str) -> Appeal | None: ...

    def by_code(self, code: str) -> Appeal | None: ...

    def by_submission(self, key: str) -> Appeal | None: ...

    def by_check(self, trace: str) -> Appeal | None:
        """The appeal that waits for this picture check."""

    def of_calls(self, call_ids: Iterable[str]) -> Sequence[Appeal]:
        """Those that were made from one of these missed calls, in any order."""

    def sources(self, slug: str, begin: datetime, end: datetime) -> Sequence[tuple[str, datetime]]:
        """Source and time of every appeal of the roster that names a source and was submitted in begin <= t < end, in
        order of time. They count appeals that are barred from somebody too: not for officials (rule 1)."""

    def replace(self, appeal: Appeal) -> bool: ...

    def of_resident(self, account_id: str, after: Position | None, limit: int) -> Sequence[Appeal]:
        """Newest first, by (submitted_at, code)."""

    def of_assignees(
        self,
        official_ids: Iterable[str],
        barred: Iterable[str],
        done: bool,
        due_from: datetime | None,
        due_until: datetime | None,
        after: Position | None,
        limit: int,
    ) -> Sequence[Appeal]:
        """Assigned to one of `official_ids` and kept from none of `barred` (words of app/domain/bar.py). Open ones
        (`done` false) by (due_at, code) with due_from <= due_at < due_until; those answered or closed by
        (settled_at, code), newest first."""

    def kept_from(self, word: str) -> Sequence[str]:
        """Ids of those kept from that post or account (app/domain/bar.py's words), in any order."""

    def to_dispatch(self, now: datetime, limit: int) -> Sequence[Appeal]:
        """With a message whose time has come, earliest first."""

    def to_check(self, now: datetime, limit: int) -> Sequence[Appeal]:
        """To which time has something to do, earliest first."""

    def oldest_dispatch(self) -> datetime | None:
        """When the earliest unsent message was due; None when nothing waits."""

    def changed_after(self, after: Position, limit: int) -> Sequence[Appeal]:
        """Whose last deed is later than `after`, earliest first, by (changed_at, code)."""

    def officials_due(self, day: date) -> Sequence[str]:
        """For whom a deadline that counts in the figures fell, or falls, on that Beijing day; sorted."""

    def due_on(self, day: date, official_id: str) -> Sequence[Appeal]:
        """The appeals that count in the official's figures of that Beijing day, by code."""

    def published(self, roster: str, official_id: str, after: Position | None, limit: int) -> Sequence[Appeal]:
        """What the public may read of a roster and an official's answers (empty: of all), newest first, by
        (publication.at, public_id)."""

    def submitted_between(
        self, roster: str, begin: datetime, end: datetime, after: Position | None, limit: int
    ) -> Sequence[Appeal]:
        """Submitted to the roster at begin <= submitted_at < end, oldest first, by (submitted_at, code)."""

    def answered_between(
        self, roster: str, begin: datetime, end: datetime, after: Position | None, limit: int
    ) -> Sequence[Appeal]:
        """Of the roster, with begin <= newest answer < end, by (the newest answer's time, code)."""

    def with_answer(self, key: str, begin: datetime, end: datetime, limit: int) -> Sequence[Appeal]:
        """With an answer of this key (perfunctory.AnswerSeen.key) and begin <= newest answer <= end, newest first."""


@dataclass(frozen=True)
class Upload:
    """A picture, re-encoded. `token` is the unguessable part of its address."""

    id: str
    account_id: str
    created_at: datetime
    media_type: str
    data: bytes
    token: str


class Uploads(Protocol):
    def add(self, upload: Upload) -> None: ...

    def get(self, upload_id: str) -> Upload | None: ...

    def owned(self, upload_ids: Iterable[str], account_id: str) -> Sequence[Upload]:
        """Those of the ids that belong to the account, without their `data` (empty bytes)."""

    def made_between(self, begin: datetime, end: datetime, limit: int) -> Sequence[tuple[str, datetime]]:
        """Id and time of those with begin <= created_at < end, in order of time."""

    def forget(self, upload_ids: Iterable[str]) -> int:
        """How many of these there were."""

    def forget_of(self, account_id: str) -> int:
        """All of that account; how many there were."""


@dataclass(frozen=True)
class Pile:
    """How much lies somewhere, and since when the oldest of it."""

    count: int
    oldest: datetime | None


NOTHING = Pile(0, None)


@dataclass(frozen=True)
class EarlyVerdict:
    """WeChat's verdict on a picture of which no stored appeal knew when it came. `id` is the check's trace."""

    id: str
    passed: bool
    at: datetime


class EarlyVerdicts(Protocol):
    def add(self, verdict: EarlyVerdict) -> None: ...

    def put(self, verdict: EarlyVerdict) -> None: ...

    def get(self, trace: str) -> EarlyVerdict | None: ...

    def forget_before(self, moment: datetime) -> int: ...


@dataclass(frozen=True)
class Looked:
    """What was found, and where the look stopped short of the list's end; None when it did not, or found enough."""

    appeals: Sequence[Appeal]
    stopped: Position | None


class Worklist(Protocol):
    """The appeals as the office works through them. Every list is one index scan, whatever it is narrowed to, and costs
    what is shown of it; what is only counted costs index entries and opens no appeal. `back`: what stands before
    `after` instead of behind it, the nearest first."""

    def on_desk(
        self, desk: Desk, wanted: Filter, after: Position | None, limit: int, back: bool = False
    ) -> Sequence[Appeal]:
        """What lies there, oldest first, by (submitted_at, code)."""

    def late(
        self, wanted: Filter, now: datetime, after: Position | None, limit: int, back: bool = False
    ) -> Sequence[Appeal]:
        """Whose counted deadline is before `now`, the longest overdue first, by (counted_due_at, code)."""

    def newest(self, wanted: Filter, after: Position | None, limit: int, back: bool = False) -> Sequence[Appeal]:
        """All of them, newest first, by (submitted_at, code)."""

    def looked_through(
        self,
        which: WorkList,
        wanted: Filter,
        now: datetime,
        after: Position | None,
        limit: int,
        most: int,
        back: bool = False,
    ) -> Looked:
        """Of a list's next `most` those that the text of `wanted` is in and that were submitted on its days, in the
        list's order, `limit` at most. Costs what is read of those `most`, and opens what was found. The three above
        heed no text; `late` heeds no days either, because they are not what it is in order by."""

    def waiting(self) -> Mapping[Desk, Pile]:
        """What waits on each desk but the KEPT ones, by when it was submitted; without the empty ones. One command."""

    def kept(self, desk: Desk, limit: int) -> Pile:
        """The same for a KEPT desk, which holds more every year: counted up to `limit`."""

    def all_late(self, now: datetime) -> Pile:
        """What `late` lists, by its deadlines."""

    def of_phone(self, phone_key: str, limit: int) -> Sequence[Appeal]:
        """With which that phone was left (app/services/people/callers.py), newest first."""

    def some(self, appeal_ids: Iterable[str]) -> Sequence[Appeal]:
        """Those of the ids that there are, in the order given."""
