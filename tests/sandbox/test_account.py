"""Tokens, QR codes, followers and the menu."""

from __future__ import annotations

import requests

from .conftest import Caller

SCENE = {"action_name": "QR_STR_SCENE", "expire_seconds": 100, "action_info": {"scene": {"scene_str": "bind-1"}}}
MENU = {"button": [{"type": "click", "name": "待办", "key": "todo"}]}


def test_stable_token_stays_until_it_runs_out(caller: Caller) -> None:
    first = caller.fresh_token("mp")
    assert first["expires_in"] == 7200
    caller.control("POST", "clock/advance", {"seconds": 6890})
    again = caller.fresh_token("mp")
    assert again["access_token"] == first["access_token"]
    assert 300 <= again["expires_in"] <= 310
    caller.control("POST", "clock/advance", {"seconds": 20})
    renewed = caller.fresh_token("mp")["access_token"]
    assert renewed != first["access_token"]
    assert caller.errcode("mp", "wxa/generate_urllink", {}, access_token=first["access_token"]) == 0
    caller.control("POST", "clock/advance", {"seconds": 300})
    assert caller.errcode("mp", "wxa/generate_urllink", {}, access_token=first["access_token"]) == 42001
    assert caller.errcode("mp", "wxa/generate_urllink", {}, access_token=renewed) == 0


def test_force_refresh_revokes(caller: Caller) -> None:
    old = caller.fresh_token("oa")["access_token"]
    new = caller.fresh_token("oa", force_refresh=True)["access_token"]
    assert caller.errcode("oa", "cgi-bin/menu/create", MENU, access_token=old) == 40001
    assert caller.errcode("oa", "cgi-bin/menu/create", MENU, access_token=new) == 0


def test_expiry_on_demand(caller: Caller) -> None:
    tokens = {account: caller.fresh_token(account)["access_token"] for account in ("mp", "oa")}
    assert caller.control("POST", "token/expire", {"appid": caller.config.oa_appid}) == {"expired": 1}
    assert caller.errcode("oa", "cgi-bin/menu/create", MENU, access_token=tokens["oa"]) == 42001
    assert caller.errcode("mp", "wxa/generate_urllink", {}, access_token=tokens["mp"]) == 0
    caller.control("POST", "token/expire")
    assert caller.errcode("mp", "wxa/generate_urllink", {}, access_token=tokens["mp"]) == 42001
    caller.control("POST", "token/expire", {"appid": "other"}, status=404)


def test_who_may_have_a_token(caller: Caller) -> None:
    assert caller.fresh_token("mp", appid="other")["errcode"] == 40013
    assert caller.fresh_token("mp", secret="wrong")["errcode"] == 40125
    assert caller.fresh_token("mp", grant_type="other")["errcode"] == 40002
    query = {"grant_type": "client_credential", "appid": caller.config.oa_appid, "secret": caller.config.oa_secret}
    plain = [requests.get(f"{caller.url}/cgi-bin/token", params=query).json()["access_token"] for _ in range(2)]
    assert plain[0] != plain[1]
    assert [caller.errcode("oa", "cgi-bin/menu/create", MENU, access_token=token) for token in plain] == [0, 0]


def test_qr_codes(caller: Caller) -> None:
    made = caller.wechat("oa", "cgi-bin/qrcode/create", SCENE)
    assert made["expire_seconds"] == 100
    assert made["url"].startswith("http://weixin.qq.com/q/")
    shown = requests.get(f"{caller.url}/cgi-bin/showqrcode", params={"ticket": made["ticket"]})
    assert shown.headers["Content-Type"] == "image/png"
    assert requests.get(f"{caller.url}/cgi-bin/showqrcode", params={"ticket": "none"}).status_code == 404
    assert caller.errcode("oa", "cgi-bin/qrcode/create", {**SCENE, "action_name": "QR"}) == 40052
    too_long = {**SCENE, "action_info": {"scene": {"scene_str": "x" * 65}}}
    assert caller.errcode("oa", "cgi-bin/qrcode/create", too_long) == 40053
    assert caller.errcode("oa", "cgi-bin/qrcode/create", {**SCENE, "expire_seconds": 0}) == 40053
    lasting = caller.wechat("oa", "cgi-bin/qrcode/create", {**SCENE, "action_name": "QR_LIMIT_STR_SCENE"})
    assert "expire_seconds" not in lasting


def test_followers(caller: Caller) -> None:
    one = caller.persona("official-1")
    assert caller.wechat("oa", "cgi-bin/user/info", openid=one["oa_openid"])["subscribe"] == 0
    assert caller.control("POST", "follow", {"persona": "official-1"})["follows_oa"] is True
    info = caller.wechat("oa", "cgi-bin/user/info", openid=one["oa_openid"])
    assert (info["subscribe"], info["unionid"]) == (1, one["unionid"])
    assert info["subscribe_time"] > 0
    caller.control("POST", "unfollow", {"persona": "official-1"})
    assert caller.wechat("oa", "cgi-bin/user/info", openid=one["oa_openid"])["subscribe"] == 0
    assert caller.errcode("oa", "cgi-bin/user/info", openid="nobody") == 40003


def test_menu_and_manners(caller: Caller) -> None:
    assert caller.errcode("oa", "cgi-bin/menu/create", MENU) == 0
    assert caller.errcode("oa", "cgi-bin/menu/create", {"button": MENU["button"] * 4}) == 40016
    assert caller.errcode("oa", "cgi-bin/menu/create", ["no object"]) == 47001
    assert caller.errcode("oa", "cgi-bin/menu/create") == 43002
    assert caller.errcode("oa", "cgi-bin/user/info", {}) == 43001
    assert caller.errcode("oa", "cgi-bin/no/such") == 40066
