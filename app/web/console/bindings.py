"""Who acts for a post in WeChat: the list, and ending one of them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import InvalidInput, NotFound, Reason
from app.services.rosters.bindings import acting_for, end_binding
from app.services.rosters.forms import KEEPERS
from app.web.console.access import officer, page
from app.web.console.invitation_sheets import ROLE_WORDS, role_in
from app.web.console.rosters import LIST
from app.web.console.sure import always
from app.web.errors import sentence
from app.web.http import world


@page("/officials/<string:official_id>/bindings", *KEEPERS)
def show_bindings(official_id: str) -> ResponseReturnValue:
    return _render(official_id)


@page("/officials/<string:official_id>/bindings", *KEEPERS, methods=("POST",), asks=always)
def end_one_binding(official_id: str) -> ResponseReturnValue:
    """`account` and `role` say which, `reason` why."""
    form, role = request.form, role_in(request.form)
    try:
        end_binding(world(), officer(), official_id, form.get("account", ""), role, form.get("reason", ""))
    except InvalidInput as refusal:
        return _render(official_id, sentence(refusal.reason, dict(refusal.detail))), 422
    flash("已结束绑定，此人从现在起不能再以这个岗位办理诉求。")
    return redirect(url_for("console.show_bindings", official_id=official_id), 303)


def _render(official_id: str, problem: str = "") -> str:
    official = world().stores.officials.get(official_id)
    roster = world().stores.rosters.get(official.roster) if official else None
    if official is None or roster is None:
        raise NotFound(Reason.NO_SUCH_OFFICIAL)
    return render_template(
        "console/bindings.html",
        roster=roster,
        one=official,
        acting=acting_for(world(), officer(), official_id),
        words=ROLE_WORDS,
        problem=problem,
        typed=request.form,
        current=LIST,
    )
