"""Appeals that merging joined: what is written in one of them has to reach the others."""

from __future__ import annotations

from app.domain.appeal import Appeal
from app.domain.barring import keep_away, share
from app.domain.errors import NotFound, Reason
from app.domain.merging import settle_adoption
from app.domain.timeline import SYSTEM
from app.services.saving import change
from app.services.world import World, load_hearers

MISSING = NotFound(Reason.NO_SUCH_APPEAL)


def settle(world: World, parent_id: str, child_id: str) -> None:
    """Ends an adoption, one way or the other; whom the parent is kept from by now, the other children are kept from
    too. May be repeated, and by several at once."""

    def rule(parent: Appeal) -> Appeal:
        child = world.stores.appeals.get(child_id)
        if child is None:
            raise MISSING
        return settle_adoption(parent, child)

    parent = change(world.stores.appeals, parent_id, rule, MISSING)
    if parent.kept_from:
        spread(world, parent)


def spread(world: World, appeal: Appeal) -> None:
    """Keeps everything joined with the appeal from whomever it is kept from. Ends where nothing is new; may be
    repeated."""
    for other_id in (appeal.merged_into, *appeal.children):
        if not other_id:
            continue

        def rule(other: Appeal) -> Appeal:
            shared = share(other, appeal)
            if shared is other:
                return other
            hearers = load_hearers(world, shared.assignee_id, shared)
            return keep_away(shared, hearers, SYSTEM, world.terms_for(shared), world.clock.now())

        before = world.stores.appeals.get(other_id)
        after = change(world.stores.appeals, other_id, rule, MISSING)
        if before is None or after.bars != before.bars:
            spread(world, after)
