"""Interviews: which reasons hold, what may be decided, and that the frozen evidence is read as it was frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.appeal import Appeal, Resolution, Satisfaction, State
from app.domain.deadline import DeadlineKind
from app.domain.errors import InvalidInput, Reason, RuleBroken
from app.domain.escalation import advance, next_check_at
from app.domain.evidence import reread
from app.domain.notification import Occasion, Role
from app.domain.office_deeds import OfficeDeed, office_deeds
from app.domain.orders import OrderStatus, fulfilled_at, is_late, status_of
from app.domain.oversight import (
    confirm_rectified,
    decide_interview,
    follow_up,
    interview_reasons,
    propose_interview,
    suggest_interview,
)
from app.domain.perfunctory import FlagReason
from app.domain.supervision import Decision, Interview, InterviewReason, Supervision, rectification_due
from app.domain.terms import Hearers
from app.domain.timeline import Actor
from app.domain.worklist import Desk, desks
from tests.domain.factories import MONDAY as NOW
from tests.domain.factories import TERMS
from tests.domain.test_office_work import SAID, an_appeal

R = InterviewReason
BY = Actor(Role.SUPERVISOR, "s", "李督查")
DAY = timedelta(days=1)
ORDER = Supervision(NOW, 1, DeadlineKind.ANSWER, "o1", "督〔2026〕1号", "李督查", NOW, NOW + 3 * DAY)
LATE = NOW + 4 * DAY


def suggested(appeal: Appeal | None = None) -> Appeal:
    return propose_interview(appeal or an_appeal(answers=(SAID,)), R.PERFUNCTORY, "逐件核实过", BY, NOW)


@pytest.mark.parametrize(
    ("appeal", "now", "reasons"),
    [
        (an_appeal(), NOW, {R.NOT_ANSWERING}),
        (an_appeal(answers=(SAID,)), NOW, {R.NOT_ANSWERING, R.PERFUNCTORY}),
        (an_appeal(supervisions=(replace(ORDER, signed_at=None, due_at=None),)), LATE, {R.NOT_ANSWERING}),
        (an_appeal(supervisions=(ORDER,)), NOW, {R.NOT_ANSWERING}),
        (an_appeal(supervisions=(ORDER,)), LATE, {R.ORDER_IGNORED, R.NOT_ANSWERING}),
        (an_appeal(State.AWAITING_RESIDENT, supervisions=(ORDER,)), LATE, {R.NOT_ANSWERING}),
        (an_appeal(supervisions=(replace(ORDER, assignment=2),)), LATE, {R.NOT_ANSWERING}),
        (an_appeal(State.SUBMITTED), NOW, set()),
        (an_appeal(State.WITHDRAWN), NOW, set()),
        (an_appeal(State.MERGED), NOW, set()),
    ],
)
def test_only_the_reasons_that_hold_are_offered_and_taken(appeal: Appeal, now: object, reasons: set[R]) -> None:
    assert set(interview_reasons(appeal, now)) == reasons  # type: ignore[arg-type]
    assert (OfficeDeed.SUGGEST_INTERVIEW in office_deeds(appeal, TERMS, now)) is bool(reasons)  # type: ignore[arg-type]
    for reason in set(R) - reasons:
        with pytest.raises(RuleBroken):
            propose_interview(appeal, reason, "核实过", BY, now)  # type: ignore[arg-type]


def test_a_reason_is_given_once_and_the_second_time_is_told_so() -> None:
    appeal = suggested()
    assert R.PERFUNCTORY not in interview_reasons(appeal, NOW)
    with pytest.raises(RuleBroken) as refused:
        propose_interview(appeal, R.PERFUNCTORY, "再核实", BY, NOW)
    assert refused.value.reason is Reason.INTERVIEW_SUGGESTED
    assert suggest_interview(appeal, R.PERFUNCTORY, NOW) is appeal, "the clock and a flag may come again"


def test_a_suggestion_says_what_was_verified() -> None:
    with pytest.raises(InvalidInput):
        propose_interview(an_appeal(), R.NOT_ANSWERING, "  ", BY, NOW)


@pytest.mark.parametrize(
    ("days", "decision", "reason"),
    [
        (-7, Decision.HELD, Reason.RECTIFY_BY_PAST),
        (0, Decision.HELD, Reason.RECTIFY_BY_PAST),
        (5, Decision.DISMISSED, Reason.RECTIFY_WITHOUT_INTERVIEW),
    ],
)
def test_a_date_that_cannot_be_is_refused_beside_its_field(days: int, decision: Decision, reason: Reason) -> None:
    with pytest.raises(InvalidInput) as refused:
        decide_interview(suggested(), 1, decision, "情况", NOW + days * DAY + timedelta(hours=8), BY, NOW)
    assert (refused.value.reason, refused.value.detail["field"]) == (reason, "rectify_by")


def test_tomorrow_is_the_earliest_day_and_an_interview_needs_none() -> None:
    assert decide_interview(suggested(), 1, Decision.HELD, "已约谈", NOW + DAY, BY, NOW).interviews[0].rectify_by
    assert not decide_interview(suggested(), 1, Decision.HELD, "已约谈", None, BY, NOW).interviews[0].rectify_by


def test_what_was_dismissed_is_never_referred_whatever_was_stored_before() -> None:
    """Earlier versions stored a date beside 不予约谈."""
    stored = Interview(1, R.PERFUNCTORY, NOW, "o1", 1, "{}", "h", Decision.DISMISSED, rectify_by=NOW + DAY)
    appeal = an_appeal(interviews=(stored,))
    assert rectification_due(stored) is None
    assert next_check_at(appeal) is None
    assert advance(appeal, Hearers(), TERMS, NOW + 9 * DAY).interviews[0].referred_at is None
    assert Desk.RECTIFICATION not in desks(appeal)


def test_only_what_is_to_be_put_right_is_confirmed_once() -> None:
    held = decide_interview(suggested(), 1, Decision.HELD, "已约谈", NOW + DAY, BY, NOW)
    done = confirm_rectified(held, 1, "已修好", BY, NOW)
    for appeal in (suggested(), done):
        with pytest.raises(RuleBroken) as refused:
            confirm_rectified(appeal, 1, "已修好", BY, NOW)
        assert refused.value.reason is Reason.NOTHING_TO_RECTIFY


@pytest.mark.parametrize(
    "rated", [(Resolution.RESOLVED, Satisfaction.SATISFIED), (Resolution.RESOLVED, None), (None, Satisfaction.FAIRLY)]
)
def test_whoever_was_not_reached_has_rated_nothing(rated: tuple[Resolution | None, Satisfaction | None]) -> None:
    appeal = an_appeal(State.ANSWERED, answers=(SAID,))
    with pytest.raises(InvalidInput) as refused:
        follow_up(appeal, False, *rated, "", "热线", "教育局", BY, TERMS, NOW)
    assert (refused.value.reason, refused.value.detail["field"]) == (Reason.RATED_UNREACHED, "reached")
    assert follow_up(appeal, False, None, None, "", "热线", "教育局", BY, TERMS, NOW).follow_ups == 1


@pytest.mark.parametrize(
    ("unit", "reason"),
    [("", Reason.UNIT_UNKNOWN), (" ", Reason.UNIT_UNKNOWN), ("教育局", Reason.OWN_UNIT), ("教育局 ", Reason.OWN_UNIT)],
)
def test_nobody_follows_up_who_is_of_the_unit_or_cannot_show_not_to_be(unit: str, reason: Reason) -> None:
    with pytest.raises(RuleBroken) as refused:
        follow_up(an_appeal(State.ANSWERED, answers=(SAID,)), False, None, None, "", unit, "教育局", BY, TERMS, NOW)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("rated", "said", "state"),
    [
        ((Resolution.RESOLVED, Satisfaction.SATISFIED), "解决、满意", State.CONCLUDED),
        ((Resolution.UNRESOLVED, Satisfaction.DISSATISFIED), "未解决、不满意", State.ANSWERED),
    ],
)
def test_the_resident_hears_what_was_taken_down_as_his_rating(
    rated: tuple[Resolution, Satisfaction], said: str, state: State
) -> None:
    appeal = an_appeal(State.ANSWERED, answers=(SAID,))
    done = follow_up(appeal, True, *rated, "说好", "热线", "教育局", BY, TERMS, NOW)
    (message,) = done.notifications
    assert (message.occasion, message.recipient.id, message.text) == (Occasion.FOLLOWED_UP, "r", said)
    assert done.state is state
    assert not any(entry.internal for entry in done.timeline), "the call stands in the resident's own story"
    nobody = follow_up(appeal, False, None, None, "", "热线", "教育局", BY, TERMS, NOW)
    assert (nobody.notifications, nobody.timeline[-1].internal) == ((), True)


def test_the_evidence_is_read_as_it_was_frozen() -> None:
    found = reread(suggested().interviews[0])
    assert found.matches
    assert found.evidence is not None
    assert found.evidence.verified == "逐件核实过"
    assert [entry.deed.value for entry in found.evidence.timeline] == ["submit"]
    facts = {"flag": "f", "reason": "short", "appeals": ["a1", "a2"], "verified": "均未办理"}
    flagged = suggest_interview(an_appeal(), R.PERFUNCTORY, NOW, facts).interviews[0]
    evidence = reread(flagged).evidence
    assert evidence is not None
    assert (evidence.flag_reason, evidence.appeal_ids) == (FlagReason.SHORT, ("a1", "a2"))
    by_clock = reread(suggest_interview(an_appeal(), R.ORDER_IGNORED, NOW).interviews[0]).evidence
    assert by_clock is not None
    assert by_clock.verified == ""


def test_of_changed_evidence_nothing_is_believed() -> None:
    interview = suggested().interviews[0]
    changed = reread(replace(interview, evidence=interview.evidence.replace("逐件", "没有")))
    assert (changed.matches, changed.evidence) == (False, None)


@pytest.mark.parametrize(
    ("appeal", "status"),
    [
        (an_appeal(supervisions=(replace(ORDER, signed_at=None),)), OrderStatus.TO_SIGN),
        (an_appeal(State.CONCLUDED, supervisions=(replace(ORDER, signed_at=None),)), OrderStatus.ENDED),
        (an_appeal(supervisions=(ORDER,)), OrderStatus.RUNNING),
        (an_appeal(State.AWAITING_RESIDENT, supervisions=(ORDER,)), OrderStatus.RUNNING),
        (an_appeal(State.WITHDRAWN, supervisions=(ORDER,)), OrderStatus.ENDED),
        (an_appeal(supervisions=(replace(ORDER, assignment=2),)), OrderStatus.ENDED),
    ],
)
def test_an_order_stands_where_its_appeal_has_got(appeal: Appeal, status: OrderStatus) -> None:
    assert status_of(appeal, appeal.supervisions[0]) is status


def test_an_order_is_followed_by_the_deed_it_asks_for() -> None:
    appeal = an_appeal(supervisions=(ORDER, replace(ORDER, clock=DeadlineKind.CONTACT)))
    assert appeal.assignment is not None
    called = replace(appeal, assignment=replace(appeal.assignment, contacted_at=LATE))
    answer, contact = called.supervisions
    assert (status_of(called, contact), fulfilled_at(called, contact)) == (OrderStatus.DONE, LATE)
    assert status_of(called, answer) is OrderStatus.RUNNING
    assert is_late(called, answer, LATE)
    assert not is_late(called, contact, LATE)
    reopened = replace(called, past=(replace(appeal.assignment, answered_at=LATE),), assignment=None)
    assert status_of(reopened, answer) is OrderStatus.DONE, "whatever comes after it"
