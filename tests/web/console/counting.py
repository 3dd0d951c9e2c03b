"""Counts what a page asks of the stores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.web.city import City

NOT_ASKED = frozenset({"where", "one", "forget"})
"""How the fakes answer, not what they are asked."""


class Counted:
    """A store whose methods are counted; what it is made of is not."""

    def __init__(self, name: str, store: Any, counts: Counter[str]) -> None:
        self._name, self._store, self._counts = name, store, counts

    def __getattr__(self, method: str) -> Any:
        found = getattr(self._store, method)
        if not callable(found) or method in NOT_ASKED:
            return found

        def counted(*given: Any, **more: Any) -> Any:
            self._counts[f"{self._name}.{method}"] += 1
            return found(*given, **more)

        return counted


@contextmanager
def queries(city: City) -> Iterator[Counter[str]]:
    """What is asked meanwhile, by `store.method`."""
    counts: Counter[str] = Counter()
    stores = city.world.stores
    names = [name for name in vars(stores) if name != "outage"]
    kept = {name: getattr(stores, name) for name in names}
    for name, store in kept.items():
        object.__setattr__(stores, name, Counted(name, store, counts))
    try:
        yield counts
    finally:
        for name, store in kept.items():
            object.__setattr__(stores, name, store)
