"""The life of an appeal: which deed leads from which state to which. The only place that gives an appeal its state.

The table is product.md's, written out with the deeds that leave the state as it is. docs/adr/0003 says where it is
wider: a resident may withdraw until there is an answer, and a supervisor may merge until then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from unicodedata import category

from app.domain.appeal import Appeal, Review, State, without_request
from app.domain.deadline import DeadlineKind, set_deadline
from app.domain.errors import InvalidInput, Reason, RuleBroken
from app.domain.notification import GATHERED_FOR, REMINDERS, Notification, Occasion, Recipient, Role
from app.domain.terms import Hearers, Terms
from app.domain.timeline import Actor, Deed, Entry

TRANSITIONS: Mapping[State, Mapping[Deed, State]] = {
    State.SUBMITTED: {
        Deed.ASSIGN: State.ASSIGNED,
        Deed.REJECT: State.REJECTED,
        Deed.WITHDRAW: State.WITHDRAWN,
        Deed.MERGE: State.MERGED,
        Deed.SET_URGENT: State.SUBMITTED,
    },
    State.ASSIGNED: {
        Deed.SET_URGENT: State.ASSIGNED,
        Deed.TAKE_BACK: State.SUBMITTED,
        Deed.SIGN: State.IN_PROGRESS,
        Deed.CONTACT: State.IN_PROGRESS,
        Deed.QUICK_REPLY: State.ASSIGNED,
        Deed.PROMISE_BROKEN: State.ASSIGNED,
        Deed.HAND_BACK: State.SUBMITTED,
        Deed.TRANSFER: State.ASSIGNED,
        Deed.REMIND: State.ASSIGNED,
        Deed.URGE: State.ASSIGNED,
        Deed.SUPERVISE: State.ASSIGNED,
        Deed.WITHDRAW: State.WITHDRAWN,
        Deed.MERGE: State.MERGED,
    },
    State.IN_PROGRESS: {
        Deed.SET_URGENT: State.IN_PROGRESS,
        Deed.TAKE_BACK: State.SUBMITTED,
        Deed.CONTACT: State.IN_PROGRESS,
        Deed.QUICK_REPLY: State.IN_PROGRESS,
        Deed.PROMISE_BROKEN: State.IN_PROGRESS,
        Deed.REQUEST_SUPPLEMENT: State.AWAITING_RESIDENT,
        Deed.SUPPLEMENT: State.IN_PROGRESS,
        Deed.REQUEST_EXTENSION: State.IN_PROGRESS,
        Deed.EXTEND: State.IN_PROGRESS,
        Deed.REFUSE_EXTENSION: State.IN_PROGRESS,
        Deed.TRANSFER: State.ASSIGNED,
        Deed.ANSWER: State.ANSWERED,
        Deed.REMIND: State.IN_PROGRESS,
        Deed.URGE: State.IN_PROGRESS,
        Deed.SUPERVISE: State.IN_PROGRESS,
        Deed.WITHDRAW: State.WITHDRAWN,
        Deed.MERGE: State.MERGED,
    },
    State.AWAITING_RESIDENT: {
        Deed.TAKE_BACK: State.SUBMITTED,
        Deed.CONTACT: State.AWAITING_RESIDENT,
        Deed.MERGE: State.MERGED,
        Deed.SUPPLEMENT: State.IN_PROGRESS,
        Deed.RESUME: State.IN_PROGRESS,
        Deed.WITHDRAW: State.WITHDRAWN,
    },
    State.ANSWERED: {
        Deed.TAKE_BACK: State.SUBMITTED,
        Deed.RATE: State.ANSWERED,
        Deed.FOLLOW_UP: State.ANSWERED,
        Deed.REOPEN: State.IN_PROGRESS,
        Deed.DISPUTE: State.UNDER_REVIEW,
        Deed.CONCLUDE: State.CONCLUDED,
    },
    State.UNDER_REVIEW: {
        Deed.TAKE_BACK: State.SUBMITTED,
        Deed.CONCLUDE: State.CONCLUDED,
        Deed.REOPEN: State.IN_PROGRESS,
    },
    State.CONCLUDED: {Deed.REOPEN: State.IN_PROGRESS},
    State.REJECTED: {},
    State.WITHDRAWN: {},
    State.MERGED: {Deed.RATE: State.MERGED},
}

LEDGER = frozenset(
    {
        Deed.ORDER,
        Deed.SUGGEST_INTERVIEW,
        Deed.INTERVIEW,
        Deed.RECTIFY,
        Deed.REFER,
        Deed.PUBLISH,
        Deed.INFORM,
        Deed.SET_ABOUT,
    }
)
"""Deeds of the supervision office that are recorded in whatever state the appeal is, and leave it there."""

LONGEST_TEXT = 2000
"""Characters of any one text, so that a document with its whole story stays far below MongoDB's 16 MB."""


_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters without a meaning in a text, which later break exports, and those that turn its direction round, by which
it reads as something else."""


def leads_on(appeal: Appeal, deed: Deed) -> bool:
    """Whether the table knows this deed in the appeal's state."""
    return deed in LEDGER or deed in TRANSITIONS[appeal.state]


def move(
    appeal: Appeal,
    deed: Deed,
    actor: Actor,
    now: datetime,
    *,
    text: str = "",
    outcome: str = "",
    official_id: str = "",
    photos: tuple[str, ...] = (),
    due_at: datetime | None = None,
    internal: bool = False,
    confidential: bool = False,
) -> Appeal:
    """The appeal after `deed`: its next state, with the timeline entry. Raises RuleBroken(WRONG_STATE)."""
    if not leads_on(appeal, deed):
        raise RuleBroken(Reason.WRONG_STATE, state=appeal.state.value, action=deed.value)
    number = len(appeal.timeline) + 1
    entry = Entry(number, now, actor, deed, text, outcome, official_id, photos, due_at, internal, confidential)
    state = TRANSITIONS[appeal.state].get(deed, appeal.state)
    return replace(appeal, state=state, timeline=(*appeal.timeline, entry))


def under_key(before: Appeal, after: Appeal, key: str) -> Appeal:
    """`after` with the request's idempotency key at the first of the entries that the deed added to `before`, by which
    a repetition of the request is known. A deed that added none is `after` itself: it may be done again."""
    number = len(before.timeline)
    if not key or len(after.timeline) == number:
        return after
    first = replace(after.timeline[number], key=key)
    return replace(after, timeline=(*after.timeline[:number], first, *after.timeline[number + 1 :]))


def notify(
    appeal: Appeal,
    occasion: Occasion,
    recipient: Recipient,
    terms: Terms,
    now: datetime,
    *,
    clock: DeadlineKind | None = None,
    text: str = "",
    repeatable: bool = False,
) -> Appeal:
    """The appeal with one more message to send, unless it already holds that key.

    `repeatable` occasions (a second supplement) carry the number of the deed that caused them in their key; the rungs
    of the ladder do not, which is what makes each fire once.
    """
    assignment = appeal.assignment.number if appeal.assignment else 0
    about = clock.value if clock else ""
    parts = [str(assignment), occasion.value, about, recipient.role.value, recipient.id]
    if repeatable:
        parts.append(str(len(appeal.timeline)))
    key = ":".join(parts)
    if any(notification.key == key for notification in appeal.notifications):
        return appeal
    wait = GATHERED_FOR if occasion in REMINDERS else timedelta()
    not_before = terms.quiet.send_at(now + wait, terms.calendar, appeal.urgent)
    new = Notification(key, occasion, recipient, assignment, now, not_before, about, text, appeal.urgent)
    return replace(appeal, notifications=(*appeal.notifications, new))


def tell_resident(appeal: Appeal, occasion: Occasion, terms: Terms, now: datetime, text: str = "") -> Appeal:
    recipient = Recipient(Role.RESIDENT, appeal.resident_id)
    return notify(appeal, occasion, recipient, terms, now, text=text, repeatable=True)


def tell_handlers(
    appeal: Appeal,
    occasion: Occasion,
    hearers: Hearers,
    terms: Terms,
    now: datetime,
    *,
    clock: DeadlineKind | None = None,
    superior: bool = False,
    repeatable: bool = False,
) -> Appeal:
    """To the assignee and staff; with `superior` also to the post above, unless the appeal is about that one."""
    recipients = [Recipient(Role.OFFICIAL, appeal.assignee_id)]
    recipients += [Recipient(Role.STAFF, account) for account in hearers.staff]
    if superior and hearers.superior_id not in {"", appeal.assignee_id, *appeal.barred_posts}:
        recipients.append(Recipient(Role.SUPERIOR, hearers.superior_id))
    for recipient in recipients:
        appeal = notify(appeal, occasion, recipient, terms, now, clock=clock, repeatable=repeatable)
    return appeal


def unassigned(appeal: Appeal, review: Review, terms: Terms, now: datetime) -> Appeal:
    """Nobody's any more: it waits for a supervisor, on the review's clock."""
    past = (*appeal.past, appeal.assignment) if appeal.assignment else appeal.past
    clock = set_deadline(DeadlineKind.REVIEW, terms.deadlines.review, now, terms.calendar)
    extension = without_request(appeal.extension)
    return replace(appeal, assignment=None, past=past, promise=None, clock=clock, review=review, extension=extension)


def worded(text: str, field: str = "text", longest: int = LONGEST_TEXT) -> str:
    """`text` without surrounding space and control characters. Raises InvalidInput when nothing of that can be seen, or
    it is too long."""
    text = text.translate(_CONTROLS).strip()
    if not any(category(character)[0] in "LNPS" for character in text):
        raise InvalidInput(Reason.TEXT_MISSING, field=field)
    if len(text) > longest:
        raise InvalidInput(Reason.TEXT_TOO_LONG, field=field, longest=longest, length=len(text))
    return text
