"""疑似不接电话: a supervisor looks into the calls and writes what was found; a page of its own asks once more, and only
then is it on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.call import CallVerdict
from app.domain.call_check import CallCheck, MissedCall, frozen_calls
from app.domain.errors import NotPermitted, Refusal
from app.domain.labels import STATES
from app.domain.office_deeds import OfficeDeed
from app.domain.office_words import CALL_VERDICTS
from app.domain.officer import OfficeRole
from app.services.answered import answer_once
from app.services.evidence import call_checks
from app.services.officers.access import CASE_READERS
from app.web.console.access import officer, page
from app.web.console.appeal_acts import DONE
from app.web.console.asking import asked_roster
from app.web.console.casework import form_key, officials_of, problems_of, read_form
from app.web.errors import status_of
from app.web.http import world
from app.web.presenters.evidence import call_words
from app.web.schemas.analysis import CallVerdictRequest

CHOICES = {CallVerdict.TRUE: "属实，建议约谈", CallVerdict.UNTRUE: "不属实，不再提示这些电话"}


@page("/not-answering", *CASE_READERS)
def list_not_answering() -> ResponseReturnValue:
    return _list()


@page("/not-answering", OfficeRole.SUPERVISOR, methods=("POST",))
def judge_not_answering() -> ResponseReturnValue:
    """Shows what was written and asks once more; (`step` do) puts it on record; (`step` back) is the list again."""
    step = request.form.get("step", "")
    if step == "back":
        return _list(request.form.get("official_id", ""))
    try:
        body = read_form(CallVerdictRequest, request.form)
        given = (body.official_id, request.form.getlist("call"), body.verdict, body.text, body.appeal_id or "")
        if step != "do":
            check, _ = call_checks.draft(world(), officer(), *given)
            return _ask(body.official_id, check)
        suggested_on = _judge_once(*given)
    except NotPermitted:
        raise
    except Refusal as refusal:
        problem, problems = problems_of(refusal)
        return _list(request.form.get("official_id", ""), problem, problems), status_of(refusal)
    if suggested_on:
        flash(DONE[OfficeDeed.SUGGEST_INTERVIEW])
        return redirect(url_for("console.show_appeal", appeal_id=suggested_on), 303)
    flash("已记录：不属实。这些电话不再提示。")
    return redirect(url_for("console.list_not_answering", roster=request.args.get("roster", "")), 303)


def _judge_once(official_id: str, call_ids: Sequence[str], verdict: CallVerdict, text: str, appeal_id: str) -> str:
    """The appeal on which an interview is suggested, empty for none. The same for a form that is sent twice."""

    def answer() -> tuple[int, str]:
        check = call_checks.judge(world(), officer(), official_id, call_ids, verdict, text, appeal_id)
        return 303, check.appeal_id

    fields = request.form.items(multi=True)
    asked = [request.path, *(f"{field}={value}" for field, value in fields if field != "csrf_token")]
    _, suggested_on = answer_once(world(), form_key(), "\n".join(asked).encode(), answer)
    return suggested_on


def _ask(official_id: str, check: CallCheck) -> str:
    stores = world().stores
    return render_template(
        "console/not_answering_check.html",
        current="console.list_not_answering",
        slug=request.args.get("roster", ""),
        who=stores.officials.get(official_id),
        check=check,
        appeal=stores.appeals.get(check.appeal_id) if check.appeal_id else None,
        is_true=check.verdict is CallVerdict.TRUE,
        calls=[_line(call) for call in check.calls],
        states=STATES,
    )


def _list(opened: str = "", problem: str = "", problems: Mapping[str, str] | None = None) -> str:
    choice = asked_roster(_roster_of(request.args.get("official", "")))
    found = call_checks.suspicions(world(), choice.slug) if choice.slug else []
    judged = call_checks.judged(world(), choice.slug) if choice.slug else []
    on = [check.appeal_id for _, check in judged if check.appeal_id]
    return render_template(
        "console/not_answering.html",
        choice=choice,
        suspicions=[{"one": one, "calls": [_line(call) for call in frozen_calls(one.calls)]} for one in found],
        judged=judged,
        verdicts=CALL_VERDICTS,
        codes={appeal.id: appeal.code for appeal in world().stores.worklist.some(on)} if on else {},
        choices=[(one.value, words) for one, words in CHOICES.items()],
        states=STATES,
        officials=officials_of([choice.slug]),
        opened=opened,
        problem=problem,
        problems=problems or {},
        typed=request.form,
        may_judge=OfficeRole.SUPERVISOR in officer().roles,
    )


def _line(call: MissedCall) -> dict[str, Any]:
    return {"id": call.id, **call_words(call)}


def _roster_of(official_id: str) -> str:
    """The roster of the official whom a link names; empty for none."""
    official = world().stores.officials.get(official_id) if official_id else None
    return official.roster if official else ""
