"""Invitations by the sheet: one secret each, the older ones for the official ended, and a code that says just that."""

from __future__ import annotations

from datetime import timedelta

from app.domain.errors import Reason
from app.domain.notification import Role
from app.domain.officer import OfficeRole
from app.services.people.accounts import INVITATION_LASTS, bind
from app.services.rosters.invitations import NOBODY, Standing, end_open_invitations, invite_many, standings
from app.services.world import World
from tests.domain.factories import refused
from tests.services.factories import a_world, person
from tests.services.keepers import CITY, EDITOR, an_officer, audited


def test_a_sheet_has_one_invitation_for_each_in_the_rosters_order(world: World) -> None:
    issued = invite_many(world, EDITOR, CITY, ["roads", "mayor", "roads"])
    assert [(one.official.id, one.role) for one in issued] == [("mayor", Role.OFFICIAL), ("roads", Role.OFFICIAL)]
    assert len({one.secret for one in issued}) == 2
    assert {one.expires_at for one in issued} == {world.clock.now() + INVITATION_LASTS}
    bind(world, person(world, "neighbour"), issued[1].secret)
    assert person(world, "neighbour").posts(Role.OFFICIAL) == {"roads"}
    assert not any(one.secret in str(world.stores.invitations.kept) or one.secret in repr(one) for one in issued)
    assert audited(world) == [("invite", CITY)]
    assert world.stores.audit_log.last().detail == "official mayor roads"


def test_a_new_sheet_ends_the_unused_one_for_the_official_but_not_those_for_staff(world: World) -> None:
    old, new = (invite_many(world, EDITOR, CITY, ["roads"])[0].secret for _ in range(2))
    with refused(Reason.NO_SUCH_INVITATION):
        bind(world, person(world, "neighbour"), old)
    first, second = (invite_many(world, EDITOR, CITY, ["roads"], Role.STAFF)[0].secret for _ in range(2))
    bind(world, person(world, "resident"), first)
    bind(world, person(world, "neighbour"), second)
    assert person(world, "resident").posts(Role.STAFF) == person(world, "neighbour").posts(Role.STAFF) == {"roads"}
    bind(world, person(world, "neighbour"), new)
    invite_many(world, EDITOR, CITY, ["roads"])
    assert bind(world, person(world, "neighbour"), new).posts(Role.OFFICIAL) == {"roads"}, "a used one may be repeated"


def test_what_was_printed_for_staff_can_be_ended(world: World) -> None:
    used, lost = (invite_many(world, EDITOR, CITY, ["roads"], Role.STAFF)[0].secret for _ in range(2))
    bind(world, person(world, "resident"), used)
    end_open_invitations(world, EDITOR, "roads", Role.STAFF)
    with refused(Reason.NO_SUCH_INVITATION):
        bind(world, person(world, "neighbour"), lost)
    assert person(world, "resident").posts(Role.STAFF) == {"roads"}


def test_who_is_bound_and_who_still_has_an_invitation(world: World) -> None:
    assert standings(world, CITY) == {
        "mayor": Standing(is_bound=True),
        "education": Standing(is_bound=True, staff=1),
        "roads": Standing(is_bound=True),
    }
    world = a_world(without=("xie", "wei", "aide", "zhou"))
    invite_many(world, EDITOR, CITY, ["roads", "mayor"])
    world.clock.advance(days=1)
    for _ in range(2):
        invite_many(world, EDITOR, CITY, ["roads"], Role.STAFF)
    until = world.clock.now() - timedelta(days=1) + INVITATION_LASTS
    bind(world, person(world, "neighbour"), invite_many(world, EDITOR, CITY, ["mayor"])[0].secret)
    assert standings(world, CITY) == {
        "mayor": Standing(is_bound=True),
        "education": NOBODY,
        "roads": Standing(invited_until=until, staff_invitations=2),
    }
    world.clock.advance(INVITATION_LASTS)
    assert standings(world, CITY)["roads"] == NOBODY


def test_refusals(world: World) -> None:
    with refused(Reason.NO_SUCH_OFFICIAL):
        invite_many(world, EDITOR, CITY, ["roads", "elsewhere"])
    assert dict(world.stores.invitations.kept) == {}
    for ids, role in (([], Role.OFFICIAL), ([f"o{n}" for n in range(301)], Role.OFFICIAL), (["roads"], Role.RESIDENT)):
        with refused(Reason.BAD_REQUEST):
            invite_many(world, EDITOR, CITY, ids, role)
    for role in set(OfficeRole) - {OfficeRole.EDITOR, OfficeRole.ADMIN}:
        with refused(Reason.NOT_YOUR_ROLE):
            invite_many(world, an_officer(role), CITY, ["roads"])
        with refused(Reason.NOT_YOUR_ROLE):
            end_open_invitations(world, an_officer(role), "roads", Role.STAFF)
