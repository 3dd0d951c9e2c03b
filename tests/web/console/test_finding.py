"""Finding appeals by code, words and telephone number, from the one field of the work list."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.domain.officer import OfficeRole
from app.services.office import worklists
from tests.web.city import City
from tests.web.console.conftest import Office
from tests.web.console.lists import rows, submit_many

R = OfficeRole
FIND = "/console/appeals/find"


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
