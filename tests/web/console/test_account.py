"""The own account: password, second factor, recovery codes shown once, sessions; the only page while a duty waits."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest

from app.domain.officer import OfficeRole
from app.domain.settings import SettingName
from app.services.officers.keeping import Details, create_officer
from app.services.running.changing_settings import change_setting
from app.web.console.access import DUTY_PAGES
from tests.web.console.conftest import PASSWORD, SITE, Desk, Office

NEW = "a quiet river in spring"
WORDS = {"old": PASSWORD, "password": NEW, "again": NEW}


@pytest.fixture
def desk(office: Office) -> Desk:
    return office.desk(OfficeRole.EDITOR)


def offered(desk: Desk) -> tuple[str, pyotp.TOTP]:
    """The page with the QR code, and the app on the phone after scanning it."""
    page = desk.post("/console/account/totp", {"password": PASSWORD}).text
    found = re.search(r'<code class="once">([A-Z2-7]+)</code>', page)
    assert found is not None, page
    return page, pyotp.TOTP(found[1])


def enrol(desk: Desk) -> tuple[list[str], pyotp.TOTP]:
    """The recovery codes and the app."""
    _, app = offered(desk)
    page = desk.post("/console/account/totp/confirm", {"code": app.at(now(desk))})
    assert page.status_code == 200
    return re.findall(r"<li>([^<]+)</li>", page.text), app


def now(desk: Desk) -> Any:
    return desk.city.world.clock.now()


def kept(desk: Desk) -> Any:
    return desk.city.world.stores.officers.get(desk.officer.id)


@pytest.mark.parametrize("role", list(OfficeRole))
def test_everybody_has_an_account_and_a_link_to_it(office: Office, role: OfficeRole) -> None:
    page = office.desk(role).see("/console/account")
    assert f"某{role.value}" in page and 'href="/console/account"' in page


def test_another_password_ends_the_other_sessions(office: Office, desk: Desk) -> None:
    other = office.desk(OfficeRole.EDITOR)
    assert "密码已修改" in desk.do("/console/account/password", **WORDS)
    assert other.get("/console/account").status_code == 302
    assert office.log_in(desk.officer.username, NEW)


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"old": "wrong"}, "old", "现在的密码不正确"),
        ({"password": "short", "again": "short"}, "password", "至少 12 个字符"),
        ({"again": "another one"}, "again", "两次输入的新密码不一样"),
    ],
)
def test_a_wrong_password_form_says_it_beside_the_field(
    desk: Desk, changes: dict[str, str], field: str, problem: str
) -> None:
    before = kept(desk).password
    answer = desk.post("/console/account/password", WORDS | changes)
    assert answer.status_code == 422
    assert re.search(rf'id="{field}-problem"[^>]*>[^<]*{problem}', answer.text)
    assert NEW not in answer.text and PASSWORD not in answer.text, "a password never comes back"
    assert kept(desk).password == before


def test_too_many_wrong_passwords_lock(desk: Desk) -> None:
    token = desk.token()
    for _ in range(5):
        desk.post("/console/account/password", WORDS | {"old": "wrong", "csrf_token": token})
    answer = desk.post("/console/account/password", WORDS | {"csrf_token": token})
    assert answer.status_code == 429 and "15 分钟后再试" in answer.text


def test_enrolling_shows_the_code_and_the_recovery_codes_once(office: Office, desk: Desk) -> None:
    page, app = offered(desk)
    assert 'src="data:image/svg+xml' in page
    assert app.secret not in desk.see("/console/account"), "by no address"
    wrong = desk.post("/console/account/totp/confirm", {"code": "000000"})
    assert wrong.status_code == 422 and "动态码不正确" in wrong.text and app.secret in wrong.text
    done = desk.post("/console/account/totp/confirm", {"code": app.at(now(desk))})
    codes = re.findall(r"<li>([^<]+)</li>", done.text)
    assert len(codes) == 10 and done.headers["Cache-Control"] == "no-store"
    after = desk.see("/console/account")
    assert "备用码还剩 10 个" in after and not [code for code in codes if code in after]
    assert desk.city.app.test_client().get("/console/login", base_url=SITE).status_code == 200
    assert office.log_in(desk.officer.username).get("/console/", base_url=SITE).status_code == 302, "wants the code"


def test_whoever_was_away_too_long_is_told_what_was_lost_and_led_back(office: Office) -> None:
    desk = office.desk(OfficeRole.OPERATOR, number="801")
    token = desk.token()
    desk.city.world.clock.advance(timedelta(days=2))  # type: ignore[attr-defined]
    looked = desk.get("/console/appeals?desk=late")
    page = desk.get(looked.headers["Location"]).text
    assert "登录已过期，请重新登录" in page and 'value="/console/appeals?desk=late"' in page
    form = {"csrf_token": token, "body": "停水"}
    headers = {"Referer": f"{SITE}/console/register?roster=city"}
    sent = desk.client.post("/console/register", base_url=SITE, data=form, headers=headers)
    page = desk.get(sent.headers["Location"]).text
    assert "刚才提交的内容没有保存" in page and 'value="/console/register?roster=city"' in page
    assert "登录已过期" not in desk.city.app.test_client().get("/console/", base_url=SITE, follow_redirects=True).text


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/console/logout", "/console/\\evil", "/x"]
)
def test_the_login_leads_to_pages_of_the_console_alone(office: Office, target: str) -> None:
    desk = office.desk(OfficeRole.AUDITOR)
    assert desk.get("/console/login", query_string={"next": target}).headers["Location"] == "/console/"


def test_the_qr_code_wants_the_password(desk: Desk) -> None:
    answer = desk.post("/console/account/totp", {"password": "wrong"})
    assert answer.status_code == 422 and "现在的密码不正确" in answer.text
    assert kept(desk).totp_offer is None


def test_an_offer_grows_old(desk: Desk) -> None:
    _, app = offered(desk)
    desk.city.world.clock.advance(timedelta(minutes=16))
    answer = desk.post("/console/account/totp/confirm", {"code": app.at(now(desk))})
    assert answer.status_code == 409 and "二维码已过期" in answer.text
    assert kept(desk).totp is None


def test_new_recovery_codes_and_no_factor_any_more_for_a_code(desk: Desk) -> None:
    first, app = enrol(desk)
    for path in ("codes", "drop"):
        wrong = desk.post(f"/console/account/totp/{path}", {"code": "000000"})
        assert wrong.status_code == 422 and "动态码不正确" in wrong.text
    desk.city.world.clock.advance(timedelta(minutes=1))
    again = desk.post("/console/account/totp/codes", {"code": app.at(now(desk))})
    second = re.findall(r"<li>([^<]+)</li>", again.text)
    assert len(second) == 10 and not set(first) & set(second)
    assert "动态码已停用" in desk.do("/console/account/totp/drop", code=second[0])
    assert kept(desk).totp is None


def test_who_must_have_a_second_factor_cannot_drop_it(office: Office, desk: Desk) -> None:
    _, app = enrol(desk)
    require(office, OfficeRole.EDITOR)
    desk.city.world.clock.advance(timedelta(minutes=1))
    assert "不能停用" in desk.see("/console/account")
    assert desk.post("/console/account/totp/drop", {"code": app.at(now(desk))}).status_code == 403
    assert kept(desk).totp is not None


def test_own_sessions_are_ended_one_by_one_or_all(office: Office, desk: Desk) -> None:
    others = [office.desk(OfficeRole.EDITOR) for _ in range(3)]
    page = desk.see("/console/account")
    sessions = re.findall(r'name="session" value="([^"]+)"', page)
    assert len(sessions) == 3, "the own one is not offered"
    desk.do("/console/account/sessions", session=sessions[0])
    assert sum(other.get("/console/account").status_code == 200 for other in others) == 2
    assert "已退出其他 2 处登录" in desk.do("/console/account/sessions/others")
    assert "没有其他地方在登录" in desk.do("/console/account/sessions/others")
    assert desk.get("/console/account").status_code == 200


def test_nobody_ends_somebody_elses_session_here(office: Office, desk: Desk) -> None:
    admin = office.desk(OfficeRole.ADMIN)
    (theirs,) = desk.city.world.stores.office_sessions.of_officer(desk.officer.id)
    admin.do("/console/account/sessions", session=theirs.id)
    assert desk.get("/console/account").status_code == 200


def require(office: Office, role: OfficeRole) -> None:
    world, admin = office.city.world, office.desk(OfficeRole.ADMIN).officer
    change_setting(world, admin, SettingName.TOTP_REQUIRED, {"roles": [role.value]}, 0)


def test_a_given_password_leads_to_an_own_one_and_nowhere_else(office: Office) -> None:
    world, admin = office.city.world, office.desk(OfficeRole.ADMIN).officer
    given = create_officer(world, admin, "li", Details("李督查", (OfficeRole.SUPERVISOR,)))
    desk = Desk(office.city, office.log_in("li", given.password), given.officer)
    for path in ("/console/", "/console/figures", "/console/reports"):
        assert desk.get(path).headers["Location"] == "/console/account"
    page = desk.see("/console/account")
    assert "请先设一个自己的密码" in page and "动态码" not in page.partition("<main")[2]
    assert desk.post("/console/account/sessions/others").headers["Location"] == "/console/account"
    desk.do("/console/account/password", old=given.password, password=NEW, again=NEW)
    assert desk.get("/console/figures").status_code == 200


def test_who_must_enrol_does_that_first(office: Office, desk: Desk) -> None:
    require(office, OfficeRole.EDITOR)
    assert desk.get("/console/").headers["Location"] == "/console/account"
    page = desk.see("/console/account")
    assert "请先启用动态码" in page and "修改密码" not in page
    enrol(desk)
    assert "请先启用动态码" not in desk.see("/console/account")


def test_the_pages_of_duties_are_there(office: Office) -> None:
    assert set(office.city.app.view_functions) >= DUTY_PAGES


@pytest.mark.parametrize(("address", "status"), [("/console/nowhere", 404), ("/console/a/b.php?x=1", 404)])
def test_an_unknown_address_is_answered_by_a_page_that_leads_back(office: Office, address: str, status: int) -> None:
    answer = office.desk(OfficeRole.EDITOR).get(address)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    for words in ("没有这一页", 'href="/console/"', "某editor", "名册与人员"):
        assert words in answer.text, words
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    stranger = office.city.app.test_client().get(address)
    assert (stranger.status_code, "某editor" in stranger.text) == (status, False)


def test_an_address_that_takes_forms_alone_says_so_in_a_page(office: Office) -> None:
    answer = office.desk(OfficeRole.EDITOR).get("/console/logout")
    assert (answer.status_code, answer.mimetype) == (405, "text/html")
