"""Probably said already: before submitting, one's own running appeals and the published answers about the same matter.

A hint only. What others wrote stays theirs: the person sees the own appeals and what everybody may read.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.account import Account
from app.domain.appeal import Appeal
from app.domain.similarity import Said, most_alike
from app.services.appeals.reading import Reading, reading_for
from app.services.appeals.submission import addressee
from app.services.wording import words_in
from app.services.world import World

MOST = 3
OWN_READ = 30
"""The newest of the person's own: whoever has more running at once needs no hint."""
PUBLISHED_READ = 60
"""The newest published answers of the roster. With the own ones, so many documents a request reads at most."""


@dataclass(frozen=True)
class Similar:
    own: tuple[Reading, ...]
    published: tuple[Appeal, ...]


def similar(world: World, account: Account, official_id: str, title: str, body: str) -> Similar:
    """What says about the same as this draft, the most alike first. Raises NotFound for an official who is not
    published."""
    official, roster = addressee(world, official_id)
    draft = Said(words_in(f"{title}\n{body}"), official.id)
    if not draft.words:
        return Similar((), ())
    running = [appeal for appeal in world.stores.appeals.of_resident(account.id, None, OWN_READ) if appeal.is_open]
    own = most_alike(draft, ((appeal, _said(appeal)) for appeal in running), MOST)
    public = world.stores.appeals.published(roster.slug, "", None, PUBLISHED_READ)
    others = [appeal for appeal in public if appeal.id not in {mine.id for mine in own}]
    published = most_alike(draft, ((appeal, _published(appeal)) for appeal in others), MOST)
    return Similar(tuple(reading_for(world, account, appeal) for appeal in own), tuple(published))


def _said(appeal: Appeal) -> Said:
    return Said(words_in(f"{appeal.title}\n{appeal.body}"), appeal.addressed_to)


def _published(appeal: Appeal) -> Said:
    """The redaction and nothing else: the resident's own words must not even be guessed at."""
    assert appeal.publication is not None
    return Said(words_in(f"{appeal.publication.title}\n{appeal.publication.body}"), appeal.assignee_id)
