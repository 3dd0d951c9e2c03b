"""Categories (事项分类) of texts, appeals and topics, by the words in the setting `categories`. Nothing is stored:
other words give other figures, and all of them are hints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.appeal import Appeal
from app.domain.category import Suggestion, suggest
from app.domain.errors import InvalidInput, NotFound, Reason
from app.domain.hot_topics import TermKind, Topic
from app.services.figures.hot_topics import LONGEST
from app.services.scanning import submitted_between
from app.services.world import World


@dataclass(frozen=True)
class CategoryFigures:
    """How many appeals of a period speak of what: `counts` by category, the most frequent first, `without` any."""

    counts: Mapping[str, int]
    without: int

    @property
    def all(self) -> int:
        return sum(self.counts.values()) + self.without


def suggest_category(world: World, text: str) -> Suggestion | None:
    """For a text that somebody types, with the words it rests on; None when none speaks for any."""
    return suggest(text, world.settings().categories)


def category_of(world: World, appeal: Appeal) -> Suggestion | None:
    return suggest_category(world, f"{appeal.title}\n{appeal.body}")


def figures_by_category(
    world: World, roster: str, begin: datetime, end: datetime, may_see: Callable[[Appeal], bool]
) -> CategoryFigures:
    """Of the appeals submitted to the roster at begin <= t < end that `may_see` lets count (rule 1).

    Raises NotFound(NO_SUCH_ROSTER), InvalidInput for an empty period or one of more than a year.
    """
    if world.stores.rosters.get(roster) is None:
        raise NotFound(Reason.NO_SUCH_ROSTER)
    if not begin < end <= begin + LONGEST:
        raise InvalidInput(Reason.BAD_REQUEST, field="last")
    found: Counter[str] = Counter()
    for appeal in submitted_between(world, roster, begin, end):
        if may_see(appeal):
            suggestion = category_of(world, appeal)
            found[suggestion.name if suggestion else ""] += 1
    without = found.pop("", 0)
    return CategoryFigures(dict(found.most_common()), without)


def label_topics(world: World, topics: Iterable[Topic]) -> dict[str, str]:
    """The category of each hot word, by the word; only of those that have one."""
    labels = {}
    for topic in topics:
        if topic.term.kind is TermKind.WORD:
            suggestion = suggest_category(world, " ".join((topic.term.text, *topic.also)))
            if suggestion:
                labels[topic.term.text] = suggestion.name
    return labels
