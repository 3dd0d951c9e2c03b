"""What residents send beside appeals: how a call went, scans of posters, and pictures."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from app.services.appeals.calls import my_calls, read_call, record_call
from app.services.appeals.photos import keep_photo, photo_with, picture_url
from app.services.posters.sources import count_visit
from app.web.api.responses import problems
from app.web.auth import asking, auth
from app.web.cursors import read_cursor, write_cursor
from app.web.http import answer_write, reply, services, world
from app.web.presenters.calls import present_call
from app.web.schemas.reports import (
    CallList,
    CallQuery,
    CallRequest,
    CallView,
    PhotoKept,
    PhotoUpload,
    VisitRequest,
    VisitView,
)

LONGEST_ID = 64
"""Of a call: the hash of an idempotency key, in hexadecimal digits."""

bp = APIBlueprint("reports", __name__, tag="通话与图片")


@bp.post("/api/calls")
@bp.auth_required(auth)
@bp.input(CallRequest, arg_name="body")
@bp.output(CallView, status_code=201)
@bp.doc(summary="记录一次通话的结果", responses=problems(401, 404, 409, 422))
def create_call(body: CallRequest) -> Response:
    def act(key: str) -> tuple[int, dict[str, Any]]:
        call = record_call(world(), services().directory, asking(), body.official_id, body.outcome, key)
        return 201, present_call(read_call(world(), call))

    return answer_write(asking().id, act)


@bp.get("/api/calls")
@bp.auth_required(auth)
@bp.input(CallQuery, location="query", arg_name="query")
@bp.output(CallList)
@bp.doc(summary="我的通话记录", responses=problems(401, 422))
def list_calls(query: CallQuery) -> Response:
    page = my_calls(world(), asking(), query.official_id, read_cursor(query.cursor, LONGEST_ID))
    return reply(200, {"items": [present_call(reading) for reading in page.items], "next": write_cursor(page.next)})


@bp.post("/api/visits")
@bp.input(VisitRequest, arg_name="body")
@bp.output(VisitView, status_code=201)
@bp.doc(
    summary="登记一次扫码",
    description="只按名册、来源码和日期计数，不记录是谁；无需登录。",
    responses=problems(404, 409, 422),
)
def create_visit(body: VisitRequest) -> Response:
    def act(key: str) -> tuple[int, dict[str, Any]]:
        scan = count_visit(world(), body.roster, body.source, key)
        shown = {"roster": scan.roster, "source": scan.source, "place": scan.place or None}
        return 201, shown | {"day": scan.day.isoformat(), "counted": bool(scan.place)}

    return answer_write("", act)


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

    return answer_write(asking().id, act, content)


@bp.get("/media/<string:upload_id>/<string:token>")
@bp.doc(summary="图片", hide=True)
def show_photo(upload_id: str, token: str) -> Response:
    photo = photo_with(world(), upload_id, token)
    headers = {"Cache-Control": "private, max-age=86400, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(photo.data, 200, headers, mimetype=photo.media_type)
