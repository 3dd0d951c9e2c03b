"""Two people, or two processes, at the same moment: by threads that meet, or by a write between read and write."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


class Meeting:
    """The first two who come wait for one another, so that both have read before either writes; later ones pass."""

    def __init__(self, guests: int = 2) -> None:
        self._barrier = threading.Barrier(guests, timeout=5)
        self._expected = guests
        self._lock = threading.Lock()

    def __call__(self, *_: object) -> None:
        with self._lock:
            waits = self._expected > 0
            self._expected -= 1
        if waits:
            self._barrier.wait()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returned or raised, all begun together in threads."""

    def outcome(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(outcome, acts))


def meanwhile(shelf: Any, act: Callable[[], object]) -> None:
    """Lets `act` happen between the next writer's reading and writing."""

    def hook(_: object) -> None:
        shelf.before_write = None
        act()

    shelf.before_write = hook
