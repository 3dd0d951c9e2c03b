"""What several nouns share: strict requests, cursors, problems."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

from app.domain.lifecycle import LONGEST_TEXT

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TEXT)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]
Phone = Annotated[str, StringConstraints(max_length=20, pattern=r"^$|^\+?[0-9][0-9 -]{5,18}[0-9]$")]
Slug = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9-]*$")]


class RequestBody(BaseModel):
    """A request body: unknown fields are refused, so that a misspelt one is never silently dropped."""

    model_config = ConfigDict(extra="forbid")


class ActionBody(RequestBody):
    """The body of an action on an appeal. `note` (附言) is read by whoever reads the action's own text."""

    note: Note = ""

    def with_note(self, text: str) -> str:
        """`text` and the note, neither of which may be lost."""
        return "\n".join(part for part in (text, self.note) if part)


class Nothing(ActionBody):
    """An action that needs no more words."""


class CursorQuery(BaseModel):
    cursor: Annotated[str, StringConstraints(max_length=200)] = ""


class Problem(BaseModel):
    code: str
    message: str
    detail: dict[str, Any]
