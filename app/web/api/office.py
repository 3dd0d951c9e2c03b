"""The supervision office over HTTP; the console's pages use the same use cases."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from app.domain.officer import OfficeRole
from app.domain.worklist import Filter
from app.services.appeals.calls import read_call
from app.services.office import casework, taken_calls
from app.services.office.worklists import listed
from app.services.officers.access import CASE_READERS, Client, log_in_officer, need
from app.services.officers.audit import broken_at
from app.web.api.responses import problems
from app.web.cursors import read_cursor
from app.web.http import answer_write, reply, world
from app.web.office_auth import office_auth, officer
from app.web.office_deeds import draft_of, report_of
from app.web.present import appeal_presenter, show_page, show_to_office
from app.web.presenters.calls import present_taken
from app.web.presenters.office import present_audit, present_for_office, present_officer, present_report
from app.web.schemas.appeals import AppealList
from app.web.schemas.office import (
    AuditList,
    AuditQuery,
    CallerAppealRequest,
    MergeRequest,
    OfficeAppealView,
    OfficeSessionRequest,
    OfficeSessionView,
    PhoneReasonRequest,
    PhoneView,
    ReportList,
    ReportsQuery,
    TakenCallRequest,
    TakenCallView,
    WorklistQuery,
)

AUDIT_PAGE = 100
REPORTS_PAGE = 50

APPEAL = "/appeals/<string:appeal_id>"

bp = APIBlueprint("office", __name__, url_prefix="/api/office", tag="督查")


@bp.post("/session")
@bp.input(OfficeSessionRequest, arg_name="body")
@bp.output(OfficeSessionView)
@bp.doc(summary="控制台账号登录", responses=problems(401, 409, 422))
def create_office_session(body: OfficeSessionRequest) -> Response:
    client = Client(request.remote_addr or "", request.user_agent.string)
    login = log_in_officer(world(), body.username, body.password, body.code, client)
    shown = present_officer(login.officer)
    return reply(200, {"token": login.token, "expires_at": login.expires_at, "officer": shown})


@bp.get("/worklist")
@bp.auth_required(office_auth)
@bp.input(WorklistQuery, location="query", arg_name="query")
@bp.output(AppealList)
@bp.doc(summary="工作台：等人处理的诉求", responses=problems(401, 403, 422))
def show_worklist(query: WorklistQuery) -> Response:
    wanted = Filter(query.roster, query.official, query.kind, query.state, query.first, query.last, query.q)
    return reply(200, show_page(listed(world(), officer(), query.desk, wanted, read_cursor(query.cursor))))


@bp.get(APPEAL)
@bp.auth_required(office_auth)
@bp.output(OfficeAppealView)
@bp.doc(summary="一件诉求的全部情况", responses=problems(401, 403, 404))
def show_for_office(appeal_id: str) -> Response:
    reading = casework.read_as_officer(world(), officer(), appeal_id)
    return reply(200, present_for_office(appeal_presenter(), reading))


@bp.post("/appeals")
@bp.auth_required(office_auth)
@bp.input(CallerAppealRequest, arg_name="body")
@bp.output(OfficeAppealView, status_code=201)
@bp.doc(summary="接线员代群众登记", responses=problems(401, 403, 404, 409, 422))
def register_for_caller(body: CallerAppealRequest) -> Response:
    draft = draft_of(body)

    def once(key: str) -> tuple[int, dict[str, Any]]:
        appeal = casework.register(world(), officer(), body.caller_phone, draft, key, report_of(body), body.urgent)
        return 201, show_to_office(officer(), appeal)

    return answer_write(officer().id, once)


@bp.post("/calls")
@bp.auth_required(office_auth)
@bp.input(TakenCallRequest, arg_name="body")
@bp.output(TakenCallView, status_code=201)
@bp.doc(summary="接线员代群众登记一次通话的结果", responses=problems(401, 403, 404, 409, 422))
def take_call(body: TakenCallRequest) -> Response:
    told = (body.caller_phone, body.official_id, body.call_outcome, body.call_note)

    def once(key: str) -> tuple[int, dict[str, Any]]:
        call = taken_calls.take_call(world(), officer(), *told, key)
        return 201, present_taken(read_call(world(), call))

    return answer_write(officer().id, once)


@bp.post(f"{APPEAL}/phone")
@bp.auth_required(office_auth)
@bp.input(PhoneReasonRequest, arg_name="body")
@bp.output(PhoneView)
@bp.doc(summary="查看完整电话和正文里的号码（须说明理由，留痕）", responses=problems(401, 403, 404, 409, 422))
def unmask_phone(appeal_id: str, body: PhoneReasonRequest) -> Response:
    appeal = casework.unmask(world(), officer(), appeal_id, body.reason)
    return reply(200, {"phone": appeal.phone, "title": appeal.title, "body": appeal.body})


@bp.post(f"{APPEAL}/merge")
@bp.auth_required(office_auth)
@bp.input(MergeRequest, arg_name="body")
@bp.output(OfficeAppealView)
@bp.doc(summary="并单", responses=problems(401, 403, 404, 409, 422))
def merge(appeal_id: str, body: MergeRequest) -> Response:
    def once(key: str) -> tuple[int, dict[str, Any]]:
        return 200, show_to_office(officer(), casework.merge_into(world(), officer(), appeal_id, body.parent_id, key))

    return answer_write(officer().id, once)


@bp.get("/audit")
@bp.auth_required(office_auth)
@bp.input(AuditQuery, location="query", arg_name="query")
@bp.output(AuditList)
@bp.doc(summary="审计日志，逐条相扣", responses=problems(401, 403, 422))
def show_audit(query: AuditQuery) -> Response:
    need(officer(), OfficeRole.AUDITOR, OfficeRole.ADMIN)
    found = world().stores.audit_log.since(query.after, AUDIT_PAGE)
    following = str(found[-1].number) if len(found) == AUDIT_PAGE else None
    items = [present_audit(entry) for entry in found]
    return reply(200, {"items": items, "next": following, "broken_at": broken_at(world())})


@bp.get("/reports")
@bp.auth_required(office_auth)
@bp.input(ReportsQuery, location="query", arg_name="query")
@bp.output(ReportList)
@bp.doc(summary="日报、周分析、月通报", responses=problems(401, 403, 422))
def list_reports(query: ReportsQuery) -> Response:
    need(officer(), *CASE_READERS)
    found = world().stores.reports.newest(query.roster, query.kind, REPORTS_PAGE)
    return reply(200, {"items": [present_report(report) for report in found], "next": None})
