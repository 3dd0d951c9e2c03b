"""What a supervisor does with a report: completes and signs the draft of a 月通报, has any of them counted anew."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import NotFound, NotPermitted, Refusal
from app.domain.officer import OfficeRole
from app.domain.reporting import LineKind, Report
from app.services.figures import bulletins
from app.services.figures.report_desk import count_again
from app.web.console.access import officer, page
from app.web.console.casework import problems_of, read_form
from app.web.console.reports import show_paper
from app.web.errors import status_of
from app.web.http import world
from app.web.schemas.bulletins import (
    BulletinLineChoice,
    BulletinOmission,
    BulletinTexts,
    BulletinVersion,
    RecountRequest,
)


@page("/reports/<string:report_id>/texts", OfficeRole.SUPERVISOR, methods=("POST",))
def edit_bulletin(report_id: str) -> ResponseReturnValue:
    def deed() -> Report:
        body = read_form(BulletinTexts, request.form)
        return bulletins.write_texts(world(), officer(), report_id, body.version, body.lead, body.remark)

    return _done(report_id, deed, "导语和备注已保存。")


@page("/reports/<string:report_id>/left-out", OfficeRole.SUPERVISOR, methods=("POST",))
def leave_out_line(report_id: str) -> ResponseReturnValue:
    def deed() -> Report:
        body = read_form(BulletinOmission, request.form)
        line = _line(body)
        return bulletins.leave_out(world(), officer(), report_id, body.version, *line, body.reason)

    return _done(report_id, deed, "已略去这一行，理由已记录。")


@page("/reports/<string:report_id>/put-back", OfficeRole.SUPERVISOR, methods=("POST",))
def put_back_line(report_id: str) -> ResponseReturnValue:
    def deed() -> Report:
        body = read_form(BulletinLineChoice, request.form)
        return bulletins.put_back(world(), officer(), report_id, body.version, *_line(body))

    return _done(report_id, deed, "已恢复这一行。")


@page("/reports/<string:report_id>/issue", OfficeRole.SUPERVISOR, methods=("POST",))
def issue_bulletin(report_id: str) -> ResponseReturnValue:
    def deed() -> Report:
        body = read_form(BulletinVersion, request.form)
        return bulletins.issue(world(), officer(), report_id, body.version)

    return _done(report_id, deed, "已签发，从现在起不再改动。")


@page("/reports/<string:report_id>/recount", OfficeRole.SUPERVISOR, methods=("POST",))
def recount_report(report_id: str) -> ResponseReturnValue:
    def deed() -> Report:
        return count_again(world(), officer(), report_id, read_form(RecountRequest, request.form).reason)

    return _done(report_id, deed, "已重新统计，这是新的一版；此前一版仍然保留。")


def _done(report_id: str, deed: Callable[[], Report], words: str) -> ResponseReturnValue:
    """The page of the report that the deed has left; on a refusal the same page, with what was typed."""
    try:
        report = deed()
    except (NotFound, NotPermitted):
        raise
    except Refusal as refusal:
        said, fields = problems_of(refusal)
        return show_paper(report_id, request.form, fields or {"": said}), status_of(refusal)
    flash(words)
    return redirect(url_for("console.show_report", report_id=report.id), 303)


def _line(body: BulletinLineChoice) -> tuple[LineKind, str]:
    kind, _, key = body.line.partition(":")
    return LineKind(kind), key
