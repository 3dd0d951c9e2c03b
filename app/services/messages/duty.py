"""The duty calendar: on which days one of the staff hears in the official's place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from app.domain.account import Account
from app.domain.errors import InvalidInput, NotFound, NotPermitted, Reason
from app.domain.notification import Role
from app.domain.roster import Delegation, Official
from app.domain.workday import local_day
from app.services.saving import change
from app.services.world import World

MOST_DELEGATIONS = 60


def set_duty(world: World, account: Account, official_id: str, delegations: tuple[Delegation, ...]) -> Official:
    """The official with a new duty calendar; only in person, only for the own staff, days that do not overlap.

    Raises NotPermitted, InvalidInput(BAD_DUTY).
    """
    if official_id not in account.posts(Role.OFFICIAL):
        raise NotPermitted(Reason.NOT_YOUR_ROLE)
    staff = {person.id for person in staff_of(world, official_id)}
    ordered = tuple(sorted(delegations, key=lambda duty: duty.first))
    strangers = [duty.account_id for duty in ordered if duty.account_id not in staff]
    backwards = any(duty.last < duty.first for duty in ordered)
    overlapping = any(one.last >= two.first for one, two in pairwise(ordered))
    if strangers or backwards or overlapping or len(ordered) > MOST_DELEGATIONS:
        raise InvalidInput(Reason.BAD_DUTY, strangers=strangers)
    missing = NotFound(Reason.NO_SUCH_OFFICIAL)
    return change(world.stores.officials, official_id, lambda known: _with(known, ordered), missing)


def staff_of(world: World, official_id: str) -> list[Account]:
    """Everybody bound to the post as staff."""
    bound = world.stores.accounts.bound_to([official_id])
    return [account for account in bound if official_id in account.posts(Role.STAFF)]


def delegate_today(world: World, official_id: str) -> str:
    """The account that hears today in the official's place; empty when nobody does."""
    official = world.stores.officials.get(official_id)
    today: date = local_day(world.clock.now())
    return official.delegate_on(today) if official else ""


def _with(official: Official, delegations: tuple[Delegation, ...]) -> Official:
    return official if official.delegations == delegations else replace(official, delegations=delegations)
