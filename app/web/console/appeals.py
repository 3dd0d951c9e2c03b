"""The work list: desks as tabs, filters in the address, one page after the other; finding by code or telephone."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.appeal import Kind
from app.domain.at_once import MOST_AT_ONCE, OFFERED
from app.domain.errors import InvalidInput, NotFound
from app.domain.labels import KINDS
from app.domain.officer import OfficeRole
from app.domain.roster import Official
from app.services.appeals.reading import PAGE
from app.services.office.casework import reading_of
from app.services.office.worklists import by_code, listed, lists_for, of_phone
from app.web.console.access import officer, page
from app.web.console.casework import officials_for, officials_of, presenter_over
from app.web.console.home import LIST_WORDS
from app.web.console.place import Place, came_from, place_of
from app.web.console.several import WORDS
from app.web.cursors import read_cursor, write_cursor
from app.web.errors import sentence, status_of
from app.web.http import world
from app.web.presenters.appeals import masked
from app.web.presenters.casework import present_row

READ_BY = (OfficeRole.SUPERVISOR, OfficeRole.OPERATOR, OfficeRole.AUDITOR, OfficeRole.INSPECTOR)


@page("/appeals", *READ_BY)
def list_appeals() -> ResponseReturnValue:
    code = request.args.get("code", "").strip()
    problem = ""
    if code:
        try:
            return redirect(url_for("console.show_appeal", appeal_id=by_code(world(), officer(), code).id))
        except NotFound as refusal:
            problem = sentence(refusal.reason, {})
    return _show(place_of(request.args), code, problem)


@page("/appeals/by-phone", OfficeRole.SUPERVISOR, OfficeRole.OPERATOR, methods=("POST",))
def find_by_phone() -> ResponseReturnValue:
    """Sent as a form and answered at once, because a number belongs in no address."""
    phone = request.form.get("phone", "").strip()
    try:
        found = of_phone(world(), officer(), phone)
    except InvalidInput as refusal:
        place = came_from() or place_of({})
        return _show(place, phone=phone, phone_problem=sentence(refusal.reason, {})), status_of(refusal)
    presenter = presenter_over(officials_for(found))
    return render_template(
        "console/appeals_of_phone.html",
        current="console.list_appeals",
        phone=masked(phone),
        rows=[present_row(presenter, reading_of(world(), one)) for one in found],
        most=PAGE,
        place=came_from() or place_of({}),
    )


def _show(place: Place, code: str = "", problem: str = "", phone: str = "", phone_problem: str = "") -> str:
    found = listed(world(), officer(), place.list, place.wanted, read_cursor(place.cursor), MOST_AT_ONCE)
    rosters = world().stores.rosters.all()
    chosen = [place.wanted.roster] if place.wanted.roster else []
    officials = officials_of([*chosen, *(reading.appeal.roster for reading in found.items)])
    presenter = presenter_over(officials)
    own = [one for one in officials.values() if one.roster == place.wanted.roster]
    return render_template(
        "console/appeals.html",
        current="console.list_appeals",
        tabs=[(tab.value, LIST_WORDS[tab]) for tab in lists_for(officer())],
        chosen=place.list.value,
        title=LIST_WORDS[place.list],
        wanted=place.wanted,
        rows=[present_row(presenter, reading, place.list) for reading in found.items],
        next=write_cursor(found.next),
        first=not place.cursor,
        rosters=[("", "全部名册"), *((roster.slug, roster.name) for roster in rosters)],
        officials=_choices(own),
        kinds=[("", "全部类型"), *((kind.value, KINDS[kind]) for kind in Kind)],
        acts=[
            (act.value, WORDS[act]) for act in OFFERED.get(place.list, ()) if OfficeRole.SUPERVISOR in officer().roles
        ],
        place=place,
        may_call=bool({OfficeRole.SUPERVISOR, OfficeRole.OPERATOR} & set(officer().roles)),
        phone=phone,
        phone_problem=phone_problem,
        code=code,
        problem=problem,
    )


def _choices(officials: list[Official]) -> list[tuple[str, str]]:
    ordered = sorted(officials, key=lambda one: one.position)
    return [("", "全部负责同志"), *((one.id, f"{one.name}（{one.unit}）") for one in ordered)]
