"""An appeal as the console shows it: the API's view with the words that the office reads, and what is for whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain import outbox
from app.domain.appeal import AnswerOutcome, Appeal, ContactOutcome, Resolution, Satisfaction, State
from app.domain.call import CallOutcome
from app.domain.deadline import DeadlineKind, Rung
from app.domain.escalation import DEEDS as RUNG_DEEDS
from app.domain.intake import URGENT
from app.domain.labels import DEADLINES, DEEDS, RUNGS
from app.domain.notification import Notification, Role
from app.domain.office_words import (
    ANSWERS,
    CALLS,
    CONTACTS,
    DECISIONS,
    INTERVIEW_REASONS,
    PARTS,
    RESOLUTIONS,
    SATISFACTIONS,
    URGENCY,
)
from app.domain.operation_words import RECIPIENTS, reason_words
from app.domain.promises import broken_promises
from app.domain.redaction import without_numbers
from app.domain.returning import hand_backs
from app.domain.routing import handed_back, suggested
from app.domain.supervision import Decision, InterviewReason
from app.domain.timeline import Deed, Entry
from app.domain.workday import local_day
from app.domain.worklist import Desk, Lists, WorkList, waits_since
from app.services.appeals.reading import Reading
from app.web.presenters.appeals import AppealPresenter
from app.web.presenters.ledgers import order_note

TONES: Mapping[State, tuple[str, str]] = {
    State.SUBMITTED: ("calm", "○"),
    State.ASSIGNED: ("calm", "◔"),
    State.IN_PROGRESS: ("calm", "◑"),
    State.AWAITING_RESIDENT: ("soon", "?"),
    State.ANSWERED: ("good", "✓"),
    State.UNDER_REVIEW: ("calm", "◕"),
    State.CONCLUDED: ("good", "✓"),
    State.REJECTED: ("closed", "×"),
    State.WITHDRAWN: ("closed", "×"),
    State.MERGED: ("closed", "⇢"),
}
"""Tone and shape of a state's tag, the same as in the mini-program (constants/appeals.js)."""
GIST = 60
"""Characters of an appeal's text in a list."""


def present_row(presenter: AppealPresenter, reading: Reading, which: WorkList = Lists.ALL) -> dict[str, Any]:
    """One line of a list: what it is about there, and since when it waits there; `order` says how the newest 督办单
    stands, empty off the supervision list."""
    appeal = reading.appeal
    tone, shape = TONES[appeal.state]
    since = waits_since(appeal, which)
    return presenter.summary(reading) | {
        "tone": tone,
        "shape": shape,
        "about_official": bool(appeal.about),
        "hand_backs": hand_backs(appeal),
        "broken_promises": broken_promises(appeal),
        "handed_back": _handed_back(appeal),
        "suggested": suggested(appeal),
        "order": order_note(appeal, reading.now, presenter.calendar),
        "gist": _gist(appeal, which),
        "since": since,
        "waits": waiting_words(since, reading.now),
    }


def _handed_back(appeal: Appeal) -> str:
    """By whom and why it was handed back; empty when it does not wait for that."""
    entry = handed_back(appeal)
    return f"{who(entry)}退回：{_shortened(entry.text)}" if entry else ""


def waiting_words(since: datetime, now: datetime) -> str:
    """How long in days of the calendar, as people count: today is none."""
    days = (local_day(now) - local_day(since)).days
    return "今天" if days <= 0 else "昨天" if days == 1 else f"{days} 天"


def _gist(appeal: Appeal, which: WorkList) -> str:
    """The first words; on the desk of extensions, what is asked for and why."""
    if which is Desk.EXTENSION and appeal.extension:
        return f"申请 {appeal.extension.workdays} 个工作日：{_shortened(appeal.extension.reason)}"
    return _shortened(appeal.body)


def _shortened(text: str) -> str:
    """The first words without numbers, because lists mask phones (rule 3)."""
    words = without_numbers(" ".join(text.split()))
    return words if len(words) <= GIST else f"{words[:GIST]}……"


def present_file(presenter: AppealPresenter, reading: Reading) -> dict[str, Any]:
    """Everything on an appeal; `hides` says whether a number is masked in it."""
    appeal = reading.appeal
    entries = {entry.number: entry for entry in appeal.timeline}
    shown = presenter.detail(reading)
    shown["hides"] = shown != presenter.detail(replace(reading, in_person=True))
    shown["timeline"] = [line | _of_entry(entries[line["number"]]) for line in shown["timeline"]]
    shown["answers"] = [
        said | {"outcome": ANSWERS[answer.outcome]}
        for said, answer in zip(shown["answers"], appeal.answers, strict=True)
    ]
    shown["ratings"] = [
        said | {"words": f"{RESOLUTIONS[rating.resolution]} · {SATISFACTIONS[rating.satisfaction]}"}
        for said, rating in zip(shown["ratings"], appeal.ratings, strict=True)
    ]
    tone, shape = TONES[appeal.state]
    return shown | {
        "tone": tone,
        "shape": shape,
        "unreached": [_unreached(one) for one in outbox.troubles(appeal)],
        "hand_backs": hand_backs(appeal),
        "broken_promises": broken_promises(appeal),
    }


def outcome_words(entry: Entry) -> str:
    """The deed's variety in words; empty where the deed says it all."""
    words = _OUTCOMES.get(entry.deed)
    return words(entry.outcome) if words and entry.outcome else ""


def who(entry: Entry) -> str:
    """Name and part of whoever acted; a resident is nobody's business by name."""
    part = PARTS[entry.actor.role]
    name = entry.actor.name if entry.actor.role is not Role.RESIDENT else ""
    if entry.actor.role is Role.STAFF:
        return f"{name} 的工作人员代办" if name else "工作人员代办"
    return f"{part} {name}".strip()


def _of_entry(entry: Entry) -> dict[str, Any]:
    withdrawn = entry.deed is Deed.PUBLISH and entry.outcome == "withdrawn"
    return {
        "label": "撤下公开" if withdrawn else DEEDS[entry.deed],
        "words": outcome_words(entry),
        "who": who(entry),
        "internal": entry.internal,
        "confidential": entry.confidential,
    }


def _unreached(message: Notification) -> dict[str, Any]:
    return {
        "key": message.key,
        "to": RECIPIENTS[message.recipient.role],
        "reason": reason_words(message.last_error),
        "at": message.settled_at or message.created_at,
    }


def _rung(outcome: str) -> str:
    """Which clock, and which rung where the deed's own name does not say it (督办, 催办)."""
    clock, _, name = outcome.partition(" ")
    rung, words = Rung(name), f"{DEADLINES[DeadlineKind(clock)]}期限"
    return words if RUNGS[rung] == DEEDS[RUNG_DEEDS[rung]] else f"{words} · {RUNGS[rung]}"


def _rating(outcome: str) -> str:
    resolution, _, satisfaction = outcome.partition(" ")
    return f"{RESOLUTIONS[Resolution(resolution)]} · {SATISFACTIONS[Satisfaction(satisfaction)]}"


def _suggestion(outcome: str) -> str:
    reason, _, mark = outcome.partition(" ")
    return f"{INTERVIEW_REASONS[InterviewReason(reason)]}（证据指纹 {mark}）"


_OUTCOMES: Mapping[Deed, Callable[[str], str]] = {
    Deed.CONTACT: lambda outcome: CONTACTS[ContactOutcome(outcome)],
    Deed.ANSWER: lambda outcome: ANSWERS[AnswerOutcome(outcome)],
    Deed.RATE: _rating,
    Deed.REMIND: _rung,
    Deed.URGE: _rung,
    Deed.SUPERVISE: _rung,
    Deed.PROMISE_BROKEN: lambda _: "没有在承诺的时间联系",
    Deed.REQUEST_EXTENSION: lambda days: f"申请 {days} 个工作日",
    Deed.EXTEND: lambda days: f"{days} 个工作日",
    Deed.REFUSE_EXTENSION: lambda days: f"申请的是 {days} 个工作日",
    Deed.MERGE: lambda code: f"并入 {code}",
    Deed.SET_ABOUT: lambda _: "没有反映具体的负责同志",
    Deed.INFORM: lambda code: f"答复来自 {code}",
    Deed.ORDER: str,
    Deed.SUGGEST_INTERVIEW: _suggestion,
    Deed.INTERVIEW: lambda decision: DECISIONS[Decision(decision)],
    Deed.TAKE_CALL: lambda outcome: CALLS[CallOutcome(outcome)],
    Deed.TRANSFER: lambda _: "原岗位不再公布，不计入转办次数",
    Deed.SET_URGENT: lambda outcome: URGENCY[outcome == URGENT],
    Deed.FOLLOW_UP: lambda outcome: "已联系上" if outcome == "reached" else "没有联系上",
}


def suggested_redaction(appeal: Appeal) -> dict[str, str]:
    """What the form for publication begins with: what is published, else the originals without long numbers, for a
    person to redact."""
    if appeal.publication is not None:
        return {"title": appeal.publication.title, "body": appeal.publication.body, "answer": appeal.publication.answer}
    answer = appeal.answers[-1].text if appeal.answers else ""
    return {
        name: without_numbers(text)
        for name, text in (("title", appeal.title), ("body", appeal.body), ("answer", answer))
    }
