"""The official's side: the inbox and what can be done with an appeal. Staff use the same routes, labelled 代办."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from app.domain import handling, intake
from app.domain.appeal import Appeal
from app.services.acting import Act, Scene, act_as_handler, transfer_target
from app.services.quick_replies import quick_reply_text
from app.services.reading import inbox
from app.services.submission import owned_photos
from app.web.api.responses import problems
from app.web.auth import asking_handler, auth
from app.web.cursors import read_cursor
from app.web.http import answer_write, reply, world
from app.web.present import show_appeal, show_page
from app.web.schemas.appeals import (
    AnswerRequest,
    AppealList,
    AppealView,
    ContactRequest,
    ExtensionRequest,
    InboxQuery,
    QuestionRequest,
    QuickReplyRequest,
    ReasonRequest,
    TransferRequest,
)
from app.web.schemas.common import Nothing

bp = APIBlueprint("official", __name__, url_prefix="/api/official", tag="办理")


@bp.get("/inbox")
@bp.auth_required(auth)
@bp.input(InboxQuery, location="query", arg_name="query")
@bp.output(AppealList)
@bp.doc(summary="收件箱，按期限排序", responses=problems(401, 403, 422))
def show_inbox(query: InboxQuery) -> Response:
    return reply(200, show_page(inbox(world(), asking_handler(), query.filter, read_cursor(query.cursor))))


@bp.post("/appeals/<string:appeal_id>/sign")
@bp.auth_required(auth)
@bp.input(Nothing, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="签收", responses=problems(401, 403, 404, 409, 422))
def sign(appeal_id: str, body: Nothing) -> Response:
    return _act(appeal_id, lambda appeal, s: handling.sign(appeal, s.by, s.now, body.note, s.key))


@bp.post("/appeals/<string:appeal_id>/quick_reply")
@bp.auth_required(auth)
@bp.input(QuickReplyRequest, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="快捷回复（不是答复）", responses=problems(401, 403, 404, 409, 422))
def quick_reply(appeal_id: str, body: QuickReplyRequest) -> Response:
    text = quick_reply_text(body.template, body.text)

    def act(appeal: Appeal, scene: Scene) -> Appeal:
        return handling.quick_reply(appeal, text, body.promised_at, scene.by, scene.terms, scene.now, scene.key)

    return _act(appeal_id, act)


@bp.post("/appeals/<string:appeal_id>/log_contact")
@bp.auth_required(auth)
@bp.input(ContactRequest, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="记录联系情况", responses=problems(401, 403, 404, 409, 422))
def log_contact(appeal_id: str, body: ContactRequest) -> Response:
    def act(appeal: Appeal, scene: Scene) -> Appeal:
        return handling.log_contact(appeal, body.outcome, scene.by, scene.terms, scene.now, body.note, scene.key)

    return _act(appeal_id, act)


@bp.post("/appeals/<string:appeal_id>/answer")
@bp.auth_required(auth)
@bp.input(AnswerRequest, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="答复", responses=problems(401, 403, 404, 409, 422))
def answer(appeal_id: str, body: AnswerRequest) -> Response:
    photos = tuple(photo.id for photo in owned_photos(world(), asking_handler(), tuple(body.photos)))

    def act(appeal: Appeal, scene: Scene) -> Appeal:
        return handling.answer(appeal, body.text, body.outcome, photos, scene.by, scene.terms, scene.now, scene.key)

    return _act(appeal_id, act)


@bp.post("/appeals/<string:appeal_id>/request_supplement")
@bp.auth_required(auth)
@bp.input(QuestionRequest, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="请群众补充", responses=problems(401, 403, 404, 409, 422))
def request_supplement(appeal_id: str, body: QuestionRequest) -> Response:
    def act(appeal: Appeal, scene: Scene) -> Appeal:
        return handling.request_supplement(appeal, body.question, scene.by, scene.terms, scene.now, scene.key)

    return _act(appeal_id, act)


@bp.post("/appeals/<string:appeal_id>/request_extension")
@bp.auth_required(auth)
@bp.input(ExtensionRequest, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="申请延期", responses=problems(401, 403, 404, 409, 422))
def request_extension(appeal_id: str, body: ExtensionRequest) -> Response:
    def act(appeal: Appeal, scene: Scene) -> Appeal:
        return handling.request_extension(
            appeal, body.workdays, body.reason, scene.by, scene.terms, scene.now, scene.key
        )

    return _act(appeal_id, act)


@bp.post("/appeals/<string:appeal_id>/hand_back")
@bp.auth_required(auth)
@bp.input(ReasonRequest, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="退回", responses=problems(401, 403, 404, 409, 422))
def hand_back(appeal_id: str, body: ReasonRequest) -> Response:
    return _act(appeal_id, lambda appeal, s: intake.hand_back(appeal, body.reason, s.by, s.terms, s.now, s.key))


@bp.post("/appeals/<string:appeal_id>/transfer")
@bp.auth_required(auth)
@bp.input(TransferRequest, arg_name="body")
@bp.output(AppealView)
@bp.doc(summary="转办（一生一次）", responses=problems(401, 403, 404, 409, 422))
def transfer(appeal_id: str, body: TransferRequest) -> Response:
    def act(appeal: Appeal, scene: Scene) -> Appeal:
        hearers = transfer_target(world(), appeal, body.official_id)
        return intake.transfer(
            appeal, body.official_id, body.reason, hearers, scene.by, scene.terms, scene.now, scene.key
        )

    return _act(appeal_id, act)


def _act(appeal_id: str, act: Act) -> Response:
    account = asking_handler()

    def once(key: str) -> tuple[int, dict[str, Any]]:
        return 200, show_appeal(account, act_as_handler(world(), account, appeal_id, key, act))

    return answer_write(account, once)
