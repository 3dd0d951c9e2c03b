"""Serves the built preview on the loopback address, and passes on what the mini-program asks of the web server and the
sandbox, so that a browser sees one origin."""

from __future__ import annotations

import json
import mimetypes
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dev.preview.proxy import TIMEOUT, UpstreamAway, forward

LOOPBACK = "127.0.0.1"
TO_WEB = ("/api/", "/media/")
TO_SANDBOX = frozenset(
    f"/__sandbox__/{name}"
    for name in ("code", "phone_code", "personas", "consent", "templates", "clock", "clock/advance")
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: https: {web_url};"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class PreviewConfig:
    """Where the build lies and where requests go; port 0 takes a free one."""

    directory: Path
    port: int = 8002
    web_url: str = "http://127.0.0.1:8000"
    sandbox_url: str = "http://127.0.0.1:8001"

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> PreviewConfig:
        """Read PREVIEW_DIR, PREVIEW_PORT, WEB_URL and SANDBOX_URL; raises ValueError on a port that is no number."""
        return cls(
            Path(env.get("PREVIEW_DIR") or "var/preview"),
            int(env.get("PREVIEW_PORT") or cls.port),
            (env.get("WEB_URL") or cls.web_url).rstrip("/"),
            (env.get("SANDBOX_URL") or cls.sandbox_url).rstrip("/"),
        )


class PreviewServer:
    """``with PreviewServer(config) as server: requests.get(server.url)``"""

    def __init__(self, config: PreviewConfig) -> None:
        handler = type("Handler", (PreviewHandler,), {"config": config})
        self._server = ThreadingHTTPServer((LOOPBACK, config.port), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.url = f"http://{LOOPBACK}:{self._server.server_port}"

    def __enter__(self) -> PreviewServer:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class PreviewHandler(BaseHTTPRequestHandler):
    """One connection of a browser."""

    config: PreviewConfig
    protocol_version = "HTTP/1.1"
    timeout = TIMEOUT

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/preview.json":
            self._answer(200, "application/json", json.dumps({"message_box": self.config.sandbox_url}).encode())
        elif not self._pass_on(path):
            self._serve_file(path)

    def do_POST(self) -> None:
        if not self._pass_on(urlsplit(self.path).path):
            self.close_connection = True  # what was sent is not read
            self._problem(404, "not_found", "nothing here takes requests")

    do_HEAD = do_GET
    do_PUT = do_PATCH = do_DELETE = do_POST

    def log_message(self, *_: object) -> None:
        """Say nothing: request lines carry tokens and search words."""

    def _pass_on(self, path: str) -> bool:
        if path.startswith(TO_WEB):
            base = self.config.web_url
        elif path in TO_SANDBOX:
            base = self.config.sandbox_url
        else:
            return False
        # A page of another site must not steer the demonstration through the visitor's browser.
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin") and self.command != "GET":
            self.close_connection = True
            self._problem(403, "forbidden", "requests from other sites are refused")
            return True
        try:
            forward(self, base)
        except UpstreamAway as error:
            self.close_connection = True
            self._problem(502, "upstream_away", str(error))
        return True

    def _serve_file(self, path: str) -> None:
        root = self.config.directory.resolve()
        file = (root / unquote(path).lstrip("/")).resolve()
        file = file / "index.html" if file == root else file
        if not file.is_relative_to(root) or not file.is_file():
            self._problem(404, "not_found", "no such file; is the preview built?")
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self._answer(200, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, file.read_bytes())

    def _problem(self, status: int, code: str, message: str) -> None:
        self._answer(status, "application/json", json.dumps({"code": code, "message": message}).encode())

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": "no-cache"}
        policy = POLICY.format(web_url=self.config.web_url)
        headers |= {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
