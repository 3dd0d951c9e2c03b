"""What machines point at and people decide: answers that look perfunctory."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import NotPermitted, Refusal
from app.domain.office_words import FLAG_DECISIONS, FLAG_REASONS
from app.domain.officer import OfficeRole
from app.domain.perfunctory import answers_behind
from app.services.evidence import checking, perfunctory
from app.services.officers.access import CASE_READERS
from app.web.console.access import officer, page
from app.web.console.asking import asked_roster
from app.web.console.casework import officials_of, problems_of, read_form
from app.web.console.sure import always
from app.web.cursors import read_cursor, write_cursor
from app.web.errors import status_of
from app.web.http import world
from app.web.schemas.analysis import FlagDecisionRequest

LONGEST_FLAG = 200
SHOWN_OF_EACH = 3


@page("/flags", *CASE_READERS)
def list_flags() -> ResponseReturnValue:
    return _flags()


@page("/flags/<path:flag_id>", OfficeRole.SUPERVISOR, methods=("POST",), asks=always)
def decide_flag(flag_id: str) -> ResponseReturnValue:
    try:
        body = read_form(FlagDecisionRequest, request.form)
        flag = checking.decide_flag(world(), officer(), flag_id, body.decision, body.text)
    except NotPermitted:
        raise
    except Refusal as refusal:
        problem, problems = problems_of(refusal)
        return _flags(flag_id, problem, problems), status_of(refusal)
    suggested = "，并已提出约谈建议" if flag.suggested_at else "，约谈建议稍后自动提出"
    more = suggested if flag.is_verified else ""
    flash(f"已认定：{FLAG_DECISIONS[body.decision]}{more}。")
    return redirect(url_for("console.list_flags", roster=flag.roster), 303)


def _flags(opened: str = "", problem: str = "", problems: Mapping[str, str] | None = None) -> str:
    choice = asked_roster()
    after = read_cursor(request.args.get("cursor", ""), LONGEST_FLAG)
    found = perfunctory.undecided(world(), choice.slug, after) if choice.slug else []
    wanted = [id for flag in found for id in flag.appeal_ids[-SHOWN_OF_EACH:]]
    appeals = {appeal.id: appeal for appeal in world().stores.worklist.some(wanted)}
    last = found[-1] if len(found) == perfunctory.PAGE else None
    return render_template(
        "console/flags.html",
        choice=choice,
        flags=[
            {
                "flag": flag,
                "appeals": [
                    (appeals[id], answers_behind(flag, appeals[id]))
                    for id in flag.appeal_ids[-SHOWN_OF_EACH:]
                    if id in appeals
                ],
            }
            for flag in found
        ],
        officials=officials_of([choice.slug]),
        reasons=FLAG_REASONS,
        decisions=FLAG_DECISIONS,
        next=write_cursor((last.found_at, last.id)) if last else None,
        first=after is None,
        opened=opened,
        problem=problem,
        problems=problems or {},
        typed=request.form,
        may_decide=OfficeRole.SUPERVISOR in officer().roles,
    )
