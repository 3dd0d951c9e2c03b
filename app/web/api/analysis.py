"""The office's analyses over HTTP: figures, hot topics, spot checks, perfunctory answers."""

from __future__ import annotations

from dataclasses import asdict
from datetime import time
from typing import Any

from apiflask import APIBlueprint
from flask import Response

from app.domain.errors import NotFound, Reason
from app.domain.officer import OfficeRole
from app.domain.workday import ONE_DAY, at
from app.services.evidence import checking, perfunctory, spot_checks, verifying
from app.services.figures.compared import figures_by
from app.services.figures.hot_topics import hot_topics
from app.services.officers.access import CASE_READERS, need
from app.services.posters.sources import source_counts
from app.web.api.responses import problems
from app.web.http import answer_write, reply, world
from app.web.office_auth import office_auth, officer
from app.web.presenters.analysis import present_draw, present_flag, present_tally, present_topic
from app.web.schemas.analysis import (
    DrawDetail,
    DrawList,
    DrawRequest,
    DrawView,
    FiguresByQuery,
    FiguresTable,
    FlagDecisionRequest,
    FlagList,
    FlagsQuery,
    FlagView,
    NotAnsweringList,
    PeriodQuery,
    ResultRequest,
    SourceTable,
    TopicList,
)

bp = APIBlueprint("analysis", __name__, url_prefix="/api/office", tag="督查分析")


@bp.get("/figures")
@bp.auth_required(office_auth)
@bp.input(FiguresByQuery, location="query", arg_name="query")
@bp.output(FiguresTable)
@bp.doc(summary="指标：按人、单位、分组、类别、来源、任期或日", responses=problems(401, 403, 404, 422))
def show_figures_by(query: FiguresByQuery) -> Response:
    need(officer(), *CASE_READERS)
    found = figures_by(world(), query.roster, query.first, query.last, query.by)
    items = [{"key": key, "rates": present_tally(tally)} for key, tally in found.items()]
    return reply(200, {"items": items, "next": None})


@bp.get("/topics")
@bp.auth_required(office_auth)
@bp.input(PeriodQuery, location="query", arg_name="query")
@bp.output(TopicList)
@bp.doc(summary="热点", responses=problems(401, 403, 404, 422))
def show_topics(query: PeriodQuery) -> Response:
    need(officer(), *CASE_READERS)
    begin, end = at(query.first, time()), at(query.last + ONE_DAY, time())
    topics = hot_topics(world(), query.roster, begin, end, lambda _: True)
    return reply(200, {"items": [present_topic(topic) for topic in topics], "next": None})


@bp.get("/spot_checks")
@bp.auth_required(office_auth)
@bp.input(FlagsQuery, location="query", arg_name="query")
@bp.output(DrawList)
@bp.doc(summary="抽查记录", responses=problems(401, 403, 404, 422))
def list_draws(query: FlagsQuery) -> Response:
    need(officer(), *CASE_READERS)
    items = [present_draw(draw) for draw in spot_checks.draws(world(), query.roster)]
    return reply(200, {"items": items, "next": None})


@bp.post("/spot_checks")
@bp.auth_required(office_auth)
@bp.input(DrawRequest, arg_name="body")
@bp.output(DrawView, status_code=201)
@bp.doc(summary="抽取样本（公开随机、不可更改）", responses=problems(401, 403, 404, 409, 422))
def draw(body: DrawRequest) -> Response:
    need(officer(), OfficeRole.SUPERVISOR)

    def once(_: str) -> tuple[int, dict[str, Any]]:
        return 201, present_draw(checking.draw(world(), officer(), **body.model_dump()))

    return answer_write(officer().id, once)


@bp.get("/spot_checks/<string:draw_id>")
@bp.auth_required(office_auth)
@bp.output(DrawDetail)
@bp.doc(summary="一次抽查：名单、结果、复核", responses=problems(401, 403, 404))
def show_draw(draw_id: str) -> Response:
    need(officer(), *CASE_READERS)
    return reply(200, _detail(draw_id))


@bp.post("/spot_checks/<string:draw_id>/results")
@bp.auth_required(office_auth)
@bp.input(ResultRequest, arg_name="body")
@bp.output(DrawDetail)
@bp.doc(summary="登记抽查结果", responses=problems(401, 403, 404, 409, 422))
def add_result(draw_id: str, body: ResultRequest) -> Response:
    need(officer(), OfficeRole.SUPERVISOR)

    def once(_: str) -> tuple[int, dict[str, Any]]:
        checking.record_result(world(), officer(), draw_id, **body.model_dump())
        return 200, _detail(draw_id)

    return answer_write(officer().id, once)


@bp.get("/flags")
@bp.auth_required(office_auth)
@bp.input(FlagsQuery, location="query", arg_name="query")
@bp.output(FlagList)
@bp.doc(summary="疑似应付的答复，待人核实", responses=problems(401, 403, 404, 422))
def list_flags(query: FlagsQuery) -> Response:
    need(officer(), *CASE_READERS)
    items = [present_flag(flag) for flag in perfunctory.undecided(world(), query.roster)]
    return reply(200, {"items": items, "next": None})


@bp.post("/flags/<string:flag_id>")
@bp.auth_required(office_auth)
@bp.input(FlagDecisionRequest, arg_name="body")
@bp.output(FlagView)
@bp.doc(summary="核实或排除一条疑似应付的答复", responses=problems(401, 403, 404, 409, 422))
def decide_flag(flag_id: str, body: FlagDecisionRequest) -> Response:
    need(officer(), OfficeRole.SUPERVISOR)

    def once(_: str) -> tuple[int, dict[str, Any]]:
        return 200, present_flag(checking.decide_flag(world(), officer(), flag_id, body.decision, body.text))

    return answer_write(officer().id, once)


@bp.get("/not_answering")
@bp.auth_required(office_auth)
@bp.input(FlagsQuery, location="query", arg_name="query")
@bp.output(NotAnsweringList)
@bp.doc(summary="疑似无人接听的电话，待人核实", responses=problems(401, 403, 404, 422))
def list_not_answering(query: FlagsQuery) -> Response:
    need(officer(), *CASE_READERS)
    items = [
        asdict(found) | {"call_ids": list(found.call_ids)} for found in verifying.not_answering(world(), query.roster)
    ]
    return reply(200, {"items": items, "next": None})


@bp.get("/sources")
@bp.auth_required(office_auth)
@bp.input(PeriodQuery, location="query", arg_name="query")
@bp.output(SourceTable)
@bp.doc(summary="各张海报、路牌带来的访问和诉求", responses=problems(401, 403, 404, 422))
def show_sources(query: PeriodQuery) -> Response:
    need(officer(), *CASE_READERS)
    roster = world().stores.rosters.get(query.roster)
    if roster is None:
        raise NotFound(Reason.NO_SUCH_ROSTER)
    counts = source_counts(world(), roster, query.first, query.last)
    items = [asdict(day) | {"day": day.day.isoformat()} for day in counts.days]
    return reply(200, {"items": items, "unknown_appeals": counts.unknown_appeals, "next": None})


def _detail(draw_id: str) -> dict[str, Any]:
    found, results = spot_checks.read(world(), draw_id)
    mismatches = [mismatch.value for mismatch in spot_checks.recheck(world(), draw_id)]
    candidates = spot_checks.candidate_list(world(), draw_id)
    return present_draw(found, results) | {"candidates": candidates, "mismatches": mismatches}
