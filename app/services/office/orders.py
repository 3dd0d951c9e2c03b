"""Numbers of 督办单: one series a year, never the same number twice; one that was not used leaves a gap."""

from __future__ import annotations

from dataclasses import replace

from app.domain.workday import local_day
from app.services.ports.officers import Counter
from app.services.saving import change_or_add
from app.services.world import World


def next_order_number(world: World) -> str:
    """督〔2026〕7号."""
    year = local_day(world.clock.now()).year
    id = f"orders:{year}"
    new = Counter(id, 1, 0)
    counted = change_or_add(world.stores.counters, id, new, lambda known: replace(known, value=known.value + 1))
    return f"督〔{year}〕{counted.value}号"
