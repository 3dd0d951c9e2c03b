"""From the supervision list to interview and referral, and the review of a second discontent."""

from __future__ import annotations

from datetime import timedelta

from app.domain.officer import OfficeRole
from tests.web.city import RATING, City
from tests.web.offices import act, act_read, codes, let_time_pass, office


def test_supervision_goes_to_order_interview_rectification_and_referral(city: City) -> None:
    appeal = city.submit()
    supervisor = office(city)
    assert act(supervisor, appeal, "sign_order", 409)["code"] == "not_on_the_list"
    let_time_pass(city, days=10)
    supervisor = office(city)
    assert codes(supervisor, "supervision") == [appeal["code"]]
    ordered = act(supervisor, appeal, "sign_order")
    assert ordered["supervisions"][0]["number"].startswith("督〔")
    assert ordered["supervisions"][0]["number"].endswith("〕1号")
    assert ordered["due_at"] == city.login("resident").get(f"/api/appeals/{appeal['id']}").json["due_at"], "not reset"
    assert act(supervisor, appeal, "sign_order", 409)["code"] == "order_signed"

    let_time_pass(city, days=7)
    supervisor, inspector = office(city), office(city, OfficeRole.INSPECTOR)
    assert codes(supervisor, "interview") == [appeal["code"]]
    (suggested,) = act_read(supervisor, appeal)["interviews"]
    assert (suggested["reason"], suggested["decision"]) == ("order_ignored", None)
    assert len(suggested["evidence_hash"]) == 64
    by_when = (city.world.clock.now() + timedelta(days=5)).isoformat()
    decided = act(supervisor, appeal, "decide_interview", rectify_by=by_when)
    assert decided["interviews"][0]["decided_by"] == "李督查（工号 801）"
    assert decided["interviews"][0]["evidence"] == suggested["evidence"], "frozen when it was suggested"
    assert act(supervisor, appeal, "decide_interview", 409)["code"] == "interview_decided"
    assert inspector.get(f"/api/office/appeals/{appeal['id']}").status_code == 404

    let_time_pass(city, days=6)
    inspector = office(city, OfficeRole.INSPECTOR)
    assert codes(inspector, "referred") == [appeal["code"]]
    assert inspector.get(f"/api/office/appeals/{appeal['id']}").status_code == 200
    for person in ("resident", "zhou"):
        deeds = {e["deed"] for e in city.login(person).get(f"/api/appeals/{appeal['id']}").json["timeline"]}
        assert not deeds & {"suggest_interview", "interview", "refer"}, "for the office alone"


def test_what_was_put_right_in_time_is_not_referred(city: City) -> None:
    appeal = city.answered()
    supervisor = office(city)
    act(supervisor, appeal, "suggest_interview")
    by_when = (city.world.clock.now() + timedelta(days=2)).isoformat()
    act(supervisor, appeal, "decide_interview", rectify_by=by_when)
    act(supervisor, appeal, "confirm_rectified")
    let_time_pass(city, days=3)
    supervisor = office(city)
    assert act_read(supervisor, appeal)["interviews"][0]["referred_at"] is None
    assert act(supervisor, appeal, "confirm_rectified", 404, interview=9)["code"] == "no_such_interview"


def test_a_dismissed_suggestion_takes_no_date_and_is_never_referred(city: City) -> None:
    appeal = city.answered()
    supervisor = office(city)
    act(supervisor, appeal, "suggest_interview")
    by_when = (city.world.clock.now() + timedelta(days=2)).isoformat()
    dated = act(supervisor, appeal, "decide_interview", 422, decision="dismissed", rectify_by=by_when)
    assert dated["code"] == "rectify_without_interview"
    act(supervisor, appeal, "decide_interview", decision="dismissed")
    assert act(supervisor, appeal, "confirm_rectified", 409)["code"] == "nothing_to_rectify"
    let_time_pass(city, days=3)
    assert act_read(office(city), appeal)["interviews"][0]["referred_at"] is None


def test_second_discontent_is_reviewed_and_concluded_with_an_explanation(city: City) -> None:
    appeal = city.answered()
    supervisor = office(city)
    assert act(supervisor, appeal, "conclude", 409)["code"] == "wrong_state"
    city.act("resident", appeal, "rate", RATING)
    city.act("resident", appeal, "reopen", {"reason": "灯还是不亮"})
    city.act("zhou", appeal, "answer", {"text": "已再次检修", "outcome": "solved"})
    assert city.act("resident", appeal, "rate", RATING)["state"] == "under_review"
    assert codes(supervisor, "second_review") == [appeal["code"]]
    assert act(supervisor, appeal, "conclude")["state"] == "concluded"
    assert act(supervisor, appeal, "reopen")["state"] == "in_progress"
