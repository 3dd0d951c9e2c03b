"""Every contract test runs three times: in memory, on the embedded engine, on the real one."""

from __future__ import annotations

import pytest

from app.services.world import Stores
from tests.engines import Workbench
from tests.fakes import MemoryStores


@pytest.fixture(params=["nx", "real"])
def bench(request: pytest.FixtureRequest) -> Workbench:
    """An empty database on each engine."""
    found: Workbench = request.getfixturevalue(f"{request.param}_bench")
    found.empty()
    return found


@pytest.fixture(params=["memory", "nx", "real"])
def stores(request: pytest.FixtureRequest) -> Stores:
    """Empty stores of each implementation."""
    if request.param == "memory":
        return MemoryStores()
    found: Workbench = request.getfixturevalue(f"{request.param}_bench")
    found.empty()
    return found.stores()
