"""What an admin does with the accounts of others: making, editing, disabling, and helping whoever is locked out.

One admin at least can always act. Acts that could take the last one away hold a lease, so that two admins cannot take
each other's role at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from app.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, Reason, RuleBroken
from app.domain.officer import Officer, OfficeRole, signed_out, succeeded, with_password
from app.services.leases import hold, release
from app.services.officers.access import need
from app.services.officers.audit import record
from app.services.officers.passwords import hash_password, one_time_password
from app.services.ports.basics import Duplicate
from app.services.saving import change
from app.services.world import World

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")
NUMBER = re.compile(r"[0-9A-Za-z]{1,12}")
LONGEST_NAME, LONGEST_UNIT, LONGEST_REASON = 20, 40, 200
NUMBER_TAKEN = "这个工号已有人使用"
ADMINS = "admins"
MISSING = NotFound(Reason.NO_SUCH_OFFICER)


@dataclass(frozen=True)
class Details:
    """What an admin fills in. Every operator needs a 工号 (`number`)."""

    name: str
    roles: tuple[OfficeRole, ...]
    number: str = ""
    unit: str = ""


@dataclass(frozen=True)
class GivenPassword:
    """The password is shown once: it serves for seven days, and only to set another one."""

    officer: Officer
    password: str = field(repr=False)


def all_officers(world: World, reader: Officer) -> Sequence[Officer]:
    """By username, the disabled ones too. For admins and auditors."""
    need(reader, OfficeRole.ADMIN, OfficeRole.AUDITOR)
    return world.stores.officers.all()


def create_officer(world: World, admin: Officer, username: str, details: Details) -> GivenPassword:
    """A new account with a one-time password. Raises InvalidInput with the problems under the fields' names."""
    need(admin, OfficeRole.ADMIN)
    username = username.strip()
    details = _checked(details, username)
    _refuse_taken(world, username, details.number, "")
    record(world, admin, "create_officer", username, _told(details))
    return _add(world, username, details)


def create_first_admin(world: World, username: str, name: str) -> GivenPassword:
    """From the command line: an admin to begin with, or when every other one is lost; on the audit log by itself."""
    details = _checked(Details(name, (OfficeRole.ADMIN,)), username)
    _refuse_taken(world, username, "", "")
    given = _add(world, username, details)
    record(world, given.officer, "create_officer", username, "命令行")
    return given


def edit_officer(world: World, admin: Officer, officer_id: str, details: Details) -> Officer:
    """The account with other details; other roles end its sessions. Raises InvalidInput with fields,
    RuleBroken(LAST_ADMIN)."""
    need(admin, OfficeRole.ADMIN)
    known = _get(world, officer_id)
    details = _checked(details)
    _refuse_taken(world, "", details.number, officer_id)
    before = Details(known.name, known.roles, known.number, known.unit)
    if before == details:
        raise InvalidInput(Reason.NOTHING_TO_CHANGE)
    with _with_an_admin_left(world, known, OfficeRole.ADMIN in details.roles):
        record(world, admin, "edit_officer", known.username, f"{_told(before)} → {_told(details)}")
        changed = _change(world, officer_id, lambda current: _edited(current, details))
    if changed.era != known.era:
        world.stores.office_sessions.end_all(officer_id)
    return changed


def disable_officer(world: World, admin: Officer, officer_id: str, reason: str) -> Officer:
    """Nobody gets in with the account any more, and whoever is in is out. What it did keeps its name."""
    need(admin, OfficeRole.ADMIN)
    reason = _reason(reason)
    known, now = _get(world, officer_id), world.clock.now()
    if known.disabled_at is not None:
        return known
    with _with_an_admin_left(world, known, stays=False):
        record(world, admin, "disable_officer", known.username, reason)
        changed = _change(world, officer_id, lambda current: signed_out(replace(current, disabled_at=now)))
    world.stores.office_sessions.end_all(officer_id)
    return changed


def enable_officer(world: World, admin: Officer, officer_id: str, reason: str) -> Officer:
    """With the password and the second factor it had."""
    need(admin, OfficeRole.ADMIN)
    reason = _reason(reason)
    known = _get(world, officer_id)
    if known.disabled_at is None:
        return known
    record(world, admin, "enable_officer", known.username, reason)
    return _change(world, officer_id, lambda current: succeeded(replace(current, disabled_at=None)))


def unlock_officer(world: World, admin: Officer, officer_id: str) -> Officer:
    """May try again at once after too many wrong passwords or codes."""
    need(admin, OfficeRole.ADMIN)
    known = _get(world, officer_id)
    record(world, admin, "unlock_officer", known.username)
    return _change(world, officer_id, succeeded)


def reset_password(world: World, admin: Officer, officer_id: str, reason: str) -> GivenPassword:
    """A one-time password for whoever forgot the own one. The second factor stays. Not for oneself."""
    need(admin, OfficeRole.ADMIN)
    known, reason = _somebody_else(world, admin, officer_id), _reason(reason)
    password, now = one_time_password(world), world.clock.now()
    hashed = hash_password(password)
    record(world, admin, "reset_password", known.username, reason)
    changed = _change(world, officer_id, lambda current: with_password(current, hashed, now, one_time=True))
    world.stores.office_sessions.end_all(officer_id)
    return GivenPassword(changed, password)


def reset_totp(world: World, admin: Officer, officer_id: str, reason: str) -> Officer:
    """Takes the second factor from whoever lost the phone and the recovery codes. Not for oneself."""
    need(admin, OfficeRole.ADMIN)
    known, reason = _somebody_else(world, admin, officer_id), _reason(reason)
    record(world, admin, "reset_totp", known.username, reason)
    changed = _change(world, officer_id, lambda o: signed_out(replace(o, totp=None, totp_offer=None)))
    world.stores.office_sessions.end_all(officer_id)
    return changed


def _add(world: World, username: str, details: Details) -> GivenPassword:
    password, now = one_time_password(world), world.clock.now()
    bare = Officer(world.secrets.new_id(), 1, username, details.name, details.roles, "", now)
    full = replace(bare, number=details.number, unit=details.unit)
    officer = replace(with_password(full, hash_password(password), now, one_time=True), era=0)
    try:
        world.stores.officers.add(officer)
    except Duplicate:
        _refuse_taken(world, username, details.number, "")
        raise
    return GivenPassword(officer, password)


def _edited(officer: Officer, details: Details) -> Officer:
    edited = replace(officer, name=details.name, roles=details.roles, number=details.number, unit=details.unit)
    return edited if officer.roles == details.roles else signed_out(edited)


def _change(world: World, officer_id: str, rule: Callable[[Officer], Officer]) -> Officer:
    try:
        return change(world.stores.officers, officer_id, rule, MISSING)
    except Duplicate:  # of two who are given the same 工号 at once, the later one
        raise InvalidInput(Reason.BAD_REQUEST, fields={"number": [NUMBER_TAKEN]}) from None


def _get(world: World, officer_id: str) -> Officer:
    officer = world.stores.officers.get(officer_id)
    if officer is None:
        raise MISSING
    return officer


def _somebody_else(world: World, admin: Officer, officer_id: str) -> Officer:
    if officer_id == admin.id:
        raise NotPermitted(Reason.OWN_ACCOUNT)
    return _get(world, officer_id)


@contextmanager
def _with_an_admin_left(world: World, officer: Officer, stays: bool) -> Iterator[None]:
    """Runs what is inside, which may take the role from `officer`, only while another admin can act."""
    if stays:
        yield
        return
    holder = world.secrets.new_id()
    if not hold(world, ADMINS, holder):
        raise Conflict(Reason.BUSY)
    try:
        if not any(other.is_acting_admin and other.id != officer.id for other in world.stores.officers.all()):
            raise RuleBroken(Reason.LAST_ADMIN)
        yield
    finally:
        release(world, ADMINS, holder)


def _refuse_taken(world: World, username: str, number: str, own_id: str) -> None:
    others = [officer for officer in world.stores.officers.all() if officer.id != own_id]
    fields = {}
    if username and any(officer.username == username for officer in others):
        fields["username"] = ["这个账号名已有人使用"]
    if number and any(officer.number == number for officer in others):
        fields["number"] = [NUMBER_TAKEN]
    if fields:
        raise InvalidInput(Reason.BAD_REQUEST, fields=fields)


def _checked(details: Details, username: str | None = None) -> Details:
    """The details without space around the words. Raises InvalidInput with every problem."""
    name, number, unit = details.name.strip(), details.number.strip(), details.unit.strip()
    roles = tuple(role for role in OfficeRole if role in details.roles)
    fields: dict[str, list[str]] = {}
    if username is not None and not USERNAME.fullmatch(username):
        fields["username"] = ["用小写字母开头，2 到 32 个小写字母、数字或 . _ -"]
    if not 0 < len(name) <= LONGEST_NAME:
        fields["name"] = [f"请填写姓名，最多 {LONGEST_NAME} 个字"]
    if not roles:
        fields["roles"] = ["至少选一个角色"]
    if number and not NUMBER.fullmatch(number):
        fields["number"] = ["工号最多 12 个字母或数字"]
    if not number and OfficeRole.OPERATOR in roles:
        fields["number"] = ["接线员必须有工号"]
    if len(unit) > LONGEST_UNIT:
        fields["unit"] = [f"最多 {LONGEST_UNIT} 个字"]
    if fields:
        raise InvalidInput(Reason.BAD_REQUEST, fields=fields)
    return Details(name, roles, number, unit)


def _reason(text: str) -> str:
    text = text.strip()
    if not text or len(text) > LONGEST_REASON:
        raise InvalidInput(Reason.BAD_REQUEST, fields={"reason": [f"请写明原因，最多 {LONGEST_REASON} 个字"]})
    return text


def _told(details: Details) -> str:
    parts = (details.name, details.number, details.unit, "、".join(role.value for role in details.roles))
    return " ".join(part for part in parts if part)
