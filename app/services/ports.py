"""What the use cases need from the world, as Protocols. app/container.py connects the implementations.

Every store keeps whole, frozen aggregates. `replace(document)` is the guarded write: it succeeds only when the stored
version is `document.version - 1`, else it returns False and nothing has changed. `add` raises Duplicate when the id or
a unique field is taken. A store that cannot be reached raises StoreAway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from app.domain.account import Account, Invitation, Session
from app.domain.appeal import Appeal
from app.domain.call import Call
from app.domain.consent import Consent
from app.domain.notification import Channel, Outcome
from app.domain.roster import Official, Roster
from app.domain.workday import WorkdayCalendar


class Duplicate(Exception):
    """The id or a unique field is taken."""


class StoreAway(Exception):
    """The database does not answer; the same request may work in a few seconds."""


Position = tuple[datetime, str]
"""Where a list goes on: the time it is sorted by and the appeal's code, both of the last item shown."""


class Clock(Protocol):
    def now(self) -> datetime: ...


class Secrets(Protocol):
    """Random ids and keyed hashes; tests use a predictable one."""

    def new_id(self) -> str: ...

    def new_code(self, now: datetime) -> str:
        """A code for people: short, readable aloud, not to be guessed."""

    def new_token(self) -> str: ...

    def digest(self, purpose: str, value: str) -> str:
        """Keyed hash, different for each purpose; the same for the same value for ever."""


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
        """Assigned to one of `official_ids` and about none of `barred`. Open ones (`done` false) by (due_at, code) with
        due_from <= due_at < due_until; those answered or closed by (settled_at, code), newest first."""

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

    def on_desk(self, desk: str, after: Position | None, limit: int) -> Sequence[Appeal]:
        """What lies on a desk of the work list (app/domain/worklist.py), oldest first, by (submitted_at, code)."""

    def published(self, roster: str, after: Position | None, limit: int) -> Sequence[Appeal]:
        """What the public may read of a roster (empty: of all), newest first, by (publication.at, code)."""

    def supervised(self, after: Position | None, limit: int) -> Sequence[Appeal]:
        """The supervision list: open appeals with a supervision, oldest listing first, by (listed_at, code)."""

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


class Accounts(Protocol):
    def add(self, account: Account) -> None: ...

    def get(self, account_id: str) -> Account | None: ...

    def by_mp_openid(self, openid: str) -> Account | None: ...

    def by_oa_openid(self, openid: str) -> Account | None: ...

    def by_unionid(self, unionid: str) -> Account | None: ...

    def replace(self, account: Account) -> bool: ...

    def bound_to(self, official_ids: Iterable[str]) -> Sequence[Account]:
        """Everybody bound to one of these posts, in any role."""


class Sessions(Protocol):
    def add(self, session: Session) -> None: ...

    def get(self, session_id: str) -> Session | None: ...

    def end_all(self, account_id: str) -> None: ...

    def forget_expired(self, now: datetime) -> int: ...


class Invitations(Protocol):
    def add(self, invitation: Invitation) -> None: ...

    def get(self, invitation_id: str) -> Invitation | None: ...

    def replace(self, invitation: Invitation) -> bool: ...

    def of_posts(self, official_ids: Iterable[str]) -> Sequence[Invitation]:
        """All that were ever made for these posts, oldest first, by (created_at, id)."""


class Rosters(Protocol):
    def add(self, roster: Roster) -> None: ...

    def replace(self, roster: Roster) -> bool: ...

    def put(self, roster: Roster) -> None:
        """Inserts or overwrites by slug; the caller raises `revision` with every change."""

    def get(self, slug: str) -> Roster | None: ...

    def all(self) -> Sequence[Roster]:
        """Sorted by slug."""

    def revisions(self) -> Mapping[str, int]:
        """The revision of each published roster by slug: the one read that a cached directory costs."""


class Officials(Protocol):
    def add(self, official: Official) -> None: ...

    def put(self, official: Official) -> None: ...

    def replace(self, official: Official) -> bool: ...

    def get(self, official_id: str) -> Official | None: ...

    def of_roster(self, slug: str) -> Sequence[Official]:
        """All of them, published or not, in the directory's order."""


class Consents(Protocol):
    def add(self, consent: Consent) -> None: ...

    def get(self, consent_id: str) -> Consent | None: ...

    def replace(self, consent: Consent) -> bool: ...

    def forget_of(self, openid: str) -> int:
        """Removes all of this person's; how many there were."""


class Calls(Protocol):
    def add(self, call: Call) -> None:
        """`answers_call_id` is unique: Duplicate when another call-back answers that missed call already."""

    def get(self, call_id: str) -> Call | None: ...

    def of_account(self, account_id: str) -> Sequence[Call]:
        """Newest first, 500 at most."""

    def of_caller(self, account_id: str, official_id: str, after: Position | None, limit: int) -> Sequence[Call]:
        """This person's calls to that official (to all, when empty), newest first, by (at, id)."""

    def answering(self, call_ids: Iterable[str]) -> Sequence[Call]:
        """The call-backs that answer one of these missed calls, in any order."""

    def forget_before(self, moment: datetime) -> int:
        """Those made earlier; how many there were."""

    def recorded(self, since: datetime, until: datetime | None, official_id: str) -> Sequence[Call]:
        """since <= at < until (None: no end), of one official or, when that is empty, of all; by (at, id)."""


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


@dataclass(frozen=True)
class Answered:
    """What a request with an idempotency key was answered with."""

    id: str
    fingerprint: str
    """Of method, path and body: the same key with another request is refused."""
    status: int
    body: str = field(repr=False, metadata={"private": True})
    at: datetime


class AnsweredRequests(Protocol):
    def add(self, answered: Answered) -> None: ...

    def get(self, answered_id: str) -> Answered | None: ...

    def forget_before(self, moment: datetime) -> int: ...


@dataclass(frozen=True)
class Lockout:
    """Failed look-ups from one address or for one code."""

    id: str
    version: int
    failures: int
    last_at: datetime


class Lockouts(Protocol):
    def add(self, lockout: Lockout) -> None: ...

    def get(self, lockout_id: str) -> Lockout | None: ...

    def replace(self, lockout: Lockout) -> bool: ...

    def forget_before(self, moment: datetime) -> int:
        """Those whose last failure is older."""


@dataclass(frozen=True)
class Lease:
    """Held by one process at a time, until it ends; also the heartbeat of who holds it."""

    id: str
    version: int
    holder: str
    until: datetime
    beat_at: datetime


class Leases(Protocol):
    def add(self, lease: Lease) -> None: ...

    def get(self, lease_id: str) -> Lease | None: ...

    def replace(self, lease: Lease) -> bool: ...


@dataclass(frozen=True)
class JobRun:
    """The newest run of a job: what the runner records and the console shows."""

    id: str
    started_at: datetime
    seconds: float
    done: int
    error: str
    last_success_at: datetime | None
    failures: int = 0
    """How many runs in a row have failed, this one included."""


class JobRuns(Protocol):
    def put(self, run: JobRun) -> None: ...

    def get(self, job: str) -> JobRun | None: ...

    def all(self) -> Sequence[JobRun]: ...


class Database(Protocol):
    def ping(self) -> None:
        """Returns when the database answers; raises StoreAway."""

    def ensure_indexes(self) -> None:
        """Creates what is missing; safe to repeat and to run from several processes at once."""


DIGEST = "digest"
"""The occasion of a message that stands for several reminders."""


@dataclass(frozen=True)
class Message:
    """A notification ready for a channel. `occasion` (an Occasion's value, or DIGEST) chooses the template; `facts` are
    the words that fill it.

    facts: code, title, kind, state, due (a time, may be None), text, unit, count, overdue, at. `page` is the
    mini-program page with its query.
    """

    occasion: str
    facts: Mapping[str, Any]
    page: str


class Messenger(Protocol):
    def send(self, channel: Channel, openid: str, message: Message, message_id: str) -> Outcome:
        """Hands one message to WeChat. `message_id` is the client_msg_id: repeating it within ten minutes is safe on
        the template channel. Never raises for what WeChat or the network does."""

    def template_id(self, channel: Channel, occasion: str) -> str:
        """Which template carries that occasion there: the consent ledger counts by it."""

    def template_name(self, channel: Channel, occasion: str) -> str:
        """The same template by its name in the settings (city_rules.Template)."""


class Verdict(StrEnum):
    PASS = "pass"
    REVIEW = "review"


class ContentCheck(Protocol):
    """WeChat's content safety. Whatever is not a clear pass, a time-out included, means that a person looks."""

    def text(self, openid: str, text: str) -> Verdict: ...

    def picture(self, openid: str, url: str) -> str | None:
        """Starts a check and returns its trace id; the result comes as a push. None when it could not be started."""


@dataclass(frozen=True)
class Identity:
    openid: str
    unionid: str = ""


class WeChatLogin(Protocol):
    def identify(self, code: str) -> Identity:
        """Who the wx.login code belongs to. Raises InvalidInput(LOGIN_CODE_INVALID), NotPermitted(LOGIN_REFUSED) or
        NotNow(WECHAT_AWAY)."""

    def unionid_of(self, oa_openid: str) -> str:
        """The unionid of a follower of the Official Account; empty when WeChat has none. Raises NotNow."""


class Alerts(Protocol):
    def raise_alert(self, what: str, **facts: object) -> None:
        """Somebody who runs the system must look: a log line of level error and a counter."""


CalendarSource = Callable[[], WorkdayCalendar]
