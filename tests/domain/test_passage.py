"""How far an appeal has come, what was done about it, and on which days it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain import labels
from app.domain.appeal import Answer, AnswerOutcome, Appeal, Assignment, Kind, Rating, Resolution, Satisfaction, State
from app.domain.deadline import DeadlineKind
from app.domain.passage import (
    LEFT,
    MEASURES,
    STAGES,
    Measure,
    Passage,
    Stage,
    flow_days,
    measures_of,
    parse,
    passage_of,
    passed,
    stage_of,
)
from app.domain.supervision import Supervision
from app.domain.timeline import SYSTEM, Deed, Entry
from tests.domain.factories import MONDAY, OFFICIAL, beijing
from tests.store.samples import appeal

GIVEN = Assignment(1, "education", MONDAY)
CONTACTED = replace(GIVEN, contacted_at=MONDAY)
ANSWER = Answer("已装好", AnswerOutcome.SOLVED, OFFICIAL, MONDAY, 1)


def rating(resolution: Resolution) -> Rating:
    return Rating(resolution, Satisfaction.FAIRLY, MONDAY, 1)


def at(state: State, **changes: object) -> Appeal:
    return appeal(state=state, **changes)


def test_each_stage_is_reached_by_what_it_says() -> None:
    answered = {"assignment": CONTACTED, "answers": (ANSWER,)}
    unresolved, resolved = rating(Resolution.UNRESOLVED), rating(Resolution.RESOLVED)
    assert stage_of(at(State.SUBMITTED)) is Stage.SUBMITTED
    assert stage_of(at(State.ASSIGNED, assignment=GIVEN)) is Stage.ASSIGNED
    assert stage_of(at(State.IN_PROGRESS, assignment=CONTACTED)) is Stage.CONTACTED
    assert stage_of(at(State.ANSWERED, **answered)) is Stage.ANSWERED
    assert stage_of(at(State.ANSWERED, ratings=(unresolved,), **answered)) is Stage.RATED
    assert stage_of(at(State.CONCLUDED, ratings=(resolved,), **answered)) is Stage.RESOLVED


def test_what_was_reached_stays_reached() -> None:
    reopened = at(State.IN_PROGRESS, past=(CONTACTED,), assignment=replace(GIVEN, number=2), answers=(ANSWER,))
    assert stage_of(reopened) is Stage.ANSWERED
    handed_back = at(State.SUBMITTED, past=(GIVEN,))
    assert stage_of(handed_back) is Stage.ASSIGNED


def test_the_newest_rating_says_whether_it_is_resolved() -> None:
    ratings = (rating(Resolution.RESOLVED), replace(rating(Resolution.UNRESOLVED), assignment=2))
    assert stage_of(at(State.UNDER_REVIEW, assignment=CONTACTED, answers=(ANSWER,), ratings=ratings)) is Stage.RATED


def test_a_merged_appeal_goes_no_further_than_it_came_by_itself() -> None:
    told = {"answers": (ANSWER,), "ratings": (rating(Resolution.RESOLVED),)}
    assert stage_of(at(State.MERGED, assignment=CONTACTED, **told)) is Stage.CONTACTED
    assert stage_of(at(State.MERGED, **told)) is Stage.SUBMITTED


def test_who_is_at_a_stage_has_passed_those_before_it() -> None:
    assert [passed(stage, Stage.ANSWERED) for stage in Stage] == [True, True, True, True, False, False]


@given(st.sampled_from(Kind), st.sampled_from(State), st.sampled_from(Stage), st.booleans())
def test_a_passage_is_read_from_the_word_it_is_written_as(
    kind: Kind, state: State, stage: Stage, supervised: bool
) -> None:
    passage = Passage(kind, state, stage, supervised)
    assert parse(str(passage)) == passage


def test_supervised_while_it_is_on_the_list() -> None:
    listed = Supervision(MONDAY, 1, DeadlineKind.ANSWER, "education")
    assert passage_of(at(State.IN_PROGRESS, assignment=GIVEN, supervisions=(listed,))).supervised
    assert not passage_of(at(State.CONCLUDED, assignment=GIVEN, supervisions=(listed,))).supervised


def test_measures_with_their_beijing_days() -> None:
    late = beijing("2026-03-05 00:30")
    deeds = [Deed.URGE, Deed.PROMISE_BROKEN, Deed.SUPERVISE, Deed.ORDER, Deed.SUGGEST_INTERVIEW, Deed.REMIND]
    entries = [Entry(n, late, SYSTEM, deed) for n, deed in enumerate(deeds)]
    entries += [
        Entry(9, late + timedelta(days=1), OFFICIAL, Deed.INTERVIEW, outcome=word) for word in ("held", "dismissed")
    ]
    entries += [Entry(10, late, SYSTEM, Deed.RECTIFY), Entry(11, late, SYSTEM, Deed.REFER)]
    found = measures_of(appeal(timeline=tuple(entries)))
    assert [measure for _, measure in found] == list(Measure)
    assert {day for day, measure in found if measure is Measure.HELD} == {date(2026, 3, 6)}
    assert {day for day, measure in found if measure is not Measure.HELD and measure is not Measure.DISMISSED} == {
        date(2026, 3, 5)
    }


def test_it_counts_on_the_days_of_its_submission_and_answers() -> None:
    answers = (ANSWER, replace(ANSWER, at=beijing("2026-03-10 23:59")))
    assert flow_days(appeal(submitted_at=beijing("2026-03-01 00:00"), answers=answers)) == {
        date(2026, 3, 1),
        date(2026, 3, 2),
        date(2026, 3, 10),
    }


def test_every_stage_and_measure_has_its_word() -> None:
    assert list(STAGES) == list(Stage)
    assert list(MEASURES) == list(Measure)
    assert len({*STAGES.values(), *MEASURES.values()}) == len(STAGES) + len(MEASURES)
    assert all(state in labels.STATES for state in LEFT)
