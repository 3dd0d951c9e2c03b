"""The work list: desks as tabs, filters in the address, one page after the other, several handed out at once."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.appeal import Kind
from app.domain.errors import NotFound
from app.domain.labels import KINDS
from app.domain.officer import OfficeRole
from app.domain.roster import Official
from app.domain.worklist import Desk, Filter, WorkList
from app.services.office.worklists import assign_as_addressed, by_code, listed, lists_for
from app.web.console.access import officer, page
from app.web.console.casework import form_key, officials_of, presenter_over
from app.web.console.home import LIST_WORDS
from app.web.cursors import read_cursor, write_cursor
from app.web.errors import sentence
from app.web.http import world
from app.web.presenters.casework import present_row

READ_BY = (OfficeRole.SUPERVISOR, OfficeRole.OPERATOR, OfficeRole.AUDITOR, OfficeRole.INSPECTOR)
MOST_AT_ONCE = 20


@dataclass(frozen=True)
class Asked:
    """What the address asks for, without what is not there."""

    list: WorkList
    wanted: Filter
    cursor: str


@page("/appeals", *READ_BY)
def list_appeals() -> ResponseReturnValue:
    code = request.args.get("code", "").strip()
    problem = ""
    if code:
        try:
            return redirect(url_for("console.show_appeal", appeal_id=by_code(world(), officer(), code).id))
        except NotFound as refusal:
            problem = sentence(refusal.reason, {})
    return _show(_asked(), code=code, problem=problem)


@page("/appeals", OfficeRole.SUPERVISOR, methods=("POST",))
def assign_several() -> ResponseReturnValue:
    """Hands what was ticked to the officials whom the residents chose."""
    chosen = request.form.getlist("appeal")[:MOST_AT_ONCE]
    back = url_for("console.list_appeals", desk=Desk.REVIEW.value)
    if not chosen:
        flash("还没有选择诉求。", "error")
        return redirect(back, 303)
    outcomes = assign_as_addressed(world(), officer(), chosen, form_key())
    done = [one for one in outcomes if one.refusal is None]
    if done:
        flash(f"已交办 {len(done)} 件。")
    for one in outcomes:
        if one.refusal is not None and one.appeal is not None:
            flash(f"{one.appeal.code} 没有交办：{sentence(one.refusal.reason, dict(one.refusal.detail))}", "error")
    return redirect(back, 303)


def _show(asked: Asked, code: str, problem: str) -> ResponseReturnValue:
    found = listed(world(), officer(), asked.list, asked.wanted, read_cursor(asked.cursor))
    rosters = world().stores.rosters.all()
    chosen = [asked.wanted.roster] if asked.wanted.roster else []
    officials = officials_of([*chosen, *(reading.appeal.roster for reading in found.items)])
    presenter = presenter_over(officials)
    own = [one for one in officials.values() if one.roster == asked.wanted.roster]
    return render_template(
        "console/appeals.html",
        current="console.list_appeals",
        tabs=[(tab.value, LIST_WORDS[tab]) for tab in lists_for(officer())],
        chosen=asked.list.value,
        title=LIST_WORDS[asked.list],
        wanted=asked.wanted,
        rows=[present_row(presenter, reading) for reading in found.items],
        next=write_cursor(found.next),
        first=not asked.cursor,
        rosters=[("", "全部名册"), *((roster.slug, roster.name) for roster in rosters)],
        officials=_choices(own),
        kinds=[("", "全部类型"), *((kind.value, KINDS[kind]) for kind in Kind)],
        may_assign=asked.list is Desk.REVIEW and OfficeRole.SUPERVISOR in officer().roles,
        code=code,
        problem=problem,
    )


def _asked() -> Asked:
    allowed = lists_for(officer())
    name = request.args.get("desk", "")
    usual: WorkList = Desk.REVIEW if Desk.REVIEW in allowed else Desk.REFERRED
    which = next((one for one in allowed if one.value == name), usual)
    roster, kind = request.args.get("roster", ""), request.args.get("kind", "")
    official_id = request.args.get("official", "") if roster else ""
    if official_id:
        official = world().stores.officials.get(official_id)
        official_id = official_id if official and official.roster == roster else ""
    known = Kind(kind) if kind in list(Kind) else None
    return Asked(which, Filter(roster, official_id, known), request.args.get("cursor", ""))


def _choices(officials: list[Official]) -> list[tuple[str, str]]:
    ordered = sorted(officials, key=lambda one: one.position)
    return [("", "全部负责同志"), *((one.id, f"{one.name}（{one.unit}）") for one in ordered)]
