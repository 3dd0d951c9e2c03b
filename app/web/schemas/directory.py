"""Rosters, officials, calls, photos, and what is public."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from apiflask.fields import UploadFile
from pydantic import BaseModel, ConfigDict, StringConstraints

from app.domain.call import CallOutcome
from app.domain.roster import AnsweredBy, Audience
from app.web.schemas.common import Id, RequestBody, Slug, Text


class CourtesyView(BaseModel):
    begin: str
    end: str
    hint: str


class CampaignView(BaseModel):
    topic: str
    starts_on: date
    ends_on: date


class ServiceHoursView(BaseModel):
    begin: str
    end: str
    workdays_only: bool


class RosterView(BaseModel):
    slug: str
    name: str
    city: str
    promise: str
    basis: str
    published_on: date | None
    audience: Audience
    answered_by: AnsweredBy
    service_hours: ServiceHoursView | None
    courtesy_hours: CourtesyView | None
    campaign: CampaignView | None
    contact_days: int


class RosterList(BaseModel):
    items: list[RosterView]
    next: None


class OfficialView(BaseModel):
    """`figures` is null until enough cases stand behind them (product.md: none below ten)."""

    id: str
    roster: str
    group: str
    name: str
    post: str
    unit: str
    duties: list[str]
    phone: str
    duty_phone: str | None
    email: str | None
    wechat_id: str | None
    projects: list[str]
    figures: dict[str, float] | None


class GroupView(BaseModel):
    name: str
    officials: list[OfficialView]


class DirectoryView(BaseModel):
    roster: RosterView
    groups: list[GroupView]


class OfficialList(BaseModel):
    items: list[OfficialView]
    next: None


class SearchQuery(BaseModel):
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=50)] = ""
    roster: Slug = ""


class SuggestRequest(RequestBody):
    text: Text
    roster: Slug = ""


class SuggestionView(OfficialView):
    matching_duty: str


class SuggestionList(BaseModel):
    items: list[SuggestionView]
    next: None


class CallRequest(RequestBody):
    official_id: Id
    outcome: CallOutcome


class CallView(BaseModel):
    id: str
    official_id: str
    outcome: CallOutcome
    at: datetime
    may_become_appeal: bool


class PhotoUpload(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: UploadFile


class PhotoKept(BaseModel):
    id: str
    url: str
