"""What the supervision office does with an appeal after it was handed out: orders, interviews, follow-up, publication.

Each is a rule over the appeal; a person is named on every one (product.md: no automatic discipline).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.domain import supervision
from app.domain.appeal import Appeal, Assignment, Publication, Resolution, Satisfaction, State, Visibility
from app.domain.closing import conclude, rate
from app.domain.errors import InvalidInput, NotFound, Reason, RuleBroken
from app.domain.lifecycle import move, tell_resident, worded
from app.domain.notification import Occasion
from app.domain.office_words import RESOLUTIONS, SATISFACTIONS
from app.domain.orders import is_late
from app.domain.redaction import has_numbers
from app.domain.supervision import Decision, Interview, InterviewReason
from app.domain.terms import Terms
from app.domain.timeline import SYSTEM, Actor, Deed
from app.domain.workday import Span

MOST_FOLLOW_UPS = 2


def sign_order(appeal: Appeal, number: str, span: Span, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """Signs the 督办单 of the newest listing in this assignment. It has its own deadline and moves none."""
    check_listed(appeal)
    signed = supervision.sign(appeal.supervisions[-1], number, by.name, now, span, terms.calendar)
    appeal = move(appeal, Deed.ORDER, by, now, outcome=number, due_at=signed.due_at, internal=True)
    return replace(appeal, supervisions=(*appeal.supervisions[:-1], signed))


def check_listed(appeal: Appeal) -> None:
    """Raises RuleBroken unless the appeal is on the supervision list and waits for a 督办单."""
    current = appeal.assignment.number if appeal.assignment else 0
    if not appeal.supervisions or appeal.supervisions[-1].assignment != current or not appeal.is_open:
        raise RuleBroken(Reason.NOT_ON_THE_LIST)
    if appeal.supervisions[-1].signed_at is not None:
        raise RuleBroken(Reason.ORDER_SIGNED, number=appeal.supervisions[-1].number)


def suggest_interview(
    appeal: Appeal,
    reason: InterviewReason,
    now: datetime,
    facts: object = None,
    by: Actor = SYSTEM,
    of: Assignment | None = None,
) -> Appeal:
    """Puts an interview on the ledger, once for a reason and assignment (`of`, the running one unless given); a person
    decides. For what time and verified evidence suggest; `propose_interview` is how a person does. Raises RuleBroken
    when nobody was ever made responsible."""
    suggested = supervision.suggest(appeal, reason, now, facts, of)
    if any(known.reason is reason and known.assignment == suggested.assignment for known in appeal.interviews):
        return appeal
    outcome = f"{reason.value} {suggested.evidence_hash[:16]}"
    appeal = move(appeal, Deed.SUGGEST_INTERVIEW, by, now, outcome=outcome, confidential=True)
    return replace(appeal, interviews=(*appeal.interviews, suggested))


def interview_reasons(appeal: Appeal, now: datetime) -> tuple[InterviewReason, ...]:
    """The reasons that a person may give now, in the order of InterviewReason."""
    return tuple(reason for reason in InterviewReason if _objection(appeal, reason, now) is None)


def propose_interview(appeal: Appeal, reason: InterviewReason, text: str, by: Actor, now: datetime) -> Appeal:
    """A person suggests an interview; `text` says what was verified, and is frozen with the evidence. Raises RuleBroken
    where the reason does not hold for this appeal, or was given before."""
    if objection := _objection(appeal, reason, now):
        raise RuleBroken(objection, field="reason", state=appeal.state.value, action=Deed.SUGGEST_INTERVIEW.value)
    return suggest_interview(appeal, reason, now, {"verified": worded(text)}, by)


def was_suggested(appeal: Appeal, reason: InterviewReason) -> bool:
    """Whether the ledger holds an entry for this reason and assignment, decided or not."""
    number = appeal.assignment.number if appeal.assignment else 0
    return any(known.reason is reason and known.assignment == number for known in appeal.interviews)


def _objection(appeal: Appeal, reason: InterviewReason, now: datetime) -> Reason | None:
    """What stands against suggesting an interview for this reason; None when it holds. 不接电话 is of the telephone,
    not of the appeal: whoever verified it may give it wherever somebody is responsible."""
    if appeal.assignment is None or appeal.state in {State.MERGED, State.WITHDRAWN}:
        return Reason.WRONG_STATE
    if was_suggested(appeal, reason):
        return Reason.INTERVIEW_SUGGESTED
    if reason is InterviewReason.ORDER_IGNORED and not any(is_late(appeal, o, now) for o in appeal.supervisions):
        return Reason.ORDER_NOT_OVERDUE
    if reason is InterviewReason.PERFUNCTORY and not appeal.answers:
        return Reason.NOTHING_TO_JUDGE
    return None


def decide_interview(
    appeal: Appeal, number: int, decision: Decision, text: str, rectify_by: datetime | None, by: Actor, now: datetime
) -> Appeal:
    """约谈 or not: by a named person, with words; with a date until which things have to be put right."""
    decided = supervision.decide(_interview(appeal, number), decision, worded(text), rectify_by, by.name, now)
    appeal = move(
        appeal, Deed.INTERVIEW, by, now, text=decided.text, outcome=decision.value, due_at=rectify_by, confidential=True
    )
    return _with_interview(appeal, decided)


def confirm_rectified(appeal: Appeal, number: int, text: str, by: Actor, now: datetime) -> Appeal:
    """A person saw that things were put right. Raises RuleBroken where nothing had to be, or somebody has confirmed."""
    rectified = supervision.rectify(_interview(appeal, number), now)
    appeal = move(appeal, Deed.RECTIFY, by, now, text=worded(text), confidential=True)
    return _with_interview(appeal, rectified)


def refer(appeal: Appeal, number: int, now: datetime, by: Actor = SYSTEM) -> Appeal:
    """移交: the rectification date was missed; from now on the inspectors see it, and only they are told."""
    interview = _interview(appeal, number)
    appeal = move(appeal, Deed.REFER, by, now, outcome=str(number), confidential=True)
    return _with_interview(appeal, replace(interview, referred_at=now))


def follow_up(
    appeal: Appeal,
    reached: bool,
    resolution: Resolution | None,
    satisfaction: Satisfaction | None,
    text: str,
    unit: str,
    handling_unit: str,
    by: Actor,
    terms: Terms,
    now: datetime,
) -> Appeal:
    """回访: asks the resident by telephone, twice at most, never by the unit that handled it; an account without a unit
    cannot show that. What was said counts as the resident's rating, whom a message tells what was taken
    down; not being reached counts as nothing, and has no rating: InvalidInput for both at once."""
    if not reached and (resolution or satisfaction):
        raise InvalidInput(Reason.RATED_UNREACHED, field="reached")
    if not unit.strip():
        raise RuleBroken(Reason.UNIT_UNKNOWN)
    if unit.strip() == handling_unit.strip():
        raise RuleBroken(Reason.OWN_UNIT)
    if appeal.follow_ups >= MOST_FOLLOW_UPS:
        raise RuleBroken(Reason.WRONG_STATE, state=appeal.state.value, action=Deed.FOLLOW_UP.value)
    outcome = "reached" if reached else "not_reached"
    appeal = move(appeal, Deed.FOLLOW_UP, by, now, text=text.strip(), outcome=outcome, internal=not reached)
    appeal = replace(appeal, follow_ups=appeal.follow_ups + 1)
    if not reached or resolution is None or satisfaction is None:
        return appeal
    appeal = rate(appeal, resolution, satisfaction, by, terms, now, text)
    said = f"{RESOLUTIONS[resolution]}、{SATISFACTIONS[satisfaction]}"
    return tell_resident(appeal, Occasion.FOLLOWED_UP, terms, now, said)


def conclude_review(appeal: Appeal, explanation: str, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """Ends a second review with an explanation for the resident; nothing else may be concluded over his head."""
    if appeal.state is not State.UNDER_REVIEW:
        raise RuleBroken(Reason.WRONG_STATE, state=appeal.state.value, action=Deed.CONCLUDE.value)
    return conclude(appeal, explanation, by, terms, now)


def publish(
    appeal: Appeal, title: str, body: str, answer: str, by: Actor, now: datetime, numbers_meant: bool = False
) -> Appeal:
    """公开 in a person's redaction, with the resident's consent, once there is an answer.

    What looks like a telephone or identity number stops it, unless that person means it (`numbers_meant`: a hotline).
    """
    if appeal.visibility is not Visibility.PUBLIC or appeal.about:
        raise RuleBroken(Reason.NO_CONSENT)
    if not appeal.answers or appeal.state not in {State.ANSWERED, State.CONCLUDED}:
        raise RuleBroken(Reason.NOT_ANSWERED_YET)
    words = {name: worded(text, name) for name, text in (("title", title), ("body", body), ("answer", answer))}
    for name, text in words.items():
        if has_numbers(text) and not numbers_meant:
            raise InvalidInput(Reason.NUMBERS_LEFT, field=name)
    published = Publication(**words, by=by.name, at=now)
    appeal = move(appeal, Deed.PUBLISH, by, now, outcome="published")
    return replace(appeal, publication=published)


def unpublish(appeal: Appeal, reason: str, by: Actor, now: datetime) -> Appeal:
    """Takes down what is public. Raises RuleBroken when nothing is."""
    if appeal.publication is None:
        raise RuleBroken(Reason.NOT_PUBLISHED)
    appeal = move(appeal, Deed.PUBLISH, by, now, text=worded(reason, "reason"), outcome="withdrawn", internal=True)
    return replace(appeal, publication=None)


def _interview(appeal: Appeal, number: int) -> Interview:
    found = next((interview for interview in appeal.interviews if interview.number == number), None)
    if found is None:
        raise NotFound(Reason.NO_SUCH_INTERVIEW)
    return found


def _with_interview(appeal: Appeal, changed: Interview) -> Appeal:
    interviews = tuple(changed if known.number == changed.number else known for known in appeal.interviews)
    return replace(appeal, interviews=interviews)
