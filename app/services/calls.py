"""How a call to a published number went, as the caller says."""

from __future__ import annotations

from app.domain.account import Account
from app.domain.call import Call, CallOutcome
from app.services.directory import Directory
from app.services.ports import Duplicate
from app.services.world import World


def record_call(
    world: World, directory: Directory, account: Account, official_id: str, outcome: CallOutcome, key: str
) -> Call:
    """The stored call; a repetition with the same key is the same call. NotFound for an unpublished official."""
    directory.official(official_id)
    call = Call(key or world.secrets.new_id(), account.id, official_id, outcome, world.clock.now())
    try:
        world.stores.calls.add(call)
    except Duplicate:
        return world.stores.calls.get(call.id) or call
    return call
