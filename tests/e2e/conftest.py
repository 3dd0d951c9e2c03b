"""One whole stack for each engine, shared by the tests that only add to it; crash tests take one of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dev import miniprogram
from dev.phone import chromium
from dev.stack import Stack
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
    yield from _running(Stack(tmp_path / "data", mongodb_uri))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The mini-program compiled for the browser."""
    target = tmp_path_factory.mktemp("built") / miniprogram.BUILT
    miniprogram.build(target)
    return target


@pytest.fixture
def city(built: Path, tmp_path: Path) -> Iterator[Stack]:
    """A stack with the mini-program in the browser, on the embedded engine: what another would change is tested below
    the pages."""
    stack = Stack(tmp_path / "data")
    (stack.data / miniprogram.BUILT).symlink_to(built)
    yield from _running(stack)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def _running(stack: Stack) -> Iterator[Stack]:
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
