"""The guarded change: load, apply a pure rule, replace the version that was loaded; again when somebody was faster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from app.domain.errors import Conflict, Reason
from app.services.ports.basics import Duplicate

ATTEMPTS = 10
"""While messages of an appeal go out, their marks are saved several times a second: a person's act comes through."""


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


A = TypeVar("A", bound=Versioned)


class Store(Protocol[A]):
    def get(self, id: str, /) -> A | None: ...

    def replace(self, aggregate: A, /) -> bool: ...


class GrowingStore(Store[A], Protocol[A]):
    def add(self, aggregate: A, /) -> None: ...


def change(store: Store[A], id: str, rule: Callable[[A], A], missing: Exception, attempts: int = ATTEMPTS) -> A:
    """The aggregate after `rule`, saved. A rule that returns its argument itself writes nothing.

    Raises `missing` when there is none, whatever the rule raises, and Conflict when others were faster every time.
    """
    for _ in range(attempts):
        current = store.get(id)
        if current is None:
            raise missing
        changed = rule(current)
        if changed is current:
            return current
        saved = next_version(current, changed)
        if store.replace(saved):
            return saved
    raise Conflict(Reason.CHANGED_MEANWHILE)


def change_or_add(store: GrowingStore[A], id: str, new: A, rule: Callable[[A], A], attempts: int = 10) -> A:
    """Like `change`, but begins with `rule(new)` when there is none yet; safe against two who begin at once."""
    for _ in range(attempts):
        try:
            return change(store, id, rule, missing=_Absent(), attempts=attempts)
        except _Absent:
            first = rule(new)
            try:
                store.add(first)
            except Duplicate:
                continue
            return first
    raise Conflict(Reason.CHANGED_MEANWHILE)


class _Absent(Exception):
    """There is no aggregate with that id yet."""


def next_version(current: A, changed: A) -> A:
    document: Any = changed
    versioned: A = replace(document, version=current.version + 1)
    return versioned
