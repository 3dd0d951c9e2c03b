"""How an appeal comes in: submitted, assigned or kept for review, rejected, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.appeal import Appeal, Assignment, Kind, Review, State, Visibility, without_request
from app.domain.bar import Bar
from app.domain.call import NO_REPORT, CallReport
from app.domain.deadline import DeadlineKind, answer_span, contact_span, set_deadline
from app.domain.errors import Reason, RuleBroken
from app.domain.lifecycle import move, tell_handlers, tell_resident, unassigned, worded
from app.domain.merging import refuse_with_children
from app.domain.notification import Occasion
from app.domain.organisation import Organisation
from app.domain.returning import going_on, has_handed_back
from app.domain.terms import Hearers, Terms
from app.domain.timeline import SYSTEM, Actor, Deed, Entry

LONGEST_TITLE = 60
MOST_PHOTOS = 9
URGENT, USUAL = "urgent", "usual"
"""How the timeline says what a person found an appeal to be."""
VACANT = "vacant"
"""How the timeline says that a transfer was from a post that is published no longer."""


@dataclass(frozen=True)
class Draft:
    """What a resident wrote, before it is an appeal."""

    official_id: str
    kind: Kind
    title: str
    body: str
    photos: tuple[str, ...] = ()
    place: str = ""
    phone: str = ""
    about_official: bool = False
    """Whether it is about the official it is written to."""
    about_official_id: str = ""
    """Another official of the roster whom it is about; empty for none."""
    visibility: Visibility = Visibility.PRIVATE
    source: str = ""
    call_id: str = ""

    @property
    def about(self) -> tuple[str, ...]:
        """The officials it is about."""
        named = (self.official_id if self.about_official else "", self.about_official_id)
        return tuple(dict.fromkeys(id for id in named if id))


def submit(
    draft: Draft,
    by: Actor,
    terms: Terms,
    now: datetime,
    *,
    id: str,
    code: str,
    roster: str,
    review: Review = Review.NONE,
    checks: tuple[str, ...] = (),
    key: str = "",
    organisation: Organisation | None = None,
    bars: tuple[Bar, ...] = (),
) -> Appeal:
    """A new appeal, waiting for review: `review` says why a person has to look, and an appeal about an official always
    waits for one. `bars` are on whom it is about, with their accounts. The caller assigns it at once when nothing
    stands against that (`is_clear`)."""
    if draft.about:
        review = Review.CONFLICT
    clock = set_deadline(DeadlineKind.REVIEW, terms.deadlines.review, now, terms.calendar)
    return Appeal(
        id=id,
        code=code,
        version=1,
        roster=roster,
        resident_id=by.id,
        kind=draft.kind,
        title=worded(draft.title, "title", LONGEST_TITLE),
        body=worded(draft.body, "body"),
        addressed_to=draft.official_id,
        state=State.SUBMITTED,
        submitted_at=now,
        submission_key=key,
        photos=draft.photos,
        place=draft.place.strip(),
        phone=draft.phone.strip(),
        about_official=draft.official_id in draft.about,
        bars=bars or tuple(map(Bar, draft.about)),
        visibility=draft.visibility,
        source=draft.source,
        call_id=draft.call_id,
        organisation=organisation,
        review=review,
        checks=checks,
        clock=clock,
        timeline=(Entry(1, now, by, Deed.SUBMIT, key=key),),
    )


def with_report(appeal: Appeal, report: CallReport, by: Actor, now: datetime) -> Appeal:
    """The new appeal with what an operator wrote down of the caller's call: for those who handle it, not for the
    resident's page. It begins the story like the submission itself and moves nothing."""
    if report == NO_REPORT:
        return appeal
    outcome = report.outcome.value if report.outcome else ""
    number = len(appeal.timeline) + 1
    entry = Entry(number, now, by, Deed.TAKE_CALL, text=report.note, outcome=outcome, internal=True)
    return replace(appeal, timeline=(*appeal.timeline, entry))


def set_urgent(appeal: Appeal, urgent: bool, by: Actor, now: datetime) -> Appeal:
    """A person of the office says whether it is urgent, before somebody is made responsible: the clocks that are then
    set count hours, and its messages go out in quiet hours too. The resident asks for that in words, never by a field.
    The same appeal when nothing changes."""
    if urgent is appeal.urgent:
        return appeal
    appeal = move(appeal, Deed.SET_URGENT, by, now, outcome=URGENT if urgent else USUAL)
    return replace(appeal, urgent=urgent)


def is_clear(appeal: Appeal) -> bool:
    """Whether it may go to the official without a person having looked."""
    return appeal.state is State.SUBMITTED and appeal.review is Review.NONE


def pictures_checked(appeal: Appeal, trace: str, passed: bool) -> Appeal:
    """One picture check came back. When the last one passed, nothing stands against assigning any more."""
    if trace not in appeal.checks:
        return appeal
    left = tuple(check for check in appeal.checks if check != trace)
    if appeal.review is not Review.PHOTOS:
        return replace(appeal, checks=left)
    if not passed:
        return replace(appeal, checks=left, review=Review.CONTENT)
    return replace(appeal, checks=left, review=Review.PHOTOS if left else Review.NONE)


def assign(appeal: Appeal, official_id: str, hearers: Hearers, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """Makes an official responsible and starts the contact and answer clocks, or lets those go on that this official
    had before (`returning.going_on`). Never one it is kept from, and without a
    person's decision only what nothing stands against (rule 6)."""
    if by is SYSTEM and not is_clear(appeal):
        raise RuleBroken(Reason.WRONG_STATE, state=appeal.state.value, action=Deed.ASSIGN.value)
    appeal = move(appeal, Deed.ASSIGN, by, now, official_id=official_id)
    appeal = _hand_to(appeal, official_id, hearers, terms, now)
    if by is SYSTEM:
        return appeal
    return tell_resident(appeal, Occasion.ACCEPTED, terms, now)


def transfer(
    appeal: Appeal,
    official_id: str,
    reason: str,
    hearers: Hearers,
    by: Actor,
    terms: Terms,
    now: datetime,
    *,
    vacant: bool = False,
) -> Appeal:
    """转办, once in a lifetime (首问负责: nobody is sent from door to door). The clocks start anew, but for an official
    who had it before. From a `vacant` post, which is published no longer, it must be possible and is not that one:
    nobody there could act, and nobody sent the resident on."""
    if not vacant and appeal.transfers >= terms.deadlines.max_transfers:
        raise RuleBroken(Reason.TRANSFER_USED, transfers=appeal.transfers)
    if official_id == appeal.assignee_id:
        raise RuleBroken(Reason.TRANSFER_TO_SELF)
    text, outcome = worded(reason, "reason"), VACANT if vacant else ""
    appeal = move(appeal, Deed.TRANSFER, by, now, text=text, outcome=outcome, official_id=official_id)
    appeal = replace(appeal, transfers=appeal.transfers + (not vacant))
    appeal = _hand_to(appeal, official_id, hearers, terms, now)
    return tell_resident(appeal, Occasion.TRANSFERRED, terms, now)


def hand_back(appeal: Appeal, reason: str, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """Not my business: back to review, with a reason, within a workday of the assignment, and once by the same
    official: whoever gets it again by a supervisor's decision keeps it, or transfers it."""
    if has_handed_back(appeal, appeal.assignee_id):
        raise RuleBroken(Reason.HAND_BACK_USED)
    if not may_hand_back(appeal, terms, now):
        raise RuleBroken(Reason.HAND_BACK_TOO_LATE)
    appeal = move(appeal, Deed.HAND_BACK, by, now, text=worded(reason, "reason"), internal=True)
    return unassigned(appeal, Review.HANDED_BACK, terms, now)


def may_hand_back(appeal: Appeal, terms: Terms, now: datetime) -> bool:
    """Whether that official has not done it before, and the time for it is not over; the state decides about everything
    else."""
    if has_handed_back(appeal, appeal.assignee_id):
        return False
    started_at = appeal.assignment.started_at if appeal.assignment else now
    return now <= terms.deadlines.hand_back.after(started_at, terms.calendar)


def reject(appeal: Appeal, reason: str, channel: str, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """不予受理; the reason and the channel that is meant for it are mandatory (信访工作条例 asks for both)."""
    text = f"{worded(reason, 'reason')}\n{worded(channel, 'proper_channel')}"
    refuse_with_children(appeal)
    appeal = replace(move(appeal, Deed.REJECT, by, now, text=text), clock=None)
    return tell_resident(appeal, Occasion.REJECTED, terms, now)


def withdraw(appeal: Appeal, note: str, by: Actor, now: datetime) -> Appeal:
    """The resident takes it back while there is no answer yet."""
    refuse_with_children(appeal)
    return replace(move(appeal, Deed.WITHDRAW, by, now, text=note.strip()), clock=None)


def _hand_to(appeal: Appeal, official_id: str, hearers: Hearers, terms: Terms, now: datetime) -> Appeal:
    if official_id in appeal.barred_posts or hearers.conflict:
        raise RuleBroken(Reason.CONFLICT_OF_INTEREST)
    spans = {
        DeadlineKind.CONTACT: contact_span(terms.deadlines, appeal.urgent),
        DeadlineKind.ANSWER: answer_span(terms.deadlines, appeal.kind is Kind.CONSULTATION, appeal.urgent),
    }
    past = (*appeal.past, appeal.assignment) if appeal.assignment else appeal.past
    running = going_on(appeal, official_id, terms.calendar, now)
    fresh = (set_deadline(kind, span, now, terms.calendar) for kind, span in spans.items())
    assignment = Assignment(
        number=len(past) + 1,
        official_id=official_id,
        started_at=now,
        deadlines=tuple(min(running.get(due.kind, due), due, key=lambda one: one.due_at) for due in fresh),
    )
    appeal = replace(
        appeal,
        assignment=assignment,
        past=past,
        promise=None,
        clock=None,
        review=Review.NONE,
        extension=without_request(appeal.extension),
    )
    return tell_handlers(appeal, Occasion.ASSIGNED, hearers, terms, now)
