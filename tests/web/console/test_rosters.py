"""Rosters at the console: who reads and who keeps them, order, publishing, the forms, posters."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.errors import NotNow, Reason
from app.domain.officer import OfficeRole
from app.domain.roster import Position, SourceCode
from app.services.rosters import keeping
from app.services.rosters.log import edition_of
from tests.services.keepers import shown, stored
from tests.web.console.conftest import Desk, Office
from tests.web.console.counting import queries

CITY = "/console/rosters/city"
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


@pytest.fixture
def editor(office: Office) -> Desk:
    return office.desk(OfficeRole.EDITOR)


def roster_of(desk: Desk) -> Any:
    return desk.city.world.stores.rosters.get("city")


def roster_form(desk: Desk, **changes: str) -> dict[str, Any]:
    """What the form holds as it is opened, with some of it changed; None takes a box away."""
    deadlines = {
        "review_workdays": "1",
        "contact_days": "3",
        "contact_urgent_hours": "2",
        "consultation_workdays": "3",
        "answer_workdays": "10",
        "answer_urgent_hours": "24",
    }
    form = {
        "seen": str(roster_of(desk).version),
        "name": "市领导公开电话",
        "city": "亳州市",
        "promise": "3 天内联系您",
        "publication.basis": "市委办〔2026〕1 号",
        "policy.audience": "everyone",
        "policy.answered_by": "in_person",
        **{f"policy.deadlines.{name}": value for name, value in deadlines.items()},
    }
    return form | {name.replace("__", "."): value for name, value in changes.items()}


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


def test_the_roster_is_saved_with_all_its_parts(editor: Desk) -> None:
    form = roster_form(
        editor,
        name="亳州市领导公开电话",
        publication__basis="市委办〔2026〕3 号",
        publication__date="2026-03-02",
        policy__audience="enterprise",
        policy__service_hours__from="08:00",
        policy__service_hours__to="18:00",
        policy__courtesy_hours__from="12:00",
        policy__courtesy_hours__to="14:00",
        policy__courtesy_hours__hint="午休时间",
        policy__campaign__topic="营商环境",
        policy__campaign__starts_on="2026-03-01",
        policy__campaign__ends_on="2026-12-31",
        policy__operators="801 王芳\n802，李 静\n\n",
        policy__source_codes="BUS-01 客运站 2 号门 116.3512,34.4236\nHALL 政务大厅",
        policy__reports="weekly",
        policy__deadlines__contact_days="5",
    )
    assert "已保存" in editor.do(f"{CITY}/edit", **form)
    known = roster_of(editor)
    policy = known.policy
    assert (known.name, known.basis, str(known.published_on)) == (
        "亳州市领导公开电话",
        "市委办〔2026〕3 号",
        "2026-03-02",
    )
    assert (policy.audience.value, policy.deadlines.contact.amount) == ("enterprise", 5)
    assert not policy.service_hours.workdays_only
    assert (policy.courtesy_hours.hint, policy.campaign.topic) == ("午休时间", "营商环境")
    assert [(one.number, one.name) for one in policy.operators] == [("801", "王芳"), ("802", "李 静")]
    assert policy.source_codes == (
        SourceCode("BUS-01", "客运站 2 号门", Position(116.3512, 34.4236)),
        SourceCode("HALL", "政务大厅"),
    )
    assert policy.reports == ("weekly",)
    page = editor.see(f"{CITY}/edit")
    for words in (
        "801 王芳\n802 李 静",
        "BUS-01 客运站 2 号门 116.3512,34.4236\nHALL 政务大厅",
        'value="08:00"',
        'value="2026-12-31"',
        "午休时间",
    ):
        assert words in page


def test_empty_parts_are_none_and_an_emptied_deadline_stays(editor: Desk) -> None:
    editor.do(
        f"{CITY}/edit",
        **roster_form(
            editor,
            policy__service_hours__from="08:00",
            policy__service_hours__to="18:00",
            policy__deadlines__contact_days="5",
        ),
    )
    editor.do(f"{CITY}/edit", **roster_form(editor, policy__deadlines__contact_days=""))
    policy = roster_of(editor).policy
    assert (policy.service_hours, policy.courtesy_hours, policy.campaign) == (None, None, None)
    assert policy.deadlines.contact.amount == 5


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(editor: Desk) -> None:
    before = roster_of(editor)
    form = roster_form(
        editor,
        name="",
        promise="马上联系您",
        policy__service_hours__from="08:00",
        policy__operators="801 王芳\n8 0 2",
        policy__source_codes="坏码 客运站",
        policy__deadlines__contact_days="99",
    )
    answer = editor.post(f"{CITY}/edit", form)
    assert answer.status_code == 422
    for id, words in {
        "name": "必须填写",
        "policy.service_hours.to": "请写成 08:00 这样的时间",
        "policy.source_codes": "坏码：来源码须唯一",
        "policy.deadlines.contact_days": "要在 1 到 30 之间",
    }.items():
        told = answer.text.split(f'id="{id}-problem"', 1)
        assert len(told) == 2, id
        assert words in told[1][:200]
    for words in ("马上联系您", "801 王芳\n8 0 2", 'value="99"', "您填写的都在"):
        assert words in answer.text
    assert roster_of(editor) == before


def test_a_position_in_the_wrong_order_is_told_by_its_line(editor: Desk) -> None:
    lines = "BUS-01 客运站\nHALL 政务大厅 34.4236,116.3512"
    answer = editor.post(f"{CITY}/edit", roster_form(editor, policy__source_codes=lines))
    assert answer.status_code == 422
    assert "第 2 行：34.4236,116.3512：坐标请写成“经度,纬度”" in answer.text
    assert lines in answer.text, "what was typed stays"


def test_a_line_without_its_second_half_is_told_by_its_number(editor: Desk) -> None:
    answer = editor.post(f"{CITY}/edit", roster_form(editor, policy__operators="801 王芳\n802"))
    assert "第 2 行：必须填写" in answer.text


def test_who_was_slower_is_told_and_may_save_over_it_knowingly(office: Office, editor: Desk) -> None:
    other = office.desk(OfficeRole.ADMIN)
    other.do(f"{CITY}/edit", **roster_form(other))
    mine = roster_form(editor, promise="我的承诺")
    other.do(f"{CITY}/edit", **roster_form(other, promise="他的承诺"))
    answer = editor.post(f"{CITY}/edit", mine)
    assert answer.status_code == 409
    assert f"{other.officer.name} 在" in answer.text
    assert "改过“承诺”" in answer.text
    assert 'id="promise-problem"' in answer.text
    assert "我的承诺" in answer.text
    assert roster_of(editor).promise == "他的承诺"
    editor.do(f"{CITY}/edit", **roster_form(editor, promise="我的承诺"))
    assert roster_of(editor).promise == "我的承诺"


def groups_form(desk: Desk, *rows: tuple[str, str, str], **more: str) -> dict[str, str]:
    form = {"seen": str(roster_of(desk).version)}
    for number, (was, name, order) in enumerate(rows):
        form |= {f"groups.{number}.was": was, f"groups.{number}.name": name, f"groups.{number}.order": order}
    return form | more


def test_groups_are_renamed_ordered_and_added(editor: Desk) -> None:
    rows = (("市领导", "市级领导", "1"), ("市直部门", "市直部门", "1"), ("", "县区", "3"), ("", "", "4"))
    editor.do(f"{CITY}/groups", **groups_form(editor, *rows))
    assert roster_of(editor).groups == ("市直部门", "市级领导", "县区")
    assert stored(editor.city.world, "mayor").group == "市级领导"


def test_a_group_with_people_stays(editor: Desk) -> None:
    rows = (("市领导", "市领导", "1"), ("市直部门", "市直部门", "2"))
    answer = editor.post(f"{CITY}/groups", groups_form(editor, *rows, **{"groups.1.gone": "on"}))
    assert answer.status_code == 422
    assert "要删除的分组里还有人：周文清、解放" in answer.text
    assert roster_of(editor).groups == ("市领导", "市直部门")


def test_a_group_that_somebody_added_meanwhile_is_not_deleted_unseen(office: Office, editor: Desk) -> None:
    rows = (("市领导", "市级领导", "1"), ("市直部门", "市直部门", "2"))
    mine = groups_form(editor, *rows)
    other = office.desk(OfficeRole.ADMIN)
    other.do(f"{CITY}/groups", **groups_form(other, ("市领导", "市领导", "1"), rows[1], ("", "县区", "3")))
    answer = editor.post(f"{CITY}/groups", mine)
    assert answer.status_code == 409
    assert "改过“分组”" in answer.text
    assert 'value="市级领导"' in answer.text
    assert 'name="groups.2.was" value="县区"' in answer.text
    assert roster_of(editor).groups == ("市领导", "市直部门", "县区")


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


def test_a_new_roster_begins_unpublished(editor: Desk) -> None:
    form = roster_form(editor, slug="county", name="县区公开电话", groups="县领导\n县直部门")
    assert "还没有公布" in editor.do("/console/new-roster", **form)
    made = editor.city.world.stores.rosters.get("county")
    assert (made.groups, made.is_published) == (("县领导", "县直部门"), False)
    again = editor.post("/console/new-roster", form)
    assert again.status_code == 422
    assert "已有这个标识的名册" in again.text
    assert "县领导\n县直部门" in again.text


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
