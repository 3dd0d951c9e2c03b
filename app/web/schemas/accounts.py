"""Sessions, the own account, subscriptions, invitations."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from app.domain.notification import Role
from app.web.schemas.common import Phone, RequestBody


class SessionRequest(RequestBody):
    code: Annotated[str, StringConstraints(min_length=1, max_length=128)]


class OrganisationBody(RequestBody):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
    credit_code: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=18, max_length=18)]


class ProfileRequest(RequestBody):
    """Only what is given changes; `organisation: null` says that the person writes for none any more."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] | None = None
    phone: Phone | None = None
    organisation: OrganisationBody | None = None


class PostView(BaseModel):
    """A post that this person acts for."""

    official_id: str
    role: Role
    name: str
    post: str
    unit: str


class MeView(BaseModel):
    id: str
    roles: list[Role]
    name: str
    phone: str
    organisation: dict[str, str] | None
    posts: list[PostView]
    follows_official_account: bool


class SessionView(BaseModel):
    token: str
    expires_at: datetime
    me: MeView


class ExportView(BaseModel):
    me: MeView
    appeals: list[dict[str, Any]]
    calls: list[dict[str, Any]]
    exported_at: datetime


class PhoneCodeRequest(RequestBody):
    """What WeChat's getPhoneNumber button gave; it serves once within five minutes."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=128)]


class PhoneOnceView(BaseModel):
    """For this once: it is stored only where the person sends it to."""

    phone: str


class Decision(StrEnum):
    """What WeChat's requestSubscribeMessage reports for a template."""

    ACCEPT = "accept"
    REJECT = "reject"
    BAN = "ban"
    FILTER = "filter"


TemplateId = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


class SubscriptionRequest(RequestBody):
    results: Annotated[dict[TemplateId, Decision], Field(min_length=1, max_length=5)]


class SubscriptionView(BaseModel):
    """How many messages each accepted template now allows."""

    left: dict[str, int]


class InvitationRequest(RequestBody):
    invitation: Annotated[str, StringConstraints(min_length=1, max_length=128)]
