"""The work list: desks as tabs, filters in the address, one page after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.domain.appeal import Kind, State
from app.domain.at_once import MOST_AT_ONCE, OFFERED
from app.domain.labels import KINDS, STATES
from app.domain.officer import OfficeRole
from app.domain.roster import Official, Roster
from app.domain.worklist import Desk, Filter, Lists
from app.services.office.worklists import LOOKED_THROUGH, listed, lists_for
from app.web.console.access import officer, page
from app.web.console.casework import officials_of, presenter_over
from app.web.console.home import LIST_WORDS
from app.web.console.place import Place, place_of
from app.web.console.several import WORDS
from app.web.cursors import read_cursor, write_cursor
from app.web.http import world
from app.web.presenters.casework import present_row

READ_BY = (OfficeRole.SUPERVISOR, OfficeRole.OPERATOR, OfficeRole.AUDITOR, OfficeRole.INSPECTOR)


@page("/appeals", *READ_BY)
def list_appeals() -> ResponseReturnValue:
    return show_list(place_of(request.args))


def show_list(place: Place, typed: str = "", problem: str = "") -> str:
    """The list at that place; with `typed` in the field for finding, and what is wrong with it."""
    found = listed(world(), officer(), place.list, place.wanted, read_cursor(place.cursor), MOST_AT_ONCE)
    rosters = world().stores.rosters.all()
    chosen = [place.wanted.roster] if place.wanted.roster else []
    officials = officials_of([*chosen, *(reading.appeal.roster for reading in found.items)])
    presenter = presenter_over(officials)
    own = [one for one in officials.values() if one.roster == place.wanted.roster]
    everywhere = replace(place, list=Lists.ALL, cursor="")
    return render_template(
        "console/appeals.html",
        current="console.list_appeals",
        tabs=[(tab.value, LIST_WORDS[tab]) for tab in lists_for(officer())],
        chosen=place.list.value,
        title=LIST_WORDS[place.list],
        not_shown=_not_shown(place),
        wanted=place.wanted,
        narrowed=_narrowed(place, rosters, officials.get(place.wanted.official_id)),
        everywhere=everywhere.address if Lists.ALL in lists_for(officer()) and place.list is not Lists.ALL else "",
        rows=[present_row(presenter, reading, place.list) for reading in found.items],
        looked_to=found.looked_to,
        most_looked=LOOKED_THROUGH,
        next=write_cursor(found.next),
        first=not place.cursor,
        rosters=[("", "全部名册"), *((roster.slug, roster.name) for roster in rosters)],
        officials=_choices(own),
        kinds=[("", "全部类型"), *((kind.value, KINDS[kind]) for kind in Kind)],
        states=[] if isinstance(place.list, Desk) else [("", "全部状态"), *((one.value, STATES[one]) for one in State)],
        acts=[
            (act.value, WORDS[act]) for act in OFFERED.get(place.list, ()) if OfficeRole.SUPERVISOR in officer().roles
        ],
        place=place,
        may_call=bool({OfficeRole.SUPERVISOR, OfficeRole.OPERATOR} & set(officer().roles)),
        typed=typed or place.wanted.text,
        problem=problem,
    )


def _not_shown(place: Place) -> str:
    """Why the list that the address names is not the one that is shown; empty when it is."""
    asked = request.args.get("desk", "")
    if asked in ("", place.list.value):
        return ""
    return "您的角色不能打开这个清单" if asked in [one.value for one in LIST_WORDS] else "没有这个清单"


def _narrowed(place: Place, rosters: Sequence[Roster], official: Official | None) -> list[tuple[str, str]]:
    """What the list is narrowed by, in words, and the address of the list without it."""
    wanted = place.wanted
    roster = next((one.name for one in rosters if one.slug == wanted.roster), "已不在")
    by: list[tuple[bool, str, Filter]] = [
        (bool(wanted.text), f"含“{wanted.text}”", replace(wanted, text="")),
        (bool(wanted.roster), f"名册：{roster}", replace(wanted, roster="", official_id="")),
        (bool(wanted.official_id), official.name if official else "已不在名册", replace(wanted, official_id="")),
        (bool(wanted.state), STATES[wanted.state] if wanted.state else "", replace(wanted, state=None)),
        (bool(wanted.kind), KINDS[wanted.kind] if wanted.kind else "", replace(wanted, kind=None)),
        (bool(wanted.first), f"{wanted.first} 起提交", replace(wanted, first=None)),
        (bool(wanted.last), f"{wanted.last} 及以前提交", replace(wanted, last=None)),
    ]
    return [(words, replace(place, wanted=without, cursor="").address) for given, words, without in by if given]


def _choices(officials: list[Official]) -> list[tuple[str, str]]:
    ordered = sorted(officials, key=lambda one: one.position)
    return [("", "全部负责同志"), *((one.id, f"{one.name}（{one.unit}）") for one in ordered)]
