"""What a roster's policy shows over HTTP: hours, hints, campaigns, enterprises, posters."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from app.domain.roster import AnsweredBy, Audience, Campaign, CourtesyHours, Policy, ServiceHours, SourceCode
from tests.domain.factories import beijing
from tests.services.factories import a_roster, a_world, an_official
from tests.web.city import APPEAL, City

DIRECTORY = "/api/rosters/city/directory"
FIRM = {"name": "亳州示例药业有限公司", "credit_code": "91350100M000100Y43"}
OPERATORS = Policy(
    Audience.ENTERPRISE,
    AnsweredBy.OPERATORS,
    ServiceHours(time(8), time(22)),
    CourtesyHours(time(12), time(14), "午休"),
)
CLOSED = "现在无人接听。工作日 8:00 至 22:00 接听电话，3月3日（周二）8:00 恢复；诉求随时可以提交"


def a_city(policy: Policy) -> City:
    return City(a_world(a_roster(policy=policy)))


def now_at(city: City, moment: str) -> dict[str, Any]:
    city.world.clock.set(beijing(moment))
    roster: dict[str, Any] = city.client.get(DIRECTORY).json["roster"]
    official = city.client.get("/api/officials/education").json
    listed = city.client.get("/api/rosters").json["items"][0]
    for name in ("open_now", "opens_next", "courtesy_now", "campaign"):
        assert roster[name] == official[name] == listed[name]
    return roster


def test_operators_answer_in_their_hours_and_the_directory_says_when_again() -> None:
    city = a_city(OPERATORS)
    open_, noon = now_at(city, "2026-03-02 08:00"), now_at(city, "2026-03-02 13:00")
    assert (open_["open_now"], open_["opens_next"], open_["courtesy_now"]) == (True, None, None)
    assert (noon["open_now"], noon["courtesy_now"]) == (True, "午休")
    closed = now_at(city, "2026-03-02 22:00")
    assert (closed["open_now"], closed["opens_next"]) == (False, CLOSED)


def test_the_directory_is_made_anew_when_the_hour_changes_and_only_then() -> None:
    city = a_city(OPERATORS)
    made = city.app.extensions["rendered_directories"]
    etags = []
    for moment in ("21:58:00", "21:58:30", "22:00:00", "22:00:30"):
        city.world.clock.set(beijing(f"2026-03-02 {moment}"))
        answers = [city.client.get(DIRECTORY, headers={"If-None-Match": etag}) for etag in etags[-1:] or ["x"]]
        etags += [answer.headers["ETag"] for answer in answers]
        assert [answer.status_code for answer in answers] == [304 if moment.endswith("30") else 200]
    assert (made.renderings, len(set(etags))) == (2, 2)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (
            "2026-03-01 10:00",
            "这条专线 2026年3月2日起受理诉求，至2026年3月31日止；现在可以查阅名录，急事请通过其他名录反映",
        ),
        (
            "2026-04-01 10:00",
            "这条专线的受理期是 2026年3月2日至2026年3月31日，现已结束；名录仍可查阅，新的诉求请通过其他名录反映",
        ),
    ],
)
def test_a_campaign_outside_its_dates_stays_readable_and_says_why_it_takes_nothing(moment: str, words: str) -> None:
    city = a_city(Policy(campaign=Campaign("防汛", date(2026, 3, 2), date(2026, 3, 31))))
    campaign = now_at(city, moment)["campaign"]
    assert (campaign["open"], campaign["notice"]) == (False, words)
    answer = city.login("resident").post("/api/appeals", APPEAL)
    assert (answer.status_code, answer.json["code"], answer.json["message"]) == (409, "roster_closed", words)
    assert answer.json["detail"]["ends_on"] == "2026-03-31"


def test_an_enterprise_writes_in_its_name_and_the_handlers_see_which() -> None:
    city = a_city(OPERATORS)
    resident = city.login("resident")
    assert resident.post("/api/appeals", APPEAL).json["code"] == "enterprises_only"
    assert resident.ask("PATCH", "/api/me", json={"organisation": FIRM}).json["organisation"] == FIRM
    appeal = resident.send("/api/appeals", APPEAL, 201)
    later = FIRM | {"name": "改名后的公司"}
    resident.ask("PATCH", "/api/me", json={"organisation": later})
    for who in ("resident", "zhou", "aide"):
        assert city.login(who).get(f"/api/appeals/{appeal['id']}").json["organisation"] == FIRM
    looked_up = {"code": appeal["code"], "phone_tail": "8000"}
    assert city.nobody.send("/api/appeals/lookup", looked_up)["organisation"] is None
    left = resident.ask("PATCH", "/api/me", json={"organisation": None})
    assert (left.status_code, left.json["organisation"]) == (200, None)
    assert resident.post("/api/appeals", APPEAL).json["code"] == "enterprises_only"
    resident.send(f"/api/appeals/{appeal['id']}/withdraw")
    assert resident.ask("DELETE", "/api/me").status_code == 204
    assert city.world.stores.appeals.get(appeal["id"]).organisation is None


def test_a_private_person_on_a_roster_for_everyone_is_no_enterprise(city: City) -> None:
    city.login("resident").ask("PATCH", "/api/me", json={"organisation": FIRM})
    assert city.submit()["organisation"] is None


def test_scans_of_posters_are_counted_without_login() -> None:
    city = a_city(Policy(source_codes=(SourceCode("HALL", "政务大厅"),)))
    shown = city.nobody.send("/api/visits", {"roster": "city", "source": " HALL "}, 201)
    assert shown == {"roster": "city", "source": "HALL", "place": "政务大厅", "day": "2026-03-02", "counted": True}
    for _ in range(2):
        city.nobody.send("/api/visits", {"roster": "city", "source": "HALL"}, 201, "key")
    unknown = city.nobody.send("/api/visits", {"roster": "city", "source": "墙上"}, 201)
    assert (unknown["place"], unknown["counted"]) == (None, False)
    (count,) = city.world.stores.visits.kept.values()
    assert count.visits == 2
    assert city.nobody.post("/api/visits", {"roster": "nope", "source": "HALL"}).json["code"] == "no_such_roster"
    for wrong in ({"roster": "city"}, {"roster": "", "source": "x"}, {"roster": "city", "source": "  "}):
        assert city.nobody.post("/api/visits", wrong).status_code == 422
    assert city.submit(source="墙上")["source"] == "墙上"


def test_every_kind_of_contact_is_shown(city: City) -> None:
    contacts = {"email": "zhou@example.cn", "wechat_id": "ztc_demo_001", "duty_phone": "0558-0000101"}
    city.world.stores.officials.put(an_official("education", **contacts))
    shown = city.client.get("/api/officials/education").json
    assert contacts.items() <= shown.items() and shown["phone"]
