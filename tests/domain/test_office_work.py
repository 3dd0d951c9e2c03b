"""What the office can do with an appeal, on which lists it stands, and that every word it reads is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain import office_words
from app.domain.appeal import (
    Answer,
    AnswerOutcome,
    Appeal,
    Assignment,
    ContactOutcome,
    Extension,
    Kind,
    Publication,
    Rating,
    Resolution,
    Review,
    Satisfaction,
    State,
    Visibility,
)
from app.domain.deadline import DeadlineKind, set_deadline
from app.domain.labels import DESKS, INTERVIEW_LISTS, ORDER_LISTS
from app.domain.ledgers import InterviewList, OrderList
from app.domain.notification import Role
from app.domain.office_deeds import CALLERS_DEEDS, OfficeDeed, office_deeds
from app.domain.perfunctory import FlagDecision, FlagReason
from app.domain.redaction import has_numbers, without_numbers
from app.domain.spot_check import Mismatch, Verdict
from app.domain.supervision import Decision, Interview, InterviewReason, Supervision, rectification_due
from app.domain.timeline import Actor, Deed, Entry
from app.domain.workday import Span, Unit
from app.domain.worklist import Desk, Filter, counted_due_at, desks, filter_words
from tests.domain.factories import MONDAY as NOW
from tests.domain.factories import TERMS

OFFICIAL = Actor(Role.OFFICIAL, "a", "周文清", "o1")
D = OfficeDeed


def an_appeal(state: State = State.IN_PROGRESS, *deeds: Entry, **changes: Any) -> Appeal:
    first = Entry(1, NOW, Actor(Role.RESIDENT, "r"), Deed.SUBMIT)
    plain = Appeal("a1", "C1", 1, "city", "r", Kind.REQUEST, "路灯", "不亮", "o1", state, NOW, timeline=(first, *deeds))
    assigned = None if state is State.SUBMITTED else Assignment(1, "o1", NOW)
    return replace(plain, **{"assignment": assigned, **changes})


def deeds(appeal: Appeal, **later: int) -> set[OfficeDeed]:
    return set(office_deeds(appeal, TERMS, NOW + timedelta(**later)))


def test_what_a_vacant_post_has_may_always_be_reassigned() -> None:
    used = an_appeal(State.ASSIGNED, transfers=1)
    assert D.TRANSFER not in office_deeds(used, TERMS, NOW)
    assert D.TRANSFER in office_deeds(used, TERMS, NOW, vacant=True)
    assert D.TRANSFER not in office_deeds(an_appeal(State.ANSWERED), TERMS, NOW, vacant=True)


SAID = Answer("已修好", AnswerOutcome.SOLVED, OFFICIAL, NOW, 1)
ORDER = Supervision(NOW, 1, DeadlineKind.ANSWER, "o1")
INTERVIEW = Interview(1, InterviewReason.PERFUNCTORY, NOW, "o1", 1, "{}", "h")
HELD = replace(INTERVIEW, decision=Decision.HELD, rectify_by=NOW)


@pytest.mark.parametrize(
    ("appeal", "deed", "offered"),
    [
        (an_appeal(State.SUBMITTED), D.ASSIGN, True),
        (an_appeal(State.IN_PROGRESS), D.ASSIGN, False),
        (an_appeal(State.IN_PROGRESS), D.TRANSFER, True),
        (an_appeal(State.IN_PROGRESS, transfers=1), D.TRANSFER, False),
        (an_appeal(State.SUBMITTED), D.REJECT, True),
        (an_appeal(State.SUBMITTED, children=("b",)), D.REJECT, False),
        (an_appeal(State.ASSIGNED), D.MERGE, True),
        (an_appeal(State.ASSIGNED, children=("b",)), D.MERGE, False),
        (an_appeal(State.ANSWERED, answers=(SAID,)), D.MERGE, False),
        (an_appeal(extension=Extension(3, "等", NOW)), D.EXTEND, True),
        (an_appeal(extension=Extension(3, "等", NOW, NOW)), D.EXTEND, False),
        (an_appeal(), D.EXTEND, False),
        (an_appeal(extension=Extension(3, "等", NOW)), D.REFUSE_EXTENSION, True),
        (an_appeal(extension=Extension(3, "等", NOW, refused_at=NOW)), D.REFUSE_EXTENSION, False),
        (an_appeal(extension=Extension(3, "等", NOW, refused_at=NOW)), D.EXTEND, False),
        (an_appeal(State.ANSWERED, extension=Extension(3, "等", NOW)), D.EXTEND, False),
        (an_appeal(State.UNDER_REVIEW), D.CONCLUDE, True),
        (an_appeal(State.ANSWERED), D.CONCLUDE, False),
        (an_appeal(State.UNDER_REVIEW), D.REOPEN, True),
        (an_appeal(State.CONCLUDED), D.REOPEN, True),
        (an_appeal(State.ANSWERED), D.REOPEN, False),
        (an_appeal(supervisions=(ORDER,)), D.SIGN_ORDER, True),
        (an_appeal(supervisions=(replace(ORDER, signed_at=NOW),)), D.SIGN_ORDER, False),
        (an_appeal(supervisions=(ORDER,), assignment=Assignment(2, "o2", NOW)), D.SIGN_ORDER, False),
        (an_appeal(State.CONCLUDED, supervisions=(ORDER,)), D.SIGN_ORDER, False),
        (an_appeal(), D.SUGGEST_INTERVIEW, True),
        (an_appeal(State.SUBMITTED), D.SUGGEST_INTERVIEW, False),
        (an_appeal(interviews=(INTERVIEW,)), D.DECIDE_INTERVIEW, True),
        (an_appeal(interviews=(replace(INTERVIEW, decision=Decision.DISMISSED),)), D.DECIDE_INTERVIEW, False),
        (
            an_appeal(interviews=(replace(INTERVIEW, decision=Decision.HELD, rectify_by=NOW),)),
            D.CONFIRM_RECTIFIED,
            True,
        ),
        (an_appeal(interviews=(replace(INTERVIEW, decision=Decision.HELD),)), D.CONFIRM_RECTIFIED, False),
        (an_appeal(State.ANSWERED, answers=(SAID,)), D.FOLLOW_UP, True),
        (an_appeal(State.ANSWERED, answers=(SAID,), follow_ups=2), D.FOLLOW_UP, False),
        (
            an_appeal(
                State.ANSWERED,
                answers=(SAID,),
                ratings=(Rating(Resolution.PARTLY, Satisfaction.FAIRLY, NOW, 1),),
            ),
            D.FOLLOW_UP,
            False,
        ),
        (an_appeal(State.ANSWERED, answers=(SAID,), visibility=Visibility.PUBLIC), D.PUBLISH, True),
        (an_appeal(State.ANSWERED, answers=(SAID,)), D.PUBLISH, False),
        (
            an_appeal(State.ANSWERED, answers=(SAID,), visibility=Visibility.PUBLIC, about_official=True),
            D.PUBLISH,
            False,
        ),
        (an_appeal(State.IN_PROGRESS, visibility=Visibility.PUBLIC), D.PUBLISH, False),
        (an_appeal(State.CONCLUDED, publication=Publication("t", "b", "a", "李", NOW)), D.UNPUBLISH, True),
        (an_appeal(State.CONCLUDED), D.UNPUBLISH, False),
    ],
)
def test_a_tool_is_offered_while_its_rule_would_take_it(appeal: Appeal, deed: OfficeDeed, offered: bool) -> None:
    assert (deed in deeds(appeal)) is offered


def test_a_dismissed_suggestion_is_never_referred_though_an_earlier_version_took_a_date_for_it() -> None:
    assert rectification_due(HELD) == NOW
    assert rectification_due(replace(HELD, decision=Decision.DISMISSED)) is None


def test_a_supervisor_reopens_within_thirty_days() -> None:
    concluded = an_appeal(State.CONCLUDED, Entry(2, NOW, OFFICIAL, Deed.CONCLUDE))
    assert D.REOPEN in deeds(concluded, days=29)
    assert D.REOPEN not in deeds(concluded, days=32)


def test_operators_only_call() -> None:
    assert {D.FOLLOW_UP} == CALLERS_DEEDS


@pytest.mark.parametrize(
    ("entries", "broken"),
    [
        ((), False),
        (((Deed.PROMISE_BROKEN, ""),), True),
        (((Deed.PROMISE_BROKEN, ""), (Deed.REMIND, "")), True),
        (((Deed.PROMISE_BROKEN, ""), (Deed.CONTACT, "no_answer")), True),
        (((Deed.PROMISE_BROKEN, ""), (Deed.CONTACT, "in_person")), False),
        (((Deed.PROMISE_BROKEN, ""), (Deed.QUICK_REPLY, "")), True),
        (((Deed.PROMISE_BROKEN, ""), (Deed.TRANSFER, "")), False),
    ],
)
def test_a_broken_promise_counts_until_somebody_is_reached_or_it_begins_anew(
    entries: tuple[tuple[Deed, str], ...], broken: bool
) -> None:
    story = (Entry(n, NOW, OFFICIAL, deed, outcome=outcome) for n, (deed, outcome) in enumerate(entries, 2))
    appeal = an_appeal(State.IN_PROGRESS, *story)
    assert (Desk.PROMISE_BROKEN in desks(appeal)) is broken
    assert Desk.PROMISE_BROKEN not in desks(replace(appeal, state=State.ANSWERED))


def test_the_words_of_an_appeal_are_those_of_every_filter_that_should_find_it() -> None:
    appeal = an_appeal(assignment=Assignment(1, "o2", NOW))
    finding = [Filter(r, o, k) for r in ("", "city") for o in ("", "o2") for k in (None, Kind.REQUEST)]
    missing = [
        Filter("other"),
        Filter("city", "o1"),
        Filter("", "", Kind.COMPLAINT),
        Filter("city", "o2", Kind.COMPLAINT),
    ]
    words = filter_words(appeal)
    assert {one.word for one in finding} == set(words)
    by_state = {replace(one, state=state).word for one in finding for state in (None, appeal.state)}
    assert set(filter_words(appeal, states=True)) == by_state
    assert len(words) == len(set(words))
    assert not {one.word for one in missing} & set(words)


@pytest.mark.parametrize("state", list(State))
def test_nobody_is_late_while_the_resident_has_the_word(state: State) -> None:
    clock = set_deadline(DeadlineKind.REVIEW, Span(1, Unit.WORKDAYS), NOW, TERMS.calendar)
    due = counted_due_at(an_appeal(state, clock=clock))
    assert (due is None) is (state in {State.AWAITING_RESIDENT, State.ANSWERED} or state.value in ENDED)


ENDED = {"concluded", "rejected", "withdrawn", "merged"}
WORDS: list[tuple[Any, Mapping[Any, str]]] = [
    (Desk, DESKS),
    (OrderList, ORDER_LISTS),
    (InterviewList, INTERVIEW_LISTS),
    (ContactOutcome, office_words.CONTACTS),
    (AnswerOutcome, office_words.ANSWERS),
    (Resolution, office_words.RESOLUTIONS),
    (Satisfaction, office_words.SATISFACTIONS),
    (Review, office_words.REVIEWS),
    (InterviewReason, office_words.INTERVIEW_REASONS),
    (Decision, office_words.DECISIONS),
    (FlagReason, office_words.FLAG_REASONS),
    (FlagDecision, office_words.FLAG_DECISIONS),
    (Verdict, office_words.VERDICTS),
    (Mismatch, office_words.MISMATCHES),
    (Role, office_words.PARTS),
]


@pytest.mark.parametrize(("kind", "words"), WORDS)
def test_everything_has_its_words(kind: Any, words: Mapping[Any, str]) -> None:
    assert set(words) == set(kind)
    given = [word for word in words.values() if word]
    assert len(given) == len(set(given))


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("请打13900001111。", "请打****。"),
        ("证号34160019800101123X", "证号****"),
        ("座机 0558-5551234 转 8", "座机 **** 转 8"),
        ("138 0013 8000", "****"),
        ("2026年3月2日晚7点，3号楼12栋", "2026年3月2日晚7点，3号楼12栋"),
        ("2026-03-02 共 120000 元", "2026-03-02 共 120000 元"),
    ],
)
def test_long_numbers_are_hidden_and_short_ones_stay(text: str, hidden: str) -> None:
    assert without_numbers(text) == hidden
    assert has_numbers(text) is (text != hidden)
    assert not has_numbers(hidden)
