"""Appeals, terms and people for the tests of the rules. A state is only ever reached through the real rules.

Times are written as people in China write them: `beijing("2026-03-02 10:00")`. March 2026 has no holiday.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from app.domain.account import Account, Binding
from app.domain.appeal import AnswerOutcome, Appeal, ContactOutcome, Kind, Resolution, Review, Satisfaction, State
from app.domain.bar import Bar
from app.domain.closing import conclude, rate, reopen
from app.domain.deadline import DeadlineKind
from app.domain.errors import Reason, Refusal
from app.domain.handling import answer, log_contact, request_supplement, sign
from app.domain.intake import Draft, assign, is_clear, reject, set_urgent, submit, withdraw
from app.domain.merging import merge
from app.domain.notification import Notification, Occasion, Recipient, Role
from app.domain.roster import Deadlines
from app.domain.terms import Hearers, Terms
from app.domain.timeline import SYSTEM, Actor, Deed
from app.domain.workday import BEIJING, UTC
from app.services.calendars import chinese_calendar

PATIENT = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
CALENDAR = chinese_calendar()


def beijing(text: str) -> datetime:
    """The moment, in UTC, at which clocks in China show `text`."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING).astimezone(UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


MOMENTS = st.integers(0, 700 * 24 * 60).map(lambda minutes: beijing("2025-01-01 00:00") + timedelta(minutes=minutes))
"""Minutes of 2025 and 2026, whose calendars are published."""


def terms(**deadlines: Any) -> Terms:
    return Terms(Deadlines(**deadlines), CALENDAR)


MONDAY = beijing("2026-03-02 10:00")
TERMS = terms()
HEARERS = Hearers(staff=("account-staff",), superior_id="mayor")

RESIDENT = Actor(Role.RESIDENT, "resident-1")
OFFICIAL = Actor(Role.OFFICIAL, "account-zhou", "周文清", "education")
STAFF = Actor(Role.STAFF, "account-staff", "周文清", "education")
OPERATOR = Actor(Role.OPERATOR, "operator-1", "接线员（工号 807）")
SUPERVISOR = Actor(Role.SUPERVISOR, "supervisor-1", "督查室")


def a_draft(**overrides: Any) -> Draft:
    draft = Draft("education", Kind.REQUEST, "小区门口没有路灯", "晚上孩子放学看不见路，请尽快安装。")
    return replace(draft, **overrides)


def submitted(
    now: datetime = MONDAY,
    *,
    urgent: bool = False,
    id: str = "appeal-1",
    roster: str = "bozhou-81",
    review: Review = Review.NONE,
    checks: tuple[str, ...] = (),
    bars: tuple[Bar, ...] = (),
    **draft: Any,
) -> Appeal:
    code = f"ZT{id[-1]}"
    written = a_draft(**draft)
    appeal = submit(
        written, RESIDENT, TERMS, now, id=id, code=code, roster=roster, review=review, checks=checks, bars=bars
    )
    return set_urgent(appeal, urgent, OPERATOR, now)


def given_to(appeal: Appeal, official_id: str, now: datetime = MONDAY, terms: Terms = TERMS) -> Appeal:
    """By itself where nothing stands against it, else by a supervisor's decision."""
    return assign(appeal, official_id, HEARERS, SYSTEM if is_clear(appeal) else SUPERVISOR, terms, now)


def contacted(appeal: Appeal, now: datetime) -> Appeal:
    return log_contact(appeal, ContactOutcome.IN_PERSON, OFFICIAL, TERMS, now)


def replied(appeal: Appeal, now: datetime) -> Appeal:
    return answer(appeal, "路灯已装好。", AnswerOutcome.SOLVED, (), OFFICIAL, TERMS, now)


def rated(
    appeal: Appeal,
    now: datetime,
    resolution: Resolution = Resolution.UNRESOLVED,
    satisfaction: Satisfaction = Satisfaction.DISSATISFIED,
) -> Appeal:
    return rate(appeal, resolution, satisfaction, RESIDENT, TERMS, now)


def reopened(appeal: Appeal, now: datetime, by: Actor = RESIDENT) -> Appeal:
    return reopen(appeal, "灯又不亮了", HEARERS, by, TERMS, now)


_STEPS: dict[State, tuple[State, Callable[[Appeal, datetime], Appeal]]] = {
    State.ASSIGNED: (State.SUBMITTED, lambda a, now: given_to(a, "roads" if a.about_official else "education", now)),
    State.IN_PROGRESS: (State.ASSIGNED, lambda a, now: sign(a, OFFICIAL, now)),
    State.AWAITING_RESIDENT: (
        State.IN_PROGRESS,
        lambda a, now: request_supplement(a, "请补充具体位置", OFFICIAL, TERMS, now),
    ),
    State.ANSWERED: (State.IN_PROGRESS, replied),
    State.UNDER_REVIEW: (
        State.ANSWERED,
        lambda a, now: rated(replied(reopened(a, now), now), now),
    ),
    State.CONCLUDED: (State.ANSWERED, lambda a, now: conclude(a, "已电话回访", SUPERVISOR, TERMS, now)),
    State.REJECTED: (
        State.SUBMITTED,
        lambda a, now: reject(a, "已进入诉讼程序", "请向人民法院提出", SUPERVISOR, TERMS, now),
    ),
    State.WITHDRAWN: (State.SUBMITTED, lambda a, now: withdraw(a, "", RESIDENT, now)),
    State.MERGED: (
        State.SUBMITTED,
        lambda a, now: merge(a, submitted(now, id="appeal-9"), Hearers(), SUPERVISOR, TERMS, now),
    ),
}


def an_appeal(state: State = State.ASSIGNED, now: datetime = MONDAY, **overrides: Any) -> Appeal:
    """An appeal that got into `state` at `now`, all its deeds done at that one moment."""
    if state is State.SUBMITTED:
        return submitted(now, **overrides)
    before, step = _STEPS[state]
    return step(an_appeal(before, now, **overrides), now)


def an_account(id: str = "account-1", **posts: Role) -> Account:
    """Bound to posts: `an_account(education=Role.STAFF)`."""
    bindings = tuple(Binding(role, post, MONDAY) for post, role in posts.items())
    return Account(id, 1, MONDAY, bindings=bindings)


def a_notification(role: Role = Role.OFFICIAL, now: datetime = MONDAY, **overrides: Any) -> Notification:
    notification = Notification("1:assigned", Occasion.ASSIGNED, Recipient(role, "someone"), 1, now, now)
    return replace(notification, **overrides)


@contextmanager
def refused(reason: Reason):
    """What stands inside must be refused for exactly that reason."""
    with pytest.raises(Refusal) as caught:
        yield caught
    assert caught.value.reason is reason


def due(appeal: Appeal, kind: DeadlineKind) -> datetime:
    deadline = appeal.deadline(kind)
    assert deadline is not None
    return deadline.due_at


def deeds(appeal: Appeal) -> list[Deed]:
    return [entry.deed for entry in appeal.timeline]


def rungs(appeal: Appeal) -> list[str]:
    """The rungs in the timeline, in its order."""
    ladder = {Deed.REMIND, Deed.URGE, Deed.SUPERVISE, Deed.PROMISE_BROKEN}
    return [entry.outcome for entry in appeal.timeline if entry.deed in ladder]


def told(appeal: Appeal, occasion: Occasion) -> list[tuple[Role, str]]:
    """Who hears of that occasion."""
    return [(n.recipient.role, n.recipient.id) for n in appeal.notifications if n.occasion is occasion]
