"""The supervision office: logging in, the work list, and its acts on an appeal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from app.domain.appeal import Kind, Resolution, Satisfaction, State
from app.domain.call import LONGEST_NOTE, CallOutcome
from app.domain.officer import OfficeRole
from app.domain.reporting import LineKind, ReportKind
from app.domain.supervision import Decision, InterviewReason
from app.domain.worklist import Desk, Lists
from app.web.schemas.appeals import AppealRequest, AppealView, OfficialRef
from app.web.schemas.common import ActionBody, CursorQuery, Id, Phone, RequestBody, Slug, Text
from app.web.schemas.reports import CallView

MOST_ABOUT = 5
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class OfficeSessionRequest(RequestBody):
    username: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=256)]
    code: Annotated[str, StringConstraints(max_length=32)] = ""
    """Six digits of the second factor, or a recovery code; without it 401 `totp_needed` where the account has one."""


class OfficerView(BaseModel):
    id: str
    username: str
    name: str
    number: str
    roles: list[OfficeRole]


class OfficeSessionView(BaseModel):
    token: str
    expires_at: datetime
    officer: OfficerView


class WorklistQuery(CursorQuery):
    """A desk, what is late, or everything; narrowed to a roster, an official, a kind, a state (not on desks), days of
    submission in Beijing, and words that title, text or code contain. Empty: not narrowed."""

    desk: Desk | Lists = Desk.REVIEW
    roster: Slug = ""
    official: Annotated[str, StringConstraints(max_length=64)] = ""
    kind: Kind | None = None
    state: State | None = None
    first: date | None = None
    last: date | None = None
    q: Annotated[str, StringConstraints(max_length=40)] = ""


class AssignRequest(ActionBody):
    """`urgent`: whether it has to be done in hours; left out, as it was found before."""

    official_id: Id
    urgent: bool | None = None


class HandOverRequest(ActionBody):
    """To whom it goes instead, and why; the resident reads the reason. `urgent` as in AssignRequest."""

    official_id: Id
    reason: Text
    urgent: bool | None = None


class RejectRequest(ActionBody):
    """Both are mandatory: why, and where the matter belongs."""

    reason: Text
    proper_channel: Text


class ExtendRequest(ActionBody):
    """`workdays`: fewer than were asked for; left out, as many as that."""

    workdays: Annotated[int, Field(ge=1, le=60)] | None = None


class ExplanationRequest(ActionBody):
    explanation: Text


class OfficeReasonRequest(ActionBody):
    reason: Text


class MergeRequest(ActionBody):
    parent_id: Id


class AboutRequest(ActionBody):
    """Whom the appeal is about, all of them; empty for nobody. `reason` is for the supervision office alone."""

    official_ids: Annotated[list[Id], Field(max_length=MOST_ABOUT)]
    reason: Text


class OrderRequest(ActionBody):
    """A 督办单: its number is given out, its deadline may be set in workdays."""

    workdays: Annotated[int, Field(ge=1, le=30)] = 3


class SuggestInterviewRequest(ActionBody):
    reason: InterviewReason
    text: Text


class DecideInterviewRequest(ActionBody):
    interview: Annotated[int, Field(ge=1)]
    decision: Decision
    text: Text
    rectify_by: AwareDatetime | None = None


class RectifiedRequest(ActionBody):
    interview: Annotated[int, Field(ge=1)]
    text: Text


class FollowUpRequest(ActionBody):
    reached: bool
    resolution: Resolution | None = None
    satisfaction: Satisfaction | None = None


class PublishRequest(ActionBody):
    """`numbers_meant`: a number that looks private is meant for the public (a hotline); without it, it is refused."""

    title: Word
    body: Text
    answer: Text
    numbers_meant: bool = False


class PhoneReasonRequest(RequestBody):
    reason: Text


class PhoneView(BaseModel):
    """Title and text with their numbers whole."""

    phone: str
    title: str
    body: str


CallerPhone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 -]{5,18}[0-9]$")]
CallNote = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_NOTE)]


class CallerAppealRequest(AppealRequest):
    """An appeal that an operator writes down for somebody who called. `call_outcome` is how that person's call to the
    official's published number went: it is recorded as a call. `call_note` is for those who handle the appeal. `urgent`
    is the operator's finding, on record with the 工号."""

    caller_phone: CallerPhone
    urgent: bool = False
    phone: Phone = ""
    call_outcome: CallOutcome | None = None
    call_note: CallNote = ""


class TakenCallRequest(RequestBody):
    """Such a call alone, without an appeal."""

    caller_phone: CallerPhone
    official_id: Id
    call_outcome: CallOutcome
    call_note: CallNote = ""


class TakenCallView(CallView):
    """`registrar` is who took it down, name and 工号. Nothing in it says who called."""

    note: str
    registrar: str


class SupervisionView(BaseModel):
    listed_at: datetime
    clock: str
    number: str
    signed_by: str
    signed_at: datetime | None
    due_at: datetime | None


class InterviewView(BaseModel):
    number: int
    reason: InterviewReason
    suggested_at: datetime
    evidence: str
    evidence_hash: str
    decision: Decision | None
    decided_by: str
    decided_at: datetime | None
    text: str
    rectify_by: datetime | None
    rectified_at: datetime | None
    referred_at: datetime | None


class OfficeAppealView(AppealView):
    """`about`: the officials it is about, who never see it; `hand_backs`: how often it was handed back;
    `broken_promises`: how many promises of whoever has it were broken."""

    about: list[OfficialRef]
    desks: list[Desk]
    supervisions: list[SupervisionView]
    interviews: list[InterviewView]
    hand_backs: int
    broken_promises: int
    children: list[str]
    merged_into: str


class AuditQuery(CursorQuery):
    after: Annotated[int, Field(ge=0)] = 0


class AuditView(BaseModel):
    number: int
    at: datetime
    name: str
    act: str
    subject: str
    detail: str
    hash: str


class AuditList(BaseModel):
    items: list[AuditView]
    next: str | None
    broken_at: int | None


class ReportsQuery(BaseModel):
    roster: Slug
    kind: ReportKind = ReportKind.DAILY


class LeftOutView(BaseModel):
    """A line that the paper does not tell; `content` has it still."""

    kind: LineKind
    words: str
    reason: str


class ReportView(BaseModel):
    """`draft`: a monthly bulletin that nobody has signed; not to be passed on. A later `revision` of a period replaces
    the one before, for `reason`."""

    kind: ReportKind
    first: date
    last: date
    made_at: datetime
    revision: int
    draft: bool
    number: str | None
    signed_by: str | None
    signed_at: datetime | None
    reason: str | None
    left_out: list[LeftOutView]
    lead: str | None
    remark: str | None
    content: dict[str, Any]


class ReportList(BaseModel):
    """Latest period first, of each the latest revision first."""

    items: list[ReportView]
    next: None
