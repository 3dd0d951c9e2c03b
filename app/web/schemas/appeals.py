"""Appeals: submitting, acting, and how they are shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import (
    AwareDatetime,
    BaseModel,
    Field,
    StringConstraints,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)
from pydantic_core import PydanticCustomError

from app.domain.appeal import AnswerOutcome, ContactOutcome, Kind, Resolution, Satisfaction, State, Visibility, Wish
from app.domain.deadline import DeadlineKind
from app.domain.intake import LONGEST_TITLE, MOST_PHOTOS
from app.domain.notification import Role
from app.domain.workday import Unit
from app.services.ports.appeals import Inbox
from app.web.presenters.deadlines import Urgency
from app.web.schemas.common import ActionBody, CursorQuery, Id, Note, Phone, RequestBody, Text

Photos = Annotated[list[Id], Field(max_length=MOST_PHOTOS)]


class Unsaid(str):
    """A title that was not given, as opposed to an empty one."""

    __slots__ = ()


class AppealRequest(RequestBody):
    """`call_id` is the person's own missed call to the official; only with it the title may be left out. Whom it is
    about never sees it: the official it is written to (`about_official`), another of the same roster
    (`about_official_id`), or both."""

    call_id: Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9._-]*$")] = ""
    official_id: Id
    kind: Kind
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TITLE)] = Field(
        default_factory=Unsaid, validate_default=True
    )
    body: Text
    photos: Photos = Field(default_factory=list)
    place: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    phone: Phone = ""
    about_official: bool = False
    about_official_id: Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9._-]*$")] = ""
    visibility: Visibility = Visibility.PRIVATE
    source: Annotated[str, StringConstraints(max_length=32)] = ""

    @field_validator("title", mode="wrap")
    @classmethod
    def _given_or_left_to_the_call(
        cls, title: object, check: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> object:
        if not isinstance(title, Unsaid):
            return check(title)
        if info.data.get("call_id"):
            return ""
        raise PydanticCustomError("missing", "Field required")


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


class DutyItem(RequestBody):
    """Who hears in the official's place, from the first to the last day."""

    account_id: Id
    first: date
    last: date


class DutyRequest(RequestBody):
    items: Annotated[list[DutyItem], Field(max_length=60)]


class StaffView(BaseModel):
    account_id: str
    name: str


class DutyView(BaseModel):
    items: list[DutyItem]
    staff: list[StaffView]


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
    """`explanation` says how it was computed, `left` what remains, both in Chinese; `urgency` is null while the clock
    stands still."""

    kind: DeadlineKind
    label: str
    started_at: datetime
    due_at: datetime
    overdue: bool
    urgency: Urgency | None
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


class PromiseView(BaseModel):
    """A quick reply's promise to get in touch, while it runs; it is neither answer nor contact."""

    due_at: datetime
    urgency: Urgency


class CourseView(BaseModel):
    """How the running assignment came about, and what the resident has done since: added something, urged so often."""

    reopened: bool
    transferred: bool
    supplemented: bool
    urged: int


class UrgingView(BaseModel):
    """The resident's newest urging: how many messages it brought about (none where the system had urged before), from
    when the first of those that wait goes out (null when none waits), and when one may urge again."""

    at: datetime
    again_at: datetime
    messages: int
    heard_from: datetime | None


class ExtensionView(BaseModel):
    """`workdays` as asked for, once granted as granted; `refusal` says why not."""

    wish: Wish
    workdays: int
    reason: str
    refusal: str
    asked_at: datetime
    decided_at: datetime | None


class AppealSummary(BaseModel):
    """An appeal in a list. `urgency` and `left` speak of the next deadline; null and empty when none is counted.
    `urgent`: the office found so; `supervised`: it is on the supervision list."""

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
    urgent: bool
    due_at: datetime | None
    overdue: bool
    urgency: Urgency | None
    left: str
    last: str
    supervised: bool
    promise: PromiseView | None
    course: CourseView
    actions: list[str]


class AppealView(AppealSummary):
    """An appeal on its own page. `reminders` and `urgings` count what was really sent, and the resident's urgings;
    `urging` is for the resident."""

    part: Role
    roster: str
    photos: list[PhotoView]
    place: str
    phone: str
    about_official: bool
    visibility: Visibility
    organisation: dict[str, str] | None
    source: str
    call_id: str | None
    extension: ExtensionView | None
    deadlines: list[DeadlineView]
    timeline: list[EntryView]
    answers: list[AnswerView]
    ratings: list[RatingView]
    reminders: int
    urgings: int
    urging: UrgingView | None


class AppealList(BaseModel):
    items: list[AppealSummary]
    next: str | None
