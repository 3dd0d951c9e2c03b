"""Who may see an appeal and do what with it. Rule 1 stands first: never anybody it is kept from."""

from __future__ import annotations

from datetime import datetime

from app.domain.account import Account
from app.domain.appeal import Appeal, State
from app.domain.bar import account_word
from app.domain.errors import NotFound, Reason
from app.domain.escalation import advance, may_urge
from app.domain.handling import MOST, may_repeat, may_supplement
from app.domain.intake import may_hand_back
from app.domain.lifecycle import leads_on
from app.domain.notification import Role
from app.domain.terms import Hearers, Terms
from app.domain.timeline import Actor, Deed

RESIDENT_DEEDS = (Deed.SUPPLEMENT, Deed.URGE, Deed.RATE, Deed.REOPEN, Deed.WITHDRAW)
OFFICIAL_DEEDS = (
    Deed.SIGN,
    Deed.QUICK_REPLY,
    Deed.CONTACT,
    Deed.ANSWER,
    Deed.REQUEST_SUPPLEMENT,
    Deed.REQUEST_EXTENSION,
    Deed.HAND_BACK,
    Deed.TRANSFER,
)


def is_barred(appeal: Appeal, account: Account) -> bool:
    """Whether the account acts for an official whom the appeal is about, or did since that was said."""
    return account.id in appeal.barred_accounts or not appeal.barred_posts.isdisjoint(account.posts())


def kept_from(account: Account) -> tuple[str, ...]:
    """The words by which a store finds what `is_barred` says of the account (app/domain/bar.py)."""
    return (*sorted(account.posts()), account_word(account.id))


def is_resident(appeal: Appeal, account: Account) -> bool:
    return appeal.resident_id == account.id


def handling_actor(appeal: Appeal, account: Account, name: str = "") -> Actor | None:
    """In which part the account handles the appeal: the assignee in person, else staff; None when neither."""
    if is_barred(appeal, account) or not appeal.assignee_id:
        return None
    for role in (Role.OFFICIAL, Role.STAFF):
        if appeal.assignee_id in account.posts(role):
            return Actor(role, account.id, name, appeal.assignee_id)
    return None


def oversees(appeal: Appeal, account: Account) -> bool:
    """A superior who was told of the appeal may read it, not act on it."""
    posts = account.posts(Role.OFFICIAL)
    return not is_barred(appeal, account) and any(
        notification.recipient.role is Role.SUPERIOR and notification.recipient.id in posts
        for notification in appeal.notifications
    )


def handler_of(appeal: Appeal, account: Account, name: str = "") -> Actor:
    """The actor for an official's action; NotFound for everybody who may not know of the appeal."""
    actor = handling_actor(appeal, account, name)
    if actor is None:
        raise NotFound(Reason.NO_SUCH_APPEAL)
    return actor


def resident_of(appeal: Appeal, account: Account) -> Actor:
    """The actor for a resident's action; another resident's appeal is not there."""
    if not is_resident(appeal, account):
        raise NotFound(Reason.NO_SUCH_APPEAL)
    return Actor(Role.RESIDENT, account.id)


def resident_deeds(appeal: Appeal, terms: Terms, now: datetime) -> tuple[Deed, ...]:
    """What the resident can do now: exactly what its rule would take, time having acted before."""
    appeal = advance(appeal, Hearers(), terms, now)
    number = appeal.assignment.number if appeal.assignment else 0
    barred = {
        Deed.SUPPLEMENT: not may_supplement(appeal),
        Deed.URGE: not may_urge(appeal, now),
        Deed.RATE: appeal.rated(number) or not appeal.answers,
        Deed.REOPEN: bool(appeal.reopenings) or appeal.state is not State.ANSWERED,
        Deed.WITHDRAW: bool(appeal.children),
    }
    return tuple(deed for deed in RESIDENT_DEEDS if leads_on(appeal, deed) and not barred[deed])


def official_deeds(appeal: Appeal, terms: Terms, now: datetime) -> tuple[Deed, ...]:
    """The same for the assignee and staff."""
    appeal = advance(appeal, Hearers(), terms, now)
    deadlines = terms.deadlines
    barred = {
        Deed.REQUEST_SUPPLEMENT: bool(appeal.supplements_asked),
        Deed.REQUEST_EXTENSION: appeal.extension_asked or deadlines.max_extension_workdays < 1,
        Deed.HAND_BACK: not may_hand_back(appeal, terms, now),
        Deed.TRANSFER: appeal.transfers >= deadlines.max_transfers,
        **{deed: not may_repeat(appeal, deed) for deed in MOST},
    }
    return tuple(deed for deed in OFFICIAL_DEEDS if leads_on(appeal, deed) and not barred.get(deed))
