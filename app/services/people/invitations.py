"""Invitations: a short code that is read aloud, scanned or typed, and makes one WeChat user act for a post.

Twelve characters of `readable.ALPHABET` are 59 bits. That is enough for a code that serves once, for thirty days, and
is kept as a keyed hash, because guesses are counted (docs/adr/0009). Invitations of earlier versions have 43 characters
and are taken as they were printed.
"""

from __future__ import annotations

from app.domain.account import Account
from app.domain.errors import NotFound
from app.services.lockouts import count_failures, lock_of, refuse_locked
from app.services.people.accounts import bind
from app.services.world import World

FROM_ONE_ADDRESS = 50
"""Failures before an address is locked: a whole office may come from one, all on the day the sheets are handed out."""


def bind_with_code(world: World, account: Account, code: str, address: str) -> Account:
    """`accounts.bind` for a code that somebody typed or scanned, from that network address.

    Raises what `bind` does, and NotNow(LOCKED_OUT) after too many codes that are none: five of one account, fifty from
    one address. A scan that WeChat pushes is not counted: nobody can guess by it.
    """
    own, shared = lock_of(world, f"invitation account:{account.id}"), lock_of(world, f"invitation address:{address}")
    refuse_locked(world, own)
    refuse_locked(world, shared, FROM_ONE_ADDRESS)
    try:
        return bind(world, account, code)
    except NotFound:
        count_failures(world, (own, shared))
        raise
