"""The history of a roster or an official: who changed what, when and why, and taking a change back."""

from __future__ import annotations

from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Conflict, InvalidInput
from app.services.rosters.forms import KEEPERS
from app.services.rosters.past import history, undo
from app.web.console.access import officer, page
from app.web.console.invitation_sheets import tell_successions
from app.web.console.mistakes import WHOLE
from app.web.console.roster_words import problems_of
from app.web.console.rosters import LIST, READERS, may_keep
from app.web.console.sure import always
from app.web.errors import status_of
from app.web.http import world


@page("/rosters/<string:slug>/history", *READERS)
def show_roster_history(slug: str) -> ResponseReturnValue:
    """Of one official with `official` in the address."""
    return _history(slug)


@page("/rosters/<string:slug>/history", *KEEPERS, methods=("POST",), asks=always)
def undo_roster_change(slug: str) -> ResponseReturnValue:
    official = request.args.get("official")
    try:
        made = undo(world(), officer(), request.form.get("past", ""), request.form.get("note", ""))
    except (Conflict, InvalidInput) as refusal:
        problems = problems_of(refusal)
        return _history(slug, problems.get(WHOLE) or "；".join(problems.values())), status_of(refusal)
    flash("已撤销，恢复到修改之前；这次撤销也记在下面。")
    tell_successions(made, "微信绑定不会恢复，请重新邀请")
    return redirect(url_for("console.show_roster_history", slug=slug, official=official), 303)


def _history(slug: str, problem: str = "") -> str:
    official_id = request.args.get("official", "")
    cursor = request.args.get("cursor", "")
    after = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 12 else None
    found = history(world(), slug, official_id, after)
    changes = [list(parts) for _, parts in groupby(found.items, key=lambda past: past.change_id)]
    roster = world().stores.rosters.get(slug)
    one = world().stores.officials.get(official_id) if official_id else None
    return render_template(
        "console/roster_history.html",
        roster=roster,
        one=one,
        changes=changes,
        next=found.next,
        problem=problem,
        may_keep=may_keep(),
        current=LIST,
    )
