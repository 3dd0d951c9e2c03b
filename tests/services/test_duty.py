"""The duty calendar: on duty days the delegate hears in the official's place, nobody else and nobody barred."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.errors import InvalidInput, NotPermitted
from app.domain.notification import Role
from app.domain.roster import Delegation
from app.domain.workday import local_day
from app.services.messages.dispatching import dispatch
from app.services.messages.duty import set_duty
from app.services.people.accounts import bind, invite
from app.services.world import World
from tests.fakes.world import MONDAY
from tests.services.factories import a_world, assigned_by_supervisor, change_person, person, submitted

TODAY = local_day(MONDAY)
ON_DUTY = (Delegation("aide", TODAY, TODAY + timedelta(days=1)),)


@pytest.fixture
def city() -> World:
    return a_world()


def heard(world: World) -> set[str]:
    dispatch(world)
    sent = {one.openid for one in world.messenger.sent}  # type: ignore[attr-defined]
    world.messenger.sent.clear()  # type: ignore[attr-defined]
    return sent


def test_the_delegate_hears_on_duty_days_and_the_official_after_them(city: World) -> None:
    set_duty(city, person(city, "zhou"), "education", ON_DUTY)
    submitted(city)
    assert heard(city) == {"oa-aide"}
    city.clock.advance(timedelta(days=2))  # type: ignore[attr-defined]
    submitted(city)
    assert "oa-zhou" in heard(city)


def test_a_delegate_who_is_not_staff_any_more_hears_nothing(city: World) -> None:
    set_duty(city, person(city, "zhou"), "education", ON_DUTY)
    change_person(city, "aide", bindings=())
    submitted(city)
    assert heard(city) == {"oa-zhou"}


def test_a_delegate_who_works_for_the_barred_one_does_not_hear(city: World) -> None:
    set_duty(city, person(city, "zhou"), "education", ON_DUTY)
    bind(city, person(city, "aide"), invite(city, "roads", Role.STAFF))
    assigned_by_supervisor(city, submitted(city, official_id="roads", about_official=True), "education")
    assert "oa-aide" not in heard(city)


def test_only_in_person_only_the_own_staff_only_days_that_do_not_overlap(city: World) -> None:
    zhou = person(city, "zhou")
    with pytest.raises(NotPermitted):
        set_duty(city, person(city, "aide"), "education", ON_DUTY)
    (duty,) = ON_DUTY
    for wrong in (
        (replace(duty, account_id="neighbour"),),
        (replace(duty, first=TODAY + timedelta(days=5)),),
        (duty, replace(duty, first=TODAY + timedelta(days=1), last=TODAY + timedelta(days=4))),
    ):
        with pytest.raises(InvalidInput):
            set_duty(city, zhou, "education", wrong)
    assert set_duty(city, zhou, "education", ()).delegations == ()
