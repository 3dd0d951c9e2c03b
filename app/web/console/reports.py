"""Daily report, weekly analysis, monthly bulletin: listed, read, taken along as Excel and Word, made now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.bulletin import LONGEST_REASON, LONGEST_TEXT, is_replaced, lines_of
from app.domain.errors import NotFound, Reason, Refusal
from app.domain.office_words import LINE_KINDS, REPORT_KINDS
from app.domain.officer import OfficeRole
from app.domain.reporting import ReportKind
from app.domain.workday import ONE_DAY, local_day
from app.services.figures.report_desk import list_reports as reports_of
from app.services.figures.report_desk import make_now, read_report
from app.services.officers.access import CASE_READERS
from app.web.console.access import officer, page
from app.web.console.asking import asked_roster, day_of
from app.web.console.figures import chart_of, no_roster
from app.web.console.files import DOCX, XLSX, attachment
from app.web.documents import document, paper_of, workbook
from app.web.errors import sentence
from app.web.http import world
from app.web.presenters.periods import span

KINDS = tuple(REPORT_KINDS.items())


@page("/reports", *CASE_READERS)
def list_reports() -> ResponseReturnValue:
    return show_list({})


@page("/reports", OfficeRole.SUPERVISOR, methods=("POST",))
def make_report() -> ResponseReturnValue:
    """A day that cannot be stays in the form, with the sentence beside it."""
    kind, text = asked_kind(request.form.get("kind", "")), request.form.get("day", "")
    day = day_of(text)
    if day is None:
        return show_list({"day": text, "problem": "请选一个日期"}), 422
    try:
        made = make_now(world(), officer(), request.form.get("roster", ""), kind, day)
    except NotFound:
        raise
    except Refusal as refusal:
        if refusal.reason not in (Reason.PERIOD_NOT_OVER, Reason.REPORT_TOO_LARGE):
            raise
        return show_list({"day": text, "problem": sentence(refusal.reason, dict(refusal.detail))}), 422
    flash(f"{REPORT_KINDS[kind]}已生成：{span(made.first, made.last)}。")
    return redirect(url_for("console.show_report", report_id=made.id), 303)


@page("/reports/<string:report_id>", *CASE_READERS)
def show_report(report_id: str) -> ResponseReturnValue:
    return show_paper(report_id)


@page("/reports/<string:report_id>/file.<string:form>", *CASE_READERS)
def download_report(report_id: str, form: str) -> Response:
    """`form`: xlsx or docx."""
    if form not in ("xlsx", "docx"):
        raise NotFound(Reason.NO_SUCH_PAGE)
    found = read_report(world(), officer(), report_id)
    report, paper = found.report, paper_of(found.report, found.overview)
    if form == "xlsx":
        return attachment(workbook(paper, report.made_at), f"{paper.file_name}.xlsx", XLSX)
    return attachment(document(paper, report.made_at), f"{paper.file_name}.docx", DOCX)


def show_list(form: dict[str, Any]) -> str:
    rosters, kind = asked_roster(), asked_kind(request.values.get("kind", ""))
    if not rosters.slug:
        return no_roster()
    slug = request.values.get("roster", "") or rosters.slug
    found = reports_of(world(), officer(), slug, kind)
    later = {
        report.id: [o for o in found if o.first == report.first and o.revision > report.revision] for report in found
    }
    yesterday = local_day(world().clock.now()) - ONE_DAY
    return render_template(
        "console/reports.html",
        rosters=rosters,
        slug=slug,
        kind=kind,
        kinds=KINDS,
        kind_words=REPORT_KINDS[kind],
        is_regular=any(kind.value in one.policy.reports for one in rosters.all if one.slug == slug),
        reports=[(report, span(report.first, report.last), is_replaced(report, later[report.id])) for report in found],
        form={"day": yesterday.isoformat(), "problem": ""} | form,
        may_make=OfficeRole.SUPERVISOR in officer().roles,
        current="console.list_reports",
    )


def asked_kind(text: str) -> ReportKind:
    return ReportKind(text) if text in list(ReportKind) else ReportKind.DAILY


def show_paper(
    report_id: str, typed: Mapping[str, str] | None = None, problems: Mapping[str, str] | None = None
) -> str:
    """The paper, and for supervisors what may be done with it; `problems` stand beside the fields whose names they
    have, one without a field at the head. Raises NotFound(NO_SUCH_REPORT)."""
    found = read_report(world(), officer(), report_id)
    report, paper = found.report, paper_of(found.report, found.overview)
    out = {(line.kind, line.key) for line in report.left_out}
    return render_template(
        "console/report.html",
        report=report,
        paper=paper,
        later=found.later,
        is_replaced=is_replaced(report, found.later),
        charts={plot.name: chart_of(plot) for plot in paper.all_plots()},
        told={table.name for part in paper.parts for table in part.tables},
        kind=REPORT_KINDS[report.kind],
        lines=[
            (
                LINE_KINDS[kind],
                [(f"{kind}:{line.key}", line.words) for line in lines_of(found.overview) if line.kind is kind],
            )
            for kind in LINE_KINDS
        ]
        if report.is_draft
        else [],
        gone={f"{kind}:{key}" for kind, key in out},
        line_kinds=LINE_KINDS,
        longest={"text": LONGEST_TEXT, "reason": LONGEST_REASON},
        who_signs=officer().signature,
        typed=typed or {},
        problems=problems or {},
        may_change=OfficeRole.SUPERVISOR in officer().roles and not found.later,
        current="console.list_reports",
    )
