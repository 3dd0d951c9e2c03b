"""The console as somebody at a desk meets it: logged in over the login form, with the form token of the pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.officer import Officer, OfficeRole
from app.services.officers.access import add_officer
from tests.web.city import City

PASSWORD = "correct horse battery"
SITE = "https://ztc.example.cn"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_KEY = re.compile(r'name="key" value="([^"]+)"')


@dataclass
class Desk:
    """One officer's browser, logged in."""

    city: City
    client: FlaskClient
    officer: Officer

    def get(self, path: str, **more: Any) -> TestResponse:
        answer: TestResponse = self.client.get(path, base_url=SITE, **more)
        return answer

    def see(self, path: str) -> str:
        """The page, which has to open."""
        answer = self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.text

    def post(self, path: str, data: Any = None, **more: Any) -> TestResponse:
        """A form of a page, with the token that every page carries and, as console.js says, sure of it."""
        sent = {"csrf_token": self.token(), "sure": "1", **(data or {})}
        answer: TestResponse = self.client.post(path, base_url=SITE, data=sent, headers={"Referer": SITE}, **more)
        return answer

    def do(self, path: str, **data: Any) -> str:
        """A form that has to work: the page that follows it."""
        answer = self.post(path, data)
        assert answer.status_code == 303, f"{path}: {answer.status_code}\n{answer.text}"
        return self.see(answer.headers["Location"])

    def token(self) -> str:
        """Of the login: any page tells it."""
        found = _TOKEN.search(self.client.get("/console/account", base_url=SITE, follow_redirects=True).text)
        assert found is not None
        return found[1]


@dataclass
class Office:
    """The city's office: `desk(OfficeRole.ADMIN)` is somebody with that role (or several) who has just logged in."""

    city: City

    def desk(self, *roles: OfficeRole, username: str = "", **more: Any) -> Desk:
        username = username or "-".join(role.value for role in roles)
        known = self.city.world.stores.officers.by_username(username)
        officer = known or add_officer(self.city.world, username, f"某{username}", roles, PASSWORD, **more)
        return Desk(self.city, self.log_in(username), officer)

    def log_in(self, username: str, password: str = PASSWORD) -> FlaskClient:
        """The login form with its token; a client with the cookies."""
        client = self.city.app.test_client()
        form = client.get("/console/login", base_url=SITE)
        found = _TOKEN.search(form.text)
        assert found is not None
        data = {"csrf_token": found[1], "username": username, "password": password}
        answer = client.post("/console/login", base_url=SITE, data=data, headers={"Referer": SITE})
        assert answer.status_code == 303, answer.text
        return client


def key_of(page: str) -> str:
    """The idempotency key of the page's form."""
    found = _KEY.search(page)
    assert found is not None
    return found[1]


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


@pytest.fixture
def editor(office: Office) -> Desk:
    return office.desk(OfficeRole.EDITOR)


@pytest.fixture
def supervisor(office: Office) -> Desk:
    return office.desk(OfficeRole.SUPERVISOR, number="801", unit="市委督查室")
