"""Putting the sandbox together as a Flask application."""

from __future__ import annotations

import random
import socket
import time
from contextlib import suppress

from flask import Flask, Response, g, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from dev.sandbox import faults
from dev.sandbox.api_account import account_api
from dev.sandbox.api_program import program_api
from dev.sandbox.box import box
from dev.sandbox.clock import SharedClock
from dev.sandbox.config import SandboxConfig
from dev.sandbox.control import control
from dev.sandbox.control_input import ControlError
from dev.sandbox.control_messages import control_messages
from dev.sandbox.errors import WeChatError
from dev.sandbox.faults import Fault
from dev.sandbox.pushes import Pusher
from dev.sandbox.runtime import Sandbox, sandbox
from dev.sandbox.store import Store

WECHAT_PATHS = ("/cgi-bin/", "/sns/", "/wxa/")


def create_sandbox(config: SandboxConfig) -> Flask:
    """A complete sandbox; close it with ``app.extensions["sandbox"].close()`` (SandboxServer does)."""
    app = Flask(__name__, template_folder="pages")
    app.json.sort_keys = False  # type: ignore[attr-defined]
    clock = SharedClock(config.data_dir)
    app.extensions["sandbox"] = Sandbox(config, clock, Store(config.data_dir), Pusher(config, clock))
    for blueprint in (account_api, program_api, control, control_messages, box):
        app.register_blueprint(blueprint)
    app.before_request(_refuse_other_sites)
    app.before_request(_strike)
    app.after_request(_drop_after_commit)
    app.register_error_handler(WeChatError, lambda error: jsonify(error.answer()))
    app.register_error_handler(ControlError, _control_error)
    app.register_error_handler(HTTPException, _http_error)
    return app


def _is_wechat() -> bool:
    return request.path.startswith(WECHAT_PATHS)


def _refuse_other_sites() -> ResponseReturnValue | None:
    """A web page from elsewhere must not steer the demo through the visitor's browser."""
    if request.method != "GET" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        return jsonify(code="forbidden", message="requests from other sites are refused"), 403
    return None


def _strike() -> ResponseReturnValue | None:
    """Let a fault take the place of the answer, if one is due."""
    if not _is_wechat():
        return None
    body = request.get_json(force=True, silent=True) if request.method == "POST" else None
    said = body if isinstance(body, dict) else request.args
    touser = said.get("touser") or said.get("openid")
    with sandbox().store.transaction() as db:
        fault = faults.claim(db, request.path, touser, said.get("template_id"), random.random())
    if fault is None:
        return None
    if fault.delay_ms:
        time.sleep(fault.delay_ms / 1000)
    g.drop_after_commit = fault.commit_then_drop
    return _answer_instead(fault)


def _answer_instead(fault: Fault) -> ResponseReturnValue | None:
    if fault.drop:
        _cut_connection()
        return Response(status=500)
    if fault.http is not None:
        return Response("<html><body>upstream error</body></html>", fault.http, mimetype="text/html")
    if fault.html:
        return Response("<html><body><h1>It works!</h1></body></html>", mimetype="text/html")
    if fault.errcode is not None:
        return jsonify(WeChatError(fault.errcode).answer())
    return None


def _drop_after_commit(response: Response) -> Response:
    if g.get("drop_after_commit"):
        _cut_connection()
    return response


def _cut_connection() -> None:
    """Break the TCP connection under the request: nothing the application answers reaches the client any more."""
    connection = request.environ.get("werkzeug.socket")
    if connection is None:
        raise ConnectionAbortedError("dropped by a fault")
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _control_error(error: ControlError) -> ResponseReturnValue:
    return jsonify(code=error.code, message=str(error)), error.status


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if _is_wechat() and isinstance(error, NotFound):
        return jsonify(WeChatError(40066).answer())
    if _is_wechat() and isinstance(error, MethodNotAllowed):
        return jsonify(WeChatError(43001 if "GET" in (error.valid_methods or ()) else 43002).answer())
    return jsonify(code=error.name.lower().replace(" ", "_"), message=error.description), error.code or 500
