"""The forms with which a supervisor completes and signs the draft of a monthly bulletin."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from app.domain.bulletin import LONGEST_REASON, LONGEST_TEXT


class BulletinVersion(BaseModel):
    """Which version of the draft its person has read."""

    version: Annotated[int, Field(ge=1)]


class BulletinTexts(BulletinVersion):
    lead: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TEXT)] = ""
    remark: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TEXT)] = ""


class BulletinLineChoice(BulletinVersion):
    """`line`: its kind and key, with a colon between."""

    line: Annotated[str, StringConstraints(pattern=r"^(official|topic|place):.{1,200}$")]


class BulletinOmission(BulletinLineChoice):
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_REASON)]


class RecountRequest(BaseModel):
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_REASON)]
