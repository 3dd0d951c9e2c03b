"""Starts the database engines that tests run on, and stops exactly the processes it started.

`nx`: the embedded default, installed beside the tests. `real`: MongoDB's own engine: what TEST_MONGODB_URI names, else
what ../shared/mongodb/serve starts; tests that need it are skipped where neither is there.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.store import Cipher, MongoStores, connect, open_stores
from app.store.indexes import INDEXES

ROOT = Path(__file__).resolve().parent.parent
SERVE = ROOT.parent / "shared" / "mongodb" / "serve"
SLOWEST_START = 120
"""Seconds; the first start of the real engine on a machine installs it."""


@dataclass
class Engine:
    name: str
    uri: str
    process: subprocess.Popen[bytes] | None = None

    def stop(self) -> None:
        """Ends the process, if it is ours; safe to repeat."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@contextmanager
def nx_engine(directory: Path, port: int = 0) -> Iterator[Engine]:
    """On `port`, or on any free one; what was stored in `directory` before is there again."""
    port = port or _free_port()
    program = Path(sys.executable).with_name("nx-27017")
    options = {"data-dir": directory, "port": port, "log-file": directory / "nx.log", "pid-file": directory / "nx.pid"}
    command = [str(program), *(part for name, value in options.items() for part in (f"--{name}", str(value)))]
    engine = Engine("nx", f"mongodb://127.0.0.1:{port}", _spawn(command, directory))
    try:
        _wait(engine, lambda: _listens(port), directory)
        yield engine
    finally:
        engine.stop()


@contextmanager
def real_engine(directory: Path) -> Iterator[Engine]:
    """Skips the test where there is no real engine."""
    if uri := os.environ.get("TEST_MONGODB_URI"):
        yield Engine("real", uri)
        return
    if not os.access(SERVE, os.X_OK):
        pytest.skip("no real MongoDB: set TEST_MONGODB_URI, or provide ../shared/mongodb/serve beside the repository")
    port = _free_port()
    engine = Engine("real", "", _spawn([str(SERVE), str(directory / "data"), str(port)], directory))
    try:
        _wait(engine, lambda: b"ready " in (directory / "out").read_bytes(), directory)
        engine.uri = f"mongodb://127.0.0.1:{port}/?directConnection=true"
        yield engine
    finally:
        engine.stop()


class Workbench:
    """One database on an engine, with its indexes: emptied for each test instead of made anew, which is faster."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.client = connect(engine.uri)
        self.database = self.client[f"zhitongche_test_{uuid.uuid4().hex[:12]}"]
        self.key = Cipher.new_key()
        self.stores().database.ensure_indexes()

    def stores(self, *keys: str) -> MongoStores:
        """Stores on this database; with other encryption keys when they are given."""
        return open_stores(self.client, self.database.name, Cipher(keys or (self.key,)))

    def empty(self) -> None:
        for name in {*self.database.list_collection_names(), *(index.collection for index in INDEXES)}:
            self.database[name].delete_many({})

    def close(self) -> None:
        self.client.drop_database(self.database.name)
        self.client.close()


def _spawn(command: list[str], directory: Path) -> subprocess.Popen[bytes]:
    with (directory / "out").open("wb") as out:
        return subprocess.Popen(command, cwd=directory, stdin=subprocess.DEVNULL, stdout=out, stderr=out)


def _wait(engine: Engine, is_ready: Callable[[], bool], directory: Path) -> None:
    assert engine.process is not None
    end = time.monotonic() + SLOWEST_START
    while not is_ready():
        if engine.process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"{engine.name} did not start: {(directory / 'out').read_text()[-500:]}")
        time.sleep(0.02)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
