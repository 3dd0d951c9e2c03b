"""What residents send beside appeals: calls, scans of posters, photos."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from apiflask.fields import UploadFile
from pydantic import BaseModel, ConfigDict, StringConstraints

from app.domain.call import CallOutcome
from app.web.schemas.common import CursorQuery, Id, RequestBody


class CallRequest(RequestBody):
    official_id: Id
    outcome: CallOutcome


class CallQuery(CursorQuery):
    official_id: Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9._-]*$")] = ""


class CallView(BaseModel):
    """`returned` belongs to a call-back and to the missed call it answers: whether it came within a workday; null while
    there is none. `returned_at` is when, `answers_call_id` the missed call of a call-back, `appeal_id` the appeal made
    from a missed call."""

    id: str
    official_id: str
    outcome: CallOutcome
    at: datetime
    may_become_appeal: bool
    returned: bool | None
    returned_at: datetime | None
    answers_call_id: str | None
    appeal_id: str | None


class CallList(BaseModel):
    items: list[CallView]
    next: str | None


class VisitRequest(RequestBody):
    roster: Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z0-9-]+$")]
    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=32)]


class VisitView(BaseModel):
    """`counted` is false, and `place` null, for a code that is none of the roster's."""

    roster: str
    source: str
    place: str | None
    day: date
    counted: bool


class SceneView(BaseModel):
    """`source` is what POST /api/visits counts and POST /api/appeals takes; null, like `place`, for the code of a
    roster as a whole."""

    roster: str
    source: str | None
    place: str | None


class PhotoUpload(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: UploadFile


class PhotoKept(BaseModel):
    id: str
    url: str
