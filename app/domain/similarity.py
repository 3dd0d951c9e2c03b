"""Whether two texts say about the same: a hint to a person, never a decision.

Texts are compared by the sets of their words. Likeness is the cosine of the two sets, shared / sqrt(size * size)
(Otsuka-Ochiai). Jaccard's share of all words would call a short text and a long one about the same matter strangers;
the share of the smaller set alone would let one common word of a short text match every long one. Between sample texts
(tests/services/test_similar.py) the same matter in other words begins at 0.32, and different matters that share a
district, a child or a building site end at 0.27. So 0.3 is asked of texts to the same official, who is probably written
to about the same matter, and 0.4 of others: a hint too few is better than one that is beside the point.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

ALIKE = 0.4
SAME_OFFICIAL = 0.1
"""What the same official adds."""

T = TypeVar("T")


@dataclass(frozen=True)
class Said:
    """A text as it is compared: its words without those that say nothing, and to whom it was said."""

    words: frozenset[str]
    official_id: str = ""


def likeness(one: Said, other: Said) -> float:
    """From 0, nothing in common, to 1 and the weight of the same official."""
    shared = len(one.words & other.words)
    if not shared:
        return 0.0
    same = bool(one.official_id) and one.official_id == other.official_id
    return shared / sqrt(len(one.words) * len(other.words)) + (SAME_OFFICIAL if same else 0.0)


def most_alike(one: Said, others: Iterable[tuple[T, Said]], most: int) -> list[T]:
    """Of `others` those that say about the same as `one`, the most alike first, `most` at most; of equals the one that
    came first."""
    weighed = [(likeness(one, said), item) for item, said in others]
    alike = [(value, item) for value, item in weighed if value >= ALIKE]
    return [item for _, item in sorted(alike, key=lambda pair: -pair[0])[:most]]
