"""The contracts of spot checks, flags of perfunctory answers, marks, and the scans of appeals they are made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.domain.appeal import Answer, AnswerOutcome, Appeal, Kind
from app.domain.call import CallOutcome, CallVerdict
from app.domain.call_check import CallCheck, CallChecks, MissedCall
from app.domain.notification import Role
from app.domain.perfunctory import Flag, FlagDecision, FlagReason, answers_of
from app.domain.sampling import Candidate, freeze
from app.domain.spot_check import Draw, Result, Verdict, draw
from app.domain.timeline import Actor
from app.services.ports.basics import Duplicate, Position
from app.services.ports.evidence import Mark
from app.services.world import Stores

from .samples import NOW, answered, appeal, hours

TICK = timedelta(milliseconds=1)
LIST = freeze([Candidate(f"a{n}", "市领导", Kind.REQUEST) for n in range(9)])


def spot_check(number: int = 1, at: datetime = NOW, roster: str = "city") -> Draw:
    return draw(LIST, roster, NOW, hours(24), number, 3, "03 08 11", "公告", "李", at)


def result(of: Draw, number: int = 1, at: datetime = NOW, corrects: str = "") -> Result:
    appeal_id = of.sample[0]
    id = f"{of.id}:{appeal_id}:{number}"
    return Result(id, of.id, appeal_id, number, Verdict.CONFIRMED, "属实", "王", at, corrects)


def test_a_draw_its_list_and_its_results_come_back_whole(stores: Stores) -> None:
    one = spot_check()
    assert stores.spot_checks.get(one.id) is stores.spot_checks.frozen(LIST.id) is None
    stores.spot_checks.freeze(LIST)
    stores.spot_checks.freeze(LIST)
    stores.spot_checks.add(one)
    assert stores.spot_checks.get(one.id) == one
    assert stores.spot_checks.frozen(LIST.id) == LIST


def test_a_draw_and_a_result_are_never_overwritten(stores: Stores) -> None:
    one = spot_check()
    stores.spot_checks.add(one)
    stores.spot_checks.add_result(result(one))
    with pytest.raises(Duplicate):
        stores.spot_checks.add(replace(one, drawn_by="赵"))
    with pytest.raises(Duplicate):
        stores.spot_checks.add_result(replace(result(one), verdict=Verdict.CONTRADICTED))
    assert stores.spot_checks.get(one.id) == one
    assert list(stores.spot_checks.results_of(one.id)) == [result(one)]
    assert not {"replace", "put", "delete", "forget"} & set(dir(stores.spot_checks))


def test_draws_newest_first_and_results_in_order(stores: Stores) -> None:
    draws = [spot_check(number, hours(number)) for number in (1, 2, 3)]
    for one in (draws[1], draws[0], draws[2], spot_check(1, hours(9), "elsewhere")):
        stores.spot_checks.add(one)
    assert list(stores.spot_checks.of_roster("city", 2)) == [draws[2], draws[1]]
    first = result(draws[0])
    second = result(draws[0], 2, NOW + TICK, first.id)
    for one_result in (second, result(draws[1]), first):
        stores.spot_checks.add_result(one_result)
    assert list(stores.spot_checks.results_of(draws[0].id)) == [first, second]


def flag(name: str, at: datetime = NOW, **changes: Any) -> Flag:
    plain = Flag(name, 1, FlagReason.SAME_TEXT, "city", "o1", ("a1", "a2", "a3"), "hash", at, at)
    return replace(plain, **changes)


def test_flags_by_text_and_those_that_wait(stores: Stores) -> None:
    kept = [flag("f2", NOW + TICK), flag("f1", NOW), flag("f3", NOW + TICK)]
    others = [
        flag("f4", reason=FlagReason.SHORT),
        flag("f5", official_id="o2", roster="elsewhere"),
        flag("f6", text_hash="other"),
    ]
    for one in (*kept, *others):
        stores.perfunctory_flags.add(one)
    assert [one.id for one in stores.perfunctory_flags.of_text("o1", "hash")] == ["f1", "f2", "f3"]
    assert [one.id for one in stores.perfunctory_flags.undecided("city", None, 9)] == ["f1", "f4", "f6", "f2", "f3"]
    assert [one.id for one in stores.perfunctory_flags.undecided("city", (NOW + TICK, "f2"), 9)] == ["f3"]
    assert [one.id for one in stores.perfunctory_flags.undecided("city", (NOW, "f1"), 2)] == ["f4", "f6"]
    with pytest.raises(Duplicate):
        stores.perfunctory_flags.add(flag("f1"))


def test_a_decided_flag_waits_no_more_and_a_confirmed_one_until_it_is_suggested(stores: Stores) -> None:
    for name in ("f1", "f2", "f3"):
        stores.perfunctory_flags.add(flag(name))
    decided: dict[str, Any] = {"version": 2, "decided_by": "李", "decided_at": NOW, "text": "属实"}
    confirmed = flag("f1", decision=FlagDecision.CONFIRMED, **decided)
    assert stores.perfunctory_flags.replace(confirmed)
    assert not stores.perfunctory_flags.replace(confirmed)
    assert stores.perfunctory_flags.replace(flag("f2", decision=FlagDecision.DISMISSED, **decided))
    assert [one.id for one in stores.perfunctory_flags.undecided("city", None, 9)] == ["f3"]
    assert list(stores.perfunctory_flags.unsuggested(9)) == [confirmed]
    assert stores.perfunctory_flags.replace(replace(confirmed, version=3, suggested_at=NOW))
    assert list(stores.perfunctory_flags.unsuggested(9)) == []
    assert len(stores.perfunctory_flags.of_text("o1", "hash")) == 3


def test_a_mark_moves(stores: Stores) -> None:
    assert stores.marks.get("job") is None
    for at in (NOW, NOW + TICK):
        stores.marks.put(Mark("job", at))
        assert stores.marks.get("job") == Mark("job", at)


def said(number: int, *at: datetime, text: str = "已处理", by: str = "o1", **changes: Any) -> Appeal:
    """Answered at each of those times."""
    actor = Actor(Role.OFFICIAL, "account", "周文清", by)
    answers = tuple(Answer(text, AnswerOutcome.SOLVED, actor, moment, n) for n, moment in enumerate(at, 1))
    return answered(number, by, answers=answers, **changes)


Scan = Callable[[str, datetime, datetime, Position | None, int], Sequence[Appeal]]


def codes(scan: Scan, begin: datetime, end: datetime, size: int, moment: Callable[[Appeal], datetime]) -> list[str]:
    found: list[str] = []
    after: Position | None = None
    while page := scan("bozhou-81", begin, end, after, size):
        assert len(page) <= size
        found += [one.code for one in page]
        after = moment(page[-1]), page[-1].code
    return found


@pytest.mark.parametrize("size", [1, 2, 20])
def test_what_was_submitted_in_a_period_to_the_millisecond(stores: Stores, size: int) -> None:
    for number in range(8):
        stores.appeals.add(appeal(number, submitted_at=NOW + number // 2 * TICK))
    stores.appeals.add(appeal(90, submitted_at=NOW + TICK, roster="elsewhere"))
    found = codes(stores.appeals.submitted_between, NOW + TICK, NOW + 3 * TICK, size, lambda a: a.submitted_at)
    assert found == ["SQ0002", "SQ0003", "SQ0004", "SQ0005"]


@pytest.mark.parametrize("size", [1, 2, 20])
def test_what_was_answered_in_a_period_by_its_newest_answer(stores: Stores, size: int) -> None:
    for number in range(8):
        stores.appeals.add(said(number, hours(-9), NOW + number // 2 * TICK))
    stores.appeals.add(said(90, NOW + TICK, roster="elsewhere"))
    stores.appeals.add(appeal(91, submitted_at=NOW + TICK))
    found = codes(stores.appeals.answered_between, NOW + TICK, NOW + 3 * TICK, size, lambda a: a.answers[-1].at)
    assert found == ["SQ0002", "SQ0003", "SQ0004", "SQ0005"]


def test_the_same_words_of_the_same_official_are_found_newest_first(stores: Stores) -> None:
    for number in (1, 2, 3, 4):
        stores.appeals.add(said(number, NOW + number * TICK, text=f"已处理，{number}。"))
    stores.appeals.add(said(5, NOW + 2 * TICK, text="未处理"))
    stores.appeals.add(said(6, NOW + 2 * TICK, by="o2"))
    (answer,) = answers_of(said(1, NOW))

    def found(begin: datetime, end: datetime, limit: int = 9) -> list[str]:
        return [one.code for one in stores.appeals.with_answer(answer.key, begin, end, limit)]

    assert found(NOW, hours(1)) == ["SQ0004", "SQ0003", "SQ0002", "SQ0001"]
    assert found(NOW + 2 * TICK, NOW + 3 * TICK) == ["SQ0003", "SQ0002"]
    assert found(NOW, hours(1), 1) == ["SQ0004"]
    assert stores.appeals.replace(said(4, NOW + 4 * TICK, hours(2), text="另外的话", version=2))
    assert found(NOW, hours(1)) == ["SQ0003", "SQ0002", "SQ0001"]


def checks(official_id: str, *found: CallCheck, version: int = 1, roster: str = "city") -> CallChecks:
    return CallChecks(official_id, version, roster, found)


def call_check(number: int = 1, **changes: Any) -> CallCheck:
    calls = (MissedCall(f"call-{number}", NOW, CallOutcome.BUSY, 1, "王（801）"),)
    return replace(CallCheck(number, CallVerdict.TRUE, calls, "属实", "李", "li", NOW, "a1"), **changes)


def test_looks_into_missed_calls_by_official_by_roster_and_those_without_their_suggestion(stores: Stores) -> None:
    kept = stores.call_checks
    waits, elsewhere = checks("o2", call_check()), checks("o3", call_check(), roster="elsewhere")
    untrue = checks("o1", call_check(verdict=CallVerdict.UNTRUE, appeal_id=""))
    for one in (waits, untrue, elsewhere):
        kept.add(one)
    assert kept.get("o2") == waits
    assert {one.id for one in kept.some(["o1", "o2", "o9"])} == {"o1", "o2"}
    assert list(kept.some([])) == []
    assert {one.id for one in kept.of_roster("city")} == {"o1", "o2"}
    assert [one.id for one in kept.unsuggested(9)] == ["o2", "o3"]
    assert [one.id for one in kept.unsuggested(1)] == ["o2"]
    done = checks("o2", call_check(suggested_at=NOW, interview=1), version=2)
    assert kept.replace(done)
    assert not kept.replace(done)
    assert [one.id for one in kept.unsuggested(9)] == ["o3"]
    with pytest.raises(Duplicate):
        kept.add(waits)
