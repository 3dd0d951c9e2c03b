"""The message templates this WeChat knows, read from templates.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dev.sandbox.errors import WeChatError


@dataclass(frozen=True)
class Template:
    """One template: ``kind`` is ``template`` (Official Account) or ``subscribe`` (mini-program)."""

    template_id: str
    kind: str
    title: str
    fields: dict[str, str]


@cache
def all_templates() -> dict[str, Template]:
    """Every template by its id."""
    rows = json.loads(Path(__file__).with_name("templates.json").read_text("utf-8"))
    return {row["template_id"]: Template(**row) for row in rows}


def template_for(kind: str, template_id: object) -> Template:
    """The template of that kind; raises WeChatError 40037 when there is none."""
    template = all_templates().get(template_id) if isinstance(template_id, str) else None
    if template is None or template.kind != kind:
        raise WeChatError(40037)
    return template
