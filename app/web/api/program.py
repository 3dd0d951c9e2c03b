"""What the mini-program asks first."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response

from app.services.appeals.program import default_roster, subscription_templates
from app.web.api.responses import problems
from app.web.http import reply_if_changed, world
from app.web.presenters.program import present_program
from app.web.schemas.program import ProgramView

bp = APIBlueprint("program", __name__, url_prefix="/api", tag="小程序")


@bp.get("/program")
@bp.output(ProgramView)
@bp.doc(
    summary="小程序启动时要知道的：消息模板、快捷回复、答复范文、各项上限",
    description="带 ETag；If-None-Match 相符时回 304。",
    responses=problems() | {304: "没有变化"},
)
def show_program() -> Response:
    templates, roster = subscription_templates(world()), default_roster(world())
    return reply_if_changed(present_program(templates, roster, world().settings()))
