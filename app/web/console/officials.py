"""The officials of a roster: a new one, changing one, publishing, and a new holder for the post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.edition import Edition
from app.domain.errors import Conflict, InvalidInput, NotFound, Reason
from app.domain.roster import Official
from app.domain.workday import local_day
from app.services.rosters import bindings, keeping
from app.services.rosters.content import official_content
from app.services.rosters.forms import KEEPERS
from app.services.rosters.holders import replace_holder
from app.services.rosters.invitations import NOBODY, standings
from app.web.console import roster_fields as fields
from app.web.console.access import officer, page
from app.web.console.appeals import READ_BY
from app.web.console.asking import day_of
from app.web.console.invitation_sheets import keep_for_sheet
from app.web.console.roster_editing import seen_now
from app.web.console.roster_words import problems_of
from app.web.console.rosters import LIST
from app.web.console.settings import number_in
from app.web.errors import status_of
from app.web.http import world

REFUSALS = (InvalidInput, Conflict)
SUCCESSOR = ("name", "phone", "post", "duties", "duty_phone", "email", "wechat_id")
"""What the form of a new holder asks for."""
NEEDED = ("name", "since", "phone", "post", "duties")


@page("/rosters/<string:slug>/officials/new", *KEEPERS)
def new_official(slug: str) -> ResponseReturnValue:
    edition = keeping.edition_to_keep(world(), officer(), slug)
    return _new(edition, {"group": request.args.get("group", "")})


@page("/rosters/<string:slug>/officials", *KEEPERS, methods=("POST",))
def create_official(slug: str) -> ResponseReturnValue:
    form = request.form
    given = fields.official_given(form) | {"key": form.get("key", ""), "is_published": "is_published" in form}
    try:
        made = keeping.create_official(world(), officer(), slug, given, form.get("note", ""))
    except REFUSALS as refusal:
        edition = keeping.edition_to_keep(world(), officer(), slug)
        return _new(edition, fields.typed(form), problems_of(refusal)), status_of(refusal)
    told = "已公布，名录里现在就能看到" if made.is_published else "还没有公布"
    flash(f"已新增 {made.title}，{told}。")
    return redirect(url_for("console.show_roster", slug=slug), 303)


@page("/officials/<string:official_id>", *KEEPERS)
def edit_official(official_id: str) -> ResponseReturnValue:
    edition, known = _known(official_id)
    return _edit(edition, known, fields.official_values(official_content(known)))


@page("/officials/<string:official_id>", *KEEPERS, methods=("POST",))
def save_official(official_id: str) -> ResponseReturnValue:
    form = request.form
    try:
        changed = keeping.edit_official(
            world(),
            officer(),
            official_id,
            fields.official_given(form),
            number_in("seen"),
            corrects_name="corrects_name" in form,
            note=form.get("note", ""),
        )
    except REFUSALS as refusal:
        edition, known = _known(official_id)
        seen = seen_now(refusal, edition.roster)
        return _edit(edition, known, fields.typed(form), problems_of(refusal), seen), status_of(refusal)
    flash(f"已保存 {changed.title}，名录同时更新。")
    return redirect(url_for("console.show_roster", slug=changed.roster), 303)


@page(
    "/officials/<string:official_id>/publish", *KEEPERS, methods=("POST",), asks=lambda: request.form.get("to") == "no"
)
def set_official_published(official_id: str) -> ResponseReturnValue:
    """`to` is yes or no."""
    note = request.form.get("note", "")
    if request.form.get("to") == "yes":
        changed = keeping.publish_official(world(), officer(), official_id, note)
        flash(f"{changed.title} 已公布，名录里现在就能看到。")
    else:
        changed = keeping.unpublish_official(world(), officer(), official_id, note)
        told = ""
        if "end_bindings" in request.form:
            told = f"已结束 {bindings.end_all_bindings(world(), officer(), official_id, note)} 个微信绑定。"
        flash(f"{changed.title} 已停止公布，名录里已经看不到。{told}")
        if bindings.still_handling(world(), official_id):
            return redirect(url_for("console.edit_official", official_id=official_id), 303)
    return redirect(url_for("console.show_roster", slug=changed.roster), 303)


@page("/officials/<string:official_id>/replace", *KEEPERS)
def new_holder(official_id: str) -> ResponseReturnValue:
    edition, known = _known(official_id)
    content = fields.official_values(official_content(known))
    kept = {name: content[name] for name in ("post", "duties", "duty_phone")}
    return _replace(edition, known, kept)


def _is_filled_in() -> bool:
    """Whether nothing of the new holder is missing: what is missing is told before anything is asked."""
    return all(request.form.get(name, "").strip() for name in NEEDED)


@page("/officials/<string:official_id>/replace", *KEEPERS, methods=("POST",), asks=_is_filled_in)
def replace_official(official_id: str) -> ResponseReturnValue:
    """The invitation of the new holder is shown on the next page, once: this answer leads there, so that neither Back
    nor Refresh posts the form again."""
    form = request.form
    given = {name: value for name, value in fields.official_given(form).items() if name in SUCCESSOR}
    try:
        since = day_of(form.get("since", ""))
        note = form.get("note", "")
        made = replace_holder(world(), officer(), official_id, given, since, number_in("seen"), note)
    except REFUSALS as refusal:
        edition, known = _known(official_id)
        seen = seen_now(refusal, edition.roster)
        return _replace(edition, known, fields.typed(form), problems_of(refusal), seen), status_of(refusal)
    keep_for_sheet(made)
    return redirect(url_for("console.show_successor_sheet", official_id=official_id), 303)


def _known(official_id: str) -> tuple[Edition, Official]:
    found = world().stores.officials.get(official_id)
    if found is None:
        raise NotFound(Reason.NO_SUCH_OFFICIAL)
    edition = keeping.edition_to_keep(world(), officer(), found.roster)
    return edition, edition.official(official_id)


def _new(edition: Edition, values: Mapping[str, Any], problems: Mapping[str, str] | None = None) -> str:
    return render_template(
        "console/official_new.html",
        roster=edition.roster,
        values=values,
        problems=problems or {},
        superiors=_superiors(edition, ""),
        current=LIST,
    )


def _edit(
    edition: Edition,
    known: Official,
    values: Mapping[str, Any],
    problems: Mapping[str, str] | None = None,
    seen: int = 0,
) -> str:
    return render_template(
        "console/official.html",
        roster=edition.roster,
        one=known,
        values=values,
        problems=problems or {},
        seen=seen or edition.roster.version,
        superiors=_superiors(edition, known.id),
        standing=standings(world(), known.roster).get(known.id, NOBODY),
        handling=bindings.still_handling(world(), known.id),
        most_counted=bindings.MOST_COUNTED,
        may_read_appeals=bool(set(READ_BY) & set(officer().roles)),
        current=LIST,
    )


def _replace(
    edition: Edition,
    known: Official,
    values: Mapping[str, Any],
    problems: Mapping[str, str] | None = None,
    seen: int = 0,
) -> str:
    return render_template(
        "console/official_replace.html",
        today=local_day(world().clock.now()),
        roster=edition.roster,
        one=known,
        values=values,
        problems=problems or {},
        seen=seen or edition.roster.version,
        current=LIST,
    )


def _superiors(edition: Edition, official_id: str) -> list[tuple[str, str]]:
    return [("", "无"), *((one.id, one.title) for one in edition.officials if one.id != official_id)]
