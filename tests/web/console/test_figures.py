"""Dashboards at the console: roster and period in the address, every chart with its table, nobody ranked."""

from __future__ import annotations

import base64
import re
from datetime import date
from typing import Any

import pytest

from app.domain.officer import OfficeRole
from app.domain.roster import Policy, Position, SourceCode
from app.services.officers.access import CASE_READERS
from app.web.console.asking import period_of
from tests.services.factories import a_roster, an_official, submitted
from tests.services.marches import a_march, advance_to
from tests.web.city import City
from tests.web.console.conftest import Desk, Office
from tests.web.console.counting import queries

TODAY = date(2026, 4, 1)
PAGES = ("/console/figures", "/console/topics", "/console/sources")
MARCH = "period=last_month"


@pytest.fixture
def office() -> Office:
    return Office(City(a_march()))


@pytest.fixture
def desk(office: Office) -> Desk:
    return office.desk(OfficeRole.SUPERVISOR)


def text(page: str) -> str:
    """What a person reads: without tags, and without the space between them."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))


def pictures(page: str) -> list[str]:
    return [
        base64.b64decode(found).decode() for found in re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)', page)
    ]


@pytest.mark.parametrize(
    ("given", "days"),
    [
        (("", "", ""), (date(2026, 3, 3), TODAY)),
        (("7", "", ""), (date(2026, 3, 26), TODAY)),
        (("month", "2020-01-01", "2020-01-02"), (TODAY, TODAY)),
        (("last_month", "", ""), (date(2026, 3, 1), date(2026, 3, 31))),
        (("own", "2026-01-01", "2026-01-31"), (date(2026, 1, 1), date(2026, 1, 31))),
        (("", "2026-01-01", "2026-01-31"), (date(2026, 1, 1), date(2026, 1, 31))),
        (("own", "", ""), (date(2026, 3, 3), TODAY)),
        (("nonsense", "", ""), (date(2026, 3, 3), TODAY)),
    ],
)
def test_the_period_in_the_address(given: tuple[str, str, str], days: tuple[date, date]) -> None:
    found = period_of(*given, TODAY)
    assert (found.first, found.last, found.problem) == (*days, "")


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        ("2026-01-01", "", "请填写起止两个日期"),
        ("2026-02-30", "2026-03-01", "请填写起止两个日期"),
        ("2026-03-02", "2026-03-01", "结束日期不能早于开始日期"),
        ("2025-01-01", "2026-01-02", "最长一年，请缩短时间"),
    ],
)
def test_days_that_cannot_be_stay_typed_beside_the_sentence(desk: Desk, first: str, last: str, problem: str) -> None:
    page = desk.see(f"/console/figures?period=own&first={first}&last={last}")
    assert problem in page
    assert f'value="{first}"' in page
    assert "3月3日至4月1日" in page, "the usual period meanwhile"


def test_the_numbers_of_a_period_with_their_cases(desk: Desk) -> None:
    page = text(desk.see(f"/console/figures?{MARCH}"))
    for words in (
        "新收诉求130增加13件",
        "按时率83.3%（12件）",
        "满意率—（9件）",
        "“—（几件）”：不足10件，数据积累中",
        "提交13100.0%（13件）",
    ):
        assert words in page, words
    assert "2026年3月" in page


def test_today_is_told_in_numbers(desk: Desk) -> None:
    page = text(desk.see("/console/figures"))
    assert "2现已逾期" in page and "2全部在办" in page and "0今日新收" in page


def test_officials_stand_in_the_rosters_order(desk: Desk) -> None:
    page = desk.see(f"/console/figures?{MARCH}").partition("各负责同志 <small")[2]
    assert 0 < page.index("周文清") < page.index("解放")
    assert "不排名" in page


def test_every_picture_has_its_table_and_its_dark_twin(desk: Desk) -> None:
    page = desk.see(f"/console/figures?{MARCH}")
    drawn = pictures(page)
    assert len(drawn) >= 6
    assert page.count("prefers-color-scheme: dark") == len(drawn)
    for title in ("新收和答复（件）", "办理进度（件）", "诉求类别（件）", "各组按时率"):
        assert any(f"<title>{title}</title>" in one for one in drawn), title
    assert "<table" in page and 'style="' not in page, "the policy forbids inline styles"


def test_the_rate_of_groups_and_officials_is_chosen_in_the_address(desk: Desk) -> None:
    drawn = "".join(pictures(desk.see(f"/console/figures?{MARCH}&rate=response")))
    assert "各组响应率" in drawn and "各组按时率" not in drawn
    assert "各组按时率" in "".join(pictures(desk.see(f"/console/figures?{MARCH}&rate=x")))


def test_sources_by_place(desk: Desk) -> None:
    page = text(desk.see(f"/console/sources?{MARCH}"))
    assert "车站13" in page and "医院00" in page
    assert "另有1件诉求的来源码不在名册内" in page


def test_topics_say_when_there_are_none(desk: Desk) -> None:
    page = desk.see("/console/topics?period=own&first=2026-01-01&last=2026-01-07")
    assert "没有哪件事比此前明显增多" in page


def test_a_page_costs_a_handful_of_queries(desk: Desk) -> None:
    for path, most in (("/console/figures", 9), ("/console/sources", 5), ("/console/topics", 5)):
        with queries(desk.city) as seen:
            desk.see(f"{path}?period=30")
        assert seen.total() <= most, seen  # and one for the settings, every two seconds
        assert max(seen.values()) == 1, "nothing is asked twice"
        assert not [one for one in seen if one.startswith("appeals.get")], "no appeal is opened"
        assert path == "/console/topics" or "appeals.submitted_between" not in seen
    with queries(desk.city) as seen:
        desk.see(f"/console/figures?{MARCH}")
    assert seen.total() == 9, "today is counted beside another period"


def test_numbers_lead_to_the_work_list_that_they_count(desk: Desk) -> None:
    page = desk.see("/console/figures")
    for list in ("late", "promise_broken", "review", "supervision"):
        href = f"/console/appeals?desk={list}&amp;roster=city"
        assert href in page, list
        assert desk.get(href.replace("&amp;", "&")).status_code == 200
    late = page.partition("哪些负责同志有逾期")[2].partition("各组在办")[0]
    assert 0 < late.index("周文清") < late.index("解放"), "in the roster's order"
    assert "/console/appeals?desk=late&amp;roster=city&amp;official=roads" in late


def test_one_sentence_says_how_it_stands(desk: Desk) -> None:
    assert "现在在办 2 件，其中 2 件已逾期，涉及 2 位负责同志。" in desk.see("/console/figures")


def test_a_roster_without_anything_says_so_instead_of_empty_charts(office: Office) -> None:
    office.city.world.stores.rosters.put(a_roster(slug="new", name="新名册"))
    page = office.desk(OfficeRole.SUPERVISOR).see("/console/figures?roster=new")
    assert "现在没有在办的诉求。" in page and "这两段时间都没有诉求" in page
    assert "数据积累中" not in page and not pictures(page)


def test_categories_with_share_change_and_rate(office: Office) -> None:
    world: Any = office.city.world
    for _ in range(3):
        submitted(world, title="停水", body="停水三天")
    advance_to(world, "2026-04-30 09:00")
    desk = office.desk(OfficeRole.SUPERVISOR)
    april = "period=own&first=2026-04-01&last=2026-04-29"
    page = text(desk.see(f"/console/figures?{april}"))
    assert "水电气热3—（3件）增加3件—（3件）" in page, "neither share nor rate below ten"
    drawn = "".join(pictures(desk.see(f"/console/figures?{april}")))
    assert "<title>各类事项（件）</title>" in drawn
    assert "水电气热3—（3件）增加3件" in text(desk.see("/console/topics?period=own&first=2026-04-01&last=2026-04-29"))


def test_topics_have_their_category_and_are_filtered_by_it(office: Office) -> None:
    world: Any = office.city.world
    for title in ("停水", "希夷大道广场舞"):
        for who in ("resident", "neighbour", "wei"):
            submitted(world, by=who, title=title, body=title)
    advance_to(world, "2026-04-30 09:00")
    address = "/console/topics?period=own&first=2026-04-01&last=2026-04-29"
    desk = office.desk(OfficeRole.SUPERVISOR)
    page = desk.see(address)
    assert "停水水电气热3" in text(page) and "广场舞" in text(page)
    assert '<option value="水电气热"' in page
    kept = text(desk.see(f"{address}&category=水电气热").partition("反映明显增多的事")[2].partition("各类事项")[0])
    assert "停水" in kept and "广场舞" not in kept
    assert "广场舞" in text(desk.see(f"{address}&category=nonsense"))


def test_names_that_stay_in_the_office_are_said_on_its_page(office: Office) -> None:
    world: Any = office.city.world
    for who in ("resident", "neighbour", "wei"):
        submitted(world, by=who, title="阳光花园停水", body="停水三天")
    advance_to(world, "2026-04-30 09:00")
    page = office.desk(OfficeRole.SUPERVISOR).see("/console/topics?period=own&first=2026-04-01&last=2026-04-29")
    assert "其中阳光像是地名或人名，反映的人不足 10 人，只供内部掌握" in page


def test_the_map_shows_what_has_a_position_and_names_the_rest(office: Office) -> None:
    desk = office.desk(OfficeRole.SUPERVISOR)
    assert "来源地图" not in "".join(pictures(desk.see(f"/console/sources?{MARCH}")))
    codes = (SourceCode("P-1", "车站", Position(116.35, 34.42)), SourceCode("P-2", "医院"))
    office.city.world.stores.rosters.put(a_roster(policy=Policy(source_codes=codes)))
    page = desk.see(f"/console/sources?{MARCH}")
    assert any("<title>来源地图（诉求件数）</title>" in one and "车站 3" in one for one in pictures(page))
    assert "不在图上的1处：医院（0件）" in text(page)
    assert page.count("prefers-color-scheme: dark") == len(pictures(page)) == 2


def test_names_of_others_are_text(office: Office) -> None:
    world = office.city.world
    hostile = "<script>alert(1)</script>"
    world.stores.officials.put(an_official(name=hostile, version=2))
    world.stores.rosters.put(a_roster(name=hostile, version=2))
    page = office.desk(OfficeRole.AUDITOR).see(f"/console/figures?{MARCH}")
    assert hostile not in page and "&lt;script&gt;" in page
    assert not [one for one in pictures(page) if hostile in one]


def test_a_roster_that_is_not_there(desk: Desk) -> None:
    assert desk.get("/console/figures?roster=nowhere").status_code == 404


def test_without_any_roster_the_pages_say_so() -> None:
    city = City()
    city.world.stores.rosters.kept.clear()
    desk = Office(city).desk(OfficeRole.SUPERVISOR)
    for path in (*PAGES, "/console/reports"):
        assert "还没有名册" in desk.see(path)


@pytest.mark.parametrize("role", list(OfficeRole))
@pytest.mark.parametrize("path", PAGES)
def test_who_may_look(office: Office, role: OfficeRole, path: str) -> None:
    status = office.desk(role).get(path).status_code
    assert status == (200 if role in CASE_READERS else 403)
