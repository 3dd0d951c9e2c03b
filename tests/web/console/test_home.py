"""The first page: what waits for whom, and what somebody should notice."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.notification import Status
from app.domain.officer import OfficeRole
from app.services.evidence import perfunctory
from app.services.ports.running import AlertTally
from app.services.running.alerting import day_number
from app.services.running.noticing import COUNTED
from tests.web.city import City
from tests.web.console.conftest import Office
from tests.web.console.counting import queries
from tests.web.console.lists import submit_many

R = OfficeRole
FIND = "/console/appeals/find"


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
