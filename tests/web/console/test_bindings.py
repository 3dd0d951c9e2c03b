"""Who acts for a post in WeChat, at the console: the list, ending one of them, and with unpublishing all."""

from __future__ import annotations

from app.domain.notification import Role
from app.domain.officer import OfficeRole
from tests.services.factories import change_person, person
from tests.web.city import City
from tests.web.console.conftest import Desk, Office

ONE = "/console/officials/education"


def end(desk: Desk, account: str, role: str, reason: str) -> str:
    answer = desk.post(f"{ONE}/bindings", {"account": account, "role": role, "reason": reason})
    assert answer.status_code == (303 if reason.strip() else 422), answer.text
    return desk.see(answer.headers["Location"]) if answer.status_code == 303 else answer.text


def test_the_page_says_who_in_which_part_and_since_when(city: City, editor: Desk) -> None:
    change_person(city.world, "aide", name="孙<b>敏</b>")
    assert "查看谁在使用、结束绑定" in editor.see(ONE)
    page = editor.see(f"{ONE}/bindings")
    for words in ("负责同志本人", "工作人员（代办）", "没有填写姓名", "孙&lt;b&gt;敏&lt;/b&gt;", "2026-03-02"):
        assert words in page, words
    assert "mp-zhou" not in page and "oa-zhou" not in page, "no openid"


def test_an_ended_binding_opens_nothing_any_more(city: City, editor: Desk) -> None:
    appeal = city.submit()
    aide = city.login("aide")
    assert aide.get(f"/api/appeals/{appeal['id']}").status_code == 200
    page = end(editor, "aide", "staff", "不再代办")
    assert "已结束绑定" in page and "工作人员（代办）" not in page
    assert aide.get(f"/api/appeals/{appeal['id']}").status_code == 404, "the same login"
    assert aide.get("/api/official/inbox").status_code in {200, 403}
    assert aide.get("/api/me").json["roles"] == ["resident"]
    entry = city.world.stores.audit_log.last()
    assert (entry.act, entry.subject, entry.detail) == ("end_binding", "education", "staff aide 不再代办")


def test_a_reason_is_needed_and_strange_roles_are_refused(city: City, editor: Desk) -> None:
    assert "没有结束：" in end(editor, "aide", "staff", " ")
    wrong = editor.post(f"{ONE}/bindings", {"account": "aide", "role": "resident", "reason": "试试"})
    assert wrong.status_code == 422
    assert person(city.world, "aide").posts(Role.STAFF) == {"education"}


def test_a_post_without_anybody_says_so(editor: Desk) -> None:
    for who, role in (("zhou", "official"), ("aide", "staff")):
        page = end(editor, who, role, "已调离")
    assert "现在没有人绑定这个岗位" in page


def test_unpublishing_ends_the_bindings_unless_it_should_not_and_says_what_is_left(
    city: City, editor: Desk, office: Office
) -> None:
    city.submit()
    page = editor.see(ONE)
    assert 'name="end_bindings" checked' in page
    assert "1 件诉求要由督查员转办" in page
    left = editor.post(f"{ONE}/publish", {"to": "no", "end_bindings": "on", "note": "到龄免职"})
    page = editor.see(left.headers["Location"])
    assert "已结束 2 个微信绑定" in page
    assert "还有 1 件诉求没有答复" in page
    assert "desk=all" not in page, "an editor does not read appeals"
    for who in ("zhou", "aide"):
        assert person(city.world, who).posts() == frozenset()
    keeper = office.desk(OfficeRole.EDITOR, OfficeRole.SUPERVISOR)
    address = "/console/appeals?desk=all&amp;roster=city&amp;official=education"
    assert address in keeper.see(ONE)
    assert "小区门口没有路灯" in keeper.see(address.replace("&amp;", "&"))


def test_without_the_tick_they_stay(city: City, editor: Desk) -> None:
    left = editor.post(f"{ONE}/publish", {"to": "no"})
    assert left.headers["Location"].endswith("/console/rosters/city")
    assert person(city.world, "zhou").posts() == {"education"}
