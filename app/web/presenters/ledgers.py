"""The lines of the two ledgers in words, for the pages and for the files alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain import orders
from app.domain.appeal import Appeal, State
from app.domain.labels import INTERVIEW_LISTS
from app.domain.ledgers import interview_status
from app.domain.office_words import DECISIONS, INTERVIEW_REASONS
from app.domain.orders import OrderStatus
from app.domain.redaction import with_masked_numbers
from app.domain.roster import Official
from app.domain.supervision import Supervision
from app.domain.workday import WorkdayCalendar
from app.services.office.ledgers import InterviewLine, OrderLine
from app.web.presenters.deadlines import PAUSED, length, what_is_left
from app.web.presenters.interviews import UNKNOWN

Officials = Mapping[str, Official]


def present_order(line: OrderLine, officials: Officials, now: datetime, calendar: WorkdayCalendar) -> dict[str, Any]:
    """`tone` is late, soon, good, closed or empty."""
    appeal, order = line.appeal, line.order
    words, tone = order_words(appeal, order, now, calendar)
    return {
        **_matter(appeal, order.official_id, officials),
        "place": line.place,
        "number": order.number,
        "listed_at": order.listed_at,
        "signed_by": order.signed_by,
        "signed_at": order.signed_at,
        "due_at": order.due_at,
        "fulfilled_at": orders.fulfilled_at(appeal, order) if order.signed_at else None,
        "words": words,
        "tone": tone,
    }


def order_words(appeal: Appeal, order: Supervision, now: datetime, calendar: WorkdayCalendar) -> tuple[str, str]:
    """How the order stands, and its tone."""
    status, done, due = orders.status_of(appeal, order), orders.fulfilled_at(appeal, order), order.due_at
    if status is OrderStatus.TO_SIGN:
        return "待签发", "soon"
    if status is OrderStatus.DONE and done and due:
        return ("按时办理", "good") if done <= due else (f"逾期 {length(done - due)}办理", "late")
    if status is OrderStatus.RUNNING and due:
        if appeal.state is State.AWAITING_RESIDENT:
            return PAUSED, ""
        return (f"已逾期 {length(now - due)}", "late") if now > due else (what_is_left(due, now, calendar), "")
    return ("未签发，已不在督办清单" if order.signed_at is None else "已撤回、并单或转办，不再办理"), "closed"


def order_note(appeal: Appeal, now: datetime, calendar: WorkdayCalendar) -> str:
    """For the work list: number, and how it stands, of the newest listing; while it runs also until when. Empty off the
    supervision list."""
    if appeal.listed_at is None:
        return ""
    order = appeal.supervisions[-1]
    due_at = orders.counted_due_at(appeal, order)
    words = what_is_left(due_at, now, calendar) if due_at else order_words(appeal, order, now, calendar)[0]
    return f"{order.number} {words}" if order.number else f"督办单{words}"


def present_interview(line: InterviewLine, officials: Officials) -> dict[str, Any]:
    """The same of an interview."""
    one = line.interview
    status = interview_status(one)
    return {
        **_matter(line.appeal, one.official_id, officials),
        "number": one.number,
        "reason": INTERVIEW_REASONS[one.reason],
        "suggested_at": one.suggested_at,
        "decision": DECISIONS[one.decision] if one.decision else "",
        "decided_by": one.decided_by,
        "decided_at": one.decided_at,
        "text": with_masked_numbers(one.text),
        "rectify_by": one.rectify_by if status.value not in {"undecided", "dismissed"} else None,
        "rectified_at": one.rectified_at,
        "referred_at": one.referred_at,
        "words": INTERVIEW_LISTS[status],
        "tone": {"undecided": "soon", "rectified": "good", "referred": "late"}.get(status.value, "closed"),
        "hash": one.evidence_hash,
    }


def _matter(appeal: Appeal, official_id: str, officials: Officials) -> dict[str, Any]:
    official = officials.get(official_id)
    return {
        "id": appeal.id,
        "code": appeal.code,
        "title": with_masked_numbers(appeal.title),
        "person": official.name if official else UNKNOWN,
        "post": f"{official.unit}{official.post}" if official else "",
    }
