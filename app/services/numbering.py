"""Numbers of a series a year: never the same twice; one that was not used leaves a gap."""

from __future__ import annotations

from dataclasses import replace

from app.domain.workday import local_day
from app.services.ports.officers import Counter
from app.services.saving import change_or_add
from app.services.world import World


def next_number(world: World, series: str, mark: str) -> str:
    """督〔2026〕7号 for the mark 督; the year is Beijing's of this moment."""
    year = local_day(world.clock.now()).year
    id = f"{series}:{year}"
    new = Counter(id, 1, 0)
    counted = change_or_add(world.stores.counters, id, new, lambda known: replace(known, value=known.value + 1))
    return f"{mark}〔{year}〕{counted.value}号"
