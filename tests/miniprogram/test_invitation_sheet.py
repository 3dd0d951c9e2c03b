"""The printed invitation says what stands in the mini-program, word by word, from the first tap to the last."""

from __future__ import annotations

import json
import re

import pytest

from app.domain.notification import Role
from app.domain.officer import OfficeRole
from tests.miniprogram.test_words import MINIPROGRAM
from tests.web.city import City
from tests.web.console.conftest import Office

BIND = "official/pages/bind/bind"


@pytest.fixture
def steps() -> list[list[str]]:
    """What each step of a printed sheet puts in quotation marks."""
    desk = Office(City()).desk(OfficeRole.EDITOR)
    sheet = desk.post("/console/rosters/city/invitations", {"official": ["roads"], "role": Role.OFFICIAL.value}).text
    found = re.findall(r"<li>(.*?)</li>", sheet)
    assert len(found) == 3
    return [re.findall("“([^”]+)”", step) for step in found]


def words(page: str) -> str:
    return (MINIPROGRAM / f"{page}.wxml").read_text(encoding="utf-8")


def test_the_first_step_names_the_tab_that_leads_to_the_entrance(steps: list[list[str]]) -> None:
    tabs = json.loads((MINIPROGRAM / "app.json").read_text(encoding="utf-8"))["tabBar"]["list"]
    named = {tab["text"]: tab["pagePath"] for tab in tabs}
    _, tab = steps[0]
    assert tab in named
    entrance = re.search(r'<entry-row[^>]*title="([^"]+)"[^>]*data-url="/([^"]+)"', entry_of(words(named[tab])))
    assert entrance is not None
    assert (entrance[1], entrance[2]) == (steps[1][0], BIND)


def test_the_other_steps_name_the_buttons_of_the_page_it_leads_to(steps: list[list[str]]) -> None:
    buttons = re.findall(r"<button[^>]*>(.*?)</button>", words(BIND))
    for named in [*steps[1][1:], *steps[2]]:
        assert any(named in button for button in buttons), named


def entry_of(page: str) -> str:
    """The row that is there for whoever acts for no post yet."""
    return page[page.index("<entry-row wx:else") :]
