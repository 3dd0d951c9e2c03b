"""Looking up what belongs to a telephone number: on record, and no more numbers than an operator has callers. Otherwise
the digits that a masked number hides could be tried out one after the other."""

from __future__ import annotations

from dataclasses import replace

from app.domain.errors import NotNow, Reason
from app.domain.officer import Officer
from app.domain.workday import BEIJING
from app.services.officers.audit import record
from app.services.people.callers import phone_key
from app.services.ports.requests import Lockout
from app.services.saving import change_or_add
from app.services.world import World

MOST_AN_HOUR = 120
MOBILE, MOST_DIGITS = 11, 15
FEWEST = {True: 10, False: 7}
"""Digits of a number with an area code, and without one."""


def whole_number(typed: str) -> str:
    """The number when it can be a whole one, else empty: what somebody is still typing is looked up for nobody. A
    mobile has 11 digits, one with an area code 10 at least, another one 7."""
    bare = typed.strip().removeprefix("+")
    digits = "".join(filter(str.isdigit, bare))
    if not bare.isascii() or not set(bare) <= {*digits, *" -()"}:
        return ""
    digits = digits.removeprefix("86") if len(digits) == 13 else digits
    is_whole = len(digits) == MOBILE if digits.startswith("1") else len(digits) >= FEWEST[digits.startswith("0")]
    return typed if is_whole and len(digits) <= MOST_DIGITS else ""


def note_look_up(world: World, officer: Officer, phone: str) -> None:
    """Writes on the audit log that the officer looked a number up, once for a number and hour. What is no number is
    not looked up. Raises NotNow(TOO_MANY_REQUESTS) beyond 120 numbers an hour, and somebody is told."""
    key = phone_key(world, phone)
    if not key:
        return
    now, lockouts = world.clock.now(), world.stores.lockouts
    hour = now.astimezone(BEIJING).strftime("%Y-%m-%d %H")
    number = world.secrets.digest("number looked up", f"{officer.id} {key} {hour}")
    if lockouts.get(number) is not None:
        return

    def counted(tally: Lockout) -> Lockout:
        if tally.failures >= MOST_AN_HOUR:
            raise NotNow(Reason.TOO_MANY_REQUESTS, retry_after=3600 - now.minute * 60 - now.second)
        return replace(tally, failures=tally.failures + 1, last_at=now)

    all_numbers = world.secrets.digest("numbers looked up", f"{officer.id} {hour}")
    after = change_or_add(lockouts, all_numbers, Lockout(all_numbers, 1, 0, now), counted)
    if after.failures == MOST_AN_HOUR:
        world.alerts.raise_alert("many_numbers_looked_up", officer=officer.id)
    digits = "".join(filter(str.isdigit, phone))
    record(world, officer, "find_by_phone", f"尾号 {digits[-4:]}")
    change_or_add(lockouts, number, Lockout(number, 1, 0, now), lambda known: known)
