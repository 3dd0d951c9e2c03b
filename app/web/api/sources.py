"""What a scanned code means: the mini-program is opened with a scene and asks where its person stands."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response

from app.services.posters.scenes import resolve
from app.web.api.responses import problems
from app.web.http import reply, services
from app.web.schemas.reports import SceneView

bp = APIBlueprint("sources", __name__, url_prefix="/api/sources", tag="小程序")


@bp.get("/<string:scene>")
@bp.output(SceneView)
@bp.doc(summary="扫码打开小程序时，scene 指的是哪份名录、哪个地点", responses=problems(404))
def show_scene(scene: str) -> Response:
    found = resolve(services().directory, scene)
    shown = {"source": found.source or None, "place": found.place or None}
    return reply(200, {"roster": found.roster.slug} | shown)
