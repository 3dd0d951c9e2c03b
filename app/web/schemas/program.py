"""What the mini-program needs to know when it starts."""

from __future__ import annotations

from pydantic import BaseModel

from app.domain.appeal import AnswerOutcome


class TemplatesView(BaseModel):
    """Ids for wx.requestSubscribeMessage: the first three are asked of residents, `todo` of officials and staff."""

    progress: str
    answer: str
    supplement: str
    todo: str


class QuickReplyView(BaseModel):
    """`name` is what the action takes as `template`."""

    name: str
    text: str


class AnswerTemplateView(BaseModel):
    """A text to begin an answer with; `……` stands where the facts of the case belong."""

    name: str
    title: str
    outcome: AnswerOutcome
    text: str


class PhotoLimits(BaseModel):
    most: int
    megabytes: int


class TextLimits(BaseModel):
    """In characters."""

    longest: int
    longest_title: int


class ProgramView(BaseModel):
    """`quick_reply_days` is how many days ahead a quick reply may promise, `extension_workdays` the most that may be
    asked for."""

    templates: TemplatesView
    quick_replies: list[QuickReplyView]
    answer_templates: list[AnswerTemplateView]
    default_roster: str | None
    quick_reply_days: int
    extension_workdays: int
    photos: PhotoLimits
    text: TextLimits
