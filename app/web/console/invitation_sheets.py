"""Invitations to act for a post in WeChat, as sheets to print: the server keeps no code, and shows each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.domain.errors import InvalidInput, NotFound, Reason
from app.domain.notification import Role
from app.domain.roster_history import RosterChange
from app.services.people.accounts import INVITATION_LASTS
from app.services.rosters.forms import KEEPERS
from app.services.rosters.holders import Succession
from app.services.rosters.invitations import ROLES, Issued, end_open_invitations, invite_many, standings
from app.services.rosters.keeping import edition_to_keep
from app.web.console.access import officer, page
from app.web.console.rosters import LIST, grouped
from app.web.console.sure import always
from app.web.http import world
from app.web.pages.posters import qr_code

HANDED = "invitation"
NAMED = 8
"""Of those who have to be invited after a change."""
ROLE_WORDS: Mapping[Role, str] = {Role.OFFICIAL: "负责同志本人", Role.STAFF: "工作人员（代办）"}


@page("/rosters/<string:slug>/invitations", *KEEPERS)
def choose_invitations(slug: str) -> ResponseReturnValue:
    """`choose` ticks the boxes beforehand: unbound, all, or ids of officials."""
    return _choose(slug)


@page("/rosters/<string:slug>/invitations", *KEEPERS, methods=("POST",))
def print_invitations(slug: str) -> ResponseReturnValue:
    chosen = request.form.getlist("official")
    if not chosen:
        return _choose(slug, "请先勾选要邀请的人"), 422
    issued = invite_many(world(), officer(), slug, chosen, role_in(request.form))
    return _sheet(issued, url_for("console.show_roster", slug=slug), "")


@page("/officials/<string:official_id>/invitations/end", *KEEPERS, methods=("POST",), asks=always)
def end_invitations(official_id: str) -> ResponseReturnValue:
    role = role_in(request.form)
    end_open_invitations(world(), officer(), official_id, role)
    flash(f"{ROLE_WORDS[role]}未使用的邀请码已作废，印出来的也不能再用。")
    return redirect(url_for("console.edit_official", official_id=official_id), 303)


def keep_for_sheet(made: Succession) -> None:
    """Hands the new holder's invitation to the page that shows it: in the cookie of this very browser, signed, until
    that page takes it out. The server keeps nothing."""
    session[HANDED] = {"official": made.official.id, "secret": made.secret, "until": _expiry().isoformat()}


@page("/officials/<string:official_id>/replace/invitation", *KEEPERS)
def show_successor_sheet(official_id: str) -> ResponseReturnValue:
    """The sheet of a new holder, once; afterwards the way to a new invitation."""
    official = world().stores.officials.get(official_id)
    if official is None:
        raise NotFound(Reason.NO_SUCH_OFFICIAL)
    handed = session.pop(HANDED, {})
    if handed.get("official") != official_id:
        flash("邀请码只显示一次，已经显示过了。没有打印的，请在这里重新生成，原来的随即作废。", "error")
        return redirect(url_for("console.choose_invitations", slug=official.roster, choose=official_id), 303)
    one = Issued(official, Role.OFFICIAL, handed["secret"], datetime.fromisoformat(handed["until"]))
    told = f"已更换为 {official.title}，前任的微信已解除绑定。"
    return _sheet([one], url_for("console.show_roster", slug=official.roster), told)


def _expiry() -> datetime:
    return world().clock.now() + INVITATION_LASTS


def tell_successions(change: RosterChange, words: str) -> None:
    """Says after a change whose posts came to somebody else, each with a link to the invitation; of more than NAMED
    the rest as a number, because what is said lies in a cookie."""
    posts = [one.after for one in change.successions]
    if not posts:
        return

    def link(words: str, *ids: str) -> Markup:
        address = url_for("console.choose_invitations", slug=change.roster, choose=list(ids))
        return Markup('<a href="{}">{}</a>').format(address, words)

    names = Markup("、").join(link(one.title, one.id) for one in posts[:NAMED])
    rest = Markup(" 等 {} 人。").format(len(posts)) if len(posts) > NAMED else Markup("。")
    together = link("一起打印", *(one.id for one in posts[:NAMED])) if len(posts) > 1 else Markup("")
    if len(posts) > NAMED:
        together = link("选择还没有绑定的一起打印", "unbound")
    flash(Markup("{}：{}{}{}").format(words, names, rest, together), "error")


def role_in(form: Mapping[str, str]) -> Role:
    """Official or staff, as the form says; the official when it says nothing. Raises InvalidInput."""
    try:
        role = Role(form.get("role", Role.OFFICIAL.value))
    except ValueError:
        role = Role.RESIDENT
    if role not in ROLES:
        raise InvalidInput(Reason.BAD_REQUEST)
    return role


def _choose(slug: str, problem: str = "") -> str:
    edition = edition_to_keep(world(), officer(), slug)
    known = standings(world(), slug)
    choose = frozenset(request.args.getlist("choose"))
    ticked = {
        one.id
        for one in edition.officials
        if choose & {"all", one.id} or ("unbound" in choose and one.is_published and not known[one.id].is_bound)
    }
    return render_template(
        "console/invitations.html",
        roster=edition.roster,
        groups=[(group, officials) for group, officials in grouped(edition) if officials],
        standings=known,
        ticked=ticked,
        role=request.args.get("role", Role.OFFICIAL.value),
        roles=[(role.value, ROLE_WORDS[role]) for role in ROLES],
        days=INVITATION_LASTS.days,
        problem=problem,
        current=LIST,
    )


def _sheet(issued: Sequence[Issued], back: str, told: str) -> str:
    cards = [(one, ROLE_WORDS[one.role], qr_code(one.secret)) for one in issued]
    return render_template("console/invitation_sheet.html", cards=cards, back=back, told=told)
