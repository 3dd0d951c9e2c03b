"""The directory: the published officials of a roster, and finding one by name, pinyin, unit, post, duty or project."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from pypinyin import Style, lazy_pinyin, pinyin

from app.domain.errors import NotFound, Reason
from app.domain.roster import Official, Roster
from app.services.rosters.log import overlaid
from app.services.rosters.surnames import surname_reading
from app.services.world import World

STALE_AFTER = timedelta(seconds=60)
"""A snapshot is read anew after this time even if no revision changed: the second line behind rule 5."""
MOST_RESULTS = 30
MOST_SUGGESTIONS = 3


@dataclass(frozen=True)
class Snapshot:
    """A published roster with its published officials at one revision."""

    roster: Roster
    officials: tuple[Official, ...]
    spellings: tuple[frozenset[str], ...]
    """Pinyin and initials of each official's name, in the same order; several where the surname is read in several
    ways (解 is xie as a surname, jie elsewhere)."""
    taken_at: datetime

    def groups(self) -> Iterable[tuple[str, list[Official]]]:
        for group in self.roster.groups:
            yield group, [official for official in self.officials if official.group == group]


class Directory:
    """Snapshots kept in this process; one small read of the revisions a request tells whether they still hold."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._snapshots: dict[str, Snapshot] = {}
        self._lock = threading.Lock()

    def snapshot(self, slug: str) -> Snapshot:
        """The roster's present state; NotFound when there is none or it is not published."""
        return self._current(slug, self._world.stores.rosters.revisions())

    def all(self) -> list[Snapshot]:
        """Every published roster, by slug."""
        revisions = self._world.stores.rosters.revisions()
        snapshots: list[Snapshot] = []
        for slug in sorted(revisions):
            with suppress(NotFound):  # unpublished at this very moment
                snapshots.append(self._current(slug, revisions))
        return snapshots

    def official(self, official_id: str) -> tuple[Snapshot, Official]:
        """A published official with the roster; NotFound otherwise."""
        for snapshot in self.all():
            for official in snapshot.officials:
                if official.id == official_id:
                    return snapshot, official
        raise NotFound(Reason.NO_SUCH_OFFICIAL)

    def search(self, query: str, slug: str = "") -> list[Official]:
        """The officials that match every word of `query`, best first."""
        words = query.lower().split()
        scored: list[tuple[int, int, Official]] = []
        for snapshot in [self.snapshot(slug)] if slug else self.all():
            for position, official in enumerate(snapshot.officials):
                scores = [_score(official, snapshot.spellings[position], word) for word in words]
                if words and all(scores):
                    scored.append((-sum(scores), position, official))
        scored.sort(key=lambda item: item[:2])
        return [official for _, _, official in scored[:MOST_RESULTS]]

    def suggest(self, text: str, slug: str = "") -> list[tuple[Official, str]]:
        """Up to three officials whose duties share most with a resident's sentence, each with the matching duty."""
        said = _pairs(text)
        candidates = [
            (official, duty, _pairs(duty))
            for snapshot in ([self.snapshot(slug)] if slug else self.all())
            for official in snapshot.officials
            for duty in (*official.duties, *official.projects, official.unit)
        ]
        common = Counter(pair for _, _, pairs in candidates for pair in pairs)
        best: dict[str, tuple[float, Official, str]] = {}
        for official, duty, pairs in candidates:
            weight = sum(1 / common[pair] for pair in pairs & said)
            if weight > best.get(official.id, (0.0, official, ""))[0]:
                best[official.id] = (weight, official, duty)
        ranked = sorted(best.values(), key=lambda item: (-item[0], item[1].position))
        return [(official, duty) for _, official, duty in ranked[:MOST_SUGGESTIONS]]

    def _current(self, slug: str, revisions: Mapping[str, int]) -> Snapshot:
        revision = revisions.get(slug)
        if revision is None:
            raise NotFound(Reason.NO_SUCH_ROSTER)
        kept = self._snapshots.get(slug)
        now = self._world.clock.now()
        if kept and kept.roster.revision == revision and abs(now - kept.taken_at) < STALE_AFTER:
            return kept
        with self._lock:
            fresh = self._take(slug, now)
            self._snapshots[slug] = fresh
        return fresh

    def _take(self, slug: str, now: datetime) -> Snapshot:
        roster = self._world.stores.rosters.get(slug)
        if roster is None:
            raise NotFound(Reason.NO_SUCH_ROSTER)
        edition = overlaid(self._world, roster, tuple(self._world.stores.officials.of_roster(slug)))
        if not edition.roster.is_published:
            raise NotFound(Reason.NO_SUCH_ROSTER)
        officials = tuple(official for official in edition.officials if official.is_published)
        return Snapshot(edition.roster, officials, tuple(_spellings(official.name) for official in officials), now)


def _spellings(name: str) -> frozenset[str]:
    surname = {reading.lower() for reading in pinyin(name[:1], style=Style.NORMAL, heteronym=True)[0]}
    surname |= {lazy_pinyin(name)[0].lower(), surname_reading(name)}
    given = [syllable.lower() for syllable in lazy_pinyin(name)[1:]]
    whole = {"".join([reading, *given]) for reading in surname}
    return frozenset(
        whole | {"".join(given)} | {"".join(syllable[:1] for syllable in [reading, *given]) for reading in surname}
    )


def _score(official: Official, spellings: frozenset[str], word: str) -> int:
    if word == official.name or word in spellings:
        return 100
    if official.name.startswith(word) or any(spelling.startswith(word) for spelling in spellings):
        return 60
    if any(word in text.lower() for text in (official.name, official.post, official.unit)):
        return 40
    if any(word in text.lower() for text in (*official.duties, *official.projects)):
        return 20
    return 0


def _pairs(text: str) -> set[str]:
    """Neighbouring characters, which carry the meaning of Chinese words without a dictionary."""
    letters = [character for character in text.lower() if character.isalnum()]
    return {a + b for a, b in pairwise(letters)}
