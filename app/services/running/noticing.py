"""What lies on no desk and still wants to be noticed: suspicions, messages given up, alerts, officials not bound.

Each is a bounded count: what it costs follows its limit (or the directory), never what is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.notification import Role, Status
from app.domain.officer import Officer, OfficeRole
from app.services.appeals.calls import count_not_answering
from app.services.rosters.directory import Directory
from app.services.running.alerting import day_number
from app.services.world import World

COUNTED = 99
"""Beyond it a number is `99+`."""


class Notice(StrEnum):
    FLAGS = "flags"
    """疑似应付: flags that wait for a person."""
    NOT_ANSWERING = "not_answering"
    """疑似不接电话."""
    DEAD_LETTERS = "dead_letters"
    """Messages that were given up."""
    ALERTS = "alerts"
    """Of today."""
    UNBOUND = "unbound"
    """Published officials for whom nobody has bound a WeChat."""


FOR: dict[Notice, frozenset[OfficeRole]] = {
    Notice.FLAGS: frozenset({OfficeRole.SUPERVISOR}),
    Notice.NOT_ANSWERING: frozenset({OfficeRole.SUPERVISOR}),
    Notice.DEAD_LETTERS: frozenset({OfficeRole.ADMIN}),
    Notice.ALERTS: frozenset({OfficeRole.ADMIN}),
    Notice.UNBOUND: frozenset({OfficeRole.EDITOR}),
}


@dataclass(frozen=True)
class Noticed:
    """How much there is of it. `where`: the roster, or the official, whose page to open first; empty where the page
    shows all."""

    notice: Notice
    count: int
    where: str = ""
    is_least: bool = False
    name: str = ""
    """The roster's, where there is one notice for each."""
    is_whole: bool = False
    """Counted to the last one, so that the number itself is told."""

    @property
    def words(self) -> str:
        if self.count > COUNTED and not self.is_whole:
            return f"{COUNTED}+"
        return f"{self.count}+" if self.is_least else str(self.count)


def noticed(world: World, directory: Directory, officer: Officer) -> tuple[Noticed, ...]:
    """What there is, for this officer's roles, in the order of Notice; three reads at most for a role."""
    asked: dict[Notice, Callable[[], Sequence[Noticed]]] = {
        Notice.FLAGS: lambda: [_flags(world)],
        Notice.NOT_ANSWERING: lambda: [_not_answering(world)],
        Notice.DEAD_LETTERS: lambda: [_dead_letters(world)],
        Notice.ALERTS: lambda: [_alerts(world)],
        Notice.UNBOUND: lambda: _unbound(world, directory),
    }
    found = (one for notice, count in asked.items() if FOR[notice] & set(officer.roles) for one in count())
    return tuple(one for one in found if one.count)


def _flags(world: World) -> Noticed:
    found = world.stores.perfunctory_flags.waiting(COUNTED + 1)
    return Noticed(Notice.FLAGS, len(found), found[0][0] if found else "")


def _not_answering(world: World) -> Noticed:
    found = count_not_answering(world)
    return Noticed(Notice.NOT_ANSWERING, len(found.official_ids), next(iter(found.official_ids), ""), found.is_least)


def _dead_letters(world: World) -> Noticed:
    return Noticed(Notice.DEAD_LETTERS, len(world.stores.outbox.troubled(Status.DEAD, COUNTED + 1)))


def _alerts(world: World) -> Noticed:
    today = world.stores.alert_tallies.since(day_number(world.clock.now()))
    return Noticed(Notice.ALERTS, sum(tally.count for tally in today))


def _unbound(world: World, directory: Directory) -> list[Noticed]:
    """For each roster that has any, the one with the most first."""
    snapshots = directory.all()
    names = {snapshot.roster.slug: snapshot.roster.name for snapshot in snapshots}
    published = {one.id: one.roster for snapshot in snapshots for one in snapshot.officials}
    held = world.stores.accounts.posts_held(published, Role.OFFICIAL)
    rosters = Counter(roster for id, roster in published.items() if id not in held)
    return [
        Noticed(Notice.UNBOUND, number, slug, name=names[slug], is_whole=True) for slug, number in rosters.most_common()
    ]
