"""The stores of app/services/ports.py in memory: dictionaries of frozen aggregates, for tests of services and web."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar

from app.domain.account import Account, Invitation, Session
from app.domain.appeal import Appeal
from app.domain.call import Call
from app.domain.consent import Consent
from app.domain.escalation import next_check_at
from app.domain.roster import Official, Roster
from app.services.ports import Answered, Duplicate, JobRun, Lease, Lockout, Position, StoreAway, Upload
from app.store.derived import due_at, is_done, listed_at, next_dispatch_at, settled_at

T = TypeVar("T")


class Outage:
    """Set `away` and every store raises StoreAway, like a database that does not answer."""

    def __init__(self) -> None:
        self.away = False
        self._lock = threading.RLock()

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        if self.away:
            raise StoreAway
        with self._lock:
            yield


class MemoryShelf(Generic[T]):
    key = "id"
    unique: tuple[str, ...] = ()

    def __init__(self, outage: Outage) -> None:
        self.kept: dict[str, T] = {}
        self.outage = outage
        self.before_write: Callable[[T], None] | None = None
        """Called with what is about to be written: it may raise, wait, or let somebody else act first."""

    def add(self, aggregate: T) -> None:
        self._announce(aggregate)
        with self.outage.one_at_a_time():
            if self._id(aggregate) in self.kept:
                raise Duplicate
            self._refuse_taken(aggregate)
            self.kept[self._id(aggregate)] = aggregate

    def replace(self, aggregate: Any) -> bool:
        self._announce(aggregate)
        with self.outage.one_at_a_time():
            stored: Any = self.kept.get(aggregate.id)
            if stored is None or stored.version != aggregate.version - 1:
                return False
            self._refuse_taken(aggregate)
            self.kept[aggregate.id] = aggregate
            return True

    def put(self, aggregate: T) -> None:
        with self.outage.one_at_a_time():
            self.kept[self._id(aggregate)] = aggregate

    def get(self, id: str) -> T | None:
        with self.outage.one_at_a_time():
            return self.kept.get(id)

    def where(self, condition: Callable[[T], bool]) -> list[T]:
        with self.outage.one_at_a_time():
            return [aggregate for aggregate in self.kept.values() if condition(aggregate)]

    def one(self, condition: Callable[[T], bool]) -> T | None:
        return next(iter(self.where(condition)), None)

    def forget(self, condition: Callable[[T], bool]) -> int:
        with self.outage.one_at_a_time():
            gone = [id for id, aggregate in self.kept.items() if condition(aggregate)]
            for id in gone:
                del self.kept[id]
            return len(gone)

    def _announce(self, aggregate: T) -> None:
        if self.before_write is not None:
            self.before_write(aggregate)

    def _id(self, aggregate: T) -> str:
        return str(getattr(aggregate, self.key))

    def _refuse_taken(self, aggregate: T) -> None:
        for name in self.unique:
            value = getattr(aggregate, name)
            others = (other for id, other in self.kept.items() if id != self._id(aggregate))
            if value and any(getattr(other, name) == value for other in others):
                raise Duplicate


def page(
    appeals: list[Appeal],
    moment: Callable[[Appeal], datetime | None],
    after: Position | None,
    limit: int,
    newest_first: bool = False,
) -> list[Appeal]:
    """Those with a moment, in the order of (moment, code), that come after `after`."""
    placed = [((when, appeal.code), appeal) for appeal in appeals if (when := moment(appeal)) is not None]
    if after is not None:
        placed = [(place, one) for place, one in placed if (place < after if newest_first else place > after)]
    placed.sort(key=lambda pair: pair[0], reverse=newest_first)
    return [appeal for _, appeal in placed[:limit]]


class MemoryAppeals(MemoryShelf[Appeal]):
    unique = ("code", "submission_key")

    def by_code(self, code: str) -> Appeal | None:
        return self.one(lambda appeal: appeal.code == code)

    def by_submission(self, key: str) -> Appeal | None:
        return self.one(lambda appeal: bool(key) and appeal.submission_key == key)

    def by_check(self, trace: str) -> Appeal | None:
        return self.one(lambda appeal: trace in appeal.checks)

    def of_resident(self, account_id: str, after: Position | None, limit: int) -> Sequence[Appeal]:
        found = self.where(lambda appeal: appeal.resident_id == account_id)
        return page(found, attrgetter("submitted_at"), after, limit, newest_first=True)

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
        posts, hidden = set(official_ids), set(barred)

        def listed(appeal: Appeal) -> bool:
            mine = appeal.assignee_id in posts and appeal.barred_official_id not in hidden
            return bool(appeal.assignee_id) and mine and is_done(appeal) is done

        found = self.where(listed)
        if done:
            return page(found, settled_at, after, limit, newest_first=True)

        def in_window(appeal: Appeal) -> bool:
            due = due_at(appeal)
            return due is not None and (not due_from or due >= due_from) and (not due_until or due < due_until)

        return page([appeal for appeal in found if in_window(appeal)], due_at, after, limit)

    def to_dispatch(self, now: datetime, limit: int) -> Sequence[Appeal]:
        return self._due(next_dispatch_at, now, limit)

    def to_check(self, now: datetime, limit: int) -> Sequence[Appeal]:
        return self._due(next_check_at, now, limit)

    def oldest_dispatch(self) -> datetime | None:
        moments = (next_dispatch_at(appeal) for appeal in self.where(lambda _: True))
        return min((moment for moment in moments if moment is not None), default=None)

    def supervised(self, after: Position | None, limit: int) -> Sequence[Appeal]:
        return page(self.where(lambda _: True), listed_at, after, limit)

    def _due(self, moment: Callable[[Appeal], datetime | None], now: datetime, limit: int) -> list[Appeal]:
        due = self.where(lambda appeal: (when := moment(appeal)) is not None and when <= now)
        return page(due, moment, None, limit)


class MemoryAccounts(MemoryShelf[Account]):
    unique = ("mp_openid", "oa_openid", "unionid")

    def by_mp_openid(self, openid: str) -> Account | None:
        return self.one(lambda account: bool(openid) and account.mp_openid == openid)

    def by_oa_openid(self, openid: str) -> Account | None:
        return self.one(lambda account: bool(openid) and account.oa_openid == openid)

    def by_unionid(self, unionid: str) -> Account | None:
        return self.one(lambda account: bool(unionid) and account.unionid == unionid)

    def bound_to(self, official_ids: Iterable[str]) -> Sequence[Account]:
        wanted = frozenset(official_ids)
        return sorted(self.where(lambda account: bool(account.posts() & wanted)), key=attrgetter("id"))


class MemorySessions(MemoryShelf[Session]):
    def end_all(self, account_id: str) -> None:
        self.forget(lambda session: session.account_id == account_id)

    def forget_expired(self, now: datetime) -> int:
        return self.forget(lambda session: session.expires_at <= now)


class MemoryRosters(MemoryShelf[Roster]):
    key = "slug"

    def all(self) -> Sequence[Roster]:
        return sorted(self.where(lambda _: True), key=attrgetter("slug"))

    def revisions(self) -> Mapping[str, int]:
        return {roster.slug: roster.revision for roster in self.where(attrgetter("is_published"))}


class MemoryOfficials(MemoryShelf[Official]):
    def of_roster(self, slug: str) -> Sequence[Official]:
        return sorted(self.where(lambda official: official.roster == slug), key=attrgetter("position", "id"))


class MemoryCalls(MemoryShelf[Call]):
    def of_account(self, account_id: str) -> Sequence[Call]:
        own = self.where(lambda call: call.account_id == account_id)
        return sorted(own, key=attrgetter("at"), reverse=True)[:500]


class MemoryUploads(MemoryShelf[Upload]):
    def owned(self, upload_ids: Iterable[str], account_id: str) -> Sequence[Upload]:
        found = [self.get(id) for id in dict.fromkeys(upload_ids)]
        return [replace(upload, data=b"") for upload in found if upload and upload.account_id == account_id]


class MemoryConsents(MemoryShelf[Consent]):
    def forget_of(self, openid: str) -> int:
        return self.forget(lambda consent: consent.openid == openid)


class MemoryAnsweredRequests(MemoryShelf[Answered]):
    def forget_before(self, moment: datetime) -> int:
        return self.forget(lambda answered: answered.at < moment)


class MemoryJobRuns(MemoryShelf[JobRun]):
    def all(self) -> Sequence[JobRun]:
        return sorted(self.where(lambda _: True), key=attrgetter("id"))


class MemoryDatabase:
    def __init__(self, outage: Outage) -> None:
        self.outage = outage

    def ping(self) -> None:
        with self.outage.one_at_a_time():
            pass

    def ensure_indexes(self) -> None:
        self.ping()


@dataclass(frozen=True)
class MemoryStores:
    """All stores, empty. `outage.away = True` makes every one raise StoreAway."""

    outage: Outage = field(default_factory=Outage)
    appeals: MemoryAppeals = field(init=False)
    accounts: MemoryAccounts = field(init=False)
    sessions: MemorySessions = field(init=False)
    invitations: MemoryShelf[Invitation] = field(init=False)
    rosters: MemoryRosters = field(init=False)
    officials: MemoryOfficials = field(init=False)
    consents: MemoryConsents = field(init=False)
    calls: MemoryCalls = field(init=False)
    uploads: MemoryUploads = field(init=False)
    answered: MemoryAnsweredRequests = field(init=False)
    lockouts: MemoryShelf[Lockout] = field(init=False)
    leases: MemoryShelf[Lease] = field(init=False)
    job_runs: MemoryJobRuns = field(init=False)
    database: MemoryDatabase = field(init=False)

    def __post_init__(self) -> None:
        kinds: dict[str, Callable[[Outage], Any]] = {
            "appeals": MemoryAppeals,
            "accounts": MemoryAccounts,
            "sessions": MemorySessions,
            "invitations": MemoryShelf,
            "rosters": MemoryRosters,
            "officials": MemoryOfficials,
            "consents": MemoryConsents,
            "calls": MemoryCalls,
            "uploads": MemoryUploads,
            "answered": MemoryAnsweredRequests,
            "lockouts": MemoryShelf,
            "leases": MemoryShelf,
            "job_runs": MemoryJobRuns,
            "database": MemoryDatabase,
        }
        for name, kind in kinds.items():
            object.__setattr__(self, name, kind(self.outage))
