"""The same Idempotency-Key from the same person: one effect, one answer; also when the answer got lost on its way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.notification import Role
from app.domain.roster import Policy, SourceCode
from app.services.people.accounts import invite
from app.services.ports.basics import StoreAway
from tests.services.factories import a_roster
from tests.web.city import ANSWER, APPEAL, OFFICIAL_BODIES, RATING, RESIDENT_BODIES, City, picture
from tests.web.test_matrix import prepared

KEY = "6f1d2c3e-0001"
Write = tuple[str, str, str, Any, Callable[[City], int]]
"""Who, method, path, body, and how many effects there are."""


def timeline(city: City) -> int:
    return sum(len(appeal.timeline) for appeal in city.world.stores.appeals.kept.values())


def left(city: City) -> int:
    return sum(consent.left for consent in city.world.stores.consents.kept.values())


def version(city: City) -> int:
    return int(city.world.stores.accounts.kept["resident"].version)


def writes(city: City, name: str) -> Write:
    appeal = prepared(city, name)
    action = name.rpartition("/")[2]
    if name == "visit":
        city.world.stores.rosters.put(a_roster(policy=Policy(source_codes=(SourceCode("DS-001", "政务大厅"),))))
    if name.startswith("/api/official/appeals"):
        return "zhou", "POST", f"/api/official/appeals/{appeal['id']}/{action}", OFFICIAL_BODIES[action], timeline
    if name.startswith("/api/appeals/x"):
        return "resident", "POST", f"/api/appeals/{appeal['id']}/{action}", RESIDENT_BODIES[action], timeline
    other: dict[str, Write] = {
        "submit": ("resident", "POST", "/api/appeals", APPEAL, lambda c: len(c.world.stores.appeals.kept)),
        "call": (
            "resident",
            "POST",
            "/api/calls",
            {"official_id": "education", "outcome": "busy"},
            lambda c: len(c.world.stores.calls.kept),
        ),
        "call_back": (
            "resident",
            "POST",
            "/api/calls",
            {"official_id": "education", "outcome": "called_back"},
            lambda c: len(c.world.stores.calls.kept),
        ),
        "visit": (
            "nobody",
            "POST",
            "/api/visits",
            {"roster": "city", "source": "DS-001"},
            lambda c: sum(count.visits for count in c.world.stores.visits.kept.values()),
        ),
        "subscribe": ("resident", "POST", "/api/subscriptions", {"results": {"t-1": "accept"}}, left),
        "bind": (
            "resident",
            "POST",
            "/api/official/bind",
            {"invitation": invite(city.world, "roads", Role.STAFF)},
            lambda c: len(c.world.stores.accounts.kept["resident"].bindings),
        ),
        "profile": ("resident", "PATCH", "/api/me", {"name": "王芳"}, lambda c: int(version(c) > 1)),
    }
    return other[name]


NAMES = (
    *(f"/api/official/appeals/x/{action}" for action in OFFICIAL_BODIES),
    *(f"/api/appeals/x/{action}" for action in RESIDENT_BODIES),
    *("submit", "call", "call_back", "visit", "subscribe", "bind", "profile"),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_repetition_has_no_second_effect_and_the_same_answer(city: City, name: str) -> None:
    who, method, path, body, effects = writes(city, name)
    caller = city.login(who)
    first = caller.ask(method, path, KEY, json=body)
    done = effects(city)
    city.world.clock.advance(minutes=3)
    second = caller.ask(method, path, KEY, json=body)
    assert first.status_code in {200, 201}
    assert (second.status_code, second.data, second.content_type) == (first.status_code, first.data, first.content_type)
    assert effects(city) == done


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_lost_after_the_effect(city: City, name: str) -> None:
    """The database fails once between the effect and the record of the answer; the client repeats."""
    who, method, path, body, effects = writes(city, name)
    caller = city.login(who)
    before = effects(city)

    def fail_once(_: object) -> None:
        city.world.stores.answered.before_write = None
        raise StoreAway

    city.world.stores.answered.before_write = fail_once
    lost = caller.ask(method, path, KEY, json=body)
    assert (lost.status_code, lost.json["code"]) == (503, "database_away")
    done = effects(city)
    assert done > before
    repeated = caller.ask(method, path, KEY, json=body)
    assert repeated.status_code in {200, 201}
    assert effects(city) == done
    assert caller.ask(method, path, KEY, json=body).data == repeated.data


def test_another_body_under_the_same_key_is_refused(city: City) -> None:
    resident = city.login("resident")
    resident.send("/api/appeals", APPEAL, 201, KEY)
    for path, body in (
        ("/api/appeals", APPEAL | {"title": "另一件事"}),
        ("/api/calls", {"official_id": "education", "outcome": "busy"}),
    ):
        answer = resident.post(path, body, KEY)
        assert (answer.status_code, answer.json["code"]) == (409, "key_reused")
    assert len(city.world.stores.appeals.kept) == 1


def test_the_key_of_another_person_is_another_key(city: City) -> None:
    ids = [city.login(who).send("/api/appeals", APPEAL, 201, KEY)["id"] for who in ("resident", "neighbour")]
    assert len(set(ids)) == 2
    answer = city.login("neighbour").post("/api/appeals", APPEAL, KEY)
    assert answer.json["id"] == ids[1]


def test_a_refusal_is_not_remembered(city: City) -> None:
    appeal = city.submit()
    zhou, path = city.login("zhou"), f"/api/official/appeals/{appeal['id']}/answer"
    assert zhou.post(path, ANSWER, KEY).status_code == 409
    city.act("zhou", appeal, "sign")
    assert zhou.post(path, ANSWER, KEY).status_code == 200


def test_without_a_key_every_request_counts(city: City) -> None:
    resident = city.login("resident")
    assert len({resident.send("/api/appeals", APPEAL, 201)["id"] for _ in range(3)}) == 3


def test_a_rating_that_was_repeated_stays_one(city: City) -> None:
    appeal = city.answered()
    resident, path = city.login("resident"), f"/api/appeals/{appeal['id']}/rate"
    for _ in range(3):
        assert len(resident.send(path, RATING, 200, KEY)["ratings"]) == 1


def test_a_picture_is_kept_once(city: City) -> None:
    resident = city.login("resident")
    first, second = (resident.upload(picture(), key=KEY) for _ in range(2))
    assert (first.status_code, first.data) == (201, second.data)
    assert len(city.world.stores.uploads.kept) == 1


def test_another_picture_under_the_same_key_is_refused(city: City) -> None:
    """Else the client believes that its second picture is stored, and the appeal shows the first one twice."""
    resident = city.login("resident")
    resident.upload(picture(40, 30), key=KEY)
    answer = resident.upload(picture(50, 20), key=KEY)
    assert (answer.status_code, answer.json["code"]) == (409, "key_reused")
