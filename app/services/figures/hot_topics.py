"""Hot topics (热点) of a period: what residents write about more than before. For the console; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from app.domain.appeal import Appeal
from app.domain.errors import InvalidInput, Reason
from app.domain.hot_topics import Mention, Term, TermKind, Topic, rank
from app.services.scanning import submitted_between
from app.services.wording import words_in
from app.services.world import World

PERIODS_BEFORE = 4
MOST_PERIODS = 12
LONGEST = timedelta(days=366)


def hot_topics(
    world: World,
    roster: str,
    begin: datetime,
    end: datetime,
    may_see: Callable[[Appeal], bool],
    periods_before: int = PERIODS_BEFORE,
    most: int = 20,
) -> tuple[Topic, ...]:
    """The topics of appeals submitted at begin <= t < end, against as many periods of the same length right before.

    What `may_see` refuses (an appeal about the reader, rule 1) counts nowhere, in earlier periods neither. A category's
    text is the kind's value. Raises InvalidInput for an empty period, one of more than a year, or too many.
    """
    if not begin < end <= begin + LONGEST or not 0 <= periods_before <= MOST_PERIODS:
        raise InvalidInput(Reason.BAD_REQUEST, field="last")
    length = end - begin
    periods: list[list[Mention]] = [[] for _ in range(periods_before + 1)]
    for appeal in submitted_between(world, roster, begin - periods_before * length, end):
        if may_see(appeal):
            periods[-((appeal.submitted_at - begin) // length)].append(mention(appeal))
    return rank(periods[0], periods[1:], most)


def mention(appeal: Appeal) -> Mention:
    """What the appeal speaks of: its words, and its kind as a category."""
    words = words_in(f"{appeal.title}\n{appeal.body}")
    terms = {Term(TermKind.WORD, word) for word in words} | {Term(TermKind.CATEGORY, appeal.kind.value)}
    return Mention(appeal.id, appeal.resident_id, frozenset(terms))
