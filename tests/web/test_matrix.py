"""Who may call what: every route of the application stands in one table, for nobody, residents, officials and staff."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from app.domain.notification import Role
from app.services.people.accounts import invite
from app.services.posters.scenes import scene_of
from tests.web.city import APPEAL, OFFICIAL_BODIES, RESIDENT_BODIES, Caller, City, picture

OK, OPEN, OURS, ANY = (200, 201), (200, 200, 200, 200), (401, 200, 200, 200), (401, 201, 201, 201)
RESIDENTS, HANDLERS = (401, 200, 404, 404), (401, 403, 200, 200)

ROLES = ("nobody", "resident", "zhou", "aide")
MATRIX: dict[str, tuple[int, int, int, int]] = {
    "POST /api/session": OPEN,
    "GET /api/me": OURS,
    "PATCH /api/me": OURS,
    "GET /api/me/export": OURS,
    "POST /api/me/phone": OURS,
    "DELETE /api/me": (401, 409, 409, 409),  # an open appeal, a post, a post
    "POST /api/subscriptions": OURS,
    "POST /api/official/bind": OURS,
    "GET /api/program": OPEN,
    "GET /api/rosters": OPEN,
    "GET /api/rosters/<slug>/directory": OPEN,
    "GET /api/officials": OPEN,
    "GET /api/officials/<official_id>": OPEN,
    "POST /api/officials/suggest": OPEN,
    "GET /api/public/appeals": OPEN,
    "GET /api/public/figures": OPEN,
    "POST /api/calls": ANY,
    "GET /api/calls": OURS,
    "GET /api/sources/<scene>": OPEN,
    "POST /api/visits": (201, 201, 201, 201),
    "POST /api/uploads": ANY,
    "POST /api/appeals": ANY,
    "GET /api/appeals": OURS,
    "GET /api/appeals/<appeal_id>": OURS,
    "POST /api/appeals/lookup": OPEN,
    "POST /api/appeals/similar": OURS,
    **{f"POST /api/appeals/<appeal_id>/{action}": RESIDENTS for action in RESIDENT_BODIES},
    "GET /api/official/inbox": HANDLERS,
    "GET /api/official/duty/<official_id>": HANDLERS,
    "POST /api/official/duty/<official_id>": (401, 403, 200, 403),  # in person only
    **{f"POST /api/official/appeals/<appeal_id>/{action}": HANDLERS for action in OFFICIAL_BODIES},
}
OUTSIDE_THE_API = {
    "/static/<filename>",
    "/bootstrap/static/<filename>",
    "/openapi.json",
    "/media/<upload_id>/<token>",
    "/s/<slug>",
    "/s/<slug>/<source>",
    "/wechat/push",
    "/healthz",
    "/readyz",
    "/metrics",
    "/docs",
    "/docs/start.js",
    "/docs/files/<name>",
}
LATER = ("/api/office/", "/console")
"""The office (tests/web/test_office.py has its own matrix), and what is not built yet."""


def routes(app: Flask) -> set[str]:
    """`METHOD /path/<parameter>` of everything the application answers."""
    found = set()
    for rule in app.url_map.iter_rules():
        path = "".join(f"<{part}>" if is_dynamic else part for is_dynamic, part in rule._trace)
        path = path.removeprefix("|")
        found |= {f"{method} {path}" for method in rule.methods or () if method not in {"HEAD", "OPTIONS"}}
    return {route for route in found if not route.split(" ")[1].startswith(LATER)}


def test_every_route_stands_in_the_table(city: City) -> None:
    found = routes(city.app)
    assert {route for route in found if " /api/" in route} == set(MATRIX)
    assert {route.split(" ")[1] for route in found if " /api/" not in route} == OUTSIDE_THE_API


@pytest.mark.parametrize("route", sorted(MATRIX))
def test_each_role_gets_what_the_table_says(route: str) -> None:
    given = []
    for role in ROLES:
        city = City()
        appeal = prepared(city, route)
        caller = city.nobody if role == "nobody" else city.login(role)
        answer = call(city, caller, route, appeal)
        given.append(answer.status_code)
        if answer.status_code >= 400:
            assert set(answer.json) == {"code", "message", "detail"}
    assert tuple(given) == MATRIX[route]


@pytest.mark.parametrize("route", sorted(MATRIX))
def test_without_a_token_is_401_unless_public_whatever_is_sent(city: City, route: str) -> None:
    method, path = route.split(" ")
    path = re.sub("<[a-z_]+>", "x", path)
    for token in ("", "not-a-token", "token-0"):
        answer = Caller(city.client, token).ask(method, path, data=b"\xff{", content_type="application/json")
        assert (answer.status_code == 401) is (MATRIX[route][0] == 401)


@pytest.mark.parametrize("header", ["Bearer", "Bearer  ", "Basic cmVzaWRlbnQ6eA==", "bearer\ttoken-1", "token-1", "é"])
def test_only_a_bearer_token_counts(city: City, header: str) -> None:
    city.login("resident")
    assert city.client.get("/api/me", headers={"Authorization": header}).status_code == 401


def prepared(city: City, route: str) -> dict[str, Any]:
    """An appeal in the state in which the route's action works."""
    action = route.rpartition("/")[2]
    appeal = city.submit()
    if action in {"answer", "request_supplement", "request_extension", "supplement"}:
        city.act("zhou", appeal, "sign")
    if action in {"rate", "reopen"}:
        city.act("zhou", appeal, "sign")
        city.act("zhou", appeal, "answer", OFFICIAL_BODIES["answer"])
    if action == "urge":
        city.world.clock.advance(days=4)
    return appeal


def call(city: City, caller: Caller, route: str, appeal: dict[str, Any]) -> Any:
    method, path = route.split(" ")
    action = route.rpartition("/")[2]
    city.world.phones.numbers["phone"] = "15400001111"
    real = {"appeal_id": appeal["id"], "official_id": "education", "slug": "city", "scene": scene_of("city")}
    path = re.sub("<([a-z_]+)>", lambda name: real[name[1]], path)
    if path == "/api/uploads":
        return caller.upload(picture())
    bodies: dict[str, Any] = {
        "/api/session": {"code": "code-resident"},
        "/api/me": {"name": "王芳"},
        "/api/me/phone": {"code": "phone"},
        "/api/subscriptions": {"results": {"t-1": "accept"}},
        "/api/official/bind": {"invitation": invite(city.world, "roads", Role.STAFF)},
        "/api/officials/suggest": {"text": "学校招生怎么报名"},
        "/api/official/duty/education": {"items": []},
        "/api/calls": {"official_id": "roads", "outcome": "busy"},
        "/api/visits": {"roster": "city", "source": "DS-001"},
        "/api/appeals": {**APPEAL, "official_id": "roads"},
        "/api/appeals/similar": {"official_id": "education", "title": "路灯", "body": "小区门口没有路灯"},
        "/api/appeals/lookup": {"code": appeal["code"], "phone_tail": "8000"},
    }
    body = bodies.get(path, {**OFFICIAL_BODIES, **RESIDENT_BODIES}.get(action))
    return caller.ask(method, path, json=body) if method in {"POST", "PATCH"} else caller.ask(method, path)
