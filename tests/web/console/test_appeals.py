"""The first page and the work list: what waits for whom, filters in the address, handing out several at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.domain.at_once import MOST_AT_ONCE
from app.domain.officer import OfficeRole
from app.services.messages.reminding import sweep
from tests.web.city import City
from tests.web.console.conftest import Office
from tests.web.console.counting import queries
from tests.web.console.lists import rows, submit_many

R = OfficeRole
FIND = "/console/appeals/find"


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


def test_a_list_that_is_not_shown_is_told(office: Office) -> None:
    supervisor, inspector = office.desk(R.SUPERVISOR), office.desk(R.INSPECTOR)
    assert "没有这个清单，已显示“待审核”" in supervisor.see("/console/appeals?desk=overdue")
    assert "您的角色不能打开这个清单，已显示“已移交”" in inspector.see("/console/appeals?desk=review")
    for address in ("/console/appeals", "/console/appeals?desk=late"):
        assert "已显示" not in supervisor.see(address)
