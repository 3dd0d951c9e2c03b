"""Spot checks (抽查): a stratified random sample that nobody can choose and anybody can recompute
(app/domain/sampling.py says how).

Source of the rule: the promise's supervision asks for random checks (随机抽查) whose choice cannot be steered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.errors import InvalidInput, NotFound, Reason, RuleBroken
from app.domain.lifecycle import worded
from app.domain.sampling import Candidate, FrozenList, Share, choose, freeze, seed_of, sha256

LONGEST_PUBLIC_TEXT = 200
MOST_CANDIDATES = 100_000
"""The frozen list is one document, about 80 bytes each; MongoDB takes 16 MB."""


@dataclass(frozen=True)
class Draw:
    """One drawing, never changed. `number` counts the drawings of one roster and period, so that a second one shows."""

    id: str
    roster: str
    begin: datetime
    end: datetime
    """Appeals whose newest answer lies in begin <= answer < end were candidates."""
    number: int
    size: int
    public_text: str
    source: str
    """Where anybody can look the public text up."""
    list_hash: str
    candidate_count: int
    seed: str
    shares: tuple[Share, ...]
    sample: tuple[str, ...]
    """Ids of the appeals, in the order of their rank."""
    drawn_by: str
    drawn_at: datetime


class Verdict(StrEnum):
    CONFIRMED = "confirmed"
    """The resident says that it was as the answer says."""
    CONTRADICTED = "contradicted"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Result:
    """What the check of one appeal found. Never overwritten: a correction is a further entry that names the first."""

    id: str
    draw_id: str
    appeal_id: str
    number: int
    """From 1 for each appeal of a draw; the highest one stands."""
    verdict: Verdict
    text: str
    by: str
    at: datetime
    corrects: str = ""
    """Id of the appeal's first result."""


class Mismatch(StrEnum):
    """What of a draw does not follow from its candidates."""

    PARAMETERS = "parameters"
    CANDIDATES = "candidates"
    SEED = "seed"
    SHARES = "shares"
    SAMPLE = "sample"


def draw(
    frozen: FrozenList,
    roster: str,
    begin: datetime,
    end: datetime,
    number: int,
    size: int,
    public_text: str,
    source: str,
    by: str,
    now: datetime,
) -> Draw:
    """Draws `size` of the frozen candidates. Raises InvalidInput for a size under 1 or a missing text, RuleBroken when
    nothing was answered in the period."""
    if size < 1 or begin >= end:
        raise InvalidInput(Reason.BAD_REQUEST, field="size" if size < 1 else "end")
    public_text = worded(public_text, "public_text", LONGEST_PUBLIC_TEXT)
    source = worded(source, "source", LONGEST_PUBLIC_TEXT)
    candidates = frozen.candidates
    if len(candidates) > MOST_CANDIDATES:
        raise InvalidInput(Reason.BAD_REQUEST, field="end", most=MOST_CANDIDATES)
    if not candidates:
        raise RuleBroken(Reason.NOTHING_TO_DRAW)
    seed = seed_of(public_text, frozen.id)
    shares, sample = choose(candidates, size, seed)
    return Draw(
        id=draw_id(roster, begin, end, number),
        roster=roster,
        begin=begin,
        end=end,
        number=number,
        size=size,
        public_text=public_text,
        source=source,
        list_hash=frozen.id,
        candidate_count=len(candidates),
        seed=seed,
        shares=shares,
        sample=sample,
        drawn_by=by,
        drawn_at=now,
    )


def draw_id(roster: str, begin: datetime, end: datetime, number: int) -> str:
    """Says what was drawn, and is unique for the n-th drawing: two at once cannot both be the first."""
    return sha256(json.dumps([roster, begin.isoformat(), end.isoformat(), number]))[:24]


def verify(drawn: Draw, candidates: Iterable[Candidate]) -> tuple[Mismatch, ...]:
    """What does not follow when the draw is recomputed from these candidates; empty when all of it does."""
    frozen = freeze(candidates)
    listed = frozen.candidates
    shares, sample = choose(listed, drawn.size, drawn.seed)
    right = {
        Mismatch.PARAMETERS: drawn.id == draw_id(drawn.roster, drawn.begin, drawn.end, drawn.number),
        Mismatch.CANDIDATES: (frozen.id, len(listed)) == (drawn.list_hash, drawn.candidate_count),
        Mismatch.SEED: drawn.seed == seed_of(drawn.public_text, drawn.list_hash),
        Mismatch.SHARES: drawn.shares == shares,
        Mismatch.SAMPLE: drawn.sample == sample,
    }
    return tuple(mismatch for mismatch, holds in right.items() if not holds)


def add_result(
    drawn: Draw,
    known: Sequence[Result],
    appeal_id: str,
    verdict: Verdict,
    text: str,
    by: str,
    now: datetime,
    corrects: str,
) -> Result:
    """The next entry for an appeal of the sample; `known` are the draw's results so far.

    Raises NotFound when the appeal was not drawn or `corrects` names no first result of it, RuleBroken when the appeal
    has a result and `corrects` does not name it.
    """
    if appeal_id not in drawn.sample:
        raise NotFound(Reason.NOT_IN_THE_SAMPLE)
    own = sorted((one for one in known if one.appeal_id == appeal_id), key=lambda one: one.number)
    if own and not corrects:
        raise RuleBroken(Reason.ALREADY_CHECKED, first=own[0].id, by=own[0].by)
    if corrects and (not own or own[0].id != corrects):
        raise NotFound(Reason.NO_SUCH_RESULT)
    number = own[-1].number + 1 if own else 1
    return Result(
        f"{drawn.id}:{appeal_id}:{number}", drawn.id, appeal_id, number, verdict, worded(text), by, now, corrects
    )


def standing(results: Iterable[Result]) -> dict[str, Result]:
    """The result that stands for each appeal: the newest correction, else the first."""
    return {one.appeal_id: one for one in sorted(results, key=lambda one: one.number)}
