"""Passing one request of the browser on to another server of the demonstration, and its answer back."""

from __future__ import annotations

import http.client
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from typing import BinaryIO
from urllib.parse import urlsplit

CHUNK = 64 * 1024
TIMEOUT = 65
"""Seconds: longer than the mini-program's own patience, so that it is the one to give up."""
# A request leaves as the mini-program's own: no cookies, and nothing that tells of the browser's page around it.
REQUEST_HEADERS = frozenset(
    ("accept", "authorization", "content-type", "content-length", "idempotency-key", "if-none-match", "range")
)
# Told anew on each connection, or not meant for the mini-program.
KEPT_BACK = frozenset(("connection", "keep-alive", "transfer-encoding", "upgrade", "set-cookie", "server", "date"))


class UpstreamAway(Exception):
    """The other server cannot be reached, or stopped before it answered."""


def forward(browser: BaseHTTPRequestHandler, base: str) -> None:
    """Answer the browser's request with what the server at ``base`` says; raises UpstreamAway before any answer."""
    target = urlsplit(base)
    upstream = http.client.HTTPConnection(str(target.hostname), target.port or 80, timeout=TIMEOUT)
    length = int(browser.headers.get("Content-Length") or 0)
    headers = {name: value for name, value in browser.headers.items() if name.lower() in REQUEST_HEADERS}
    with closing(upstream):
        try:
            body = _Body(browser.rfile, length) if length else None
            upstream.request(browser.command, target.path + browser.path, body, headers)
            answer = upstream.getresponse()
        except (OSError, http.client.HTTPException) as error:
            raise UpstreamAway(f"{base} does not answer") from error
        with answer:
            _relay(answer, browser)


def _relay(answer: http.client.HTTPResponse, browser: BaseHTTPRequestHandler) -> None:
    browser.send_response(answer.status)
    for name, value in answer.getheaders():
        if name.lower() not in KEPT_BACK:
            browser.send_header(name, value)
    empty = browser.command == "HEAD" or answer.status in (204, 304)
    if not empty and answer.getheader("Content-Length") is None:
        # The end of such an answer is the end of the connection.
        browser.close_connection = True
        browser.send_header("Connection", "close")
    browser.end_headers()
    try:
        while not empty and (chunk := answer.read1(CHUNK)):
            browser.wfile.write(chunk)
    except (OSError, http.client.HTTPException):
        browser.close_connection = True  # an answer cut off in the middle is cut off for the browser, too


class _Body:
    """The body of a request, read no further than its length."""

    def __init__(self, source: BinaryIO, length: int) -> None:
        self._source, self._left = source, length

    def read(self, size: int = CHUNK) -> bytes:
        chunk = self._source.read(min(size, self._left))
        self._left -= len(chunk)
        return chunk
