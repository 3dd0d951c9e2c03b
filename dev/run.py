"""`make run`: the whole demonstration on this machine, from an empty directory to three addresses.

Starts the embedded database (unless MONGODB_URI names one), WeChat's sandbox, the web server, the jobs and, where there
is Node, the mini-program in the browser; loads the sample data, and stops everything on Ctrl-C or when it is killed.
One of them ending ends all: nothing runs on half broken.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dev import DEFAULT_ROSTER, miniprogram
from dev.leash import Leash

BIN = Path(sys.executable).parent
ROOT = Path(__file__).parent.parent
ACCOUNTS = "console-accounts.txt"
PATIENCE = 60
"""Seconds that a part may take until it answers."""


class StartError(Exception):
    """Why the demonstration cannot start, in one sentence."""


@dataclass(frozen=True)
class Ports:
    web: int
    sandbox: int
    preview: int
    database: int


@dataclass
class Parts:
    """The processes that were started, in order; they are stopped the other way round."""

    logs: Path
    environment: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    leash: Leash = field(default_factory=Leash)

    def start(self, name: str, *command: str, **extra: str) -> None:
        with (self.logs / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**self.environment, **extra},
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.leash.hold(self.running[name].pid)

    def ended(self) -> str:
        """The name of a part that has ended by itself; empty while all run."""
        return next((name for name, process in self.running.items() if process.poll() is not None), "")

    def stop(self) -> None:
        for process in reversed(self.running.values()):
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.leash.let_go()


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    begun = time.monotonic()
    data = Path(os.environ.get("DATA_DIR") or "var").resolve()
    logs = data / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    ports = Ports(_port("PORT", 8000), _port("SANDBOX_PORT", 8001), _port("PREVIEW_PORT", 8002), free_port())
    parts = Parts(logs, environment(data, ports, os.environ))
    try:
        for port in (ports.web, ports.sandbox, ports.preview):
            refuse_taken(port)
        build_preview(data)
        start_all(parts, data, ports, embedded=not os.environ.get("MONGODB_URI"))
        print(welcome(data, ports, time.monotonic() - begun), flush=True)
        while not (name := parts.ended()):
            time.sleep(0.5)
        raise StartError(f"{name} ended; its log is {logs / name}.log")
    except KeyboardInterrupt:
        print("\nstopping ...", flush=True)
    except StartError as error:
        sys.exit(f"直通车: {error}")
    finally:
        parts.stop()


def build_preview(data: Path) -> None:
    """The mini-program for the browser, where it can be built; where not, says why: the rest runs without."""
    if not miniprogram.has_node():
        print(f"no Node {miniprogram.OLDEST_NODE} here: the mini-program is not shown in the browser", flush=True)
    try:
        miniprogram.build(data / miniprogram.BUILT)
    except miniprogram.BuildFailed as error:
        print(error, flush=True)


def start_all(parts: Parts, data: Path, ports: Ports, embedded: bool) -> None:
    """Starts every part and waits until the whole is ready; with `embedded` its own database, and with the browser's
    mini-program when that is built. Raises StartError."""
    if embedded:
        files = {name: str(data / "database" / name) for name in ("log", "pid")}
        (data / "database").mkdir(exist_ok=True)
        parts.start(
            "database", str(BIN / "nx-27017"), "--data-dir", str(data / "database"), "--port", str(ports.database),
            "--log-file", files["log"], "--pid-file", files["pid"],
        )  # fmt: skip
        wait_for(parts, "database", lambda: listens(ports.database))
    parts.start("sandbox", sys.executable, "-m", "dev.sandbox")
    wait_for(parts, "sandbox", lambda: listens(ports.sandbox))
    seeding = subprocess.run(
        [sys.executable, "-m", "dev.seed"], cwd=ROOT, env=dict(parts.environment), check=False, stdout=subprocess.PIPE
    )
    if seeding.returncode:
        raise StartError("the sample data could not be loaded")
    (data / ACCOUNTS).write_bytes(seeding.stdout)
    metrics = data / "metrics"
    metrics.mkdir(exist_ok=True)
    for old in metrics.glob("*.db"):
        old.unlink()
    parts.start(
        "web", str(BIN / "gunicorn"), "-c", "deploy/gunicorn.py", "wsgi:app", PROMETHEUS_MULTIPROC_DIR=str(metrics)
    )
    parts.start("jobs", sys.executable, "-m", "jobs")
    if (data / miniprogram.BUILT).exists():
        parts.start("preview", sys.executable, "-m", "dev.preview")
        wait_for(parts, "preview", lambda: listens(ports.preview))
    wait_for(parts, "web", lambda: answers(f"http://127.0.0.1:{ports.web}/readyz"))


def environment(data: Path, ports: Ports, given: Mapping[str, str]) -> dict[str, str]:
    """What every part of the demonstration is told."""
    web, sandbox, preview = (f"http://127.0.0.1:{port}" for port in (ports.web, ports.sandbox, ports.preview))
    return {
        **given,
        "APP_ENV": "demo",
        "DATA_DIR": str(data),
        "PORT": str(ports.web),
        "SANDBOX_PORT": str(ports.sandbox),
        "SANDBOX_URL": sandbox,
        "PREVIEW_PORT": str(ports.preview),
        "PREVIEW_URL": preview,
        "PREVIEW_DIR": str(data / miniprogram.BUILT),
        "WEB_URL": web,
        "MONGODB_URI": given.get("MONGODB_URI") or f"mongodb://127.0.0.1:{ports.database}",
        "PUBLIC_URL": web,
        "DEFAULT_ROSTER": given.get("DEFAULT_ROSTER") or DEFAULT_ROSTER,
        "PUSH_URL": f"{web}/wechat/push",
        "WECHAT_API_BASE": sandbox,
        "CLOCK_OFFSET_FILE": str(data / "clock-offset"),
        "DISPATCH_SECONDS": given.get("DISPATCH_SECONDS", "1"),
        "SWEEP_SECONDS": given.get("SWEEP_SECONDS", "1"),
        "PYTHONUNBUFFERED": "1",
    }


def welcome(data: Path, ports: Ports, seconds: float) -> str:
    """What to open now."""
    preview = f"http://127.0.0.1:{ports.preview}/" if (data / miniprogram.BUILT).exists() else "（没有编译，原因见上）"
    accounts = (data / ACCOUNTS).read_text(encoding="utf-8")
    return (
        f"ready after {seconds:.0f} s\n\n"
        f"  小程序          {preview}\n"
        f"  控制台          http://127.0.0.1:{ports.web}/console/\n"
        f"  微信消息箱      http://127.0.0.1:{ports.sandbox}/\n"
        f"  接口文档        http://127.0.0.1:{ports.web}/docs\n\n"
        "人物：official-1 … official-81（已绑定），resident-1 … resident-5\n"
        f"控制台账号（密码本次有效）：\n{accounts}"
        "Ctrl-C stops everything."
    )


def wait_for(parts: Parts, name: str, ready: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not ready():
        if parts.ended() or time.monotonic() > end:
            raise StartError(f"{parts.ended() or name} did not start; its log is {parts.logs / name}.log")
        time.sleep(0.1)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def refuse_taken(port: int) -> None:
    if listens(port):
        raise StartError(f"port {port} is taken; choose another with PORT, SANDBOX_PORT or PREVIEW_PORT")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _port(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdigit() or not 0 < int(text) < 65536:
        sys.exit(f"直通车: {name} must be a port number, not {text!r}")
    return int(text)


if __name__ == "__main__":
    main()
