"""One collection in memory, an outage of all of them, and a page of appeals."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar

from app.domain.appeal import Appeal
from app.services.ports.basics import Duplicate, Position, StoreAway

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
            stored: Any = self.kept.get(self._id(aggregate))
            if stored is None or stored.version != aggregate.version - 1:
                return False
            self._refuse_taken(aggregate)
            self.kept[self._id(aggregate)] = aggregate
            return True

    def put(self, aggregate: T) -> None:
        self._announce(aggregate)
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
    tie: Callable[[Appeal], str] = attrgetter("code"),
) -> list[Appeal]:
    """Those with a moment, in the order of (moment, tie), that come after `after`."""
    placed = [((when, tie(appeal)), appeal) for appeal in appeals if (when := moment(appeal)) is not None]
    if after is not None:
        placed = [(place, one) for place, one in placed if (place < after if newest_first else place > after)]
    placed.sort(key=lambda pair: pair[0], reverse=newest_first)
    return [appeal for _, appeal in placed[:limit]]
