"""What the office analyses: figures, hot topics, spot checks, perfunctory answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from app.domain.call import CallVerdict
from app.domain.hot_topics import TermKind
from app.domain.perfunctory import FlagDecision, FlagReason
from app.domain.spot_check import Verdict
from app.services.figures.compared import By
from app.web.schemas.common import Id, RequestBody, Slug, Text

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]


class PeriodQuery(BaseModel):
    """Beijing days, both included."""

    roster: Slug
    first: Day
    last: Day


class FiguresByQuery(PeriodQuery):
    by: By = By.OFFICIAL


class RateOfView(BaseModel):
    rate: float | None
    cases: int


class FiguresRow(BaseModel):
    key: str
    rates: dict[str, RateOfView]


class FiguresTable(BaseModel):
    """In alphabetical order of the key, never a rank; rates below ten cases are null."""

    items: list[FiguresRow]
    next: None


class TopicView(BaseModel):
    kind: TermKind
    text: str
    now: int
    before: float
    growth: float | None
    appeal_ids: list[str]


class TopicList(BaseModel):
    items: list[TopicView]
    next: None


class DrawRequest(RequestBody):
    """`public_text` is something nobody here can choose and everybody can look up at `source`, such as the numbers of
    tomorrow's lottery."""

    roster: Slug
    begin: AwareDatetime
    end: AwareDatetime
    size: Annotated[int, Field(ge=1, le=500)]
    public_text: Line
    source: Line


class ResultRequest(RequestBody):
    appeal_id: Id
    verdict: Verdict
    text: Text
    corrects: Annotated[str, StringConstraints(max_length=120)] = ""


class DrawView(BaseModel):
    id: str
    roster: str
    begin: datetime
    end: datetime
    number: int
    size: int
    public_text: str
    source: str
    list_hash: str
    candidate_count: int
    seed: str
    sample: list[str]
    drawn_by: str
    drawn_at: datetime


class DrawList(BaseModel):
    items: list[DrawView]
    next: None


class DrawDetail(DrawView):
    candidates: str
    results: list[dict[str, Any]]
    mismatches: list[str]


class FlagsQuery(BaseModel):
    roster: Slug


class FlagDecisionRequest(RequestBody):
    decision: FlagDecision
    text: Text


class CallVerdictRequest(RequestBody):
    """`appeal_id`: where the interview is suggested, of a true one."""

    official_id: Id
    verdict: CallVerdict
    text: Text
    appeal_id: Id | None = None


class FlagView(BaseModel):
    id: str
    reason: FlagReason
    roster: str
    official_id: str
    appeal_ids: list[str]
    found_at: datetime
    decision: FlagDecision | None
    decided_by: str
    text: str


class FlagList(BaseModel):
    items: list[FlagView]
    next: None


class NotAnsweringView(BaseModel):
    """Missed calls of several people without a call-back: no finding, something to verify."""

    official_id: str
    call_ids: list[str]
    callers: int
    since: datetime
    until: datetime


class NotAnsweringList(BaseModel):
    items: list[NotAnsweringView]
    next: None


class SourceDayView(BaseModel):
    code: str
    place: str
    day: date
    visits: int
    appeals: int


class SourceTable(BaseModel):
    items: list[SourceDayView]
    unknown_appeals: int
    next: None
