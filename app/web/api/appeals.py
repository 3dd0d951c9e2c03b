"""A resident's appeals: submit, follow, act, and look one up without logging in."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from app.domain import closing, escalation, handling, intake
from app.domain.appeal import Appeal
from app.services.appeals.acting import Scene, act_as_resident
from app.services.appeals.reading import look_up, my_appeals, read_appeal, reading_for
from app.services.appeals.similar import similar
from app.services.appeals.submission import submit_appeal
from app.web.api.actions import Actions, own_photos
from app.web.api.responses import problems
from app.web.auth import asking, auth
from app.web.cursors import read_cursor
from app.web.http import answer_write, reply, world
from app.web.present import show_appeal, show_page, show_reading, show_similar
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
from app.web.schemas.similar import SimilarRequest, SimilarView

bp = APIBlueprint("appeals", __name__, url_prefix="/api/appeals", tag="诉求")
resident = Actions(bp, "/<string:appeal_id>", auth, asking, lambda _: act_as_resident, show_appeal, AppealView)


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

    return answer_write(asking().id, act)


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


@bp.post("/similar")
@bp.auth_required(auth)
@bp.input(SimilarRequest, arg_name="body")
@bp.output(SimilarView)
@bp.doc(
    summary="提交前看看：我正在办的、已公开答复的类似诉求",
    description="只是提示，不影响提交。",
    responses=problems(401, 404, 422),
)
def find_similar(body: SimilarRequest) -> Response:
    return reply(200, show_similar(similar(world(), asking(), **body.model_dump())))


@bp.post("/lookup")
@bp.input(LookupRequest, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="凭编号和手机尾号查询，无需登录", responses=problems(404, 422))
def lookup(body: LookupRequest) -> Response:
    reading = look_up(world(), body.code, body.phone_tail, request.remote_addr or "")
    return reply(200, show_reading(reading))


@resident.add(SupplementRequest, "补充情况")
def supplement(appeal: Appeal, scene: Scene, body: SupplementRequest) -> Appeal:
    photos = own_photos(body.photos)
    return handling.supplement(
        appeal, body.with_note(body.text), photos, scene.hearers, scene.by, scene.terms, scene.now
    )


@resident.add(Nothing, "催办")
def urge(appeal: Appeal, scene: Scene, body: Nothing) -> Appeal:
    return escalation.urge(appeal, body.note, scene.hearers, scene.by, scene.terms, scene.now)


@resident.add(RateRequest, "评价答复")
def rate(appeal: Appeal, scene: Scene, body: RateRequest) -> Appeal:
    comment = body.with_note(body.comment)
    return closing.rate(appeal, body.resolution, body.satisfaction, scene.by, scene.terms, scene.now, comment)


@resident.add(ReasonRequest, "要求重办")
def reopen(appeal: Appeal, scene: Scene, body: ReasonRequest) -> Appeal:
    return closing.reopen(appeal, body.with_note(body.reason), scene.hearers, scene.by, scene.terms, scene.now)


@resident.add(Nothing, "撤回")
def withdraw(appeal: Appeal, scene: Scene, body: Nothing) -> Appeal:
    return intake.withdraw(appeal, body.note, scene.by, scene.now)
