"""POST /api/office/session with a second factor, and settings as the mini-program meets them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp

from app.domain.officer import Officer, OfficeRole
from app.domain.settings import SettingName
from app.services.officers.access import add_officer, log_in_officer, signed_in
from app.services.officers.keeping import Details, create_officer
from app.services.officers.own_account import confirm_totp, offer_totp
from app.services.running.changing_settings import change_setting
from tests.web.city import Caller, City

PASSWORD = "correct horse battery"


def an_admin(city: City) -> Officer:
    return add_officer(city.world, "admin", "王管理", (OfficeRole.ADMIN, OfficeRole.SUPERVISOR), PASSWORD)


def sign_in(city: City, **more: str) -> Any:
    return city.client.post("/api/office/session", json={"username": "admin", "password": PASSWORD} | more)


def test_a_code_is_asked_for_where_the_account_has_a_second_factor(city: City) -> None:
    an_admin(city)
    assert sign_in(city).status_code == 200, "nobody has one yet"
    who = signed_in(city.world, log_in_officer(city.world, "admin", PASSWORD).token)
    app = pyotp.TOTP(offer_totp(city.world, who.officer, PASSWORD).secret)
    who = signed_in(city.world, log_in_officer(city.world, "admin", PASSWORD).token)
    codes = confirm_totp(city.world, who, app.at(city.world.clock.now()))
    city.world.clock.advance(timedelta(seconds=30))

    asked = sign_in(city)
    assert (asked.status_code, asked.json["code"], asked.json["message"]) == (
        401,
        "totp_needed",
        "请输入手机上的 6 位动态码",
    )
    wrong = sign_in(city, code="000000")
    assert (wrong.status_code, wrong.json["code"]) == (401, "wrong_code")
    right = sign_in(city, code=app.at(city.world.clock.now()))
    assert right.status_code == 200
    assert Caller(city.client, right.json["token"]).get("/api/office/worklist").status_code == 200
    assert sign_in(city, code=app.at(city.world.clock.now())).json["code"] == "wrong_code", "used up"
    assert sign_in(city, code=codes[0]).status_code == 200
    assert sign_in(city, code="1" * 33).status_code == 422


def test_a_one_time_password_opens_nothing_but_its_change(city: City) -> None:
    given = create_officer(
        city.world, an_admin(city), "li", Details("李督查", (OfficeRole.SUPERVISOR,), unit="市委督查室")
    )
    login = city.client.post("/api/office/session", json={"username": "li", "password": given.password})
    assert login.status_code == 200
    refused = Caller(city.client, login.json["token"]).get("/api/office/worklist")
    assert (refused.status_code, refused.json["code"]) == (403, "password_to_change")


def test_a_login_over_the_api_is_a_session_like_every_other(city: City) -> None:
    admin = an_admin(city)
    sign_in(city)
    (session,) = city.world.stores.office_sessions.of_officer(admin.id)
    assert (session.address, session.browser) == ("127.0.0.*", "其他程序")


def test_the_mini_program_is_told_the_citys_words_and_the_server_takes_them(city: City) -> None:
    admin = an_admin(city)
    before = city.client.get("/api/program")
    words = {"items": [{"name": "flood", "text": "正在防汛一线，稍后联系您"}]}
    change_setting(city.world, admin, SettingName.QUICK_REPLIES, words, 0)
    change_setting(city.world, admin, SettingName.CHANNELS, {"off": ["mp_answer"]}, 0)
    said = city.client.get("/api/program", headers={"If-None-Match": before.headers["ETag"]})
    assert said.status_code == 200, "another answer has another ETag"
    assert said.json["quick_replies"] == words["items"]
    assert (said.json["templates"]["answer"], said.json["templates"]["todo"]) == ("", "subscribe-assigned")
    appeal = city.submit()
    city.act("zhou", appeal, "quick_reply", {"template": "meeting"}, 422)
    after = city.act("zhou", appeal, "quick_reply", {"template": "flood"})
    assert after["timeline"][0]["text"] == "正在防汛一线，稍后联系您"
