"""What time does: the sweep over the appeals whose next check is due. It costs what is due, not what is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.domain.appeal import Appeal
from app.domain.errors import Conflict, NotFound, Reason
from app.domain.escalation import advance
from app.domain.merging import ADOPTION_LASTS, inform, told
from app.domain.terms import Hearers, Terms
from app.services.appeals.joining import settle
from app.services.ports.basics import StoreAway
from app.services.saving import change
from app.services.world import World, hearers_of

AT_ONCE = 200


def sweep(world: World) -> int:
    """Lets everything that was due happen, in one guarded save per appeal; the number of appeals it moved.

    One appeal that fails stops no other; it raises an alert and is tried again with the next sweep.
    """
    moved = 0
    seen: set[str] = set()
    while True:
        due = world.stores.appeals.to_check(world.clock.now(), AT_ONCE + len(seen))
        fresh = [appeal for appeal in due if appeal.id not in seen]
        if not fresh:
            return moved
        seen |= {appeal.id for appeal in fresh}
        moved += _sweep(world, fresh)


def _sweep(world: World, appeals: Sequence[Appeal]) -> int:
    hearers = _hearers(world, appeals)
    terms = {roster.slug: world.terms_of(roster) for roster in world.stores.rosters.all()}
    moved = 0
    for appeal in appeals:
        try:
            moved += _check(world, appeal, hearers[appeal.id], terms[appeal.roster])
        except StoreAway:
            raise  # the runner postpones the run
        except Conflict:
            continue  # people are acting on it this very moment; the next sweep sees the result
        except Exception as error:  # one appeal that no rule can move must not stop the others
            world.alerts.raise_alert("sweep_failed", appeal=appeal.id, error=type(error).__name__)
    return moved


def _check(world: World, due: Appeal, hearers: Hearers, terms: Terms) -> bool:
    now = world.clock.now()
    moved = False

    def rule(appeal: Appeal) -> Appeal:
        nonlocal moved
        moved = False
        if appeal.assignee_id != due.assignee_id:
            return appeal  # handed on meanwhile: its new clocks are not ours to move
        advanced = advance(appeal, hearers, terms, now)
        moved = advanced is not appeal
        return advanced

    after = change(world.stores.appeals, due.id, rule, NotFound(Reason.NO_SUCH_APPEAL))
    if after.untold:
        _tell_children(world, after, terms, now)
    for adoption in after.adoptions:
        if adoption.at + ADOPTION_LASTS <= now:
            settle(world, after.id, adoption.child)
    return moved or bool(after.untold)


def _tell_children(world: World, parent: Appeal, terms: Terms, now: datetime) -> None:
    """Everybody whose appeal was merged into this one hears the answer; a crash in between repeats without harm."""
    missing = NotFound(Reason.NO_SUCH_APPEAL)
    children = tuple(
        change(world.stores.appeals, child, lambda appeal: inform(appeal, parent, terms, now), missing)
        for child in parent.untold
    )

    def settled(appeal: Appeal) -> Appeal:
        if appeal.answers != parent.answers:
            return appeal  # there is a newer answer to tell
        return told(appeal, children)

    change(world.stores.appeals, parent.id, settled, missing)


def _hearers(world: World, appeals: Sequence[Appeal]) -> dict[str, Hearers]:
    posts = {appeal.assignee_id for appeal in appeals if appeal.assignee_id}
    officials = {post: world.stores.officials.get(post) for post in posts}
    posts |= {official.superior_id for official in officials.values() if official and official.superior_id}
    bound = world.stores.accounts.bound_to(posts) if posts else ()
    return {appeal.id: hearers_of(officials.get(appeal.assignee_id), bound, appeal) for appeal in appeals}
