"""Invitations by the sheet: one for each official, to be printed and handed over.

What is printed is the bare code, to be read and as a QR code. The mini-program's page for binding takes it typed, or
reads it with its scanner; nothing else can do anything with it. It is short enough for the scene of a mini-program
code, and the page would take it from there. But a code that WeChat's own scanner opens (a mini-program code, a scene of
the Official Account) would need a call to WeChat for every sheet, would hand it the secret, and would end on its own
terms: the printed one works as long as the invitation, and is made without any network.

A new invitation for an official ends the unused ones before it, because a post has one official and sheets get lost.
Those for staff stand beside each other, since a post may have several; `end_open_invitations` ends them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.errors import InvalidInput, Reason
from app.domain.notification import Role
from app.domain.officer import Officer
from app.domain.roster import Official
from app.services.officers.access import need
from app.services.officers.audit import record
from app.services.people.accounts import INVITATION_LASTS, invite
from app.services.people.holding import end_invitations, is_live
from app.services.rosters.forms import KEEPERS
from app.services.rosters.log import edition_of
from app.services.world import World

MOST_AT_ONCE = 300
ROLES = (Role.OFFICIAL, Role.STAFF)


@dataclass(frozen=True)
class Issued:
    """One invitation of a sheet. `secret` is the code that is printed: shown now, kept nowhere."""

    official: Official
    role: Role
    secret: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True)
class Standing:
    """Who acts for a post in WeChat, and until when an unused invitation for the official may still be used."""

    is_bound: bool = False
    staff: int = 0
    invited_until: datetime | None = None
    staff_invitations: int = 0
    """Unused ones that have not expired."""


NOBODY = Standing()


def invite_many(
    world: World, officer: Officer, slug: str, official_ids: Sequence[str], role: Role = Role.OFFICIAL
) -> tuple[Issued, ...]:
    """One new invitation for each of these officials of the roster, in the roster's order.

    Raises NotFound for one that is not on it, InvalidInput for another role, for none, or for more than 300.
    """
    need(officer, *KEEPERS)
    wanted = frozenset(official_ids)
    if role not in ROLES or not 0 < len(wanted) <= MOST_AT_ONCE:
        raise InvalidInput(Reason.BAD_REQUEST, field="official_ids", most=MOST_AT_ONCE)
    edition = edition_of(world, slug)
    for official_id in wanted:
        edition.official(official_id)
    record(world, officer, "invite", slug, f"{role.value} {' '.join(sorted(wanted))}")
    expires_at = world.clock.now() + INVITATION_LASTS
    chosen = (official for official in edition.officials if official.id in wanted)
    return tuple(Issued(official, role, invite(world, official.id, role), expires_at) for official in chosen)


def end_open_invitations(world: World, officer: Officer, official_id: str, role: Role) -> None:
    """Whatever was printed for that role and not used opens nothing any more."""
    need(officer, *KEEPERS)
    record(world, officer, "end_invitations", official_id, role.value)
    end_invitations(world, official_id, role, only_unused=True)


def standings(world: World, slug: str) -> Mapping[str, Standing]:
    """For every official of the roster; three reads however many there are."""
    ids = [official.id for official in world.stores.officials.of_roster(slug)]
    bound = {id: [0, 0] for id in ids}
    for account in world.stores.accounts.bound_to(ids):
        for place, role in enumerate(ROLES):
            for id in account.posts(role) & bound.keys():
                bound[id][place] += 1
    now = world.clock.now()
    until: dict[str, datetime] = {}
    waiting = dict.fromkeys(ids, 0)
    for invitation in world.stores.invitations.of_posts(ids):
        if invitation.used_by or not is_live(invitation, now):
            continue
        if invitation.role is Role.OFFICIAL:
            until[invitation.official_id] = invitation.expires_at
        else:
            waiting[invitation.official_id] += 1
    return {id: Standing(bound[id][0] > 0, bound[id][1], until.get(id), waiting[id]) for id in ids}
