"""What the office does with an appeal: one definition of each deed, for the API's routes and the console's forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from app.domain import closing, escalation, handling, intake, oversight
from app.domain.appeal import Appeal
from app.domain.call import CallReport
from app.domain.intake import Draft
from app.domain.office_deeds import CALLERS_DEEDS, OfficeDeed
from app.domain.officer import Officer
from app.domain.workday import Span, Unit
from app.services.appeals.acting import Scene
from app.services.office import casework
from app.services.office.orders import next_order_number
from app.services.world import World
from app.web.schemas.common import ActionBody
from app.web.schemas.office import (
    AboutRequest,
    AssignRequest,
    CallerAppealRequest,
    DecideInterviewRequest,
    ExplanationRequest,
    ExtendRequest,
    FollowUpRequest,
    HandOverRequest,
    OfficeReasonRequest,
    OrderRequest,
    PublishRequest,
    RectifiedRequest,
    RejectRequest,
    SuggestInterviewRequest,
)


@dataclass(frozen=True)
class Asker:
    """Who asks, and of which world."""

    world: World
    officer: Officer


@dataclass(frozen=True)
class Definition:
    """`body` says what has to be told; `do` is the rule, given the appeal as it stands, the scene, that body and who
    asks."""

    name: OfficeDeed
    summary: str
    body: type[ActionBody]
    do: Callable[[Appeal, Scene, Any, Asker], Appeal]

    @property
    def by_callers(self) -> bool:
        return self.name in CALLERS_DEEDS


DEFINITIONS: dict[OfficeDeed, Definition] = {}
"""By name; MERGE has a use case of its own (casework.merge_into)."""
ABOUT = {"about_official", "about_official_id"}
DRAFT_FIELDS = {"official_id", "kind", "title", "body", "place", "visibility", "source"} | ABOUT
Body = TypeVar("Body", bound=ActionBody)
Do = Callable[[Appeal, Scene, Body, Asker], Appeal]


def act(by: Asker, name: OfficeDeed, appeal_id: str, key: str, body: ActionBody) -> Appeal:
    """The appeal after the deed, which is on the audit log. Raises NotPermitted and whatever the rule does."""
    definition = DEFINITIONS[name]
    use = casework.act_as_caller if definition.by_callers else casework.act_as_supervisor
    return use(by.world, by.officer, appeal_id, key, lambda a, scene: definition.do(a, scene, body, by), name.value)


def draft_of(body: CallerAppealRequest) -> Draft:
    """What an operator wrote down; who calls is called back on that number unless another one was named."""
    return Draft(**body.model_dump(include=DRAFT_FIELDS), phone=body.phone or body.caller_phone)


def report_of(body: CallerAppealRequest) -> CallReport:
    return CallReport(body.call_outcome, body.call_note)


def define(body: type[Body], summary: str) -> Callable[[Do[Body]], Do[Body]]:
    """Makes a deed of a function; its name is the function's."""

    def add(do: Do[Body]) -> Do[Body]:
        name = OfficeDeed(do.__name__)
        DEFINITIONS[name] = Definition(name, summary, body, do)
        return do

    return add


@define(AssignRequest, "审核通过并交办")
def assign(appeal: Appeal, scene: Scene, body: AssignRequest, by: Asker) -> Appeal:
    return casework.assign_to(by.world, _found(appeal, body.urgent, scene), body.official_id, scene)


@define(HandOverRequest, "转办（一件诉求一生只转办一次；原岗位不再公布的除外）")
def transfer(appeal: Appeal, scene: Scene, body: HandOverRequest, by: Asker) -> Appeal:
    appeal = _found(appeal, body.urgent, scene)
    return casework.reassign(by.world, appeal, body.official_id, body.with_note(body.reason), scene)


@define(RejectRequest, "不予受理")
def reject(appeal: Appeal, scene: Scene, body: RejectRequest, _: Asker) -> Appeal:
    reason = body.with_note(body.reason)
    return intake.reject(appeal, reason, body.proper_channel, scene.by, scene.terms, scene.now)


@define(AboutRequest, "登记或更正反映对象")
def set_about(appeal: Appeal, scene: Scene, body: AboutRequest, by: Asker) -> Appeal:
    return casework.set_about(by.world, appeal, body.official_ids, body.with_note(body.reason), scene)


@define(ExtendRequest, "同意延期（可以少于申请的天数）")
def extend(appeal: Appeal, scene: Scene, body: ExtendRequest, _: Asker) -> Appeal:
    return handling.extend(appeal, scene.hearers, scene.by, scene.terms, scene.now, body.workdays)


@define(OfficeReasonRequest, "不同意延期")
def refuse_extension(appeal: Appeal, scene: Scene, body: OfficeReasonRequest, _: Asker) -> Appeal:
    reason = body.with_note(body.reason)
    return handling.refuse_extension(appeal, reason, scene.hearers, scene.by, scene.terms, scene.now)


@define(ActionBody, "催办（逾期后，距上次催办满 24 小时）")
def urge(appeal: Appeal, scene: Scene, body: ActionBody, _: Asker) -> Appeal:
    return escalation.urge_from_office(appeal, body.note, scene.hearers, scene.by, scene.terms, scene.now)


@define(ExplanationRequest, "复核办结")
def conclude(appeal: Appeal, scene: Scene, body: ExplanationRequest, _: Asker) -> Appeal:
    return oversight.conclude_review(appeal, body.with_note(body.explanation), scene.by, scene.terms, scene.now)


@define(OfficeReasonRequest, "责令重办")
def reopen(appeal: Appeal, scene: Scene, body: OfficeReasonRequest, _: Asker) -> Appeal:
    reason = body.with_note(body.reason)
    return closing.reopen(appeal, reason, scene.hearers, scene.by, scene.terms, scene.now)


@define(OrderRequest, "签发督办单")
def sign_order(appeal: Appeal, scene: Scene, body: OrderRequest, by: Asker) -> Appeal:
    oversight.check_listed(appeal)
    number, span = next_order_number(by.world), Span(body.workdays, Unit.WORKDAYS)
    return oversight.sign_order(appeal, number, span, scene.by, scene.terms, scene.now)


@define(SuggestInterviewRequest, "提出约谈建议")
def suggest_interview(appeal: Appeal, scene: Scene, body: SuggestInterviewRequest, _: Asker) -> Appeal:
    return oversight.propose_interview(appeal, body.reason, body.text, scene.by, scene.now)


@define(DecideInterviewRequest, "对约谈建议作出决定")
def decide_interview(appeal: Appeal, scene: Scene, body: DecideInterviewRequest, _: Asker) -> Appeal:
    text = body.with_note(body.text)
    return oversight.decide_interview(appeal, body.interview, body.decision, text, body.rectify_by, scene.by, scene.now)


@define(RectifiedRequest, "确认整改完成")
def confirm_rectified(appeal: Appeal, scene: Scene, body: RectifiedRequest, _: Asker) -> Appeal:
    return oversight.confirm_rectified(appeal, body.interview, body.with_note(body.text), scene.by, scene.now)


@define(PublishRequest, "公开（经脱敏）")
def publish(appeal: Appeal, scene: Scene, body: PublishRequest, _: Asker) -> Appeal:
    words = (body.title, body.body, body.answer)
    return oversight.publish(appeal, *words, scene.by, scene.now, body.numbers_meant)


@define(OfficeReasonRequest, "撤下公开内容")
def unpublish(appeal: Appeal, scene: Scene, body: OfficeReasonRequest, _: Asker) -> Appeal:
    return oversight.unpublish(appeal, body.with_note(body.reason), scene.by, scene.now)


@define(FollowUpRequest, "回访")
def follow_up(appeal: Appeal, scene: Scene, body: FollowUpRequest, by: Asker) -> Appeal:
    official = by.world.stores.officials.get(appeal.assignee_id)
    said = (body.reached, body.resolution, body.satisfaction)
    units = (by.officer.unit, official.unit if official else "")
    return oversight.follow_up(appeal, *said, body.note, *units, scene.by, scene.terms, scene.now)


def _found(appeal: Appeal, urgent: bool | None, scene: Scene) -> Appeal:
    """The appeal as urgent as the form says; None says nothing of it."""
    return appeal if urgent is None else intake.set_urgent(appeal, urgent, scene.by, scene.now)
