"""The own account: password, second factor, recovery codes, sessions. The only page for whoever has a duty first."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from app.domain.errors import InvalidInput, NotFound, NotNow, NotPermitted, RuleBroken
from app.domain.officer import Duty, OfficeRole
from app.domain.password import SHORTEST
from app.services.officers.own_account import (
    change_password,
    confirm_totp,
    drop_totp,
    offer_totp,
    offered_totp,
    renew_recovery_codes,
)
from app.services.officers.second_factor import Offer
from app.services.officers.sessions import end_other_sessions, end_session, my_sessions
from app.web.console.access import officer, page, who
from app.web.console.mistakes import mistakes_of
from app.web.console.sure import always
from app.web.errors import status_of
from app.web.http import world

MISMATCH = "两次输入的新密码不一样"
REFUSALS = (InvalidInput, NotNow, RuleBroken, NotPermitted)


@page("/account", *OfficeRole)
def show_account() -> ResponseReturnValue:
    return show({})


@page("/account/password", *OfficeRole, methods=("POST",))
def change_my_password() -> ResponseReturnValue:
    old, new = request.form.get("old", ""), request.form.get("password", "")
    if new != request.form.get("again", ""):
        return show({"again": MISMATCH}), 422
    try:
        change_password(world(), who(), old, new)
    except REFUSALS as refusal:
        return show(mistakes_of(refusal)), status_of(refusal)
    flash("密码已修改，其他地方的登录都已退出。")
    return back()


@page("/account/totp", *OfficeRole, methods=("POST",))
def offer_my_totp() -> ResponseReturnValue:
    """The secret is shown in this answer and by no address."""
    try:
        offer = offer_totp(world(), officer(), request.form.get("password", ""))
    except REFUSALS as refusal:
        return show(mistakes_of(refusal, "totp_")), status_of(refusal)
    return show({}, offer)


@page("/account/totp/confirm", *OfficeRole, methods=("POST",))
def confirm_my_totp() -> ResponseReturnValue:
    try:
        codes = confirm_totp(world(), who(), request.form.get("code", ""))
    except REFUSALS as refusal:
        return show(mistakes_of(refusal), offered_totp(world(), officer())), status_of(refusal)
    return show_codes(codes, "动态码已启用")


@page("/account/totp/codes", *OfficeRole, methods=("POST",))
def renew_my_codes() -> ResponseReturnValue:
    try:
        codes = renew_recovery_codes(world(), officer(), request.form.get("code", ""))
    except REFUSALS as refusal:
        return show(mistakes_of(refusal, "codes_")), status_of(refusal)
    return show_codes(codes, "新的备用码")


@page("/account/totp/drop", *OfficeRole, methods=("POST",))
def drop_my_totp() -> ResponseReturnValue:
    try:
        drop_totp(world(), officer(), request.form.get("code", ""))
    except REFUSALS as refusal:
        return show(mistakes_of(refusal, "drop_")), status_of(refusal)
    flash("动态码已停用，以后登录只需要密码。")
    return back()


@page("/account/sessions", *OfficeRole, methods=("POST",))
def end_my_session() -> ResponseReturnValue:
    """One of the own ones: for an admin the service would end anybody's."""
    wanted = request.form.get("session", "")
    try:
        if wanted in {reading.session.id for reading in my_sessions(world(), officer(), who().session)}:
            end_session(world(), officer(), wanted)
    except NotFound:
        pass  # ended by itself meanwhile
    flash("这处登录已经退出。")
    return back()


@page("/account/sessions/others", *OfficeRole, methods=("POST",), asks=always)
def end_my_other_sessions() -> ResponseReturnValue:
    number = end_other_sessions(world(), officer(), who().session)
    flash(f"已退出其他 {number} 处登录。" if number else "没有其他地方在登录。")
    return back()


def show(problems: Mapping[str, str], offer: Offer | None = None) -> str:
    me, duties = officer(), who().duties
    must_have = set(me.roles) & set(world().settings().totp_required)
    return render_template(
        "console/account.html",
        problems=problems,
        offer=offer,
        must_change=Duty.CHANGE_PASSWORD in duties,
        must_enrol=Duty.ENROL_TOTP in duties,
        may_drop=not must_have,
        codes_left=len(me.totp.recovery) if me.totp else 0,
        sessions=[] if duties else my_sessions(world(), me, who().session),
        shortest=SHORTEST,
        current="console.show_account",
    )


def show_codes(codes: tuple[str, ...], title: str) -> str:
    return render_template("console/codes.html", codes=codes, title=title)


def back() -> Response:
    return redirect(url_for("console.show_account"), 303)
