"""What is wrong with a roster's form, and what somebody else changed meanwhile, in sentences beside the fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.domain.errors import Refusal
from app.web.console.context import moment_words
from app.web.console.mistakes import WHOLE, mistakes_of
from app.web.console.roster_fields import folded, input_of
from app.web.errors import sentence


def problems_of(refusal: Refusal) -> Mapping[str, str]:
    """By the name of the input; WHOLE at the head of the form."""
    detail = refusal.detail
    names, labels = _texts(detail.get("fields")), _texts(detail.get("labels"))
    if names and "by" in detail:
        by, at = detail["by"], moment_words(datetime.fromisoformat(str(detail["at"])))
        head = f"{by} 在 {at} 改过{_listed(labels)}，您的修改还没有保存。请核对标出的地方；再次保存，将以您填写的为准。"
        return {WHOLE: head, **{input_of(name): f"{by} 刚刚改过这一项" for name in names}}
    if labels:
        return {WHOLE: f"之后又有人改过{_listed(labels)}，不能直接撤销。请到编辑页，手工改成需要的内容。"}
    if names:
        return {WHOLE: sentence(refusal.reason, {})}
    return folded(mistakes_of(refusal))


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _listed(labels: list[str]) -> str:
    return f"“{'、'.join(labels)}”"
