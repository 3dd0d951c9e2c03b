"""The contracts of calls with their call-backs, of appeals made from calls or posters, and of scans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.call import Call, CallOutcome
from app.domain.organisation import Organisation
from app.services.ports.basics import Duplicate
from app.services.ports.calls import VisitCount
from app.services.world import Stores
from tests.engines import Workbench

from .samples import NOW, appeal, hours

BUSY, BACK = CallOutcome.BUSY, CallOutcome.CALLED_BACK


def call(id: str, hour: float = 0, official: str = "o1", account: str = "a", **changes: Any) -> Call:
    return replace(Call(id, account, official, BUSY, hours(hour)), **changes)


def back(id: str, hour: float, answers: str) -> Call:
    return call(id, hour, outcome=BACK, answers_call_id=answers, missed_at=NOW if answers else None)


def test_a_missed_call_has_one_call_back(stores: Stores) -> None:
    first, plain = back("b1", 1, "c1"), back("b3", 3, "")
    for one in (call("c1"), call("c2"), first, plain, back("b4", 4, "")):
        stores.calls.add(one)
    with pytest.raises(Duplicate):
        stores.calls.add(back("b2", 2, "c1"))
    stores.calls.add(back("b2", 2, "c2"))
    assert stores.calls.get("b1") == first and stores.calls.get("b3") == plain
    assert {one.id for one in stores.calls.answering(["c1", "c2", "c9", "c1"])} == {"b1", "b2"}
    assert list(stores.calls.answering([])) == list(stores.calls.answering(["", "b1"])) == []


def test_what_an_operator_took_down_is_kept_whole(stores: Stores) -> None:
    taken = call("t1", by_operators=True, registered_by="officer", registrar="某人（工号 807）", note="只要号码")
    stores.calls.add(taken)
    assert stores.calls.get("t1") == taken
    assert list(stores.calls.recorded(NOW, None, "o1")) == [taken]


def test_a_call_of_an_earlier_version_reads_as_its_callers_own(bench: Workbench) -> None:
    stores, taken = bench.stores(), call("t1", registered_by="officer", registrar="某人", note="只要号码")
    stores.calls.add(taken)
    (document,) = bench.database["calls"].find()
    assert "只要号码" not in str(document), "somebody's words are under the cipher"
    for name in ("by_operators", "registered_by", "registrar", "note"):
        document.pop(name, None)
    bench.database["calls"].replace_one({"_id": "t1"}, document)
    assert stores.calls.get("t1") == call("t1")


def test_the_newest_calls_say_which_of_them_operators_were_to_take(stores: Stores) -> None:
    for one in (call("c1"), call("c2", by_operators=True, at=NOW + timedelta(seconds=1))):
        stores.calls.add(one)
    assert [(one.id, one.by_operators) for one in stores.calls.newest(NOW, 9)] == [("c2", True), ("c1", False)]
    assert [one.id for one in stores.calls.newest(NOW, 1)] == ["c2"]


def test_a_callers_calls_by_pages_newest_first(stores: Stores) -> None:
    """Three at the same millisecond, then one a millisecond later: no page loses or repeats one."""
    moment = timedelta(milliseconds=1)
    calls = [call(id, official=official) for id, official in (("c3", "o1"), ("c1", "o2"), ("c2", "o1"))]
    calls.append(call("c0", at=NOW + moment))
    for one in (*calls, call("other", account="b")):
        stores.calls.add(one)
    seen: list[str] = []
    after = None
    while found := stores.calls.of_caller("a", "", after, 1):
        seen += [one.id for one in found]
        after = found[-1].at, found[-1].id
    assert seen == ["c0", "c3", "c2", "c1"]
    assert [one.id for one in stores.calls.of_caller("a", "o1", None, 9)] == ["c0", "c3", "c2"]
    assert [one.id for one in stores.calls.of_caller("a", "o1", (NOW, "c3"), 9)] == ["c2"]
    assert list(stores.calls.of_caller("c", "", None, 9)) == []


def test_a_call_becomes_one_appeal(stores: Stores) -> None:
    firm = Organisation("示例公司", "91350100M000100Y43")
    made = appeal(1, call_id="c1", organisation=firm)
    for one in (made, appeal(2), appeal(3), appeal(4, call_id="c4")):
        stores.appeals.add(one)
    with pytest.raises(Duplicate):
        stores.appeals.add(appeal(5, call_id="c1"))
    assert list(stores.appeals.of_calls(["c1", "c2", "c1"])) == [made]
    assert list(stores.appeals.of_calls([])) == list(stores.appeals.of_calls([""])) == []


def test_sources_of_appeals_in_a_window(stores: Stores) -> None:
    for number, (source, hour, slug) in enumerate(
        [("HALL", 3, "x"), ("", 2, "x"), ("BUS", 1, "x"), ("HALL", 1, "y"), ("HALL", 0.999, "x"), ("HALL", 4, "x")]
    ):
        stores.appeals.add(appeal(number, source=source, submitted_at=hours(hour), roster=slug))
    assert list(stores.appeals.sources("x", hours(1), hours(4))) == [("BUS", hours(1)), ("HALL", hours(3))]
    assert list(stores.appeals.sources("none", hours(0), hours(9))) == []


def test_scans_by_day_and_place(stores: Stores) -> None:
    def count(source: str, day: int, slug: str = "x", **changes: Any) -> VisitCount:
        new = VisitCount(f"{slug}:{source}:{day}", 1, slug, source, date(2026, 3, day), 1, ("k",))
        return replace(new, **changes)

    for one in (count("HALL", 10), count("BUS", 10), count("HALL", 9), count("HALL", 11), count("HALL", 10, "y")):
        stores.visits.add(one)
    with pytest.raises(Duplicate):
        stores.visits.add(count("BUS", 10))
    more = count("BUS", 10, version=2, visits=2)
    assert stores.visits.replace(more)
    assert not stores.visits.replace(more)
    assert stores.visits.get("x:BUS:10") == more
    found = stores.visits.of_roster("x", date(2026, 3, 9), date(2026, 3, 10))
    assert list(found) == [count("HALL", 9), more, count("HALL", 10)]
    assert list(stores.visits.of_roster("x", date(2026, 3, 12), date(2026, 4, 1))) == []
