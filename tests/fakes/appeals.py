"""The appeals in memory, and the other views of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from operator import attrgetter, itemgetter

from app.domain.appeal import Appeal
from app.domain.bar import words_of
from app.domain.escalation import next_sweep_at
from app.domain.figure_facts import changed_at, days_of, facts_of, figure_key, figure_keys
from app.domain.forgetting import has_contacts, pictures_of
from app.domain.notification import Notification, Status
from app.domain.outbox import trouble_at, trouble_kinds, troubles
from app.domain.passage import Measure, Passage, measures_of, passage_of
from app.services.ports.basics import Position
from app.services.ports.flows import OpenAppeal
from app.services.ports.running import OutboxLine
from app.store.derived import answer_keys, answered_at, due_at, is_done, next_dispatch_at, settled_at
from tests.fakes.shelf import MemoryShelf, page


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
            mine = appeal.assignee_id in posts and hidden.isdisjoint(words_of(appeal.kept_from))
            return bool(appeal.assignee_id) and mine and is_done(appeal) is done

        found = self.where(listed)
        if done:
            return page(found, settled_at, after, limit, newest_first=True)

        def in_window(appeal: Appeal) -> bool:
            due = due_at(appeal)
            return due is not None and (not due_from or due >= due_from) and (not due_until or due < due_until)

        return page([appeal for appeal in found if in_window(appeal)], due_at, after, limit)

    def kept_from(self, word: str) -> Sequence[str]:
        return [appeal.id for appeal in self.where(lambda appeal: word in words_of(appeal.kept_from))]

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

    def published(self, roster: str, official_id: str, after: Position | None, limit: int) -> Sequence[Appeal]:
        found = self.where(
            lambda appeal: (
                roster in {"", appeal.roster}
                and official_id in {"", appeal.assignee_id}
                and appeal.publication is not None
            )
        )
        at, tie = attrgetter("publication.at"), attrgetter("public_id")
        return page(found, at, after, limit, newest_first=True, tie=tie)

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


class MemoryPassages:
    """Over the appeals of the same bundle."""

    def __init__(self, appeals: MemoryAppeals) -> None:
        self.appeals = appeals

    def submitted(self, roster: str, begin: datetime, end: datetime) -> Sequence[Passage]:
        own = self.appeals.where(lambda a: a.roster == roster and begin <= a.submitted_at < end)
        return [passage_of(appeal) for appeal in sorted(own, key=attrgetter("submitted_at"))]

    def answered(self, roster: str, begin: datetime, end: datetime) -> int:
        return len(
            self.appeals.where(lambda a: a.roster == roster and bool(a.answers) and begin <= a.answers[-1].at < end)
        )

    def open_now(self, roster: str) -> Sequence[OpenAppeal]:
        own = self.appeals.where(lambda a: a.roster == roster and a.is_open)
        found = [OpenAppeal(due_at(a), a.assignee_id, passage_of(a)) for a in own]
        return sorted(found, key=lambda one: (one.due_at is not None, one.due_at or datetime.min))  # noqa: DTZ901

    def measures(self, roster: str, first: date, last: date) -> Sequence[Measure]:
        own = self.appeals.where(lambda a: a.roster == roster)
        return [measure for appeal in own for day, measure in measures_of(appeal) if first <= day <= last]


class MemoryOutbox:
    def __init__(self, appeals: MemoryAppeals) -> None:
        self.appeals = appeals

    def waiting(self, limit: int) -> Sequence[OutboxLine]:
        found = page(self.appeals.where(lambda _: True), next_dispatch_at, None, limit)
        return [self._line(message) for appeal in found for message in appeal.notifications if message.is_waiting]

    def troubled(self, status: Status, limit: int) -> Sequence[OutboxLine]:
        found = self.in_trouble(status.value, None, limit)
        return [self._line(m) for appeal in found for m in troubles(appeal) if m.status is status]

    def in_trouble(self, kind: str, after: Position | None, limit: int) -> Sequence[Appeal]:
        found = self.appeals.where(lambda appeal: kind in trouble_kinds(appeal))
        return page(found, trouble_at, after, limit, newest_first=True)

    def _line(self, message: Notification) -> OutboxLine:
        since = message.created_at if message.is_waiting else message.settled_at or message.created_at
        return OutboxLine(message.status, message.channel or message.recipient.channels[0], since)


class MemoryOldAppeals:
    def __init__(self, appeals: MemoryAppeals) -> None:
        self.appeals = appeals

    def with_pictures(self, closed_before: datetime, limit: int) -> Sequence[Appeal]:
        return self._closed(lambda appeal: bool(pictures_of(appeal)), closed_before, limit)

    def with_contacts(self, closed_before: datetime, limit: int) -> Sequence[Appeal]:
        return self._closed(has_contacts, closed_before, limit)

    def showing(self, picture_ids: Iterable[str], except_id: str) -> frozenset[str]:
        others = self.appeals.where(lambda appeal: appeal.id != except_id)
        return frozenset(picture_ids) & frozenset(id for appeal in others for id in pictures_of(appeal))

    def _closed(self, holds: Callable[[Appeal], bool], before: datetime, limit: int) -> Sequence[Appeal]:
        old = self.appeals.where(lambda a: holds(a) and (at := a.closed_at) is not None and at < before)
        return page(old, attrgetter("closed_at"), None, limit)
