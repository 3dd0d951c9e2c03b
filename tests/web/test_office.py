"""The supervision office over HTTP: who may do what, and the way of an appeal through its hands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.domain.officer import OfficeRole
from app.services.messages.reminding import sweep
from app.services.officers.access import add_officer
from app.services.officers.audit import broken_at
from tests.web.city import APPEAL, RATING, Caller, City

PASSWORD = "correct horse battery"
ACTIONS: dict[str, dict[str, Any]] = {
    "assign": {"official_id": "roads"},
    "transfer": {"official_id": "roads", "reason": "属城管职责"},
    "reject": {"reason": "已进入诉讼程序", "proper_channel": "请向人民法院提出"},
    "extend": {},
    "refuse_extension": {"reason": "材料已经到货"},
    "urge": {},
    "conclude": {"explanation": "已电话说明并复核"},
    "reopen": {"reason": "答复与事实不符"},
    "sign_order": {},
    "suggest_interview": {"reason": "perfunctory", "text": "三件诉求答复雷同，已核实"},
    "decide_interview": {"interview": 1, "decision": "held", "text": "已约谈"},
    "confirm_rectified": {"interview": 1, "text": "路灯已修好"},
    "publish": {"title": "路灯", "body": "路灯不亮", "answer": "已修好"},
    "unpublish": {"reason": "含有个人信息"},
    "merge": {"parent_id": "nothing"},
    "set_about": {"official_ids": ["education"], "reason": "来电说明反映的是局长"},
}


def office(city: City, role: OfficeRole = OfficeRole.SUPERVISOR, unit: str = "市委督查室") -> Caller:
    """Somebody of the office, logged in."""
    name = f"{role.value}-{unit}"
    if city.world.stores.officers.by_username(name) is None:
        number = str(801 + len(city.world.stores.officers.all()))
        add_officer(city.world, name, "李督查", (role,), PASSWORD, number, unit)
    answer = city.client.post("/api/office/session", json={"username": name, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    assert answer.json["officer"]["roles"] == [role.value]
    return Caller(city.client, answer.json["token"])


def act(by: Caller, appeal: dict[str, Any], action: str, expected: int = 200, **body: Any) -> dict[str, Any]:
    return by.send(f"/api/office/appeals/{appeal['id']}/{action}", ACTIONS.get(action, {}) | body, expected)


def let_time_pass(city: City, **length: int) -> None:
    city.world.clock.advance(timedelta(**length))
    sweep(city.world)


def codes(by: Caller, desk: str) -> list[str]:
    return [item["code"] for item in by.get(f"/api/office/worklist?desk={desk}").json["items"]]


@pytest.mark.parametrize("role", [role for role in OfficeRole if role is not OfficeRole.SUPERVISOR])
@pytest.mark.parametrize("action", ACTIONS)
def test_only_supervisors_decide(city: City, role: OfficeRole, action: str) -> None:
    assert act(office(city, role), city.submit(), action, expected=403)["code"] == "not_your_role"


@pytest.mark.parametrize(
    ("role", "worklist", "appeal", "audit"),
    [
        (OfficeRole.SUPERVISOR, 200, 200, 403),
        (OfficeRole.OPERATOR, 200, 200, 403),
        (OfficeRole.AUDITOR, 200, 200, 200),
        (OfficeRole.INSPECTOR, 403, 404, 403),  # what was not referred is not there
        (OfficeRole.EDITOR, 403, 403, 403),
        (OfficeRole.ADMIN, 403, 403, 200),
    ],
)
def test_who_may_read_what(city: City, role: OfficeRole, worklist: int, appeal: int, audit: int) -> None:
    one = city.submit()
    by = office(city, role)
    assert by.get("/api/office/worklist").status_code == worklist
    assert by.get(f"/api/office/appeals/{one['id']}").status_code == appeal
    assert by.get("/api/office/audit").status_code == audit


def test_the_work_list_is_narrowed_as_the_consoles_is(city: City) -> None:
    one = city.submit(kind="complaint")
    by = office(city)
    for query, found in {
        "desk=all&roster=city&kind=complaint": [one["code"]],
        "desk=all&kind=suggestion": [],
        "desk=all&official=education": [one["code"]],
        "desk=all&official=nobody": [],
        "desk=late": [],
    }.items():
        assert [item["code"] for item in by.get(f"/api/office/worklist?{query}").json["items"]] == found, query
    city.world.clock.advance(timedelta(days=5))
    later = office(city, OfficeRole.AUDITOR)
    assert codes(later, "late") == [one["code"]]
    assert later.get("/api/office/worklist?desk=nowhere").status_code == 422


def test_neither_token_opens_the_other_door(city: City) -> None:
    assert city.login("resident").get("/api/office/worklist").status_code == 401
    assert office(city).get("/api/me").status_code == 401
    assert city.nobody.get("/api/office/audit").status_code == 401


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(city: City) -> None:
    office(city)
    wrong = {"username": "supervisor-市委督查室", "password": "guess"}
    for _ in range(5):
        answer = city.client.post("/api/office/session", json=wrong)
        assert (answer.status_code, answer.json["code"]) == (401, "wrong_password")
    locked = city.client.post("/api/office/session", json=wrong | {"password": PASSWORD})
    assert (locked.status_code, locked.json["code"]) == (429, "locked_out")
    city.world.clock.advance(timedelta(minutes=16))
    assert office(city)


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


def test_an_operator_writes_down_a_call_with_the_number_of_the_operator(city: City) -> None:
    body = APPEAL | {"phone": "", "caller_phone": "15400001234"}
    operator = office(city, OfficeRole.OPERATOR)
    made = operator.send("/api/office/appeals", body, 201, key="once")
    assert operator.send("/api/office/appeals", body, 201, key="once")["id"] == made["id"]
    assert made["state"] == "assigned"
    assert made["phone"] == "154****1234"
    assert made["timeline"][-1]["name"] == "李督查（工号 801）"
    found = city.client.post("/api/appeals/lookup", json={"code": made["code"], "phone_tail": "1234"})
    assert found.status_code == 200
    assert office(city, OfficeRole.AUDITOR).post("/api/office/appeals", body).status_code == 403


def test_an_operator_records_how_the_callers_call_went(city: City) -> None:
    told = {"caller_phone": "15400001234", "call_outcome": "busy", "call_note": "打了两次"}
    operator = office(city, OfficeRole.OPERATOR)
    call = operator.send("/api/office/calls", told | {"official_id": "education"}, 201, key="once")
    assert operator.send("/api/office/calls", told | {"official_id": "education"}, 201, key="once") == call
    assert (call["outcome"], call["note"], call["registrar"]) == ("busy", "打了两次", "李督查（工号 801）")
    assert (call["may_become_appeal"], call["appeal_id"]) == (True, None)
    assert "15400001234" not in str(call)
    back = told | {"official_id": "education", "call_outcome": "called_back"}
    returned = operator.send("/api/office/calls", back, 201)
    assert (returned["answers_call_id"], returned["returned"]) == (call["id"], True)
    made = operator.send("/api/office/appeals", APPEAL | told, 201)
    (entry,) = [entry for entry in made["timeline"] if entry["deed"] == "take_call"]
    assert (entry["text"], entry["outcome"], made["call_id"] is not None) == ("打了两次", "busy", True)
    shown = city.client.post("/api/appeals/lookup", json={"code": made["code"], "phone_tail": "8000"})
    assert shown.status_code == 200 and "打了两次" not in shown.text
    assert len(city.world.stores.calls.kept) == 3


@pytest.mark.parametrize("missing", ["caller_phone", "official_id", "call_outcome"])
def test_a_call_alone_is_whole_or_refused(city: City, missing: str) -> None:
    body = {"caller_phone": "15400001234", "official_id": "education", "call_outcome": "busy"}
    answer = office(city, OfficeRole.OPERATOR).post("/api/office/calls", {**body, missing: ""})
    assert (answer.status_code, list(answer.json["detail"]["fields"])) == (422, [missing])
    assert not city.world.stores.calls.kept


@pytest.mark.parametrize("role", OfficeRole)
def test_who_may_record_a_call(city: City, role: OfficeRole) -> None:
    body = {"caller_phone": "15400001234", "official_id": "education", "call_outcome": "busy"}
    allowed = role in {OfficeRole.OPERATOR, OfficeRole.SUPERVISOR}
    assert office(city, role).post("/api/office/calls", body).status_code == (201 if allowed else 403)


def test_unmasking_a_phone_asks_for_a_reason_and_is_on_the_log(city: City) -> None:
    appeal = city.submit(phone="15400001234")
    supervisor = office(city)
    assert act_read(supervisor, appeal)["phone"] == "154****1234"
    assert supervisor.post(f"/api/office/appeals/{appeal['id']}/phone", {}).status_code == 422
    said = supervisor.send(f"/api/office/appeals/{appeal['id']}/phone", {"reason": "电话回访"})
    assert said == {"phone": "15400001234", "title": "小区门口没有路灯", "body": "晚上孩子放学看不见路，请尽快安装。"}
    log = office(city, OfficeRole.AUDITOR).get("/api/office/audit").json
    unmasked = [(e["subject"], e["detail"]) for e in log["items"] if e["act"] == "unmask"]
    assert unmasked == [(appeal["code"], "电话回访")]
    assert log["broken_at"] is None


def test_the_audit_log_shows_where_it_was_tampered_with(city: City) -> None:
    supervisor = office(city)
    for _ in range(3):
        act(supervisor, city.submit(about_official=True), "reject")
    assert broken_at(city.world) is None
    log = city.world.stores.audit_log
    entries = log.since(0, 10)
    object.__setattr__(entries[1], "detail", "nothing to see")
    assert broken_at(city.world) == 2


def act_read(by: Caller, appeal: dict[str, Any]) -> dict[str, Any]:
    answer = by.get(f"/api/office/appeals/{appeal['id']}")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json
    return shown
