"""Which way a message takes: template, then subscription as far as the ledger goes, then the inbox and a person."""

from __future__ import annotations

import pytest

from app.domain.account import Binding
from app.domain.notification import Fault, Occasion, Refused, Retry, Role, Sent, Status
from app.services.world import World
from tests.services.factories import (
    change_person,
    drain,
    message_ids,
    promise,
    sent,
    statuses,
    submitted,
    subscribe,
)

UNFOLLOWED = Refused(Fault.UNREACHABLE, "43004")


@pytest.mark.parametrize("leaves", ["never followed", "unfollowed since"])
def test_whom_the_template_does_not_reach_the_subscription_does(office: World, leaves: str) -> None:
    if leaves == "never followed":
        change_person(office, "zhou", follows_oa=False)
    else:
        office.messenger.will(UNFOLLOWED)
    ledger = subscribe(office, "mp-zhou", Occasion.ASSIGNED, times=2)
    appeal = submitted(office)
    drain(office)
    assert sent(office)[-1] == ("subscribe", "mp-zhou", "assigned")
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.SENT]
    assert office.stores.consents.get(ledger).left == 1, "one accept is one send"


def test_each_channel_has_its_own_message_id(office: World) -> None:
    office.messenger.will(UNFOLLOWED)
    subscribe(office, "mp-zhou", Occasion.ASSIGNED)
    submitted(office)
    drain(office)
    assert len(set(message_ids(office))) == 2


def test_without_consent_nothing_is_tried_and_the_message_is_undelivered(office: World) -> None:
    office.messenger.will(UNFOLLOWED)
    appeal = submitted(office)
    drain(office)
    assert sent(office) == [("template", "oa-zhou", "assigned")]
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.UNDELIVERED]


def test_43101_empties_the_ledger(office: World) -> None:
    office.messenger.will(UNFOLLOWED, Refused(Fault.UNREACHABLE, "43101"))
    ledger = subscribe(office, "mp-zhou", Occasion.ASSIGNED, times=3)
    appeal = submitted(office)
    drain(office)
    assert office.stores.consents.get(ledger).left == 0
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.UNDELIVERED]


def test_a_failure_that_is_not_about_consent_costs_none(office: World) -> None:
    office.messenger.will(UNFOLLOWED, Retry("-1"), Sent())
    ledger = subscribe(office, "mp-zhou", Occasion.ASSIGNED, times=2)
    submitted(office)
    drain(office)
    assert office.stores.consents.get(ledger).left == 2
    office.clock.advance(minutes=1)
    drain(office)
    assert office.stores.consents.get(ledger).left == 1


@pytest.mark.parametrize("fault", [Fault.QUOTA, Fault.TEMPLATE])
def test_a_channel_that_is_shut_today_gives_way_to_the_next(office: World, fault: Fault) -> None:
    office.messenger.will(Refused(fault, "45009"))
    subscribe(office, "mp-zhou", Occasion.ASSIGNED)
    submitted(office)
    drain(office)
    assert [channel for channel, *_ in sent(office)] == ["template", "subscribe"]


def test_a_resident_hears_by_subscription_only(office: World) -> None:
    subscribe(office, "mp-resident", Occasion.PROMISED)
    appeal = promise(office, "zhou", submitted(office))
    drain(office)
    assert ("subscribe", "mp-resident", "promised") in sent(office)
    assert office.messenger.sent[-1].message.page == f"pages/appeal/appeal?id={appeal.id}"
    again = promise(office, "zhou", submitted(office))
    drain(office)
    assert statuses(office, again, Role.RESIDENT) == [Status.UNDELIVERED], "the one accept is used up"


def test_when_nobody_is_bound_to_the_post_the_message_is_undelivered(office: World) -> None:
    change_person(office, "zhou", bindings=())
    appeal = submitted(office)
    drain(office)
    assert sent(office) == [] and statuses(office, appeal, Role.OFFICIAL) == [Status.UNDELIVERED]


def test_whoever_took_over_the_post_hears_instead(office: World) -> None:
    submitted(office)
    change_person(office, "zhou", bindings=())
    change_person(office, "wei", bindings=(Binding(Role.OFFICIAL, "education", office.clock.now()),))
    drain(office)
    assert sent(office) == [("template", "oa-wei", "assigned")]
