"""What everybody may read without logging in."""

from __future__ import annotations

from functools import lru_cache

from apiflask import APIBlueprint
from flask import Response

from app.services.appeals.reading import published
from app.web.api.responses import problems
from app.web.cursors import read_cursor, write_cursor
from app.web.http import published_figures, reply, services, world
from app.web.presenters.appeals import present_published
from app.web.presenters.figures import present_figures_of
from app.web.schemas.public import FiguresQuery, OfficialFiguresList, PublishedList, PublishedQuery

bp = APIBlueprint("public", __name__, url_prefix="/api/public", tag="公开")


@bp.get("/figures")
@bp.input(FiguresQuery, location="query", arg_name="query")
@bp.output(OfficialFiguresList)
@bp.doc(
    summary="办理情况",
    description="按名册顺序，不排名；统计近 N 个整日内到期的诉求，不足 10 件的只显示“数据积累中”。",
    responses=problems(404, 422),
)
def show_figures(query: FiguresQuery) -> Response:
    directory, figures = services().directory, published_figures()
    snapshots = [directory.snapshot(query.roster)] if query.roster else directory.all()
    items = [
        present_figures_of(official, figures.of(snapshot.roster.slug, query.days))
        for snapshot in snapshots
        for official in snapshot.officials
    ]
    return reply(200, {"items": items, "next": None})


@bp.get("/appeals")
@bp.input(PublishedQuery, location="query", arg_name="query")
@bp.output(PublishedList)
@bp.doc(
    summary="公开的答复",
    description="经群众同意、由工作人员脱敏后公开，按公开时间从新到旧。",
    responses=problems(422),
)
def list_published(query: PublishedQuery) -> Response:
    page = published(world(), query.roster, query.official, read_cursor(query.cursor))
    find = lru_cache(world().stores.officials.get)
    items = [present_published(appeal, find(appeal.assignee_id)) for appeal in page.items]
    return reply(200, {"items": items, "next": write_cursor(page.next)})
