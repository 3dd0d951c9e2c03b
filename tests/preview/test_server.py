"""The preview's server: files, and requests passed on as the mini-program's own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from flask import Flask, Response, request
from werkzeug.serving import make_server

from dev.preview.server import POLICY, PreviewConfig, PreviewServer
from dev.sandbox.server import SilentHandler


@dataclass
class Upstream:
    """A stand-in for the web server or the sandbox that keeps the headers it got."""

    url: str = ""
    headers: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    seen, app = Upstream(), Flask("upstream", static_folder=None)
    kinds = ["GET", "POST", "PUT", "PATCH", "DELETE"]

    @app.route("/<path:path>", methods=kinds)
    def echo(path: str) -> Response:
        seen.headers.append(dict(request.headers))
        body = {"method": request.method, "path": request.full_path, "sent": len(request.get_data())}
        answer = app.json.response(body)
        answer.headers["ETag"] = '"1"'
        answer.headers["Server-Time"] = "2026-11-20T08:00:00Z"
        answer.set_cookie("session", "secret")
        return answer

    @app.get("/api/unchanged")
    def unchanged() -> Response:
        return Response(status=304, headers={"ETag": '"1"'})

    @app.get("/api/busy")
    def busy() -> tuple[dict[str, str], int, dict[str, str]]:
        return {"code": "busy"}, 503, {"Retry-After": "5"}

    @app.delete("/api/empty")
    def empty() -> Response:
        return Response(status=204)

    @app.get("/api/streamed")
    def streamed() -> Response:
        return Response((part for part in ("a" * 1000, "b" * 1000)), mimetype="text/plain")

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=SilentHandler)
    seen.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield seen
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def preview(tmp_path: Path, upstream: Upstream) -> Iterator[str]:
    built = tmp_path / "built"
    (built / "package").mkdir(parents=True)
    (built / "index.html").write_text("<!doctype html>预览", "utf-8")
    (built / "app.js").write_text("start()", "utf-8")
    (built / "package" / "dot.png").write_bytes(b"\x89PNG")
    (tmp_path / "secret").write_text("never", "utf-8")
    with PreviewServer(PreviewConfig(built, 0, upstream.url, upstream.url)) as server:
        yield server.url


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/?persona=resident-1", "text/html; charset=utf-8"),
        ("/app.js", "text/javascript; charset=utf-8"),
        ("/package/dot.png", "image/png"),
    ],
)
def test_files_come_with_their_type_and_a_strict_policy(preview: str, upstream: Upstream, path: str, kind: str) -> None:
    answer = requests.get(preview + path, timeout=5)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Security-Policy"] == POLICY.format(web_url=upstream.url)
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/nothing", "/package", "/../secret", "/%2e%2e/secret", "/package/..%2f..%2fsecret"])
def test_what_is_not_built_is_not_there(preview: str, path: str) -> None:
    session = requests.Session()
    with session:
        asked = requests.Request("GET", preview).prepare()
        asked.url = preview + path  # as it stands: requests would tidy it up
        answer = session.send(asked, timeout=5)
    assert answer.status_code == 404
    assert "never" not in answer.text


def test_a_request_is_passed_on_without_cookies_and_traces_of_the_page(preview: str, upstream: Upstream) -> None:
    answer = requests.post(
        f"{preview}/api/appeals?a=1",
        json={"body": "停水" * 1000},
        headers={
            "Authorization": "Bearer t",
            "Idempotency-Key": "k",
            "If-None-Match": '"0"',
            "Cookie": "session=1",
            "Origin": "http://evil.example",
            "Referer": "http://127.0.0.1:8002/",
            "Sec-Fetch-Site": "same-origin",
            "X-Forwarded-For": "1.2.3.4",
        },
        timeout=5,
    )
    assert answer.json()["path"] == "/api/appeals?a=1"
    assert answer.json()["sent"] > 2000
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Server-Time"]
    assert "Set-Cookie" not in answer.headers
    got = upstream.headers[0]
    assert (got["Authorization"], got["Idempotency-Key"], got["If-None-Match"]) == ("Bearer t", "k", '"0"')
    for name in ("Cookie", "Origin", "Referer", "Sec-Fetch-Site", "X-Forwarded-For"):
        assert name not in got


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_every_method_is_passed_on(preview: str, method: str) -> None:
    assert requests.request(method, f"{preview}/api/x", timeout=5).json()["method"] == method


def test_files_are_passed_on_whole(preview: str) -> None:
    answer = requests.post(f"{preview}/api/uploads", files={"file": ("a.jpg", b"x" * 300_000)}, timeout=5)
    assert answer.json()["sent"] > 300_000


def test_status_and_headers_come_back(preview: str) -> None:
    with requests.Session() as session:  # one connection for all: none of these may spoil the next
        assert session.get(f"{preview}/api/unchanged", timeout=5).status_code == 304
        busy = session.get(f"{preview}/api/busy", timeout=5)
        assert (busy.status_code, busy.headers["Retry-After"], busy.json()) == (503, "5", {"code": "busy"})
        assert session.delete(f"{preview}/api/empty", timeout=5).status_code == 204
        assert session.get(f"{preview}/api/streamed", timeout=5).text == "a" * 1000 + "b" * 1000
        assert session.get(f"{preview}/media/1.jpg", timeout=5).json()["path"] == "/media/1.jpg?"


def test_only_the_needed_controls_of_the_sandbox_are_reached(preview: str, upstream: Upstream) -> None:
    assert requests.post(f"{preview}/__sandbox__/code", json={"persona": "resident-1"}, timeout=5).status_code == 200
    assert requests.post(f"{preview}/__sandbox__/clock/advance", json={"seconds": 1}, timeout=5).status_code == 200
    assert requests.post(f"{preview}/__sandbox__/reset", json={}, timeout=5).status_code == 404
    assert requests.get(f"{preview}/__sandbox__/outbox", timeout=5).status_code == 404
    assert len(upstream.headers) == 2


def test_pages_of_other_sites_change_nothing(preview: str, upstream: Upstream) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = requests.post(f"{preview}/__sandbox__/clock/advance", json={"seconds": 1}, headers=headers, timeout=5)
    assert answer.status_code == 403
    assert upstream.headers == []


def test_a_server_that_is_away_is_a_502_with_a_word(tmp_path: Path) -> None:
    away = f"http://127.0.0.1:{free_port()}"
    with PreviewServer(PreviewConfig(tmp_path, 0, away, away)) as server:
        for answer in (
            requests.get(f"{server.url}/api/rosters", timeout=5),
            requests.post(f"{server.url}/__sandbox__/code", json={"persona": "x"}, timeout=5),
        ):
            assert answer.status_code == 502
            assert answer.json()["code"] == "upstream_away"


def test_the_panel_learns_where_the_message_box_is(preview: str, upstream: Upstream) -> None:
    assert requests.get(f"{preview}/preview.json", timeout=5).json() == {"message_box": upstream.url}


def test_settings_come_from_the_environment() -> None:
    config = PreviewConfig.from_env({"PREVIEW_PORT": "9002", "WEB_URL": "http://127.0.0.1:9000/"})
    assert config == PreviewConfig(Path("var/preview"), 9002, "http://127.0.0.1:9000", "http://127.0.0.1:8001")
    with pytest.raises(ValueError, match="invalid literal"):
        PreviewConfig.from_env({"PREVIEW_PORT": "many"})
