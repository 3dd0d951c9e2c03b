"""Aggregates for store tests: plausible ones with keyword overrides, and a Hypothesis strategy for any dataclass."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from app.domain.account import Account, Binding
from app.domain.appeal import Answer, AnswerOutcome, Appeal, Assignment, Kind, State, Supervision
from app.domain.deadline import Deadline, DeadlineKind, Rung, Step
from app.domain.notification import Notification, Occasion, Recipient, Role, Status
from app.domain.roster import Official, Roster
from app.domain.timeline import Actor, Deed, Entry
from app.domain.workday import Span, Unit

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def hours(count: float) -> datetime:
    """That many hours after NOW."""
    return NOW + timedelta(hours=count)


def appeal(number: int = 1, **changes: Any) -> Appeal:
    """An unassigned one without clocks; `number` makes id and code."""
    first = Entry(1, NOW, Actor(Role.RESIDENT, "resident"), Deed.SUBMIT)
    plain = Appeal(
        id=f"appeal-{number}",
        code=f"SQ{number:04d}",
        version=1,
        roster="bozhou-81",
        resident_id="resident",
        kind=Kind.REQUEST,
        title="小区路灯不亮",
        body="三天了。",
        addressed_to="o1",
        state=State.SUBMITTED,
        submitted_at=NOW,
        timeline=(first,),
    )
    return replace(plain, **changes)


def deadline(due: datetime, *steps: datetime, kind: DeadlineKind = DeadlineKind.ANSWER) -> Deadline:
    rungs = tuple(Step(rung, at) for rung, at in zip(Rung, steps, strict=False))
    return Deadline(kind, NOW, due, Span(10, Unit.WORKDAYS), 0, rungs)


def assigned(number: int = 1, official: str = "o1", due: datetime = NOW, *steps: datetime, **changes: Any) -> Appeal:
    """In progress with `official`, to be answered by `due`, with the ladder's rungs at `steps`."""
    assignment = Assignment(1, official, NOW, (deadline(due, *steps),), contacted_at=NOW)
    return appeal(number, **{"state": State.IN_PROGRESS, "assignment": assignment, **changes})


def answered(number: int = 1, official: str = "o1", at: datetime = NOW, **changes: Any) -> Appeal:
    """Answered by `official`; the answer is the last thing that happened."""
    entry = Entry(2, at, Actor(Role.OFFICIAL, "account", "周文清", official), Deed.ANSWER)
    told = appeal().timeline
    return assigned(number, official, **{"state": State.ANSWERED, "timeline": (*told, entry), **changes})


def notification(not_before: datetime, status: Status = Status.PENDING, key: str = "k") -> Notification:
    recipient = Recipient(Role.OFFICIAL, "o1")
    return Notification(key, Occasion.ASSIGNED, recipient, 1, NOW, not_before, status=status)


def supervised(number: int, *listed: datetime, **changes: Any) -> Appeal:
    listings = tuple(Supervision(at, 1, DeadlineKind.ANSWER, "o1") for at in listed)
    return assigned(number, supervisions=listings, **changes)


def long_appeal(entries: int = 30) -> Appeal:
    """One with a long story: what an encoder meets at worst on an ordinary day."""
    by = Actor(Role.OFFICIAL, "account", "周文清", "o1")
    story = tuple(Entry(n, hours(n), by, Deed.CONTACT, "打了电话" * 5, "no_answer") for n in range(1, entries + 1))
    messages = tuple(notification(hours(n), Status.SENT, f"k{n}") for n in range(20))
    answers = tuple(Answer("已修好" * 50, AnswerOutcome.SOLVED, by, NOW, n) for n in range(2))
    ladder = assigned(1, "o1", hours(99), hours(10), hours(20), hours(30), hours(40))
    return replace(ladder, phone="13800000000", place="谯城区", timeline=story, notifications=messages, answers=answers)


def account(number: int = 1, **changes: Any) -> Account:
    return replace(Account(f"account-{number}", 1, NOW), **changes)


def bound(number: int, *official_ids: str, role: Role = Role.OFFICIAL, **changes: Any) -> Account:
    return account(number, bindings=tuple(Binding(role, official, NOW) for official in official_ids), **changes)


def roster(slug: str = "bozhou-81", **changes: Any) -> Roster:
    return replace(Roster(slug, "亳州", "亳州市", "3天联系", ("市委", "市政府")), **changes)


def official(id: str = "o1", position: int = 1, **changes: Any) -> Official:
    plain = Official(id, "bozhou-81", "市政府", position, "周文清", "局长", "市教育局", ("教育",), "13800000001")
    return replace(plain, **changes)


MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 - bounds
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
PLAIN = {
    str: st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    int: st.integers(0, 2**31 - 1),
    bool: st.booleans(),
    float: st.floats(0, 1e6),
    bytes: st.binary(max_size=20),
    datetime: MOMENTS,
    date: st.dates(),
    time: st.times(),
}


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that aggregates are made of; every field varies, those with a default too."""
    if hint in PLAIN:
        return PLAIN[hint]
    arguments = get_args(hint)
    if get_origin(hint) is tuple:
        return st.lists(anything(arguments[0]), max_size=2).map(tuple)
    if NoneType in arguments:
        return st.none() | anything(next(argument for argument in arguments if argument is not NoneType))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    assert isinstance(hint, type)
    assert is_dataclass(hint)
    build: Any = hint
    hints = get_type_hints(hint)
    # deferred: the strategy of a large class is slow to build
    return st.deferred(lambda: st.builds(build, **{field.name: anything(hints[field.name]) for field in fields(hint)}))
