"""抽查: draws that nobody can choose, their samples, and what the check of each appeal found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.appeal import Appeal
from app.domain.errors import InvalidInput, NotPermitted, Reason, Refusal
from app.domain.labels import KINDS
from app.domain.office_deeds import OfficeDeed
from app.domain.office_words import MISMATCHES, VERDICTS
from app.domain.officer import OfficeRole
from app.domain.roster import Roster
from app.domain.spot_check import Result, Verdict, standing
from app.domain.workday import ONE_DAY, at
from app.services.answered import answer_once
from app.services.evidence import checking, spot_checks
from app.services.officers.access import CASE_READERS
from app.web.console.access import bp, officer, page
from app.web.console.appeal import deeds_for
from app.web.console.asking import asked_roster, day_of
from app.web.console.casework import form_key, officials_for, problems_of, read_form
from app.web.console.sure import always
from app.web.errors import status_of
from app.web.http import world
from app.web.presenters.periods import days_between
from app.web.schemas.analysis import DrawRequest, ResultRequest

WAYS = (
    (OfficeDeed.REOPEN, "reason", "责令重办"),
    (OfficeDeed.FOLLOW_UP, "reached", "回访"),
    (OfficeDeed.SUGGEST_INTERVIEW, "reason", "提出约谈建议"),
)
"""What may follow on a contradicted answer: the deed, the first field of its form on the appeal's page, its name."""
SHOWN = 50
"""Appeals of a sample on one page."""


@page("/spot-checks", *CASE_READERS)
def list_spot_checks() -> ResponseReturnValue:
    return _list({})


@page("/spot-checks", OfficeRole.SUPERVISOR, methods=("POST",), asks=always)
def draw_spot_check() -> ResponseReturnValue:
    try:
        body = read_form(DrawRequest, _period(request.form))
        drawn = checking.draw(world(), officer(), **body.model_dump())
    except NotPermitted:
        raise
    except Refusal as refusal:
        problem, problems = problems_of(refusal)
        return _list(request.form, problem, problems), status_of(refusal)
    flash(f"已从 {drawn.candidate_count} 件中抽出 {len(drawn.sample)} 件，名单不可更改。")
    return redirect(url_for("console.show_spot_check", draw_id=drawn.id), 303)


@page("/spot-checks/<draw_id>", *CASE_READERS)
def show_spot_check(draw_id: str) -> ResponseReturnValue:
    return _detail(draw_id)


@page("/spot-checks/<draw_id>", OfficeRole.SUPERVISOR, methods=("POST",))
def record_spot_check(draw_id: str) -> ResponseReturnValue:
    key = form_key()

    def answer() -> tuple[int, str]:
        body = read_form(ResultRequest, request.form)
        checking.record_result(world(), officer(), draw_id, **body.model_dump())
        return 303, ""

    try:
        answer_once(world(), key, request.get_data() or repr(sorted(request.form.items())).encode(), answer)
    except NotPermitted:
        raise
    except Refusal as refusal:
        problem, problems = problems_of(refusal)
        return _detail(draw_id, request.form, problem, problems), status_of(refusal)
    flash("核查结果已登记。")
    start = _whole(request.args.get("from", ""))
    back = url_for("console.show_spot_check", draw_id=draw_id)
    return redirect(f"{back}?from={start}" if start else back, 303)


bp.add_app_template_global(days_between, "days_between")


def _list(typed: Mapping[str, str], problem: str = "", problems: Mapping[str, str] | None = None) -> str:
    choice = asked_roster()
    slug = typed.get("roster", "") or choice.slug
    return render_template(
        "console/spot_checks.html",
        choice=choice,
        draws=spot_checks.draws(world(), slug) if slug else [],
        slug=slug,
        typed=typed,
        problem=problem,
        problems=problems or {},
        may_draw=OfficeRole.SUPERVISOR in officer().roles,
    )


def _detail(
    draw_id: str, typed: Mapping[str, str] | None = None, problem: str = "", problems: Mapping[str, str] | None = None
) -> str:
    drawn, results = spot_checks.read(world(), draw_id)
    start = min(_whole(request.args.get("from", "")), max(len(drawn.sample) - 1, 0)) // SHOWN * SHOWN
    shown = drawn.sample[start : start + SHOWN]
    appeals = world().stores.worklist.some(shown)
    officials = officials_for(appeals)
    stands = standing(results)
    roster = world().stores.rosters.get(drawn.roster)
    return render_template(
        "console/spot_check.html",
        current="console.list_spot_checks",
        drawn=drawn,
        roster=roster,
        rows=[
            {
                "appeal": appeal,
                "kind": KINDS[appeal.kind],
                "official": officials.get(appeal.assignee_id),
                "answer": appeal.answers[-1].text if appeal.answers else "",
                "result": stands.get(appeal.id),
                "first": next((one.id for one in results if one.appeal_id == appeal.id and one.number == 1), ""),
                "ways": _ways(appeal, stands.get(appeal.id), roster),
                "earlier": [one for one in results if one.appeal_id == appeal.id][:-1],
            }
            for appeal in appeals
        ],
        checked=len(stands),
        found={verdict: sum(one.verdict is verdict for one in stands.values()) for verdict in VERDICTS},
        verdicts=VERDICTS,
        mismatches=[MISMATCHES[one] for one in spot_checks.mismatches(world(), drawn)],
        next=start + SHOWN if start + SHOWN < len(drawn.sample) else None,
        start=start,
        typed=typed or {},
        problem=problem,
        problems=problems or {},
        may_record=OfficeRole.SUPERVISOR in officer().roles,
    )


def _ways(appeal: Appeal, result: Result | None, roster: Roster | None) -> list[tuple[str, str]]:
    """What this officer may do about an answer that was contradicted: address and words. Offered, never done by itself
    (rule 4); each leads to the open form on the appeal's page."""
    if result is None or result.verdict is not Verdict.CONTRADICTED or roster is None:
        return []
    possible = deeds_for(appeal, world().terms_of(roster))
    page = url_for("console.show_appeal", appeal_id=appeal.id)
    return [(f"{page}#{deed.value}-{first}", words) for deed, first, words in WAYS if deed in possible]


def _period(form: Mapping[str, str]) -> dict[str, Any]:
    """The form's two days as the moments between which answers count."""
    first, last = day_of(form.get("first", "")), day_of(form.get("last", ""))
    if first is None or last is None:
        raise InvalidInput(Reason.BAD_REQUEST, fields={"first": "请填写起止两个日期"})
    if last < first:
        raise InvalidInput(Reason.BAD_REQUEST, fields={"last": "结束日期不能早于开始日期"})
    return {**form, "begin": at(first, time()), "end": at(last + ONE_DAY, time())}


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
