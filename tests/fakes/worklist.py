"""The work list in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter

from app.domain.appeal import Appeal
from app.domain.workday import local_day
from app.domain.worklist import KEPT, Desk, Filter, Lists, WorkList, counted_due_at, desks, filter_words
from app.services.ports.appeals import NOTHING, Looked, Pile
from app.services.ports.basics import Position
from tests.fakes.appeals import MemoryAppeals
from tests.fakes.shelf import page


class MemoryWorklist:
    """Over the appeals of the same bundle."""

    def __init__(self, appeals: MemoryAppeals) -> None:
        self.appeals = appeals

    def on_desk(
        self, desk: Desk, wanted: Filter, after: Position | None, limit: int, back: bool = False
    ) -> Sequence[Appeal]:
        found = [appeal for appeal in self._found(wanted, False) if desk in desks(appeal) and on_days(wanted, appeal)]
        return page(found, attrgetter("submitted_at"), after, limit, newest_first=back)

    def late(
        self, wanted: Filter, now: datetime, after: Position | None, limit: int, back: bool = False
    ) -> Sequence[Appeal]:
        late = [appeal for appeal in self._found(wanted) if (due := counted_due_at(appeal)) is not None and due < now]
        return page(late, counted_due_at, after, limit, newest_first=back)

    def newest(self, wanted: Filter, after: Position | None, limit: int, back: bool = False) -> Sequence[Appeal]:
        found = [appeal for appeal in self._found(wanted) if on_days(wanted, appeal)]
        return page(found, attrgetter("submitted_at"), after, limit, newest_first=not back)

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
        if isinstance(which, Desk):
            read = self.on_desk(which, wanted, after, most, back)
        elif which is Lists.LATE:
            read = self.late(wanted, now, after, most, back)
        else:
            read = self.newest(wanted, after, most, back)
        found = [one for one in read if wanted.is_in(one.code, one.title, one.body) and on_days(wanted, one)]
        if len(found) >= limit or len(read) < most:
            return Looked(found[:limit], None)
        last = read[-1]
        return Looked(found, (counted_due_at(last) if which is Lists.LATE else last.submitted_at, last.code))

    def waiting(self) -> Mapping[Desk, Pile]:
        piles = {desk: self.kept(desk, 0) for desk in Desk if desk not in KEPT}
        return {desk: pile for desk, pile in piles.items() if pile.count}

    def kept(self, desk: Desk, limit: int) -> Pile:
        found = self.appeals.where(lambda appeal: desk in desks(appeal))[: limit or None]
        return Pile(len(found), min(one.submitted_at for one in found)) if found else NOTHING

    def all_late(self, now: datetime) -> Pile:
        due = [at for one in self.appeals.where(lambda _: True) if (at := counted_due_at(one)) is not None and at < now]
        return Pile(len(due), min(due)) if due else NOTHING

    def of_phone(self, phone_key: str, limit: int) -> Sequence[Appeal]:
        found = self.appeals.where(lambda appeal: appeal.phone_key == phone_key)
        return page(found, attrgetter("submitted_at"), None, limit, newest_first=True)

    def some(self, appeal_ids: Iterable[str]) -> Sequence[Appeal]:
        found = {one.id: one for one in self.appeals.where(lambda _: True)}
        return [found[id] for id in dict.fromkeys(appeal_ids) if id in found]

    def _found(self, wanted: Filter, states: bool = True) -> list[Appeal]:
        return self.appeals.where(lambda appeal: wanted.word in filter_words(appeal, states))


def on_days(wanted: Filter, appeal: Appeal) -> bool:
    day = local_day(appeal.submitted_at)
    return (wanted.first or day) <= day <= (wanted.last or day)
