"""Where an ordinary QR code of a poster leads: a page that opens the mini-program at the same place as its own code.

The mini-program counts the scan (POST /api/visits), however it was opened; this page counts nothing.
"""

from __future__ import annotations

from typing import Any, cast

from apiflask import APIBlueprint
from flask import Response, current_app

from app.domain.errors import NotFound, NotNow
from app.domain.roster import Roster
from app.services.ports.basics import StoreAway
from app.services.posters.links import ProgramLinks
from app.services.posters.scenes import scene_of
from app.web.errors import RETRY_AFTER
from app.web.http import services
from app.web.pages.templates import TEMPLATES

CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
OTHERWISE = "也可以在微信里直接打开小程序，从名录查找负责同志。"

bp = APIBlueprint("landing", __name__, tag="系统")


@bp.get("/s/<string:slug>")
@bp.doc(hide=True)
def open_roster(slug: str) -> Response:
    return open_place(slug, "")


@bp.get("/s/<string:slug>/<string:source>")
@bp.doc(hide=True)
def open_place(slug: str, source: str) -> Response:
    """A code whose place was given up still leads to the roster: the poster may hang for years."""
    try:
        roster = services().directory.snapshot(slug).roster
    except NotFound:
        return _page(404, None, title="没有找到这份名录", lines=["可能已停止公布，或者二维码印错了。", OTHERWISE])
    except StoreAway:
        return _later(None, "系统暂时繁忙", RETRY_AFTER)
    scene = scene_of(slug, source if roster.policy.knows_source(source) else "")
    links = cast(ProgramLinks, current_app.extensions["program_links"])
    try:
        return _page(200, roster, title=roster.name, link=links.to(scene))
    except NotNow as refusal:
        return _later(roster, roster.name, refusal.detail.get("retry_after", RETRY_AFTER))


def _later(roster: Roster | None, title: str, retry_after: object) -> Response:
    response = _page(503, roster, title=title, lines=["暂时没有响应，请稍后再扫一次。", OTHERWISE])
    response.headers["Retry-After"] = str(retry_after)
    return response


def _page(status: int, roster: Roster | None, **shown: Any) -> Response:
    page = TEMPLATES.get_template("landing.html").render(roster=roster, **({"link": "", "lines": []} | shown))
    headers = {"Content-Security-Policy": CSP, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return Response(page, status, headers, mimetype="text/html")
