"""Who acts for a post in WeChat, when the post comes to somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.domain.account import Account, Invitation
from app.domain.errors import NotFound, NotLoggedIn, Reason
from app.domain.notification import Role
from app.services.saving import change
from app.services.world import World

_GONE = NotLoggedIn(Reason.NOT_LOGGED_IN)


def end_holding(world: World, official_id: str) -> None:
    """The holder so far acts for the post no longer. Staff stay: they belong to the post.

    The invitations end first, the used ones too, so that nobody comes back by repeating one (accounts.bind looks at
    the invitation again after binding).
    """
    end_invitations(world, official_id, Role.OFFICIAL, only_unused=False)
    for account in world.stores.accounts.bound_to([official_id]):
        if official_id in account.posts(Role.OFFICIAL):
            change(world.stores.accounts, account.id, lambda held: released(held, Role.OFFICIAL, official_id), _GONE)


def end_invitations(world: World, official_id: str, role: Role, *, only_unused: bool) -> None:
    """The post's invitations for that role bind nobody any more."""
    now = world.clock.now()

    def rule(invitation: Invitation) -> Invitation:
        spared = only_unused and invitation.used_by
        return invitation if invitation.ended_at or spared else replace(invitation, ended_at=now)

    for invitation in world.stores.invitations.of_posts([official_id]):
        if invitation.role is role and is_live(invitation, now):
            change(world.stores.invitations, invitation.id, rule, NotFound(Reason.NO_SUCH_INVITATION))


def is_live(invitation: Invitation, now: datetime) -> bool:
    """Whether it may still bind somebody: the one who used it may repeat it even after it expired."""
    return invitation.ended_at is None and (bool(invitation.used_by) or now < invitation.expires_at)


def released(account: Account, role: Role, official_id: str) -> Account:
    """The account, which does not act for the post in that role any more."""
    kept = tuple(b for b in account.bindings if (b.role, b.official_id) != (role, official_id))
    return account if kept == account.bindings else replace(account, bindings=kept)
