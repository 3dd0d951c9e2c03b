"""Daily report, weekly analysis, monthly bulletin: listed, read, taken along as Excel and Word, made now."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import NotFound, Reason, Refusal
from app.domain.officer import OfficeRole
from app.domain.reporting import Report, ReportKind
from app.domain.workday import ONE_DAY, local_day
from app.services.figures.report_desk import list_reports as reports_of
from app.services.figures.report_desk import make_now, read_report
from app.services.officers.access import CASE_READERS
from app.web.console.access import officer, page
from app.web.console.asking import asked_roster, day_of
from app.web.console.figures import chart_of, no_roster
from app.web.console.files import DOCX, XLSX, attachment
from app.web.documents import Paper, document, paper_of, workbook
from app.web.errors import sentence
from app.web.http import world
from app.web.presenters.periods import span

KINDS = ((ReportKind.DAILY, "日报"), (ReportKind.WEEKLY, "周分析"), (ReportKind.MONTHLY, "月通报"))


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
    flash(f"{dict(KINDS)[kind]}已生成：{span(made.first, made.last)}。")
    return redirect(url_for("console.show_report", report_id=made.id), 303)


@page("/reports/<string:report_id>", *CASE_READERS)
def show_report(report_id: str) -> ResponseReturnValue:
    report, paper = paper_with(report_id)
    charts = {plot.name: chart_of(plot) for plot in paper.all_plots()}
    return render_template(
        "console/report.html",
        report=report,
        paper=paper,
        charts=charts,
        told={table.name for part in paper.parts for table in part.tables},
        kind=dict(KINDS)[report.kind],
        current="console.list_reports",
    )


@page("/reports/<string:report_id>/file.<string:form>", *CASE_READERS)
def download_report(report_id: str, form: str) -> Response:
    """`form`: xlsx or docx."""
    if form not in ("xlsx", "docx"):
        raise NotFound(Reason.NO_SUCH_PAGE)
    report, paper = paper_with(report_id)
    if form == "xlsx":
        return attachment(workbook(paper, report.made_at), f"{paper.file_name}.xlsx", XLSX)
    return attachment(document(paper, report.made_at), f"{paper.file_name}.docx", DOCX)


def show_list(form: dict[str, Any]) -> str:
    rosters, kind = asked_roster(), asked_kind(request.values.get("kind", ""))
    if not rosters.slug:
        return no_roster()
    slug = request.values.get("roster", "") or rosters.slug
    found = reports_of(world(), officer(), slug, kind)
    yesterday = local_day(world().clock.now()) - ONE_DAY
    return render_template(
        "console/reports.html",
        rosters=rosters,
        slug=slug,
        kind=kind,
        kinds=KINDS,
        reports=[(report, span(report.first, report.last)) for report in found],
        form={"day": yesterday.isoformat(), "problem": ""} | form,
        may_make=OfficeRole.SUPERVISOR in officer().roles,
        current="console.list_reports",
    )


def asked_kind(text: str) -> ReportKind:
    return ReportKind(text) if text in list(ReportKind) else ReportKind.DAILY


def paper_with(report_id: str) -> tuple[Report, Paper]:
    """Raises NotFound(NO_SUCH_REPORT)."""
    found = read_report(world(), officer(), report_id)
    return found.report, paper_of(found.report, found.overview)
