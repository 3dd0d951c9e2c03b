"""On the real engine: every hot query reads an index in its order, and no more of it than it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.account import Session
from app.domain.appeal import Answer, AnswerOutcome, Publication
from app.domain.bar import Bar
from app.domain.call import Call, CallOutcome, CallVerdict
from app.domain.call_check import CallCheck, CallChecks, MissedCall
from app.domain.figures import Tally
from app.domain.notification import Role
from app.domain.perfunctory import Flag, FlagDecision, FlagReason, answers_of
from app.domain.timeline import Actor
from app.services.ports.appeals import Upload
from app.services.ports.calls import VisitCount
from app.services.ports.figures import DailyTally
from app.store import MongoStores
from tests.engines import Workbench

from .plans import explained, reads_its_index
from .samples import answered, appeal, assigned, bound, hours, notification, official, roster, supervised

BY = Actor(Role.OFFICIAL, "account", "周文清", "o1")
(SAID,) = answers_of(appeal(answers=(Answer("已处理", AnswerOutcome.SOLVED, BY, hours(0), 1),)))
HOT: dict[str, tuple[Callable[[MongoStores], Any], str]] = {
    "by_code": (lambda s: s.appeals.by_code("SQ0007"), "code"),
    "by_submission": (lambda s: s.appeals.by_submission("key-7"), "submission"),
    "by_check": (lambda s: s.appeals.by_check("trace-7"), "check_trace"),
    "of_resident": (lambda s: s.appeals.of_resident("r1", None, 10), "of_resident"),
    "of_resident, next page": (lambda s: s.appeals.of_resident("r1", (hours(9), "SQ0009"), 10), "of_resident"),
    "inbox": (lambda s: s.appeals.of_assignees(["o1"], ["o1"], False, None, None, None, 10), "inbox_open"),
    "inbox window, next page": (
        lambda s: s.appeals.of_assignees(["o1"], ["o1"], False, hours(1), hours(40), (hours(9), "SQ0009"), 10),
        "inbox_open",
    ),
    "inbox window, late page": (
        lambda s: s.appeals.of_assignees(
            [f"o{n}" for n in range(7)], [], False, hours(1), hours(280), (hours(250), "SQ0250"), 10
        ),
        "inbox_open",
    ),
    "inbox of three posts": (
        lambda s: s.appeals.of_assignees(["o1", "o2", "o3"], ["o1"], False, None, hours(40), None, 10),
        "inbox_open",
    ),
    "inbox done": (
        lambda s: s.appeals.of_assignees(["o1", "o2"], ["o1"], True, None, None, (hours(150), "SQ0150"), 10),
        "inbox_done",
    ),
    "kept_from": (lambda s: s.appeals.kept_from("about-2"), "kept_from"),
    "to_dispatch": (lambda s: s.appeals.to_dispatch(hours(3), 10), "to_dispatch"),
    "to_check": (lambda s: s.appeals.to_check(hours(3), 10), "to_check"),
    "oldest_dispatch": (lambda s: s.appeals.oldest_dispatch(), "to_dispatch"),
    "submitted_between": (
        lambda s: s.appeals.submitted_between("bozhou-81", hours(100), hours(200), (hours(150), "SQ0150"), 10),
        "submitted",
    ),
    "answered_between": (
        lambda s: s.appeals.answered_between("bozhou-81", hours(100), hours(200), (hours(150), "SQ0150"), 10),
        "answered",
    ),
    "published": (lambda s: s.appeals.published("", "", (hours(150), "x"), 10), "published"),
    "published of one": (lambda s: s.appeals.published("", "o3", (hours(150), "x"), 10), "published_of"),
    "with_answer": (lambda s: s.appeals.with_answer(SAID.key, hours(0), hours(299), 10), "answer_keys"),
    "undecided flags": (
        lambda s: s.perfunctory_flags.undecided("bozhou-81", (hours(9), "f9"), 10),
        "undecided",
    ),
    "flags of a text": (lambda s: s.perfunctory_flags.of_text("o1", "hash"), "of_text"),
    "confirmed flags without a suggestion": (lambda s: s.perfunctory_flags.unsuggested(9), "unsuggested"),
    "looks into missed calls": (lambda s: s.call_checks.of_roster("roster-1"), "of_roster"),
    "looks without a suggestion": (lambda s: s.call_checks.unsuggested(9), "unsuggested"),
    "by_mp_openid": (lambda s: s.accounts.by_mp_openid("mp-7"), "mp_openid"),
    "by_oa_openid": (lambda s: s.accounts.by_oa_openid("oa-7"), "oa_openid"),
    "by_unionid": (lambda s: s.accounts.by_unionid("u-7"), "unionid"),
    "bound_to": (lambda s: s.accounts.bound_to(["o1", "o2"]), "posts"),
    "of_caller": (lambda s: s.calls.of_caller("a1", "", None, 10), "of_caller"),
    "of_caller, next page": (
        lambda s: s.calls.of_caller("a1", "o1", (hours(33), "call-33"), 10),
        "of_caller_to",
    ),
    "answering": (lambda s: s.calls.answering(["call-7", "call-8"]), "call_back"),
    "of_calls": (lambda s: s.appeals.of_calls(["call-7", "call-8"]), "from_call"),
    "sources": (lambda s: s.appeals.sources("bozhou-81", hours(7), hours(17)), "sources"),
    "visits of_roster": (lambda s: s.visits.of_roster("a", date(2026, 3, 2), date(2026, 3, 9)), "of_roster"),
    "changed_after": (lambda s: s.appeals.changed_after((hours(290), ""), 10), "changed"),
    "officials_due": (lambda s: s.appeals.officials_due(date(2026, 3, 4)), "figure_days"),
    "due_on": (lambda s: s.appeals.due_on(date(2026, 3, 4), "o3"), "figure_keys"),
    "calls recorded": (lambda s: s.calls.recorded(hours(30), None, ""), "newest"),
    "newest calls": (lambda s: s.calls.newest(hours(10), 10), "newest"),
    "flags that wait": (lambda s: s.perfunctory_flags.waiting(10), "waiting"),
    "posts held": (lambda s: s.accounts.posts_held(["o1", "o2"], Role.OFFICIAL), "posts"),
    "calls of an official": (lambda s: s.calls.recorded(hours(30), None, "o1"), "of_official"),
    "roll-ups": (lambda s: s.daily_tallies.between(date(2026, 3, 2), date(2026, 3, 9), ["o1", "o2"]), "of_official"),
    "of_roster": (lambda s: s.officials.of_roster("roster-1"), "of_roster"),
    "revisions": (lambda s: s.rosters.revisions(), "published"),
    "session": (lambda s: s.sessions.get("session-1"), "_id_"),
    "appeal": (lambda s: s.appeals.get("appeal-7"), "_id_"),
    "owned": (lambda s: s.uploads.owned(["upload-1", "upload-2"], "a1"), "_id_"),
}


@pytest.fixture(scope="module")
def filled(real_bench: Workbench) -> Iterator[MongoStores]:
    real_bench.empty()
    stores = real_bench.stores()
    for number in range(300):
        changes: dict[str, Any] = {
            "resident_id": f"r{number % 7}",
            "submitted_at": hours(number),
            "submission_key": f"key-{number}",
            "source": f"DS-{number % 3}",
            "call_id": f"call-{number}",
            "checks": (f"trace-{number}",),
        }
        kind = number % 5
        if kind == 0:
            said = (Answer("已处理", AnswerOutcome.SOLVED, BY, hours(number), 1),)
            shown = Publication("一", "二", "三", "李督查", hours(number))
            told = {"answers": said, "publication": shown, **changes}
            stores.appeals.add(answered(number, f"o{number % 7}", hours(number), **told))
        elif kind == 1:
            stores.appeals.add(supervised(number, hours(number), **changes))
        elif kind == 2:
            about = (Bar(f"about-{number % 9}"),)
            stores.appeals.add(appeal(number, notifications=(notification(hours(number)),), bars=about, **changes))
        else:
            stores.appeals.add(assigned(number, f"o{number % 7}", hours(number), hours(number), **changes))
    for number in range(40):
        stores.perfunctory_flags.add(flag(number))
        stores.call_checks.add(call_checks(number))
        ids: dict[str, Any] = {"mp_openid": f"mp-{number}", "oa_openid": f"oa-{number}", "unionid": f"u-{number}"}
        stores.accounts.add(bound(number, f"o{number}", **ids))
        stores.rosters.put(roster(f"roster-{number}", is_published=number < 5))
        stores.officials.put(official(f"o{number}", number, roster=f"roster-{number % 8}"))
        answers = f"call-{number - 1}" if number % 2 else ""
        stores.calls.add(Call(f"call-{number}", f"a{number % 8}", "o1", CallOutcome.BUSY, hours(number), answers))
        day = date(2026, 3, number % 28 + 1)
        stores.visits.add(VisitCount(f"visit-{number}", 1, "a", f"DS-{number}", day, 3))
        stores.uploads.add(Upload(f"upload-{number}", "a1", hours(number), "image/jpeg", b"", "token"))
        day = date(2026, 3, 1) + timedelta(days=number)
        stores.daily_tallies.put(DailyTally(f"{number}", day, f"o{number % 3}", "", "", "", Tally(attempts=1)))
        stores.sessions.add(Session(f"session-{number}", f"a{number % 8}", hours(0), hours(number)))
    yield stores
    real_bench.empty()


def call_checks(number: int) -> CallChecks:
    """Every other one waits for its suggestion."""
    calls = (MissedCall(f"call-{number}", hours(number), CallOutcome.BUSY, 1),)
    suggested = hours(number) if number % 2 else None
    check = CallCheck(1, CallVerdict.TRUE, calls, "属实", "李", "li", hours(number), "a1", suggested)
    return CallChecks(f"o{number}", 1, f"roster-{number % 8}", (check,))


def flag(number: int) -> Flag:
    """Every other one is decided, and of every fourth the official is o1."""
    decision = FlagDecision.CONFIRMED if number % 2 else None
    official = f"o{number % 4}"
    return Flag(
        f"f{number}", 1, FlagReason.SAME_TEXT, "bozhou-81", official, (), "hash", hours(number), hours(number), decision
    )


@pytest.mark.parametrize("name", HOT)
def test_a_hot_query_is_answered_from_its_index(
    monkeypatch: pytest.MonkeyPatch, filled: MongoStores, name: str
) -> None:
    call, index = HOT[name]
    reads_its_index(explained(monkeypatch, filled, call), index)


def test_the_sample_has_something_for_every_list(filled: MongoStores) -> None:
    assert filled.appeals.to_check(hours(400), 999)
    assert filled.appeals.oldest_dispatch() == hours(2)
    assert filled.appeals.of_assignees(["o1"], [], True, None, None, None, 99)
    assert filled.appeals.get("appeal-7") is not None
