"""Appeals: submitting, acting, and how they are shown."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from app.domain.appeal import AnswerOutcome, ContactOutcome, Kind, Resolution, Satisfaction, State, Visibility
from app.domain.deadline import DeadlineKind
from app.domain.intake import LONGEST_TITLE, MOST_PHOTOS
from app.domain.notification import Role
from app.domain.workday import Unit
from app.services.ports import Inbox
from app.web.schemas.common import ActionBody, CursorQuery, Id, Note, Phone, RequestBody, Text

Photos = Annotated[list[Id], Field(max_length=MOST_PHOTOS)]


class AppealRequest(RequestBody):
    official_id: Id
    kind: Kind
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TITLE)]
    body: Text
    photos: Photos = Field(default_factory=list)
    place: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    phone: Phone = ""
    about_official: bool = False
    visibility: Visibility = Visibility.PRIVATE
    source: Annotated[str, StringConstraints(max_length=32)] = ""


class SupplementRequest(ActionBody):
    text: Text
    photos: Photos = Field(default_factory=list)


class RateRequest(ActionBody):
    resolution: Resolution
    satisfaction: Satisfaction
    comment: Note = ""


class ReasonRequest(ActionBody):
    reason: Text


class QuickReplyRequest(ActionBody):
    """Either the name of a template or a text of one's own."""

    template: Annotated[str, StringConstraints(max_length=40)] = ""
    text: Note = ""
    promised_at: AwareDatetime | None = None


class ContactRequest(ActionBody):
    outcome: ContactOutcome


class AnswerRequest(ActionBody):
    text: Text
    outcome: AnswerOutcome
    photos: Photos = Field(default_factory=list)


class QuestionRequest(ActionBody):
    question: Text


class ExtensionRequest(ActionBody):
    workdays: Annotated[int, Field(ge=1, le=60)]
    reason: Text


class TransferRequest(ActionBody):
    official_id: Id
    reason: Text


class LookupRequest(RequestBody):
    code: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=4, max_length=32)]
    phone_tail: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]


class InboxQuery(CursorQuery):
    filter: Inbox = Inbox.OPEN


class PhotoView(BaseModel):
    id: str
    url: str


class OfficialRef(BaseModel):
    id: str
    name: str
    post: str
    unit: str


class SpanView(BaseModel):
    amount: int
    unit: Unit


class DeadlineView(BaseModel):
    """`explanation` says how it was computed, `left` what remains, both in Chinese."""

    kind: DeadlineKind
    label: str
    started_at: datetime
    due_at: datetime
    overdue: bool
    span: SpanView
    left: str
    explanation: str
    provisional: bool


class EntryView(BaseModel):
    number: int
    at: datetime
    deed: str
    label: str
    by: Role
    name: str
    on_behalf: bool
    text: str
    outcome: str
    official: OfficialRef | None
    photos: list[PhotoView]
    due_at: datetime | None


class AnswerView(BaseModel):
    text: str
    outcome: AnswerOutcome
    name: str
    on_behalf: bool
    at: datetime
    photos: list[PhotoView]


class RatingView(BaseModel):
    resolution: Resolution
    satisfaction: Satisfaction
    comment: str
    at: datetime


class AppealSummary(BaseModel):
    """An appeal in a list."""

    id: str
    code: str
    state: State
    state_label: str
    kind: Kind
    kind_label: str
    title: str
    body: str
    official: OfficialRef | None
    submitted_at: datetime
    due_at: datetime | None
    overdue: bool
    left: str
    last: str
    actions: list[str]


class AppealView(AppealSummary):
    """An appeal on its own page."""

    part: Role
    roster: str
    photos: list[PhotoView]
    place: str
    phone: str
    about_official: bool
    visibility: Visibility
    deadlines: list[DeadlineView]
    timeline: list[EntryView]
    answers: list[AnswerView]
    ratings: list[RatingView]
    reminders: int
    urgings: int


class AppealList(BaseModel):
    items: list[AppealSummary]
    next: str | None
