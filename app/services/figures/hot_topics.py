"""Hot topics (热点) of a period: what residents write about more than before. For the console; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from app.domain.appeal import Appeal
from app.domain.errors import InvalidInput, Reason
from app.domain.hot_topics import Mention, Term, TermKind, Topic, rank
from app.services.scanning import submitted_between
from app.services.wording import wording_of
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
    plain = frozenset(word for category in world.settings().categories for word in category.words)
    for appeal in submitted_between(world, roster, begin - periods_before * length, end):
        if may_see(appeal):
            periods[-((appeal.submitted_at - begin) // length)].append(mention(appeal, plain))
    return rank(periods[0], periods[1:], most)


def mention(appeal: Appeal, plain: Iterable[str] = ()) -> Mention:
    """What the appeal speaks of: its words, and its kind as a category; `plain` words are nobody's name."""
    found = wording_of(f"{appeal.title}\n{appeal.body}", plain)
    terms = {Term(TermKind.WORD, word) for word in found.words} | {Term(TermKind.CATEGORY, appeal.kind.value)}
    return Mention(appeal.id, appeal.resident_id, frozenset(terms), found.names)
