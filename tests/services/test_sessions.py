"""Logging in, and whose a token is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.errors import NotNow, Reason
from app.domain.notification import Role
from app.services.people.accounts import bind, follow, invite
from app.services.people.sessions import LASTS, authenticate, log_in
from app.services.ports.wechat import Identity
from app.services.world import World
from tests.domain.factories import refused
from tests.services.factories import person
from tests.services.races import Meeting, at_once


@pytest.fixture
def wechat(world: World) -> World:
    world.login.codes = {"code-1": Identity("mp-new", "union-1"), "code-2": Identity("mp-new", "union-1")}
    return world


def test_a_code_becomes_a_token_of_a_new_account(wechat: World) -> None:
    login = log_in(wechat, "code-1")
    account = authenticate(wechat, login.token)
    assert account == login.account and (account.mp_openid, account.unionid) == ("mp-new", "union-1")
    assert account.roles == (Role.RESIDENT,)


def test_the_token_itself_is_kept_nowhere(wechat: World) -> None:
    token = log_in(wechat, "code-1").token
    assert token not in str(wechat.stores.sessions.kept)


def test_the_same_person_has_one_account_and_a_token_for_each_device(wechat: World) -> None:
    one, other = log_in(wechat, "code-1"), log_in(wechat, "code-2")
    assert one.account == other.account and one.token != other.token
    assert authenticate(wechat, one.token) == authenticate(wechat, other.token)


def test_two_first_logins_at_once_make_one_account(wechat: World) -> None:
    before = set(wechat.stores.accounts.kept)
    wechat.stores.accounts.before_write = Meeting()
    one, other = at_once(lambda: log_in(wechat, "code-1"), lambda: log_in(wechat, "code-2"))
    assert {one.account.id} == {other.account.id} == set(wechat.stores.accounts.kept) - before


def test_a_token_ends_after_thirty_days(wechat: World) -> None:
    login = log_in(wechat, "code-1")
    wechat.clock.advance(LASTS - timedelta(seconds=1))
    assert authenticate(wechat, login.token)
    wechat.clock.advance(seconds=1)
    assert login.expires_at == wechat.clock.now()
    with refused(Reason.NOT_LOGGED_IN):
        authenticate(wechat, login.token)


@pytest.mark.parametrize("token", ["", "token-99", "neighbour"])
def test_an_unknown_token_is_nobodys(world: World, token: str) -> None:
    with refused(Reason.NOT_LOGGED_IN):
        authenticate(world, token)


@pytest.mark.parametrize("failure", [NotNow(Reason.WECHAT_AWAY), None])
def test_who_cannot_be_identified_leaves_no_trace(world: World, failure: Exception | None) -> None:
    world.login.failure = failure
    before = dict(world.stores.accounts.kept)
    with refused(Reason.WECHAT_AWAY if failure else Reason.LOGIN_CODE_INVALID):
        log_in(world, "unknown")
    assert world.stores.accounts.kept == before and not world.stores.sessions.kept


def test_who_followed_first_logs_in_to_the_same_account(wechat: World) -> None:
    follower = follow(wechat, "oa-new", "union-1", follows=True)
    account = log_in(wechat, "code-1").account
    assert account.id == follower.id
    assert (account.mp_openid, account.oa_openid, account.follows_oa) == ("mp-new", "oa-new", True)


def test_a_unionid_that_wechat_tells_later_is_added_and_never_forgotten(wechat: World) -> None:
    wechat.login.codes = {"1": Identity("mp-new"), "2": Identity("mp-new", "union-1"), "3": Identity("mp-new")}
    assert [log_in(wechat, code).account.unionid for code in "123"] == ["", "union-1", "union-1"]


def test_who_came_twice_before_the_unionid_was_known_becomes_one_person(wechat: World) -> None:
    """First into the mini-program without a unionid, then as a follower who scanned an invitation."""
    wechat.login.codes["early"] = Identity("mp-new")
    early = log_in(wechat, "early").account
    follower = follow(wechat, "oa-new", "union-1", follows=True)
    bind(wechat, follower, invite(wechat, "roads", Role.STAFF))
    account = log_in(wechat, "code-1").account
    assert account.id == early.id
    assert (account.oa_openid, account.unionid, account.follows_oa) == ("oa-new", "union-1", True)
    assert account.posts(Role.STAFF) == {"roads"}
    assert not person(wechat, follower.id).bindings
    assert log_in(wechat, "code-2").account == account
