"""`make bench`: requests per second of what residents do most, beside a route that does nothing.

Runs the whole demonstration on ports and in a directory of its own; with MONGODB_URI against that database. Prints each
rate and its ratio to the bare route, because only ratios of one run can be compared between machines.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import requests

from dev.run import BIN, Parts, Ports, environment, free_port, listens, start_all, wait_for

CLIENTS = 2
CONNECTIONS = 4
SECONDS = 4.0


def main() -> None:
    with tempfile.TemporaryDirectory() as directory:
        data = Path(directory)
        (data / "logs").mkdir()
        ports = Ports(*(free_port() for _ in range(4)))
        given = {**os.environ, "REQUESTS_PER_MINUTE": "100000000"}
        given.setdefault("MONGODB_DATABASE", f"bench_{os.getpid()}")
        parts = Parts(data / "logs", environment(data, ports, given))
        try:
            start_all(parts, data, ports, embedded=not os.environ.get("MONGODB_URI"))
            measure(parts, ports)
        finally:
            parts.stop()


def measure(parts: Parts, ports: Ports) -> None:
    """Prints a table of rates."""
    bare_port = free_port()
    bare = [str(BIN / "gunicorn"), "-k", "gthread", "-w", "2", "--threads", "4", "--reuse-port"]
    parts.start("bare", *bare, "-b", f"127.0.0.1:{bare_port}", "dev.bench.bare:app")
    wait_for(parts, "bare", lambda: listens(bare_port))
    token = log_in(parts)
    directory = f"http://127.0.0.1:{ports.web}/api/rosters/bozhou-81/directory"
    etag = requests.get(directory, timeout=10).headers["ETag"]
    body = '{"official_id":"bozhou-81.bz-056","kind":"request","title":"测量","body":"测量"}'.encode()
    bearer = {"Authorization": f"Bearer {token}"}
    cases = (
        ("bare Flask route", bare_port, "GET", "/", {}, b""),
        ("healthz", ports.web, "GET", "/healthz", {}, b""),
        ("directory, unchanged (304)", ports.web, "GET", directory, {"If-None-Match": etag}, b""),
        ("directory, whole, gzip", ports.web, "GET", directory, {"Accept-Encoding": "gzip"}, b""),
        ("search by pinyin", ports.web, "GET", "/api/officials?q=zhang&roster=bozhou-81", {}, b""),
        ("my appeals", ports.web, "GET", "/api/appeals", bearer, b""),
        ("submit an appeal", ports.web, "POST", "/api/appeals", {**bearer, "Content-Type": "application/json"}, body),
    )
    unit = 0.0
    for name, port, method, path, headers, sent in cases:
        rate = rate_of(port, method, path, headers, sent)
        unit = unit or rate
        print(f"{name:32} {rate:8.0f} /s   {rate / unit:5.2f} of the bare route", flush=True)


def log_in(parts: Parts) -> str:
    sandbox, web = parts.environment["SANDBOX_URL"], parts.environment["PUBLIC_URL"]
    code = requests.post(f"{sandbox}/__sandbox__/code", json={"persona": "resident-1"}, timeout=10).json()["code"]
    return str(requests.post(f"{web}/api/session", json={"code": code}, timeout=10).json()["token"])


def rate_of(port: int, method: str, path: str, headers: dict[str, str], body: bytes) -> float:
    """Requests per second over SECONDS from a few processes, each with a few connections kept open."""
    with ProcessPoolExecutor(CLIENTS) as pool:
        running = [pool.submit(hammer, port, method, path, headers, body) for _ in range(CLIENTS)]
        return sum(one.result() for one in running)


def hammer(port: int, method: str, path: str, headers: dict[str, str], body: bytes) -> float:
    """One client's share: sends on all its connections, then reads all answers, again and again."""
    connections = [HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(CONNECTIONS)]
    done, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        for connection in connections:
            connection.request(method, path, body or None, headers)
        for connection in connections:
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 400:
                sys.exit(f"{method} {path} answered {answer.status}")
            done += 1
    for connection in connections:
        connection.close()
    return done / (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
