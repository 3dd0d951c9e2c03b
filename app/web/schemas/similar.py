"""The hint before submitting."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from app.domain.intake import LONGEST_TITLE
from app.web.schemas.appeals import AppealSummary
from app.web.schemas.common import Id, RequestBody, Text
from app.web.schemas.public import PublishedView


class SimilarRequest(RequestBody):
    """The draft as far as it is written."""

    official_id: Id
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TITLE)] = ""
    body: Text


class SimilarView(BaseModel):
    """`items`: one's own running appeals that say about the same; `published`: answers of the same roster. Three of
    each at most, the most alike first."""

    items: list[AppealSummary]
    next: None
    published: list[PublishedView]
