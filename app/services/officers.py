"""Console accounts: made by an admin, logged in with a password, locked after five wrong ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.account import Session
from app.domain.errors import NotFound, NotLoggedIn, NotNow, NotPermitted, Reason
from app.domain.officer import Officer, OfficeRole, failed, succeeded
from app.services.saving import change
from app.services.world import World

LASTS = timedelta(hours=12)
PURPOSE = "office session"
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody has this password")
"""Checked when there is no such account, so that the time of an answer does not tell."""


@dataclass(frozen=True)
class OfficeLogin:
    token: str
    expires_at: datetime
    officer: Officer


def add_officer(
    world: World,
    username: str,
    name: str,
    roles: tuple[OfficeRole, ...],
    password: str,
    number: str = "",
    unit: str = "",
) -> Officer:
    """A new account. Raises Duplicate when the username is taken."""
    officer = Officer(
        id=world.secrets.new_id(),
        version=1,
        username=username,
        name=name,
        roles=roles,
        password=_HASHER.hash(password),
        created_at=world.clock.now(),
        number=number,
        unit=unit,
    )
    world.stores.officers.add(officer)
    return officer


def set_password(world: World, officer: Officer, password: str) -> Officer:
    """The account with a new password, unlocked; whoever was logged in stays in no longer."""
    hashed = _HASHER.hash(password)
    world.stores.sessions.end_all(officer.id)
    missing = NotFound(Reason.NOT_LOGGED_IN)
    return change(world.stores.officers, officer.id, lambda o: succeeded(replace(o, password=hashed)), missing)


def log_in_officer(world: World, username: str, password: str) -> OfficeLogin:
    """Raises NotLoggedIn for a wrong name or password (which of them is not said), NotNow while locked."""
    officer = world.stores.officers.by_username(username)
    now = world.clock.now()
    until = officer.locked_until(now) if officer else None
    if until is not None:
        raise NotNow(Reason.LOCKED_OUT, retry_after=int((until - now).total_seconds()) + 1)
    right = _verify(officer.password if officer else _NOBODY, password)
    if officer is None or officer.disabled_at is not None or not right:
        if officer is not None:
            change(world.stores.officers, officer.id, lambda known: failed(known, now), NotFound(Reason.NOT_LOGGED_IN))
        raise NotLoggedIn(Reason.WRONG_PASSWORD)
    change(world.stores.officers, officer.id, succeeded, NotFound(Reason.NOT_LOGGED_IN))
    token = world.secrets.new_token()
    session = Session(world.secrets.digest(PURPOSE, token), officer.id, now, now + LASTS)
    world.stores.sessions.add(session)
    return OfficeLogin(token, session.expires_at, officer)


def authenticate_officer(world: World, token: str) -> Officer:
    """Whose token this is. Raises NotLoggedIn."""
    session = world.stores.sessions.get(world.secrets.digest(PURPOSE, token)) if token else None
    if session is None or session.expires_at <= world.clock.now():
        raise NotLoggedIn(Reason.NOT_LOGGED_IN)
    officer = world.stores.officers.get(session.account_id)
    if officer is None or officer.disabled_at is not None:
        raise NotLoggedIn(Reason.NOT_LOGGED_IN)
    return officer


def need(officer: Officer, *roles: OfficeRole) -> None:
    """Raises NotPermitted unless the officer has one of the roles."""
    if not set(roles) & set(officer.roles):
        raise NotPermitted(Reason.NOT_YOUR_ROLE)


def _verify(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
