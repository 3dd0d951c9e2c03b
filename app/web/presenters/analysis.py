"""Figures, topics, draws and flags for the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.domain.figures import Tally
from app.domain.hot_topics import Topic
from app.domain.perfunctory import Flag
from app.domain.rates import rates_of
from app.domain.spot_check import Draw, Result

FLAG_FIELDS = ("id", "reason", "roster", "official_id", "found_at", "decision", "decided_by", "text")


def present_tally(tally: Tally) -> dict[str, Any]:
    """Each rate with its number of cases; null below ten (product.md, rule 4)."""
    return {name: {"rate": rate.public, "cases": rate.cases} for name, rate in rates_of(tally).items()}


def present_topic(topic: Topic) -> dict[str, Any]:
    return {
        "kind": topic.term.kind.value,
        "text": topic.term.text,
        "now": topic.now,
        "before": topic.before,
        "growth": topic.growth,
        "appeal_ids": list(topic.appeal_ids),
    }


def present_draw(draw: Draw, results: Sequence[Result] | None = None) -> dict[str, Any]:
    shown = asdict(draw) | {"sample": list(draw.sample)}
    del shown["shares"]
    if results is None:
        return shown
    return shown | {"results": [asdict(result) for result in results]}


def present_flag(flag: Flag) -> dict[str, Any]:
    return {field: getattr(flag, field) for field in FLAG_FIELDS} | {"appeal_ids": list(flag.appeal_ids)}
