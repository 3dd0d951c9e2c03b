"""Logging in at the console: a password, then a code where the account has a second factor; and knowing whose token it
is. Five wrong passwords or codes lock the account for a quarter of an hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain.errors import NotFound, NotLoggedIn, NotNow, NotPermitted, Reason
from app.domain.office_session import (
    CODE_WITHIN,
    LASTS,
    Client,
    OfficeSession,
    browser_name,
    short_address,
)
from app.domain.officer import FAILURES_BEFORE_LOCK, Duty, Officer, attempt_taken_back, failed, succeeded
from app.services.officers.audit import record
from app.services.officers.passwords import is_password
from app.services.officers.second_factor import after_code, is_recovery
from app.services.saving import change, next_version
from app.services.world import World

PURPOSE = "office session"
ATTEMPTS = 10
"""As many may try at one account in the same moment before one is told to try again."""
GONE = NotFound(Reason.NOT_LOGGED_IN)
DUTY_REASONS = {Duty.CHANGE_PASSWORD: Reason.PASSWORD_TO_CHANGE, Duty.ENROL_TOTP: Reason.TOTP_TO_ENROL}


@dataclass(frozen=True)
class OfficeLogin:
    """`needs_code`: the token serves for `finish_login` only."""

    token: str = field(repr=False)
    expires_at: datetime
    officer: Officer
    needs_code: bool = False


@dataclass(frozen=True)
class SignedIn:
    """Whose token it is. While there are `duties`, the officer may do nothing else."""

    officer: Officer
    session: OfficeSession
    duties: tuple[Duty, ...] = ()


def log_in_officer(
    world: World, username: str, password: str, code: str = "", client: Client | None = None
) -> OfficeLogin:
    """Both steps at once, for the API.

    Raises NotLoggedIn for a wrong name or password (which of them is not said), for a wrong code, and with TOTP_NEEDED
    when the account has a second factor and no code was sent; NotNow while locked.
    """
    client = client or Client()
    officer = _with_password(world, username, password, client)
    if officer.totp is None:
        return _open(world, _cleared(world, officer), client)
    if not code.strip():
        raise NotLoggedIn(Reason.TOTP_NEEDED)
    return _open(world, _with_code(world, officer, code, client), client)


def begin_login(world: World, username: str, password: str, client: Client | None = None) -> OfficeLogin:
    """The first step: a login, or where the account has a second factor one that `needs_code`. Raises as above."""
    client = client or Client()
    officer = _with_password(world, username, password, client)
    if officer.totp is None:
        return _open(world, _cleared(world, officer), client)
    return _open(world, officer, client, waits_for_code=True)


def finish_login(world: World, token: str, code: str, client: Client | None = None) -> OfficeLogin:
    """The second step: a login under a new token for the one of `begin_login`, which then serves no more.

    Raises NotLoggedIn(NOT_LOGGED_IN) when the first step is more than five minutes ago, NotLoggedIn(WRONG_CODE),
    NotNow while locked.
    """
    client = client or Client()
    officer, session = _known(world, token)
    if not session.waits_for_code:
        raise NotLoggedIn(Reason.NOT_LOGGED_IN)
    officer = _with_code(world, officer, code, client)
    world.stores.office_sessions.end([session.id])
    return _open(world, officer, client)


def signed_in(world: World, token: str) -> SignedIn:
    """Whose token this is, and what comes first. Raises NotLoggedIn. Notes every five minutes that it is in use."""
    officer, session = _known(world, token)
    if session.waits_for_code:
        raise NotLoggedIn(Reason.NOT_LOGGED_IN)
    now = world.clock.now()
    if session.is_stale(now):  # guarded, so that a session that somebody has just ended stays so
        world.stores.office_sessions.replace(next_version(session, replace(session, seen_at=now)))
    return SignedIn(officer, session, officer.duties(world.settings().totp_required))


def authenticate_officer(world: World, token: str) -> Officer:
    """Whose token this is. Raises NotLoggedIn, and NotPermitted while something else must be done first."""
    found = signed_in(world, token)
    for duty in found.duties:
        raise NotPermitted(DUTY_REASONS[duty])
    return found.officer


def log_out_officer(world: World, token: str) -> None:
    """Ends the session; a token that opens nothing is no mistake."""
    if token:
        world.stores.office_sessions.end([world.secrets.digest(PURPOSE, token)])


def tried(world: World, officer: Officer, is_right: Callable[[], bool], client: Client | None = None) -> bool:
    """Whether a password or code is right.

    The attempt counts before it is looked at and is taken back when it was right, so that of a hundred at once no more
    than five are looked at. Wrong ones stand on the audit log; the fifth locks, and somebody is told. Raises NotNow
    while the account is locked.
    """
    now, officers = world.clock.now(), world.stores.officers

    def counted(known: Officer) -> Officer:
        _refuse_locked(known, now)
        return failed(known, now)

    after = change(officers, officer.id, counted, GONE, ATTEMPTS)
    if is_right():
        change(officers, officer.id, attempt_taken_back, GONE, ATTEMPTS)
        return True
    record(world, officer, "log_in_failed", officer.username, _place(client or Client()))
    if after.failures == FAILURES_BEFORE_LOCK:
        record(world, officer, "locked_out", officer.username)
        world.alerts.raise_alert("officer_locked_out", officer=officer.id)
    return False


def _refuse_locked(officer: Officer, now: datetime) -> None:
    until = officer.locked_until(now)
    if until is not None:
        raise NotNow(Reason.LOCKED_OUT, retry_after=int((until - now).total_seconds()) + 1)


def _with_password(world: World, username: str, password: str, client: Client) -> Officer:
    officer = world.stores.officers.by_username(username)
    if officer is None:
        is_password(None, password)  # takes as long as a wrong one
        raise NotLoggedIn(Reason.WRONG_PASSWORD)
    may_enter = officer.disabled_at is None
    if not tried(world, officer, lambda: is_password(officer, password) and may_enter, client):
        raise NotLoggedIn(Reason.WRONG_PASSWORD)
    if officer.one_time_until and officer.one_time_until <= world.clock.now():
        raise NotLoggedIn(Reason.ONE_TIME_OVER)
    return officer


def _with_code(world: World, officer: Officer, code: str, client: Client) -> Officer:
    """The officer with the code used up and the failures forgotten. Of two who send one code at once, one is right."""
    now = world.clock.now()
    if not tried(world, officer, lambda: after_code(world, officer, code, now) is not None, client):
        raise NotLoggedIn(Reason.WRONG_CODE)
    if is_recovery(code):
        record(world, officer, "use_recovery_code", officer.username)

    def rule(current: Officer) -> Officer:
        totp = after_code(world, current, code, now)
        if totp is None:
            raise NotLoggedIn(Reason.WRONG_CODE)
        return succeeded(replace(current, totp=totp))

    return _change_proven(world, officer, rule)


def _cleared(world: World, officer: Officer) -> Officer:
    return _change_proven(world, officer, succeeded)


def _change_proven(world: World, officer: Officer, rule: Callable[[Officer], Officer]) -> Officer:
    """The officer after `rule`, unless the password that was proven has been changed meanwhile."""

    def guarded(current: Officer) -> Officer:
        if current.era != officer.era:
            raise NotLoggedIn(Reason.NOT_LOGGED_IN)
        return rule(current)

    return change(world.stores.officers, officer.id, guarded, GONE)


def _open(world: World, officer: Officer, client: Client, waits_for_code: bool = False) -> OfficeLogin:
    token, now = world.secrets.new_token(), world.clock.now()
    session = OfficeSession(
        id=world.secrets.digest(PURPOSE, token),
        version=1,
        officer_id=officer.id,
        era=officer.era,
        created_at=now,
        expires_at=now + (CODE_WITHIN if waits_for_code else LASTS),
        seen_at=now,
        address=short_address(client.address),
        browser=browser_name(client.agent),
        waits_for_code=waits_for_code,
    )
    if not waits_for_code:
        record(world, officer, "log_in", officer.username, _place(client))
    world.stores.office_sessions.add(session)
    return OfficeLogin(token, session.expires_at, officer, waits_for_code)


def _place(client: Client) -> str:
    return " ".join(part for part in (short_address(client.address), browser_name(client.agent)) if part)


def _known(world: World, token: str) -> tuple[Officer, OfficeSession]:
    session = world.stores.office_sessions.get(world.secrets.digest(PURPOSE, token)) if token else None
    if session is None or session.expires_at <= world.clock.now():
        raise NotLoggedIn(Reason.NOT_LOGGED_IN)
    officer = world.stores.officers.get(session.officer_id)
    if officer is None or officer.disabled_at is not None or officer.era != session.era:
        raise NotLoggedIn(Reason.NOT_LOGGED_IN)
    return officer, session
