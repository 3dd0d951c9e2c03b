"""The words of a quick reply (快捷回复), which only promises; nothing is ever sent without a person's deed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.domain import ready_words
from app.domain.errors import InvalidInput, Reason
from app.domain.ready_words import AnswerTemplate, QuickReply

QUICK_REPLIES: Mapping[str, str] = MappingProxyType({reply.name: reply.text for reply in ready_words.QUICK_REPLIES})
ANSWER_TEMPLATES: Mapping[str, AnswerTemplate] = MappingProxyType(
    {model.name: model for model in ready_words.ANSWER_TEMPLATES}
)
"""The defaults by name; what is in force stands in the settings of the city (app/domain/settings.py)."""


def quick_reply_text(template: str, text: str, replies: Iterable[QuickReply] = ready_words.QUICK_REPLIES) -> str:
    """The words of a quick reply: the template's, with the official's own behind them when both are given."""
    known = {reply.name: reply.text for reply in replies}
    if template and template not in known:
        raise InvalidInput(Reason.BAD_REQUEST, field="template", choices=sorted(known))
    return "\n".join(part for part in (known.get(template, ""), text) if part)
