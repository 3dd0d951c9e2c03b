"""The public directory: serialised once for each change of a roster, answered with an ETag."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Mapping
from typing import Any, NamedTuple

from apiflask import APIBlueprint
from flask import Response, current_app, request

from app.domain.roster import Official
from app.services.figures.published import RosterFigures
from app.services.rosters.directory import Snapshot
from app.web.api.responses import problems
from app.web.http import published_figures, reply, services, to_json, world
from app.web.presenters.hours import present_hours
from app.web.presenters.rosters import present_directory, present_official, present_roster
from app.web.schemas.directory import (
    DirectoryView,
    OfficialList,
    OfficialPage,
    RosterList,
    SearchQuery,
    SuggestionList,
    SuggestRequest,
)

bp = APIBlueprint("directory", __name__, url_prefix="/api", tag="名录")


class Shown(NamedTuple):
    """What a directory's bytes are made of; `hours_now` is `present_hours`, which changes with the clock."""

    snapshot: Snapshot
    figures: RosterFigures
    hours_now: Mapping[str, Any]

    def is_still(self, other: Shown) -> bool:
        same = self.snapshot is other.snapshot and self.figures is other.figures
        return same and self.hours_now == other.hours_now


class RenderedDirectories:
    """The directory's bytes by roster, kept as long as what they show; `renderings` counts their makings."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Shown, str, bytes, bytes]] = {}
        self._lock = threading.Lock()
        self.renderings = 0

    def of(self, shown: Shown) -> tuple[str, bytes, bytes]:
        """ETag, body, and body compressed."""
        slug = shown.snapshot.roster.slug
        kept = self._kept.get(slug)
        if kept is None or not kept[0].is_still(shown):
            with self._lock:
                kept = self._kept[slug] = self._render(shown)
        return kept[1:]

    def _render(self, shown: Shown) -> tuple[Shown, str, bytes, bytes]:
        self.renderings += 1
        body = to_json(present_directory(*shown)).encode()
        etag = hashlib.sha256(body).hexdigest()[:32]
        return shown, etag, body, gzip.compress(body, 6)


@bp.get("/rosters")
@bp.output(RosterList)
@bp.doc(summary="公布的名册", responses=problems())
def list_rosters() -> Response:
    items = [present_roster(snapshot.roster, _hours_now(snapshot)) for snapshot in services().directory.all()]
    return reply(200, {"items": items, "next": None})


@bp.get("/rosters/<string:slug>/directory")
@bp.output(DirectoryView)
@bp.doc(
    summary="一份名录",
    description="带 ETag；If-None-Match 相符时回 304。",
    responses=problems(404) | {304: "没有变化"},
)
def show_directory(slug: str) -> Response:
    rendered: RenderedDirectories = current_app.extensions["rendered_directories"]
    snapshot = services().directory.snapshot(slug)
    etag, plain, compressed = rendered.of(Shown(snapshot, published_figures().of(slug), _hours_now(snapshot)))
    if request.if_none_match.contains_weak(etag):
        response = Response(status=304)
    elif request.accept_encodings["gzip"]:
        response = Response(compressed, 200, {"Content-Encoding": "gzip"}, mimetype="application/json")
    else:
        response = Response(plain, 200, mimetype="application/json")
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"  # kept by the client, asked about every time
    response.headers["Vary"] = "Accept-Encoding"
    return response


@bp.get("/officials")
@bp.input(SearchQuery, location="query", arg_name="query")
@bp.output(OfficialList)
@bp.doc(summary="查找：姓名、拼音、首字母、单位、职务、分工、项目", responses=problems(404, 422))
def search(query: SearchQuery) -> Response:
    found = services().directory.search(query.q, query.roster)
    return reply(200, {"items": [_with_figures(official) for official in found], "next": None})


@bp.get("/officials/<string:official_id>")
@bp.output(OfficialPage)
@bp.doc(summary="一位负责同志", responses=problems(404))
def show_official(official_id: str) -> Response:
    snapshot, official = services().directory.official(official_id)
    return reply(200, _with_figures(official) | _hours_now(snapshot))


@bp.post("/officials/suggest")
@bp.input(SuggestRequest, arg_name="body")
@bp.output(SuggestionList)
@bp.doc(summary="不知道找谁？说说您的事", responses=problems(404, 422))
def suggest(body: SuggestRequest) -> Response:
    found = services().directory.suggest(body.text, body.roster)
    items = [_with_figures(official) | {"matching_duty": duty} for official, duty in found]
    return reply(200, {"items": items, "next": None})


def _with_figures(official: Official) -> dict[str, Any]:
    return present_official(official, published_figures().of(official.roster))


def _hours_now(snapshot: Snapshot) -> dict[str, Any]:
    return present_hours(snapshot.roster.policy, world().clock.now(), world().calendar())
