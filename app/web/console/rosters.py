"""Rosters: the list, one roster with its officials in order, and whether it is published."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.edition import Edition
from app.domain.officer import OfficeRole
from app.domain.roster import Official
from app.services.rosters.editing import publish_roster, unpublish_roster
from app.services.rosters.forms import KEEPERS
from app.services.rosters.invitations import standings
from app.services.rosters.keeping import order_officials as put_in_order
from app.services.rosters.log import edition_of
from app.web.console.access import officer, page
from app.web.console.roster_fields import place_of
from app.web.console.sure import always
from app.web.http import world

READERS = (*KEEPERS, OfficeRole.AUDITOR)
LIST = "console.list_rosters"
"""What is marked at the left on all pages of rosters."""


def may_keep() -> bool:
    return bool(set(KEEPERS) & set(officer().roles))


def grouped(edition: Edition) -> list[tuple[str, list[Official]]]:
    """The officials by group; empty groups too."""
    return [
        (group, [official for official in edition.officials if official.group == group])
        for group in edition.roster.groups
    ]


@page("/rosters", *READERS)
def list_rosters() -> ResponseReturnValue:
    stores = world().stores
    rows = []
    for roster in stores.rosters.all():
        officials = stores.officials.of_roster(roster.slug)
        rows.append((roster, len(officials), sum(one.is_published for one in officials)))
    return render_template("console/rosters.html", rows=rows, may_keep=may_keep())


@page("/rosters/<string:slug>", *READERS)
def show_roster(slug: str) -> ResponseReturnValue:
    edition = edition_of(world(), slug)
    return render_template(
        "console/roster.html",
        roster=edition.roster,
        groups=grouped(edition),
        count=len(edition.officials),
        published=sum(one.is_published for one in edition.officials),
        standings=standings(world(), slug),
        may_keep=may_keep(),
        current=LIST,
    )


@page("/rosters/<string:slug>/order", *KEEPERS, methods=("POST",))
def order_officials(slug: str) -> ResponseReturnValue:
    """The numbers as they were typed, or filled in by dragging; a group's officials stay in it."""
    edition = edition_of(world(), slug)
    wanted = sorted(edition.officials, key=lambda one: place_of(request.form.get(one.id, ""), one.position))
    before = edition.order
    after = put_in_order(world(), officer(), slug, [one.id for one in wanted]).order
    flash("已按新的顺序排列，名录同时更新。" if after != before else "顺序没有变化；序号只在本组内起作用。")
    return redirect(url_for("console.show_roster", slug=slug), 303)


@page("/rosters/<string:slug>/publish", *KEEPERS, methods=("POST",), asks=always)
def set_roster_published(slug: str) -> ResponseReturnValue:
    """`to` is yes or no."""
    note = request.form.get("note", "")
    if request.form.get("to") == "yes":
        publish_roster(world(), officer(), slug, note)
        flash("名册已公布，群众现在就能看到。")
    else:
        unpublish_roster(world(), officer(), slug, note)
        flash("名册已停止公布，名录里已经看不到。")
    return redirect(url_for("console.show_roster", slug=slug), 303)
