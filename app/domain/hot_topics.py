"""Hot topics (热点): which words and kinds grew most against the periods before.

Ranked by the log-likelihood of two Poisson rates (Rayson and Garside, Comparing corpora using frequency profiling,
2000): the surprise that the same rate gave both counts. It weighs how much grew against how sure that is, so 1 -> 3
does not beat 20 -> 45. Counted are residents, each once per period and term: many appeals of one person make no topic.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import log

APPEALS_AT_LEAST = 3
RESIDENTS_AT_LEAST = 3
"""So that one person cannot make a topic, nor be recognised by one."""


class TermKind(StrEnum):
    WORD = "word"
    CATEGORY = "category"


@dataclass(frozen=True, order=True)
class Term:
    kind: TermKind
    text: str


@dataclass(frozen=True)
class Mention:
    """One appeal and the terms in it, each once."""

    appeal_id: str
    resident_id: str
    terms: frozenset[Term]
    names: frozenset[str] = frozenset()
    """Which words name a person or a place in it."""


@dataclass(frozen=True)
class Topic:
    """`now` and `before` count residents: in the period, and on average in a period before. `growth` is the change as a
    share of before (1.25 = 125 % more), None when it is new. `appeal_ids` are all appeals behind it, in their order."""

    term: Term
    now: int
    before: float
    growth: float | None
    surprise: float
    appeal_ids: tuple[str, ...]
    also: tuple[str, ...] = ()
    """Further words that stand in exactly these appeals."""
    names: tuple[str, ...] = ()
    """Which of its words name a person or a place, in half of these appeals or more."""


def rank(current: Sequence[Mention], previous: Sequence[Iterable[Mention]], most: int = 20) -> tuple[Topic, ...]:
    """The `most` topics that grew, the most surprising first; `previous` are periods as long as the current one.

    Without earlier periods nothing can have grown more than another, and the most frequent come first.
    """
    now = _by_term(current)
    before = [_by_term(mentions) for mentions in previous]
    topics = []
    for term, mentions in now.items():
        residents = _residents(mentions)
        if len(mentions) < APPEALS_AT_LEAST or residents < RESIDENTS_AT_LEAST:
            continue
        earlier = sum(_residents(period.get(term, ())) for period in before)
        mean = earlier / len(before) if before else 0.0
        if residents <= mean:
            continue
        growth = (residents - mean) / mean if mean else None
        ids = tuple(mention.appeal_id for mention in mentions)
        named = 2 * sum(term.text in mention.names for mention in mentions) >= len(mentions)
        names = (term.text,) if named and term.kind is TermKind.WORD else ()
        weight = surprise(residents, earlier, len(before))
        topics.append(Topic(term, residents, mean, growth, weight, ids, names=names))
    topics.sort(key=lambda topic: (-topic.surprise, -topic.now, -len(topic.term.text), topic.term))
    return tuple(_with_echoes(topics)[:most])


def surprise(now: int, before: int, periods: int) -> float:
    """Log-likelihood G2 of `now` in one period against `before` in `periods` periods altogether; 0 when not more."""
    rate = (now + before) / (periods + 1)
    if now <= rate:
        return 0.0
    found = now * log(now / rate)
    return 2 * (found + before * log(before / (periods * rate)) if before else found)


def _by_term(mentions: Iterable[Mention]) -> dict[Term, list[Mention]]:
    found: dict[Term, list[Mention]] = defaultdict(list)
    for mention in mentions:
        for term in mention.terms:
            found[term].append(mention)
    return found


def _residents(mentions: Iterable[Mention]) -> int:
    return len({mention.resident_id for mention in mentions})


def _with_echoes(topics: Iterable[Topic]) -> list[Topic]:
    """Words on exactly the same appeals that were as frequent before (学校, 收费) are one topic under the first."""
    kept: dict[tuple[TermKind, tuple[str, ...], float], Topic] = {}
    for topic in topics:
        place = topic.term.kind, topic.appeal_ids, topic.before
        first = kept.get(place)
        kept[place] = (
            replace(first, also=(*first.also, topic.term.text), names=(*first.names, *topic.names)) if first else topic
        )
    return list(kept.values())
