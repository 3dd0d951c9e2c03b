"""How many requests one caller may make a minute.

Counted in memory, for each worker: a flood is stopped, the exact number does not matter. A caller is the token once it
has proved to be somebody's, and until then the address, so that made-up tokens are no way around the limit and a mobile
network's many residents behind one address do not share theirs.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

from apiflask import APIFlask
from flask import request
from flask_limiter import Limiter

REMEMBERED = 10_000


class ProvenTokens:
    """Hashes of tokens that were seen to be somebody's, the most recent ones."""

    def __init__(self) -> None:
        self._hashes: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def remember(self, token: str) -> None:
        with self._lock:
            hashed = _hashed(token)
            self._hashes[hashed] = None
            self._hashes.move_to_end(hashed)
            if len(self._hashes) > REMEMBERED:
                self._hashes.popitem(last=False)

    def caller(self) -> str:
        """Whom this request is counted for."""
        hashed = _hashed(request.headers.get("Authorization", "").removeprefix("Bearer "))
        return hashed if hashed in self._hashes else request.remote_addr or "nobody"


def limit(app: APIFlask, per_minute: int) -> None:
    """Answers 429 to whoever asks more often; whether the service lives may be asked at will."""
    tokens = app.extensions["proven_tokens"] = ProvenTokens()
    limiter = Limiter(tokens.caller, default_limits=[f"{per_minute}/minute"], storage_uri="memory://")
    limiter.request_filter(lambda: request.endpoint is None or request.endpoint.startswith("system."))
    limiter.init_app(app)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
