"""Who acts for a post in WeChat, when the post comes to somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.domain.account import Account, Invitation
from app.domain.barring import with_account
from app.domain.errors import NotFound, NotLoggedIn, Reason
from app.domain.notification import Role
from app.services.saving import change
from app.services.world import World

ATTEMPTS = 10
_GONE = NotLoggedIn(Reason.NOT_LOGGED_IN)
_UNKNOWN = NotFound(Reason.NO_SUCH_INVITATION)


def end_holding(world: World, official_id: str) -> None:
    """The holder so far acts for the post no longer. Staff stay: they belong to the post.

    The invitations end first, the used ones too, so that nobody comes back by repeating one (accounts.bind looks at
    the invitation again after binding).
    """
    end_invitations(world, official_id, Role.OFFICIAL, only_unused=False)
    for account in world.stores.accounts.bound_to([official_id]):
        if official_id in account.posts(Role.OFFICIAL):
            release(world, account.id, Role.OFFICIAL, official_id)


def release(world: World, account_id: str, role: Role, official_id: str) -> None:
    """The account acts for the post in that role no longer. What is about the official stays kept from it (rule 1),
    whatever post it comes to: that is written first."""
    for appeal_id in world.stores.appeals.kept_from(official_id):
        change(
            world.stores.appeals,
            appeal_id,
            lambda appeal: with_account(appeal, official_id, account_id),
            NotFound(Reason.NO_SUCH_APPEAL),
            ATTEMPTS,
        )
    change(world.stores.accounts, account_id, lambda held: released(held, role, official_id), _GONE)


def end_invitations(world: World, official_id: str, role: Role, *, only_unused: bool) -> None:
    """The post's invitations for that role bind nobody any more."""
    now = world.clock.now()

    def rule(invitation: Invitation) -> Invitation:
        spared = only_unused and invitation.used_by
        return invitation if invitation.ended_at or spared else replace(invitation, ended_at=now)

    for invitation in world.stores.invitations.of_posts([official_id]):
        if invitation.role is role and is_live(invitation, now):
            change(world.stores.invitations, invitation.id, rule, _UNKNOWN)


def end_binding(world: World, account_id: str, role: Role, official_id: str) -> bool:
    """One person acts for the post in that role no longer, and cannot come back by repeating the invitation. False when
    the person did not."""
    now = world.clock.now()
    for invitation in world.stores.invitations.of_posts([official_id]):
        if (invitation.role, invitation.used_by) == (role, account_id) and is_live(invitation, now):
            change(world.stores.invitations, invitation.id, lambda used: replace(used, ended_at=now), _UNKNOWN)
    account = world.stores.accounts.get(account_id)
    if account is None or official_id not in account.posts(role):
        return False
    release(world, account_id, role, official_id)
    return True


def is_live(invitation: Invitation, now: datetime) -> bool:
    """Whether it may still bind somebody: the one who used it may repeat it even after it expired."""
    return invitation.ended_at is None and (bool(invitation.used_by) or now < invitation.expires_at)


def released(account: Account, role: Role, official_id: str) -> Account:
    """The account, which does not act for the post in that role any more."""
    kept = tuple(b for b in account.bindings if (b.role, b.official_id) != (role, official_id))
    return account if kept == account.bindings else replace(account, bindings=kept)
