"""Invitations: one person, one use, and a post has one official."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.domain.account import Account, Invitation
from app.domain.errors import Conflict, Reason
from app.domain.notification import Role
from app.services.lockouts import FAILURES_BEFORE_LOCK, LOCKED_FOR
from app.services.people.accounts import INVITATION_LASTS, bind, invite
from app.services.people.invitations import FROM_ONE_ADDRESS, bind_with_code
from app.services.world import World
from tests.domain.factories import refused
from tests.services.factories import a_person, person, sign, submitted
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


def test_a_code_is_short_and_however_it_is_typed_the_same(world: World) -> None:
    code = invite(world, "roads", Role.STAFF)
    assert re.fullmatch("[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}", code)
    bare = code.replace("-", "")
    wide = "".join(chr(ord(mark) + 0xFEE0) for mark in bare)
    for typed in (code, code.lower(), bare, code.replace("-", " "), f" {code.replace('-', '－')}\n", wide):
        assert bind(world, person(world, "neighbour"), typed).posts(Role.STAFF) == {"roads"}, typed


def test_invitations_that_were_printed_before_codes_were_short_still_work(world: World) -> None:
    long = "ToH9AS7wXI2U99RP2IQOR0tOs07TU8D5cGfegIUMybw"
    now = world.clock.now()
    id = world.secrets.digest("invitation", long)
    world.stores.invitations.add(Invitation(id, "roads", Role.STAFF, now, now + INVITATION_LASTS))
    with refused(Reason.NO_SUCH_INVITATION):
        bind(world, person(world, "neighbour"), long.lower())
    assert bind(world, person(world, "neighbour"), f" {long}").posts() == {"roads"}


def guess(world: World, who: str = "neighbour", address: str = "203.0.113.1", code: str = "2222-2222-2222") -> Account:
    return bind_with_code(world, person(world, who), code, address)


def test_five_wrong_codes_lock_the_account_even_for_the_right_one(world: World) -> None:
    code = invite(world, "roads", Role.STAFF)
    for n in range(FAILURES_BEFORE_LOCK):
        with refused(Reason.NO_SUCH_INVITATION):
            guess(world, address=f"203.0.113.{n}")
    with refused(Reason.LOCKED_OUT):
        guess(world, address="198.51.100.7", code=code)
    assert guess(world, "resident", "203.0.113.1", code).posts() == {"roads"}, "nobody else is locked"
    world.clock.advance(LOCKED_FOR)
    with pytest.raises(Conflict):
        guess(world, code=code)


def test_many_wrong_codes_lock_the_address_whatever_the_account(world: World) -> None:
    code = invite(world, "roads", Role.STAFF)
    for n in range(FROM_ONE_ADDRESS):
        world.stores.accounts.add(a_person(f"guesser-{n}"))
        with refused(Reason.NO_SUCH_INVITATION):
            guess(world, f"guesser-{n}")
    with refused(Reason.LOCKED_OUT):
        guess(world, code=code)
    assert guess(world, address="198.51.100.7", code=code).posts() == {"roads"}


def test_a_used_code_is_no_guess_and_what_was_right_is_not_counted(world: World) -> None:
    code = invite(world, "roads", Role.STAFF)
    guess(world, "resident", code=code)
    for _ in range(FAILURES_BEFORE_LOCK + 1):
        with refused(Reason.INVITATION_USED):
            guess(world, code=code)
    assert world.stores.lockouts.kept == {}


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
