"""Console accounts, kept by admins: who there is, with which roles, and help for whoever is locked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, Reason, RuleBroken
from app.domain.labels import OFFICE_ROLES
from app.domain.officer import Officer, OfficeRole
from app.services.officers import keeping
from app.services.officers.keeping import Details, GivenPassword
from app.services.officers.sessions import all_sessions, end_session
from app.web.console.access import officer, page, who
from app.web.console.mistakes import mistakes_of
from app.web.console.sure import always
from app.web.errors import status_of
from app.web.http import world

ADMIN = OfficeRole.ADMIN
READERS = (OfficeRole.ADMIN, OfficeRole.AUDITOR)
REFUSALS = (InvalidInput, RuleBroken, NotPermitted, Conflict)
CHANGED, GIVEN = "已保存 {name} 的账号。", "console/officer_password.html"


@dataclass(frozen=True)
class Standing:
    """How an account is, in a word and its tone."""

    word: str
    tone: str


GRAVE = frozenset({"reset_password", "disable", "reset_totp"})
"""Somebody is logged out by it, and what he had to log in with serves no more."""


@page("/officers", *READERS)
def list_officers() -> ResponseReturnValue:
    found = keeping.all_officers(world(), officer())
    wanted = request.args.get("role", "")
    shown = [one for one in found if not wanted or wanted in one.roles]
    return render_template(
        "console/officers.html",
        officers=[(one, standing_of(one)) for one in shown],
        roles=[("", "全部角色"), *((role.value, words) for role, words in OFFICE_ROLES.items())],
        totp_required=frozenset(world().settings().totp_required),
        may_change=ADMIN in officer().roles,
    )


@page("/officers/new", ADMIN)
def new_officer() -> ResponseReturnValue:
    return show_new({}, {})


@page("/officers", ADMIN, methods=("POST",))
def create_officer() -> ResponseReturnValue:
    """The one-time password stands in this answer and nowhere else."""
    form = typed()
    try:
        given = keeping.create_officer(world(), officer(), form["username"], details_of(form))
    except REFUSALS as refusal:
        return show_new(form, mistakes_of(refusal)), status_of(refusal)
    return show_password(given, "账号已建好")


@page("/officers/<string:officer_id>", ADMIN)
def edit_officer(officer_id: str) -> ResponseReturnValue:
    return show_one(officer_id, {}, {})


@page("/officers/<string:officer_id>", ADMIN, methods=("POST",))
def save_officer(officer_id: str) -> ResponseReturnValue:
    form = typed()
    try:
        changed = keeping.edit_officer(world(), officer(), officer_id, details_of(form))
    except REFUSALS as refusal:
        return show_one(officer_id, form, mistakes_of(refusal)), status_of(refusal)
    flash(CHANGED.format(name=changed.name))
    return redirect(url_for("console.list_officers"), 303)


@page(
    "/officers/<string:officer_id>/<string:act>",
    ADMIN,
    methods=("POST",),
    asks=lambda: (request.view_args or {}).get("act") in GRAVE,
)
def act_on_officer(officer_id: str, act: str) -> ResponseReturnValue:
    """disable, enable, unlock, reset_totp, reset_password: the last one answers with the new password."""
    reason, me = request.form.get("reason", ""), officer()
    try:
        if act == "reset_password":
            return show_password(keeping.reset_password(world(), me, officer_id, reason), "密码已重置")
        if act == "disable":
            told = f"{keeping.disable_officer(world(), me, officer_id, reason).name} 的账号已停用，已退出登录。"
        elif act == "enable":
            told = f"{keeping.enable_officer(world(), me, officer_id, reason).name} 的账号已启用。"
        elif act == "unlock":
            told = f"{keeping.unlock_officer(world(), me, officer_id).name} 可以重新登录了。"
        elif act == "reset_totp":
            told = f"{keeping.reset_totp(world(), me, officer_id, reason).name} 的动态码已取消，已退出登录。"
        else:
            raise NotFound(Reason.NO_SUCH_PAGE)
    except REFUSALS as refusal:
        problems = mistakes_of(refusal, f"{act}_")
        return show_one(officer_id, {}, problems, {act: reason}), status_of(refusal)
    flash(told)
    return redirect(url_for("console.edit_officer", officer_id=officer_id), 303)


@page("/sessions", *READERS)
def list_sessions() -> ResponseReturnValue:
    readings = all_sessions(world(), officer(), who().session)
    return render_template(
        "console/sessions.html",
        readings=readings,
        may_change=ADMIN in officer().roles,
        current="console.list_officers",
    )


@page("/sessions", ADMIN, methods=("POST",), asks=always)
def end_any_session() -> ResponseReturnValue:
    try:
        end_session(world(), officer(), request.form.get("session", ""))
    except NotFound:
        flash("这处登录已经结束。")
    else:
        flash("这处登录已经退出。")
    return redirect(url_for("console.list_sessions"), 303)


def typed() -> dict[str, Any]:
    plain = {name: request.form.get(name, "") for name in ("username", "name", "number", "unit")}
    return plain | {"roles": request.form.getlist("roles"), "is_typed": True}


def details_of(form: Mapping[str, Any]) -> Details:
    """Roles that are none are left out; the service wants at least one."""
    return Details(form["name"], roles_of(form["roles"]), form["number"], form["unit"])


def roles_of(words: Sequence[str]) -> tuple[OfficeRole, ...]:
    return tuple(role for role in OfficeRole if role.value in words)


def show_new(form: Mapping[str, Any], problems: Mapping[str, str]) -> str:
    return render_template(
        "console/officer_new.html", form=form, problems=problems, roles=OFFICE_ROLES, current="console.list_officers"
    )


def show_one(
    officer_id: str, form: Mapping[str, Any], problems: Mapping[str, str], reasons: Mapping[str, str] | None = None
) -> str:
    """The account with what was typed over it. `reasons` are those typed, by act."""
    found = world().stores.officers.get(officer_id)
    if found is None:
        raise NotFound(Reason.NO_SUCH_OFFICER)
    kept = {"name": found.name, "number": found.number, "unit": found.unit, "roles": [r.value for r in found.roles]}
    return render_template(
        "console/officer.html",
        one=found,
        form=kept | dict(form),
        problems=problems,
        reasons=reasons or {},
        roles=OFFICE_ROLES,
        standing=standing_of(found),
        is_locked=found.locked_until(world().clock.now()) is not None,
        is_me=found.id == officer().id,
        current="console.list_officers",
    )


def show_password(given: GivenPassword, title: str) -> str:
    return render_template(GIVEN, given=given, title=title, current="console.list_officers")


def standing_of(one: Officer) -> Standing:
    now = world().clock.now()
    if one.disabled_at is not None:
        return Standing("已停用", "closed")
    if one.locked_until(now) is not None:
        return Standing("已锁定", "late")
    if one.one_time_until is not None:
        return Standing("初始密码已过期" if one.one_time_until <= now else "待改初始密码", "soon")
    return Standing("正常", "good")
