"""What people may read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.account import Binding
from app.domain.errors import NotNow, Reason
from app.domain.notification import Role
from app.domain.timeline import Deed
from app.services.appeals.reading import (
    PAGE,
    inbox,
    look_up,
    my_appeals,
    read_appeal,
    reading_after,
)
from app.services.lockouts import FAILURES_BEFORE_LOCK, LOCKED_FOR
from app.services.messages.reminding import sweep
from app.services.ports.appeals import Inbox
from app.services.world import World
from tests.domain.factories import beijing, refused
from tests.services.factories import (
    answer,
    assigned_by_supervisor,
    hand_on,
    person,
    sign,
    submitted,
    withdraw,
)


def codes(world: World, who: str, section: Inbox) -> list[str]:
    return [reading.appeal.code for reading in inbox(world, person(world, who), section, None).items]


def test_my_appeals_come_newest_first_page_by_page_and_each_once(world: World) -> None:
    mine = []
    for n in range(2 * PAGE + 3):
        world.clock.advance(minutes=n % 2)
        mine.append(submitted(world).code)
        submitted(world, by="neighbour")
    pages, after = [], None
    while True:
        page = my_appeals(world, person(world, "resident"), after)
        pages.append([reading.appeal.code for reading in page.items])
        if page.next is None:
            break
        after = page.next
    assert [len(page) for page in pages] == [PAGE, PAGE, 3]
    assert [code for page in pages for code in page] == mine[::-1]


@pytest.mark.parametrize("count", [0, 1, PAGE])
def test_the_last_page_says_that_it_is_the_last(world: World, count: int) -> None:
    for _ in range(count):
        submitted(world)
    page = my_appeals(world, person(world, "resident"), None)
    assert (len(page.items), page.next) == (count, None)


@pytest.mark.parametrize(
    ("now", "section"),
    [
        ("2026-03-02 10:00", Inbox.LATER),
        ("2026-03-03 23:59", Inbox.LATER),
        ("2026-03-04 00:00", Inbox.SOON),
        ("2026-03-04 23:59", Inbox.SOON),
        ("2026-03-05 00:00", Inbox.TODAY),
        ("2026-03-05 18:00", Inbox.TODAY),
        ("2026-03-05 18:01", Inbox.LATE),
        ("2026-03-20 10:00", Inbox.LATE),
    ],
)
def test_what_is_due_thursday_at_six_moves_through_the_sections(world: World, now: str, section: Inbox) -> None:
    code = submitted(world).code
    world.clock.set(beijing(now))
    sections = {
        name for name in (Inbox.LATE, Inbox.TODAY, Inbox.SOON, Inbox.LATER) if code in codes(world, "zhou", name)
    }
    assert sections == {section}
    assert codes(world, "zhou", Inbox.OPEN) == [code] and codes(world, "zhou", Inbox.DONE) == []


def test_soon_reaches_to_the_end_of_the_next_workday(world: World) -> None:
    world.clock.set(beijing("2026-03-06 10:00"))
    code = submitted(world).code
    assert codes(world, "zhou", Inbox.SOON) == [code], "Friday plus three days is Monday"


def test_before_spring_festival_the_next_workday_is_far(world: World) -> None:
    world.clock.set(beijing("2026-02-14 10:00"))
    code = submitted(world).code
    assert codes(world, "zhou", Inbox.SOON) == [code]


def test_the_inbox_is_sorted_by_deadline_and_the_done_by_when_they_were_settled(world: World) -> None:
    first = submitted(world)
    world.clock.advance(days=1)
    second, third = submitted(world), submitted(world)
    assert codes(world, "zhou", Inbox.OPEN) == [first.code, second.code, third.code]
    for appeal in (second, first):
        world.clock.advance(minutes=1)
        answer(world, "zhou", sign(world, "zhou", appeal))
    assert codes(world, "zhou", Inbox.OPEN) == [third.code]
    assert codes(world, "zhou", Inbox.DONE) == [first.code, second.code]
    withdraw(world, "resident", third)
    assert codes(world, "zhou", Inbox.DONE)[0] == third.code


def test_the_inbox_goes_on_where_the_page_ended(world: World) -> None:
    made = [submitted(world).code for _ in range(PAGE + 1)]
    zhou = person(world, "zhou")
    page = inbox(world, zhou, Inbox.OPEN, None)
    rest = inbox(world, zhou, Inbox.OPEN, page.next)
    assert [r.appeal.code for r in (*page.items, *rest.items)] == sorted(made) and rest.next is None


def test_staff_see_the_inbox_of_their_post_in_their_own_part(world: World) -> None:
    submitted(world)
    [reading] = inbox(world, person(world, "aide"), Inbox.OPEN, None).items
    assert reading.part is Role.STAFF and Deed.SIGN in reading.deeds


@pytest.mark.parametrize("who", ["resident", "xie", "wei"])
def test_nobody_elses_inbox_holds_it(world: World, who: str) -> None:
    submitted(world)
    assert codes(world, who, Inbox.OPEN) == []


def test_whoever_it_is_about_finds_it_nowhere_though_staff_of_the_assignee(world: World) -> None:
    zhou = person(world, "zhou")
    bindings = (*zhou.bindings, Binding(Role.STAFF, "roads", world.clock.now()))
    world.stores.accounts.replace(replace(zhou, version=2, bindings=bindings))
    hidden = assigned_by_supervisor(world, submitted(world, about_official=True, phone="13800138000"), "roads")
    seen = submitted(world, official_id="roads")
    assert codes(world, "zhou", Inbox.OPEN) == [seen.code]
    assert set(codes(world, "xie", Inbox.OPEN)) == {hidden.code, seen.code}
    with refused(Reason.NO_SUCH_APPEAL):
        read_appeal(world, person(world, "zhou"), hidden.id)


def test_the_resident_may_urge_only_what_is_late(world: World) -> None:
    appeal = submitted(world)
    resident = person(world, "resident")
    assert Deed.URGE not in read_appeal(world, resident, appeal.id).deeds
    world.clock.set(beijing("2026-03-05 18:01"))
    assert Deed.URGE in read_appeal(world, resident, appeal.id).deeds


@pytest.mark.parametrize("who", ["neighbour", "xie", "wei"])
def test_for_everybody_else_the_appeal_is_not_there(world: World, who: str) -> None:
    appeal = submitted(world)
    with refused(Reason.NO_SUCH_APPEAL):
        read_appeal(world, person(world, who), appeal.id)
    with refused(Reason.NO_SUCH_APPEAL):
        read_appeal(world, person(world, who), "nothing")


def test_the_superior_may_read_what_was_urged_and_do_nothing(world: World) -> None:
    appeal = submitted(world)
    world.clock.set(beijing("2026-03-06 09:00"))
    sweep(world)
    reading = read_appeal(world, person(world, "wei"), appeal.id)
    assert (reading.part, reading.deeds) == (Role.SUPERIOR, ())


def test_who_handed_an_appeal_on_sees_it_once_more_and_can_do_nothing_with_it(world: World) -> None:
    appeal = hand_on(world, "zhou", submitted(world), "roads")
    assert reading_after(world, person(world, "zhou"), appeal).deeds == ()
    with refused(Reason.NO_SUCH_APPEAL):
        read_appeal(world, person(world, "zhou"), appeal.id)


def test_code_and_phone_tail_open_an_appeal_without_login_and_allow_nothing(world: World) -> None:
    appeal = submitted(world, phone="13800138000")
    reading = look_up(world, appeal.code, "8000", "203.0.113.1")
    assert (reading.appeal, reading.part, reading.deeds) == (appeal, Role.RESIDENT, ())


@pytest.mark.parametrize("tail", ["8001", "", "13800138000"])
def test_every_failure_is_the_same_not_found(world: World, tail: str) -> None:
    known, phoneless = submitted(world, phone="13800138000"), submitted(world)
    for code, given in ((known.code, tail), (phoneless.code, ""), ("C9999", "8000")):
        with refused(Reason.NO_SUCH_APPEAL):
            look_up(world, code, given, "203.0.113.1")


def fail(world: World, code: str = "C9999", address: str = "203.0.113.1", times: int = FAILURES_BEFORE_LOCK) -> None:
    for n in range(times):
        with refused(Reason.NO_SUCH_APPEAL):
            look_up(world, code.format(n=n), "0000", address.format(n=n))


@pytest.mark.parametrize(
    "guesses", [{"code": "C9{n}"}, {"code": "C0001", "address": "203.0.113.1{n}"}], ids=["address", "code"]
)
def test_five_failures_lock_the_address_or_the_code_even_for_the_right_tail(
    world: World, guesses: dict[str, str]
) -> None:
    appeal = submitted(world, phone="13800138000")
    fail(world, **guesses, times=FAILURES_BEFORE_LOCK - 1)
    assert look_up(world, appeal.code, "8000", "203.0.113.1").appeal == appeal
    fail(world, **guesses, times=1)
    with pytest.raises(NotNow) as caught:
        look_up(world, appeal.code, "8000", "203.0.113.1" if "address" not in guesses else "198.51.100.7")
    assert caught.value.reason is Reason.LOCKED_OUT
    assert 0 < caught.value.detail["retry_after"] <= LOCKED_FOR.total_seconds() + 1


def test_a_lock_ends_after_a_quarter_of_an_hour_and_the_count_begins_anew(world: World) -> None:
    appeal = submitted(world, phone="13800138000")
    fail(world)
    world.clock.advance(LOCKED_FOR)
    fail(world, times=FAILURES_BEFORE_LOCK - 1)
    assert look_up(world, appeal.code, "8000", "203.0.113.1").appeal == appeal


def test_guesses_at_one_code_from_one_address_lock_nobody_else(world: World) -> None:
    appeal = submitted(world, phone="13800138000")
    fail(world)
    assert look_up(world, appeal.code, "8000", "198.51.100.7").appeal == appeal


def test_no_address_and_no_code_is_kept_with_the_failures(world: World) -> None:
    fail(world, times=1)
    assert "203.0.113.1" not in str(world.stores.lockouts.kept) and "C9999" not in str(world.stores.lockouts.kept)
