"""The official's side: the inbox and what can be done with an appeal. Staff use the same routes, labelled 代办."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from app.domain import handling, intake
from app.domain.appeal import Appeal
from app.domain.errors import NotFound, Reason
from app.domain.roster import Delegation
from app.services.appeals.acting import Scene, act_as_handler, transfer_target
from app.services.appeals.quick_replies import quick_reply_text
from app.services.appeals.reading import inbox
from app.services.messages import duty
from app.web.api.actions import Actions, own_photos
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
    DutyRequest,
    DutyView,
    ExtensionRequest,
    InboxQuery,
    QuestionRequest,
    QuickReplyRequest,
    ReasonRequest,
    TransferRequest,
)
from app.web.schemas.common import Nothing

bp = APIBlueprint("official", __name__, url_prefix="/api/official", tag="办理")
handler = Actions(
    bp, "/appeals/<string:appeal_id>", auth, asking_handler, lambda _: act_as_handler, show_appeal, AppealView, 403
)


@bp.get("/inbox")
@bp.auth_required(auth)
@bp.input(InboxQuery, location="query", arg_name="query")
@bp.output(AppealList)
@bp.doc(summary="收件箱，按期限排序", responses=problems(401, 403, 422))
def show_inbox(query: InboxQuery) -> Response:
    return reply(200, show_page(inbox(world(), asking_handler(), query.filter, read_cursor(query.cursor))))


@bp.get("/duty/<string:official_id>")
@bp.auth_required(auth)
@bp.output(DutyView)
@bp.doc(summary="值班安排", responses=problems(401, 403, 404))
def show_duty(official_id: str) -> Response:
    if official_id not in asking_handler().posts():
        raise NotFound(Reason.NO_SUCH_OFFICIAL)
    return reply(200, _duty(official_id))


@bp.post("/duty/<string:official_id>")
@bp.auth_required(auth)
@bp.input(DutyRequest, arg_name="body")
@bp.output(DutyView)
@bp.doc(summary="设定值班安排：哪些日子由谁代为接收", responses=problems(401, 403, 404, 409, 422))
def set_duty(official_id: str, body: DutyRequest) -> Response:
    items = tuple(Delegation(item.account_id, item.first, item.last) for item in body.items)

    def once(_: str) -> tuple[int, dict[str, Any]]:
        duty.set_duty(world(), asking_handler(), official_id, items)
        return 200, _duty(official_id)

    return answer_write(asking_handler().id, once)


def _duty(official_id: str) -> dict[str, Any]:
    official = world().stores.officials.get(official_id)
    delegations = official.delegations if official else ()
    items = [
        {"account_id": d.account_id, "first": d.first.isoformat(), "last": d.last.isoformat()} for d in delegations
    ]
    staff = [{"account_id": person.id, "name": person.name} for person in duty.staff_of(world(), official_id)]
    return {"items": items, "staff": staff}


@handler.add(Nothing, "签收")
def sign(appeal: Appeal, scene: Scene, body: Nothing) -> Appeal:
    return handling.sign(appeal, scene.by, scene.now, body.note)


@handler.add(QuickReplyRequest, "快捷回复（不是答复）")
def quick_reply(appeal: Appeal, scene: Scene, body: QuickReplyRequest) -> Appeal:
    text = body.with_note(quick_reply_text(body.template, body.text, world().settings().quick_replies))
    return handling.quick_reply(appeal, text, body.promised_at, scene.by, scene.terms, scene.now)


@handler.add(ContactRequest, "记录联系情况")
def log_contact(appeal: Appeal, scene: Scene, body: ContactRequest) -> Appeal:
    return handling.log_contact(appeal, body.outcome, scene.by, scene.terms, scene.now, body.note)


@handler.add(AnswerRequest, "答复")
def answer(appeal: Appeal, scene: Scene, body: AnswerRequest) -> Appeal:
    photos = own_photos(body.photos)
    return handling.answer(appeal, body.with_note(body.text), body.outcome, photos, scene.by, scene.terms, scene.now)


@handler.add(QuestionRequest, "请群众补充")
def request_supplement(appeal: Appeal, scene: Scene, body: QuestionRequest) -> Appeal:
    return handling.request_supplement(appeal, body.with_note(body.question), scene.by, scene.terms, scene.now)


@handler.add(ExtensionRequest, "申请延期")
def request_extension(appeal: Appeal, scene: Scene, body: ExtensionRequest) -> Appeal:
    return handling.request_extension(
        appeal, body.workdays, body.with_note(body.reason), scene.by, scene.terms, scene.now
    )


@handler.add(ReasonRequest, "退回")
def hand_back(appeal: Appeal, scene: Scene, body: ReasonRequest) -> Appeal:
    return intake.hand_back(appeal, body.with_note(body.reason), scene.by, scene.terms, scene.now)


@handler.add(TransferRequest, "转办（一生一次）")
def transfer(appeal: Appeal, scene: Scene, body: TransferRequest) -> Appeal:
    hearers = transfer_target(world(), appeal, body.official_id)
    return intake.transfer(
        appeal, body.official_id, body.with_note(body.reason), hearers, scene.by, scene.terms, scene.now
    )
