"""What every WeChat endpoint does before its own work: read the body, check the access token."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import request

from dev.sandbox.config import Account
from dev.sandbox.errors import WeChatError
from dev.sandbox.runtime import sandbox
from dev.sandbox.tokens import check_token


@dataclass(frozen=True)
class Call:
    """One authorised call: its transaction, its JSON body (empty for GET) and the demo's time."""

    db: sqlite3.Connection
    body: dict[str, Any]
    now: float


@contextmanager
def authorised(account: Account) -> Iterator[Call]:
    """A call with a valid access token of that account; raises WeChatError 41001, 40014, 40001, 42001 or 47001."""
    here = sandbox()
    now = here.clock.now()
    with here.store.transaction() as db:
        check_token(db, here.config.appid(account), request.args.get("access_token", ""), now)
        yield Call(db, json_body() if request.method == "POST" else {}, now)


def json_body() -> dict[str, Any]:
    """The JSON object in the request; raises WeChatError 47001 when there is none."""
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict):
        raise WeChatError(47001)
    return body


def check_secret(appid: object, secret: object, known: dict[str, str]) -> str:
    """The appid when it is known and the secret is its own; raises WeChatError 40013 or 40125."""
    if not isinstance(appid, str) or appid not in known:
        raise WeChatError(40013)
    if secret != known[appid]:
        raise WeChatError(40125)
    return appid
