"""Who may open which page: every route of the console, taken from the URL map, against every role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from app.domain.officer import OfficeRole
from app.web.console.access import PUBLIC, ROLES
from app.web.console.navigation import SECTIONS
from tests.web.city import City
from tests.web.console.conftest import SITE, Desk, Office

R = OfficeRole
READERS = {R.SUPERVISOR, R.OPERATOR, R.AUDITOR}
CALLERS = {R.SUPERVISOR, R.OPERATOR}
CASEWORK: dict[str, set[OfficeRole]] = {
    "show_home": set(R),
    "list_appeals": {*READERS, R.INSPECTOR},
    "act_at_once": {R.SUPERVISOR},
    "find_appeals": {*READERS, R.INSPECTOR},
    "show_appeal": {*READERS, R.INSPECTOR},
    "show_order": {*READERS, R.INSPECTOR},
    "show_evidence": {R.SUPERVISOR, R.AUDITOR, R.INSPECTOR},
    "list_orders": {R.SUPERVISOR, R.AUDITOR},
    "export_orders": {R.SUPERVISOR, R.AUDITOR},
    "print_orders": {R.SUPERVISOR, R.AUDITOR},
    "list_interviews": {R.SUPERVISOR, R.AUDITOR, R.INSPECTOR},
    "export_interviews": {R.SUPERVISOR, R.AUDITOR, R.INSPECTOR},
    "print_evidence": {R.SUPERVISOR, R.AUDITOR, R.INSPECTOR},
    "do_on_appeal": CALLERS,
    "show_phone": CALLERS,
    "tell_by_phone": CALLERS,
    "show_publication": {R.SUPERVISOR},
    "publish_redacted": {R.SUPERVISOR},
    "show_register": CALLERS,
    "register_call": CALLERS,
    "show_matter": CALLERS,
    "show_registered": CALLERS,
    "show_taken_call": CALLERS,
    "list_spot_checks": READERS,
    "show_spot_check": READERS,
    "draw_spot_check": {R.SUPERVISOR},
    "record_spot_check": {R.SUPERVISOR},
    "list_reports": READERS,
    "show_report": READERS,
    "download_report": READERS,
    "make_report": {R.SUPERVISOR},
    "recount_report": {R.SUPERVISOR},
    "edit_bulletin": {R.SUPERVISOR},
    "leave_out_line": {R.SUPERVISOR},
    "put_back_line": {R.SUPERVISOR},
    "issue_bulletin": {R.SUPERVISOR},
    "list_flags": READERS,
    "decide_flag": {R.SUPERVISOR},
    "list_not_answering": READERS,
    "show_successor_sheet": {R.EDITOR, R.ADMIN},
    "judge_not_answering": {R.SUPERVISOR},
}
"""Written out a second time: a page of casework that opens to somebody else is a mistake, wherever it was made."""
ADDRESSES = {"path": "x/y", "int": "1"}


@dataclass(frozen=True)
class Route:
    endpoint: str
    method: str
    address: str


def routes(app: Flask) -> Iterator[Route]:
    """Every method of every address of the console, parameters filled in."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("console.") and rule.endpoint not in PUBLIC:
            address = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)
            address = re.sub(r"<(?:(\w+)[^>]*:)?\w+>", lambda found: ADDRESSES.get(found[1] or "", "x"), address)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield Route(rule.endpoint, method, address)


def asked(desk: Desk, route: Route, token: str) -> int:
    if route.method == "GET":
        return desk.get(route.address).status_code
    data = {"csrf_token": token}
    sent = desk.client.open(route.address, method=route.method, base_url=SITE, data=data, headers={"Referer": SITE})
    return sent.status_code


def test_every_page_says_who_may_open_it_and_every_permission_has_its_page(city: City) -> None:
    endpoints = {route.endpoint for route in routes(city.app)}
    assert endpoints == set(ROLES)
    assert all(ROLES[endpoint] for endpoint in endpoints), "a page for nobody"
    named = {rule.endpoint for rule in city.app.url_map.iter_rules()}
    assert named >= PUBLIC


def test_the_pages_of_casework_open_to_whom_they_should() -> None:
    assert {name: set(ROLES[f"console.{name}"]) for name in CASEWORK} == CASEWORK


def test_the_left_column_leads_nowhere_that_is_not_there(city: City) -> None:
    """A name without a page would be shown to nobody: then it should not stand there."""
    pages = {rule.endpoint for rule in city.app.url_map.iter_rules()}
    for _, links in SECTIONS:
        for name, _ in links:
            if f"console.{name}" in ROLES:
                assert f"console.{name}" in pages


@pytest.mark.parametrize("role", list(OfficeRole))
def test_each_role_opens_its_own_pages_and_no_other(city: City, office: Office, role: OfficeRole) -> None:
    desk = office.desk(role, number="801")
    token = desk.token()
    refused, crashed = [], []
    for route in routes(city.app):
        if route.endpoint in {"console.log_out", "console.change_my_password"}:
            continue
        status = asked(desk, route, token)
        if (status == 403) is (role in ROLES[route.endpoint]):
            refused.append((route, status))
        if status >= 500:
            crashed.append((route, status))
    assert not refused
    assert not crashed


def test_without_a_login_every_page_leads_to_it(city: City) -> None:
    for route in routes(city.app):
        answer = city.app.test_client().open(route.address, method=route.method, base_url=SITE)
        assert answer.status_code == 302, route
        assert "/console/login" in answer.headers["Location"], route


def test_without_the_form_token_nothing_is_done(city: City, office: Office) -> None:
    desk = office.desk(R.SUPERVISOR)
    appeal = city.submit(about_official=True)
    for route in routes(city.app):
        if route.method != "GET" and R.SUPERVISOR in ROLES[route.endpoint]:
            answer = desk.client.open(route.address, method=route.method, base_url=SITE, headers={"Referer": SITE})
            assert answer.status_code == 400, route
    assert city.world.stores.appeals.get(appeal["id"]).version == 1


@pytest.mark.parametrize("account", ["resident", "zhou", "aide"])
def test_the_program_opens_no_page_of_the_console(city: City, account: str) -> None:
    """Officials have no console: what is about them can leak to them on none of its pages."""
    token = city.login(account).token
    for route in routes(city.app):
        client = city.app.test_client()
        client.set_cookie("console", token, domain="ztc.example.cn", path="/console")
        headers = {"Authorization": f"Bearer {token}"}
        answer = client.open(route.address, method=route.method, base_url=SITE, headers=headers)
        assert answer.status_code == 302, route


def test_an_inspector_sees_only_what_was_referred(city: City, office: Office) -> None:
    appeal = city.submit(about_official=True)
    desk = office.desk(R.INSPECTOR)
    for page in ("", "/orders/1"):
        assert desk.get(f"/console/appeals/{appeal['id']}{page}").status_code == 404
    for name in ("review", "late", "all", "supervision", "referred"):
        assert appeal["code"] not in desk.see(f"/console/appeals?desk={name}")
