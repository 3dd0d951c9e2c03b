"""`make run` as a process: however it ends, nothing of it stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dev.run import ROOT, free_port, listens
from dev.stack import until

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_runner_that_is_killed_leaves_nothing_running(tmp_path: Path, number: signal.Signals) -> None:
    ports = {name: free_port() for name in ("PORT", "SANDBOX_PORT", "PREVIEW_PORT")}
    given = {name: value for name, value in os.environ.items() if name != "MONGODB_URI"}
    env = {**given, "DATA_DIR": str(tmp_path), **{name: str(port) for name, port in ports.items()}}
    with (tmp_path / "out").open("wb") as out:
        runner = subprocess.Popen([sys.executable, "-m", "dev.run"], cwd=ROOT, env=env, stdout=out, stderr=out)
    try:
        until(lambda: runner.poll() is not None or b"ready after" in (tmp_path / "out").read_bytes(), 90)
        assert listens(ports["PORT"])
        database = int((tmp_path / "database" / "pid").read_text())
    finally:
        runner.send_signal(number)
        runner.wait(40)
    until(lambda: not any(listens(port) for port in ports.values()), 20)
    until(lambda: not lives(database), 20)


def lives(pid: int) -> bool:
    """Also false for a process that has ended and that nobody has asked about yet."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/status")
    return not (status.exists() and "State:\tZ" in status.read_text())
