"""A stratified random sample that nobody can choose and anybody can recompute.

How a sample comes about, for those who recompute it with paper, `sha256sum` and `sort`:

1. The candidates are frozen: one line `["appeal id","group","kind"]` each (JSON), sorted by appeal id, every line
   ended by a newline. The SHA-256 of these lines is the *list hash*.
2. `seed` = SHA-256 (hex) of the public text followed by the list hash: `printf %s%s "$text" "$hash" | sha256sum`.
   The text must be one that could not be known when the list was frozen and that everybody can look up, such as
   the numbers of that evening's lottery.
3. Each stratum (group and kind) gets its share by largest remainders; when the size allows, at least one (`allocate`).
4. Candidates are ranked by SHA-256 of seed followed by appeal id; of each stratum the first ones are drawn.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.appeal import Kind

Stratum = tuple[str, str]
"""A group of the roster and a kind of appeal."""


@dataclass(frozen=True)
class Candidate:
    appeal_id: str
    group: str
    kind: Kind

    @property
    def stratum(self) -> Stratum:
        return self.group, self.kind.value


@dataclass(frozen=True)
class Share:
    """How many of a stratum there were, and how many of them were drawn."""

    group: str
    kind: Kind
    candidates: int
    drawn: int


@dataclass(frozen=True)
class FrozenList:
    """The candidates of a draw as the text that was hashed; its hash is its id."""

    id: str
    text: str = field(repr=False)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        rows = (json.loads(line) for line in self.text.split("\n") if line)
        return tuple(Candidate(appeal_id, group, Kind(kind)) for appeal_id, group, kind in rows)


def freeze(candidates: Iterable[Candidate]) -> FrozenList:
    """The candidates in their one order as text. Ids are unique; the order they come in does not matter."""
    rows = sorted((one.appeal_id, one.group, one.kind.value) for one in candidates)
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows]
    text = "".join(lines)
    return FrozenList(sha256(text), text)


def seed_of(public_text: str, list_hash: str) -> str:
    return sha256(public_text + list_hash)


def allocate(strata: Mapping[Stratum, int], size: int, seed: str = "") -> dict[Stratum, int]:
    """How many to draw of each non-empty stratum; the sum is `size`, or all when there are fewer.

    Largest remainders in whole numbers. When `size` reaches the number of strata, a stratum whose quota is under one
    gets one, and the others share the rest in proportion. Equal remainders are decided by SHA-256 of seed and stratum,
    not by name, which would always favour the same group.
    """
    rest = {stratum: count for stratum, count in strata.items() if count > 0}
    size = max(0, min(size, sum(rest.values())))
    given: dict[Stratum, int] = {}
    while size - len(given) >= len(rest) and (small := _under_one(rest, size - len(given))):
        given |= dict.fromkeys(small, 1)
        rest = {stratum: count for stratum, count in rest.items() if stratum not in given}
    return given | _by_remainder(rest, size - len(given), seed)


def _under_one(strata: Mapping[Stratum, int], size: int) -> list[Stratum]:
    total = sum(strata.values())
    return [stratum for stratum, count in strata.items() if count * size < total]


def _by_remainder(strata: Mapping[Stratum, int], size: int, seed: str) -> dict[Stratum, int]:
    total = sum(strata.values())
    if not total:
        return {}
    shares = {stratum: divmod(count * size, total) for stratum, count in strata.items()}
    given = {stratum: whole for stratum, (whole, _) in shares.items()}
    order = sorted(shares, key=lambda stratum: (-shares[stratum][1], sha256(seed + json.dumps(stratum))))
    for stratum in order[: size - sum(given.values())]:
        given[stratum] += 1
    return given


def choose(candidates: Sequence[Candidate], size: int, seed: str) -> tuple[tuple[Share, ...], tuple[str, ...]]:
    """The shares by (group, kind) and the sample by rank: a pure function of its arguments."""
    strata = Counter(candidate.stratum for candidate in candidates)
    quota = allocate(strata, size, seed)
    taken: Counter[Stratum] = Counter()
    sample = []
    for candidate in sorted(candidates, key=lambda one: (sha256(seed + one.appeal_id), one.appeal_id)):
        if taken[candidate.stratum] < quota[candidate.stratum]:
            taken[candidate.stratum] += 1
            sample.append(candidate.appeal_id)
    shares = tuple(Share(group, Kind(kind), strata[group, kind], quota[group, kind]) for group, kind in sorted(strata))
    return shares, tuple(sample)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
