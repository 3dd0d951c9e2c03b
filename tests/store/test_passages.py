"""The contract of the dashboards' reads, and that none of them opens a document of an appeal it only counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.appeal import Answer, AnswerOutcome, Assignment, Kind, State
from app.domain.notification import Role
from app.domain.passage import Measure, Passage, Stage
from app.domain.timeline import SYSTEM, Actor, Deed, Entry
from app.services.ports.flows import DayFlow, Standing
from app.services.world import Stores
from app.store import MongoStores
from tests.engines import Workbench

from .plans import explained, used
from .samples import NOW, answered, appeal, assigned, hours, supervised

MILLISECOND = timedelta(milliseconds=1)
ROSTER = "bozhou-81"
BY = Actor(Role.OFFICIAL, "account", "周文清", "o1")


def said(*times: Any) -> tuple[Answer, ...]:
    return tuple(Answer("已处理", AnswerOutcome.SOLVED, BY, at, 1) for at in times)


def test_where_everything_stands_that_was_submitted_in_a_window(stores: Stores) -> None:
    for number, at in enumerate((NOW - MILLISECOND, NOW, hours(1), hours(2)), 1):
        stores.appeals.add(appeal(number, submitted_at=at))
    stores.appeals.add(assigned(5, submitted_at=hours(1.5), kind=Kind.COMPLAINT))
    stores.appeals.add(appeal(6, submitted_at=hours(1), roster="other"))
    waiting = Passage(Kind.REQUEST, State.SUBMITTED, Stage.SUBMITTED)
    contacted = Passage(Kind.COMPLAINT, State.IN_PROGRESS, Stage.CONTACTED)
    assert list(stores.passages.submitted(ROSTER, NOW, hours(2))) == [waiting, waiting, contacted]
    assert list(stores.passages.submitted("nowhere", NOW, hours(2))) == []


def test_an_appeal_counts_once_on_the_day_of_its_newest_answer(stores: Stores) -> None:
    stores.appeals.add(answered(1, answers=said(NOW, hours(30))))
    stores.appeals.add(answered(2, answers=said(hours(1))))
    stores.appeals.add(answered(3, answers=said(NOW - MILLISECOND)))
    stores.appeals.add(assigned(4))
    assert stores.passages.answered(ROSTER, NOW, hours(24)) == 1
    assert stores.passages.answered(ROSTER, NOW - MILLISECOND, hours(48)) == 3


def test_what_is_open_now_with_its_deadline_and_who_has_it(stores: Stores) -> None:
    stores.appeals.add(assigned(1, "o2", hours(5)))
    stores.appeals.add(supervised(2, hours(1), assignment=Assignment(1, "o1", NOW, ())))
    stores.appeals.add(appeal(3))
    stores.appeals.add(appeal(4, state=State.CONCLUDED))
    stores.appeals.add(appeal(5, roster="other"))
    found = {(one.due_at, one.official_id, one.passage) for one in stores.passages.open_now(ROSTER)}
    assert found == {
        (hours(5), "o2", Passage(Kind.REQUEST, State.IN_PROGRESS, Stage.CONTACTED)),
        (NOW, "o1", Passage(Kind.REQUEST, State.IN_PROGRESS, Stage.ASSIGNED, supervised=True)),
        (None, "", Passage(Kind.REQUEST, State.SUBMITTED, Stage.SUBMITTED)),
    }


def test_what_was_done_is_counted_by_its_day_not_by_the_last_one(stores: Stores) -> None:
    entries = [Entry(n, hours(24 * n), SYSTEM, Deed.URGE) for n in range(1, 4)]
    held = Entry(9, hours(96), BY, Deed.INTERVIEW, outcome="held")
    stores.appeals.add(appeal(1, timeline=(*appeal().timeline, *entries, held)))
    stores.appeals.add(appeal(2, timeline=(Entry(1, hours(24), BY, Deed.INTERVIEW, outcome="dismissed"),)))
    stores.appeals.add(appeal(3))
    second, third = date(2026, 3, 3), date(2026, 3, 4)
    assert sorted(stores.passages.measures(ROSTER, second, third)) == [
        Measure.DISMISSED,
        Measure.URGED,
        Measure.URGED,
    ]
    assert list(stores.passages.measures(ROSTER, date(2026, 3, 6), date(2026, 3, 6))) == [Measure.HELD]
    assert list(stores.passages.measures("other", second, third)) == []


def test_the_flows_of_some_days(stores: Stores) -> None:
    standings = (Standing(Kind.REQUEST, State.ANSWERED, Stage.RATED, 3),)
    flows = [DayFlow(f"a 2026-03-{day:02}", "a", date(2026, 3, day), standings, day) for day in (4, 2, 3)]
    for flow in flows:
        stores.day_flows.put(flow)
    stores.day_flows.put(replace(flows[0], id="b 2026-03-04", roster="b"))
    assert [flow.day.day for flow in stores.day_flows.between("a", date(2026, 3, 2), date(2026, 3, 3))] == [2, 3]
    assert stores.day_flows.get("a 2026-03-04") == flows[0]
    stores.day_flows.put(replace(flows[0], answered=9))
    (changed,) = stores.day_flows.between("a", date(2026, 3, 4), date(2026, 3, 9))
    assert changed.answered == 9


MIDDLE = date(2026, 3, 12), date(2026, 3, 13)
COVERED: dict[str, tuple[Callable[[MongoStores], Any], str]] = {
    "submitted": (lambda s: s.passages.submitted(ROSTER, hours(100), hours(120)), "passages"),
    "answered": (lambda s: s.passages.answered(ROSTER, hours(100), hours(150)), "answered"),
    "open_now": (lambda s: s.passages.open_now("small"), "open_passages"),
}


@pytest.fixture(scope="module")
def filled(real_bench: Workbench) -> Iterator[MongoStores]:
    real_bench.empty()
    stores = real_bench.stores()
    for number in range(300):
        changes: dict[str, Any] = {"submitted_at": hours(number)}
        if number % 3 == 0:
            stores.appeals.add(answered(number, "o1", answers=said(hours(number)), **changes))
        elif number % 3 == 1:
            urged = Entry(2, hours(number), SYSTEM, Deed.URGE)
            told = (*appeal().timeline, urged)
            small = "small" if number > 260 else ROSTER
            stores.appeals.add(assigned(number, "o1", hours(number), roster=small, timeline=told, **changes))
        else:
            stores.appeals.add(appeal(number, state=State.CONCLUDED, **changes))
    for number in range(40):
        day = date(2026, 3, 1) + timedelta(days=number)
        stores.day_flows.put(DayFlow(f"a {day}", "a", day))
    yield stores
    real_bench.empty()


@pytest.mark.parametrize("name", COVERED)
def test_counting_opens_no_document(monkeypatch: pytest.MonkeyPatch, filled: MongoStores, name: str) -> None:
    call, index = COVERED[name]
    plan = explained(monkeypatch, filled, call)
    ran = plan["executionStats"]
    assert used(plan) == {index}
    assert ran["nReturned"] > 5
    assert ran["totalDocsExamined"] == 0
    assert ran["totalKeysExamined"] <= ran["nReturned"] + 2


def test_measures_open_those_with_measures_since_then(monkeypatch: pytest.MonkeyPatch, filled: MongoStores) -> None:
    plan = explained(monkeypatch, filled, lambda s: s.passages.measures("small", *MIDDLE))
    assert used(plan) == {"measured"}
    assert plan["executionStats"]["totalDocsExamined"] == plan["executionStats"]["nReturned"] < 20


def test_flows_are_found_by_their_days(monkeypatch: pytest.MonkeyPatch, filled: MongoStores) -> None:
    plan = explained(monkeypatch, filled, lambda s: s.day_flows.between("a", *MIDDLE))
    assert used(plan) == {"of_roster"}
    assert plan["executionStats"]["totalDocsExamined"] == 2
