"""The way of an appeal through the supervision office's hands over HTTP."""

from __future__ import annotations

from app.domain.officer import OfficeRole
from app.services.messages.reminding import sweep
from tests.web.city import City
from tests.web.offices import act, act_read, codes, office


def test_an_appeal_about_an_official_is_routed_by_a_person(city: City) -> None:
    appeal = city.submit(about_official=True)
    supervisor = office(city)
    assert codes(supervisor, "review") == [appeal["code"]]
    refused = act(supervisor, appeal, "assign", 409, official_id="education")
    assert refused["code"] == "conflict_of_interest"
    routed = act(supervisor, appeal, "assign")
    assert (routed["state"], routed["official"]["id"]) == ("assigned", "roads")
    assert codes(supervisor, "review") == []
    assert city.login("zhou").get(f"/api/appeals/{appeal['id']}").status_code == 404


def test_whom_it_is_about_is_said_later_and_it_leaves_them_at_once(city: City) -> None:
    appeal, supervisor = city.submit(), office(city)
    assert city.login("zhou").get(f"/api/appeals/{appeal['id']}").status_code == 200
    told = act(supervisor, appeal, "set_about")
    assert (told["state"], [one["id"] for one in told["about"]]) == ("submitted", ["education"])
    assert (told["official"]["id"], told["about_official"]) == ("education", True)
    for who in ("zhou", "aide"):
        assert city.login(who).get(f"/api/appeals/{appeal['id']}").status_code == 404
        assert city.login(who).get("/api/official/inbox").json["items"] == []
    shown = city.login("resident").get(f"/api/appeals/{appeal['id']}")
    assert shown.json["about_official"] is True
    assert "来电说明反映的是局长" not in shown.text, "for the supervision office alone"
    assert act(supervisor, appeal, "assign", official_id="roads")["state"] == "assigned"
    assert "来电说明" not in city.login("xie").get(f"/api/appeals/{appeal['id']}").text
    assert act(supervisor, appeal, "set_about", official_ids=[])["about"] == []
    assert act(supervisor, appeal, "set_about", 404, official_ids=["nobody"])["code"] == "no_such_official"
    assert act(supervisor, appeal, "set_about", 422, official_ids=["roads"] * 6)["code"] == "bad_request"


def test_a_rejection_names_the_proper_channel(city: City) -> None:
    appeal = city.submit(about_official=True)
    rejected = act(office(city), appeal, "reject")
    assert rejected["state"] == "rejected"
    shown = city.login("resident").get(f"/api/appeals/{appeal['id']}").json
    assert "请向人民法院提出" in shown["timeline"][0]["text"]


def test_merged_residents_are_told_and_rate_for_themselves(city: City) -> None:
    parent, child = city.submit(), city.submit(by="neighbour", title="路灯又坏了")
    supervisor = office(city)
    assert act(supervisor, child, "merge", 404)["code"] == "no_such_appeal"
    assert act(supervisor, child, "merge", parent_id=parent["id"])["state"] == "merged"
    assert city.act("resident", parent, "withdraw", {}, 409)["code"] == "others_merged"
    city.act("zhou", parent, "sign")
    city.act("zhou", parent, "answer", {"text": "路灯已修好", "outcome": "solved"})
    sweep(city.world)
    sweep(city.world)
    seen = city.login("neighbour").get(f"/api/appeals/{child['id']}").json
    assert [answer["text"] for answer in seen["answers"]] == ["路灯已修好"]
    rated = city.act("neighbour", child, "rate", {"resolution": "resolved", "satisfaction": "satisfied"})
    assert (rated["state"], len(rated["ratings"])) == ("merged", 1)
    assert act_read(supervisor, parent)["ratings"] == []


def test_following_up_twice_at_most_and_never_by_the_handling_unit(city: City) -> None:
    appeal = city.answered()
    operator = office(city, OfficeRole.OPERATOR)
    assert act(office(city, OfficeRole.OPERATOR, ""), appeal, "follow_up", 409, reached=False)["code"] == "unit_unknown"
    unit = city.world.stores.officials.get("education").unit
    assert act(office(city, OfficeRole.OPERATOR, unit), appeal, "follow_up", 409, reached=False)["code"] == "own_unit"
    assert act(operator, appeal, "follow_up", reached=False)["state"] == "answered"
    said = {"resolution": "resolved", "satisfaction": "fairly"}
    followed = act(operator, appeal, "follow_up", reached=True, **said)
    assert (followed["state"], followed["ratings"][0]["satisfaction"]) == ("concluded", "fairly")
    seen = city.login("resident").get(f"/api/appeals/{appeal['id']}").json["timeline"]
    assert [(entry["deed"], entry["outcome"]) for entry in seen[:3]] == [
        ("conclude", ""),
        ("rate", "resolved fairly"),
        ("follow_up", "reached"),
    ], "the attempt that reached nobody is not the resident's to read"

    other = city.answered()
    for _ in range(2):
        act(operator, other, "follow_up", reached=False)
    assert act(operator, other, "follow_up", 409, reached=False)["code"] == "wrong_state"


def test_publication_needs_consent_an_answer_and_a_persons_words(city: City) -> None:
    supervisor = office(city)
    assert act(supervisor, city.answered(), "publish", 409)["code"] == "no_consent"
    assert act(supervisor, city.submit(visibility="public"), "publish", 409)["code"] == "not_answered_yet"
    appeal = city.answered(visibility="public")
    assert appeal["code"] in codes(supervisor, "publication")
    act(supervisor, appeal, "publish")
    (public,) = city.client.get("/api/public/appeals").json["items"]
    assert (public["title"], public["answer"], public["official"]["name"]) == ("路灯", "已修好", "周文清")
    assert appeal["body"] not in str(public)
    assert appeal["code"] not in str(public), "with it one could look the original up"
    assert city.client.get("/api/public/appeals?roster=elsewhere").json["items"] == []
    assert appeal["code"] not in codes(supervisor, "publication")
    act(supervisor, appeal, "unpublish")
    assert city.client.get("/api/public/appeals").json == {"items": [], "next": None}
    number = {"body": "请打 15400001234"}
    assert act(supervisor, appeal, "publish", 422, **number)["detail"]["field"] == "body"
    act(supervisor, appeal, "publish", **number, numbers_meant=True)


def test_what_is_about_an_official_is_never_published_whatever_the_resident_ticked(city: City) -> None:
    appeal = city.submit(visibility="public", about_official=True)
    supervisor = office(city)
    act(supervisor, appeal, "assign")
    city.act("xie", appeal, "sign")
    city.act("xie", appeal, "answer", {"text": "已核实并处理", "outcome": "solved"})
    assert act(supervisor, appeal, "publish", 409)["code"] == "no_consent"
