"""Who acts for a post in WeChat, and how the city ends that: when somebody leaves office, or the staff.

Ending takes effect with the person's next request: nothing of an account is kept between two. What is about the
official stays kept from whoever acted for the post (app/domain/barring.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.errors import NotFound, Reason
from app.domain.lifecycle import worded
from app.domain.notification import Role
from app.domain.officer import Officer
from app.domain.roster import Official
from app.services.officers.access import need
from app.services.officers.audit import record
from app.services.people import holding
from app.services.rosters.forms import KEEPERS
from app.services.rosters.invitations import ROLES
from app.services.world import World

LONGEST_REASON = 300
MOST_COUNTED = 200
NO_LONGER_PUBLISHED = "停止公布"


@dataclass(frozen=True)
class Acting:
    """One who acts for the post. `name` is empty when the person told none."""

    account_id: str
    name: str
    role: Role
    since: datetime


def acting_for(world: World, officer: Officer, official_id: str) -> tuple[Acting, ...]:
    """Everybody bound to the post: the official first, then staff, each since when."""
    need(officer, *KEEPERS)
    found = [
        Acting(account.id, account.name, binding.role, binding.since)
        for account in world.stores.accounts.bound_to([official_id])
        for binding in account.bindings
        if binding.official_id == official_id
    ]
    return tuple(sorted(found, key=lambda one: (ROLES.index(one.role), one.since, one.account_id)))


def end_binding(world: World, officer: Officer, official_id: str, account_id: str, role: Role, reason: str) -> Official:
    """The person acts for the post in that role no longer; repeating it does no harm. The reason is mandatory and
    stands on the audit log."""
    need(officer, *KEEPERS)
    official = _known(world, official_id)
    reason = worded(reason, "reason", LONGEST_REASON)
    record(world, officer, "end_binding", official_id, f"{role.value} {account_id} {reason}")
    holding.end_binding(world, account_id, role, official_id)
    return official


def end_all_bindings(world: World, officer: Officer, official_id: str, reason: str = "") -> int:
    """Nobody acts for the post any more, and no invitation to it opens anything; how many bindings that ended."""
    need(officer, *KEEPERS)
    _known(world, official_id)
    for role in ROLES:
        holding.end_invitations(world, official_id, role, only_unused=False)
    acting = acting_for(world, officer, official_id)
    for one in acting:
        end_binding(world, officer, official_id, one.account_id, one.role, reason.strip() or NO_LONGER_PUBLISHED)
    return len(acting)


def still_handling(world: World, official_id: str) -> int:
    """How many appeals lie with the post and are not answered, MOST_COUNTED at most: whoever leaves leaves them."""
    return len(world.stores.appeals.of_assignees([official_id], [], False, None, None, None, MOST_COUNTED))


def _known(world: World, official_id: str) -> Official:
    official = world.stores.officials.get(official_id)
    if official is None:
        raise NotFound(Reason.NO_SUCH_OFFICIAL)
    return official
