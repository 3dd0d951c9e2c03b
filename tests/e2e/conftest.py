"""One whole stack for each engine, shared by the tests that only add to it; crash tests take one of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.stack import Stack
from tests.engines import real_engine


@pytest.fixture(scope="session", params=["nx", "real"])
def mongodb_uri(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Empty for the embedded engine, which the stack starts itself."""
    if request.param == "nx":
        yield ""
        return
    with real_engine(tmp_path_factory.mktemp("real")) as engine:
        yield engine.uri


@pytest.fixture
def stack(mongodb_uri: str, tmp_path: Path) -> Iterator[Stack]:
    stack = Stack(tmp_path / "data", mongodb_uri)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
