"""Serving the sandbox on the loopback address, in a program or inside a test."""

from __future__ import annotations

import threading

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

LOOPBACK = "127.0.0.1"


class SilentHandler(WSGIRequestHandler):
    """Logs no request lines: they carry tokens, secrets and openids."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class SandboxServer:
    """A threaded server on 127.0.0.1; port 0 takes a free one. Closing it also closes the sandbox.

    ``with SandboxServer(create_sandbox(config)) as server: requests.get(server.url)``
    """

    def __init__(self, app: Flask, port: int = 0) -> None:
        self._app = app
        self._server = make_server(LOOPBACK, port, app, threaded=True, request_handler=SilentHandler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.url = f"http://{LOOPBACK}:{self._server.server_port}"

    def __enter__(self) -> SandboxServer:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._app.extensions["sandbox"].close()
