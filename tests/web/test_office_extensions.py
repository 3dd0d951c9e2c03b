"""An extension that the official asks for and the office grants, cuts or refuses."""

from __future__ import annotations

from typing import Any

from tests.web.city import City
from tests.web.offices import act, codes, office


def test_an_extension_is_asked_for_and_granted_and_the_resident_is_told_why(city: City) -> None:
    appeal = city.submit()
    city.act("zhou", appeal, "sign")
    city.act("zhou", appeal, "request_extension", {"workdays": 3, "reason": "等待采购灯具"})
    supervisor = office(city)
    assert codes(supervisor, "extension") == [appeal["code"]]
    before = appeal["deadlines"][-1]["due_at"]
    after = act(supervisor, appeal, "extend")["deadlines"][-1]["due_at"]
    assert after > before
    assert act(supervisor, appeal, "extend", 409)["code"] == "extension_not_asked"
    shown = city.login("resident").get(f"/api/appeals/{appeal['id']}").json
    assert shown["timeline"][0]["text"] == "等待采购灯具"


def wished(city: City, workdays: int = 5) -> dict[str, Any]:
    """An appeal whose official asked for more time."""
    appeal = city.submit()
    city.act("zhou", appeal, "sign")
    return city.act("zhou", appeal, "request_extension", {"workdays": workdays, "reason": "等待采购灯具"})


def test_fewer_workdays_than_asked_for_may_be_granted_never_more(city: City) -> None:
    appeal, supervisor = wished(city), office(city)
    assert appeal["extension"]["wish"] == "asked"
    too_many = act(supervisor, appeal, "extend", 422, workdays=6)
    assert (too_many["code"], too_many["detail"]["most"]) == ("extension_out_of_range", 5)
    assert "最多延期 5 个工作日" in too_many["message"]
    granted = act(supervisor, appeal, "extend", workdays=2)["extension"]
    assert (granted["wish"], granted["workdays"]) == ("granted", 2)
    seen = city.login("resident").get(f"/api/appeals/{appeal['id']}").json
    assert (seen["extension"]["workdays"], seen["extension"]["reason"]) == (2, "等待采购灯具")


def test_a_refused_extension_is_told_to_the_official_with_its_reason_and_to_nobody_else(city: City) -> None:
    appeal, supervisor = wished(city), office(city)
    due = appeal["due_at"]
    assert act(supervisor, appeal, "refuse_extension", 422, reason=" ")["code"] == "bad_request"
    after = act(supervisor, appeal, "refuse_extension", note="请抓紧")
    assert after["due_at"] == due
    assert codes(supervisor, "extension") == []
    for who in ("zhou", "aide"):
        seen = city.login(who).get(f"/api/appeals/{appeal['id']}").json
        assert (seen["extension"]["wish"], seen["extension"]["refusal"]) == ("refused", "材料已经到货\n请抓紧")
        assert "request_extension" not in seen["actions"]
        assert seen["timeline"][0]["deed"] == "refuse_extension"
    resident = city.login("resident").get(f"/api/appeals/{appeal['id']}")
    assert resident.json["extension"] is None
    assert "refuse_extension" not in resident.text
    assert "材料已经到货" not in resident.text
    assert act(supervisor, appeal, "extend", 409)["code"] == "extension_not_asked"
    again = city.act("zhou", appeal, "request_extension", {"workdays": 1, "reason": "再要一天"}, 409)
    assert again["code"] == "extension_used"
