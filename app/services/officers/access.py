"""Console accounts as everybody else meets them: who may do what, and the way in (signing_in.py has its rules)."""

from __future__ import annotations

from app.domain.errors import NotFound, NotPermitted, Reason
from app.domain.office_session import LASTS, Client
from app.domain.officer import Officer, OfficeRole, with_password
from app.services.officers.passwords import hash_password
from app.services.officers.signing_in import (
    OfficeLogin,
    SignedIn,
    authenticate_officer,
    begin_login,
    finish_login,
    log_in_officer,
    log_out_officer,
    signed_in,
)
from app.services.saving import change
from app.services.world import World

__all__ = [
    "LASTS",
    "Client",
    "OfficeLogin",
    "SignedIn",
    "add_officer",
    "authenticate_officer",
    "begin_login",
    "finish_login",
    "log_in_officer",
    "log_out_officer",
    "need",
    "set_password",
    "signed_in",
]

CASE_READERS = (OfficeRole.SUPERVISOR, OfficeRole.AUDITOR, OfficeRole.OPERATOR)
"""Who may read any appeal. Inspectors read what was referred."""


def add_officer(
    world: World,
    username: str,
    name: str,
    roles: tuple[OfficeRole, ...],
    password: str,
    number: str = "",
    unit: str = "",
) -> Officer:
    """A new account with a password that stays, for demonstrations; keeping.py is how an admin makes one.
    Raises Duplicate when the username or the 工号 is taken."""
    officer = Officer(
        id=world.secrets.new_id(),
        version=1,
        username=username,
        name=name,
        roles=roles,
        password=hash_password(password),
        created_at=world.clock.now(),
        number=number,
        unit=unit,
    )
    world.stores.officers.add(officer)
    return officer


def set_password(world: World, officer: Officer, password: str) -> Officer:
    """The account with a new password, unlocked; whoever was logged in stays in no longer."""
    hashed, now = hash_password(password), world.clock.now()
    missing = NotFound(Reason.NO_SUCH_OFFICER)
    changed = change(world.stores.officers, officer.id, lambda known: with_password(known, hashed, now), missing)
    world.stores.office_sessions.end_all(officer.id)
    return changed


def need(officer: Officer, *roles: OfficeRole) -> None:
    """Raises NotPermitted unless the officer has one of the roles."""
    if not set(roles) & set(officer.roles):
        raise NotPermitted(Reason.NOT_YOUR_ROLE)
