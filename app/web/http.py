"""What every blueprint needs of a request: the world behind it, JSON out, and writes that have one effect."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from flask import Response, current_app, request

from app.services.answered import answer_once, hashed_key
from app.services.figures.published import PublishedFigures
from app.services.messages.pushes import PushDesk
from app.services.rosters.directory import Directory
from app.services.world import World


@dataclass(frozen=True)
class Services:
    """What the web is given by the container."""

    world: World
    directory: Directory
    push_desk: PushDesk


def services() -> Services:
    return cast(Services, current_app.extensions["services"])


def published_figures() -> PublishedFigures:
    """Kept in this process, beside the rendered directories."""
    return cast(PublishedFigures, current_app.extensions["published_figures"])


def world() -> World:
    return services().world


def to_json(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=_plain)


def reply(status: int, body: Any) -> Response:
    """A JSON answer; moments become RFC 3339 in UTC."""
    return Response(to_json(body), status, mimetype="application/json")


def reply_if_changed(body: Any) -> Response:
    """200 with an ETag, or 304 for a client that has this very answer already."""
    response = reply(200, body)
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"  # kept by the client, asked about every time
    response.make_conditional(request)
    return response


def answer_write(asker_id: str, act: Callable[[str], tuple[int, Mapping[str, Any]]], content: bytes = b"") -> Response:
    """Runs a write once for its Idempotency-Key and answers every repetition alike.

    `act` gets the hashed key (empty without one), which it has to store with its effect. `content` is the file of an
    upload, which Flask has taken out of the request's body.
    """
    key = hashed_key(world(), asker_id, request.headers.get("Idempotency-Key", ""))

    def answer() -> tuple[int, str]:
        status, body = act(key)
        return status, to_json(body)

    asked = b"\n".join([request.method.encode(), request.path.encode(), request.get_data(), content])
    status, body = answer_once(world(), key, asked, answer)
    return Response(body, status, mimetype="application/json")


def rfc3339(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return rfc3339(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
