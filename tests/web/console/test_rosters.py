"""Rosters at the console: who reads and who keeps them, order, publishing, posters."""

from __future__ import annotations

import pytest

from app.domain.errors import NotNow, Reason
from app.domain.officer import OfficeRole
from app.services.rosters import keeping
from app.services.rosters.log import edition_of
from tests.services.keepers import shown
from tests.web.console.conftest import Desk, Office
from tests.web.console.counting import queries
from tests.web.console.rosters import CITY, roster_form

KEEPERS_ONLY = (
    f"{CITY}/edit",
    f"{CITY}/groups",
    f"{CITY}/import",
    f"{CITY}/invitations",
    f"{CITY}/officials/new",
    f"{CITY}/export.csv",
    f"{CITY}/template.xlsx",
    "/console/new-roster",
    "/console/officials/education",
    "/console/officials/education/replace",
    "/console/posters",
    "/console/posters/print?roster=city&place=",
)


READ = ("/console/rosters", CITY, f"{CITY}/history")


HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize("path", READ)
def test_auditors_read_and_are_offered_nothing_to_change(office: Office, path: str) -> None:
    page = office.desk(OfficeRole.AUDITOR).see(path)
    assert "保存顺序" not in page
    assert "停止公布</button>" not in page
    assert "/edit" not in page


@pytest.mark.parametrize("path", KEEPERS_ONLY)
@pytest.mark.parametrize("role", [OfficeRole.AUDITOR, OfficeRole.SUPERVISOR])
def test_only_keepers_open_the_forms(office: Office, role: OfficeRole, path: str) -> None:
    assert office.desk(role).get(path).status_code == 403


@pytest.mark.parametrize("path", (*READ, *KEEPERS_ONLY))
def test_editors_open_every_page(editor: Desk, path: str) -> None:
    assert editor.get(path).status_code == 200


def test_the_list_tells_what_is_published(editor: Desk) -> None:
    keeping.unpublish_official(editor.city.world, editor.officer, "roads")
    page = editor.see("/console/rosters")
    assert "市领导公开电话" in page
    assert "已公布" in page
    assert '<td class="number">3</td><td class="number">2</td>' in page


def test_a_roster_that_is_taken_down_is_gone_at_once(editor: Desk) -> None:
    public = editor.city.nobody
    page = editor.do(f"{CITY}/publish", to="no")
    assert "已停止公布" in page
    assert public.get("/api/rosters/city/directory").status_code == 404
    assert "群众现在就能看到" in editor.do(f"{CITY}/publish", to="yes")
    assert public.get("/api/rosters/city/directory").status_code == 200


def test_numbers_put_officials_in_order_within_their_group(editor: Desk) -> None:
    world = editor.city.world
    assert [one.id for one in edition_of(world, "city").officials] == ["mayor", "education", "roads"]
    page = editor.do(f"{CITY}/order", mayor="1", education="2", roads="2")
    assert "已按新的顺序" in page
    assert [one.id for one in edition_of(world, "city").officials] == ["mayor", "roads", "education"]
    editor.do(f"{CITY}/order", mayor="1", roads="3", education="3")
    assert [one.id for one in edition_of(world, "city").officials] == ["mayor", "education", "roads"]
    assert "顺序没有变化" in editor.do(f"{CITY}/order", mayor="9", education="nothing", roads="")


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/console/rosters", 5),
        (CITY, 9),
        (f"{CITY}/history", 10),
        (f"{CITY}/invitations", 9),
        ("/console/officials/education", 10),
        ("/console/posters", 4),
    ],
)
def test_a_page_needs_a_handful_of_queries(editor: Desk, path: str, most: int) -> None:
    with queries(editor.city) as asked:
        editor.see(path)
    assert asked.total() <= most, asked


def test_hostile_words_stay_words(editor: Desk) -> None:
    page = editor.do(f"{CITY}/edit", **roster_form(editor, name=HOSTILE, publication__basis=HOSTILE))
    for path in (
        CITY,
        f"{CITY}/history",
        f"{CITY}/edit",
        "/console/rosters",
        "/console/posters/print?roster=city&place=&code=plain",
    ):
        page = editor.see(path)
        assert HOSTILE not in page
        assert "&lt;script&gt;" in page


def test_posters_show_the_chosen_places_with_the_chosen_code(editor: Desk) -> None:
    editor.do(f"{CITY}/edit", **roster_form(editor, policy__source_codes="BUS-01 客运站\nHALL 政务大厅\nHOSP 医院"))
    page = editor.see("/console/posters?roster=city")
    assert "客运站" in page
    answer = editor.get("/console/posters/print?roster=city&place=HOSP&place=BUS-01&code=plain")
    assert "政务大厅" not in answer.text
    assert answer.text.index("客运站") < answer.text.index("医院")
    assert answer.text.count('class="sheet"') == 2
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert editor.get("/console/posters/print?roster=city&place=NOPE").status_code == 404


def test_without_a_place_or_without_wechat_the_page_says_what_to_do(editor: Desk) -> None:
    answer = editor.get("/console/posters/print?roster=city", follow_redirects=True)
    assert "请先勾选" in answer.text
    editor.city.world.codes.failure = NotNow(Reason.WECHAT_AWAY)
    answer = editor.get("/console/posters/print?roster=city&place=", follow_redirects=True)
    assert "普通二维码" in answer.text


def test_the_public_directory_follows_the_console(editor: Desk) -> None:
    editor.do("/console/officials/roads/publish", to="no")
    assert shown(editor.city.world) == ["魏崇岭", "周文清"]
