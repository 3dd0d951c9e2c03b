"""Who may open which page of the console: the login's cookie, roles, the form token, headers and error pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from apiflask import APIBlueprint
from flask import Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException

from app.domain.errors import NotLoggedIn, NotPermitted, Reason, Refusal
from app.domain.officer import Officer, OfficeRole
from app.services.officers.access import need
from app.services.officers.signing_in import SignedIn, signed_in
from app.services.ports.basics import StoreAway
from app.web.console.sure import ask, is_sure
from app.web.errors import sentence, status_of
from app.web.http import world

COOKIE = "console"
"""Holds the token of the login; out of reach for scripts and for other sites."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PUBLIC = frozenset(f"console.{name}" for name in ("static", "show_login", "log_in", "show_code", "finish", "log_out"))
DUTY_PAGES = frozenset(
    f"console.{name}" for name in ("show_account", "change_my_password", "offer_my_totp", "confirm_my_totp")
)
"""All that somebody sees who must change the password or enrol the second factor first."""
ROLES: dict[str, frozenset[OfficeRole]] = {}
"""By endpoint, who may; filled as the pages register themselves. The tests go through it route by route."""

ASKING: set[str] = set()
"""Endpoints that ask first, filled in alike."""

bp = APIBlueprint(
    "console",
    __name__,
    url_prefix="/console",
    template_folder="templates",
    static_folder="static",
    enable_openapi=False,
)
csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def page(
    rule: str, *roles: OfficeRole, methods: tuple[str, ...] = ("GET",), asks: Callable[[], bool] | None = None
) -> Callable[[View], View]:
    """Makes a function a page of the console for these roles; the endpoint is the function's name. `asks` says of a
    form whether it does what cannot be taken back: then somebody has to say once more that it is meant (sure.py)."""

    def add(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> ResponseReturnValue:
            need(officer(), *roles)
            if asks is not None and asks() and not is_sure():
                return ask()
            return view(**values)

        ROLES[f"console.{view.__name__}"] = frozenset(roles)
        if asks is not None:
            ASKING.add(f"console.{view.__name__}")
        bp.add_url_rule(rule, view.__name__, guarded, methods=list(methods))
        return view

    return add


def who() -> SignedIn:
    """Who is logged in, with the session and what must be done first. Raises NotLoggedIn."""
    if "signed_in" not in g:
        g.signed_in = signed_in(world(), request.cookies.get(COOKIE, ""))
    return cast(SignedIn, g.signed_in)


def officer() -> Officer:
    """The same person alone. Raises NotLoggedIn."""
    return who().officer


def logged_in() -> Officer | None:
    """The same for pages that everybody sees."""
    try:
        return officer()
    except NotLoggedIn:
        return None


def safe_next(target: str) -> str:
    """A page of the console to go on to after the login; never another site, nor an address that only takes forms."""
    return target if opens(target) else url_for("console.show_home")


def opens(target: str) -> bool:
    """Whether that is the address of a page of the console, and of nothing else."""
    parts = urlsplit(target)
    inside = not parts.scheme and not parts.netloc and parts.path.startswith("/console/") and "\\" not in target
    return inside and current_app.url_map.bind("").test(parts.path, "GET")


def came_from() -> str:
    """The address within this site of the page whose form was sent; empty when the browser does not tell."""
    page = urlsplit(request.referrer or "")
    return page.path + (f"?{page.query}" if page.query else "")


def address_of_form() -> str:
    """On a page that answers a form: the address of the page with that form, which opens without sending it again
    (console.js). Empty on every other page, and when it is not known."""
    form = came_from() if request.method == "POST" else ""
    return form if opens(form) else ""


def to_login() -> ResponseReturnValue:
    """The login, which says what happened and leads back: to the page, or to the one whose form was sent in vain."""
    if request.method == "GET":
        wanted, lost = request.full_path.rstrip("?"), None
    else:
        wanted, lost = came_from(), "1"
    ended = "1" if request.cookies.get(COOKIE) else None
    return redirect(url_for("console.show_login", next=wanted or None, ended=ended, lost=lost))


@bp.before_request
def check() -> ResponseReturnValue | None:
    if request.endpoint in PUBLIC:
        if request.method == "POST":
            csrf.protect()
        return None
    if logged_in() is None:
        return to_login()
    if who().duties and request.endpoint not in DUTY_PAGES:
        return redirect(url_for("console.show_account"))
    if request.method == "POST":
        csrf.protect()
    return None


@bp.after_request
def protect(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint != "console.static":
        response.headers["Cache-Control"] = "no-store"
    return response


@bp.errorhandler(Refusal)
def refused(refusal: Refusal) -> ResponseReturnValue:
    if isinstance(refusal, NotLoggedIn) and request.endpoint not in PUBLIC:
        return to_login()
    if refusal.reason is Reason.NO_SUCH_APPEAL and set(officer().roles) == {OfficeRole.INSPECTOR}:
        return error_page("不能查看", "没有这件诉求，或它还没有移交专班：您只能查看已移交的诉求。", 404)
    heading = "没有权限" if isinstance(refusal, NotPermitted) else "没能完成"
    return error_page(heading, sentence(refusal.reason, dict(refusal.detail)), status_of(refusal))


@bp.errorhandler(CSRFError)
def form_expired(_: CSRFError) -> ResponseReturnValue:
    return error_page(
        "页面已失效", "这一页停留太久，或登录已经变化。您填写的内容没有提交；请返回上一页，刷新后再试。", 400
    )


@bp.errorhandler(StoreAway)
def store_away(_: StoreAway) -> ResponseReturnValue:
    response = make_response(error_page("暂时不能使用", "数据库暂时没有响应，刚才的操作没有生效，请稍后再试。", 503))
    response.headers["Retry-After"] = "5"
    return response


@bp.errorhandler(HTTPException)
def http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code == 404:
        return error_page("没有这一页", sentence(Reason.NO_SUCH_PAGE, {}), 404)
    return error_page("没能完成", "请求有误，请返回上一页，刷新后再试。", error.code or 500)


def unknown_page(status: int) -> Response:
    """An address below the console's that is none of its pages, or takes forms alone."""
    return protect(
        make_response(error_page("没有这一页", "没有这个地址，可能输错了，或是这一页已经改了地址。", status))
    )


def error_page(heading: str, message: str, status: int) -> tuple[str, int]:
    return render_template("console/error.html", heading=heading, message=message), status
