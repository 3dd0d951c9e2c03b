"""The work list as a use case: who may open which list, what it costs, and bulk acts that nothing stops half-way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.errors import NotFound, NotPermitted, Reason
from app.domain.officer import Officer, OfficeRole
from app.domain.worklist import Desk, Filter, Lists, WorkList
from app.services.office.worklists import (
    COUNTED,
    IN_ORDER,
    WORKED_BY,
    Waiting,
    assign_as_addressed,
    by_code,
    listed,
    lists_for,
    waiting,
)
from app.services.officers.access import add_officer
from app.services.ports.wechat import Verdict
from app.services.world import World
from tests.services.factories import a_world, fresh, submitted


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


def test_one_that_cannot_go_there_stops_no_other(world: World) -> None:
    supervisor = officer(world, OfficeRole.SUPERVISOR)
    conflict = submitted(world, about_official=True)
    world.content.verdict = Verdict.REVIEW  # type: ignore[attr-defined]
    plain = submitted(world, "neighbour")
    outcomes = assign_as_addressed(world, supervisor, [conflict.id, "nothing", plain.id], "key")
    assert [one.refusal.reason if one.refusal else None for one in outcomes] == [Reason.CONFLICT_OF_INTEREST, None]
    assert fresh(world, plain).assignee_id == "education"
    assert not fresh(world, conflict).assignee_id
    world.clock.advance(timedelta(seconds=1))  # type: ignore[attr-defined]
    again = assign_as_addressed(world, supervisor, [plain.id], "key")
    assert again[0].refusal is None
    assert fresh(world, plain).version == outcomes[1].appeal.version  # type: ignore[union-attr]


def test_only_supervisors_hand_out(world: World) -> None:
    with pytest.raises(NotPermitted):
        assign_as_addressed(world, officer(world, OfficeRole.OPERATOR), [], "")
