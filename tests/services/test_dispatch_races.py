"""Several dispatchers at once: whoever saved the claim sends, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.notification import DEDUPLICATED_FOR, Role, Status
from app.services.messages.dispatching import dispatch
from app.services.world import World
from tests.services.factories import drain, message_ids, statuses, submitted
from tests.services.races import at_once, meanwhile


def killed_while_sending(world: World) -> None:
    world.messenger.will(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        dispatch(world)


def test_of_two_dispatchers_at_the_same_moment_one_sends(office: World) -> None:
    """Both have read before either claims, their clocks agree to the millisecond, and the faster one is still sending
    when the slower one looks whether it got the claim."""
    submitted(office)
    meanwhile(office.stores.appeals, lambda: killed_while_sending(office))
    dispatch(office)
    assert len(office.messenger.sent) == 1


def test_of_two_dispatchers_with_clocks_apart_the_slower_one_sends_nothing(office: World) -> None:
    appeal = submitted(office)

    def the_faster_one() -> None:
        dispatch(office)
        office.clock.advance(milliseconds=1)

    meanwhile(office.stores.appeals, the_faster_one)
    dispatch(office)
    assert len(office.messenger.sent) == 1
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.SENT]


def test_what_another_has_given_up_meanwhile_stays_so(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dispatcher that hangs in its call for longer than WeChat remembers: a person has been asked to look by then."""
    appeal, send = submitted(office), office.messenger.send

    def slowly(*message: Any) -> Any:
        outcome = send(*message)
        office.clock.advance(DEDUPLICATED_FOR)
        dispatch(office)
        return outcome

    monkeypatch.setattr(office.messenger, "send", slowly)
    dispatch(office)
    assert len(office.messenger.sent) == 1
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.UNCONFIRMED]


def test_many_dispatchers_over_many_messages_send_each_once(world: World) -> None:
    for _ in range(20):
        submitted(world)
    at_once(*[lambda: drain(world)] * 4)
    assert len(message_ids(world)) == len(set(message_ids(world))) == 40
