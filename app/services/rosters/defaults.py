"""The deadlines of a roster whose content does not tell them all: its own, and for a new one those of the setting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.workday import Span
from app.services.rosters.policy_file import DEADLINES
from app.services.world import World


def with_deadlines(world: World, content: Any) -> Any:
    """The same content with every deadline told. So a changed setting is what new rosters begin with, and never what
    importing an old one again brings about. Content of another form stays as it is, for its reader to refuse."""
    if not isinstance(content, Mapping):
        return content
    policy = content.get("policy") or {}
    told = policy.get("deadlines") or {} if isinstance(policy, Mapping) else None
    if not isinstance(told, Mapping):
        return content
    slug = content.get("slug")
    stored = world.stores.rosters.get(slug.strip()) if isinstance(slug, str) else None
    deadlines = stored.policy.deadlines if stored else world.settings().deadlines
    values = {name: getattr(deadlines, known.field) for name, known in DEADLINES.items()}
    known = {name: value.amount if isinstance(value, Span) else value for name, value in values.items()}
    given = {name: value for name, value in told.items() if value not in (None, "")}
    return {**content, "policy": {**policy, "deadlines": {**known, **given}}}
