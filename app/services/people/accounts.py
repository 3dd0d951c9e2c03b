"""A person's own account: profile, binding to a post, following the Official Account."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from unicodedata import normalize

from app.domain.account import Account, Binding, Invitation
from app.domain.errors import Conflict, InvalidInput, NotFound, NotLoggedIn, Reason
from app.domain.notification import Role
from app.domain.organisation import Organisation, is_credit_code
from app.services.people.holding import end_invitations, release
from app.services.ports.basics import Duplicate
from app.services.readable import ALPHABET, readable_code
from app.services.saving import change
from app.services.world import World

INVITATION_LASTS = timedelta(days=30)
CODE_LENGTH, GROUP = 12, 4
"""Characters of an invitation code, and how many stand together. 59 bits (docs/adr/0009)."""
_GONE = NotLoggedIn(Reason.NOT_LOGGED_IN)
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212.·_]+")
"""What people, and their keyboards, put between the groups of a code."""
_PHONE = re.compile(r"\+?[0-9][0-9 -]{5,18}[0-9]")


def update_profile(
    world: World,
    account: Account,
    name: str | None,
    phone: str | None,
    organisation: Organisation | None,
    leaves_organisation: bool = False,
) -> Account:
    """The account with what was given changed; an organisation needs a credit code whose check character is right.
    `leaves_organisation`: the person writes for none any more. Appeals keep who wrote them."""
    if name is None and phone is None and organisation is None and not leaves_organisation:
        raise InvalidInput(Reason.NOTHING_TO_CHANGE)
    if organisation is not None and not is_credit_code(organisation.credit_code):
        raise InvalidInput(Reason.BAD_CREDIT_CODE, field="organisation.credit_code")

    def rule(current: Account) -> Account:
        return replace(
            current,
            name=current.name if name is None else name.strip(),
            phone=current.phone if phone is None else phone.strip(),
            organisation=None if leaves_organisation else organisation or current.organisation,
        )

    return change(world.stores.accounts, account.id, rule, _GONE)


def invite(world: World, official_id: str, role: Role) -> str:
    """A new one-time invitation to act as that official or as staff: its code (K7MP-2QXW-94TN), which is kept only as a
    hash.

    A post has one official, so that a new invitation for the official ends the unused ones before it: a lost sheet
    opens nothing. Those for staff stay beside each other, for several colleagues."""
    if role is Role.OFFICIAL:
        end_invitations(world, official_id, role, only_unused=True)
    code = readable_code(world.secrets, "invitation code", CODE_LENGTH // GROUP, GROUP)
    now = world.clock.now()
    world.stores.invitations.add(Invitation(invitation_id(world, code), official_id, role, now, now + INVITATION_LASTS))
    return code


def invitation_id(world: World, code: str) -> str:
    """Under what an invitation with that code is kept. A short code may be typed in any case, with or without what
    stands between its groups; one of an earlier version is long and taken as it is."""
    typed = _BETWEEN.sub("", normalize("NFKC", code)).upper()
    is_short = len(typed) == CODE_LENGTH and set(typed) <= set(ALPHABET)
    return world.secrets.digest("invitation", typed if is_short else code.strip())


def bind(world: World, account: Account, code: str) -> Account:
    """Makes the account act as the invitation with that code says. Its use is recorded first, so that two people cannot
    share one; the same person may repeat it. A post has one official: the invitation's user takes it over."""
    invitations = world.stores.invitations
    unknown = NotFound(Reason.NO_SUCH_INVITATION)
    now = world.clock.now()

    def use(invitation: Invitation) -> Invitation:
        if invitation.ended_at is not None:
            raise unknown
        if invitation.used_by == account.id:
            return invitation
        if invitation.used_by:
            raise Conflict(Reason.INVITATION_USED)
        if invitation.expires_at <= now:
            raise unknown
        return replace(invitation, used_by=account.id, used_at=now)

    used = change(invitations, invitation_id(world, code), use, unknown)
    binding = Binding(used.role, used.official_id, used.used_at or now)
    if used.role is Role.OFFICIAL:
        others = [other for other in world.stores.accounts.bound_to([used.official_id]) if other.id != account.id]
        if any(_took_over(other, binding) for other in others):
            raise Conflict(Reason.INVITATION_USED)
        for other in others:
            if used.official_id in other.posts(Role.OFFICIAL):
                release(world, other.id, used.role, used.official_id)
    bound = change(world.stores.accounts, account.id, lambda current: _bound(current, binding), _GONE)
    now_known = invitations.get(used.id)
    if now_known is None or now_known.ended_at is not None:  # the post came to somebody else at this very moment
        release(world, account.id, used.role, used.official_id)
        raise unknown
    return bound


def follow(world: World, oa_openid: str, unionid: str, follows: bool, at: datetime | None = None) -> Account | None:
    """Joins a follower of the Official Account with the mini-program's user by unionid, and notes who left.

    `at` is when it happened (now, if not given): events come in any order, and only the newest counts."""
    accounts = world.stores.accounts
    at = at or world.clock.now()
    known = accounts.by_oa_openid(oa_openid) or (accounts.by_unionid(unionid) if unionid else None)
    if known is not None:
        return change(accounts, known.id, lambda account: _following(account, oa_openid, unionid, follows, at), _GONE)
    if not follows or not unionid:
        return None
    account = Account(
        world.secrets.new_id(),
        1,
        world.clock.now(),
        oa_openid=oa_openid,
        unionid=unionid,
        follows_oa=True,
        follow_changed_at=at,
    )
    try:
        accounts.add(account)
    except Duplicate:
        return follow(world, oa_openid, unionid, follows, at)
    return account


def is_phone(text: str) -> bool:
    return _PHONE.fullmatch(text) is not None


def _following(account: Account, oa_openid: str, unionid: str, follows: bool, at: datetime) -> Account:
    joined = replace(account, oa_openid=oa_openid, unionid=unionid or account.unionid)
    if account.follow_changed_at is None or account.follow_changed_at <= at:
        joined = replace(joined, follows_oa=follows, follow_changed_at=at)
    return account if joined == account else joined


def _took_over(other: Account, binding: Binding) -> bool:
    """Whether somebody was made this official after that binding: repeating it must not undo that."""
    return any(
        held.role is Role.OFFICIAL and held.official_id == binding.official_id and held.since > binding.since
        for held in other.bindings
    )


def _bound(account: Account, binding: Binding) -> Account:
    if any((held.role, held.official_id) == (binding.role, binding.official_id) for held in account.bindings):
        return account
    return replace(account, bindings=(*account.bindings, binding))
