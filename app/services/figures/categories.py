"""Categories (事项分类) of texts, appeals and topics, by the words in the setting `categories`. All of them are hints.

The roll-ups count by them (flows.py, tallies.py): what they keep holds for the words that `words_in_force` named, and
is counted anew when the setting has changed (docs/adr/0010).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, time
from hashlib import sha256

from app.domain.appeal import Appeal
from app.domain.category import Suggestion, plain_categories, suggest
from app.domain.hot_topics import TermKind, Topic
from app.domain.workday import ONE_DAY, at
from app.services.ports.flows import MatterCount
from app.services.scanning import submitted_between
from app.services.world import World

MIDNIGHT = time(0)


def suggest_category(world: World, text: str) -> Suggestion | None:
    """For a text that somebody types, with the words it rests on; None when none speaks for any."""
    return suggest(text, world.settings().categories)


def category_of(world: World, appeal: Appeal) -> Suggestion | None:
    return suggest_category(world, f"{appeal.title}\n{appeal.body}")


def category_name(world: World, appeal: Appeal) -> str:
    """Empty for an appeal that speaks of none."""
    suggestion = category_of(world, appeal)
    return suggestion.name if suggestion else ""


def words_in_force(world: World) -> str:
    """A name for the categories and their words as they are now: other words, another name."""
    plain = json.dumps(plain_categories(world.settings().categories), ensure_ascii=False, sort_keys=True)
    return sha256(plain.encode()).hexdigest()[:16]


def count_matters(world: World, roster: str, day: date) -> tuple[MatterCount, ...]:
    """What was submitted on a Beijing day, by category, in order of their names. Reads every appeal of the day."""
    found: Counter[str] = Counter()
    for appeal in submitted_between(world, roster, at(day, MIDNIGHT), at(day + ONE_DAY, MIDNIGHT)):
        found[category_name(world, appeal)] += 1
    return tuple(MatterCount(name, found[name]) for name in sorted(found))


def label_topics(world: World, topics: Iterable[Topic]) -> dict[str, str]:
    """The category of each hot word, by the word; only of those that have one."""
    labels = {}
    for topic in topics:
        if topic.term.kind is TermKind.WORD:
            suggestion = suggest_category(world, " ".join((topic.term.text, *topic.also)))
            if suggestion:
                labels[topic.term.text] = suggestion.name
    return labels
