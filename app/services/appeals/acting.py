"""What residents, officials and staff do with an appeal: each act is one guarded change of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.domain.account import Account
from app.domain.appeal import Appeal
from app.domain.errors import NotFound, Reason
from app.domain.escalation import advance
from app.domain.lifecycle import under_key
from app.domain.permissions import handler_of, resident_of
from app.domain.terms import Hearers, Terms
from app.domain.timeline import Actor
from app.services.saving import change
from app.services.world import World, load_hearers


@dataclass(frozen=True)
class Scene:
    """What a rule is told beside the appeal: who acts, on which terms, when, who hears."""

    by: Actor
    terms: Terms
    now: datetime
    hearers: Hearers


Act = Callable[[Appeal, Scene], Appeal]


def act_as_resident(world: World, account: Account, appeal_id: str, key: str, act: Act) -> Appeal:
    """The appeal after the resident's act; NotFound when it is somebody else's, whatever the rule raises."""
    return _act(world, appeal_id, key, act, lambda appeal: resident_of(appeal, account))


def act_as_handler(world: World, account: Account, appeal_id: str, key: str, act: Act) -> Appeal:
    """The appeal after an act of its assignee or staff; NotFound for everybody else, rule 1 included."""

    def actor(appeal: Appeal) -> Actor:
        official = world.stores.officials.get(appeal.assignee_id) if appeal.assignee_id else None
        return handler_of(appeal, account, official.name if official else "")

    return _act(world, appeal_id, key, act, actor)


def transfer_target(world: World, appeal: Appeal, official_id: str) -> Hearers:
    """Who hears beside the official to whom the appeal is to go; NotFound when that one is not published."""
    official = world.stores.officials.get(official_id)
    if official is None or not official.is_published or official.roster != appeal.roster:
        raise NotFound(Reason.NO_SUCH_OFFICIAL)
    return load_hearers(world, official_id, appeal)


def perform(world: World, appeal: Appeal, by: Actor, key: str, act: Act) -> Appeal:
    """The appeal after the act, its timeline entry under the request's hashed key (empty for none). Time acts first:
    what was due is on record before the deed. Every act comes through here, and so no deed is without its key."""
    hearers = load_hearers(world, appeal.assignee_id, appeal)
    terms, now = world.terms_for(appeal), world.clock.now()
    before = advance(appeal, hearers, terms, now)
    return under_key(before, act(before, Scene(by, terms, now, hearers)), key)


def _act(world: World, appeal_id: str, key: str, act: Act, actor_of: Callable[[Appeal], Actor]) -> Appeal:
    def rule(appeal: Appeal) -> Appeal:
        if appeal.entry_with(key):
            return appeal  # the key is hashed with the account, so it was this person who did it
        return perform(world, appeal, actor_of(appeal), key, act)

    return change(world.stores.appeals, appeal_id, rule, missing=NotFound(Reason.NO_SUCH_APPEAL))
