"""What officers do with their own account: another password, a second factor, new recovery codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from unicodedata import normalize

from app.domain.errors import InvalidInput, NotFound, NotPermitted, Reason, RuleBroken
from app.domain.office_session import OfficeSession
from app.domain.officer import Duty, Officer, signed_out, with_password
from app.domain.second_factor import Totp
from app.services.officers.audit import record
from app.services.officers.passwords import hash_password, is_password, refuse_weak
from app.services.officers.second_factor import Offer, after_code, after_digits, new_secret, offer_of, with_recovery
from app.services.officers.signing_in import SignedIn, tried
from app.services.saving import change, next_version
from app.services.world import World

MISSING = NotFound(Reason.NO_SUCH_OFFICER)
WRONG_CODE = "动态码不正确或已经用过，请等手机上出现下一个再输入"


def change_password(world: World, who: SignedIn, old: str, new: str) -> Officer:
    """The account with the new password. Every other session ends, the one that asks stays.

    Raises InvalidInput with the problems under `old` or `password`, NotNow after too many wrong ones.
    """
    _prove(world, who.officer, old, "old")
    refuse_weak(who.officer, new)
    hashed, now = hash_password(new), world.clock.now()
    record(world, who.officer, "change_password", who.officer.username)
    return _and_sign_out_others(world, who.session, lambda known: with_password(known, hashed, now), who.officer)


def offer_totp(world: World, officer: Officer, password: str) -> Offer:
    """A new second factor to take up on a phone; it counts once `confirm_totp` has seen its first code. An older one
    serves until then. Raises InvalidInput under `password`, NotNow."""
    _prove(world, officer, password, "password")
    secret = new_secret()
    offered = Totp(secret, world.clock.now())
    change(world.stores.officers, officer.id, lambda known: replace(known, totp_offer=offered), MISSING)
    return offer_of(officer.username, secret)


def offered_totp(world: World, officer: Officer) -> Offer | None:
    """The same offer once more, while it can be confirmed: for a page that is shown again after a wrong code."""
    offered = officer.totp_offer
    return offer_of(officer.username, offered.secret) if offered and offered.is_offered(world.clock.now()) else None


def confirm_totp(world: World, who: SignedIn, digits: str) -> tuple[str, ...]:
    """Takes the offered factor into use; its ten recovery codes, shown once. Every other session ends.

    Raises RuleBroken(TOTP_NOT_OFFERED) when none is offered (any more), InvalidInput under `code` for a wrong one.
    """
    now = world.clock.now()
    _confirmed(who.officer, digits, now)
    record(world, who.officer, "enrol_totp", who.officer.username)
    codes: tuple[str, ...] = ()

    def rule(current: Officer) -> Officer:
        nonlocal codes
        totp, codes = with_recovery(world, current, _confirmed(current, digits, now))
        return signed_out(replace(current, totp=replace(totp, since=now), totp_offer=None))

    _and_sign_out_others(world, who.session, rule, who.officer)
    return codes


def renew_recovery_codes(world: World, officer: Officer, code: str) -> tuple[str, ...]:
    """Ten new recovery codes for a code of the second factor; the old ones are worth nothing any more."""
    _refuse_wrong_code(world, officer, code)
    record(world, officer, "renew_recovery_codes", officer.username)
    codes: tuple[str, ...] = ()

    def rule(current: Officer) -> Officer:
        nonlocal codes
        totp, codes = with_recovery(world, current, _after_code(world, current, code))
        return replace(current, totp=totp)

    change(world.stores.officers, officer.id, rule, MISSING)
    return codes


def drop_totp(world: World, officer: Officer, code: str) -> Officer:
    """The account without a second factor, for a code of it. NotPermitted where the role needs one."""
    if Duty.ENROL_TOTP in replace(officer, totp=None).duties(world.settings().totp_required):
        raise NotPermitted(Reason.TOTP_TO_ENROL)
    _refuse_wrong_code(world, officer, code)
    record(world, officer, "drop_totp", officer.username)

    def rule(current: Officer) -> Officer:
        _after_code(world, current, code)
        return replace(current, totp=None)

    return change(world.stores.officers, officer.id, rule, MISSING)


def _prove(world: World, officer: Officer, password: str, field: str) -> None:
    """Whoever sits before an open session is not always its owner."""
    if not tried(world, officer, lambda: is_password(officer, password)):
        raise InvalidInput(Reason.BAD_REQUEST, fields={field: ["现在的密码不正确"]})


def _confirmed(officer: Officer, digits: str, now: datetime) -> Totp:
    offered = officer.totp_offer
    if offered is None or not offered.is_offered(now):
        raise RuleBroken(Reason.TOTP_NOT_OFFERED)
    totp = after_digits(offered, "".join(normalize("NFKC", digits).split()), now)
    if totp is None:
        raise InvalidInput(Reason.BAD_REQUEST, fields={"code": [WRONG_CODE]})
    return totp


def _refuse_wrong_code(world: World, officer: Officer, code: str) -> None:
    if not tried(world, officer, lambda: after_code(world, officer, code, world.clock.now()) is not None):
        raise InvalidInput(Reason.BAD_REQUEST, fields={"code": [WRONG_CODE]})


def _after_code(world: World, officer: Officer, code: str) -> Totp:
    totp = after_code(world, officer, code, world.clock.now())
    if totp is None:
        raise InvalidInput(Reason.BAD_REQUEST, fields={"code": [WRONG_CODE]})
    return totp


def _and_sign_out_others(
    world: World, session: OfficeSession, rule: Callable[[Officer], Officer], officer: Officer
) -> Officer:
    """The officer after a `rule` that begins a new era; the session that asks is taken along into it."""
    changed = change(world.stores.officers, officer.id, rule, MISSING)
    sessions = world.stores.office_sessions
    if current := sessions.get(session.id):
        sessions.replace(next_version(current, replace(current, era=changed.era)))
    sessions.end([other.id for other in sessions.of_officer(officer.id) if other.id != session.id])
    return changed
