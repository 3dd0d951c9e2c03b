"""The forms of a roster itself: a new one, its words and rules, its groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.edition import Edition
from app.domain.errors import Conflict, InvalidInput, Refusal
from app.domain.roster import Policy, Roster
from app.services.rosters import editing
from app.services.rosters.content import roster_content
from app.services.rosters.forms import KEEPERS
from app.services.rosters.keeping import edition_to_keep
from app.web.console import roster_fields as fields
from app.web.console.access import officer, page
from app.web.console.roster_words import problems_of
from app.web.console.rosters import LIST
from app.web.console.settings import number_in
from app.web.errors import status_of
from app.web.http import world

BLANK_GROUPS = 3
REFUSALS = (InvalidInput, Conflict)


@page("/new-roster", *KEEPERS)
def new_roster() -> ResponseReturnValue:
    blank = Roster("", "", "", "", (), Policy(deadlines=world().settings().deadlines))
    return _form(None, fields.roster_values(roster_content(blank)))


@page("/new-roster", *KEEPERS, methods=("POST",))
def create_roster() -> ResponseReturnValue:
    form = request.form
    given = fields.roster_given(form) | {
        "slug": form.get("slug", ""),
        "groups": [{"name": line} for line in fields.lines_of(form.get("groups", ""))],
    }
    try:
        made = editing.create_roster(world(), officer(), given, form.get("note", ""))
    except REFUSALS as refusal:
        return _form(None, fields.typed(form), problems_of(refusal)), status_of(refusal)
    flash("名册已建好，还没有公布。请添加人员，或导入表格。")
    return redirect(url_for("console.show_roster", slug=made.slug), 303)


@page("/rosters/<string:slug>/edit", *KEEPERS)
def edit_roster(slug: str) -> ResponseReturnValue:
    roster = edition_to_keep(world(), officer(), slug).roster
    return _form(roster, fields.roster_values(roster_content(roster)))


@page("/rosters/<string:slug>/edit", *KEEPERS, methods=("POST",))
def save_roster(slug: str) -> ResponseReturnValue:
    form, seen = request.form, number_in("seen")
    try:
        editing.edit_roster(world(), officer(), slug, fields.roster_given(form), seen, form.get("note", ""))
    except REFUSALS as refusal:
        roster = edition_to_keep(world(), officer(), slug).roster
        return _form(roster, fields.typed(form), problems_of(refusal), seen_now(refusal, roster)), status_of(refusal)
    flash("已保存，名录同时更新。")
    return redirect(url_for("console.show_roster", slug=slug), 303)


@page("/rosters/<string:slug>/groups", *KEEPERS)
def edit_groups(slug: str) -> ResponseReturnValue:
    edition = edition_to_keep(world(), officer(), slug)
    return _groups(edition, [(group, group) for group in edition.roster.groups])


@page("/rosters/<string:slug>/groups", *KEEPERS, methods=("POST",))
def save_groups(slug: str) -> ResponseReturnValue:
    groups = fields.groups_given(request.form)
    try:
        editing.set_groups(world(), officer(), slug, groups, number_in("seen"), request.form.get("note", ""))
    except REFUSALS as refusal:
        edition = edition_to_keep(world(), officer(), slug)
        seen = seen_now(refusal, edition.roster)
        known = {was for was, _ in groups}
        if isinstance(refusal, Conflict):  # what the other added is not deleted unseen
            groups += [(group, group) for group in edition.roster.groups if group not in known]
        return _groups(edition, groups, problems_of(refusal), seen), status_of(refusal)
    flash("分组已保存，名录同时更新。")
    return redirect(url_for("console.show_roster", slug=slug), 303)


def seen_now(refusal: Refusal, roster: Roster) -> int:
    """The version that the form is based on from now on: whoever was told of somebody else's change saves over it
    knowingly, anybody else still has to be told."""
    return roster.version if isinstance(refusal, Conflict) else number_in("seen")


def _form(
    roster: Roster | None, values: Mapping[str, Any], problems: Mapping[str, str] | None = None, seen: int = 0
) -> str:
    """For a new one without a roster."""
    return render_template(
        "console/roster_edit.html",
        roster=roster,
        values=values,
        problems=problems or {},
        seen=seen or (roster.version if roster else 0),
        fields=fields,
        current=LIST,
    )


def _groups(
    edition: Edition, groups: list[tuple[str, str]], problems: Mapping[str, str] | None = None, seen: int = 0
) -> str:
    people = {group: sum(one.group == group for one in edition.officials) for group in edition.roster.groups}
    return render_template(
        "console/roster_groups.html",
        roster=edition.roster,
        rows=[*groups, *[("", "")] * BLANK_GROUPS],
        people=people,
        problems=problems or {},
        seen=seen or edition.roster.version,
        note=request.form.get("note", ""),
        current=LIST,
    )
