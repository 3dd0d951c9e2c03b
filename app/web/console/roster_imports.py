"""Importing a table into a roster: uploaded, tried, looked at, carried out; and the tables to take along."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Conflict, InvalidInput, NotFound, Reason
from app.services.rosters import table_import as importing
from app.services.rosters.forms import KEEPERS
from app.services.rosters.keeping import edition_to_keep
from app.services.rosters.plan import ImportPlan, Status
from app.services.rosters.table import COLUMNS, export_csv, export_xlsx, template_xlsx
from app.services.tables.writing import csv_file
from app.web.console.access import officer, page
from app.web.console.files import CSV, XLSX, attachment
from app.web.console.invitation_sheets import tell_successions
from app.web.console.rosters import LIST
from app.web.console.sure import always
from app.web.errors import sentence, status_of
from app.web.http import world

FORMATS = ("xlsx", "csv")
ORDER = (Status.WRONG, Status.NEW, Status.CHANGED, Status.UNCHANGED)
"""What has to be looked at stands above."""


@page("/rosters/<string:slug>/import", *KEEPERS)
def choose_import(slug: str) -> ResponseReturnValue:
    return _choose(slug)


@page("/rosters/<string:slug>/import", *KEEPERS, methods=("POST",))
def try_import(slug: str) -> ResponseReturnValue:
    """A table that may be carried out gets an address of its own, which this officer can come back to for a day."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _choose(slug, problem="请先选择表格文件"), 422
    unpublish = "unpublish_missing" in request.form
    token, plan = importing.stage(world(), officer(), slug, file.read(), file.filename, unpublish)
    if token:
        return redirect(url_for("console.show_dry_run", slug=slug, token=token), 303)
    return _choose(slug, plan, filename=file.filename), 200 if plan.result else 422


@page("/rosters/<string:slug>/import/<string:token>", *KEEPERS)
def show_dry_run(slug: str, token: str) -> ResponseReturnValue:
    return _dry_run(slug, token)


@page("/rosters/<string:slug>/import/<string:token>", *KEEPERS, methods=("POST",), asks=always)
def apply_import(slug: str, token: str) -> ResponseReturnValue:
    note = request.form.get("note", "")
    try:
        made = importing.apply(world(), officer(), token, note)
    except Conflict:
        return _tried_again(slug, token)
    except InvalidInput as refusal:
        return _dry_run(slug, token, sentence(refusal.reason, {})), status_of(refusal)
    flash("已全部导入，名录同时更新。需要时可在“修改记录”里撤销。")
    tell_successions(made, "更换了负责人，原来的微信绑定已经解除，请打印新的邀请")
    return redirect(url_for("console.show_roster", slug=slug), 303)


@page("/rosters/<string:slug>/template.<string:kind>", *KEEPERS)
def give_template(slug: str, kind: str) -> ResponseReturnValue:
    _refuse_unknown(kind)
    roster = edition_to_keep(world(), officer(), slug).roster
    if kind == "xlsx":
        return attachment(template_xlsx(roster), f"{roster.name}-模板.xlsx", XLSX)
    return attachment(csv_file([column.header for column in COLUMNS], ()), f"{roster.name}-模板.csv", CSV)


@page("/rosters/<string:slug>/export.<string:kind>", *KEEPERS)
def give_roster(slug: str, kind: str) -> Response:
    _refuse_unknown(kind)
    name = edition_to_keep(world(), officer(), slug).roster.name
    if kind == "xlsx":
        return attachment(export_xlsx(world(), officer(), slug), f"{name}.xlsx", XLSX)
    return attachment(export_csv(world(), officer(), slug), f"{name}.csv", CSV)


def _tried_again(slug: str, token: str) -> ResponseReturnValue:
    """The roster has changed since the dry run: the same file is tried anew, so that nobody uploads it twice."""
    told = "试算之后名册有了变动，没有导入。下面是按现在的名册重新试算的结果，请核对后再导入。"
    again, plan = importing.stage_again(world(), officer(), token)
    if not again and plan.result is not None:
        flash("名册里已经是这份表格的内容，没有需要再导入的。")
        return redirect(url_for("console.show_roster", slug=slug), 303)
    if not again:
        return _choose(slug, plan, problem=told), 409
    flash(told, "error")
    return redirect(url_for("console.show_dry_run", slug=slug, token=again), 303)


def _dry_run(slug: str, token: str, problem: str = "") -> str:
    plan = importing.staged_plan(world(), officer(), token)
    if plan.slug != slug:
        raise NotFound(Reason.NO_SUCH_IMPORT)
    return _choose(slug, plan, token, problem)


def _choose(slug: str, plan: ImportPlan | None = None, token: str = "", problem: str = "", filename: str = "") -> str:
    """Without a plan the form for uploading; with one what the table would do, and below it the form again."""
    rows = sorted(plan.rows, key=lambda row: (ORDER.index(row.status), row.number)) if plan else []
    return render_template(
        "console/roster_import.html",
        roster=edition_to_keep(world(), officer(), slug).roster,
        plan=plan,
        rows=[row for row in rows if row.status is not Status.UNCHANGED],
        unchanged=[row for row in rows if row.status is Status.UNCHANGED],
        counts={status.value: plan.count(status) for status in Status} if plan else {},
        token_of_plan=token,
        filename=filename,
        problem=problem,
        columns=COLUMNS,
        current=LIST,
    )


def _refuse_unknown(kind: str) -> None:
    if kind not in FORMATS:
        raise NotFound(Reason.NO_SUCH_PAGE)
