"""Rosters, officials, and what is public."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from app.domain.roster import AnsweredBy, Audience
from app.web.schemas.common import RequestBody, Slug, Text
from app.web.schemas.public import FiguresView


class CourtesyView(BaseModel):
    begin: str
    end: str
    hint: str


class CampaignView(BaseModel):
    """`open`: whether it takes appeals today; `notice` says with its dates why not, null while it does."""

    topic: str
    starts_on: date
    ends_on: date
    open: bool
    notice: str | None


class ServiceHoursView(BaseModel):
    begin: str
    end: str
    workdays_only: bool


class HoursView(BaseModel):
    """What holds now: whether calls are answered, else the sentence when they will be; a hint for this hour."""

    open_now: bool
    opens_next: str | None
    courtesy_now: str | None
    campaign: CampaignView | None


class RosterView(HoursView):
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
    contact_days: int


class RosterList(BaseModel):
    items: list[RosterView]
    next: None


class OfficialView(BaseModel):
    """`figures` is null until enough cases stand behind them (product.md: none below ten). `initial` is the letter of
    the surname as it is read, A to Z, or # for a name without one."""

    id: str
    roster: str
    group: str
    name: str
    initial: Annotated[str, StringConstraints(pattern=r"^[A-Z#]$")]
    post: str
    unit: str
    duties: list[str]
    phone: str
    duty_phone: str | None
    email: str | None
    wechat_id: str | None
    projects: list[str]
    figures: FiguresView | None


class OfficialPage(OfficialView, HoursView):
    """One official, with what holds for the roster now."""


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
