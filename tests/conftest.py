"""Database engines, started once per run and only when a test asks for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engines import Workbench, nx_engine, real_engine


@pytest.fixture(scope="session")
def nx_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A database on the embedded engine."""
    with nx_engine(tmp_path_factory.mktemp("nx")) as engine:
        bench = Workbench(engine)
        yield bench
        bench.close()


@pytest.fixture(scope="session")
def real_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A database on the real engine; skips where there is none."""
    with real_engine(tmp_path_factory.mktemp("real")) as engine:
        bench = Workbench(engine)
        yield bench
        bench.close()
