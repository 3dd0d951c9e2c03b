"""What the supervision office does with an appeal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from apiflask import APIBlueprint

from app.domain import closing, handling, intake, oversight
from app.domain.appeal import Appeal
from app.domain.officer import Officer
from app.domain.workday import Span, Unit
from app.services import casework
from app.services.acting import Act, Scene
from app.services.orders import next_order_number
from app.services.world import World
from app.web.api.actions import Actions
from app.web.http import world
from app.web.office_auth import office_auth, officer
from app.web.present import show_to_office
from app.web.schemas.common import ActionBody
from app.web.schemas.office import (
    AssignRequest,
    DecideInterviewRequest,
    ExplanationRequest,
    FollowUpRequest,
    OfficeAppealView,
    OfficeReasonRequest,
    OrderRequest,
    PublishRequest,
    RectifiedRequest,
    RejectRequest,
    SuggestInterviewRequest,
)

bp = APIBlueprint("office_actions", __name__, url_prefix="/api/office", tag="督查")


def _as_supervisor(name: str) -> Callable[[World, Officer, str, str, Act], Appeal]:
    return partial(casework.act_as_supervisor, name=name)


def _as_caller(name: str) -> Callable[[World, Officer, str, str, Act], Appeal]:
    return partial(casework.act_as_caller, name=name)


APPEAL = "/appeals/<string:appeal_id>"
supervisor = Actions(bp, APPEAL, office_auth, officer, _as_supervisor, show_to_office, OfficeAppealView, 403)
caller = Actions(bp, APPEAL, office_auth, officer, _as_caller, show_to_office, OfficeAppealView, 403)


@supervisor.add(AssignRequest, "审核通过并交办")
def assign(appeal: Appeal, scene: Scene, body: AssignRequest) -> Appeal:
    return casework.assign_to(world(), appeal, body.official_id, scene)


@supervisor.add(RejectRequest, "不予受理")
def reject(appeal: Appeal, scene: Scene, body: RejectRequest) -> Appeal:
    reason = body.with_note(body.reason)
    return intake.reject(appeal, reason, body.proper_channel, scene.by, scene.terms, scene.now)


@supervisor.add(ActionBody, "同意延期")
def extend(appeal: Appeal, scene: Scene, _: ActionBody) -> Appeal:
    return handling.extend(appeal, scene.hearers, scene.by, scene.terms, scene.now)


@supervisor.add(ExplanationRequest, "复核办结")
def conclude(appeal: Appeal, scene: Scene, body: ExplanationRequest) -> Appeal:
    return oversight.conclude_review(appeal, body.with_note(body.explanation), scene.by, scene.terms, scene.now)


@supervisor.add(OfficeReasonRequest, "责令重办")
def reopen(appeal: Appeal, scene: Scene, body: OfficeReasonRequest) -> Appeal:
    reason = body.with_note(body.reason)
    return closing.reopen(appeal, reason, scene.hearers, scene.by, scene.terms, scene.now, scene.key)


@supervisor.add(OrderRequest, "签发督办单")
def sign_order(appeal: Appeal, scene: Scene, body: OrderRequest) -> Appeal:
    oversight.check_listed(appeal)
    number, span = next_order_number(world()), Span(body.workdays, Unit.WORKDAYS)
    return oversight.sign_order(appeal, number, span, scene.by, scene.terms, scene.now)


@supervisor.add(SuggestInterviewRequest, "提出约谈建议")
def suggest_interview(appeal: Appeal, scene: Scene, body: SuggestInterviewRequest) -> Appeal:
    return oversight.suggest_interview(appeal, body.reason, scene.now, {"verified": body.text}, scene.by)


@supervisor.add(DecideInterviewRequest, "对约谈建议作出决定")
def decide_interview(appeal: Appeal, scene: Scene, body: DecideInterviewRequest) -> Appeal:
    text = body.with_note(body.text)
    return oversight.decide_interview(appeal, body.interview, body.decision, text, body.rectify_by, scene.by, scene.now)


@supervisor.add(RectifiedRequest, "确认整改完成")
def confirm_rectified(appeal: Appeal, scene: Scene, body: RectifiedRequest) -> Appeal:
    return oversight.confirm_rectified(appeal, body.interview, body.with_note(body.text), scene.by, scene.now)


@supervisor.add(PublishRequest, "公开（经脱敏）")
def publish(appeal: Appeal, scene: Scene, body: PublishRequest) -> Appeal:
    return oversight.publish(appeal, body.title, body.body, body.answer, scene.by, scene.now)


@supervisor.add(OfficeReasonRequest, "撤下公开内容")
def unpublish(appeal: Appeal, scene: Scene, body: OfficeReasonRequest) -> Appeal:
    return oversight.unpublish(appeal, body.with_note(body.reason), scene.by, scene.now)


@caller.add(FollowUpRequest, "回访")
def follow_up(appeal: Appeal, scene: Scene, body: FollowUpRequest) -> Appeal:
    official = world().stores.officials.get(appeal.assignee_id)
    said = (body.reached, body.resolution, body.satisfaction)
    units = (officer().unit, official.unit if official else "")
    return oversight.follow_up(appeal, *said, body.note, *units, scene.by, scene.terms, scene.now)
