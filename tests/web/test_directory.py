"""The directory over HTTP: cached by ETag, made once, and never a moment behind an official who leaves."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from app.domain.roster import Campaign, CourtesyHours, Policy, ServiceHours
from tests.services.factories import a_roster, a_world, an_official
from tests.web.city import APPEAL, City

PATH = "/api/rosters/city/directory"
OFFICIAL = {
    "id",
    "roster",
    "group",
    "name",
    "initial",
    "post",
    "unit",
    "duties",
    "phone",
    "duty_phone",
    "email",
    "wechat_id",
    "projects",
    "figures",
}

NOW = {"open_now", "opens_next", "courtesy_now", "campaign"}


def leave(city: City, official_id: str, tells: bool = True) -> None:
    """The official leaves office; with `tells` the roster's revision says that something changed."""
    stores = city.world.stores
    stores.officials.put(replace(stores.officials.get(official_id), is_published=False))
    if tells:
        roster = stores.rosters.get("city")
        stores.rosters.put(replace(roster, revision=roster.revision + 1))


def shown(city: City) -> list[str]:
    groups = json.loads(city.client.get(PATH).data)["groups"]
    return [official["id"] for group in groups for official in group["officials"]]


def test_the_directory_by_groups(city: City) -> None:
    answer = city.client.get(PATH)
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert set(answer.json) == {"roster", "groups"}
    assert [(group["name"], len(group["officials"])) for group in answer.json["groups"]] == [
        ("市领导", 1),
        ("市直部门", 2),
    ]
    assert set(answer.json["groups"][0]["officials"][0]) == OFFICIAL


def test_the_rosters(city: City) -> None:
    policy = Policy(
        service_hours=ServiceHours(time(8), time(22)),
        courtesy_hours=CourtesyHours(time(0), time(6), "夜间请慎拨"),
        campaign=Campaign("防疫", date(2026, 1, 1), date(2026, 12, 31)),
    )
    stores = city.world.stores
    stores.rosters.put(a_roster(slug="other", policy=policy, published_on=date(2022, 2, 7)))
    stores.rosters.put(a_roster(slug="secret", is_published=False))
    answer = city.client.get("/api/rosters").json
    assert [item["slug"] for item in answer["items"]] == ["city", "other"]
    other = answer["items"][1]
    assert (other["published_on"], answer["next"]) == ("2022-02-07", None)
    assert other["service_hours"] == {"begin": "08:00", "end": "22:00", "workdays_only": True}
    assert other["courtesy_hours"] == {"begin": "00:00", "end": "06:00", "hint": "夜间请慎拨"}
    assert other["campaign"] == {"topic": "防疫", "starts_on": "2026-01-01", "ends_on": "2026-12-31"} | {
        "open": True,
        "notice": None,
    }
    for slug in ("secret", "nope", "%00", ".."):
        answer = city.client.get(f"/api/rosters/{slug}/directory")
        assert (answer.status_code, answer.json["code"][:7]) == (404, "no_such")


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_nothing_is_sent_twice(city: City, form: str) -> None:
    """RFC 9110 13.1.2: If-None-Match is compared weakly, because a proxy that compresses makes an ETag weak."""
    etag = city.client.get(PATH).headers["ETag"]
    answer = city.client.get(PATH, headers={"If-None-Match": form.format(etag)})
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)


def test_an_old_etag_gets_the_whole(city: City) -> None:
    assert city.client.get(PATH, headers={"If-None-Match": '"old"'}).status_code == 200


def test_compressed_for_those_who_take_it(city: City) -> None:
    plain = city.client.get(PATH)
    squeezed = city.client.get(PATH, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    refused = city.client.get(PATH, headers={"Accept-Encoding": "gzip;q=0"})
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.data) == plain.data == refused.data
    assert "Content-Encoding" not in plain.headers and "Content-Encoding" not in refused.headers
    assert {answer.headers["Vary"] for answer in (plain, squeezed)} == {"Accept-Encoding"}


def test_it_is_made_once_for_each_change(city: City) -> None:
    made = city.app.extensions["rendered_directories"]
    for headers in ({}, {"Accept-Encoding": "gzip"}, {"If-None-Match": "x"}) * 3:
        city.client.get(PATH, headers=headers)
    assert made.renderings == 1
    leave(city, "roads")
    for _ in range(3):
        city.client.get(PATH)
    assert made.renderings == 2


def test_who_left_is_gone_on_the_very_next_request(city: City) -> None:
    before = city.client.get(PATH)
    assert shown(city) == ["mayor", "education", "roads"]
    leave(city, "roads")
    assert shown(city) == ["mayor", "education"]
    after = city.client.get(PATH, headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, after.headers["ETag"] != before.headers["ETag"]) == (200, True)
    assert city.client.get("/api/officials/roads").status_code == 404
    for query in ("解放", "xief", "城管", "路灯"):
        assert city.client.get("/api/officials", query_string={"q": query}).json["items"] == []
    suggested = city.client.post("/api/officials/suggest", json={"text": "小区路灯维修"}).json["items"]
    assert "roads" not in [item["id"] for item in suggested]
    resident = city.login("resident")
    assert resident.post("/api/calls", {"official_id": "roads", "outcome": "busy"}).status_code == 404
    assert resident.post("/api/appeals", APPEAL | {"official_id": "roads"}).status_code == 404
    transfer = {"official_id": "roads", "reason": "归城管"}
    assert city.act("zhou", city.submit(), "transfer", transfer, expected=404)["code"] == "no_such_official"


def test_a_change_that_nobody_announced_shows_within_a_minute(city: City) -> None:
    """The second line behind rule 5: STALE_AFTER holds for every view, the rendered one too."""
    assert shown(city) == ["mayor", "education", "roads"]
    leave(city, "roads", tells=False)
    city.world.clock.advance(seconds=61)
    assert city.client.get("/api/officials/roads").status_code == 404
    assert shown(city) == ["mayor", "education"]


@pytest.mark.parametrize("query", ["周文清", "zhouwenqing", "zwq", "教育局", "局长 教育", "招生", "ZWQ"])
def test_finding_by_name_pinyin_unit_post_duty(city: City, query: str) -> None:
    items = city.client.get("/api/officials", query_string={"q": query, "roster": "city"}).json["items"]
    assert items[0]["id"] == "education"
    assert set(items[0]) == OFFICIAL


def test_finding_by_project_and_nothing(city: City) -> None:
    city.world.stores.officials.put(an_official("dongzhi", position=9, name="吴敏", projects=("高铁新区",)))
    assert [o["id"] for o in city.client.get("/api/officials?q=高铁").json["items"]] == ["dongzhi"]
    assert city.client.get("/api/officials").json == {"items": [], "next": None}
    assert city.client.get("/api/officials?q=周&roster=nope").status_code == 404
    assert city.client.get("/api/officials?q=" + "长" * 51).status_code == 422
    assert city.client.get("/api/officials?q=周&roster=../x").status_code == 422


def test_whom_should_i_ask(city: City) -> None:
    answer = city.client.post("/api/officials/suggest", json={"text": "我家孩子上学，学校招生怎么报名？"})
    assert answer.status_code == 200
    first = answer.json["items"][0]
    assert (first["id"], first["matching_duty"]) == ("education", "学校招生")
    assert set(first) == OFFICIAL | {"matching_duty"} and len(answer.json["items"]) <= 3


def test_one_official_and_calls(city: City) -> None:
    assert set(city.client.get("/api/officials/mayor").json) == OFFICIAL | NOW
    resident = city.login("resident")
    shown = {
        outcome: resident.send("/api/calls", {"official_id": "mayor", "outcome": outcome}, 201)["may_become_appeal"]
        for outcome in ("in_person", "other_person", "busy", "no_answer", "text_reply", "called_back")
    }
    assert [outcome for outcome, may in shown.items() if may] == ["busy", "no_answer"]


def test_a_roster_outside_its_campaign_takes_nothing() -> None:
    policy = Policy(campaign=Campaign("防疫", date(2026, 1, 1), date(2026, 3, 2)))
    city = City(a_world(a_roster(policy=policy)))
    city.submit()
    city.world.clock.set(datetime(2026, 3, 2, 16, 0, tzinfo=UTC))  # midnight in China
    answer = city.login("resident").post("/api/appeals", APPEAL)
    assert (answer.status_code, answer.json["code"]) == (409, "roster_closed")
