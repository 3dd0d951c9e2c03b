"""The web console at /console: pages for editors, operators, supervisors, inspectors, auditors and admins."""

from __future__ import annotations

from flask import Flask
from flask_bootstrap import Bootstrap5

from app.domain.office_session import LASTS
from app.web.console import (
    account,
    appeal,
    appeals,
    audit_log,
    bindings,
    bulletins,
    checks,
    context,
    evidence,
    figures,
    finding,
    flags,
    health,
    home,
    invitation_sheets,
    ledgers,
    login,
    not_answering,
    officers,
    officials,
    orders,
    posters,
    publication,
    register,
    reports,
    roster_editing,
    roster_imports,
    roster_past,
    rosters,
    settings,
    several,
)
from app.web.console.access import bp, csrf, unknown_page
from app.web.errors import shows_unknown_addresses
from app.web.http import Services

PAGES = (
    context,
    home,
    login,
    appeals,
    finding,
    several,
    appeal,
    publication,
    evidence,
    ledgers,
    orders,
    register,
    checks,
    flags,
    not_answering,
    rosters,
    roster_editing,
    officials,
    roster_past,
    roster_imports,
    bindings,
    invitation_sheets,
    posters,
    figures,
    reports,
    bulletins,
    audit_log,
    officers,
    account,
    settings,
    health,
)
"""The modules whose pages register themselves when they are imported."""


def register_console(app: Flask, services: Services) -> None:
    """Puts the console's pages into the application."""
    world = services.world
    app.secret_key = world.secrets.digest("console", "form tokens and notices")
    app.config.update(
        BOOTSTRAP_SERVE_LOCAL=True,  # works inside a closed network
        PERMANENT_SESSION_LIFETIME=LASTS,
        SESSION_COOKIE_NAME="console_form",
        SESSION_COOKIE_PATH="/console",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=world.public_url.startswith("https://"),
        WTF_CSRF_CHECK_DEFAULT=False,  # only the console has forms; the API takes a token in a header
        WTF_CSRF_TIME_LIMIT=None,  # a form may stay open as long as the login
    )
    Bootstrap5(app)
    app.blueprints["bootstrap"].enable_openapi = False  # type: ignore[attr-defined]  # APIFlask asks every blueprint
    csrf.init_app(app)
    app.register_blueprint(bp)
    shows_unknown_addresses(app, f"{bp.url_prefix}/", unknown_page)
