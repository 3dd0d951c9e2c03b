"""On the real engine: what the pages of a roster's keepers read comes from an index, and no more than is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.domain.account import Invitation
from app.domain.notification import Role
from app.services.ports.rosters import StagedImport
from app.store import MongoStores
from tests.engines import Workbench

from .plans import explained, reads_its_index
from .samples import hours
from .test_roster_history import a_change

HOT: dict[str, tuple[Callable[[MongoStores], Any], str]] = {
    "newest": (lambda s: s.roster_changes.newest("bozhou-81", "", None, 10), "newest"),
    "newest, next page": (lambda s: s.roster_changes.newest("bozhou-81", "", 150, 10), "newest"),
    "of an official": (lambda s: s.roster_changes.newest("bozhou-81", "o3", None, 10), "of_official"),
    "of an official, next page": (lambda s: s.roster_changes.newest("bozhou-81", "o3", 150, 10), "of_official"),
    "undoing": (lambda s: s.roster_changes.undoing("bozhou-81", [51, 52]), "undoing"),
    "pending": (lambda s: s.roster_changes.get("bozhou-81:00000007"), "_id_"),
    "invitations": (lambda s: s.invitations.of_posts(["o1", "o2"]), "of_post"),
    "staged": (lambda s: s.roster_imports.get("s1"), "_id_"),
}


@pytest.fixture(scope="module")
def filled(real_bench: Workbench) -> Iterator[MongoStores]:
    real_bench.empty()
    stores = real_bench.stores()
    for number in range(2, 202):
        undoes = number - 1 if number % 10 == 2 and number > 2 else 0
        stores.roster_changes.add(a_change(number, f"o{number % 7}", undoes=undoes))
        other = f"other:{number:08}"
        stores.roster_changes.add(a_change(number, f"x{number % 7}", id=other, roster="other"))
        stores.invitations.add(Invitation(f"i{number}", f"o{number}", Role.STAFF, hours(number), hours(number)))
    stores.roster_imports.add(StagedImport("s1", "editor", "bozhou-81", 3, "a.csv", hours(1)))
    stores.invitations.add(Invitation("i0", "o1", Role.STAFF, hours(0), hours(0)))
    yield stores
    real_bench.empty()


@pytest.mark.parametrize("name", HOT)
def test_a_page_of_the_keepers_is_answered_from_its_index(
    monkeypatch: pytest.MonkeyPatch, filled: MongoStores, name: str
) -> None:
    call, index = HOT[name]
    reads_its_index(explained(monkeypatch, filled, call), index, documents=12)
