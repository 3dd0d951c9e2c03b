"""From the list to an appeal and on to the next one: the place goes along, and never leads out of the work list."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from app.domain.officer import OfficeRole
from tests.web.city import City
from tests.web.console.conftest import Desk, Office, key_of
from tests.web.console.counting import queries

R = OfficeRole
HERE = "desk=review&kind=request"


@pytest.fixture
def appeals(city: City) -> list[dict[str, Any]]:
    made = []
    for _ in range(3):
        made.append(city.submit(about_official=True))
        city.world.clock.advance(timedelta(seconds=1))
    return made


def opened(desk: Desk, appeal: dict[str, Any], place: str = HERE) -> str:
    answer = desk.get(f"/console/appeals/{appeal['id']}", query_string={"from": place})
    assert answer.status_code == 200
    return answer.text


def assigned(desk: Desk, appeal: dict[str, Any], **fields: str) -> Any:
    sent = {"key": key_of(opened(desk, appeal)), "official_id": "roads", "from": HERE, **fields}
    return desk.post(f"/console/appeals/{appeal['id']}/assign", sent)


def test_the_list_leads_to_an_appeal_that_leads_back_and_on(supervisor: Desk, appeals: list[dict[str, Any]]) -> None:
    page = supervisor.see(f"/console/appeals?{HERE}")
    link = re.search(rf'href="(/console/appeals/{appeals[0]["id"]}[^"]*)"', page)
    assert link is not None
    first = supervisor.see(link[1].replace("&amp;", "&"))
    assert 'href="/console/appeals?desk=review&amp;kind=request"' in first
    assert f'rel="next" href="/console/appeals/{appeals[1]["id"]}?' in first
    last = opened(supervisor, appeals[2])
    assert 'rel="next"' not in last
    assert "后面没有了" in last


def test_without_a_place_nothing_is_next(supervisor: Desk, appeals: list[dict[str, Any]]) -> None:
    page = supervisor.see(f"/console/appeals/{appeals[0]['id']}")
    assert 'rel="next"' not in page
    assert 'name="onward"' not in page
    assert 'name="from"' not in page


def test_after_an_act_the_place_is_still_known(supervisor: Desk, appeals: list[dict[str, Any]]) -> None:
    after = assigned(supervisor, appeals[0])
    assert after.headers["Location"].startswith(f"/console/appeals/{appeals[0]['id']}?from=desk")
    page = supervisor.see(after.headers["Location"])
    assert f'rel="next" href="/console/appeals/{appeals[1]["id"]}?' in page, "though the first one has left the desk"


def test_who_wants_to_go_on_gets_the_next_one_and_the_list_at_its_end(
    supervisor: Desk, appeals: list[dict[str, Any]]
) -> None:
    after = assigned(supervisor, appeals[0], onward="1")
    assert f"/console/appeals/{appeals[1]['id']}?" in after.headers["Location"]
    page = supervisor.see(after.headers["Location"])
    assert f"{appeals[0]['code']} 已交办" in page
    assert re.search(r'name="onward" value="1" checked', page), "and so on"
    end = assigned(supervisor, appeals[2], onward="1")
    assert end.headers["Location"] == f"/console/appeals?{HERE}"
    assert "后面没有了，回到清单" in supervisor.see(end.headers["Location"])


def test_a_refused_act_keeps_the_place_too(supervisor: Desk, appeals: list[dict[str, Any]]) -> None:
    refused = assigned(supervisor, appeals[0], official_id="education", onward="1")
    assert refused.status_code == 409
    assert 'name="from" value="desk=review&amp;kind=request"' in refused.text
    assert 'name="onward" value="1" checked' in refused.text


@pytest.mark.parametrize(
    "place",
    [
        "https://example.org/",
        "//example.org/console/appeals",
        "desk=review&next=https://example.org/",
        "desk=nonsense&kind=%00&cursor=zzz",
        "&&&=",
        "x" * 5000,
    ],
)
def test_a_place_leads_nowhere_but_into_the_work_list(
    supervisor: Desk, appeals: list[dict[str, Any]], place: str
) -> None:
    page = opened(supervisor, appeals[0], place)
    assert "example.org" not in page
    sent = {"key": key_of(page), "official_id": "roads", "from": place, "onward": "1"}
    after = supervisor.post(f"/console/appeals/{appeals[2]['id']}/assign", sent)
    assert after.status_code == 303
    assert after.headers["Location"].startswith("/console/appeals")
    assert "example.org" not in after.headers["Location"]


def test_an_inspector_carries_no_place_that_is_not_open(city: City, office: Office) -> None:
    city.submit(about_official=True)
    inspector = office.desk(R.INSPECTOR)
    assert inspector.get("/console/appeals", query_string={"desk": "review"}).status_code == 200
    assert "desk=review" not in inspector.see("/console/appeals?desk=review")


def test_the_one_before_stands_beside_the_next_one(supervisor: Desk, appeals: list[dict[str, Any]]) -> None:
    page = opened(supervisor, appeals[1])
    assert f'rel="prev" href="/console/appeals/{appeals[0]["id"]}?from=desk' in page
    assert "前面没有了" not in page
    assigned(supervisor, appeals[0])
    page = opened(supervisor, appeals[1])
    assert "前面没有了" in page, "the first one left the desk"
    assert 'rel="prev"' not in supervisor.see(f"/console/appeals/{appeals[1]['id']}"), "nobody came from a list"


def test_the_neighbours_cost_one_query_each(city: City, supervisor: Desk, appeals: list[dict[str, Any]]) -> None:
    with queries(city) as alone:
        supervisor.see(f"/console/appeals/{appeals[0]['id']}")
    with queries(city) as with_place:
        opened(supervisor, appeals[0])
    assert sum(with_place.values()) == sum(alone.values()) + 2
