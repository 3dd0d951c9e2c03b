"""What is wrong with a form, by the fields it stands beside."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.errors import Refusal
from app.web.errors import sentence

WHOLE = ""
"""The key of what concerns no single field."""


def mistakes_of(refusal: Refusal, prefix: str = "") -> Mapping[str, str]:
    """Field to sentence; `prefix` goes before the names, where a page has several forms."""
    fields = refusal.detail.get("fields")
    if isinstance(fields, Mapping) and fields:
        return {f"{prefix}{name}": "；".join(sentences) for name, sentences in fields.items()}
    return {f"{prefix}{WHOLE}": sentence(refusal.reason, dict(refusal.detail))}
