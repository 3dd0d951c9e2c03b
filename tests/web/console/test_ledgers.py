"""督办单台账 and 约谈台账: their lists, filters and pages, several sheets at once, and files on the audit log."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from app.domain.officer import OfficeRole
from app.services.appeals.reading import PAGE
from tests.web.city import City
from tests.web.console.acting import act, let_time_pass
from tests.web.console.conftest import Desk, Office
from tests.web.console.counting import queries

R = OfficeRole
NUMBER = re.compile(r"督〔2026〕\d+号")


def codes(page: str) -> list[str]:
    """The appeals of the ledger's lines."""
    body = page.split("<tbody>")[1] if "<tbody>" in page else ""
    return re.findall(r'href="/console/appeals/[^"/]+">([A-Z0-9]+)</a>', body)


def listed(city: City, office: Office, count: int = 1) -> tuple[Desk, list[dict[str, Any]]]:
    """Appeals on the supervision list, ten days after their submission on 2 March."""
    appeals = [city.submit(by=f"resident-{number}") for number in range(count)]
    return let_time_pass(city, office, days=10), appeals


def test_an_order_goes_from_list_to_list(city: City, office: Office) -> None:
    desk, (appeal,) = listed(city, office)
    assert codes(desk.see("/console/orders?list=to_sign")) == [appeal["code"]]
    assert "还没有编号" in desk.see("/console/orders")
    act(desk, appeal, "sign_order", workdays="1")
    running = desk.see("/console/orders?list=running")
    for words in ("督〔2026〕1号", appeal["code"], "周文清", "某supervisor", "还剩", "2026-03-13 18:00"):
        assert words in running
    assert codes(desk.see("/console/orders?list=late")) == codes(desk.see("/console/orders?list=to_sign")) == []
    desk = let_time_pass(city, office, days=3)
    assert "已逾期 1 天" in desk.see("/console/orders?list=late")
    city.act("zhou", appeal, "log_contact", {"outcome": "in_person"})
    assert codes(desk.see("/console/orders?list=late")) == []
    assert "逾期 1 天办理" in desk.see("/console/orders?list=done")
    assert codes(desk.see("/console/orders")) == [appeal["code"]]


def test_filters_live_in_the_address(city: City, office: Office) -> None:
    desk, (appeal,) = listed(city, office)
    for kept in ("", "roster=city", "period=2026", "period=2026-03&roster=city", "period=nonsense"):
        assert codes(desk.see(f"/console/orders?{kept}")) == [appeal["code"]], kept
    for left_out in ("roster=nowhere", "period=2025", "period=2026-02"):
        page = desk.see(f"/console/orders?{left_out}")
        assert codes(page) == []
        assert "换一个名册、时间或清单" in page
    page = desk.see("/console/orders?period=2026-03&list=to_sign")
    assert '<option value="2026-03" selected>2026年3月' in page
    assert "period=2026-03" in page.split('class="tabs"')[1].split("</nav>")[0], "tabs keep the filters"


def test_the_ledger_goes_on_where_it_stopped(city: City, office: Office) -> None:
    desk, appeals = listed(city, office, PAGE + 2)
    first = desk.see("/console/orders?list=to_sign&roster=city")
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = desk.see(following[1].replace("&amp;", "&"))
    assert len(codes(first)) == PAGE
    assert sorted(codes(first) + codes(second)) == sorted(appeal["code"] for appeal in appeals)


def test_several_are_printed_at_once(city: City, office: Office) -> None:
    desk, appeals = listed(city, office, 3)
    for appeal in appeals[:2]:
        act(desk, appeal, "sign_order", workdays="2")
    ledger = desk.see("/console/orders")
    ticks = re.findall(r'name="order" value="([^"]+)"', ledger)
    assert len(ticks) == 2, "what nobody has signed has no sheet"
    sheet = desk.get("/console/orders/print", query_string={"order": ticks}).text
    assert sheet.count("诉 求 督 办 单") == 2
    assert {"督〔2026〕1号", "督〔2026〕2号"} <= set(NUMBER.findall(sheet))
    for wrong in (f"{appeals[2]['id']}:1", f"{appeals[0]['id']}:9", "nothing:1", f"{appeals[0]['id']}:²", "x"):
        assert desk.get("/console/orders/print", query_string={"order": wrong}).status_code == 404
    assert "还没有勾选督办单" in desk.see(desk.get("/console/orders/print").headers["Location"])


def test_the_work_list_says_how_the_order_stands(city: City, office: Office) -> None:
    desk, (appeal,) = listed(city, office)
    assert "督办单待签发" in desk.see("/console/appeals?desk=supervision")
    act(desk, appeal, "sign_order", workdays="2")
    assert re.search("督〔2026〕1号 还剩 [^<]*3月16日 18:00 前", desk.see("/console/appeals?desk=supervision"))


def interviewed(city: City, office: Office) -> tuple[Desk, dict[str, Any]]:
    desk, appeal = office.desk(R.SUPERVISOR), city.answered()
    act(desk, appeal, "suggest_interview", reason="perfunctory", text="核实过")
    return desk, appeal


def test_an_interview_goes_from_list_to_list(city: City, office: Office) -> None:
    desk, appeal = interviewed(city, office)
    undecided = desk.see("/console/interviews?list=undecided")
    assert codes(undecided) == [appeal["code"]]
    assert "经核实应付了事" in undecided
    day = (city.world.clock.now() + timedelta(days=2)).date().isoformat()
    act(desk, appeal, "decide_interview", interview="1", decision="held", text="当面谈过", rectify_by=day)
    rectifying = desk.see("/console/interviews?list=rectifying&period=2026-03&roster=city")
    assert codes(rectifying) == [appeal["code"]]
    assert f"{day} 18:00" in rectifying
    inspector = office.desk(R.INSPECTOR)
    assert codes(inspector.see("/console/interviews?list=rectifying")) == []
    let_time_pass(city, office, days=4)
    inspector = office.desk(R.INSPECTOR)
    assert codes(inspector.see("/console/interviews")) == [appeal["code"]]
    assert codes(office.desk(R.SUPERVISOR).see("/console/interviews?list=referred")) == [appeal["code"]]


def test_an_inspector_sees_the_referred_interview_alone(city: City, office: Office) -> None:
    desk, appeal = interviewed(city, office)
    act(desk, appeal, "suggest_interview", reason="not_answering", text="三次未接")
    day = (city.world.clock.now() + timedelta(days=1)).date().isoformat()
    act(desk, appeal, "decide_interview", interview="1", decision="held", text="谈过", rectify_by=day)
    let_time_pass(city, office, days=3)
    shown = office.desk(R.INSPECTOR).see("/console/interviews?list=all")
    assert codes(shown) == [appeal["code"]]
    assert "经核实不接电话" not in shown


@pytest.mark.parametrize(("ledger", "act_name"), [("orders", "export_orders"), ("interviews", "export_interviews")])
def test_what_is_taken_along_is_on_record_and_runs_nothing(
    city: City, office: Office, ledger: str, act_name: str
) -> None:
    city.submit(title="=1+1")
    city.submit(by="neighbour", title="别的名册的筛选")
    desk = let_time_pass(city, office, days=10)
    for one in city.world.stores.appeals.where(lambda _: True):
        act(desk, {"id": one.id}, "suggest_interview", reason="not_answering", text="核实过")
    answer = desk.post(f"/console/{ledger}/export?list=all&period=2026-03", {"format": "xlsx"})
    rows = list(load_workbook(io.BytesIO(answer.data)).active.values)
    assert len(rows) == 3
    assert {"'=1+1", "别的名册的筛选"} == {row[rows[0].index("事项")] for row in rows[1:]}
    entry = city.world.stores.audit_log.last()
    assert (entry.act, entry.detail) == (act_name, "2026-03")
    other = desk.post(f"/console/{ledger}/export?period=2025", {"format": "csv"})
    assert other.data.decode("utf-8-sig").count("\r\n") == 1, "the filters of the page hold"
    assert b"13800138000" not in other.data


def test_a_ledger_needs_a_handful_of_queries(city: City, office: Office) -> None:
    desk, appeals = listed(city, office, 5)
    act(desk, appeals[0], "sign_order", workdays="2")
    for page in ("orders", "interviews"):
        with queries(city) as asked:
            desk.see(f"/console/{page}?roster=city")
        assert sum(asked.values()) <= 6, asked


def test_hostile_words_are_shown_as_text(city: City, office: Office) -> None:
    city.submit(title="<script>alert(1)</script>")
    desk = let_time_pass(city, office, days=10)
    assert "<script>alert" not in desk.see("/console/orders")


def test_an_empty_page_tells_each_reader_what_would_stand_there(city: City, office: Office) -> None:
    appeal = city.submit()
    supervisor, inspector = office.desk(R.SUPERVISOR), office.desk(R.INSPECTOR)
    assert "还没有督办单" in supervisor.see("/console/orders")
    assert "由督查员决定" in supervisor.see("/console/interviews")
    for address in ("/console/interviews", "/console/appeals", "/console/"):
        page = inspector.see(address)
        assert "都处理完了" not in page and "由督查员决定" not in page, address
    assert "会移交到这里" in inspector.see("/console/interviews") and "会移交到这里" in inspector.see(
        "/console/appeals"
    )
    answer = inspector.get(f"/console/appeals/{appeal['id']}")
    assert answer.status_code == 404
    assert "还没有移交专班" in answer.text and "没能完成" not in answer.text
