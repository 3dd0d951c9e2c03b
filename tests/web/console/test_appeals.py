"""The first page and the work list: what waits for whom, filters in the address, handing out several at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.at_once import MOST_AT_ONCE
from app.domain.notification import Status
from app.domain.officer import OfficeRole
from app.services.evidence import perfunctory
from app.services.messages.reminding import sweep
from app.services.office import worklists
from app.services.ports.running import AlertTally
from app.services.running.alerting import day_number
from app.services.running.noticing import COUNTED
from tests.web.city import City
from tests.web.console.conftest import Office
from tests.web.console.counting import queries

R = OfficeRole
FIND = "/console/appeals/find"


def rows(page: str) -> list[str]:
    """The codes of the list's lines."""
    return re.findall(r'<td class="code"><a href="[^"]+">([^<]+)</a>', page)


def submit_many(city: City, count: int, **fields: Any) -> list[dict[str, Any]]:
    made = []
    for _ in range(count):
        made.append(city.submit(**fields))
        city.world.clock.advance(timedelta(seconds=1))
    return made


def test_the_first_page_counts_what_waits_for_whom(city: City, office: Office) -> None:
    city.submit(about_official=True)
    city.world.clock.advance(timedelta(minutes=1))
    city.answered(about_official=False)
    page = office.desk(R.SUPERVISOR).see("/console/")
    assert re.search(r'desk=review">\s*<span class="count">1</span>', page)
    assert "2026-03-02 10:00" in page, "since when the oldest waits"
    caller = office.desk(R.OPERATOR).see("/console/")
    own = caller.split("也可以查看")[0]
    assert "desk=follow_up" in own
    assert "desk=review" not in own, "no operator reviews"


def test_an_inspector_sees_one_desk_and_an_editor_none(city: City, office: Office) -> None:
    city.submit(about_official=True)
    inspector = office.desk(R.INSPECTOR).see("/console/")
    assert set(re.findall(r"desk=([a-z_]+)", inspector)) == {"referred"}
    editor = office.desk(R.EDITOR).see("/console/")
    assert "desk=" not in editor


def test_what_waits_is_counted_to_the_last(city: City, office: Office) -> None:
    submit_many(city, 100, about_official=True)
    assert '<span class="count">100</span>' in office.desk(R.SUPERVISOR).see("/console/")


def test_what_is_late_is_a_list_of_its_own(city: City, office: Office) -> None:
    late, fresh = city.submit(), None
    city.world.clock.advance(timedelta(days=20))
    fresh = city.submit(by="neighbour")
    desk = office.desk(R.SUPERVISOR)
    page = desk.see("/console/appeals?desk=late")
    assert rows(page) == [late["code"]]
    assert "已逾期" in page
    assert rows(desk.see("/console/appeals?desk=all")) == [fresh["code"], late["code"]]


def test_a_broken_promise_stands_on_its_desk_until_somebody_calls(city: City, office: Office) -> None:
    appeal = city.submit()
    soon = (city.world.clock.now() + timedelta(hours=2)).isoformat()
    city.act("zhou", appeal, "quick_reply", {"template": "meeting", "promised_at": soon})
    desk = office.desk(R.SUPERVISOR)
    assert rows(desk.see("/console/appeals?desk=promise_broken")) == []
    city.world.clock.advance(timedelta(hours=3))
    sweep(city.world)
    assert rows(desk.see("/console/appeals?desk=promise_broken")) == [appeal["code"]]
    city.act("zhou", appeal, "log_contact", {"outcome": "no_answer"})
    assert rows(desk.see("/console/appeals?desk=promise_broken")) == [appeal["code"]], "nobody was reached"
    again = (city.world.clock.now() + timedelta(hours=2)).isoformat()
    city.act("zhou", appeal, "quick_reply", {"template": "meeting", "promised_at": again})
    page = desk.see("/console/appeals?desk=promise_broken")
    assert rows(page) == [appeal["code"]], "a new promise hides no broken one"
    assert "承诺逾期 1 次" in page and "承诺逾期 1 次" in desk.see(f"/console/appeals/{appeal['id']}")
    city.act("zhou", appeal, "log_contact", {"outcome": "in_person"})
    assert rows(desk.see("/console/appeals?desk=promise_broken")) == []


def test_filters_live_in_the_address_and_survive_the_tabs_and_the_next_page(city: City, office: Office) -> None:
    submit_many(city, MOST_AT_ONCE + 1, about_official=True, kind="complaint")
    other = city.submit(official_id="roads", about_official=True)
    desk = office.desk(R.SUPERVISOR)
    first = desk.see("/console/appeals?desk=review&roster=city&official=education&kind=complaint")
    assert len(rows(first)) == MOST_AT_ONCE
    assert other["code"] not in first
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    address = following[1].replace("&amp;", "&")
    assert {"desk=review", "roster=city", "official=education", "kind=complaint"} <= set(
        address.split("?")[1].split("&")
    )
    second = rows(desk.see(address))
    assert len(second) == 1
    assert not set(second) & set(rows(first))
    tab = re.search(r'href="([^"]*desk=supervision[^"]*)"', first)
    assert tab is not None
    assert "roster=city" in tab[1]


def test_a_code_leads_to_its_appeal_however_it_is_written(city: City, office: Office) -> None:
    appeal = city.submit()
    desk = office.desk(R.SUPERVISOR)
    code = f" {appeal['code'].lower()[:2]} {appeal['code'].lower()[2:]} "
    found = desk.post(FIND, {"wanted": code})
    assert found.headers["Location"].endswith(f"/console/appeals/{appeal['id']}")
    missing = desk.do(FIND, wanted="20260302-NOBODY", **{"from": "desk=all"})
    assert "里没有符合的诉求" in missing
    assert 'value="20260302-NOBODY"' in missing, "what was typed stays"
    hidden = office.desk(R.INSPECTOR).do(FIND, wanted=appeal["code"])
    assert "里没有符合的诉求" in hidden


def test_part_of_a_code_finds_those_it_is_part_of(city: City, office: Office) -> None:
    appeal, other = city.submit(), city.submit(by="neighbour")
    page = office.desk(R.SUPERVISOR).do(FIND, wanted=appeal["code"][1:], **{"from": "desk=all"})
    assert rows(page) == [appeal["code"]]
    assert other["code"] not in page


def test_words_of_title_and_text_narrow_the_list_where_somebody_stands(city: City, office: Office) -> None:
    first = city.submit(title="路灯不亮", body="和平路ＡＢ段三盏都不亮", about_official=True)
    city.world.clock.advance(timedelta(seconds=1))
    second = city.submit(title="井盖松动", body="和平路 ab 段，路灯下面", about_official=True)
    third = city.submit(official_id="roads", title="路灯太亮", body="照进卧室")
    desk = office.desk(R.SUPERVISOR)
    found = desk.post(FIND, {"wanted": "  路灯  AB段 ", "from": "desk=review&roster=city&cursor=zzz"})
    assert found.status_code == 303
    page = desk.see(found.headers["Location"])
    assert rows(page) == [first["code"]]
    assert "含“路灯 AB段”" in page
    assert rows(desk.see("/console/appeals?desk=review&q=路灯")) == [first["code"], second["code"]]
    assert set(rows(desk.see("/console/appeals?desk=all&q=路灯"))) == {one["code"] for one in (first, second, third)}
    nothing = desk.see("/console/appeals?desk=review&q=路灯+太亮")
    assert "几个词要同时出现" in nothing
    everywhere = re.search(r'<a href="([^"]*desk=all[^"]*)">用同样的条件查找全部诉求', nothing)
    assert everywhere is not None
    assert rows(desk.see(everywhere[1].replace("&amp;", "&"))) == [third["code"]]


def test_state_and_days_narrow_too_and_every_condition_can_be_taken_away(city: City, office: Office) -> None:
    old = city.submit(title="第一件")
    city.world.clock.advance(timedelta(days=1))
    new, answered = city.submit(title="第二件"), city.answered(title="第三件")
    desk = office.desk(R.SUPERVISOR)
    day = "2026-03-03"
    assert set(rows(desk.see(f"/console/appeals?desk=all&first={day}&last={day}"))) == {new["code"], answered["code"]}
    assert rows(desk.see("/console/appeals?desk=all&last=2026-03-02")) == [old["code"]]
    assert rows(desk.see(f"/console/appeals?desk=all&first={day}&last=2026-03-02")) != [], "turned round"
    assert rows(desk.see("/console/appeals?desk=all&state=answered")) == [answered["code"]]
    page = desk.see(f"/console/appeals?desk=all&state=answered&q=第三件&first={day}")
    assert rows(page) == [answered["code"]]
    chips = re.findall(r'<a class="chip" href="([^"]+)"><span>([^<]+)</span>', page)
    assert [words for _, words in chips] == ["含“第三件”", "已答复", f"{day} 起提交"]
    assert "q=" not in chips[0][0]
    assert "state=answered" in chips[0][0]
    assert "state=" not in chips[1][0]
    assert 'name="q" value="第三件"' in page, "a filter keeps the words"
    assert 'id="state"' not in desk.see("/console/appeals?desk=review&state=answered"), "a desk says it already"
    city.world.clock.advance(timedelta(days=20))
    desk = office.desk(R.AUDITOR)
    assert rows(desk.see(f"/console/appeals?desk=late&first={day}&q=件")) == [new["code"]]


def test_words_survive_the_next_page_and_a_look_that_stops_short_goes_on(
    city: City, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = submit_many(city, 7, about_official=True)
    city.submit(title="井盖", about_official=True)
    monkeypatch.setattr(worklists, "LOOKED_THROUGH", 3)
    desk = office.desk(R.SUPERVISOR)
    page = desk.see("/console/appeals?desk=review&q=井盖")
    assert rows(page) == []
    assert "还没有查完" in page
    for _ in range(2):
        following = re.search(r'rel="next" href="([^"]+)">接着查', page)
        assert following is not None
        page = desk.see(following[1].replace("&amp;", "&"))
    assert len(rows(page)) == 1
    assert made[0]["code"] not in page
    assert "还没有查完" not in page


def test_a_number_among_words_is_kept_out_of_the_address(city: City, office: Office) -> None:
    city.submit()
    answer = office.desk(R.SUPERVISOR).post(FIND, {"wanted": "路灯 13800138000"})
    assert answer.status_code == 422
    assert "电话号码请单独填写" in answer.text


@pytest.mark.parametrize("role", [R.AUDITOR, R.INSPECTOR])
def test_who_may_not_look_for_a_phone_is_told_so(city: City, office: Office, role: OfficeRole) -> None:
    answer = office.desk(role).post(FIND, {"wanted": "13800138000"})
    assert answer.status_code == 403
    assert "按电话查找由督查员和接线员来做" in answer.text
    last = city.world.stores.audit_log.last()
    assert last is None or last.act != "find_by_phone"


@pytest.mark.parametrize("role", [R.OPERATOR, R.AUDITOR])
def test_whoever_only_reads_gets_no_boxes(city: City, office: Office, role: OfficeRole) -> None:
    city.submit(about_official=True)
    page = office.desk(role).see("/console/appeals?desk=review")
    assert len(rows(page)) == 1
    assert "checkbox" not in page


def test_a_line_says_the_first_words_and_how_long_it_waits(city: City, office: Office) -> None:
    city.submit(about_official=True, body="晚上\n孩子放学看不见路，电话13912345678，" + "请尽快安装。" * 20)
    city.world.clock.advance(timedelta(days=3))
    page = office.desk(R.SUPERVISOR).see("/console/appeals?desk=review")
    assert "求助" in page
    assert "晚上 孩子放学看不见路，" in page
    assert "13912345678" not in page, "a list masks numbers"
    assert "……" in page, "not all of it"
    assert '<td class="day">3 天<small>2026-03-02 10:00</small>' in page


def test_a_request_for_more_time_is_read_in_its_line(city: City, office: Office) -> None:
    appeal = city.submit()
    city.act("zhou", appeal, "sign")
    city.world.clock.advance(timedelta(days=1))
    city.act("zhou", appeal, "request_extension", {"workdays": 4, "reason": "等待采购灯具"})
    page = office.desk(R.SUPERVISOR).see("/console/appeals?desk=extension")
    assert "申请 4 个工作日：等待采购灯具" in page
    assert '<td class="day">今天<small>2026-03-03 10:00</small>' in page, "since it was asked for"


def test_a_whole_phone_finds_what_was_said_with_it_and_stands_in_no_address(city: City, office: Office) -> None:
    appeal, other = city.submit(phone="138 0013 8000"), city.submit(by="neighbour", phone="13900001111")
    desk = office.desk(R.OPERATOR, number="807")
    found = desk.post(FIND, {"wanted": "+86 138-0013-8000"})
    assert rows(found.text) == [appeal["code"]]
    assert other["code"] not in found.text
    assert "13800138000" not in found.text.replace(" ", "").replace("-", ""), "masked"
    entry = city.world.stores.audit_log.last()
    assert (entry.act, entry.subject) == ("find_by_phone", "尾号 8000")
    nobody = desk.post(FIND, {"wanted": "13700000000"})
    assert "没有找到这个电话的诉求" in nobody.text


@pytest.mark.parametrize("phone", ["0558 5123456 0558 5123456", "(0558)1234567890123"])
def test_only_a_whole_number_is_looked_for(city: City, office: Office, phone: str) -> None:
    city.submit()
    answer = office.desk(R.OPERATOR, number="807").post(FIND, {"wanted": phone})
    assert answer.status_code == 422
    assert "请输入完整的电话号码" in answer.text
    assert f'value="{phone}"' in answer.text, "what was typed stays"
    last = city.world.stores.audit_log.last()
    assert last is None or last.act != "find_by_phone"


@pytest.mark.parametrize("typed", ["", "8000", "路灯", "20260302", "20260302-1234"])
def test_what_is_no_number_is_looked_for_as_words(city: City, office: Office, typed: str) -> None:
    city.submit()
    office.desk(R.OPERATOR, number="807").do(FIND, wanted=typed)
    last = city.world.stores.audit_log.last()
    assert last is None or last.act != "find_by_phone"


def test_hostile_titles_are_shown_as_text(city: City, office: Office) -> None:
    city.submit(title="<script>alert(1)</script>", about_official=True)
    page = office.desk(R.SUPERVISOR).see("/console/appeals?desk=review")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    "address", ["?desk=nonsense", "?kind=%00", "?roster=nowhere&official=x", "?roster=city&official=x"]
)
def test_what_is_not_there_narrows_to_nothing_or_is_left_out(city: City, office: Office, address: str) -> None:
    city.submit(about_official=True)
    assert office.desk(R.SUPERVISOR).get(f"/console/appeals{address}").status_code == 200


def test_a_cursor_that_we_never_gave_is_refused_in_words(city: City, office: Office) -> None:
    answer = office.desk(R.SUPERVISOR).get("/console/appeals?cursor=zzz")
    assert answer.status_code == 422
    assert "列表位置已失效" in answer.text


def test_the_pages_need_a_handful_of_queries_however_much_is_stored(city: City, office: Office) -> None:
    submit_many(city, 30, about_official=True)
    desk = office.desk(R.SUPERVISOR)
    with queries(city) as few:
        desk.see("/console/appeals?desk=review&roster=city&official=education")
    assert sum(few.values()) <= 7, few


@pytest.mark.parametrize("role", list(OfficeRole))
def test_the_first_page_needs_nine_queries_at_most(city: City, office: Office, role: OfficeRole) -> None:
    submit_many(city, 3, about_official=True)
    desk = office.desk(role)
    with queries(city) as home:
        desk.see("/console/")
    assert sum(home.values()) <= 9, home


def note(page: str, label: str) -> tuple[str, str]:
    """Address and count of what is to be noticed; empty when it is not there."""
    found = re.search(
        rf'href="([^"]+)">\s*<span class="count">([^<]+)</span>\s*<span class="what"><strong>{label}<', page
    )
    return (found[1].replace("&amp;", "&"), found[2]) if found else ("", "")


def test_suspicions_are_counted_where_they_are_decided(city: City, office: Office) -> None:
    for caller in ("one", "two", "three"):
        appeal = city.submit(by=caller)
        city.act("zhou", appeal, "sign")
        city.act("zhou", appeal, "answer", {"text": "此事已转有关部门处理，请耐心等待", "outcome": "solved"})
    city.world.clock.advance(timedelta(minutes=10))
    perfunctory.find(city.world)
    for caller in ("one", "two", "three"):
        city.login(caller).send("/api/calls", {"official_id": "education", "outcome": "no_answer"}, 201)
    desk = office.desk(R.SUPERVISOR)
    page = desk.see("/console/")
    flags, count = note(page, "疑似应付")
    assert count == "1"
    assert "多件答复文字相同" in desk.see(flags)
    silent, count = note(page, "疑似不接电话")
    assert count == "1"
    assert "3 位群众共 3 次没有接通" in desk.see(silent)
    for other in (R.OPERATOR, R.EDITOR, R.ADMIN):
        assert "疑似应付</strong>" not in office.desk(other).see("/console/")


def test_an_admin_sees_what_went_wrong_and_an_editor_who_hears_nothing(city: City, office: Office) -> None:
    appeal = city.world.stores.appeals.get(city.submit()["id"])
    dead = replace(appeal.notifications[0], status=Status.DEAD, settled_at=city.world.clock.now())
    city.world.stores.appeals.replace(replace(appeal, version=appeal.version + 1, notifications=(dead,)))
    now = city.world.clock.now()
    today = AlertTally("a", 1, "job_failed", day_number(now), 3, now, "{}")
    city.world.stores.alert_tallies.add(today)
    city.world.stores.alert_tallies.add(replace(today, id="b", day=day_number(now - timedelta(days=1))))
    admin = office.desk(R.ADMIN)
    page = admin.see("/console/")
    address, count = note(page, "发送失败的消息")
    assert count == "1"
    assert appeal.code in admin.see(address)
    assert note(page, "今天的告警") == ("/console/health", "3")
    zhou = city.world.stores.accounts.get("zhou")
    city.world.stores.accounts.put(replace(zhou, bindings=()))
    editor = office.desk(R.EDITOR)
    home = editor.see("/console/")
    unbound, count = note(home, "还没有绑定微信")
    assert "市领导公开电话" in home
    ticked = len(re.findall(r'name="official"[^>]* checked', editor.see(unbound)))
    assert int(count) == ticked > 0


def test_nothing_to_notice_takes_no_room(city: City, office: Office) -> None:
    assert "请留意" not in office.desk(R.SUPERVISOR).see("/console/")


def test_who_is_not_bound_is_counted_for_each_roster_in_whole_numbers(city: City, office: Office) -> None:
    world = city.world
    own = world.stores.rosters.get("city")
    world.stores.rosters.put(replace(own, slug="big", name="园区名册", groups=("组",)))
    one = world.stores.officials.get("roads")
    zhou = world.stores.accounts.get("zhou")
    world.stores.accounts.put(replace(zhou, bindings=()))
    for number in range(COUNTED + 1):
        world.stores.officials.put(replace(one, id=f"big.{number}", roster="big", group="组", superior_id=""))
    page = office.desk(R.EDITOR).see("/console/")
    cards = re.findall(
        r'href="([^"]+)">\s*<span class="count">(\d+)</span>\s*<span class="what"><strong>还没有绑定微信</strong>', page
    )
    counts = {address.split("/")[3]: int(count) for address, count in cards}
    assert counts["big"] == COUNTED + 1
    assert 0 < counts["city"] < 5
    assert "园区名册" in page
    assert "99+" not in page
    assert "海报与来源码</strong>" in page


def test_a_list_that_is_not_shown_is_told(office: Office) -> None:
    supervisor, inspector = office.desk(R.SUPERVISOR), office.desk(R.INSPECTOR)
    assert "没有这个清单，已显示“待审核”" in supervisor.see("/console/appeals?desk=overdue")
    assert "您的角色不能打开这个清单，已显示“已移交”" in inspector.see("/console/appeals?desk=review")
    for address in ("/console/appeals", "/console/appeals?desk=late"):
        assert "已显示" not in supervisor.see(address)
