"""The stores of app/services/ports.py in memory: dictionaries of frozen aggregates, for tests of services and web."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar

from app.domain.account import Account, Invitation, Session
from app.domain.appeal import Appeal
from app.domain.audit import AuditEntry
from app.domain.call import Call
from app.domain.consent import Consent
from app.domain.escalation import next_sweep_at
from app.domain.figure_facts import changed_at, days_of, facts_of, figure_key, figure_keys
from app.domain.officer import Officer
from app.domain.perfunctory import Flag, FlagReason
from app.domain.reporting import Report, ReportKind
from app.domain.roster import Official, Roster
from app.domain.sampling import FrozenList
from app.domain.spot_check import Draw, Result
from app.domain.worklist import desks
from app.services.evidence_ports import Mark
from app.services.figure_ports import DailyTally, FigureMark
from app.services.office_ports import Counter
from app.services.ports import Answered, Duplicate, JobRun, Lease, Lockout, Position, StoreAway, Upload
from app.services.visit_ports import VisitCount
from app.store.derived import answer_keys, answered_at, due_at, is_done, next_dispatch_at, settled_at

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
    unique = ("code", "submission_key", "call_id")

    def of_calls(self, call_ids: Iterable[str]) -> Sequence[Appeal]:
        wanted = frozenset(call_ids)
        return self.where(lambda appeal: bool(appeal.call_id) and appeal.call_id in wanted)

    def sources(self, slug: str, begin: datetime, end: datetime) -> Sequence[tuple[str, datetime]]:
        found = self.where(lambda a: a.roster == slug and bool(a.source) and begin <= a.submitted_at < end)
        return sorted(((a.source, a.submitted_at) for a in found), key=itemgetter(1))

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
        return self._due(next_sweep_at, now, limit)

    def oldest_dispatch(self) -> datetime | None:
        moments = (next_dispatch_at(appeal) for appeal in self.where(lambda _: True))
        return min((moment for moment in moments if moment is not None), default=None)

    def changed_after(self, after: Position, limit: int) -> Sequence[Appeal]:
        return page(self.where(lambda _: True), changed_at, after, limit)

    def officials_due(self, day: date) -> Sequence[str]:
        facts = (fact for appeal in self.where(lambda _: True) for fact in facts_of(appeal))
        return sorted({fact.official_id for fact in facts if day in days_of(fact)})

    def due_on(self, day: date, official_id: str) -> Sequence[Appeal]:
        found = self.where(lambda appeal: figure_key(day, official_id) in figure_keys(appeal))
        return sorted(found, key=attrgetter("code"))

    def on_desk(self, desk: str, after: Position | None, limit: int) -> Sequence[Appeal]:
        found = self.where(lambda appeal: desk in {lies.value for lies in desks(appeal)})
        return page(found, attrgetter("submitted_at"), after, limit)

    def published(self, roster: str, after: Position | None, limit: int) -> Sequence[Appeal]:
        found = self.where(lambda appeal: roster in {"", appeal.roster} and appeal.publication is not None)
        return page(found, lambda appeal: appeal.publication and appeal.publication.at, after, limit, newest_first=True)

    def supervised(self, after: Position | None, limit: int) -> Sequence[Appeal]:
        return page(self.where(lambda _: True), attrgetter("listed_at"), after, limit)

    def submitted_between(
        self, roster: str, begin: datetime, end: datetime, after: Position | None, limit: int
    ) -> Sequence[Appeal]:
        return self._between(attrgetter("submitted_at"), roster, begin, end, after, limit)

    def answered_between(
        self, roster: str, begin: datetime, end: datetime, after: Position | None, limit: int
    ) -> Sequence[Appeal]:
        return self._between(answered_at, roster, begin, end, after, limit)

    def with_answer(self, key: str, begin: datetime, end: datetime, limit: int) -> Sequence[Appeal]:
        found = self.where(lambda a: key in answer_keys(a) and begin <= a.answers[-1].at <= end)
        return page(found, answered_at, None, limit, newest_first=True)

    def _between(
        self,
        moment: Callable[[Appeal], datetime | None],
        roster: str,
        begin: datetime,
        end: datetime,
        after: Position | None,
        limit: int,
    ) -> list[Appeal]:
        own = self.where(lambda a: a.roster == roster and (at := moment(a)) is not None and begin <= at < end)
        return page(own, moment, after, limit)

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
    unique = ("answers_call_id",)

    def of_account(self, account_id: str) -> Sequence[Call]:
        own = self.where(lambda call: call.account_id == account_id)
        return sorted(own, key=attrgetter("at", "id"), reverse=True)[:500]

    def of_caller(self, account_id: str, official_id: str, after: Position | None, limit: int) -> Sequence[Call]:
        own = self.where(lambda call: call.account_id == account_id and official_id in {"", call.official_id})
        left = [call for call in own if after is None or (call.at, call.id) < after]
        return sorted(left, key=attrgetter("at", "id"), reverse=True)[:limit]

    def answering(self, call_ids: Iterable[str]) -> Sequence[Call]:
        wanted = frozenset(call_ids)
        return self.where(lambda call: bool(call.answers_call_id) and call.answers_call_id in wanted)

    def recorded(self, since: datetime, until: datetime | None, official_id: str) -> Sequence[Call]:
        def wanted(call: Call) -> bool:
            return since <= call.at and (not until or call.at < until) and official_id in {"", call.official_id}

        return sorted(self.where(wanted), key=attrgetter("at", "id"))


class MemoryVisits(MemoryShelf[VisitCount]):
    def of_roster(self, slug: str, first: date, last: date) -> Sequence[VisitCount]:
        found = self.where(lambda count: count.roster == slug and first <= count.day <= last)
        return sorted(found, key=attrgetter("day", "source"))


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


class MemoryOfficers(MemoryShelf[Officer]):
    unique = ("username",)

    def by_username(self, username: str) -> Officer | None:
        return self.one(lambda officer: officer.username == username)

    def all(self) -> Sequence[Officer]:
        return sorted(self.where(lambda _: True), key=attrgetter("username"))


class MemoryReports(MemoryShelf[Report]):
    def newest(self, roster: str, kind: ReportKind, limit: int) -> Sequence[Report]:
        found = self.where(lambda report: (report.roster, report.kind) == (roster, kind))
        return sorted(found, key=attrgetter("first"), reverse=True)[:limit]


class MemoryAuditLog(MemoryShelf[AuditEntry]):
    def last(self) -> AuditEntry | None:
        return max(self.where(lambda _: True), key=attrgetter("number"), default=None)

    def since(self, number: int, limit: int) -> Sequence[AuditEntry]:
        return sorted(self.where(lambda entry: entry.number > number), key=attrgetter("number"))[:limit]


class MemoryDailyTallies(MemoryShelf[DailyTally]):
    def forget(self, ids: Any) -> int:
        gone = frozenset(ids)
        return super().forget(lambda daily: daily.id in gone)

    def between(self, first: date, last: date, official_ids: Iterable[str]) -> Sequence[DailyTally]:
        wanted = frozenset(official_ids)
        found = self.where(lambda daily: daily.official_id in wanted and first <= daily.day <= last)
        return sorted(found, key=attrgetter("day", "id"))


class MemorySpotChecks:
    def __init__(self, outage: Outage) -> None:
        self.draws: MemoryShelf[Draw] = MemoryShelf(outage)
        self.lists: MemoryShelf[FrozenList] = MemoryShelf(outage)
        self.results: MemoryShelf[Result] = MemoryShelf(outage)

    def freeze(self, candidates: FrozenList) -> None:
        self.lists.put(candidates)

    def frozen(self, list_hash: str) -> FrozenList | None:
        return self.lists.get(list_hash)

    def add(self, draw: Draw) -> None:
        self.draws.add(draw)

    def get(self, draw_id: str) -> Draw | None:
        return self.draws.get(draw_id)

    def of_roster(self, roster: str, limit: int) -> Sequence[Draw]:
        own = self.draws.where(lambda draw: draw.roster == roster)
        return sorted(own, key=attrgetter("drawn_at"), reverse=True)[:limit]

    def add_result(self, result: Result) -> None:
        self.results.add(result)

    def results_of(self, draw_id: str) -> Sequence[Result]:
        return sorted(self.results.where(lambda result: result.draw_id == draw_id), key=attrgetter("at", "id"))


class MemoryPerfunctoryFlags(MemoryShelf[Flag]):
    def of_text(self, official_id: str, text_hash: str) -> Sequence[Flag]:
        def same(flag: Flag) -> bool:
            wanted = FlagReason.SAME_TEXT, official_id, text_hash
            return (flag.reason, flag.official_id, flag.text_hash) == wanted

        return sorted(self.where(same), key=attrgetter("found_at", "id"))

    def undecided(self, roster: str, after: Position | None, limit: int) -> Sequence[Flag]:
        waiting = self.where(lambda flag: flag.roster == roster and flag.decision is None)
        later = [flag for flag in waiting if after is None or (flag.found_at, flag.id) > after]
        return sorted(later, key=attrgetter("found_at", "id"))[:limit]

    def confirmed_of(self, official_id: str) -> Sequence[Flag]:
        found = self.where(lambda flag: flag.official_id == official_id and flag.is_verified)
        return sorted(found, key=attrgetter("found_at", "id"))


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
    visits: MemoryVisits = field(init=False)
    uploads: MemoryUploads = field(init=False)
    answered: MemoryAnsweredRequests = field(init=False)
    lockouts: MemoryShelf[Lockout] = field(init=False)
    leases: MemoryShelf[Lease] = field(init=False)
    job_runs: MemoryJobRuns = field(init=False)
    officers: MemoryOfficers = field(init=False)
    counters: MemoryShelf[Counter] = field(init=False)
    reports: MemoryReports = field(init=False)
    audit_log: MemoryAuditLog = field(init=False)
    daily_tallies: MemoryDailyTallies = field(init=False)
    figure_marks: MemoryShelf[FigureMark] = field(init=False)
    spot_checks: MemorySpotChecks = field(init=False)
    perfunctory_flags: MemoryPerfunctoryFlags = field(init=False)
    marks: MemoryShelf[Mark] = field(init=False)
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
            "visits": MemoryVisits,
            "uploads": MemoryUploads,
            "answered": MemoryAnsweredRequests,
            "lockouts": MemoryShelf,
            "leases": MemoryShelf,
            "job_runs": MemoryJobRuns,
            "officers": MemoryOfficers,
            "counters": MemoryShelf,
            "reports": MemoryReports,
            "audit_log": MemoryAuditLog,
            "daily_tallies": MemoryDailyTallies,
            "figure_marks": MemoryShelf,
            "spot_checks": MemorySpotChecks,
            "perfunctory_flags": MemoryPerfunctoryFlags,
            "marks": MemoryShelf,
            "database": MemoryDatabase,
        }
        for name, kind in kinds.items():
            object.__setattr__(self, name, kind(self.outage))
