"""What a dashboard shows in lines adds up to what it says at its head, whatever there is to count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.appeal import Kind, State
from app.domain.figures import Tally
from app.domain.overview import Load, Today
from app.domain.passage import Passage, Stage
from app.domain.workday import WorkdayCalendar
from app.services.figures.dashboards import gather
from app.services.figures.sums import Gathered, summary
from app.services.figures.today import today
from app.services.ports.figures import DailyTally, MatterTally
from app.services.ports.flows import DayFlow, MatterCount, OpenAppeal, Standing
from app.services.world import World
from app.web.presenters import overview as tables
from app.web.presenters.now import in_one_sentence
from tests.domain.factories import PATIENT
from tests.services.factories import OFFICIALS, a_roster, a_world, submitted
from tests.services.marches import an_officer

NOW = datetime(2026, 4, 1, 4, tzinfo=UTC)
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
DAYS = st.dates(FIRST, LAST)
COUNTS = st.integers(0, 30)
MATTERS = st.sampled_from(("水电气热", "教育", ""))
IDS = tuple(official.id for official in OFFICIALS)
DUES = st.none() | st.integers(-72, 72).map(lambda hours: NOW + timedelta(hours=hours))
PASSAGES = st.builds(
    Passage, st.sampled_from(Kind), st.sampled_from(State), st.sampled_from(Stage), st.booleans(), st.booleans()
)
OPEN = st.builds(OpenAppeal, DUES, st.sampled_from(("", "gone", *IDS)), PASSAGES)


@st.composite
def dailies(draw: Any) -> DailyTally:
    due, in_time = sorted((draw(COUNTS), draw(COUNTS)), reverse=True)
    holder = draw(st.sampled_from(("周文清", "吴敏")))
    tally = Tally(contacts_due=due, contacted_in_time=in_time, answers_due=due, answered_in_time=in_time)
    matter = (MatterTally(draw(MATTERS), due, in_time),)
    return DailyTally("", draw(DAYS), draw(st.sampled_from(IDS)), "", "", holder, tally, matters=matter)


@st.composite
def flows(draw: Any) -> tuple[DayFlow, ...]:
    """One for each day, as they are kept."""
    found = []
    for day in draw(st.sets(DAYS, max_size=6)):
        standing = st.builds(Standing, st.sampled_from(Kind), st.sampled_from(State), st.sampled_from(Stage), COUNTS)
        standings = tuple(draw(st.lists(standing, max_size=5)))
        matters = (MatterCount(draw(MATTERS), sum(one.count for one in standings)),)
        found.append(DayFlow("", "city", day, standings, draw(COUNTS), matters))
    return tuple(found)


def gathered(found: Iterable[DailyTally] = (), told: tuple[DayFlow, ...] = ()) -> Gathered:
    days = (FIRST, LAST, date(2026, 1, 31), date(2026, 3, 1))
    return Gathered(a_roster(), OFFICIALS, *days, tuple(found), told, NOW, WorkdayCalendar())


def now_with(open_now: list[OpenAppeal]) -> Today:
    world: Any = a_world()
    world.clock.set(NOW)
    world.stores.passages.open_now = lambda _: open_now
    return today(world, an_officer(), gathered())


@PATIENT
@given(st.lists(OPEN, max_size=40))
def test_what_is_open_adds_up_over_groups_and_officials(open_now: list[OpenAppeal]) -> None:
    now = now_with(open_now)
    whole = now.standing
    for lines in (now.groups, now.officials):
        every = (*lines, now.unassigned, now.elsewhere)
        sums = tuple(sum(numbers) for numbers in zip(*((o.open, o.due_today, o.overdue) for o in every), strict=True))
        assert sums == (whole.open, whole.due_today, whole.overdue)
    assert sum(whole.by_state.values()) == whole.open
    for of_groups in (True, False):
        shown: Sequence[Any] = tables.load_table(now, of_groups).rows
        *rows, last = shown
        assert [sum(row[place] for row in rows) for place in (-3, -2, -1)] == list(last[-3:])
        assert (last[0], *last[-3:]) == ("合计", whole.open, whole.due_today, whole.overdue)


def test_what_nobody_has_yet_has_its_line() -> None:
    waiting = Passage(Kind.REQUEST, State.SUBMITTED, Stage.SUBMITTED)
    assigned = replace(waiting, state=State.ASSIGNED, stage=Stage.ASSIGNED)
    late = NOW - timedelta(hours=1)
    now = now_with([OpenAppeal(late, "", waiting), OpenAppeal(None, "mayor", assigned)])
    assert now.unassigned == Load("", "", 1, 0, 1)
    rows = tables.load_table(now, of_groups=True).rows
    assert rows == (("市领导", 1, 0, 0), ("市直部门", 0, 0, 0), ("未交办", 1, 0, 1), ("合计", 2, 0, 1))
    assert in_one_sentence(now) == "现在在办 2 件，其中 1 件已逾期（1 件还没有交办）。"
    gone = now_with([OpenAppeal(late, "gone", assigned)])
    assert ("已不在名册", 1, 0, 1) in tables.load_table(gone, of_groups=True).rows


@PATIENT
@given(st.lists(dailies(), max_size=20))
def test_what_fell_due_adds_up_over_groups_officials_steps_and_matters(found: list[DailyTally]) -> None:
    one = summary(gathered(found))
    for name in ("response", "on_time"):
        whole = one.now.rates[name]
        for lines in (one.groups, one.officials, one.trend):
            rates = [line.rates[name] for line in lines]
            assert (sum(rate.hits for rate in rates), sum(rate.cases for rate in rates)) == (whole.hits, whole.cases)
    on_time = one.now.rates["on_time"]
    assert sum(matter.on_time.cases for matter in one.matters) == on_time.cases
    assert sum(matter.on_time.hits for matter in one.matters) == on_time.hits


@PATIENT
@given(flows())
def test_what_came_in_adds_up_over_kinds_states_steps_and_matters(told: tuple[DayFlow, ...]) -> None:
    one = summary(gathered((), told))
    now, whole = one.now, one.now.submitted
    assert whole == sum(flow.submitted for flow in told)
    for parts in (now.by_kind.values(), now.by_state.values()):
        assert sum(parts) == whole
    assert sum(bucket.submitted for bucket in one.trend) == whole
    assert sum(bucket.answered for bucket in one.trend) == now.answered
    assert sum(matter.count for matter in one.matters) == whole
    assert one.funnel.passed[Stage.SUBMITTED] == whole
    for table in (tables.kinds_table(one), tables.states_table(one)):
        numbers: list[Any] = [row[1] for row in table.rows]
        assert sum(numbers) == whole


def test_the_live_dashboard_adds_up_too(world: World) -> None:
    """Through the stores: an appeal about an official waits for a person, another is with its official."""
    submitted(world)
    submitted(world, about_official=True)
    roster = world.stores.rosters.get("city")
    assert roster is not None
    now = today(world, an_officer(), gather(world, an_officer(), roster, FIRST, FIRST))
    assert (now.standing.open, now.unassigned.open, sum(load.open for load in now.groups)) == (2, 1, 1)
