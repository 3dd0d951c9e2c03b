"""From the printed sheet through the scan to the count: posters, what their codes mean, where ordinary ones lead."""

from __future__ import annotations

import argparse
import html
import re
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import write_posters
from app.domain.errors import NotNow, Reason
from app.domain.roster import Audience, Campaign, Policy, ServiceHours, SourceCode
from app.services.posters.scenes import scene_of
from app.services.posters.sheets import posters
from app.services.posters.sources import source_counts
from app.web.pages.posters import qr_code, render_posters
from tests.services.factories import a_roster, a_world
from tests.web.city import APPEAL, City

POLICY = Policy(source_codes=(SourceCode("HALL", "政务大厅"), SourceCode("BUS-01", "客运站<b>东门</b>")))
ROSTER = a_roster(
    policy=POLICY, basis="市委、市政府公告", published_on=date(2022, 3, 15), name="市领导 & <干部> 公开电话"
)
TODAY = date(2026, 3, 2)


@pytest.fixture
def city() -> City:
    return City(a_world(ROSTER))


def sheets(world: Any, **asked: Any) -> str:
    return render_posters(posters(world, "city", **asked))


def test_each_place_stands_on_one_sheet_with_its_code(city: City) -> None:
    page = sheets(city.world)
    assert page.count('<section class="sheet">') == page.count("<img ") == 3
    places = re.findall(r'<div class="place">\s*<small>(.*?)</small>\s*<strong[^>]*>(.*?)</strong>', page)
    assert [(said, html.unescape(place)) for said, place in places] == [
        ("可以直接联系", "市领导、市直部门"),
        ("您现在的位置", "政务大厅"),
        ("您现在的位置", "客运站<b>东门</b>"),
    ]
    assert re.findall(r"(?:编号|名册) ([^<]+)<", page) == ["city", "HALL", "BUS-01"]
    for words in ("亳州市", "3 天内联系您", "公布依据：市委、市政府公告", "公布日期：2022年3月15日"):
        assert page.count(words) >= 3, words
    assert "3 天内有人联系您，10 个工作日内答复" in page


def test_names_are_written_not_interpreted(city: City) -> None:
    page = sheets(city.world) + sheets(city.world, plain=True)
    assert "客运站&lt;b&gt;东门&lt;/b&gt;" in page and "市领导 &amp; &lt;干部&gt; 公开电话" in page
    assert "<b>东门" not in page and "<干部>" not in page


def test_a_sheet_needs_nothing_from_elsewhere(city: City) -> None:
    for page in (sheets(city.world), sheets(city.world, plain=True)):
        addresses = re.findall(r'(?:src|href|url)\s*[=(]\s*"?([^"\s)]+)', page)
        assert {address.partition(":")[0] for address in addresses} <= {"data"}
        assert "<script" not in page and "@import" not in page
    assert "size: A4 portrait" in page


def test_an_ordinary_code_is_drawn_and_its_address_printed(city: City) -> None:
    page = sheets(city.world, plain=True)
    assert (page.count("<svg "), page.count("<img ")) == (3, 0)
    assert "https://ztc.example.cn/s/city/BUS-01</span>" in page
    assert str(qr_code("https://ztc.example.cn/s/city/HALL")) in page
    assert qr_code("https://ztc.example.cn/s/city/HALL") != qr_code("https://ztc.example.cn/s/city/BUS-01")


def test_what_is_special_about_a_roster_is_said() -> None:
    policy = Policy(
        audience=Audience.ENTERPRISE,
        service_hours=ServiceHours(time(8), time(22)),
        campaign=Campaign("稳岗", date(2026, 1, 1), date(2026, 6, 30)),
    )
    page = sheets(a_world(a_roster(policy=policy)))
    for words in (
        "面向企业",
        "工作日 8:00 至 22:00 接听电话，诉求随时可以提交",
        "稳岗：2026年1月1日至2026年6月30日受理",
    ):
        assert words in page
    assert "公布日期" not in page and "None" not in page


@pytest.mark.parametrize("length", [4, 11, 18, 40])
def test_a_long_name_is_set_smaller(length: int) -> None:
    page = sheets(a_world(a_roster(name="长" * length)))
    (size,) = {float(size) for size in re.findall(r'<h1 style="font-size: ([\d.]+)mm">', page)}
    assert 11 <= size <= 15.5
    assert length > 15 or size * length <= 176


def test_a_scan_opens_the_place_and_is_counted_for_it(city: City) -> None:
    """As the mini-program does it: the scene it was opened with, then the visit, later the appeal."""
    found = city.client.get(f"/api/sources/{scene_of('city', 'HALL')}").json
    assert found == {"roster": "city", "source": "HALL", "place": "政务大厅"}
    visit = city.client.post("/api/visits", json={"roster": found["roster"], "source": found["source"]})
    assert (visit.status_code, visit.json["counted"]) == (201, True)
    appeal = city.login("resident").send("/api/appeals", APPEAL | {"source": found["source"]}, 201)
    assert appeal["source"] == "HALL"
    (day,) = source_counts(city.world, ROSTER, TODAY, TODAY).days
    assert (day.place, day.visits, day.appeals) == ("政务大厅", 1, 1)


def test_the_code_of_the_whole_roster_means_no_place(city: City) -> None:
    found = city.client.get(f"/api/sources/{scene_of('city')}")
    assert (found.status_code, found.json) == (200, {"roster": "city", "source": None, "place": None})
    assert "Server-Time" in found.headers


@pytest.mark.parametrize("scene", ["x", "abc234.HALL", scene_of("city") + ".GONE", "%2e%2e", "é"])
def test_a_scene_that_means_nothing(city: City, scene: str) -> None:
    answer = city.client.get(f"/api/sources/{scene}")
    assert (answer.status_code, answer.json["code"]) == (404, "no_such_source")


def test_an_ordinary_code_opens_the_same_scene(city: City) -> None:
    answer = city.client.get("/s/city/HALL")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert '<meta http-equiv="refresh" content="0;url=https://wxaurl.cn/1">' in answer.text
    assert '<a href="https://wxaurl.cn/1">打开小程序</a>' in answer.text
    assert city.world.codes.links == [("pages/directory/directory", f"scene={scene_of('city', 'HALL')}")]
    assert not city.world.stores.visits.kept, "the mini-program counts, and only it"
    city.client.get("/s/city/HALL")
    assert len(city.world.codes.links) == 1


def test_a_place_that_was_given_up_still_opens_the_roster(city: City) -> None:
    """The poster may hang for years."""
    for path in ("/s/city", "/s/city/GONE"):
        assert city.client.get(path).status_code == 200
    assert city.world.codes.links == [("pages/directory/directory", f"scene={scene_of('city')}")]


def test_a_page_says_in_words_why_nothing_opens(city: City) -> None:
    answer = city.client.get("/s/nope/HALL")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "没有找到这份名录" in answer.text and "http-equiv" not in answer.text
    city.world.codes.failure = NotNow(Reason.WECHAT_AWAY, retry_after=5)
    answer = city.client.get("/s/city/HALL")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "请稍后再扫一次" in answer.text and "http-equiv" not in answer.text
    city.world.stores.outage.away = True
    answer = city.client.get("/s/city/HALL")
    assert (answer.status_code, answer.mimetype, "Retry-After" in answer.headers) == (503, "text/html", True)


def test_the_page_writes_names_and_runs_no_script(city: City) -> None:
    answer = city.client.get("/s/city")
    assert "&lt;干部&gt;" in answer.text and "<干部>" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for path in ("/s/%3Cscript%3E", "/s/city/%3Cscript%3E"):
        assert "<script" not in city.client.get(path).text


def command(city: City, file: Path, **given: Any) -> str:
    arguments = {"roster": "city", "source": "", "plain": False, "output": str(file)} | given
    return write_posters(city.world, argparse.Namespace(**arguments))


def test_the_command_writes_the_sheets(city: City, tmp_path: Path) -> None:
    file = tmp_path / "posters.html"
    assert "3 张" in command(city, file)
    assert file.read_text(encoding="utf-8") == sheets(city.world)
    assert "1 张" in command(city, file, source="HALL", plain=True)
    assert file.read_text(encoding="utf-8").count("<svg ") == 1


def test_without_mini_program_codes_it_prints_ordinary_ones_and_says_so(city: City, tmp_path: Path) -> None:
    city.world.codes.failure = NotNow(Reason.WECHAT_AWAY)
    assert "已改印普通二维码" in command(city, tmp_path / "p.html")
    assert (tmp_path / "p.html").read_text(encoding="utf-8").count("<svg ") == 3


@pytest.mark.parametrize("given", [{"roster": "nope"}, {"source": "GONE"}])
def test_the_command_says_what_there_is_not(city: City, tmp_path: Path, given: dict[str, str]) -> None:
    with pytest.raises(SystemExit, match="没有"):
        command(city, tmp_path / "p.html", **given)
    with pytest.raises(SystemExit, match="直通车"):
        command(city, tmp_path / "nowhere" / "p.html")
    assert not list(tmp_path.iterdir())
