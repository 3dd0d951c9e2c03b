"""登记来电: an operator writes down what a caller says, on one page; the page after it tells the code to read out, or
that the call alone was kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.appeal import Kind
from app.domain.errors import NotPermitted, Refusal
from app.domain.labels import KINDS
from app.domain.office_words import CALLS
from app.domain.officer import OfficeRole
from app.domain.timeline import Deed
from app.services.office import casework, taken_calls
from app.services.office.registering import Matter, look
from app.services.rosters.directory import Snapshot
from app.web.console.access import officer, page
from app.web.console.casework import form_key, officials_of, presenter_over, problems_of, read_form
from app.web.console.register_side import chosen_roster, history_of, hours_of, line_of
from app.web.errors import status_of
from app.web.http import services, world
from app.web.office_deeds import draft_of, report_of
from app.web.presenters.casework import present_file
from app.web.schemas.office import CallerAppealRequest, TakenCallRequest

DESK = (OfficeRole.OPERATOR, OfficeRole.SUPERVISOR)
LONGEST_OWN_TITLE = 24
"""Of a title that is made from the first words."""
KIND_HINTS = {
    Kind.CONSULTATION: "想了解政策或办法",
    Kind.REQUEST: "请求帮助解决",
    Kind.COMPLAINT: "反映问题或不满",
    Kind.SUGGESTION: "提出改进意见",
}


@page("/register", *DESK)
def show_register() -> ResponseReturnValue:
    return _render({})


@page("/register", *DESK, methods=("POST",))
def register_call() -> ResponseReturnValue:
    """What the pressed button says (`step`): looks, keeps the call alone, or registers the appeal with it."""
    typed, step = request.form, request.form.get("step")
    if step == "look":
        return _render(typed, _matter(typed))
    try:
        written = _keep_call(typed) if step == "call" else _keep_appeal(typed)
    except NotPermitted:
        raise
    except Refusal as refusal:
        problem, problems = problems_of(refusal)
        return _render(typed, _matter(typed), problem, problems), status_of(refusal)
    return redirect(written, 303)


@page("/register/matter", *DESK, methods=("POST",))
def show_matter() -> ResponseReturnValue:
    """The same look as JSON while somebody types; sent as a form, because a number belongs in no address."""
    matter, snapshots = _matter(request.form), services().directory.all()
    return jsonify(
        hours=hours_of(request.form, snapshots),
        suggested=[
            {"id": one.id, "name": one.name, "unit": one.unit, "post": one.post, "duty": duty}
            for one, duty in matter.suggested
        ],
        history=history_of(matter, snapshots),
        alike=[line_of(appeal) for appeal in matter.alike],
    )


@page("/register/calls/<call_id>", *DESK)
def show_taken_call(call_id: str) -> ResponseReturnValue:
    reading = taken_calls.read_taken(world(), officer(), call_id)
    return render_template(
        "console/taken_call.html",
        current="console.show_register",
        call=reading.call,
        outcome=CALLS[reading.call.outcome],
        official=world().stores.officials.get(reading.call.official_id),
        returned=reading.returned,
        appeal_id=reading.appeal_id,
    )


@page("/register/<appeal_id>", *DESK)
def show_registered(appeal_id: str) -> ResponseReturnValue:
    reading = casework.read_as_officer(world(), officer(), appeal_id)
    officials = officials_of([reading.appeal.roster])
    shown = present_file(presenter_over(officials), reading)
    return render_template(
        "console/registered.html",
        current="console.show_register",
        file=shown,
        spelled=" ".join(reading.appeal.code),
        waits=not reading.appeal.assignee_id,
        call=next((entry for entry in shown["timeline"] if entry["deed"] == Deed.TAKE_CALL), None),
    )


def _keep_appeal(typed: Mapping[str, str]) -> str:
    """Where the page about what was written down is."""
    body = read_form(CallerAppealRequest, _given(typed))
    draft, report = draft_of(body), report_of(body)
    appeal = casework.register(world(), officer(), body.caller_phone, draft, form_key(), report, body.urgent)
    return url_for("console.show_registered", appeal_id=appeal.id)


def _keep_call(typed: Mapping[str, str]) -> str:
    body = read_form(TakenCallRequest, typed)
    told = (body.caller_phone, body.official_id, body.call_outcome, body.call_note)
    call = taken_calls.take_call(world(), officer(), *told, form_key())
    return url_for("console.show_taken_call", call_id=call.id)


def _render(
    typed: Mapping[str, str], matter: Matter | None = None, problem: str = "", problems: Mapping[str, str] | None = None
) -> str:
    snapshots = services().directory.all()
    roster = chosen_roster(typed, snapshots)
    snapshots.sort(key=lambda one: one.roster.slug != roster)
    return render_template(
        "console/register.html",
        typed=typed,
        problem=problem,
        problems=problems or {},
        history=history_of(matter, snapshots) if matter else None,
        alike=[line_of(appeal) for appeal in matter.alike] if matter else [],
        suggested=matter.suggested if matter else [],
        kinds=[(kind.value, KINDS[kind], KIND_HINTS[kind]) for kind in Kind],
        outcomes=[("", "不记录"), *((outcome.value, words) for outcome, words in CALLS.items())],
        groups=[group for snapshot in snapshots for group in _groups(snapshot, len(snapshots) > 1)],
        rosters=[("", "全部名册"), *sorted((one.roster.slug, one.roster.name) for one in snapshots)],
        roster=roster,
        hours=hours_of(typed, snapshots),
    )


def _groups(snapshot: Snapshot, several: bool) -> list[tuple[str, str, list[tuple[str, str]]]]:
    prefix = f"{snapshot.roster.name} · " if several else ""
    return [
        (
            snapshot.roster.slug,
            f"{prefix}{group}",
            [(one.id, f"{one.name} · {one.unit}{one.post}") for one in officials],
        )
        for group, officials in snapshot.groups()
        if officials
    ]


def _matter(typed: Mapping[str, str]) -> Matter:
    phone, text = typed.get("caller_phone", "")[:40], typed.get("body", "")[:2000]
    official_id, directory = typed.get("official_id", "")[:64], services().directory
    roster = chosen_roster(typed, directory.all())
    return look(world(), directory, officer(), phone, text, official_id, roster)


def _given(typed: Mapping[str, str]) -> dict[str, Any]:
    """The form as the schema knows it: a title made of the first words where there is none."""
    body = typed.get("body", "").strip()
    first = next(iter(body.replace("。", "\n").replace("，", "\n").splitlines()), "")
    given: dict[str, Any] = dict(typed.items())
    given["title"] = typed.get("title", "").strip() or first.strip()[:LONGEST_OWN_TITLE]
    given["body"] = body
    given["kind"] = typed.get("kind", "") or Kind.REQUEST.value
    return given
