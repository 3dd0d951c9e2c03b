"""Editing a roster and its groups at the console: what is saved, what is wrong, who was slower."""

from __future__ import annotations

from app.domain.officer import OfficeRole
from app.domain.roster import Position, SourceCode
from tests.services.keepers import stored
from tests.web.console.conftest import Desk, Office
from tests.web.console.rosters import CITY, groups_form, roster_form, roster_of


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


def test_a_new_roster_begins_unpublished(editor: Desk) -> None:
    form = roster_form(editor, slug="county", name="县区公开电话", groups="县领导\n县直部门")
    assert "还没有公布" in editor.do("/console/new-roster", **form)
    made = editor.city.world.stores.rosters.get("county")
    assert (made.groups, made.is_published) == (("县领导", "县直部门"), False)
    again = editor.post("/console/new-roster", form)
    assert again.status_code == 422
    assert "已有这个标识的名册" in again.text
    assert "县领导\n县直部门" in again.text
