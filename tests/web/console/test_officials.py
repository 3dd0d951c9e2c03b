"""Officials at the console: a new one, changing one, a new holder, invitations; the history and undoing."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.domain.notification import Role
from app.domain.officer import OfficeRole
from app.services.people.accounts import bind
from app.services.rosters import keeping
from app.services.rosters.invitations import standings
from tests.services.keepers import audited, shown, stored
from tests.web.console.conftest import Desk, Office

CITY = "/console/rosters/city"
ONE = "/console/officials/education"
HOSTILE = '"><script>alert(1)</script>'


def version(desk: Desk) -> str:
    found = desk.city.world.stores.rosters.get("city")
    assert found is not None
    return str(found.version)


def form(desk: Desk, **changes: str) -> dict[str, Any]:
    """周文清's form with some of it changed."""
    return {
        "seen": version(desk),
        "group": "市直部门",
        "name": "周文清",
        "post": "局长",
        "unit": "市教育局",
        "duties": "学校招生",
        "phone": "15400000000",
        "superior": "mayor",
    } | changes


def newcomer(**changes: str) -> dict[str, str]:
    plain = {
        "group": "市直部门",
        "name": "吴敏",
        "post": "局长",
        "unit": "市水务局",
        "duties": "停水\n水质",
        "phone": "15400000077",
    }
    return plain | changes


def successor(desk: Desk, **changes: str) -> dict[str, str]:
    plain = {
        "seen": version(desk),
        "name": "钱进",
        "phone": "15400000099",
        "post": "局长",
        "duties": "学校招生\n校车",
        "since": "2026-03-01",
    }
    return plain | changes


def test_a_new_official_waits_to_be_published(editor: Desk) -> None:
    assert "还没有公布" in editor.do(f"{CITY}/officials", **newcomer())
    made = stored(editor.city.world, "city.001")
    assert (made.name, made.duties, made.is_published) == ("吴敏", ("停水", "水质"), False)
    editor.do(f"{CITY}/officials", **newcomer(name="郑重", key="water-2", is_published="on"))
    assert shown(editor.city.world)[-1] == "郑重"


def test_mistakes_of_a_new_official_stand_beside_the_fields(editor: Desk) -> None:
    typed = newcomer(phone="打不通", name=HOSTILE, duties="", since="2999-01-01")
    answer = editor.post(f"{CITY}/officials", typed)
    assert answer.status_code == 422
    assert 'id="phone-problem"' in answer.text
    assert 'id="duties-problem"' in answer.text
    assert "打不通" in answer.text
    assert HOSTILE not in answer.text
    again = editor.post(f"{CITY}/officials", newcomer(name="周文清", unit="市教育局"))
    assert "名册里已有这位负责同志" in again.text


def test_an_official_is_changed_and_the_public_sees_it(editor: Desk) -> None:
    changed = form(editor, duties="学校招生\n校车安全", duty_phone="0558-5555555", group="市领导", note="分工调整")
    assert "已保存" in editor.do(ONE, **changed)
    known = stored(editor.city.world)
    assert (known.duties, known.duty_phone, known.group) == (("学校招生", "校车安全"), "0558-5555555", "市领导")
    assert known.superior_id == "mayor"
    assert ("edit_official", "education") in audited(editor.city.world)


def test_another_name_is_a_correction_only_when_it_is_said(editor: Desk) -> None:
    answer = editor.post(ONE, form(editor, name="周文青"))
    assert answer.status_code == 422
    assert "更换负责人" in answer.text
    assert 'value="周文青"' in answer.text
    editor.do(ONE, **form(editor, name="周文青", corrects_name="on"))
    assert stored(editor.city.world).name == "周文青"
    assert len(stored(editor.city.world).tenures) == 1


def test_who_was_slower_sees_which_fields_another_changed(office: Office, editor: Desk) -> None:
    other = office.desk(OfficeRole.ADMIN)
    mine = form(editor, phone="15400000011", superior="")
    other.do(ONE, **form(other, phone="15400000022"))
    answer = editor.post(ONE, mine)
    assert answer.status_code == 409
    assert "改过“公开电话”" in answer.text
    assert 'id="phone-problem"' in answer.text
    assert 'value="15400000011"' in answer.text
    seen = re.search(r'name="seen" value="(\d+)"', answer.text)
    assert seen is not None
    editor.do(ONE, **mine | {"seen": seen[1]})
    assert stored(editor.city.world).phone == "15400000011"


def test_an_official_is_taken_down_and_shown_again(editor: Desk) -> None:
    assert "名录里已经看不到" in editor.do(f"{ONE}/publish", to="no", note="出差")
    assert "周文清" not in shown(editor.city.world)
    assert "未公布" in editor.see(CITY)
    editor.do(f"{ONE}/publish", to="yes")
    assert "周文清" in shown(editor.city.world)


def test_a_new_holder_comes_with_an_invitation_that_is_shown_once(editor: Desk) -> None:
    world = editor.city.world
    posted = editor.post(f"{ONE}/replace", successor(editor))
    assert posted.status_code == 303, "so that neither Back nor Refresh posts again"
    answer = editor.get(posted.headers["Location"])
    assert answer.status_code == 200
    assert "已更换为 市教育局 局长 钱进" in answer.text
    secret = re.search(r'class="secret">([^<]+)<', answer.text)
    assert secret is not None
    known = stored(world)
    assert [tenure.name for tenure in known.tenures] == ["周文清", "钱进"]
    assert known.phone == "15400000099"
    assert not standings(world, "city")["education"].is_bound
    assert secret[1] not in editor.see(ONE)
    again = editor.get(posted.headers["Location"], follow_redirects=True)
    assert secret[1] not in again.text
    assert "邀请码只显示一次" in again.text
    assert 'value="education" checked' in again.text
    assert "历任" in editor.see(ONE)
    bind(world, world.stores.accounts.get("resident"), secret[1])
    assert standings(world, "city")["education"].is_bound


@pytest.mark.parametrize(
    ("changes", "field"), [({"since": ""}, "since"), ({"since": "2999-01-01"}, "since"), ({"name": ""}, "name")]
)
def test_a_new_holder_needs_a_name_and_a_day(editor: Desk, changes: dict[str, str], field: str) -> None:
    answer = editor.post(f"{ONE}/replace", successor(editor, **changes))
    assert answer.status_code == 422
    assert f'id="{field}-problem"' in answer.text
    assert "校车" in answer.text
    assert stored(editor.city.world).name == "周文清"


def test_what_is_missing_of_a_new_holder_is_told_at_once_and_the_old_number_shown(editor: Desk) -> None:
    page = editor.see(f"{ONE}/replace")
    assert f"前任周文清公布的是 {stored(editor.city.world).phone}" in page
    assert "novalidate" in page, "a browser would tell of the first field only"
    answer = editor.post(f"{ONE}/replace", successor(editor, since="", phone="", name="", sure=""))
    assert answer.status_code == 422
    for field in ("since", "phone", "name"):
        assert f'id="{field}-problem"' in answer.text, field
    assert "请填写到任日期" in answer.text


def test_invitations_are_printed_for_those_who_were_chosen(editor: Desk) -> None:
    world = editor.city.world
    page = editor.see(f"{CITY}/invitations?choose=education")
    assert re.findall(r'name="official" value="([^"]+)" checked', page) == ["education"]
    keeping.unpublish_official(world, editor.officer, "roads")
    unbound = editor.see(f"{CITY}/invitations?choose=unbound")
    bound = standings(world, "city")
    expected = [id for id in ("mayor", "education") if not bound[id].is_bound]
    assert re.findall(r'name="official" value="([^"]+)" checked', unbound) == expected
    answer = editor.post(f"{CITY}/invitations", {"official": ["education", "roads"], "role": "official"})
    assert answer.status_code == 200
    assert answer.text.count("<article>") == 2
    assert "<svg" in answer.text
    assert "魏崇岭" not in answer.text
    assert standings(world, "city")["roads"].invited_until is not None
    assert ("invite", "city") in audited(world)
    editor.do("/console/officials/roads/invitations/end", role="official")
    assert standings(world, "city")["roads"].invited_until is None


def test_invitations_of_staff_bind_staff(editor: Desk) -> None:
    editor.post(f"{CITY}/invitations", {"official": ["roads"], "role": Role.STAFF.value})
    assert standings(editor.city.world, "city")["roads"].staff_invitations == 1


def test_nobody_chosen_or_another_role_invites_nobody(editor: Desk) -> None:
    assert "请先勾选" in editor.post(f"{CITY}/invitations", {"role": "official"}).text
    for role in ("supervisor", "nothing"):
        assert editor.post(f"{CITY}/invitations", {"official": ["roads"], "role": role}).status_code == 422
    assert editor.post(f"{CITY}/invitations", {"official": ["nobody"], "role": "official"}).status_code == 404
    assert standings(editor.city.world, "city")["roads"].invited_until is None


def test_the_history_tells_who_changed_what_and_undoes_it(office: Office, editor: Desk) -> None:
    editor.do(ONE, **form(editor, phone="15400000022", note="换号"))
    page = editor.see(f"{CITY}/history?official=education")
    for words in (editor.officer.name, "公开电话", "<del>15400000000</del>", "<ins>15400000022</ins>", "换号"):
        assert words in page
    past = re.search(r'name="past" value="([^"]+)"', page)
    assert past is not None
    assert "已撤销" in editor.do(f"{CITY}/history?official=education", past=past[1])
    assert stored(editor.city.world).phone == "15400000000"
    assert past[1] not in editor.see(f"{CITY}/history")


def test_what_was_changed_again_is_not_undone(editor: Desk) -> None:
    editor.do(ONE, **form(editor, phone="15400000022"))
    past = re.search(r'name="past" value="([^"]+)"', editor.see(f"{CITY}/history"))
    assert past is not None
    editor.do(ONE, **form(editor, phone="15400000033"))
    answer = editor.post(f"{CITY}/history", {"past": past[1]})
    assert answer.status_code == 409
    assert "之后又有人改过“公开电话”" in answer.text
    assert stored(editor.city.world).phone == "15400000033"


def test_the_history_goes_on_page_by_page(editor: Desk) -> None:
    for number in range(21):
        editor.do(ONE, **form(editor, phone=f"154000001{number:02}"))
    first = editor.see(f"{CITY}/history")
    assert first.count('name="past"') == 20
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    last = editor.see(following[1])
    assert last.count('name="past"') == 1
    assert "<ins>15400000100</ins>" in last
    for odd in ("x", "-1", "9" * 30):
        assert editor.see(f"{CITY}/history?cursor={odd}").count('name="past"') == 20


def test_auditors_read_the_history_and_undo_nothing(office: Office, editor: Desk) -> None:
    editor.do(ONE, **form(editor, phone="15400000022"))
    auditor = office.desk(OfficeRole.AUDITOR)
    page = auditor.see(f"{CITY}/history")
    assert "15400000022" in page
    assert 'name="past"' not in page
    past = re.search(r'name="past" value="([^"]+)"', editor.see(f"{CITY}/history"))
    assert past is not None
    assert auditor.post(f"{CITY}/history", {"past": past[1]}).status_code == 403
