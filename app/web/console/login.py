"""Logging in, with a second factor where the account has one, and out."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import NotLoggedIn, NotNow, Reason
from app.domain.office_session import CODE_WITHIN, LASTS, Client
from app.services.officers.signing_in import OfficeLogin, begin_login, finish_login, log_out_officer
from app.web.console.access import COOKIE, bp, logged_in, safe_next
from app.web.errors import sentence, status_of
from app.web.http import world


@bp.get("/login")
def show_login() -> ResponseReturnValue:
    if logged_in() is not None:
        return redirect(safe_next(request.args.get("next", "")))
    return render_template("console/login.html", username="", problem="", next=request.args.get("next", ""), why=why())


def why() -> str:
    """What brought somebody here who did not come to log in."""
    if request.args.get("lost"):
        return "登录已过期，刚才提交的内容没有保存。登录后会回到那一页。"
    return "登录已过期，请重新登录，之后会回到刚才的页面。" if request.args.get("ended") else ""


@bp.post("/login")
def log_in() -> ResponseReturnValue:
    username, wanted = request.form.get("username", "").strip(), request.form.get("next", "")
    try:
        login = begin_login(world(), username, request.form.get("password", ""), client())
    except (NotLoggedIn, NotNow) as refusal:
        problem = sentence(refusal.reason, dict(refusal.detail))
        shown = render_template("console/login.html", username=username, problem=problem, next=wanted)
        return shown, status_of(refusal)
    if login.needs_code:
        return with_token(login, url_for("console.show_code", next=wanted or None))
    return with_token(login, safe_next(wanted))


@bp.get("/login/code")
def show_code() -> ResponseReturnValue:
    return render_template("console/code.html", problem="", next=request.args.get("next", ""))


@bp.post("/login/code")
def finish() -> ResponseReturnValue:
    wanted = request.form.get("next", "")
    try:
        login = finish_login(world(), request.cookies.get(COOKIE, ""), request.form.get("code", ""), client())
    except (NotLoggedIn, NotNow) as refusal:
        if refusal.reason is Reason.NOT_LOGGED_IN:
            return redirect(url_for("console.show_login", next=wanted or None))
        problem = sentence(refusal.reason, dict(refusal.detail))
        return render_template("console/code.html", problem=problem, next=wanted), status_of(refusal)
    return with_token(login, safe_next(wanted))


@bp.post("/logout")
def log_out() -> Response:
    log_out_officer(world(), request.cookies.get(COOKIE, ""))
    session.clear()
    response = make_response(redirect(url_for("console.show_login"), 303))
    response.delete_cookie(COOKIE, path="/console")
    return response


def with_token(login: OfficeLogin, target: str) -> Response:
    """The way on, with the login's cookie. Form tokens from before the login are worth nothing after it."""
    session.clear()
    response = make_response(redirect(target, 303))
    lasts = CODE_WITHIN if login.needs_code else LASTS
    response.set_cookie(
        COOKIE,
        login.token,
        max_age=int(lasts.total_seconds()),
        path="/console",
        secure=world().public_url.startswith("https://"),
        httponly=True,
        samesite="Lax",
    )
    return response


def client() -> Client:
    return Client(request.remote_addr or "", request.user_agent.string)
