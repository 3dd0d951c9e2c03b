"""The contracts of what keeping a roster needs: its history, guarded rosters, tables that wait, invitations by post."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.account import Invitation
from app.domain.edition import Edition
from app.domain.figures import Tally
from app.domain.notification import Role
from app.domain.roster import Tenure
from app.domain.roster_history import Act, RosterChange, Signature, difference
from app.services.ports.basics import Duplicate
from app.services.ports.figures import DailyTally
from app.services.ports.rosters import StagedImport
from app.services.world import Stores

from .samples import NOW, hours, official, roster

BY = Signature(NOW, "editor", "王编辑", Act.EDIT_OFFICIAL, "改正")


def a_change(number: int, *officials: str, **changes: Any) -> RosterChange:
    """Change `number` of the roster: a new post for each of the officials."""
    before = Edition(roster(version=number - 1), tuple(official(id, place) for place, id in enumerate(officials, 1)))
    after = Edition(before.roster, tuple(replace(one, post=f"第{number}任") for one in before.officials))
    made = difference(before, after, BY)
    assert made is not None
    return replace(made, **changes)


def test_a_change_comes_back_whole_and_its_number_is_taken(stores: Stores) -> None:
    one = a_change(2, "o1", "o2", order_before=("o1", "o2"), order_after=("o2", "o1"), undoes=1, undoes_part="o1")
    stores.roster_changes.add(one)
    with pytest.raises(Duplicate):
        stores.roster_changes.add(a_change(2, "o3"))
    assert stores.roster_changes.get(one.id) == one
    assert stores.roster_changes.get("bozhou-81:00000003") is None


def test_the_first_change_of_a_roster_holds_all_of_it(stores: Stores) -> None:
    held = official(tenures=(Tenure("陈启恒", None, date(2026, 2, 28)), Tenure("周文清", date(2026, 3, 1))))
    whole = difference(None, Edition(roster(published_on=date(2026, 1, 1)), (held,)), BY)
    assert whole is not None
    stores.roster_changes.add(whole)
    found = stores.roster_changes.get(whole.id)
    assert found == whole
    assert found.officials[0].after.tenures == held.tenures


def test_the_history_is_read_newest_first_of_all_or_of_one_official(stores: Stores) -> None:
    for number in (3, 2, 5, 4):
        stores.roster_changes.add(a_change(number, "o1" if number % 2 else "o2"))
    stores.roster_changes.add(a_change(9, "o1", id="other:00000009", roster="other"))

    def numbers(official_id: str, before: int | None, limit: int) -> list[int]:
        return [one.number for one in stores.roster_changes.newest("bozhou-81", official_id, before, limit)]

    assert numbers("", None, 10) == [5, 4, 3, 2]
    assert numbers("", 5, 2) == [4, 3]
    assert numbers("o1", None, 10) == [5, 3]
    assert numbers("o1", 5, 10) == [3]
    assert numbers("o9", None, 10) == []


def test_who_was_only_moved_has_it_in_the_history_too(stores: Stores) -> None:
    moved = a_change(2, "o1", order_before=("o1", "o2", "o3"), order_after=("o3", "o1", "o2"))
    stores.roster_changes.add(moved)
    assert [one.id for one in stores.roster_changes.newest("bozhou-81", "o3", None, 10)] == [moved.id]
    assert list(stores.roster_changes.newest("bozhou-81", "o2", None, 10)) == []


def test_what_undoes_a_change_is_found_by_its_number(stores: Stores) -> None:
    stores.roster_changes.add(a_change(2, "o1"))
    for number, undoes in ((3, 2), (4, 3), (5, 2)):
        stores.roster_changes.add(a_change(number, "o1", undoes=undoes))
    assert [one.number for one in stores.roster_changes.undoing("bozhou-81", [2])] == [3, 5]
    assert [one.number for one in stores.roster_changes.undoing("bozhou-81", [3, 2, 0])] == [3, 4, 5]
    assert list(stores.roster_changes.undoing("bozhou-81", [])) == list(stores.roster_changes.undoing("x", [2])) == []


def test_a_roster_is_written_over_the_version_that_was_read(stores: Stores) -> None:
    stores.rosters.add(roster())
    with pytest.raises(Duplicate):
        stores.rosters.add(roster())
    assert stores.rosters.replace(roster(version=2, revision=2, name="新"))
    assert not stores.rosters.replace(roster(version=2, revision=2, name="又新"))
    assert not stores.rosters.replace(roster("nowhere", version=2))
    assert stores.rosters.get("bozhou-81") == roster(version=2, revision=2, name="新")
    assert stores.rosters.get("nowhere") is None
    assert dict(stores.rosters.revisions()) == {"bozhou-81": 2}


def test_an_official_is_added_once_with_tenures(stores: Stores) -> None:
    tenures = (Tenure("陈启恒", None, date(2026, 2, 28)), Tenure("周文清", date(2026, 3, 1)))
    one = official(tenures=tenures, tenures_changed_at=hours(1), change=7)
    stores.officials.add(one)
    with pytest.raises(Duplicate):
        stores.officials.add(one)
    assert stores.officials.get("o1") == one


def test_a_days_figures_remember_since_when_the_holder_was_there(stores: Stores) -> None:
    day = date(2026, 3, 5)
    one = DailyTally("1", day, "o1", "request", "", "周文清", Tally(attempts=1), date(2026, 3, 1))
    stores.daily_tallies.put(one)
    stores.daily_tallies.put(replace(one, id="2", since=None))
    assert list(stores.daily_tallies.between(day, day, ["o1"])) == [one, replace(one, id="2", since=None)]


def test_a_table_waits_until_it_is_forgotten(stores: Stores) -> None:
    for hour in (1, 2):
        stores.roster_imports.add(
            StagedImport(f"s{hour}", "editor", "bozhou-81", 3, "名册.xlsx", hours(hour), True, b"PK\x00\xff")
        )
    assert stores.roster_imports.get("s1").data == b"PK\x00\xff"
    assert stores.roster_imports.forget_before(hours(2)) == 1
    assert stores.roster_imports.get("s1") is None
    assert stores.roster_imports.get("s2") is not None
    assert stores.roster_imports.forget_before(hours(2) + timedelta(milliseconds=1)) == 1


def test_the_invitations_of_posts_oldest_first(stores: Stores) -> None:
    for number, (post, hour) in enumerate([("o1", 2), ("o2", 1), ("o1", 1), ("o3", 0)]):
        stores.invitations.add(Invitation(f"i{number}", post, Role.OFFICIAL, hours(hour), hours(hour + 1)))
    assert [one.id for one in stores.invitations.of_posts(["o1", "o2"])] == ["i1", "i2", "i0"]
    assert list(stores.invitations.of_posts([])) == list(stores.invitations.of_posts(["o9"])) == []
    ended = replace(stores.invitations.of_posts(["o3"])[0], version=2, ended_at=hours(3))
    assert stores.invitations.replace(ended)
    assert stores.invitations.get("i3") == ended
