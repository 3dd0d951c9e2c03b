"""Builds the Flask application around the services it is given."""

from __future__ import annotations

import logging
import secrets
from pathlib import Path
from time import monotonic

import flask_swagger_ui  # type: ignore[import-untyped]  # it ships files, no types
from apiflask import APIFlask
from flask import Flask, Response, g, request, send_from_directory
from werkzeug.middleware.proxy_fix import ProxyFix

from app.services.appeals.photos import LARGEST_FILE
from app.services.figures.published import PublishedFigures
from app.services.posters.links import ProgramLinks
from app.web import system
from app.web.api import (
    accounts,
    analysis,
    appeals,
    directory,
    office,
    office_actions,
    official,
    program,
    public,
    reports,
    sources,
    wechat,
)
from app.web.api.directory import RenderedDirectories
from app.web.console import register_console
from app.web.errors import register_errors
from app.web.http import Services, rfc3339, world
from app.web.limits import limit
from app.web.openapi import complete_document
from app.web.pages import landing

log = logging.getLogger("app.web")

BLUEPRINTS = (
    accounts,
    analysis,
    appeals,
    directory,
    landing,
    office,
    office_actions,
    official,
    program,
    public,
    reports,
    sources,
    wechat,
    system,
)

SWAGGER_UI = Path(flask_swagger_ui.__file__).parent / "dist"


def create_app(services: Services, requests_per_minute: int = 1200, trusted_proxies: int = 0) -> Flask:
    """The WSGI application. `requests_per_minute` holds for one token, or for one address without a token;
    `trusted_proxies` is how many proxies in front of it may be believed about that address."""
    app = APIFlask("app.web", title="直通车", version="1.0", docs_path=None, spec_path="/openapi.json")
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_FILE + 64 * 1024,
        VALIDATION_ERROR_DESCRIPTION="填写有误",
        AUTO_404_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        DESCRIPTION="公开负责同志的联系方式，并保证每一件诉求都有答复。",
    )
    app.extensions["services"] = services
    app.extensions["rendered_directories"] = RenderedDirectories()
    app.extensions["published_figures"] = PublishedFigures(services.world)
    app.extensions["program_links"] = ProgramLinks(services.world)
    app.spec_processor(complete_document)  # type: ignore[arg-type]  # its type allows YAML text too
    register_errors(app)
    for module in BLUEPRINTS:
        app.register_blueprint(module.bp)
    register_console(app, services)
    _serve_documentation(app)
    limit(app, requests_per_minute)
    _log_requests(app)
    _tell_the_time(app)
    if trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted_proxies, x_proto=trusted_proxies)  # type: ignore[method-assign]
    return app


def _serve_documentation(app: APIFlask) -> None:
    """Swagger UI from the installed package, so that /docs works inside a closed network."""
    page = (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>直通车 接口</title>'
        '<link rel="stylesheet" href="/docs/files/swagger-ui.css"><div id="swagger-ui"></div>'
        '<script src="/docs/files/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></html>'
    )
    start = "SwaggerUIBundle({url:'/openapi.json',dom_id:'#swagger-ui',deepLinking:true})"

    @app.get("/docs")
    @app.doc(hide=True)
    def show_docs() -> Response:
        return Response(page, mimetype="text/html")

    @app.get("/docs/start.js")
    @app.doc(hide=True)
    def start_docs() -> Response:
        return Response(start, mimetype="text/javascript")

    @app.get("/docs/files/<path:name>")
    @app.doc(hide=True)
    def docs_file(name: str) -> Response:
        return send_from_directory(SWAGGER_UI, name, max_age=86400)


def _tell_the_time(app: APIFlask) -> None:
    """The world's clock with every answer of the API: phones have wrong clocks, and a demonstration moves time."""

    @app.after_request
    def tell(response: Response) -> Response:
        if request.path.startswith("/api/"):
            response.headers["Server-Time"] = str(rfc3339(world().clock.now()))
        return response


def _log_requests(app: APIFlask) -> None:
    """One line a request with its time and without anything a person wrote; the route, not the address."""

    @app.before_request
    def begin() -> None:
        g.begun = monotonic()
        g.request_id = secrets.token_hex(6)

    @app.after_request
    def end(response: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else "-"
        seconds = monotonic() - g.get("begun", monotonic())
        system.observe(rule, request.method, response.status_code, seconds)
        log.info(
            "request",
            extra={
                "route": rule,
                "method": request.method,
                "status": response.status_code,
                "milliseconds": round(seconds * 1000, 1),
                "request_id": g.get("request_id", ""),
            },
        )
        response.headers["X-Request-Id"] = g.get("request_id", "")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response
