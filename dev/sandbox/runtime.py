"""The parts of one running sandbox, and how a request reaches them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from dev.sandbox.clock import SharedClock
from dev.sandbox.config import SandboxConfig
from dev.sandbox.pushes import Pusher
from dev.sandbox.store import Store


@dataclass(frozen=True)
class Sandbox:
    """What every endpoint works with."""

    config: SandboxConfig
    clock: SharedClock
    store: Store
    pusher: Pusher

    def close(self) -> None:
        """End pushes, then release the database."""
        self.pusher.close()
        self.store.close()


def sandbox() -> Sandbox:
    """The sandbox of the current request."""
    return cast(Sandbox, current_app.extensions["sandbox"])
