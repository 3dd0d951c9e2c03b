"""Sessions, the own account, consent, invitations: answered as interfaces.md says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.errors import NotNow, NotPermitted, Reason
from app.domain.notification import Role
from app.services.people.accounts import invite
from app.services.ports.wechat import Identity
from tests.fakes.shelf import MemoryShelf
from tests.web.city import APPEAL, Caller, City

ME = {"id", "roles", "name", "phone", "organisation", "posts", "follows_official_account"}


def test_a_code_becomes_a_token(city: City) -> None:
    city.world.login.codes["abc"] = Identity("mp-new")
    answer = city.client.post("/api/session", json={"code": "abc"})
    assert answer.status_code == 200
    assert set(answer.json) == {"token", "expires_at", "me"}
    assert answer.json["expires_at"] == "2026-04-01T02:00:00.000Z"
    assert set(answer.json["me"]) == ME
    assert answer.json["me"]["roles"] == ["resident"]


def test_roles_come_from_the_posts(city: City) -> None:
    roles = {who: city.login(who).get("/api/me").json["roles"] for who in ("resident", "zhou", "aide")}
    assert roles == {"resident": ["resident"], "zhou": ["resident", "official"], "aide": ["resident", "staff"]}
    (post,) = city.login("aide").get("/api/me").json["posts"]
    assert post == {
        "official_id": "education",
        "role": "staff",
        "name": "周文清",
        "post": "局长",
        "unit": "市教育局",
    }


@pytest.mark.parametrize(
    ("failure", "status"),
    [(NotPermitted(Reason.LOGIN_REFUSED), 403), (NotNow(Reason.WECHAT_AWAY), 503)],
)
def test_what_wechat_refuses(city: City, failure: Exception, status: int) -> None:
    city.world.login.failure = failure
    answer = city.client.post("/api/session", json={"code": "abc"})
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) is (status == 503)


def test_an_unknown_code_and_an_expired_token(city: City, resident: Caller) -> None:
    assert city.client.post("/api/session", json={"code": "who"}).json["code"] == "login_code_invalid"
    city.world.clock.advance(days=31)
    assert resident.get("/api/me").status_code == 401


def test_a_phone_is_told_once_and_kept_nowhere(city: City, resident: Caller) -> None:
    shelves = [shelf for shelf in vars(city.world.stores).values() if isinstance(shelf, MemoryShelf)]
    before = [dict(shelf.kept) for shelf in shelves]
    city.world.phones.numbers["button"] = "15400001111"
    answer = resident.post("/api/me/phone", {"code": "button"}, key="k-1")
    assert (answer.status_code, answer.json) == (200, {"phone": "15400001111"})
    assert [dict(shelf.kept) for shelf in shelves] == before
    again = resident.post("/api/me/phone", {"code": "button"}, key="k-1")
    assert (again.status_code, again.json["code"]) == (422, "phone_code_invalid")
    assert resident.get("/api/me").json["phone"] == ""


def test_a_phone_while_wechat_is_away(city: City, resident: Caller) -> None:
    city.world.phones.failure = NotNow(Reason.WECHAT_AWAY, retry_after=5)
    answer = resident.post("/api/me/phone", {"code": "button"})
    assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (503, "wechat_away", "5")
    assert resident.post("/api/me/phone", {"code": ""}).status_code == 422


def test_the_profile_changes_in_parts(resident: Caller) -> None:
    first = resident.ask("PATCH", "/api/me", json={"name": " 王芳 ", "phone": "138 0013 8000"})
    assert (first.status_code, first.json["name"], first.json["phone"]) == (200, "王芳", "138 0013 8000")
    enterprise = {"name": "亳州古井有限公司", "credit_code": "91350100m000100y43"}
    second = resident.ask("PATCH", "/api/me", json={"organisation": enterprise})
    assert second.json["organisation"] == enterprise | {"credit_code": "91350100M000100Y43"}
    assert (second.json["name"], resident.get("/api/me").json) == ("王芳", second.json)


def test_a_profile_needs_something_right(resident: Caller) -> None:
    assert resident.ask("PATCH", "/api/me", json={}).json["code"] == "nothing_to_change"
    wrong = {"organisation": {"name": "某公司", "credit_code": "91350100M000100Y44"}}
    answer = resident.ask("PATCH", "/api/me", json=wrong)
    assert (answer.status_code, answer.json["code"]) == (422, "bad_credit_code")


def test_the_export_holds_everything(city: City, resident: Caller) -> None:
    mine = [city.submit(title=f"第 {n} 件")["id"] for n in range(3)]
    city.submit(by="neighbour")
    resident.send("/api/calls", {"official_id": "education", "outcome": "busy"}, 201)
    answer = resident.get("/api/me/export")
    assert answer.status_code == 200
    assert set(answer.json) == {"me", "appeals", "calls", "exported_at"}
    assert sorted(appeal["id"] for appeal in answer.json["appeals"]) == sorted(mine)
    assert answer.json["appeals"][0]["phone"] == APPEAL["phone"]
    assert [call["outcome"] for call in answer.json["calls"]] == ["busy"]


def test_erasing_ends_the_session_and_the_traces(city: City, resident: Caller) -> None:
    resident.ask("PATCH", "/api/me", json={"name": "王芳", "phone": "13800138000"})
    appeal = city.submit()
    refused = resident.ask("DELETE", "/api/me")
    assert (refused.status_code, refused.json["code"]) == (409, "open_appeals")
    city.act("resident", appeal, "withdraw")
    answer = resident.ask("DELETE", "/api/me")
    assert (answer.status_code, answer.data) == (204, b"")
    assert resident.get("/api/me").status_code == 401
    assert "13800138000" not in repr([city.world.stores.accounts.kept, city.world.stores.appeals.kept])
    assert city.login("resident").get("/api/appeals").json["items"] == []


def test_officials_are_erased_only_without_a_post(official: Caller) -> None:
    answer = official.ask("DELETE", "/api/me")
    assert (answer.status_code, answer.json["code"]) == (409, "still_bound")


def test_consents_are_counted(resident: Caller) -> None:
    body = {"results": {"t-1": "accept", "t-2": "reject", "t-3": "ban"}}
    assert resident.send("/api/subscriptions", body) == {"left": {"t-1": 1}}
    assert resident.send("/api/subscriptions", body) == {"left": {"t-1": 2}}


def test_an_invitation_binds_once(city: City, resident: Caller) -> None:
    secret = invite(city.world, "roads", Role.STAFF)
    me = resident.send("/api/official/bind", {"invitation": secret})
    assert me["roles"] == ["resident", "staff"]
    assert resident.get("/api/official/inbox").status_code == 200
    second = city.login("neighbour").post("/api/official/bind", {"invitation": secret})
    assert (second.status_code, second.json["code"]) == (409, "invitation_used")
    assert resident.send("/api/official/bind", {"invitation": secret})["roles"] == ["resident", "staff"]


def test_unknown_and_old_invitations_are_not_there(city: City, resident: Caller) -> None:
    secret = invite(city.world, "roads", Role.OFFICIAL)
    city.world.clock.advance(timedelta(days=29, hours=23))
    caller = city.login("resident")
    city.world.clock.advance(hours=1)
    for invitation in (secret, "nobody-gave-this-out"):
        answer = caller.post("/api/official/bind", {"invitation": invitation})
        assert (answer.status_code, answer.json["code"]) == (404, "no_such_invitation")
