"""The official's side: the inbox and what can be done with an appeal. Staff use the same routes, labelled 代办."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response

from app.domain import handling, intake
from app.domain.appeal import Appeal
from app.services.acting import Scene, act_as_handler, transfer_target
from app.services.quick_replies import quick_reply_text
from app.services.reading import inbox
from app.web.api.actions import Actions, own_photos
from app.web.api.responses import problems
from app.web.auth import asking_handler, auth
from app.web.cursors import read_cursor
from app.web.http import reply, world
from app.web.present import show_page
from app.web.schemas.appeals import (
    AnswerRequest,
    AppealList,
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
handler = Actions(bp, "/appeals/<string:appeal_id>", asking_handler, act_as_handler, 403)


@bp.get("/inbox")
@bp.auth_required(auth)
@bp.input(InboxQuery, location="query", arg_name="query")
@bp.output(AppealList)
@bp.doc(summary="收件箱，按期限排序", responses=problems(401, 403, 422))
def show_inbox(query: InboxQuery) -> Response:
    return reply(200, show_page(inbox(world(), asking_handler(), query.filter, read_cursor(query.cursor))))


@handler.add(Nothing, "签收")
def sign(appeal: Appeal, scene: Scene, body: Nothing) -> Appeal:
    return handling.sign(appeal, scene.by, scene.now, body.note, scene.key)


@handler.add(QuickReplyRequest, "快捷回复（不是答复）")
def quick_reply(appeal: Appeal, scene: Scene, body: QuickReplyRequest) -> Appeal:
    text = body.with_note(quick_reply_text(body.template, body.text))
    return handling.quick_reply(appeal, text, body.promised_at, scene.by, scene.terms, scene.now, scene.key)


@handler.add(ContactRequest, "记录联系情况")
def log_contact(appeal: Appeal, scene: Scene, body: ContactRequest) -> Appeal:
    return handling.log_contact(appeal, body.outcome, scene.by, scene.terms, scene.now, body.note, scene.key)


@handler.add(AnswerRequest, "答复")
def answer(appeal: Appeal, scene: Scene, body: AnswerRequest) -> Appeal:
    photos = own_photos(body.photos)
    return handling.answer(
        appeal, body.with_note(body.text), body.outcome, photos, scene.by, scene.terms, scene.now, scene.key
    )


@handler.add(QuestionRequest, "请群众补充")
def request_supplement(appeal: Appeal, scene: Scene, body: QuestionRequest) -> Appeal:
    return handling.request_supplement(
        appeal, body.with_note(body.question), scene.by, scene.terms, scene.now, scene.key
    )


@handler.add(ExtensionRequest, "申请延期")
def request_extension(appeal: Appeal, scene: Scene, body: ExtensionRequest) -> Appeal:
    return handling.request_extension(
        appeal, body.workdays, body.with_note(body.reason), scene.by, scene.terms, scene.now, scene.key
    )


@handler.add(ReasonRequest, "退回")
def hand_back(appeal: Appeal, scene: Scene, body: ReasonRequest) -> Appeal:
    return intake.hand_back(appeal, body.with_note(body.reason), scene.by, scene.terms, scene.now, scene.key)


@handler.add(TransferRequest, "转办（一生一次）")
def transfer(appeal: Appeal, scene: Scene, body: TransferRequest) -> Appeal:
    hearers = transfer_target(world(), appeal, body.official_id)
    return intake.transfer(
        appeal, body.official_id, body.with_note(body.reason), hearers, scene.by, scene.terms, scene.now, scene.key
    )
