"""Several reminders due to one person become one message, and stay that one message."""

from __future__ import annotations

import pytest

from app.domain.account import Binding
from app.domain.appeal import Appeal, Kind
from app.domain.notification import GATHERED_FOR, LEASE, Fault, Occasion, Refused, Role, Status
from app.services.messages.dispatching import dispatch
from app.services.messages.reminding import sweep
from app.services.saving import change
from app.services.world import World
from tests.domain.factories import beijing
from tests.services.factories import (
    answer,
    assigned_by_supervisor,
    drain,
    message_ids,
    person,
    sent,
    sign,
    statuses,
    submitted,
    subscribe,
)

HALF, URGED = "2026-03-04 08:30", "2026-03-06 09:00"


def reminded(world: World, count: int, at: str = HALF, **draft: object) -> list[Appeal]:
    """That many appeals of Monday, all with a reminder due at that time and nothing else unsent."""
    appeals = [submitted(world, **draft) for _ in range(count)]
    drain(world)
    world.messenger.sent.clear()
    remind_now(world, at)
    return appeals


def remind_now(world: World, at: str) -> None:
    world.clock.set(beijing(at))
    sweep(world)
    world.clock.advance(GATHERED_FOR)


def half(world: World, appeal: Appeal) -> list[Status]:
    return statuses(world, appeal, Role.OFFICIAL, Occasion.REMIND_HALF)


def test_reminders_of_several_appeals_to_one_official_are_one_message_with_counts(world: World) -> None:
    appeals = reminded(world, 3)
    assert dispatch(world) == 6
    assert sorted(sent(world)) == [("template", "oa-aide", "digest"), ("template", "oa-zhou", "digest")]
    facts = world.messenger.sent[0].message.facts
    assert (facts["count"], facts["overdue"], facts["due"]) == (3, 0, beijing("2026-03-05 18:00"))
    assert world.messenger.sent[0].message.page == "official/pages/inbox/inbox"
    assert all(half(world, appeal) == [Status.SENT] for appeal in appeals)
    drain(world)
    assert len(world.messenger.sent) == 2


def test_the_digest_of_urgings_says_how_many_are_late_and_the_superior_gets_one_too(office: World) -> None:
    reminded(office, 2, at=URGED)
    drain(office)
    assert sorted(sent(office)) == [("template", "oa-wei", "digest"), ("template", "oa-zhou", "digest")]
    assert [s.message.facts["overdue"] for s in office.messenger.sent] == [2, 2]


def test_reminders_wait_a_moment_for_each_other(office: World) -> None:
    reminded(office, 2)
    office.clock.set(beijing(HALF))
    assert dispatch(office) == 0


def test_the_reminder_of_a_single_appeal_stays_single(office: World) -> None:
    appeal = sign(office, "zhou", reminded(office, 1)[0])
    drain(office)
    assert sent(office) == [("template", "oa-zhou", "remind_half")]
    assert f"?id={appeal.id}" in office.messenger.sent[0].message.page


def test_two_reminders_of_the_same_appeal_are_no_digest(office: World) -> None:
    """Signed but neither contacted nor answered: both clocks of the consultation are urged."""
    consultation = submitted(office, kind=Kind.CONSULTATION)
    sign(office, "zhou", consultation)
    drain(office)
    office.messenger.sent.clear()
    remind_now(office, URGED)
    drain(office)
    to_zhou = [occasion for _, openid, occasion in sent(office) if openid == "oa-zhou"]
    assert to_zhou == ["urge", "urge"] and len(set(message_ids(office))) == len(office.messenger.sent)


def test_assignments_are_never_gathered(office: World) -> None:
    for _ in range(3):
        submitted(office)
    drain(office)
    assert [occasion for *_, occasion in sent(office)] == ["assigned"] * 3


def test_after_a_crash_the_digest_is_repeated_as_the_same_batch(office: World) -> None:
    appeals = reminded(office, 3)
    office.messenger.will(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        dispatch(office)
    office.clock.advance(LEASE)
    drain(office)
    first, second = office.messenger.sent
    assert first.message_id == second.message_id
    assert first.message.facts["count"] == second.message.facts["count"] == 3
    assert all(half(office, appeal) == [Status.SENT] for appeal in appeals)


def test_a_repeated_digest_takes_no_new_reminder_in(office: World) -> None:
    """WeChat would throw the repetition away, and the new reminder with it."""
    reminded(office, 2)
    office.messenger.will(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        dispatch(office)
    late = _another_reminder(office)
    office.clock.advance(LEASE)
    drain(office)
    batch = message_ids(office)[0]
    assert sorted(s.message.occasion for s in office.messenger.sent) == ["digest", "digest", "remind_half"]
    assert [s.message.facts["count"] for s in office.messenger.sent if s.message_id == batch] == [2, 2]
    assert half(office, late) == [Status.SENT]


def test_a_single_reminder_is_repeated_as_it_was_and_joins_no_digest(office: World) -> None:
    """In a digest it would have another message id, and the official would hear of it twice."""
    reminded(office, 1)
    office.messenger.will(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        dispatch(office)
    _another_reminder(office)
    office.clock.advance(LEASE)
    drain(office)
    assert [s.message.occasion for s in office.messenger.sent] == ["remind_half"] * 3
    assert len(set(message_ids(office))) == 2


def _another_reminder(world: World) -> Appeal:
    """One more appeal of Monday, whose half time is only swept now."""
    now = world.clock.now()
    world.clock.set(beijing("2026-03-02 10:00"))
    appeal = submitted(world)
    settled = world.messenger.sent[:]
    dispatch(world)
    world.messenger.sent[:] = settled
    world.clock.set(now)
    sweep(world)
    return appeal


def test_what_was_answered_meanwhile_drops_out_of_a_digest_that_was_never_sent(office: World) -> None:
    one, other = reminded(office, 2)
    sign(office, "zhou", one)
    answer(office, "zhou", one)
    drain(office)
    assert [occasion for _, openid, occasion in sent(office) if openid == "oa-zhou"] == ["remind_half"]
    assert half(office, one) == [Status.SUPERSEDED] and half(office, other) == [Status.SENT]


def test_a_digest_that_does_not_arrive_falls_back_message_by_message(office: World) -> None:
    subscribe(office, "mp-zhou", Occasion.REMIND_HALF, times=2)
    appeals = reminded(office, 2)
    office.messenger.will(Refused(Fault.UNREACHABLE, "43004"))
    drain(office)
    assert sent(office) == [
        ("template", "oa-zhou", "digest"),
        ("subscribe", "mp-zhou", "remind_half"),
        ("subscribe", "mp-zhou", "remind_half"),
    ]
    assert all(half(office, appeal) == [Status.SENT] for appeal in appeals)


def test_an_appeal_the_official_may_not_know_of_does_not_take_the_others_from_the_digest(office: World) -> None:
    """Rule 1 keeps the one about roads from 周文清, who is also their staff; the other two are still his."""
    hidden = assigned_by_supervisor(office, submitted(office, official_id="roads", about_official=True), "education")
    more = Binding(Role.STAFF, "roads", office.clock.now())

    def rule(account: object) -> object:
        return type(account)(**(vars(account) | {"bindings": (*account.bindings, more)}))

    change(office.stores.accounts, person(office, "zhou").id, rule, KeyError())
    mine = reminded(office, 2)
    drain(office)
    assert all(half(office, appeal) == [Status.SENT] for appeal in mine)
    assert half(office, hidden) == [Status.UNDELIVERED]
    assert [s.message.facts["count"] for s in office.messenger.sent] == [2]
