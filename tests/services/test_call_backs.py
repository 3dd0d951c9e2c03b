"""Call-backs, and appeals that unanswered calls become: one of each per missed call, in any race."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.appeal import Appeal, State
from app.domain.call import Call, CallOutcome
from app.domain.errors import Conflict, Reason, RuleBroken
from app.domain.intake import LONGEST_TITLE
from app.services.appeals.calls import PAGE, my_calls, read_call, record_call, suspects_not_answering
from app.services.people.erasing import erase
from app.services.ports.basics import Duplicate
from app.services.rosters.directory import Directory
from app.services.world import World
from tests.domain.factories import refused
from tests.services.factories import an_official, fresh, person, submitted, withdraw
from tests.services.races import Meeting, at_once

BUSY, NO_ANSWER, BACK = CallOutcome.BUSY, CallOutcome.NO_ANSWER, CallOutcome.CALLED_BACK


def call(
    world: World, outcome: CallOutcome = NO_ANSWER, by: str = "resident", to: str = "education", key: str = ""
) -> Call:
    """A recorded call; then a minute passes."""
    recorded = record_call(world, Directory(world), person(world, by), to, outcome, key)
    world.clock.advance(minutes=1)
    return recorded


def test_a_call_back_finds_its_missed_call_and_says_whether_it_was_in_time(world: World) -> None:
    missed = call(world)
    world.clock.advance(hours=2)
    back = call(world, BACK)
    assert (back.answers_call_id, back.missed_at) == (missed.id, missed.at)
    for recorded in (missed, back):
        assert read_call(world, recorded).returned is True
    assert read_call(world, missed).other == back
    late = call(world)
    world.clock.advance(days=3)
    call(world, BACK)
    assert read_call(world, late).returned is False


def test_a_call_back_out_of_the_blue_is_recorded_as_it_is(world: World) -> None:
    call(world, to="roads")
    call(world, by="neighbour")
    call(world, CallOutcome.OTHER_PERSON)
    back = call(world, BACK)
    assert (back.answers_call_id, back.missed_at, read_call(world, back).returned) == ("", None, None)


def test_the_same_call_back_sent_twice_is_one(world: World) -> None:
    earlier, missed = call(world), call(world)
    first = call(world, BACK, key="k")
    assert call(world, BACK, key="k") == first
    assert first.answers_call_id == missed.id
    assert read_call(world, earlier).returned is None


def test_two_call_backs_at_once_never_answer_the_same_call(world: World) -> None:
    first, second = call(world), call(world)
    world.stores.calls.before_write = Meeting()
    backs = at_once(*[lambda: call(world, BACK)] * 2)
    assert {back.answers_call_id for back in backs} == {first.id, second.id}
    world.stores.calls.before_write = None
    assert call(world, BACK).answers_call_id == ""


def test_one_missed_call_and_two_call_backs_at_once(world: World) -> None:
    missed = call(world)
    world.stores.calls.before_write = Meeting()
    backs = at_once(*[lambda: call(world, BACK)] * 2)
    assert sorted(back.answers_call_id for back in backs) == ["", missed.id]


def test_it_gives_up_rather_than_trying_for_ever(world: World) -> None:
    call(world)

    def taken(_: object) -> None:
        raise Duplicate

    world.stores.calls.before_write = taken
    with pytest.raises(Conflict):
        call(world, BACK)


def test_my_calls_by_pages(world: World) -> None:
    recorded = [call(world, to=to) for _ in range(PAGE) for to in ("education", "roads")]
    call(world, by="neighbour")
    resident = person(world, "resident")
    first = my_calls(world, resident, "", None)
    second = my_calls(world, resident, "", first.next)
    assert [reading.call for reading in first.items + second.items] == recorded[::-1]
    assert second.next is None
    roads = my_calls(world, resident, "roads", None)
    assert ([reading.call for reading in roads.items], roads.next) == (recorded[:0:-2], None)


def from_call(world: World, made: Call, **draft: object) -> Appeal:
    return submitted(world, **({"call_id": made.id, "title": ""} | draft))


def test_an_unanswered_call_becomes_an_appeal(world: World) -> None:
    missed = call(world)
    appeal = from_call(world, missed)
    assert (appeal.call_id, appeal.title, appeal.state) == (missed.id, "电话未接通：局长 周文清", State.ASSIGNED)
    assert from_call(world, call(world, BUSY), title="没有路灯").title == "没有路灯"
    (again, once) = my_calls(world, person(world, "resident"), "", None).items
    assert once.appeal_id == appeal.id and again.appeal_id not in {"", appeal.id}


def test_a_very_long_post_does_not_stand_in_the_way(world: World) -> None:
    world.stores.officials.put(an_official(post="局长" * 40))
    assert len(from_call(world, call(world)).title) == LONGEST_TITLE


def test_only_ones_own_missed_call_to_this_official(world: World) -> None:
    for made in (call(world, by="neighbour"), call(world, to="roads")):
        with refused(Reason.NO_SUCH_CALL):
            from_call(world, made)
    with refused(Reason.NO_SUCH_CALL):
        submitted(world, call_id="nothing")
    for outcome in set(CallOutcome) - {BUSY, NO_ANSWER}:
        with refused(Reason.CALL_NOT_MISSED):
            from_call(world, call(world, outcome))
    assert not world.stores.appeals.kept


def test_a_call_becomes_one_appeal_whatever_came_of_it(world: World) -> None:
    missed = call(world)
    appeal = from_call(world, missed, key="k")
    assert from_call(world, missed, key="k").id == appeal.id, "a repetition of the request is the same appeal"
    withdraw(world, "resident", appeal)
    with refused(Reason.CALL_HAS_APPEAL) as caught:
        from_call(world, missed)
    assert caught.value.detail == {"appeal": appeal.code}


def test_two_appeals_from_one_call_at_once(world: World) -> None:
    missed = call(world)
    world.stores.appeals.before_write = Meeting()
    one, other = at_once(*[lambda: from_call(world, missed)] * 2)
    appeal, refusal = (one, other) if isinstance(one, Appeal) else (other, one)
    assert isinstance(refusal, RuleBroken) and refusal.reason is Reason.CALL_HAS_APPEAL
    assert list(world.stores.appeals.kept) == [appeal.id]


def test_the_call_stays_with_the_appeal_after_erasure(world: World) -> None:
    """It says only that somebody called and nobody answered: what the city did."""
    appeal = from_call(world, call(world))
    withdraw(world, "resident", appeal)
    erase(world, person(world, "resident"))
    assert fresh(world, appeal).call_id


def test_three_callers_whom_nobody_answered_are_suggested_to_a_person(world: World) -> None:
    missed = [call(world, by=who).id for who in ("resident", "neighbour")]
    assert suspects_not_answering(world, ["education"]) == []
    world.clock.advance(days=3)
    missed.append(call(world, BUSY, by="xie").id)
    call(world, CallOutcome.IN_PERSON, by="neighbour", to="roads")
    (found,) = suspects_not_answering(world, ["education"])
    assert list(found.call_ids) == missed
    assert suspects_not_answering(world, ["roads"]) == []
    world.clock.advance(timedelta(days=5))
    assert suspects_not_answering(world, ["education"]) == []
