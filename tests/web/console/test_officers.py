"""Accounts at the console: made, edited, disabled, helped; by admins, read by auditors."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from app.domain.officer import Officer, OfficeRole
from app.services.officers.access import add_officer
from tests.web.console.conftest import PASSWORD, SITE, Desk, Office

FORM = {"username": "li", "name": "李督查", "unit": "市委督查室", "number": "801"}


@pytest.fixture
def admin(office: Office) -> Desk:
    return office.desk(OfficeRole.ADMIN)


@pytest.fixture
def li(office: Office) -> Officer:
    return add_officer(office.city.world, "li", "李督查", (OfficeRole.SUPERVISOR,), PASSWORD, "801", "市委督查室")


def filled(*roles: str, **changes: str) -> MultiDict[str, str]:
    return MultiDict([*(FORM | changes).items(), *(("roles", role) for role in roles)])


def send(desk: Desk, path: str, form: MultiDict[str, str]) -> Any:
    form = MultiDict(form)
    form["csrf_token"], form["sure"] = desk.token(), "1"
    return desk.client.post(path, base_url=SITE, data=form, headers={"Referer": SITE})


def kept(desk: Desk, officer: Officer) -> Officer:
    found = desk.city.world.stores.officers.get(officer.id)
    assert found is not None
    return found


def test_a_new_account_and_its_password_shown_once(office: Office, admin: Desk) -> None:
    answer = send(admin, "/console/officers", filled("supervisor", "operator"))
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    found = re.search(r'<code class="once">([^<]+)</code>', answer.text)
    assert found is not None
    page = admin.see("/console/officers")
    assert "李督查" in page and "接线员、督查员" in page and "801" in page and "待改初始密码" in page
    assert found[1] not in page
    assert office.log_in("li", found[1]).get("/console/", base_url=SITE).headers["Location"] == "/console/account"


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(admin: Desk, li: Officer) -> None:
    answer = send(admin, "/console/officers", filled(name="<b>", number="8!"))
    assert answer.status_code == 422
    for field, problem in (("number", "工号最多 12 个字母或数字"), ("roles", "至少选一个角色")):
        assert problem in answer.text, field
    assert 'value="&lt;b&gt;"' in answer.text and "<b>" not in answer.text.partition("<main")[2]
    taken = send(admin, "/console/officers", filled("auditor"))
    assert "这个账号名已有人使用" in taken.text and "这个工号已有人使用" in taken.text
    assert re.search(r'value="auditor" checked', taken.text)


def test_editing_and_its_trace(admin: Desk, li: Officer) -> None:
    path = f"/console/officers/{li.id}"
    assert 'value="supervisor" checked' in admin.see(path)
    assert send(admin, path, filled("auditor", name="李明")).status_code == 303
    changed = kept(admin, li)
    assert (changed.name, changed.roles, changed.username) == ("李明", (OfficeRole.AUDITOR,), "li")
    assert "没有需要修改的内容" in send(admin, path, filled("auditor", name="李明")).text
    assert send(admin, path, filled(name="李明")).status_code == 422
    assert "修改账号" in admin.see("/console/audit?subject=li")


def test_disabling_wants_a_reason_and_ends_the_sessions(office: Office, admin: Desk, li: Officer) -> None:
    theirs, path = office.log_in("li"), f"/console/officers/{li.id}"
    refused = admin.post(f"{path}/disable", {"reason": " "})
    assert refused.status_code == 422 and "请写明原因" in refused.text
    assert kept(admin, li).disabled_at is None
    assert "已停用" in admin.do(f"{path}/disable", reason="离职")
    assert theirs.get("/console/account", base_url=SITE).status_code == 302
    assert "离职" in admin.see("/console/audit")
    assert "已启用" in admin.do(f"{path}/enable", reason="回来了")
    assert office.log_in("li")


def test_unlocking(office: Office, admin: Desk, li: Officer) -> None:
    client = office.city.app.test_client()
    for _ in range(5):
        page = client.get("/console/login", base_url=SITE).text
        token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
        data = {"csrf_token": token, "username": "li", "password": "wrong"}
        client.post("/console/login", base_url=SITE, data=data, headers={"Referer": SITE})
    assert "已锁定" in admin.see("/console/officers")
    assert "可以重新登录了" in admin.do(f"/console/officers/{li.id}/unlock")
    assert office.log_in("li")


def test_a_forgotten_password_and_a_lost_phone(office: Office, admin: Desk, li: Officer) -> None:
    path = f"/console/officers/{li.id}"
    assert "请写明原因" in admin.post(f"{path}/reset_password").text
    answer = admin.post(f"{path}/reset_password", {"reason": "忘了"})
    found = re.search(r'<code class="once">([^<]+)</code>', answer.text)
    assert answer.status_code == 200 and found is not None
    assert office.log_in("li", found[1])
    assert "动态码已取消" in admin.do(f"{path}/reset_totp", reason="手机丢了")


def test_not_for_oneself_and_never_the_last_admin(admin: Desk) -> None:
    path = f"/console/officers/{admin.officer.id}"
    assert "重置密码" not in admin.see(path)
    assert admin.post(f"{path}/reset_password", {"reason": "x"}).status_code == 403
    last = admin.post(f"{path}/disable", {"reason": "不干了"})
    assert last.status_code == 409 and "最后一位可以登录的管理员" in last.text
    assert 'value="不干了"' in last.text, "what was typed stays"


def test_an_act_that_is_none(admin: Desk, li: Officer) -> None:
    assert admin.post(f"/console/officers/{li.id}/promote", {"reason": "x"}).status_code == 404
    assert admin.get("/console/officers/nobody").status_code == 404


def test_the_list_by_role(admin: Desk, li: Officer) -> None:
    assert "李督查" in admin.see("/console/officers?role=supervisor")
    assert "李督查" not in admin.see("/console/officers?role=auditor")
    assert "没有这个角色的账号" in admin.see("/console/officers?role=auditor")


def test_who_is_logged_in_everywhere(office: Office, admin: Desk, li: Officer) -> None:
    theirs = office.log_in("li")
    page = admin.see("/console/sessions")
    assert "李督查" in page and "127.0.0.*" in page
    (session,) = re.findall(r'name="session" value="([^"]+)"', page)
    assert "已经退出" in admin.do("/console/sessions", session=session)
    assert theirs.get("/console/account", base_url=SITE).status_code == 302
    assert "已经结束" in admin.do("/console/sessions", session=session)
    admin.city.world.clock.advance(timedelta(hours=11))
    assert "李督查" not in admin.see("/console/sessions")


@pytest.mark.parametrize("role", [role for role in OfficeRole if role is not OfficeRole.ADMIN])
def test_others_read_at_most(office: Office, li: Officer, role: OfficeRole) -> None:
    desk = office.desk(role)
    reads = 200 if role is OfficeRole.AUDITOR else 403
    assert desk.get("/console/officers").status_code == desk.get("/console/sessions").status_code == reads
    one = f"/console/officers/{li.id}"
    assert desk.get("/console/officers/new").status_code == desk.get(one).status_code == 403
    for path in ("/console/officers", one, f"{one}/disable", "/console/sessions"):
        assert desk.post(path, {"reason": "x", "session": "x"}).status_code == 403
    assert kept(desk, li) == li
    if reads == 200:
        assert "新建账号" not in desk.see("/console/officers").partition("<main")[2]
