"""A person's own data: all of it to take along, and its erasure."""

from __future__ import annotations

from datetime import datetime

from app.domain.account import Account
from app.domain.appeal import Appeal
from app.domain.call import Call
from app.domain.erasure import traces_of, without_person
from app.domain.errors import NotFound, NotLoggedIn, Reason, RuleBroken
from app.domain.forgetting import pictures_of
from app.services.saving import change
from app.services.world import World

PAGE = 100
_GONE = NotLoggedIn(Reason.NOT_LOGGED_IN)


def export(world: World, account: Account) -> tuple[list[Appeal], list[Call]]:
    """Everything the person has told us, newest first."""
    return _appeals(world, account), _calls(world, account)


def erase(world: World, account: Account) -> None:
    """Forgets who the person is: openids, name, phone, place, pictures. The appeals stay as records of what the city
    did, without a trace to the person. Raises RuleBroken while one is open (withdraw it first) or while bound to a
    post. The account goes last: after a crash everything can be done again."""
    appeals = _appeals(world, account)
    open_codes = [appeal.code for appeal in appeals if appeal.is_open]
    if account.bindings:
        raise RuleBroken(Reason.STILL_BOUND)  # before anything is changed; _erased asks again
    if open_codes:
        raise RuleBroken(Reason.OPEN_APPEALS, appeals=open_codes)
    traces, missing = traces_of(account, appeals), NotFound(Reason.NO_SUCH_APPEAL)
    for appeal in appeals:
        forget_pictures(world, appeal)
        change(world.stores.appeals, appeal.id, lambda current: without_person(current, traces), missing)
    world.stores.uploads.forget_of(account.id)
    now = world.clock.now()
    change(world.stores.accounts, account.id, lambda current: _erased(current, now), _GONE)
    world.stores.consents.forget_of(account.mp_openid)
    world.stores.sessions.end_all(account.id)


def forget_pictures(world: World, appeal: Appeal) -> None:
    """Those of the appeal, but for what another appeal shows too (a merged one tells the same answer). The appeal
    itself still names them: a crash in between leaves one that is found again."""
    mine = pictures_of(appeal)
    shown = world.stores.old_appeals.showing(mine, appeal.id)
    world.stores.uploads.forget([picture for picture in mine if picture not in shown])


def _appeals(world: World, account: Account) -> list[Appeal]:
    appeals: list[Appeal] = []
    after = None
    while True:
        page = world.stores.appeals.of_resident(account.id, after, PAGE)
        appeals += page
        if len(page) < PAGE:
            return appeals
        after = page[-1].submitted_at, page[-1].code


def _calls(world: World, account: Account) -> list[Call]:
    calls: list[Call] = []
    after = None
    while True:
        page = world.stores.calls.of_caller(account.id, "", after, PAGE)
        calls += page
        if len(page) < PAGE:
            return calls
        after = page[-1].at, page[-1].id


def _erased(account: Account, now: datetime) -> Account:
    if account.bindings:
        raise RuleBroken(Reason.STILL_BOUND)
    return Account(account.id, account.version, account.created_at, erased_at=now)
