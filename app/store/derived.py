"""What is stored beside an aggregate so that it can be found: computed with every write, never read back.

A time that a query compares is stored as whole milliseconds since 1970 (`*_ms`): the embedded engine compares BSON
dates by the second, which would lose and repeat appeals between two pages.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from app.domain.account import Account, Session
from app.domain.appeal import Appeal, State
from app.domain.audit import AuditEntry
from app.domain.bar import words_of
from app.domain.call import Call
from app.domain.escalation import next_sweep_at
from app.domain.figure_facts import changed_at, figure_days, figure_keys
from app.domain.office_session import OfficeSession
from app.domain.passage import measures_of, passage_of
from app.domain.perfunctory import answers_of
from app.domain.workday import at
from app.domain.worklist import counted_due_at, desks, filter_words, waits_on
from app.services.ports.appeals import EarlyVerdict, Upload
from app.services.ports.figures import DailyTally
from app.services.ports.flows import DayFlow
from app.services.ports.requests import Answered, Lockout

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
MIDNIGHT = time(0)
EVERYTHING = "all"
"""The list that every appeal stands on."""


def in_ms(moment: datetime) -> int:
    """Whole milliseconds since 1970, cut like a BSON date."""
    return (moment - EPOCH) // MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    return EPOCH + milliseconds * MILLISECOND


def day_number(day: date) -> int:
    """2026-03-05 as 20260305. Text that begins with a date would be taken for a date by the embedded engine, which
    then finds nothing."""
    return day.year * 10000 + day.month * 100 + day.day


def is_done(appeal: Appeal) -> bool:
    """Whether nothing is left to do for the official: answered, in review of the answer, or closed."""
    return not appeal.is_open or appeal.state in {State.ANSWERED, State.UNDER_REVIEW}


def due_at(appeal: Appeal) -> datetime | None:
    """Where it stands in the inbox. Handled without a clock is not foreseen; it would stand where it was submitted,
    rather than nowhere."""
    return appeal.due_at or (appeal.submitted_at if appeal.assignment and not is_done(appeal) else None)


def settled_at(appeal: Appeal) -> datetime | None:
    """When the last thing happened to an appeal that is done."""
    return appeal.timeline[-1].at if is_done(appeal) and appeal.timeline else None


def answered_at(appeal: Appeal) -> datetime | None:
    """When the newest answer was given."""
    return appeal.answers[-1].at if appeal.answers else None


def answer_keys(appeal: Appeal) -> list[str]:
    """By which the same words of the same official are found again."""
    return sorted({answer.key for answer in answers_of(appeal) if answer.key})


def next_dispatch_at(appeal: Appeal) -> datetime | None:
    """When the next message may go out; None when none waits."""
    return min((message.not_before for message in appeal.notifications if message.is_waiting), default=None)


def list_word(desk: str, word: str) -> str:
    """What a desk's list is found by in the index, narrowed by a filter's word unless that is empty."""
    return f"{desk} {word}" if word else str(desk)


def of_appeal(appeal: Appeal) -> dict[str, Any]:
    """`barred_official_id`: from whom it is kept (app/domain/bar.py). Its name is from when it was one post's id, which
    it is in old documents: the same condition finds both."""
    measures = measures_of(appeal)
    times = {
        "submitted_ms": appeal.submitted_at,
        "due_ms": due_at(appeal),
        "counted_due_ms": counted_due_at(appeal),
        "settled_ms": settled_at(appeal),
        "changed_ms": changed_at(appeal),
        "next_dispatch_ms": next_dispatch_at(appeal),
        "next_check_ms": next_sweep_at(appeal),
        "published_ms": appeal.publication.at if appeal.publication else None,
        "answered_ms": answered_at(appeal),
        "measured_ms": at(measures[-1][0], MIDNIGHT) if measures else None,
    }
    on_desks = [list_word(desk, word) for desk in desks(appeal) for word in filter_words(appeal)]
    ids = {
        "assignee_id": appeal.assignee_id,
        "waits_on": " ".join(waits_on(appeal)),
        "public_id": appeal.public_id if appeal.publication else "",
    }
    return {
        "is_open": appeal.is_open,
        "done": is_done(appeal),
        "passage": str(passage_of(appeal)),
        **(
            {"figure_days": [day_number(day) for day in days], "figure_keys": list(figure_keys(appeal))}
            if (days := figure_days(appeal))
            else {}
        ),
        "found_by": [list_word(EVERYTHING, word) for word in filter_words(appeal, states=True)],
        **({"desks": on_desks} if on_desks else {}),
        **({"answer_keys": keys} if (keys := answer_keys(appeal)) else {}),
        **({"measures": [f"{measure.value} {day.isoformat()}" for day, measure in measures]} if measures else {}),
        **{field: id for field, id in ids.items() if id},
        **({"barred_official_id": list(barred)} if (barred := words_of(appeal.kept_from)) else {}),
        **{field: in_ms(moment) for field, moment in times.items() if moment is not None},
    }


def of_account(account: Account) -> dict[str, Any]:
    """`posts`: a flat array, because the embedded engine does not search inside an array of documents."""
    posts = sorted(account.posts())
    return {"posts": posts} if posts else {}


def of_session(session: Session) -> dict[str, Any]:
    return {"expires_ms": in_ms(session.expires_at)}


def of_flow(flow: DayFlow) -> dict[str, Any]:
    return {"on_day": day_number(flow.day)}


def of_office_session(session: OfficeSession) -> dict[str, Any]:
    """`code`: the id once more, because no index may contain `_id`."""
    return {"expires_ms": in_ms(session.expires_at), "seen_ms": in_ms(session.seen_at), "code": session.id}


def of_audit_entry(entry: AuditEntry) -> dict[str, Any]:
    return {"at_ms": in_ms(entry.at)}


def of_daily(daily: DailyTally) -> dict[str, Any]:
    return {"on_day": day_number(daily.day)}


def of_call(call: Call) -> dict[str, Any]:
    """`code`: the id once more, because no index may contain `_id`."""
    return {"at_ms": in_ms(call.at), "code": call.id}


def of_lockout(lockout: Lockout) -> dict[str, Any]:
    return {"last_ms": in_ms(lockout.last_at)}


def of_upload(upload: Upload) -> dict[str, Any]:
    return {"created_ms": in_ms(upload.created_at)}


def of_early_verdict(verdict: EarlyVerdict) -> dict[str, Any]:
    return {"at_ms": in_ms(verdict.at)}


def of_answered(answered: Answered) -> dict[str, Any]:
    return {"at_ms": in_ms(answered.at)}
