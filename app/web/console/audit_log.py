"""The audit log: searched, checked as a whole, taken along."""

from __future__ import annotations

from datetime import time
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.audit_words import ACTS, act_words, detail_words, subject_words
from app.domain.workday import BEIJING, ONE_DAY, at
from app.services.officers.audit_desk import MOST_EXPORTED, READERS, check_chain, export_log, search_log
from app.services.officers.keeping import all_officers
from app.services.ports.officers import AuditWanted
from app.services.tables.writing import Sheet, csv_file, xlsx
from app.web.console.access import bp, officer, page
from app.web.console.asking import day_of
from app.web.console.files import CSV, XLSX, attachment
from app.web.http import world

HEADER = ("序号", "时间", "人员", "操作", "对象", "说明", "前一条校验值", "本条校验值")
WIDTHS = (8, 19, 12, 18, 28, 50, 20, 20)
FILTERS = ("officer", "act", "subject", "first", "last")
LARGEST_NUMBER = 10**12
MIDNIGHT = time(0)


@page("/audit", *READERS)
def show_audit() -> ResponseReturnValue:
    wanted, problem = asked()
    found = search_log(world(), officer(), wanted, before())
    return render_template(
        "console/audit.html",
        found=found,
        problem=problem,
        officers=[("", "全部人员"), *((one.id, f"{one.name}（{one.username}）") for one in _people())],
        acts=[("", "全部操作"), *ACTS.items()],
        is_filtered=any(request.args.get(name) for name in FILTERS),
    )


@page("/audit/check", *READERS, methods=("POST",))
def check_audit() -> ResponseReturnValue:
    found = check_chain(world(), officer())
    if found.broken_at is None:
        flash(f"检查完毕：共 {found.entries} 条，首尾相接，没有发现改动。")
    else:
        flash(
            f"检查发现问题：第 {found.broken_at} 条与前面的记录对不上，可能被改动或删除过。请立即报告。",
            "error",
        )
    return redirect(url_for("console.show_audit"), 303)


@page("/audit/export", *READERS, methods=("POST",))
def export_audit() -> ResponseReturnValue:
    wanted, _ = asked()
    found = export_log(world(), officer(), wanted)
    rows = [
        (
            entry.number,
            entry.at,
            entry.name,
            act_words(entry.act),
            subject_words(entry, found.names),
            detail_words(entry, found.names),
            entry.previous,
            entry.hash,
        )
        for entry in found.items
    ]
    if found.is_cut:
        rows.append((0, None, "", f"只导出了最新的 {MOST_EXPORTED} 条，更早的请缩短时间分次导出", "", "", "", ""))  # type: ignore[arg-type]
    name = f"审计日志-{world().clock.now().astimezone(BEIJING):%Y%m%d-%H%M}"
    if request.form.get("format") == "csv":
        return attachment(csv_file(HEADER, rows), f"{name}.csv", CSV)
    return attachment(xlsx([Sheet("审计日志", HEADER, rows, WIDTHS)]), f"{name}.xlsx", XLSX)


def asked() -> tuple[AuditWanted, str]:
    """What the address asks for, and what is wrong with its days: these then do not count."""
    given: dict[str, Any] = request.args
    first, last = day_of(given.get("first", "")), day_of(given.get("last", ""))
    problem = ""
    if any(given.get(name) and day_of(given[name]) is None for name in ("first", "last")):
        problem = "请填写正确的日期"
    elif first and last and last < first:
        problem, first, last = "结束日期不能早于开始日期", None, None
    wanted = AuditWanted(
        given.get("officer", ""),
        given.get("act", ""),
        given.get("subject", "").strip(),
        at(first, MIDNIGHT) if first else None,
        at(last + ONE_DAY, MIDNIGHT) if last else None,
    )
    return wanted, problem


def before() -> int | None:
    """The number to go on before; None at the beginning, and for anything that is no number of ours."""
    cursor = request.args.get("cursor", "")
    is_number = cursor.isascii() and cursor.isdigit() and int(cursor[:13]) < LARGEST_NUMBER
    return int(cursor) if is_number else None


def _people() -> Any:
    return all_officers(world(), officer())


@bp.app_template_filter("act_word")
def act_word(act: str) -> str:
    return act_words(act)


@bp.app_context_processor
def audit_words() -> dict[str, Any]:
    return {"subject_words": subject_words, "detail_words": detail_words} if request.blueprint == bp.name else {}
