"""What everybody may read: figures and published answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.domain.appeal import Kind
from app.services.figures.published import MOST_DAYS, USUAL_DAYS
from app.web.schemas.appeals import OfficialRef
from app.web.schemas.common import CursorQuery, Id, Slug


class RateView(BaseModel):
    """`rate` is between 0 and 1, and null below ten cases; `text` says either in words."""

    rate: float | None
    cases: int
    text: str


class FirstResponseView(BaseModel):
    """Working minutes until half were contacted, those who still wait included."""

    median_minutes: int | None
    cases: int
    text: str


class FiguresView(BaseModel):
    """Of what fell due in the last `days` days; never a rank."""

    days: int
    response: RateView
    on_time: RateView
    raw_on_time: RateView
    resolution: RateView
    partly: RateView
    satisfaction: RateView
    participation: RateView
    connection: RateView
    in_person: RateView
    call_back: RateView
    first_response: FirstResponseView


class OfficialFiguresView(BaseModel):
    id: str
    roster: str
    group: str
    name: str
    post: str
    unit: str
    figures: FiguresView


class OfficialFiguresList(BaseModel):
    """In the directory's order."""

    items: list[OfficialFiguresView]
    next: None


class FiguresQuery(BaseModel):
    roster: Slug = ""
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = USUAL_DAYS


class PublishedView(BaseModel):
    """In a person's redaction; nothing of the resident but what stands in it, and not the code, with which somebody
    could look the original up."""

    id: str
    kind: Kind
    kind_label: str
    title: str
    body: str
    answer: str
    official: OfficialRef | None
    published_at: datetime


class PublishedList(BaseModel):
    items: list[PublishedView]
    next: str | None


class PublishedQuery(CursorQuery):
    """`official`: only what this one has answered."""

    roster: Slug = ""
    official: Id | Literal[""] = ""
