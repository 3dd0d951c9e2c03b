"""WeChat's callback. It is answered `success` once the push is taken note of; until then WeChat repeats it."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response, request

from app.services.messages.pushes import PushRefused, handle_push
from app.web.http import services, world

bp = APIBlueprint("wechat", __name__, tag="系统")


@bp.get("/wechat/push")
@bp.doc(hide=True)
def confirm() -> Response:
    try:
        return Response(services().push_desk.echo(request.args), mimetype="text/plain")
    except PushRefused:
        return Response("signature", 403, mimetype="text/plain")


@bp.post("/wechat/push")
@bp.doc(hide=True)
def take_push() -> Response:
    try:
        push = services().push_desk.read(request.args, request.get_data())
    except PushRefused:
        return Response("signature", 403, mimetype="text/plain")
    handle_push(world(), push)
    return Response("success", mimetype="text/plain")
