"""登记来电: an operator writes down what a caller says, on one page; the page after it tells the code to read out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.appeal import Appeal, Kind
from app.domain.errors import NotPermitted, Refusal
from app.domain.labels import KINDS, STATES
from app.domain.officer import OfficeRole
from app.domain.roster import AnsweredBy
from app.services.office import casework
from app.services.office.registering import Matter, look
from app.services.rosters.directory import Snapshot
from app.web.console.access import officer, page
from app.web.console.casework import form_key, officials_of, presenter_over, problems_of, read_form
from app.web.errors import status_of
from app.web.http import services, world
from app.web.office_deeds import draft_of
from app.web.presenters.casework import TONES, present_file
from app.web.presenters.hours import hours_in_words, present_hours
from app.web.schemas.office import CallerAppealRequest

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
    """Looks first (`step` look), or writes it down."""
    typed = request.form
    if typed.get("step") == "look":
        return _render(typed, _matter(typed))
    try:
        body = read_form(CallerAppealRequest, _given(typed))
        appeal = casework.register(world(), officer(), body.caller_phone, draft_of(body), form_key())
    except NotPermitted:
        raise
    except Refusal as refusal:
        problem, problems = problems_of(refusal)
        return _render(typed, _matter(typed), problem, problems), status_of(refusal)
    return redirect(url_for("console.show_registered", appeal_id=appeal.id), 303)


@page("/register/matter", *DESK, methods=("POST",))
def show_matter() -> ResponseReturnValue:
    """The same look as JSON while somebody types; sent as a form, because a number belongs in no address."""
    matter = _matter(request.form)
    return jsonify(
        suggested=[
            {"id": one.id, "name": one.name, "unit": one.unit, "post": one.post, "duty": duty}
            for one, duty in matter.suggested
        ],
        history=[_line(appeal) for appeal in matter.history],
        alike=[_line(appeal) for appeal in matter.alike],
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
    )


def _render(
    typed: Mapping[str, str], matter: Matter | None = None, problem: str = "", problems: Mapping[str, str] | None = None
) -> str:
    snapshots = services().directory.all()
    roster = _roster(typed, snapshots)
    snapshots.sort(key=lambda one: one.roster.slug != roster)
    return render_template(
        "console/register.html",
        typed=typed,
        problem=problem,
        problems=problems or {},
        history=[_line(appeal) for appeal in matter.history] if matter else None,
        alike=[_line(appeal) for appeal in matter.alike] if matter else [],
        suggested=matter.suggested if matter else [],
        kinds=[(kind.value, KINDS[kind], KIND_HINTS[kind]) for kind in Kind],
        groups=[group for snapshot in snapshots for group in _groups(snapshot, len(snapshots) > 1)],
        rosters=[("", "全部名册"), *sorted((one.roster.slug, one.roster.name) for one in snapshots)],
        roster=roster,
        served=[_served(one) for one in snapshots if one.roster.policy.service_hours and one.roster.slug == roster],
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


def _served(snapshot: Snapshot) -> dict[str, Any]:
    """Whether calls of a roster with hours are answered now."""
    policy, now = snapshot.roster.policy, world().clock.now()
    shown = present_hours(policy, now, world().calendar())
    return {
        "name": snapshot.roster.name,
        "open": shown["open_now"],
        "hours": hours_in_words(policy.service_hours) if policy.service_hours else "",
        "by_operators": policy.answered_by is AnsweredBy.OPERATORS,
    }


def _matter(typed: Mapping[str, str]) -> Matter:
    phone, text = typed.get("caller_phone", "")[:40], typed.get("body", "")[:2000]
    official_id, directory = typed.get("official_id", "")[:64], services().directory
    roster = _roster(typed, directory.all())
    return look(world(), directory, officer(), phone, text, official_id, roster)


def _roster(typed: Mapping[str, str], snapshots: Sequence[Snapshot]) -> str:
    """The roster that was chosen; else the city's usual one; empty for all."""
    slugs = {snapshot.roster.slug for snapshot in snapshots}
    wanted = typed.get("roster", world().default_roster)
    return wanted if wanted in slugs else ""


def _given(typed: Mapping[str, str]) -> dict[str, Any]:
    """The form as the schema knows it: a title made of the first words where there is none, the note in the text."""
    body, note = typed.get("body", "").strip(), typed.get("call_note", "").strip()
    first = next(iter(body.replace("。", "\n").replace("，", "\n").splitlines()), "")
    given: dict[str, Any] = dict(typed.items())
    given["title"] = typed.get("title", "").strip() or first.strip()[:LONGEST_OWN_TITLE]
    given["body"] = f"{body}\n\n通话情况：{note}" if body and note else body
    given["kind"] = typed.get("kind", "") or Kind.REQUEST.value
    return given


def _line(appeal: Appeal) -> dict[str, Any]:
    tone, shape = TONES[appeal.state]
    return {
        "id": appeal.id,
        "code": appeal.code,
        "title": appeal.title,
        "state": STATES[appeal.state],
        "tone": tone,
        "shape": shape,
        "address": url_for("console.show_appeal", appeal_id=appeal.id),
    }
