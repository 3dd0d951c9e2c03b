"""Invitations: one person, one use, and a post has one official."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.account import Account
from app.domain.errors import Conflict, Reason
from app.domain.notification import Role
from app.services.people.accounts import INVITATION_LASTS, bind, invite
from app.services.world import World
from tests.domain.factories import refused
from tests.services.factories import person, sign, submitted
from tests.services.races import Meeting, at_once, meanwhile


def test_an_invitation_binds_and_its_secret_is_kept_nowhere(world: World) -> None:
    secret = invite(world, "roads", Role.STAFF)
    account = bind(world, person(world, "neighbour"), secret)
    assert account.posts(Role.STAFF) == {"roads"} and account.roles == (Role.RESIDENT, Role.STAFF)
    assert secret not in str(world.stores.invitations.kept)


def test_a_second_person_is_refused(world: World) -> None:
    secret = invite(world, "roads", Role.STAFF)
    bind(world, person(world, "neighbour"), secret)
    with pytest.raises(Conflict) as caught:
        bind(world, person(world, "resident"), secret)
    assert caught.value.reason is Reason.INVITATION_USED
    assert person(world, "resident").posts() == frozenset()


def test_two_people_at_once_cannot_share_one(world: World) -> None:
    secret = invite(world, "roads", Role.OFFICIAL)
    world.stores.invitations.before_write = Meeting()
    outcomes = at_once(*(lambda id=id: bind(world, person(world, id), secret) for id in ("neighbour", "resident")))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Account", "Conflict"]
    assert sum(bool(person(world, id).posts()) for id in ("neighbour", "resident")) == 1


def test_the_same_person_may_repeat_it(world: World) -> None:
    secret = invite(world, "roads", Role.STAFF)
    once = bind(world, person(world, "neighbour"), secret)
    world.clock.advance(hours=1)
    assert bind(world, person(world, "neighbour"), secret) == once


def test_what_broke_after_the_use_was_recorded_is_completed_by_repeating_it(world: World) -> None:
    secret = invite(world, "roads", Role.STAFF)

    def broken(_: Account) -> None:
        raise KeyboardInterrupt

    world.stores.accounts.before_write = broken
    with pytest.raises(KeyboardInterrupt):
        bind(world, person(world, "neighbour"), secret)
    world.stores.accounts.before_write = None
    assert bind(world, person(world, "neighbour"), secret).posts(Role.STAFF) == {"roads"}


@pytest.mark.parametrize("secret", ["", "token-99"])
def test_an_unknown_secret_is_not_there(world: World, secret: str) -> None:
    with refused(Reason.NO_SUCH_INVITATION):
        bind(world, person(world, "neighbour"), secret)


def test_an_invitation_expires(world: World) -> None:
    secret = invite(world, "roads", Role.STAFF)
    world.clock.advance(INVITATION_LASTS)
    with refused(Reason.NO_SUCH_INVITATION):
        bind(world, person(world, "neighbour"), secret)
    world.clock.advance(timedelta(seconds=-1))
    assert bind(world, person(world, "neighbour"), secret).posts() == {"roads"}


def test_a_new_official_takes_over_the_post_and_its_appeals(world: World) -> None:
    appeal = submitted(world)
    bind(world, person(world, "neighbour"), invite(world, "education", Role.OFFICIAL))
    assert person(world, "zhou").posts() == frozenset()
    assert person(world, "aide").posts(Role.STAFF) == {"education"}, "staff stay"
    with refused(Reason.NO_SUCH_APPEAL):
        sign(world, "zhou", appeal)
    assert sign(world, "neighbour", appeal).timeline[-1].actor.role is Role.OFFICIAL


def test_other_posts_of_the_predecessor_are_untouched(world: World) -> None:
    bind(world, person(world, "zhou"), invite(world, "roads", Role.STAFF))
    bind(world, person(world, "neighbour"), invite(world, "education", Role.OFFICIAL))
    assert person(world, "zhou").posts() == {"roads"}


def test_new_staff_take_nothing_from_anybody(world: World) -> None:
    bind(world, person(world, "neighbour"), invite(world, "education", Role.STAFF))
    assert person(world, "zhou").posts(Role.OFFICIAL) == person(world, "aide").posts(Role.STAFF) == {"education"}


def test_a_predecessor_cannot_come_back_with_the_old_invitation(world: World) -> None:
    """Repeating completes what broke; it does not undo what the city decided since. WeChat, too, may push an old scan
    again."""
    old = invite(world, "roads", Role.OFFICIAL)
    bind(world, person(world, "resident"), old)
    world.clock.advance(days=1)
    bind(world, person(world, "neighbour"), invite(world, "roads", Role.OFFICIAL))
    with refused(Reason.INVITATION_USED):
        bind(world, person(world, "resident"), old)
    assert person(world, "resident").posts() == frozenset()
    assert person(world, "neighbour").posts(Role.OFFICIAL) == {"roads"}


def test_a_change_of_the_account_meanwhile_is_not_lost(world: World) -> None:
    meanwhile(
        world.stores.accounts,
        lambda: bind(world, person(world, "neighbour"), invite(world, "mayor", Role.STAFF)),
    )
    bind(world, person(world, "neighbour"), invite(world, "roads", Role.STAFF))
    assert person(world, "neighbour").posts(Role.STAFF) == {"mayor", "roads"}
