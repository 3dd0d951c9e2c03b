"""Public figures over HTTP: with their cases, none below ten, never a rank; and the same in the directory."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.appeal import Kind
from app.services.figures.tallies import roll_up
from tests.domain.factories import beijing
from tests.services.factories import a_roster, a_world, an_official, answer, sign, submitted
from tests.web.city import RATING, City

FIGURES = "/api/public/figures"
DIRECTORY = "/api/rosters/city/directory"


def city_with(cases: int, answered: int = 0) -> City:
    """So many appeals to 周文清 fell due, some of them answered in time and rated by nobody."""
    world: Any = a_world()
    for number in range(cases):
        appeal = submitted(world, kind=Kind.CONSULTATION)
        if number < answered:
            answer(world, "zhou", sign(world, "zhou", appeal))
    world.clock.set(beijing("2026-03-06 10:00"))
    roll_up(world)
    return City(world)


def figures(city: City, official: str = "education", **query: Any) -> dict[str, Any]:
    items = city.client.get(FIGURES, query_string=query).json["items"]
    found: dict[str, Any] = next(item for item in items if item["id"] == official)["figures"]
    return found


def test_below_ten_cases_there_is_no_figure_but_their_number() -> None:
    city = city_with(9, 9)
    found = figures(city)
    assert found["on_time"] == {"rate": None, "cases": 9, "text": "按时答复 数据积累中（近 90 天 9 件）"}
    assert found["first_response"] == {
        "median_minutes": None,
        "cases": 9,
        "text": "首次联系 数据积累中（按工作时间，近 90 天 9 件）",
    }
    assert {rate["rate"] for name, rate in found.items() if name not in {"days", "first_response"}} == {None}
    assert city.client.get("/api/officials/education").json["figures"] is None


def test_from_ten_cases_on_there_is_a_sentence() -> None:
    city = city_with(12, 11)
    found = figures(city)
    assert found["on_time"] == {"rate": 0.9167, "cases": 12, "text": "按时答复 91%（近 90 天 12 件）"}
    assert found["response"]["text"] == "按时联系 91%（近 90 天 12 件）"
    assert found["resolution"] == {"rate": None, "cases": 0, "text": "评价已解决 数据积累中（近 90 天 0 件评价）"}
    assert found["participation"] == {"rate": 0.0, "cases": 11, "text": "群众参评 0%（近 90 天 11 件答复）"}
    assert found["first_response"] == {
        "median_minutes": 0,
        "cases": 12,
        "text": "半数在 0 分钟内得到首次联系（按工作时间，近 90 天 12 件）",
    }


def test_when_most_wait_the_median_says_so() -> None:
    found = figures(city_with(12, 2))
    assert found["first_response"]["median_minutes"] is None
    assert found["first_response"]["text"] == "首次联系 半数以上仍在等候（按工作时间，近 90 天 12 件）"


def test_the_period_is_asked_for_in_days() -> None:
    city = city_with(12, 12)
    assert figures(city, days=1)["on_time"]["text"] == "按时答复 100%（近 1 天 12 件）"
    city.world.clock.advance(days=1)
    assert figures(city, days=1)["on_time"]["cases"] == 0
    assert figures(city, days=2)["on_time"]["cases"] == 12
    for days in ("0", "367", "-1", "x", "1.5"):
        assert city.client.get(FIGURES, query_string={"days": days}).status_code == 422


def test_in_the_directorys_order_and_never_ranked() -> None:
    city = city_with(12, 12)
    answer_ = city.client.get(FIGURES)
    assert answer_.json["next"] is None
    assert [item["id"] for item in answer_.json["items"]] == ["mayor", "education", "roads"]
    assert set(answer_.json["items"][0]) == {"id", "roster", "group", "name", "post", "unit", "figures"}
    assert "rank" not in answer_.text and "名次" not in answer_.text and "phone" not in answer_.text


def test_one_roster_or_all() -> None:
    city = city_with(0)
    city.world.stores.rosters.put(a_roster(slug="other"))
    city.world.stores.officials.put(an_official("wu", roster="other", name="吴敏"))
    assert [item["id"] for item in city.client.get(FIGURES, query_string={"roster": "other"}).json["items"]] == ["wu"]
    assert len(city.client.get(FIGURES).json["items"]) == 4
    assert city.client.get(FIGURES, query_string={"roster": "nope"}).status_code == 404
    assert city.client.get(FIGURES, query_string={"roster": "../x"}).status_code == 422


def test_who_left_has_no_figures_on_the_very_next_request() -> None:
    from tests.web.test_directory import leave

    city = city_with(12, 12)
    assert figures(city)["on_time"]["cases"] == 12
    leave(city, "education")
    assert [item["id"] for item in city.client.get(FIGURES).json["items"]] == ["mayor", "roads"]


def test_the_directory_shows_the_same_and_is_made_anew_when_they_change() -> None:
    city = city_with(12, 11)
    made = city.app.extensions["rendered_directories"]

    def shown() -> Any:
        groups = city.client.get(DIRECTORY).json["groups"]
        return {official["id"]: official["figures"] for group in groups for official in group["officials"]}

    etag = city.client.get(DIRECTORY).headers["ETag"]
    assert shown() == {"mayor": None, "education": figures(city), "roads": None}
    assert city.client.get("/api/officials/education").json["figures"] == figures(city)
    assert city.client.get("/api/officials?q=周文清").json["items"][0]["figures"] == figures(city)
    assert made.renderings == 1
    late = next(a for a in city.world.stores.appeals.kept.values() if a.state.value == "assigned")
    answer(city.world, "zhou", sign(city.world, "zhou", late))
    roll_up(city.world)
    city.world.clock.advance(seconds=61)
    assert shown()["education"]["participation"]["cases"] == 12
    assert made.renderings == 2
    assert city.client.get(DIRECTORY).headers["ETag"] != etag


def test_a_directory_that_is_asked_for_often_costs_one_read() -> None:
    city: Any = city_with(12, 12)
    reads: list[str] = []
    city.client.get(DIRECTORY)
    for name in ("rosters", "officials", "daily_tallies", "figure_marks", "appeals"):
        spy(getattr(city.world.stores, name), name, reads)
    for _ in range(5):
        assert city.client.get(DIRECTORY).status_code == 200
    assert reads == ["rosters"] * 5


def spy(shelf: Any, name: str, reads: list[str]) -> None:
    """Notes every read of the shelf."""
    for method in ("get", "where"):
        plain = getattr(shelf, method)
        setattr(shelf, method, lambda *args, plain=plain: reads.append(name) or plain(*args))


@pytest.mark.parametrize("token", ["", "not-a-token"])
def test_no_login_is_needed(token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    assert city_with(0).client.get(FIGURES, headers=headers).status_code == 200


def test_ratings_reach_the_public() -> None:
    city = City()
    for number in range(10):
        appeal = city.answered()
        rating = RATING | {"resolution": "partly", "satisfaction": "fairly"} if number else RATING
        city.act("resident", appeal, "rate", rating)
    city.world.clock.set(beijing("2026-03-17 10:00"))
    roll_up(city.world)
    found = figures(city)
    assert [found[name]["rate"] for name in ("resolution", "partly", "satisfaction", "participation")] == [
        0.0,
        0.9,
        0.9,
        1.0,
    ]
    assert found["satisfaction"]["text"] == "评价满意 90%（近 90 天 10 件评价）"


def test_the_document_knows_it(city: City) -> None:
    document = city.client.get("/openapi.json").json
    operation = document["paths"][FIGURES]["get"]
    assert {"200", "404", "422", "429", "503"} <= set(operation["responses"])
    assert not operation.get("security")
    assert {parameter["name"] for parameter in operation["parameters"]} == {"roster", "days"}
