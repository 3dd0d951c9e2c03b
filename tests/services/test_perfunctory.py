"""The search for perfunctory answers: each finding once, whatever crashes, and decided by people only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.errors import Reason
from app.domain.perfunctory import Flag, FlagDecision, FlagReason
from app.services.evidence import perfunctory
from app.services.ports.basics import StoreAway
from app.services.world import World
from tests.domain.factories import refused

from .factories import answer, sign, submitted

STOCK = "您反映的问题已收悉，我单位高度重视，将尽快处理，感谢您的关注。"
PROPER = "小区东门三盏路灯的电缆老化，施工队昨天换好了，请您今晚再看看。"


def answered(world: World, text: str = STOCK, by: str = "zhou", post: str = "education") -> str:
    appeal = submitted(world, official_id=post)
    sign(world, by, appeal)
    answer(world, by, appeal, text=text)
    world.clock.advance(minutes=1)
    return appeal.id


def find(world: World) -> int:
    """After the minutes in which a slow write may still appear."""
    world.clock.advance(minutes=10)
    return perfunctory.find(world)


def flags(world: World) -> list[Flag]:
    return list(perfunctory.undecided(world, "city"))


def test_three_same_answers_and_a_short_one_are_found_once(world: World) -> None:
    same = [answered(world) for _ in range(3)]
    answered(world, PROPER)
    short = answered(world, "已处理。")
    assert find(world) == 2
    assert {(flag.reason, flag.appeal_ids) for flag in flags(world)} == {
        (FlagReason.SAME_TEXT, tuple(same)),
        (FlagReason.SHORT, (short,)),
    }
    assert (find(world), find(world)) == (0, 0)


def test_codes_and_numbers_in_the_text_hide_nothing_and_staff_answer_for_the_post(world: World) -> None:
    ids = [answered(world, f"{n}、{STOCK}（20260302-7K4M{n}P）", by) for n, by in enumerate(("zhou", "aide", "zhou"))]
    assert find(world) == 1
    assert (flags(world)[0].official_id, flags(world)[0].appeal_ids) == ("education", tuple(ids))


def test_the_same_words_of_several_officials_are_no_finding(world: World) -> None:
    for by, post in (("zhou", "education"), ("zhou", "education"), ("wei", "mayor"), ("xie", "roads")):
        answered(world, STOCK, by, post)
    assert find(world) == 0


def test_further_ones_join_the_flag_and_after_a_decision_make_a_new_one(world: World) -> None:
    first = [answered(world) for _ in range(3)]
    find(world)
    first.append(answered(world))
    assert find(world) == 1
    (flag,) = flags(world)
    assert flag.appeal_ids == tuple(first)
    perfunctory.decide(world, flag.id, FlagDecision.DISMISSED, "统一停水通知", "督查室 李")
    second = [answered(world) for _ in range(2)]
    assert find(world) == 0
    second.append(answered(world))
    assert find(world) == 1
    (other,) = flags(world)
    assert other.id != flag.id and other.appeal_ids == tuple(second)


def test_ninety_days_apart_is_too_far(world: World) -> None:
    answered(world)
    answered(world)
    find(world)
    world.clock.advance(days=91)
    answered(world)
    assert find(world) == 0


def test_slowly_gathering_ones_are_found_over_weeks(world: World) -> None:
    ids = []
    for _ in range(3):
        ids.append(answered(world))
        found = find(world)
        world.clock.advance(days=30)
    assert found == 1 and flags(world)[0].appeal_ids == tuple(ids)


def test_downtime_loses_nothing_and_finds_nothing_twice(world: World) -> None:
    assert find(world) == 0
    for _ in range(3):
        answered(world)
        world.clock.advance(days=10)
    world.clock.advance(days=120)
    assert find(world) == 1
    assert find(world) == 0


def test_what_is_answered_this_very_minute_is_looked_at_next_time(world: World) -> None:
    answered(world, "好的")
    assert perfunctory.find(world) == 0
    assert find(world) == 1


def test_an_outage_in_the_middle_goes_on_where_it_was(world: World) -> None:
    for _ in range(3):
        answered(world, "收到")

    def fail_once(_: Flag) -> None:
        world.stores.perfunctory_flags.before_write = None
        raise StoreAway

    world.stores.perfunctory_flags.before_write = fail_once
    with pytest.raises(StoreAway):
        find(world)
    find(world)
    assert sorted(flag.reason for flag in flags(world)) == ["same_text", "short", "short", "short"]


def test_a_crash_before_the_mark_repeats_without_harm(world: World) -> None:
    for _ in range(4):
        answered(world)
    find(world)
    before = flags(world)
    world.stores.marks.kept.clear()
    assert find(world) == 0
    assert flags(world) == before


def test_one_answer_that_fails_hides_no_other(world: World) -> None:
    bad, good = answered(world, "收到"), answered(world, "好的")

    def fail(flag: Flag) -> None:
        if bad in flag.appeal_ids:
            raise ValueError

    world.stores.perfunctory_flags.before_write = fail
    assert find(world) == 1
    assert flags(world)[0].appeal_ids == (good,)
    assert world.alerts.raised == [("perfunctory_failed", {"appeal": bad, "error": "ValueError"})]


def test_more_than_one_page_is_gone_through(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.scanning.AT_ONCE", 2)
    monkeypatch.setattr(perfunctory, "MARK_EVERY", 2)
    ids = [answered(world) for _ in range(7)]
    find(world)
    assert flags(world)[0].appeal_ids == tuple(ids)


def test_an_older_answer_of_a_reopened_appeal_counts(world: World) -> None:
    """The appeal's place in the scan is that of its newest answer."""
    ids = [answered(world) for _ in range(3)]
    reopened = world.stores.appeals.get(ids[0])
    assert reopened is not None
    newer = replace(reopened.answers[0], text=PROPER, at=world.clock.now() + timedelta(minutes=1))
    world.stores.appeals.replace(replace(reopened, version=reopened.version + 1, answers=(*reopened.answers, newer)))
    assert find(world) == 1
    assert set(flags(world)[0].appeal_ids) == set(ids)


def test_a_person_decides_once(world: World) -> None:
    answered(world, "收到")
    answered(world, "好的")
    find(world)
    one, other = flags(world)
    confirmed = perfunctory.decide(world, one.id, FlagDecision.CONFIRMED, "答非所问", "督查室 李")
    perfunctory.decide(world, other.id, FlagDecision.DISMISSED, "已当面说明", "督查室 李")
    assert flags(world) == []
    assert (confirmed.is_verified, confirmed.decided_by, confirmed.text) == (True, "督查室 李", "答非所问")
    with refused(Reason.FLAG_DECIDED):
        perfunctory.decide(world, one.id, FlagDecision.DISMISSED, "算了", "王")
    with refused(Reason.NO_SUCH_FLAG):
        perfunctory.decide(world, "short:nothing:1", FlagDecision.DISMISSED, "没有", "王")


def test_the_list_goes_on_after_its_last_flag(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(perfunctory, "PAGE", 2)
    for _ in range(3):
        answered(world, "收到")
    find(world)
    first = flags(world)
    rest = perfunctory.undecided(world, "city", (first[-1].found_at, first[-1].id))
    assert len(first) == len(rest) == 2
    assert len({flag.id for flag in (*first, *rest)}) == 4
    assert list(perfunctory.undecided(world, "elsewhere")) == []
