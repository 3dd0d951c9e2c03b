"""What the mini-program is told at its start, and the time it is told with everything."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from app.domain.notification import Channel, Occasion
from app.domain.perfunctory import SHORTEST, normal_form
from app.services.appeals.program import subscription_templates
from app.services.appeals.quick_replies import ANSWER_TEMPLATES, QUICK_REPLIES
from app.wechat.client import AccountClient, WeChatAccount
from app.wechat.http import Http
from app.wechat.messenger import WeChatMessenger
from tests.fakes import CollectingAlerts, FakeClock
from tests.fakes.tokens import MemoryTokens
from tests.services.factories import a_roster, a_world
from tests.web.city import APPEAL, OFFICIAL_BODIES, City
from tests.web.test_directory import leave
from tests.wechat.world import TEMPLATE_IDS

PATH = "/api/program"


def test_everything_that_must_not_be_hard_coded(city: City) -> None:
    said = city.client.get(PATH).json
    assert set(said) == {
        "templates",
        "quick_replies",
        "answer_templates",
        "default_roster",
        "quick_reply_days",
        "extension_workdays",
        "photos",
        "text",
    }
    assert said["templates"] == {
        "progress": "subscribe-accepted",
        "answer": "subscribe-answered",
        "supplement": "subscribe-supplement_wanted",
        "todo": "subscribe-assigned",
    }
    assert said["quick_replies"][0] == {"name": "meeting", "text": "正在开会，会后联系您；急事请拨值班电话"}
    assert (said["photos"], said["text"]) == ({"most": 9, "megabytes": 10}, {"longest": 2000, "longest_title": 60})


def test_what_it_says_is_what_the_server_does(city: City) -> None:
    """Every number is tried on the rule it speaks of."""
    said = city.client.get(PATH).json
    zhou, resident = city.login("zhou"), city.login("resident")
    appeal = city.submit()
    paths = {action: f"/api/official/appeals/{appeal['id']}/{action}" for action in OFFICIAL_BODIES}
    most = city.world.clock.now() + timedelta(days=said["quick_reply_days"])
    for moment, status in ((most, 200), (most + timedelta(days=1), 422)):
        body = {"template": said["quick_replies"][-1]["name"], "promised_at": moment.isoformat()}
        assert zhou.post(paths["quick_reply"], body).status_code == status
    city.act("zhou", appeal, "sign")
    for workdays, status in ((said["extension_workdays"] + 1, 422), (said["extension_workdays"], 200)):
        body = {"workdays": workdays, "reason": "等待采购"}
        assert zhou.post(paths["request_extension"], body).status_code == status
    for field, longest in (("title", said["text"]["longest_title"]), ("body", said["text"]["longest"])):
        for length, status in ((longest, 201), (longest + 1, 422)):
            assert resident.post("/api/appeals", APPEAL | {field: "长" * length}).status_code == status
    unknown = ["x"] * said["photos"]["most"]
    assert resident.post("/api/appeals", APPEAL | {"photos": unknown}).json["code"] == "unknown_photo"
    assert resident.post("/api/appeals", APPEAL | {"photos": [*unknown, "x"]}).json["code"] == "bad_request"


def test_consent_is_asked_for_every_template_that_is_sent_by() -> None:
    """A template that nobody is asked about would never reach anybody."""
    alerts, http = CollectingAlerts(), Http()
    client = AccountClient(WeChatAccount("wx", "secret"), http, MemoryTokens(), FakeClock())
    messenger = WeChatMessenger(client, client, TEMPLATE_IDS, alerts)
    used = set()
    for occasion in Occasion:
        try:
            used.add(messenger.template_id(Channel.SUBSCRIBE, occasion))
        except ValueError:
            continue  # goes another way only
    asked = subscription_templates(a_world(messenger=messenger))
    assert set(asked.values()) == used
    assert asked == {name: TEMPLATE_IDS[f"mp_{name}"] for name in ("progress", "answer", "supplement", "todo")}
    http.close()


def test_the_models_of_answers_are_whole_sentences_with_blanks() -> None:
    assert {model.outcome.value for model in ANSWER_TEMPLATES.values()} == {"solved", "explained"}
    for model in ANSWER_TEMPLATES.values():
        assert model.text.count("……") >= 5 and "您" in model.text
        assert "联系" in model.text and "电话：……" in model.text
        assert len(normal_form(model.text)) > 2 * SHORTEST
    assert len(QUICK_REPLIES) == len(set(QUICK_REPLIES.values()))


@pytest.mark.parametrize(
    ("published", "configured", "opens"),
    [
        (("city",), "", "city"),
        (("city",), "city", "city"),
        (("city",), "gone", "city"),
        (("city", "other"), "", None),
        (("city", "other"), "other", "other"),
        (("city", "other"), "gone", None),
        ((), "city", None),
    ],
)
def test_which_roster_it_opens_with(published: tuple[str, ...], configured: str, opens: str | None) -> None:
    world: Any = a_world(default_roster=configured)
    world.stores.rosters.put(a_roster(is_published="city" in published))
    for slug in ("other", "gone"):
        world.stores.rosters.put(a_roster(slug=slug, is_published=slug in published))
    assert City(world).client.get(PATH).json["default_roster"] == opens


def test_nothing_is_sent_twice(city: City) -> None:
    first = city.client.get(PATH)
    again = city.client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    city.world.stores.rosters.put(a_roster(slug="other"))
    changed = city.client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert (changed.status_code, changed.json["default_roster"]) == (200, None)


def server_time(answer: Any) -> datetime:
    return datetime.fromisoformat(answer.headers["Server-Time"])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", PATH, 200),
        ("GET", "/api/rosters/city/directory", 200),
        ("GET", "/api/me", 401),
        ("GET", "/api/nothing", 404),
        ("DELETE", "/api/me/", 404),
        ("PUT", "/api/me", 405),
        ("POST", "/api/appeals/lookup", 422),
    ],
)
def test_every_answer_tells_the_worlds_time(city: City, method: str, path: str, status: int) -> None:
    for moved in (timedelta(), timedelta(days=3, milliseconds=7)):
        city.world.clock.advance(moved)
        answer = city.client.open(path, method=method)
        assert answer.status_code == status
        assert server_time(answer) == city.world.clock.now()
        assert answer.headers["Server-Time"].endswith("Z") and "." in answer.headers["Server-Time"]


def test_an_answer_that_nothing_has_changed_tells_it_too(city: City) -> None:
    for path in (PATH, "/api/rosters/city/directory"):
        etag = city.client.get(path).headers["ETag"]
        city.world.clock.advance(seconds=1)
        answer = city.client.get(path, headers={"If-None-Match": etag})
        assert (answer.status_code, server_time(answer)) == (304, city.world.clock.now())


def test_it_is_told_when_the_database_is_away_and_nowhere_but_in_the_api(city: City) -> None:
    city.world.stores.outage.away = True
    answer = city.client.get("/api/rosters")
    assert (answer.status_code, server_time(answer)) == (503, city.world.clock.now())
    assert "Server-Time" not in city.client.get("/healthz").headers


def test_who_left_does_not_change_it(city: City) -> None:
    """It is asked for at every start; what changes daily belongs elsewhere."""
    etag = city.client.get(PATH).headers["ETag"]
    leave(city, "roads")
    assert city.client.get(PATH, headers={"If-None-Match": etag}).status_code == 304
