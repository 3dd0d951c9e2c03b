"""Logging in with a WeChat code, and knowing who a token belongs to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.account import Account, Session
from app.domain.errors import NotLoggedIn, Reason
from app.services.ports.basics import Duplicate
from app.services.ports.wechat import Identity
from app.services.saving import change
from app.services.world import World

LASTS = timedelta(days=30)
_GONE = NotLoggedIn(Reason.NOT_LOGGED_IN)


@dataclass(frozen=True)
class Login:
    token: str
    """Given out once; only its hash is kept."""
    expires_at: datetime
    account: Account


def log_in(world: World, code: str) -> Login:
    """Exchanges a wx.login code for a token. Raises what WeChatLogin.identify raises."""
    identity = world.login.identify(code)
    account = _account_for(world, identity)
    now = world.clock.now()
    token = world.secrets.new_token()
    session = Session(world.secrets.digest("session", token), account.id, now, now + LASTS)
    world.stores.sessions.add(session)
    return Login(token, session.expires_at, account)


def authenticate(world: World, token: str) -> Account:
    """Whose token this is; NotLoggedIn when it is unknown, expired, or its account was erased."""
    session = world.stores.sessions.get(world.secrets.digest("session", token)) if token else None
    if session is None or session.expires_at <= world.clock.now():
        raise NotLoggedIn(Reason.NOT_LOGGED_IN)
    account = world.stores.accounts.get(session.account_id)
    if account is None or account.erased_at is not None:
        raise NotLoggedIn(Reason.NOT_LOGGED_IN)
    return account


def _account_for(world: World, identity: Identity) -> Account:
    """The account of this WeChat user; one that so far only followed the Official Account is joined by unionid."""
    accounts = world.stores.accounts
    known = accounts.by_mp_openid(identity.openid)
    if known is None and identity.unionid:
        known = accounts.by_unionid(identity.unionid)
    if known is not None:
        known = _absorb_follower(world, known, identity)
        return change(accounts, known.id, lambda account: _joined(account, identity), _GONE)
    account = Account(
        id=world.secrets.new_id(),
        version=1,
        created_at=world.clock.now(),
        mp_openid=identity.openid,
        unionid=identity.unionid,
    )
    try:
        accounts.add(account)
    except Duplicate:  # the same person logged in twice at once
        return _account_for(world, identity)
    return account


def _absorb_follower(world: World, account: Account, identity: Identity) -> Account:
    """One person may have come twice: into the mini-program before WeChat told a unionid, and as a follower of the
    Official Account. What the follower's account holds moves over, the emptied one first gives up its unique ids."""
    accounts = world.stores.accounts
    follower = accounts.by_unionid(identity.unionid) if identity.unionid else None
    if follower is None or follower.id == account.id:
        return account
    emptied = Account(follower.id, follower.version, follower.created_at, erased_at=world.clock.now())
    change(accounts, follower.id, lambda _: emptied, _GONE)

    def rule(current: Account) -> Account:
        return replace(
            current,
            oa_openid=follower.oa_openid,
            follows_oa=follower.follows_oa,
            unionid=identity.unionid,
            bindings=current.bindings + tuple(b for b in follower.bindings if b not in current.bindings),
        )

    return change(accounts, account.id, rule, _GONE)


def _joined(account: Account, identity: Identity) -> Account:
    unionid = identity.unionid or account.unionid
    if (account.mp_openid, account.unionid) == (identity.openid, unionid):
        return account
    return replace(account, mp_openid=identity.openid, unionid=unionid)
