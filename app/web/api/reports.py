"""What residents send beside appeals: how a call went, and pictures."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from app.domain.call import CallOutcome
from app.services.calls import record_call
from app.services.photos import keep_photo, photo_with, picture_url
from app.web.api.responses import problems
from app.web.auth import asking, auth
from app.web.http import answer_write, services, world
from app.web.schemas.directory import CallRequest, CallView, PhotoKept, PhotoUpload

bp = APIBlueprint("reports", __name__, tag="通话与图片")


@bp.post("/api/calls")
@bp.auth_required(auth)
@bp.input(CallRequest, arg_name="body")
@bp.output(CallView, status_code=201)
@bp.doc(summary="记录一次通话的结果", responses=problems(401, 404, 409, 422))
def create_call(body: CallRequest) -> Response:
    def act(key: str) -> tuple[int, dict[str, Any]]:
        call = record_call(world(), services().directory, asking(), body.official_id, body.outcome, key)
        return 201, {
            "id": call.id,
            "official_id": call.official_id,
            "outcome": call.outcome.value,
            "at": call.at,
            "may_become_appeal": call.outcome in {CallOutcome.NO_ANSWER, CallOutcome.BUSY},
        }

    return answer_write(asking(), act)


@bp.post("/api/uploads")
@bp.auth_required(auth)
@bp.input(PhotoUpload, location="files", arg_name="body")
@bp.output(PhotoKept, status_code=201)
@bp.doc(summary="上传一张图片", responses=problems(401, 409, 413, 422))
def upload(body: PhotoUpload) -> Response:
    content = body.file.stream.read()

    def act(key: str) -> tuple[int, dict[str, Any]]:
        kept = keep_photo(world(), asking(), content, key)
        return 201, {"id": kept.id, "url": picture_url(world(), kept.id)}

    return answer_write(asking(), act, content)


@bp.get("/media/<string:upload_id>/<string:token>")
@bp.doc(summary="图片", hide=True)
def show_photo(upload_id: str, token: str) -> Response:
    photo = photo_with(world(), upload_id, token)
    headers = {"Cache-Control": "private, max-age=86400, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(photo.data, 200, headers, mimetype=photo.media_type)
