"""What people may read: their own appeals, an official's inbox, one appeal, and the look-up without login."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from app.domain.account import Account
from app.domain.appeal import Appeal
from app.domain.errors import NotFound, Reason
from app.domain.notification import Role
from app.domain.permissions import handling_actor, is_resident, kept_from, official_deeds, oversees, resident_deeds
from app.domain.terms import Terms
from app.domain.timeline import Deed
from app.domain.workday import ONE_DAY, at, local_day
from app.services.lockouts import count_failures, lock_of, refuse_locked
from app.services.ports.appeals import Inbox
from app.services.ports.basics import Position
from app.services.world import World

PAGE = 20
TermsOf = Callable[[Appeal], Terms]


@dataclass(frozen=True)
class Reading:
    """An appeal as one person may read it: in which part, and what that person may do now."""

    appeal: Appeal
    part: Role
    deeds: tuple[Deed, ...]
    now: datetime
    in_person: bool = True
    """Logged in as the resident or a handler; everybody else sees masked numbers, the phone's and those
    in texts (rule 3)."""


@dataclass(frozen=True)
class Page:
    items: tuple[Reading, ...]
    next: Position | None


def read_appeal(world: World, account: Account, appeal_id: str) -> Reading:
    """One appeal for one person; NotFound for everybody who may not know of it."""
    appeal = world.stores.appeals.get(appeal_id)
    if appeal is None:
        raise NotFound(Reason.NO_SUCH_APPEAL)
    return reading_for(world, account, appeal)


def reading_for(world: World, account: Account, appeal: Appeal) -> Reading:
    """The resident's own view comes first; an assignee who wrote it himself sees it as the resident."""
    return _reading(world, account, appeal, _terms(world))


def own_readings(world: World, account: Account, appeals: Iterable[Appeal]) -> tuple[Reading, ...]:
    """The same for many of the person's own, with one read for each roster."""
    terms = _terms(world)
    return tuple(_reading(world, account, appeal, terms) for appeal in appeals)


def _reading(world: World, account: Account, appeal: Appeal, terms: TermsOf) -> Reading:
    now = world.clock.now()
    if is_resident(appeal, account):
        return Reading(appeal, Role.RESIDENT, resident_deeds(appeal, terms(appeal), now), now)
    actor = handling_actor(appeal, account)
    if actor is not None:
        return Reading(appeal, actor.role, official_deeds(appeal, terms(appeal), now), now)
    if oversees(appeal, account):
        return Reading(appeal, Role.SUPERIOR, (), now, in_person=False)
    raise NotFound(Reason.NO_SUCH_APPEAL)


def reading_after(world: World, account: Account, appeal: Appeal) -> Reading:
    """The same for the one who just acted, who may have handed the appeal on and can do nothing more with it."""
    try:
        return reading_for(world, account, appeal)
    except NotFound:
        return Reading(appeal, Role.OFFICIAL, (), world.clock.now())


def my_appeals(world: World, account: Account, after: Position | None) -> Page:
    """The resident's own, newest first."""
    found = world.stores.appeals.of_resident(account.id, after, PAGE + 1)
    readings = own_readings(world, account, found[:PAGE])
    return Page(readings, position_after(found, lambda appeal: appeal.submitted_at))


@dataclass(frozen=True)
class PublishedPage:
    items: tuple[Appeal, ...]
    next: Position | None


def published(world: World, roster: str, official_id: str, after: Position | None) -> PublishedPage:
    """What everybody may read, newest publication first; `roster` and `official_id` empty for all."""
    found = world.stores.appeals.published(roster, official_id, after, PAGE + 1)
    last = found[PAGE - 1] if len(found) > PAGE else None
    following = (last.publication.at, last.public_id) if last and last.publication else None
    return PublishedPage(tuple(found[:PAGE]), following)


def inbox(world: World, account: Account, section: Inbox, after: Position | None) -> Page:
    """What is assigned to the posts this person acts for, by deadline; done ones by when they were settled."""
    posts = account.posts()
    now = world.clock.now()
    begin, end = _window(world, section, now)
    done = section is Inbox.DONE
    found = world.stores.appeals.of_assignees(posts, kept_from(account), done, begin, end, after, PAGE + 1)
    terms = _terms(world)
    readings = tuple(_handler_reading(account, appeal, terms, now) for appeal in found[:PAGE])
    return Page(readings, position_after(found, _settled_at if done else _due_at))


def look_up(world: World, code: str, phone_tail: str, address: str) -> Reading:
    """Without login: the code and the last four digits of the phone left with the appeal.

    Every failure is the same NotFound. Five from one address or for one code, none more than a quarter of an hour after
    the one before, lock it for a quarter of an hour.
    """
    now = world.clock.now()
    locks = [lock_of(world, value) for value in (f"address:{address}", f"code:{code}")]
    for lock in locks:
        refuse_locked(world, lock)
    appeal = world.stores.appeals.by_code(code)
    known = "".join(filter(str.isdigit, appeal.phone))[-4:] if appeal else ""
    if appeal is None or not known or not hmac.compare_digest(known.encode(), phone_tail.encode()):
        count_failures(world, locks)
        raise NotFound(Reason.NO_SUCH_APPEAL)
    return Reading(appeal, Role.RESIDENT, (), now, in_person=False)


def _handler_reading(account: Account, appeal: Appeal, terms: TermsOf, now: datetime) -> Reading:
    actor = handling_actor(appeal, account)
    if actor is None:
        raise AssertionError("the store listed an appeal that this account may not handle")
    return Reading(appeal, actor.role, official_deeds(appeal, terms(appeal), now), now)


def _terms(world: World) -> TermsOf:
    """`world.terms_for`, reading each roster once."""
    known: dict[str, Terms] = {}

    def terms(appeal: Appeal) -> Terms:
        if appeal.roster not in known:
            known[appeal.roster] = world.terms_for(appeal)
        return known[appeal.roster]

    return terms


def _window(world: World, section: Inbox, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The deadlines that belong to a section: late; until midnight; with one workday left at most, so until the second
    workday begins; later."""
    tomorrow = at(local_day(now) + ONE_DAY, time())
    soon = at(world.calendar().shift(local_day(now), 2), time())
    windows: dict[Inbox, tuple[datetime | None, datetime | None]] = {
        Inbox.LATE: (None, now),
        Inbox.TODAY: (now, tomorrow),
        Inbox.SOON: (tomorrow, soon),
        Inbox.LATER: (soon, None),
    }
    return windows.get(section, (None, None))


def position_after(found: Sequence[Appeal], moment: Callable[[Appeal], datetime], size: int = PAGE) -> Position | None:
    """Where the next page begins, when more than `size` were found."""
    if len(found) <= size:
        return None
    last = found[size - 1]
    return moment(last), last.code


def _due_at(appeal: Appeal) -> datetime:
    return appeal.due_at or appeal.submitted_at


def _settled_at(appeal: Appeal) -> datetime:
    return appeal.timeline[-1].at
