"""What the office does with one appeal on its page: each deed, its questions and its refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.domain.appeal import Wish
from app.domain.deadline import DeadlineKind
from app.domain.notification import Role
from app.domain.officer import OfficeRole
from app.services.messages.reminding import sweep
from app.services.people.accounts import bind, invite
from app.services.people.holding import end_binding
from tests.services.factories import person
from tests.web.city import RATING, City
from tests.web.console.acting import act, let_time_pass, of, path
from tests.web.console.conftest import Desk, Office, key_of

R = OfficeRole


def test_a_conflict_is_routed_around_whom_it_is_about(city: City, supervisor: Desk) -> None:
    appeal = city.submit(about_official=True)
    page = supervisor.see(path(appeal))
    offered = page.split('id="assign-official_id"')[1].split("</select>")[0]
    assert '<option value="education"' not in offered, "not even offered"
    assert '<option value="roads"' in offered
    refused = act(supervisor, appeal, "assign", 409, official_id="education")
    assert "不能把诉求交给它所反映的人" in refused
    act(supervisor, appeal, "assign", official_id="roads")
    assert of(city, appeal).assignee_id == "roads"
    assert city.login("zhou").get(f"/api/appeals/{appeal['id']}").status_code == 404


def test_a_supervisor_finds_it_urgent_when_assigning_and_everybody_sees_it(city: City, supervisor: Desk) -> None:
    appeal = city.submit(about_official=True)
    page = supervisor.see(path(appeal))
    offered = page.split('id="assign-urgent"')[1].split("</select>")[0]
    assert "紧急：2 小时联系，24 小时答复" in offered
    page = act(supervisor, appeal, "assign", official_id="roads", urgent="true")
    assert '<strong class="late">紧急</strong>' in page
    assert "认定紧急程度" in page and "督查 某supervisor（工号 801）" in page
    assert '<span class="late">紧急</span>' in supervisor.see("/console/appeals?desk=all")
    (item,) = city.login("xie").get("/api/official/inbox").json["items"]
    assert (item["urgent"], item["due_at"]) == (True, "2026-03-02T04:00:00.000Z")
    seen = city.login("resident").get(f"/api/appeals/{appeal['id']}").json
    found = next(entry for entry in seen["timeline"] if entry["deed"] == "set_urgent")
    assert (found["label"], found["outcome"], found["by"]) == ("认定紧急程度", "urgent", "supervisor")


def test_a_supervisor_finds_it_urgent_when_reassigning_and_takes_an_operators_word_back(
    city: City, supervisor: Desk
) -> None:
    appeal = city.submit()
    page = act(supervisor, appeal, "transfer", official_id="roads", reason="归城管", urgent="true")
    assert of(city, appeal).urgent and "还剩 2 小时" in page
    other = city.submit(about_official=True, title="另一件")
    act(supervisor, other, "assign", 422, official_id="roads", urgent="very")
    act(supervisor, other, "assign", official_id="roads", urgent="false")
    assert not of(city, other).urgent


def test_hand_backs_are_counted_for_the_office_and_an_official_has_one(city: City, supervisor: Desk) -> None:
    appeal = city.submit()
    before = of(city, appeal).deadline(DeadlineKind.ANSWER)
    city.act("zhou", appeal, "hand_back", {"reason": "不属本单位"})
    page = supervisor.see(path(appeal))
    assert "退回 1 次" in page and "期限接着原来的算，不能再退回" in page
    assert "退回 1 次" in supervisor.see("/console/appeals?desk=review")
    act(supervisor, appeal, "assign", official_id="education", urgent="false")
    assert of(city, appeal).deadline(DeadlineKind.ANSWER) == before
    again = city.login("zhou").post(f"/api/official/appeals/{appeal['id']}/hand_back", {"reason": "还是不归我管"})
    assert (again.status_code, again.json["code"]) == (409, "hand_back_used")
    assert "退回 1 次" not in city.login("resident").get(f"/api/appeals/{appeal['id']}").text


def test_what_lies_with_a_post_that_is_published_no_longer_is_reassigned_once_more(
    city: City, supervisor: Desk
) -> None:
    appeal = city.submit()
    act(supervisor, appeal, "transfer", official_id="roads", reason="归城管", urgent="false")
    assert "转办给其他负责同志" not in supervisor.see(path(appeal)), "the one transfer is used up"
    refused = supervisor.post(path(appeal, "transfer"), {"key": "k", "official_id": "education", "reason": "再转"})
    assert refused.status_code == 409
    officials = city.world.stores.officials
    roads = officials.get("roads")
    assert roads is not None
    officials.put(replace(roads, is_published=False))
    page = supervisor.see(path(appeal))
    assert "承办岗位已不在公布的名册里" in page and "这次不计入转办次数" in page
    page = act(supervisor, appeal, "transfer", official_id="education", reason="岗位撤销", urgent="false")
    assert "不计入转办次数" in page and "承办岗位已不在" not in page
    assert (of(city, appeal).assignee_id, of(city, appeal).transfers) == ("education", 1)


def test_whom_it_is_about_is_corrected_and_it_comes_back_for_review(city: City, supervisor: Desk) -> None:
    appeal = city.submit()
    kept = act(supervisor, appeal, "set_about", 422, official_ids="mayor")
    assert 'id="set_about-reason-problem"' in kept
    chosen = kept.split('id="set_about-1"')[1].split("</select>")[0]
    assert '<option value="mayor" selected' in chosen, "what was chosen stays"
    page = act(supervisor, appeal, "set_about", official_ids=["mayor", "education"], reason="来电说明")
    assert "反映对象已登记" in page
    assert "魏崇岭" in page.split("<dt>反映对象</dt>")[1].split("</dd>")[0]
    stored = of(city, appeal)
    assert (stored.about, stored.state.value) == (("mayor", "education"), "submitted")
    assert "更正反映对象" in page and "反映的是负责同志" in page
    act(supervisor, appeal, "set_about", official_ids="", reason="核实后没有反映具体的人")
    assert of(city, appeal).about == ()


def test_a_post_that_the_barred_one_holds_by_now_is_not_offered_and_said_where_it_has_it(
    city: City, supervisor: Desk
) -> None:
    appeal = city.submit(about_official=True)
    act(supervisor, appeal, "assign", official_id="roads")
    end_binding(city.world, "zhou", Role.OFFICIAL, "education")
    bind(city.world, person(city.world, "zhou"), invite(city.world, "roads", Role.OFFICIAL))
    assert "承办人就是反映对象" in supervisor.see(path(appeal))
    page = act(supervisor, appeal, "set_about", official_ids="education", reason="收回")
    offered = page.split('id="assign-official_id"')[1].split("</select>")[0]
    assert '<option value="mayor"' in offered and '<option value="roads"' not in offered


def test_a_rejection_asks_for_both_and_keeps_what_was_typed(city: City, supervisor: Desk) -> None:
    appeal = city.submit(about_official=True)
    half = act(supervisor, appeal, "reject", 422, reason="已进入<b>诉讼</b>", proper_channel="other")
    assert "已进入&lt;b&gt;诉讼&lt;/b&gt;" in half
    assert 'id="reject-proper_channel-problem" role="alert">请选择一个渠道，或填写其他渠道<' in half
    nobody = act(supervisor, appeal, "assign", 422)
    assert 'id="assign-official_id-problem" role="alert">请选择<' in nobody
    act(supervisor, appeal, "reject", reason="已进入诉讼", proper_channel="", other_channel="请向人民法院提出")
    shown = city.login("resident").get(f"/api/appeals/{appeal['id']}").json
    assert "请向人民法院提出" in shown["timeline"][0]["text"]


def test_the_proper_channels_are_the_citys(city: City, supervisor: Desk) -> None:
    page = supervisor.see(path(city.submit(about_official=True)))
    for channel in city.world.settings().reject_channels:
        assert channel.name in page


def test_an_extension_is_granted_and_a_transfer_used_up(city: City, supervisor: Desk) -> None:
    appeal = city.submit()
    city.act("zhou", appeal, "sign")
    assert "同意延期" not in supervisor.see(path(appeal))
    city.act("zhou", appeal, "request_extension", {"workdays": 3, "reason": "等待采购灯具"})
    assert "最多延期 3 个工作日" in act(supervisor, appeal, "extend", 422, workdays="4")
    assert "已同意延期" in act(supervisor, appeal, "extend", workdays="2")
    assert (of(city, appeal).extension.wish, of(city, appeal).extension.workdays) == (Wish.GRANTED, 2)
    page = act(supervisor, appeal, "transfer", official_id="roads", reason="属城管职责")
    assert of(city, appeal).assignee_id == "roads"
    assert "转办给其他负责同志" not in page, "once in a lifetime"


def test_an_extension_is_refused_with_a_reason_that_stands_on_the_page(city: City, supervisor: Desk) -> None:
    appeal = city.submit()
    city.act("zhou", appeal, "sign")
    city.act("zhou", appeal, "request_extension", {"workdays": 3, "reason": "等待采购灯具"})
    empty = act(supervisor, appeal, "refuse_extension", 422, reason=" ")
    assert 'id="refuse_extension-reason-problem"' in empty
    page = act(supervisor, appeal, "refuse_extension", reason="灯具已到货<i>")
    assert "未同意延期，理由已告知承办人" in page
    assert "未同意的理由：灯具已到货&lt;i&gt;" in page
    assert of(city, appeal).extension.wish is Wish.REFUSED
    assert 'id="extend-workdays"' not in page, "decided once"


def test_supervision_from_order_to_referral(city: City, office: Office) -> None:
    appeal = city.submit()
    desk = let_time_pass(city, office, days=10)
    page = act(desk, appeal, "sign_order", workdays="2")
    assert "督〔2026〕1号" in page
    sheet = desk.see(path(appeal, "orders/1"))
    for words in ("督〔2026〕1号", "周文清", appeal["code"], "签字", "小区门口没有路灯"):
        assert words in sheet
    assert "13800138000" not in sheet
    assert desk.get(path(appeal, "orders/2")).status_code == 404
    desk = let_time_pass(city, office, days=7)
    half = act(desk, appeal, "decide_interview", 422, interview="1", decision="held")
    assert 'id="decide_interview-text-1-problem"' in half
    day = (city.world.clock.now() + timedelta(days=2)).date().isoformat()
    act(desk, appeal, "decide_interview", interview="1", decision="held", text="已约谈", rectify_by=day)
    assert of(city, appeal).interviews[0].rectify_by.isoformat() == f"{day}T10:00:00+00:00", "18:00 in Beijing"
    inspector = office.desk(R.INSPECTOR)
    assert inspector.get(path(appeal)).status_code == 404
    let_time_pass(city, office, days=3)
    inspector = office.desk(R.INSPECTOR)
    assert appeal["code"] in inspector.see("/console/appeals?desk=referred")
    assert "约谈第 1 条" in inspector.see(path(appeal))
    assert "签发" not in inspector.see(path(appeal)).split('class="tools"')[1], "an inspector only reads"


def test_a_confirmed_rectification_is_not_referred(city: City, supervisor: Desk, office: Office) -> None:
    appeal = city.answered()
    act(supervisor, appeal, "suggest_interview", reason="perfunctory", text="已核实")
    day = (city.world.clock.now() + timedelta(days=2)).date().isoformat()
    act(supervisor, appeal, "decide_interview", interview="1", decision="held", text="已约谈", rectify_by=day)
    assert "已确认整改完成" in act(supervisor, appeal, "confirm_rectified", interview="1", text="路灯已修好")
    let_time_pass(city, office, days=4)
    assert of(city, appeal).interviews[0].referred_at is None


def test_a_review_is_concluded_or_sent_back(city: City, supervisor: Desk) -> None:
    appeal = city.answered()
    city.act("resident", appeal, "rate", RATING)
    city.act("resident", appeal, "reopen", {"reason": "灯还是不亮"})
    city.act("zhou", appeal, "answer", {"text": "已再次检修", "outcome": "solved"})
    city.act("resident", appeal, "rate", RATING)
    act(supervisor, appeal, "conclude", explanation="已到现场复核，灯已亮")
    assert of(city, appeal).state.value == "concluded"
    act(supervisor, appeal, "reopen", reason="又不亮了")
    assert of(city, appeal).state.value == "in_progress"


def test_merging_begins_with_a_code(city: City, supervisor: Desk) -> None:
    parent, child = city.submit(), city.submit(by="neighbour", title="路灯又坏了")
    missing = supervisor.see(path(child) + "?parent=NOBODY")
    assert "没有找到可以并入的 NOBODY" in missing
    itself = supervisor.see(path(child) + f"?parent={child['code']}")
    assert 'name="parent_id"' not in itself
    found = supervisor.see(path(child) + f"?parent={parent['code'].lower()}")
    assert f'name="parent_id" value="{parent["id"]}"' in found
    page = act(supervisor, child, "merge", parent_id=parent["id"])
    assert of(city, child).merged_into == parent["id"]
    assert parent["code"] in page
    assert child["code"] in supervisor.see(path(parent))


def test_a_follow_up_counts_as_the_residents_rating(city: City, office: Office) -> None:
    appeal = city.answered()
    operator = office.desk(R.OPERATOR, number="807", unit="12345 热线")
    page = operator.see(path(appeal))
    assert "不予受理" not in page, "an operator calls, and nothing else"
    act(operator, appeal, "follow_up", reached="false")
    act(operator, appeal, "follow_up", reached="true", resolution="resolved", satisfaction="satisfied", note="说好")
    assert of(city, appeal).state.value == "concluded"
    assert operator.post(path(appeal, "reopen"), {"reason": "x"}).status_code == 403


def test_whose_unit_nobody_knows_is_told_whom_to_ask_before_calling(city: City, office: Office) -> None:
    appeal = city.answered()
    operator = office.desk(R.OPERATOR, number="807")
    assert "请管理员在“账号”里补填您的单位" in operator.see(path(appeal))
    assert "没有登记单位" in act(operator, appeal, "follow_up", 409, reached="false")


def test_a_form_sent_twice_is_done_once(city: City, office: Office) -> None:
    appeal = city.answered()
    operator = office.desk(R.OPERATOR, number="807", unit="12345 热线")
    form = {"key": key_of(operator.see(path(appeal))), "reached": "false"}
    assert operator.post(path(appeal, "follow_up"), form).status_code == 303
    assert operator.post(path(appeal, "follow_up"), form).status_code == 303
    assert of(city, appeal).follow_ups == 1


def test_the_tool_for_urging_says_who_hears_and_is_there_once_a_day(city: City, office: Office) -> None:
    appeal = city.submit()
    desk = office.desk(R.SUPERVISOR, number="801")
    address = f"/console/appeals/{appeal['id']}"
    assert f"{address}/urge" not in desk.see(address), "it is not late"
    for days in (10, 2):
        city.world.clock.advance(timedelta(days=days))
        sweep(city.world)
    desk = office.desk(R.SUPERVISOR, number="802")
    page = desk.see(address)
    assert "消息发给承办人周文清" in page
    before = len(of(city, appeal).notifications)
    after = desk.do(f"{address}/urge", key=key_of(page), note="请今天答复")
    assert "已催办" in after
    assert f"{address}/urge" not in after
    assert len(of(city, appeal).notifications) > before
    assert f"{address}/urge" not in office.desk(R.OPERATOR, number="807").see(address), "operators do not urge"
