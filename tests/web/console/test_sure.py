"""What cannot be taken back is asked about first, by a page where no script asked; and nothing happens before."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from app.domain.appeal import State
from app.domain.office_deeds import OfficeDeed
from app.domain.officer import OfficeRole
from app.web.console.access import ASKING, ROLES
from app.web.console.appeal_acts import GRAVE
from app.web.console.officials import NEEDED
from tests.web.city import City
from tests.web.console.conftest import Desk, Office, key_of
from tests.web.console.test_matrix import routes

R = OfficeRole
UNSURE = {"sure": ""}
FORMS = {
    "console.set_official_published": {"to": "no"},
    "console.publish_redacted": {"step": "publish"},
    "console.replace_official": dict.fromkeys(NEEDED, "有"),
}
"""What makes a form of that page one that is asked about."""


def hidden(page: str) -> dict[str, str]:
    """The fields of the page that asks."""
    form = page[page.index("<h1>请确认") :]
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found if name != "csrf_token"}


@pytest.mark.parametrize("endpoint", sorted(ASKING))
def test_every_such_form_is_asked_about_before_anything_is_looked_up(city: City, office: Office, endpoint: str) -> None:
    address = next(one.address for one in routes(city.app) if one.endpoint == endpoint and one.method == "POST")
    address = {
        "console.do_on_appeal": "/console/appeals/x/reject",
        "console.act_on_officer": "/console/officers/x/disable",
    }.get(endpoint, address)
    desk = office.desk(min(ROLES[endpoint]), number="801")
    before = city.world.stores.audit_log.last()
    asked = desk.post(address, {**UNSURE, **FORMS.get(endpoint, {}), "reason": "<b>因为</b>", "asks": "真的<b>？"})
    assert asked.status_code == 200
    assert "真的&lt;b&gt;？" in asked.text
    assert hidden(asked.text) == {**FORMS.get(endpoint, {}), "reason": "<b>因为</b>"}
    assert city.world.stores.audit_log.last() == before


def test_what_is_asked_about_says_what_it_needs(city: City, office: Office) -> None:
    """So that a browser names an empty choice before the question is asked."""
    desk, appeal = office.desk(R.SUPERVISOR, number="801"), city.submit()
    page = desk.see(f"/console/appeals/{appeal['id']}")
    for tool in ("transfer-official_id", "transfer-reason"):
        assert re.search(rf'<(select|textarea) [^>]*id="{tool}"[^>]* required', page), tool
    page = desk.see(f"/console/appeals/{city.submit(about_official=True)['id']}")
    assert re.search(r'id="assign-official_id"[^>]* required', page)
    assert re.search(r'id="reject-proper_channel"[^>]* data-or="other_channel"[^>]*请选择一个渠道', page)
    page = office.desk(R.EDITOR).see("/console/officials/roads/replace")
    assert re.search(r'id="since"[^>]* required max="\d{4}-\d\d-\d\d"', page)


def test_a_rejection_is_sent_by_the_page_that_asks(city: City, office: Office) -> None:
    appeal = city.submit(about_official=True)
    desk, address = office.desk(R.SUPERVISOR, number="801"), f"/console/appeals/{appeal['id']}/reject"
    page = desk.see(f"/console/appeals/{appeal['id']}")
    assert 'name="asks" value="不予受理，并把理由和渠道告知群众？"' in page
    typed = {"key": key_of(page), "reason": "已进入诉讼", "proper_channel": "请向人民法院提出", **UNSURE}
    asked = desk.post(address, {**typed, "asks": "不予受理？"})
    assert state_of(city, appeal) is State.SUBMITTED
    sent = hidden(asked.text)
    assert sent == {name: value for name, value in typed.items() if name != "sure"}
    assert desk.post(address, {**sent, "sure": "1"}).status_code == 303
    assert state_of(city, appeal) is State.REJECTED


@pytest.mark.parametrize("deed", sorted(set(OfficeDeed) - GRAVE - {OfficeDeed.PUBLISH}))
def test_what_can_be_mended_is_done_at_once(city: City, office: Office, deed: OfficeDeed) -> None:
    appeal = city.submit()
    answer = office.desk(R.SUPERVISOR, number="801").post(f"/console/appeals/{appeal['id']}/{deed}", UNSURE)
    assert "请确认" not in answer.text


def test_a_merge_of_a_single_appeal_is_asked_about(city: City, office: Office) -> None:
    child, parent = city.submit(), city.submit(by="neighbour")
    desk: Desk = office.desk(R.SUPERVISOR, number="801")
    page = desk.see(f"/console/appeals/{child['id']}?parent={parent['code']}")
    assert "并单不能撤销" in page
    sent: dict[str, Any] = {"key": key_of(page), "parent_id": parent["id"], **UNSURE}
    assert "请确认" in desk.post(f"/console/appeals/{child['id']}/merge", sent).text
    assert state_of(city, child) is not State.MERGED


def state_of(city: City, appeal: dict[str, Any]) -> State:
    stored = city.world.stores.appeals.get(appeal["id"])
    assert stored is not None
    return stored.state
