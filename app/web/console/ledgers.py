"""督办单台账 and 约谈台账: lists and filters in the address, one page after the other, and the whole list as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug import Response

from app.domain.appeal import Appeal
from app.domain.labels import INTERVIEW_LISTS, ORDER_LISTS
from app.domain.ledgers import PERIOD, InterviewList, OrderList, Scope
from app.domain.workday import BEIJING
from app.services.office import ledgers
from app.services.office.evidence import may_read_evidence
from app.services.tables.writing import Sheet, Value, csv_file, xlsx
from app.web.console.access import officer, page
from app.web.console.casework import officials_for
from app.web.console.files import CSV, XLSX, attachment
from app.web.cursors import read_cursor, write_cursor
from app.web.http import world
from app.web.presenters.ledgers import present_interview, present_order

MONTHS = 12
YEARS = 2
ORDER_COLUMNS = (
    ("督办单号", "number", 16),
    ("诉求编号", "code", 16),
    ("事项", "title", 36),
    ("负责同志", "person", 12),
    ("单位职务", "post", 24),
    ("列入督办", "listed_at", 19),
    ("签发人", "signed_by", 16),
    ("签发时间", "signed_at", 19),
    ("办理时限", "due_at", 19),
    ("办理时间", "fulfilled_at", 19),
    ("办理情况", "words", 30),
)
INTERVIEW_COLUMNS = (
    ("负责同志", "person", 12),
    ("单位职务", "post", 24),
    ("诉求编号", "code", 16),
    ("事项", "title", 36),
    ("第几条", "number", 8),
    ("原因", "reason", 18),
    ("提出时间", "suggested_at", 19),
    ("决定", "decision", 12),
    ("决定人", "decided_by", 16),
    ("决定时间", "decided_at", 19),
    ("情况说明", "text", 40),
    ("整改限期", "rectify_by", 19),
    ("确认整改", "rectified_at", 19),
    ("移交专班", "referred_at", 19),
    ("情况", "words", 12),
    ("证据指纹", "hash", 24),
)
"""Head, which of a line's words, and its width in characters."""
Columns = Sequence[tuple[str, str, int]]


@page("/orders", *ledgers.ORDER_READERS)
def list_orders() -> ResponseReturnValue:
    which, scope = _order_list(), asked_scope()
    found = ledgers.order_ledger(world(), officer(), which, scope, read_cursor(request.args.get("cursor", "")))
    return render_template(
        "console/orders.html",
        rows=_orders(found.lines),
        tabs=[(one.value, words) for one, words in ORDER_LISTS.items()],
        title=ORDER_LISTS[which],
        **_frame(which.value, scope, write_cursor(found.next)),
    )


@page("/orders/export", *ledgers.ORDER_READERS, methods=("POST",))
def export_orders() -> ResponseReturnValue:
    found = ledgers.export_orders(world(), officer(), _order_list(), asked_scope())
    return _file("督办单台账", ORDER_COLUMNS, _orders(found.lines), found.is_cut)


@page("/interviews", *ledgers.INTERVIEW_READERS)
def list_interviews() -> ResponseReturnValue:
    which, scope = _interview_list(), asked_scope()
    found = ledgers.interview_ledger(world(), officer(), which, scope, read_cursor(request.args.get("cursor", "")))
    officials = officials_for(line.appeal for line in found.lines)
    return render_template(
        "console/interviews.html",
        rows=[
            present_interview(line, officials) | {"may_see_evidence": may_read_evidence(officer(), line.appeal)}
            for line in found.lines
        ],
        tabs=[(one.value, INTERVIEW_LISTS[one]) for one in _in_order(ledgers.interview_lists(officer()))],
        title=INTERVIEW_LISTS[which],
        **_frame(which.value, scope, write_cursor(found.next)),
    )


@page("/interviews/export", *ledgers.INTERVIEW_READERS, methods=("POST",))
def export_interviews() -> ResponseReturnValue:
    found = ledgers.export_interviews(world(), officer(), _interview_list(), asked_scope())
    officials = officials_for(line.appeal for line in found.lines)
    rows = [present_interview(line, officials) for line in found.lines]
    return _file("约谈台账", INTERVIEW_COLUMNS, rows, found.is_cut)


def asked_scope() -> Scope:
    """The roster and the period in the address; what is no period of ours is left out."""
    period = request.args.get("period", "")
    return Scope(request.args.get("roster", ""), period if PERIOD.fullmatch(period) else "")


def _order_list() -> OrderList:
    name = request.args.get("list", "")
    return OrderList(name) if name in list(OrderList) else OrderList.ALL


def _interview_list() -> InterviewList:
    allowed = _in_order(ledgers.interview_lists(officer()))
    name = request.args.get("list", "")
    return next((one for one in allowed if one.value == name), allowed[-1])


def _in_order(lists: Sequence[InterviewList]) -> list[InterviewList]:
    return [one for one in INTERVIEW_LISTS if one in lists]


def _orders(lines: Sequence[ledgers.OrderLine]) -> list[dict[str, Any]]:
    appeals: list[Appeal] = [line.appeal for line in lines]
    officials, now, calendar = officials_for(appeals), world().clock.now(), world().calendar()
    return [present_order(line, officials, now, calendar) for line in lines]


def _frame(chosen: str, scope: Scope, following: str | None) -> dict[str, Any]:
    """What both pages show around their lines."""
    rosters = [("", "全部名册"), *((one.slug, one.name) for one in world().stores.rosters.all())]
    return {
        "chosen": chosen,
        "scope": scope,
        "rosters": rosters,
        "periods": _periods(scope.period),
        "next": following,
        "first": not request.args.get("cursor"),
    }


def _periods(chosen: str) -> list[tuple[str, str]]:
    """All time, this year and the last, the last twelve months; beside them whatever the address asks for."""
    today = world().clock.now().astimezone(BEIJING)
    years = [str(today.year - n) for n in range(YEARS)]
    months = [divmod(today.year * 12 + today.month - 1 - n, 12) for n in range(MONTHS)]
    known = ["", *years, *(f"{year}-{month + 1:02d}" for year, month in months)]
    return [(one, _period_words(one)) for one in (known if chosen in known else [*known, chosen])]


def _period_words(period: str) -> str:
    year, _, month = period.partition("-")
    return f"{year}年{int(month)}月" if month else f"{year}年全年" if year else "全部时间"


def _file(title: str, columns: Columns, rows: Sequence[dict[str, Any]], is_cut: bool) -> Response:
    header = [head for head, _, _ in columns]
    lines: list[Sequence[Value]] = [[row[name] for _, name, _ in columns] for row in rows]
    if is_cut:
        note = f"只导出了 {ledgers.MOST_EXPORTED} 条，其余请按月分次导出"
        lines.append([note, *[""] * (len(columns) - 1)])
    name = f"{title}-{world().clock.now().astimezone(BEIJING):%Y%m%d-%H%M}"
    if request.form.get("format") == "csv":
        return attachment(csv_file(header, lines), f"{name}.csv", CSV)
    return attachment(xlsx([Sheet(title, header, lines, [width for _, _, width in columns])]), f"{name}.xlsx", XLSX)
