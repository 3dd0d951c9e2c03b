"""Numbers of 督办单."""

from __future__ import annotations

from app.services.numbering import next_number
from app.services.world import World


def next_order_number(world: World) -> str:
    """督〔2026〕7号."""
    return next_number(world, "orders", "督")
