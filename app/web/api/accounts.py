"""Logging in, the own account, consent to messages."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from app.domain.consent import Report, Source
from app.domain.organisation import Organisation
from app.services.appeals.reading import own_readings
from app.services.people import accounts, erasing
from app.services.people.invitations import bind_with_code
from app.services.people.sessions import log_in
from app.services.people.subscriptions import report_accepted
from app.web.api.responses import problems
from app.web.auth import asking, auth
from app.web.http import answer_write, reply, world
from app.web.present import appeal_presenter, show_me
from app.web.schemas.accounts import (
    Decision,
    ExportView,
    InvitationRequest,
    MeView,
    PhoneCodeRequest,
    PhoneOnceView,
    ProfileRequest,
    SessionRequest,
    SessionView,
    SubscriptionRequest,
    SubscriptionView,
)

bp = APIBlueprint("accounts", __name__, url_prefix="/api", tag="账号")


@bp.post("/session")
@bp.input(SessionRequest, arg_name="body")
@bp.output(SessionView)
@bp.doc(summary="用 wx.login 的 code 登录", responses=problems(403, 422))
def create_session(body: SessionRequest) -> Response:
    login = log_in(world(), body.code)
    return reply(200, {"token": login.token, "expires_at": login.expires_at, "me": show_me(login.account)})


@bp.get("/me")
@bp.auth_required(auth)
@bp.output(MeView)
@bp.doc(summary="我的资料", responses=problems(401))
def show() -> Response:
    return reply(200, show_me(asking()))


@bp.patch("/me")
@bp.auth_required(auth)
@bp.input(ProfileRequest, arg_name="body")
@bp.output(MeView)
@bp.doc(summary="修改我的资料", responses=problems(401, 409, 422))
def update(body: ProfileRequest) -> Response:
    given = body.organisation
    organisation = Organisation(given.name, given.credit_code) if given else None
    leaves = given is None and "organisation" in body.model_fields_set

    def act(_: str) -> tuple[int, dict[str, Any]]:
        return 200, show_me(accounts.update_profile(world(), asking(), body.name, body.phone, organisation, leaves))

    return answer_write(asking().id, act)


@bp.post("/me/phone")
@bp.auth_required(auth)
@bp.input(PhoneCodeRequest, arg_name="body")
@bp.output(PhoneOnceView)
@bp.doc(summary="用微信授权的 code 取手机号（只返回，不保存）", responses=problems(401, 422))
def fetch_phone(body: PhoneCodeRequest) -> Response:
    """Without an Idempotency-Key, whose answer would be kept for a week."""
    return reply(200, {"phone": world().phones.phone_of(body.code)})


@bp.get("/me/export")
@bp.auth_required(auth)
@bp.output(ExportView)
@bp.doc(summary="导出我的全部数据", responses=problems(401))
def export() -> Response:
    appeals, calls = erasing.export(world(), asking())
    presenter = appeal_presenter()
    return reply(
        200,
        {
            "me": show_me(asking()),
            "appeals": [presenter.detail(reading) for reading in own_readings(world(), asking(), appeals)],
            "calls": [{"official_id": call.official_id, "outcome": call.outcome, "at": call.at} for call in calls],
            "exported_at": world().clock.now(),
        },
    )


@bp.delete("/me")
@bp.auth_required(auth)
@bp.output({}, status_code=204)
@bp.doc(summary="注销：删除个人信息和图片，留下的办理记录里隐去姓名和号码", responses=problems(401, 409))
def erase() -> Response:
    erasing.erase(world(), asking())
    return Response(status=204)


@bp.post("/subscriptions")
@bp.auth_required(auth)
@bp.input(SubscriptionRequest, arg_name="body")
@bp.output(SubscriptionView)
@bp.doc(summary="登记订阅消息的授权结果", responses=problems(401, 409, 422))
def subscribe(body: SubscriptionRequest) -> Response:
    accepted = [template for template, decision in body.results.items() if decision is Decision.ACCEPT]

    def act(key: str) -> tuple[int, dict[str, Any]]:
        report = Report(Source.CLIENT, world().clock.now(), key or world().secrets.new_id())
        return 200, {"left": report_accepted(world(), asking().mp_openid, accepted, report)}

    return answer_write(asking().id, act)


@bp.post("/official/bind")
@bp.auth_required(auth)
@bp.input(InvitationRequest, arg_name="body")
@bp.output(MeView)
@bp.doc(summary="凭邀请码绑定办理身份", responses=problems(401, 404, 409, 422))
def bind(body: InvitationRequest) -> Response:
    def act(_: str) -> tuple[int, dict[str, Any]]:
        return 200, show_me(bind_with_code(world(), asking(), body.invitation, request.remote_addr or ""))

    return answer_write(asking().id, act)
