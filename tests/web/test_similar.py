"""The hint before submitting, over HTTP."""

from __future__ import annotations

from typing import Any

from tests.services.test_similar import published
from tests.web.city import APPEAL, City
from tests.web.test_appeals import SUMMARY

PATH = "/api/appeals/similar"
DRAFT = {"official_id": "education", "title": "小区没有路灯", "body": "门口没有路灯，孩子放学看不见"}


def test_what_it_shows(city: City) -> None:
    mine, shown = city.submit(), published(city.world)
    found = city.login("resident").send(PATH, DRAFT)
    assert set(found) == {"items", "next", "published"}
    (own,), (public,) = found["items"], found["published"]
    assert (set(own), own["id"], own["urgency"]) == (SUMMARY, mine["id"], "later")
    assert public == city.client.get("/api/public/appeals").json["items"][0]
    assert public["id"] == shown.public_id and APPEAL["body"] not in str(public)


def test_it_neither_submits_nor_hinders(city: City) -> None:
    resident = city.login("resident")
    kept: Any = city.world.stores.appeals.kept
    for _ in range(2):
        assert resident.post(PATH, DRAFT, key="k").status_code == 200
    assert not kept
    resident.send("/api/appeals", APPEAL, 201)
    resident.send("/api/appeals", APPEAL, 201)
    assert len(resident.send(PATH, DRAFT)["items"]) == 2


def test_a_draft_may_be_without_title_and_not_without_words(city: City) -> None:
    resident = city.login("resident")
    body = {"official_id": "education", "body": APPEAL["body"]}
    assert resident.send(PATH, body) == {"items": [], "next": None, "published": []}
    assert resident.post(PATH, body | {"body": " "}).status_code == 422
    assert resident.post(PATH, body | {"official_id": "nobody"}).json["code"] == "no_such_official"
