"""Calls that residents record, the consent ledger, quick replies, and the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.call import CallOutcome
from app.domain.consent import Report, Source
from app.domain.errors import Reason
from app.services.appeals.calls import record_call
from app.services.appeals.quick_replies import QUICK_REPLIES, quick_reply_text
from app.services.calendars import chinese_calendar
from app.services.people.subscriptions import consent_id, report_accepted
from app.services.rosters.directory import Directory
from app.services.world import World
from tests.domain.factories import refused
from tests.services.factories import person, submitted
from tests.services.races import Meeting, at_once


@pytest.mark.parametrize("outcome", CallOutcome)
def test_every_way_a_call_can_go_is_recorded(world: World, outcome: CallOutcome) -> None:
    call = record_call(world, Directory(world), person(world, "resident"), "roads", outcome, "")
    assert world.stores.calls.of_caller("resident", "", None, 9) == [call]
    assert (call.official_id, call.outcome, call.at) == ("roads", outcome, world.clock.now())


def test_the_same_key_is_the_same_call(world: World) -> None:
    directory, resident = Directory(world), person(world, "resident")
    first = record_call(world, directory, resident, "roads", CallOutcome.BUSY, "k")
    assert record_call(world, directory, resident, "roads", CallOutcome.NO_ANSWER, "k") == first
    for _ in range(2):
        record_call(world, directory, resident, "roads", CallOutcome.BUSY, "")
    assert len(world.stores.calls.kept) == 3


def test_whoever_acts_for_a_post_neither_calls_nor_writes_to_it(world: World) -> None:
    own = person(world, "zhou")
    post = next(iter(own.posts()))
    with refused(Reason.OWN_POST):
        record_call(world, Directory(world), own, post, CallOutcome.IN_PERSON, "")
    with refused(Reason.OWN_POST):
        submitted(world, by="zhou", official_id=post)
    assert not world.stores.calls.kept and not world.stores.appeals.kept


def test_a_call_to_who_is_not_published_is_not_recorded(world: World) -> None:
    world.stores.officials.put(replace(world.stores.officials.get("roads"), is_published=False))
    with refused(Reason.NO_SUCH_OFFICIAL):
        record_call(world, Directory(world), person(world, "resident"), "roads", CallOutcome.BUSY, "")
    assert not world.stores.calls.kept


def accept(world: World, *templates: str, key: str = "tap-1") -> dict[str, int]:
    return report_accepted(world, "mp-resident", templates, Report(Source.CLIENT, world.clock.now(), key))


def test_each_accept_allows_one_more_message_of_each_template(world: World) -> None:
    assert accept(world, "t1", "t2") == {"t1": 1, "t2": 1}
    assert accept(world, "t1", key="tap-2") == {"t1": 2}


def test_the_same_tap_reported_again_counts_once(world: World) -> None:
    assert accept(world, "t1") == accept(world, "t1") == {"t1": 1}


def test_the_event_of_a_tap_is_the_same_accept(world: World) -> None:
    accept(world, "t1")
    event = Report(Source.EVENT, world.clock.now() + timedelta(seconds=2), "event-1")
    assert report_accepted(world, "mp-resident", ["t1"], event) == {"t1": 1}


def test_two_first_accepts_at_once_are_both_counted(world: World) -> None:
    world.stores.consents.before_write = Meeting()
    at_once(lambda: accept(world, "t1"), lambda: accept(world, "t1", key="tap-2"))
    assert world.stores.consents.get(consent_id("mp-resident", "t1")).left == 2


def test_the_ledger_is_one_persons(world: World) -> None:
    accept(world, "t1")
    assert world.stores.consents.get(consent_id("mp-neighbour", "t1")) is None


@pytest.mark.parametrize("name", QUICK_REPLIES)
def test_a_quick_reply_is_the_templates_words_with_the_officials_own_behind(name: str) -> None:
    assert quick_reply_text(name, "") == QUICK_REPLIES[name]
    assert quick_reply_text(name, "下午三点前") == f"{QUICK_REPLIES[name]}\n下午三点前"
    assert quick_reply_text("", "下午三点前") == "下午三点前"


def test_an_unknown_quick_reply_is_refused_with_the_known_ones() -> None:
    with refused(Reason.BAD_REQUEST) as caught:
        quick_reply_text("sleeping", "")
    assert caught.value.detail["choices"] == sorted(QUICK_REPLIES)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-02-14", True),
        ("2026-02-15", False),
        ("2026-02-17", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-03-02", True),
        ("2026-03-07", False),
        ("2026-10-01", False),
    ],
)
def test_the_calendar_follows_the_state_councils_notice(day: str, worked: bool) -> None:
    assert chinese_calendar().is_workday(date.fromisoformat(day)) is worked


def test_the_calendar_knows_which_years_are_announced() -> None:
    published = chinese_calendar().published_years
    assert {2022, 2023, 2024, 2025, 2026} <= published and 2039 not in published
