"""Who sees which appeal, and how much of it: object by object, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.services.messages.reminding import sweep
from tests.services.factories import assigned_by_supervisor
from tests.web.city import ANSWER, APPEAL, OFFICIAL_BODIES, RESIDENT_BODIES, City, picture


def reach(city: City, who: str, appeal: dict[str, Any]) -> dict[str, int]:
    """What `who` is answered at every address of the appeal that answers with it."""
    caller = city.login(who)
    given = {"read": caller.get(f"/api/appeals/{appeal['id']}").status_code}
    for action, body in RESIDENT_BODIES.items():
        given[action] = caller.post(f"/api/appeals/{appeal['id']}/{action}", body).status_code
    if who not in {"resident", "neighbour"}:
        for action, body in OFFICIAL_BODIES.items():
            given[action] = caller.post(f"/api/official/appeals/{appeal['id']}/{action}", body).status_code
    return given


@pytest.mark.parametrize("who", ["neighbour", "xie", "wei"])
def test_the_appeal_of_somebody_else_is_not_there(city: City, who: str) -> None:
    appeal = city.submit()
    before = city.world.stores.appeals.get(appeal["id"])
    assert set(reach(city, who, appeal).values()) == {404}
    assert city.world.stores.appeals.get(appeal["id"]) == before
    assert appeal["id"] not in city.login(who).get("/api/appeals").text


def test_what_is_not_there_and_what_is_not_mine_look_alike(city: City) -> None:
    appeal = city.submit()
    neighbour = city.login("neighbour")
    assert neighbour.get(f"/api/appeals/{appeal['id']}").data == neighbour.get("/api/appeals/nope").data


@pytest.mark.parametrize("who", ["zhou", "aide"])
@pytest.mark.parametrize("assigned", [False, True])
def test_the_one_it_is_about_never_sees_it(city: City, who: str, assigned: bool) -> None:
    """Neither the official nor staff, before and after a supervisor gave it to somebody else."""
    appeal = city.submit(about_official=True)
    assert appeal["state"] == "submitted"
    if assigned:
        assigned_by_supervisor(city.world, city.world.stores.appeals.get(appeal["id"]), "roads")
        assert city.login("xie").get(f"/api/appeals/{appeal['id']}").status_code == 200
    assert set(reach(city, who, appeal).values()) == {404}
    for section in ("open", "late", "today", "soon", "later", "done"):
        assert city.login(who).get(f"/api/official/inbox?filter={section}").json["items"] == []


def test_a_resident_may_name_somebody_else_than_the_one_written_to(city: City) -> None:
    appeal = city.submit(official_id="education", about_official_id="mayor")
    assert (appeal["state"], appeal["about_official"]) == ("submitted", True)
    assigned_by_supervisor(city.world, city.world.stores.appeals.get(appeal["id"]), "education")
    assert city.login("zhou").get(f"/api/appeals/{appeal['id']}").status_code == 200
    city.world.clock.advance(timedelta(days=7))
    sweep(city.world)
    assert set(reach(city, "wei", appeal).values()) == {404}
    caller = city.login("resident")
    refused = caller.send("/api/appeals", APPEAL | {"about_official_id": "nobody"}, 404)
    assert refused["code"] == "no_such_official"
    assert caller.send("/api/appeals", APPEAL | {"about_official_id": "no body"}, 422)["detail"]["fields"]


def test_an_appeal_is_never_handed_to_the_one_it_is_about(city: City) -> None:
    appeal = city.submit(about_official=True)
    assigned_by_supervisor(city.world, city.world.stores.appeals.get(appeal["id"]), "roads")
    to = {"official_id": "education", "reason": "属教育局"}
    assert city.act("xie", appeal, "transfer", to, expected=409)["code"] == "conflict_of_interest"


def test_staff_are_always_labelled(city: City) -> None:
    appeal = city.submit()
    city.act("aide", appeal, "log_contact", {"outcome": "called_back"})
    city.act("aide", appeal, "answer", ANSWER)
    for who in ("resident", "zhou", "aide"):
        seen = city.login(who).get(f"/api/appeals/{appeal['id']}").json
        acts = [entry for entry in seen["timeline"] if entry["deed"] in {"contact", "answer"}]
        assert [(entry["by"], entry["on_behalf"], entry["name"]) for entry in acts] == [("staff", True, "周文清")] * 2
        assert seen["answers"][0]["on_behalf"] is True


def told_superior(city: City) -> dict[str, Any]:
    """An appeal so late that the ladder told the mayor."""
    appeal = city.submit(phone="13800138000")
    city.world.clock.advance(days=5)
    sweep(city.world)
    return appeal


def test_a_superior_reads_with_a_masked_phone_and_cannot_act(city: City) -> None:
    appeal = told_superior(city)
    answer = city.login("wei").get(f"/api/appeals/{appeal['id']}")
    assert (answer.status_code, answer.json["part"], answer.json["actions"]) == (200, "superior", [])
    assert answer.json["phone"] == "138****8000"
    assert "13800138000" not in answer.text
    acted = reach(city, "wei", appeal)
    assert acted.pop("read") == 200
    assert set(acted.values()) == {404}


@pytest.mark.parametrize("phone", ["51234567", "0558-5123456", "+8613800138000", "1234567", "010-1234567"])
def test_a_mask_hides_four_digits_at_least(city: City, phone: str) -> None:
    appeal = city.submit(phone=phone)
    city.world.clock.advance(days=5)
    sweep(city.world)
    shown = city.login("wei").get(f"/api/appeals/{appeal['id']}").json["phone"]
    digits = sum(character.isdigit() for character in phone)
    assert digits - sum(character.isdigit() for character in shown) >= 4


def test_the_reason_of_a_hand_back_is_not_for_the_resident(city: City) -> None:
    appeal = city.submit()
    secret = "此人多次无理缠访，不属我局"
    city.act("zhou", appeal, "hand_back", {"reason": secret})
    seen = city.login("resident").get(f"/api/appeals/{appeal['id']}")
    assert seen.json["state"] == "submitted"
    assert secret not in seen.text
    assert "hand_back" not in [entry["deed"] for entry in seen.json["timeline"]]
    assert "hand_back" not in city.login("resident").get("/api/me/export").text
    assert "退回" not in city.login("resident").get("/api/appeals").text


def test_a_wish_for_more_time_is_not_for_the_resident_until_granted(city: City) -> None:
    appeal = city.submit()
    city.act("zhou", appeal, "sign")
    city.act("zhou", appeal, "request_extension", {"workdays": 3, "reason": "人手不足"})
    assert "人手不足" not in city.login("resident").get(f"/api/appeals/{appeal['id']}").text
    assert "人手不足" in city.login("zhou").get(f"/api/appeals/{appeal['id']}").text


def test_who_handed_it_on_has_it_no_more(city: City) -> None:
    appeal = city.submit()
    seen = city.act("zhou", appeal, "transfer", OFFICIAL_BODIES["transfer"])
    assert seen["actions"] == []
    for who in ("zhou", "aide"):
        assert set(reach(city, who, appeal).values()) == {404}
        assert city.login(who).get("/api/official/inbox").json["items"] == []
    assert [item["id"] for item in city.login("xie").get("/api/official/inbox").json["items"]] == [appeal["id"]]


def test_a_photo_of_somebody_else_cannot_be_attached(city: City) -> None:
    theirs = city.login("neighbour").upload(picture()).json["id"]
    answer = city.login("resident").post("/api/appeals", APPEAL | {"photos": [theirs]})
    assert (answer.status_code, answer.json["code"]) == (422, "unknown_photo")
    answer = city.login("resident").post("/api/appeals", APPEAL | {"photos": ["nope"]})
    assert answer.json["detail"]["photos"] == ["nope"]


def test_looking_up_does_not_give_the_whole_phone_for_its_last_four_digits(city: City) -> None:
    """Who knows code and tail (a slip of paper, a glance) is not yet the resident."""
    appeal = city.submit(phone="13800138000")
    answer = city.client.post("/api/appeals/lookup", json={"code": appeal["code"], "phone_tail": "8000"})
    assert answer.status_code == 200
    assert "13800138000" not in answer.text


def test_own_appeals_and_exports_keep_the_whole_phone(city: City) -> None:
    appeal = city.submit(phone="13800138000")
    assert city.login("resident").get(f"/api/appeals/{appeal['id']}").json["phone"] == "13800138000"
    assert city.login("zhou").get(f"/api/appeals/{appeal['id']}").json["phone"] == "13800138000"


def test_lists_show_no_phone_at_all(city: City) -> None:
    city.submit(phone="13800138000")
    for who, path in (("resident", "/api/appeals"), ("zhou", "/api/official/inbox")):
        assert "13800138000" not in city.login(who).get(path).text
