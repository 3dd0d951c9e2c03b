"""Rule 1 in an appeal's life: an appeal about an official goes away from that one, whenever that becomes known.

Who must not know of it stands in the appeal (`kept_from`, app/domain/bar.py); `permissions.is_barred` asks for one
account. Here is how that set changes, and what ends when somebody comes into it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from app.domain.appeal import Appeal, Review, State
from app.domain.bar import Bar, joined
from app.domain.lifecycle import leads_on, move, unassigned, worded
from app.domain.notification import Notification, Role, Status, supersede
from app.domain.terms import Hearers, Terms
from app.domain.timeline import Actor, Deed

NOBODY = "nobody"
_TO_END = frozenset({Status.PENDING, Status.UNDELIVERED})
"""Not sent. What is being sent right now is decided by whoever sends it, who asks again."""


def with_about(appeal: Appeal, bars: Iterable[Bar]) -> Appeal:
    """About these officials and nobody else; bars that came with merging stay. Accounts once kept away from an official
    who is still named stay kept away."""
    before = {bar.official_id: bar.accounts for bar in appeal.kept_from if not bar.through}
    own = tuple(joined(bar, before.get(bar.official_id, ())) for bar in bars)
    about = any(bar.official_id == appeal.addressed_to for bar in own)
    return replace(appeal, about_official=about, bars=(*own, *(bar for bar in appeal.bars if bar.through)))


def with_account(appeal: Appeal, official_id: str, account_id: str) -> Appeal:
    """Kept away from the account as well, which acts for that official and is about to end; the same object when it
    is not about that official, or knows the account."""
    bars = tuple(joined(b, [account_id]) if b.official_id == official_id else b for b in appeal.kept_from)
    return appeal if bars == appeal.kept_from else replace(appeal, bars=bars)


def share(appeal: Appeal, other: Appeal) -> Appeal:
    """Kept also from whomever `other`, which merging joined with it, is kept from: what is said in one is read in the
    other. The same object when it is already."""
    before = {bar.official_id: bar.accounts for bar in appeal.bars if bar.through == other.id}
    theirs: dict[str, Bar] = {}
    for bar in other.kept_from:
        if bar.through != appeal.id:
            known = theirs.get(bar.official_id) or Bar(bar.official_id, before.get(bar.official_id, ()), other.id)
            theirs[bar.official_id] = joined(known, bar.accounts)
    own = (bar for bar in appeal.kept_from if not bar.through)
    others = (bar for bar in appeal.kept_from if bar.through not in {"", other.id})
    bars = (*own, *sorted((*others, *theirs.values()), key=lambda bar: (bar.through, bar.official_id)))
    return appeal if bars == appeal.kept_from else replace(appeal, bars=bars)


def is_held(appeal: Appeal, hearers: Hearers) -> bool:
    """Whether it lies with somebody who must not know of it. `hearers` are those of its assignee."""
    return bool(appeal.assignee_id) and (appeal.assignee_id in appeal.barred_posts or hearers.conflict)


def keep_away(appeal: Appeal, hearers: Hearers, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """Without unsent messages to whom it is kept from; and taken back for review when one of them has it and somebody
    still works on it. `hearers` are those of its assignee."""
    notifications = tuple(_ended(n, appeal, now) for n in appeal.notifications)
    if notifications != appeal.notifications:
        appeal = replace(appeal, notifications=notifications)
    if not is_held(appeal, hearers) or not leads_on(appeal, Deed.TAKE_BACK):
        return appeal
    return unassigned(move(appeal, Deed.TAKE_BACK, by, now), Review.CONFLICT, terms, now)


def set_about(
    appeal: Appeal,
    bars: tuple[Bar, ...],
    reason: str,
    hearers: Hearers,
    by: Actor,
    terms: Terms,
    now: datetime,
) -> Appeal:
    """登记反映对象: the supervision office says, or corrects, whom the appeal is about (`bars` empty: nobody). It goes
    away from them at once; `hearers` are those of its assignee, of the appeal as it will be (`with_about`)."""
    named = [bar.official_id for bar in bars] or [""]
    for number, official_id in enumerate(named):
        appeal = move(
            appeal,
            Deed.SET_ABOUT,
            by,
            now,
            text="" if number else worded(reason, "reason"),
            outcome="" if official_id else NOBODY,
            official_id=official_id,
            confidential=True,
        )
    appeal = with_about(appeal, bars)
    if appeal.publication is not None and appeal.about:
        appeal = move(appeal, Deed.PUBLISH, by, now, outcome="withdrawn", internal=True)
        appeal = replace(appeal, publication=None)
    if appeal.state is State.SUBMITTED and appeal.about:
        appeal = replace(appeal, review=Review.CONFLICT)
    elif appeal.review is Review.CONFLICT:  # its words have not been checked, because a person had to look anyway
        appeal = replace(appeal, review=Review.CONTENT)
    return keep_away(appeal, hearers, by, terms, now)


def _ended(notification: Notification, appeal: Appeal, now: datetime) -> Notification:
    who = notification.recipient
    barred = appeal.barred_accounts if who.role is Role.STAFF else appeal.barred_posts
    if who.role is Role.RESIDENT or who.id not in barred or notification.status not in _TO_END:
        return notification
    return supersede(notification, now)
