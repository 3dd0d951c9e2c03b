"""A resident's appeals: submit, follow, act, and look one up without logging in."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from app.domain import closing, escalation, handling, intake
from app.domain.appeal import Appeal
from app.services.acting import Act, Scene, act_as_resident
from app.services.reading import look_up, my_appeals, read_appeal, reading_for
from app.services.submission import owned_photos, submit_appeal
from app.web.api.responses import problems
from app.web.auth import asking, auth
from app.web.cursors import read_cursor
from app.web.http import answer_write, reply, world
from app.web.present import show_appeal, show_page, show_reading
from app.web.schemas.appeals import (
    AppealList,
    AppealRequest,
    AppealView,
    LookupRequest,
    RateRequest,
    ReasonRequest,
    SupplementRequest,
)
from app.web.schemas.common import CursorQuery, Nothing

bp = APIBlueprint("appeals", __name__, url_prefix="/api/appeals", tag="诉求")


@bp.post("")
@bp.auth_required(auth)
@bp.input(AppealRequest, arg_name="body")
@bp.output(AppealView, status_code=201)
@bp.doc(summary="提交诉求", responses=problems(401, 404, 409, 422))
def submit(body: AppealRequest) -> Response:
    draft = intake.Draft(**body.model_dump(exclude={"photos"}), photos=tuple(body.photos))

    def act(key: str) -> tuple[int, dict[str, Any]]:
        appeal = submit_appeal(world(), asking(), draft, key)
        return 201, show_reading(reading_for(world(), asking(), appeal))

    return answer_write(asking(), act)


@bp.get("")
@bp.auth_required(auth)
@bp.input(CursorQuery, location="query", arg_name="query")
@bp.output(AppealList)
@bp.doc(summary="我的诉求", responses=problems(401, 422))
def list_mine(query: CursorQuery) -> Response:
    return reply(200, show_page(my_appeals(world(), asking(), read_cursor(query.cursor))))


@bp.get("/<string:appeal_id>")
@bp.auth_required(auth)
@bp.output(AppealView)
@bp.doc(summary="一件诉求", responses=problems(401, 404))
def show(appeal_id: str) -> Response:
    return reply(200, show_reading(read_appeal(world(), asking(), appeal_id)))


@bp.post("/lookup")
@bp.input(LookupRequest, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="凭编号和手机尾号查询，无需登录", responses=problems(404, 422))
def lookup(body: LookupRequest) -> Response:
    reading = look_up(world(), body.code, body.phone_tail, request.remote_addr or "")
    return reply(200, show_reading(reading))


@bp.post("/<string:appeal_id>/supplement")
@bp.auth_required(auth)
@bp.input(SupplementRequest, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="补充材料", responses=problems(401, 404, 409, 422))
def supplement(appeal_id: str, body: SupplementRequest) -> Response:
    photos = tuple(photo.id for photo in owned_photos(world(), asking(), tuple(body.photos)))

    def act(appeal: Appeal, scene: Scene) -> Appeal:
        return handling.supplement(
            appeal, body.text, photos, scene.hearers, scene.by, scene.terms, scene.now, scene.key
        )

    return _act(appeal_id, act)


@bp.post("/<string:appeal_id>/urge")
@bp.auth_required(auth)
@bp.input(Nothing, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="催办", responses=problems(401, 404, 409, 422))
def urge(appeal_id: str, body: Nothing) -> Response:
    def act(appeal: Appeal, scene: Scene) -> Appeal:
        return escalation.urge(appeal, body.note, scene.hearers, scene.by, scene.terms, scene.now, scene.key)

    return _act(appeal_id, act)


@bp.post("/<string:appeal_id>/rate")
@bp.auth_required(auth)
@bp.input(RateRequest, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="评价答复", responses=problems(401, 404, 409, 422))
def rate(appeal_id: str, body: RateRequest) -> Response:
    comment = "\n".join(part for part in (body.comment, body.note) if part)

    def act(appeal: Appeal, scene: Scene) -> Appeal:
        return closing.rate(
            appeal, body.resolution, body.satisfaction, scene.by, scene.terms, scene.now, comment, scene.key
        )

    return _act(appeal_id, act)


@bp.post("/<string:appeal_id>/reopen")
@bp.auth_required(auth)
@bp.input(ReasonRequest, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="要求重办", responses=problems(401, 404, 409, 422))
def reopen(appeal_id: str, body: ReasonRequest) -> Response:
    def act(appeal: Appeal, scene: Scene) -> Appeal:
        return closing.reopen(appeal, body.reason, scene.hearers, scene.by, scene.terms, scene.now, scene.key)

    return _act(appeal_id, act)


@bp.post("/<string:appeal_id>/withdraw")
@bp.auth_required(auth)
@bp.input(Nothing, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="撤回", responses=problems(401, 404, 409, 422))
def withdraw(appeal_id: str, body: Nothing) -> Response:
    def act(appeal: Appeal, scene: Scene) -> Appeal:
        return intake.withdraw(appeal, body.note, scene.by, scene.now, scene.key)

    return _act(appeal_id, act)


def _act(appeal_id: str, act: Act) -> Response:
    def once(key: str) -> tuple[int, dict[str, Any]]:
        return 200, show_appeal(asking(), act_as_resident(world(), asking(), appeal_id, key, act))

    return answer_write(asking(), once)
