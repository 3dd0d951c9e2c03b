"""The work list in the console as its pages show it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from app.domain.officer import OfficeRole
from tests.web.city import City

R = OfficeRole
FIND = "/console/appeals/find"


def rows(page: str) -> list[str]:
    """The codes of the list's lines."""
    return re.findall(r'<td class="code"><a href="[^"]+">([^<]+)</a>', page)


def submit_many(city: City, count: int, **fields: Any) -> list[dict[str, Any]]:
    made = []
    for _ in range(count):
        made.append(city.submit(**fields))
        city.world.clock.advance(timedelta(seconds=1))
    return made
