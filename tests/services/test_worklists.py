"""The work list as a use case: who may open which list, what comes next in it, and who finds appeals by what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.errors import NotFound, NotPermitted
from app.domain.officer import Officer, OfficeRole
from app.domain.worklist import Desk, Filter, Lists, WorkList
from app.services.office.worklists import (
    COUNTED,
    IN_ORDER,
    WORKED_BY,
    Waiting,
    by_code,
    following,
    listed,
    lists_for,
    of_phone,
    preceding,
    waiting,
)
from app.services.officers.access import add_officer
from app.services.world import World
from tests.services.factories import a_world, assigned_by_supervisor, fresh, submitted


@pytest.fixture
def world() -> World:
    return a_world()


def officer(world: World, *roles: OfficeRole) -> Officer:
    return add_officer(world, "-".join(roles), "某人", roles, "correct horse battery")


def test_every_list_has_its_place_and_somebody_works_on_it() -> None:
    assert set(IN_ORDER) == {*Desk, *Lists}
    assert len(IN_ORDER) == len(set(IN_ORDER))
    assert frozenset().union(*WORKED_BY.values()) == {*Desk, Lists.LATE}


@pytest.mark.parametrize("role", [OfficeRole.EDITOR, OfficeRole.ADMIN])
def test_who_is_no_reader_opens_none(world: World, role: OfficeRole) -> None:
    somebody = officer(world, role)
    assert lists_for(somebody) == ()
    for which in IN_ORDER:
        with pytest.raises(NotPermitted):
            listed(world, somebody, which, Filter(), None)


@pytest.mark.parametrize("which", [one for one in IN_ORDER if one is not Desk.REFERRED])
def test_inspectors_open_what_was_referred_alone(world: World, which: WorkList) -> None:
    inspector = officer(world, OfficeRole.INSPECTOR)
    assert listed(world, inspector, Desk.REFERRED, Filter(), None).items == ()
    with pytest.raises(NotPermitted):
        listed(world, inspector, which, Filter(), None)


def test_a_code_that_an_inspector_may_not_know_is_not_there(world: World) -> None:
    appeal = submitted(world)
    assert by_code(world, officer(world, OfficeRole.AUDITOR), f" {appeal.code.lower()} ") == appeal
    with pytest.raises(NotFound):
        by_code(world, officer(world, OfficeRole.INSPECTOR), appeal.code)


def test_what_lies_for_ever_is_counted_to_ninety_nine_and_work_exactly() -> None:
    assert Waiting(Desk.PUBLICATION, COUNTED, None, own=True).words == "99"
    assert Waiting(Desk.PUBLICATION, COUNTED + 1, None, own=True).words == "99+"
    assert Waiting(Desk.REVIEW, COUNTED + 1, None, own=True).words == "100"


def test_whoever_has_two_roles_has_the_work_of_both(world: World) -> None:
    both = officer(world, OfficeRole.AUDITOR, OfficeRole.INSPECTOR)
    own = {one.list for one in waiting(world, both) if one.own}
    assert own == {Desk.REFERRED}


def test_the_next_one_is_found_from_where_an_appeal_lay(world: World) -> None:
    supervisor = officer(world, OfficeRole.SUPERVISOR)
    appeals = []
    for _ in range(3):
        appeals.append(submitted(world, about_official=True))
        world.clock.advance(timedelta(seconds=1))  # type: ignore[attr-defined]
    first, second, third = appeals
    assert following(world, supervisor, Desk.REVIEW, Filter(), first) == second
    assigned_by_supervisor(world, first, "roads")
    assert following(world, supervisor, Desk.REVIEW, Filter(), fresh(world, first)) == second, "though it left the desk"
    assert following(world, supervisor, Desk.REVIEW, Filter(), third) is None
    assert following(world, supervisor, Desk.REVIEW, Filter("elsewhere"), first) is None
    assert following(world, supervisor, Lists.ALL, Filter(), third) == second, "newest first"
    assert preceding(world, supervisor, Desk.REVIEW, Filter(), third) == second
    assert preceding(world, supervisor, Desk.REVIEW, Filter(), second) is None, "the first one left the desk"
    assert preceding(world, supervisor, Lists.ALL, Filter(), second) == third
    assert preceding(world, supervisor, Lists.LATE, Filter(), third) is None, "it is not late"


def test_what_is_late_goes_on_with_the_longest_overdue(world: World) -> None:
    supervisor = officer(world, OfficeRole.SUPERVISOR)
    first, second = (submitted(world, about_official=True) for _ in range(2))
    world.clock.advance(timedelta(days=9))  # type: ignore[attr-defined]
    order = [one.appeal for one in listed(world, supervisor, Lists.LATE, Filter(), None).items]
    assert following(world, supervisor, Lists.LATE, Filter(), order[0]) == order[1]
    assigned_by_supervisor(world, order[0], "roads")
    assert {first.id, second.id} == {one.id for one in order}


@pytest.mark.parametrize("role", [OfficeRole.AUDITOR, OfficeRole.INSPECTOR, OfficeRole.EDITOR])
def test_only_who_calls_looks_for_a_phone(world: World, role: OfficeRole) -> None:
    with pytest.raises(NotPermitted):
        of_phone(world, officer(world, role), "13800138000")
