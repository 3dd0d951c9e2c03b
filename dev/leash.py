"""Ends a demonstration's parts when the process that started them dies, however it dies.

A small process of its own reads from a pipe which parts run. The pipe ends with whoever holds its other end, kill -9
included; then it ends the parts. Works wherever there are process groups.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

PATIENCE = 5.0
"""Seconds from asking the parts to end until they are killed."""


class Leash:
    """What is held ends with this process, unless it is let go before."""

    def __init__(self) -> None:
        self._watcher: subprocess.Popen[str] | None = None

    def hold(self, group: int) -> None:
        """`group`: the id of a part that leads its process group."""
        if self._watcher is None:
            command = [sys.executable, "-m", "dev.leash"]
            self._watcher = subprocess.Popen(
                command, cwd=Path(__file__).parent.parent, stdin=subprocess.PIPE, text=True, start_new_session=True
            )
        self._tell(str(group))

    def let_go(self) -> None:
        """Everything has been stopped properly; safe to repeat."""
        if self._watcher is not None:
            self._tell("done")
            with suppress(BrokenPipeError):
                self._watcher.communicate()
            self._watcher = None

    def _tell(self, line: str) -> None:
        assert self._watcher is not None
        assert self._watcher.stdin is not None
        with suppress(BrokenPipeError):  # somebody ended the watcher; the parts run as well without
            self._watcher.stdin.write(f"{line}\n")
            self._watcher.stdin.flush()


def main() -> None:
    groups: list[int] = []
    for line in sys.stdin:
        if line == "done\n":
            return
        groups.append(int(line))
    for number in (signal.SIGTERM, signal.SIGKILL):
        end = time.monotonic() + PATIENCE
        for group in groups:
            _signal(group, number)
        while any(_signal(group, 0) for group in groups) and time.monotonic() < end:
            time.sleep(0.1)


def _signal(group: int, number: int) -> bool:
    """Whether there is still somebody to hear it."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
