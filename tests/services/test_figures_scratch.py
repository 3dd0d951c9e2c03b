"""Random lives of appeals and calls: the roll-ups always equal counting everything anew."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain import closing, handling, intake
from app.domain.appeal import AnswerOutcome, Appeal, ContactOutcome, Resolution, Satisfaction
from app.domain.call import CallOutcome
from app.domain.errors import Refusal
from app.domain.figure_facts import calls_on, days_of, facts_of, tally_on
from app.domain.figures import Tally, total
from app.domain.notification import Role
from app.domain.terms import Hearers
from app.domain.timeline import Actor
from app.domain.workday import ONE_DAY, local_day
from app.services.figures.tallies import count_anew, roll_up
from app.services.messages.reminding import sweep
from app.services.world import World
from tests.domain.factories import PATIENT
from tests.services.factories import SUPERVISOR, a_world, fresh, submitted
from tests.services.test_figures import RESIDENT, act, call, kept


def scratch(world: Any) -> dict[tuple[date, str, str, str], Tally]:
    """All figures of the days that are over, from the appeals and calls alone."""
    calendar, today = world.calendar(), local_day(world.clock.now())
    parts: dict[tuple[date, str, str, str], list[Tally]] = defaultdict(list)
    for appeal in world.stores.appeals.kept.values():
        for fact in facts_of(appeal):
            for day in days_of(fact):
                parts[day, fact.official_id, fact.kind.value, fact.source].append(tally_on(day, fact, calendar))
    calls = list(world.stores.calls.kept.values())
    for official in {one.official_id for one in calls}:
        own = [one for one in calls if one.official_id == official]
        first = min(local_day(one.at) for one in own)
        for number in range((today - first).days):
            day = first + number * ONE_DAY
            parts[day, official, "", ""].append(calls_on(day, own, calendar))
    sums = {key: total(tallies) for key, tallies in parts.items() if key[0] < today}
    return {key: tally for key, tally in sums.items() if tally != Tally()}


DEEDS: dict[str, Any] = {
    "sign": lambda a, t, n, by: handling.sign(a, by, n),
    "contact": lambda a, t, n, by: handling.log_contact(a, ContactOutcome.IN_PERSON, by, t, n),
    "missed": lambda a, t, n, by: handling.log_contact(a, ContactOutcome.NO_ANSWER, by, t, n),
    "answer": lambda a, t, n, by: handling.answer(a, "已装好", AnswerOutcome.SOLVED, (), by, t, n),
    "ask": lambda a, t, n, by: handling.request_supplement(a, "在哪里", by, t, n),
    "supplement": lambda a, t, n, by: handling.supplement(a, "三号楼", (), Hearers(), RESIDENT, t, n),
    "want": lambda a, t, n, by: handling.request_extension(a, 3, "等待采购", by, t, n),
    "extend": lambda a, t, n, by: handling.extend(a, Hearers(), SUPERVISOR, t, n),
    "transfer": lambda a, t, n, by: intake.transfer(
        a, "roads" if a.assignee_id == "education" else "education", "归他", Hearers(), by, t, n
    ),
    "hand_back": lambda a, t, n, by: intake.hand_back(a, "不归我", by, t, n),
    "assign": lambda a, t, n, by: intake.assign(a, "education", Hearers(), SUPERVISOR, t, n),
    "content": lambda a, t, n, by: closing.rate(a, Resolution.PARTLY, Satisfaction.FAIRLY, RESIDENT, t, n),
    "discontent": lambda a, t, n, by: closing.rate(a, Resolution.UNRESOLVED, Satisfaction.DISSATISFIED, RESIDENT, t, n),
    "reopen": lambda a, t, n, by: closing.reopen(a, "又坏了", Hearers(), RESIDENT, t, n),
    "withdraw": lambda a, t, n, by: intake.withdraw(a, "", RESIDENT, n),
}
WHO = st.integers(0, 2)
EVENTS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from([1, 60, 600, 1440, 3 * 1440, 12 * 1440])),
    st.tuples(st.just("roll_up"), st.just(0)),
    st.tuples(st.just("sweep"), st.just(0)),
    st.tuples(st.sampled_from(sorted(DEEDS)), WHO),
    st.tuples(st.sampled_from(["answer", "sign", "transfer", "ask", "supplement", "want", "extend"]), WHO),
    st.tuples(st.sampled_from(CallOutcome), WHO),
)


@PATIENT
@given(st.lists(EVENTS, max_size=40))
def test_roll_ups_equal_counting_from_scratch(events: list[tuple[str, int]]) -> None:
    world: Any = a_world()
    kinds = (intake.Kind.REQUEST, intake.Kind.CONSULTATION, intake.Kind.REQUEST)
    ids = [submitted(world, kind=kind).id for kind in kinds]
    world.stores.appeals.kept[ids[2]] = urgent(fresh(world, world.stores.appeals.get(ids[2])))
    for what, which in events:
        if what == "wait":
            world.clock.advance(minutes=which)
        elif what == "roll_up":
            roll_up(world)
        elif what == "sweep":
            sweep(world)
        elif isinstance(what, CallOutcome):
            call(world, what, f"person-{which % 2}")
        else:
            perform(world, ids[which], DEEDS[what])
    for days in (0, 0, 40):
        world.clock.advance(days=days)
        roll_up(world)
        found = {(d.day, d.official_id, d.kind, d.source): d.tally for d in kept(world).values()}
        assert found == scratch(world)
    for day, official_id, kind, source in found:
        assert count_anew(world, day, official_id)[kind, source] == found[day, official_id, kind, source]


def urgent(appeal: Appeal) -> Appeal:
    """From its next assignment on its clocks run in hours, and may fall due on the same day."""
    return replace(appeal, urgent=True)


def perform(world: World, appeal_id: str, deed: Any) -> None:
    def rule(appeal: Appeal, terms: Any, now: Any) -> Appeal:
        by = Actor(Role.OFFICIAL, "account", "周文清", appeal.assignee_id)
        done: Appeal = deed(appeal, terms, now, by)
        return done

    try:
        act(world, appeal_id, rule)
    except Refusal:
        return
