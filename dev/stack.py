"""The whole demonstration as separate processes, and people who use it over HTTP."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any, TypeVar

import requests

from app.domain.workday import BEIJING
from app.services.calendars import chinese_calendar
from dev.run import ACCOUNTS, BIN, Parts, Ports, environment, free_port, start_all

T = TypeVar("T")


def an_ordinary_monday(after: datetime) -> datetime:
    """10:00 on the next Monday that is followed by three weeks without a holiday or a working weekend."""
    calendar = chinese_calendar()
    day = after.astimezone(BEIJING).date() + timedelta(days=1)
    while day.weekday() or any(
        calendar.is_workday(day + timedelta(days=n)) is not ((day + timedelta(days=n)).weekday() < 5) for n in range(21)
    ):
        day += timedelta(days=1)
    return datetime.combine(day, clock_time(10), BEIJING)


MONDAY = an_ordinary_monday(datetime.now(BEIJING))


@dataclass
class Stack:
    """Everything that `make run` starts, in a directory of its own, with means to move time and to kill parts."""

    data: Path
    mongodb_uri: str = ""
    ports: Ports = field(default_factory=lambda: Ports(*(free_port() for _ in range(4))))

    def __post_init__(self) -> None:
        (self.data / "logs").mkdir(parents=True)
        given = {name: value for name, value in os.environ.items() if name not in {"MONGODB_URI", "DATA_DIR"}}
        if self.mongodb_uri:
            given["MONGODB_URI"] = self.mongodb_uri
            given["MONGODB_DATABASE"] = f"e2e_{os.getpid()}_{self.ports.web}"
        self.parts = Parts(self.data / "logs", environment(self.data, self.ports, given))

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.ports.web}"

    @property
    def preview(self) -> str:
        return f"http://127.0.0.1:{self.ports.preview}"

    @property
    def sandbox(self) -> str:
        return f"http://127.0.0.1:{self.ports.sandbox}"

    def start(self) -> None:
        start_all(self.parts, self.data, self.ports, embedded=not self.mongodb_uri)

    def stop(self) -> None:
        self.parts.stop()

    def kill(self, name: str) -> None:
        """kill -9, with every child: nothing gets the chance to tidy up."""
        process = self.parts.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def start_web(self) -> None:
        command = [str(BIN / "gunicorn"), "-c", "deploy/gunicorn.py", "wsgi:app"]
        self.parts.start("web", *command, PROMETHEUS_MULTIPROC_DIR=str(self.data / "metrics"))
        until(lambda: self._alive())

    def start_jobs(self) -> None:
        self.parts.start("jobs", sys.executable, "-m", "jobs")

    def control(self, path: str, body: object) -> Any:
        answer = requests.post(f"{self.sandbox}/__sandbox__/{path}", json=body, timeout=30)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def now(self) -> datetime:
        answer = requests.get(f"{self.sandbox}/__sandbox__/clock", timeout=30).json()
        return datetime.fromisoformat(answer["now"])

    def go_to(self, moment: datetime) -> None:
        """Moves the whole demonstration's time forward to `moment`."""
        ahead = (moment - self.now()).total_seconds()
        assert ahead >= 0, f"it is already {self.now()}"
        self.control("clock/advance", {"seconds": ahead})

    def password(self, username: str) -> str:
        """The console account's, as it was printed at the start."""
        lines = (self.data / ACCOUNTS).read_text(encoding="utf-8").splitlines()
        return next(line.split(" / ")[1] for line in lines if f" {username} / " in line)

    def outbox(self, persona: str = "", kind: str = "") -> list[dict[str, Any]]:
        """What WeChat has delivered, oldest first."""
        answer = requests.get(f"{self.sandbox}/__sandbox__/outbox", params={"kind": kind} if kind else {}, timeout=30)
        return [item for item in answer.json()["items"] if not persona or item["persona"] == persona]

    def faults(self) -> list[dict[str, Any]]:
        """The faults that have not struck yet."""
        answer = requests.get(f"{self.sandbox}/__sandbox__/faults", timeout=30)
        faults: list[dict[str, Any]] = answer.json()["faults"]
        return faults

    def person(self, persona: str) -> Person:
        return Person(self, persona)

    def _alive(self) -> bool:
        try:
            return requests.get(f"{self.api}/healthz", timeout=2).status_code == 200
        except requests.RequestException:
            return False


@dataclass
class Person:
    """Somebody logged in; the token is renewed when time was moved past its end."""

    stack: Stack
    name: str
    token: str = ""

    def request(self, method: str, path: str, body: object = None, key: str = "") -> requests.Response:
        answer = self._send(method, path, body, key)
        if answer.status_code == 401:
            code = self.stack.control("code", {"persona": self.name})["code"]
            login = requests.post(f"{self.stack.api}/api/session", json={"code": code}, timeout=30)
            assert login.status_code == 200, login.text
            self.token = login.json()["token"]
            answer = self._send(method, path, body, key)
        return answer

    def get(self, path: str) -> Any:
        answer = self.request("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: object, status: int = 200, key: str = "") -> Any:
        answer = self.request("POST", path, body, key)
        assert answer.status_code == status, answer.text
        return answer.json()

    def _send(self, method: str, path: str, body: object, key: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        if key:
            headers["Idempotency-Key"] = key
        return requests.request(method, self.stack.api + path, json=body, headers=headers, timeout=30)


class Desk:
    """Somebody of the office at the console's API."""

    def __init__(self, stack: Stack, username: str) -> None:
        password = stack.password(username)
        self.url = f"{stack.api}/api/office"
        login = requests.post(f"{self.url}/session", json={"username": username, "password": password}, timeout=30)
        assert login.status_code == 200, login.text
        self.headers = {"Authorization": f"Bearer {login.json()['token']}"}

    def desk(self, name: str) -> list[str]:
        answer = requests.get(f"{self.url}/worklist", params={"desk": name}, headers=self.headers, timeout=30)
        assert answer.status_code == 200, answer.text
        return [item["id"] for item in answer.json()["items"]]

    def table(self, path: str, query: dict[str, str]) -> list[dict[str, Any]]:
        answer = requests.get(f"{self.url}/{path}", params=query, headers=self.headers, timeout=30)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    def act(self, appeal_id: str, action: str, **body: Any) -> dict[str, Any]:
        url = f"{self.url}/appeals/{appeal_id}/{action}"
        answer = requests.post(url, json=body, headers=self.headers, timeout=30)
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown


def until(find: Callable[[], T], seconds: float = 60) -> T:
    """What `find` returns once it is true; AssertionError when it stays false for `seconds`."""
    end = time.monotonic() + seconds
    while True:
        found = find()
        if found or time.monotonic() > end:
            assert found, "waited in vain"
            return found
        time.sleep(0.2)
