"""What is forgotten when: logins and answers that expired, and what identifies people once its time is over.

The times stand in the setting `retention`. Appeals are records and stay; pictures, phones and places go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from app.domain.appeal import Appeal
from app.domain.errors import Conflict, NotFound, Reason
from app.domain.forgetting import months_before, without_contacts, without_pictures
from app.services.people.erasing import forget_pictures
from app.services.ports.evidence import Mark
from app.services.running.alerting import day_number
from app.services.saving import change
from app.services.world import World

AT_ONCE = 100
UNUSED_FOR = timedelta(days=30)
"""How long a picture may wait to be sent with something: a draft lives on the phone that long."""
EARLY_VERDICTS_FOR = timedelta(days=1)
"""The appeal that such a verdict waits for is saved within seconds, or never."""
LOCKOUTS_FOR = timedelta(days=1)
ALERTS_FOR = timedelta(days=90)
UNUSED = "unused pictures"
BEGINNING_YEAR = 2020
MISSING = NotFound(Reason.NO_SUCH_APPEAL)


def forget(world: World) -> int:
    """Removes what has expired; how much it was. Safe to repeat and to stop anywhere."""
    stores, now, keep = world.stores, world.clock.now(), world.settings().retention
    done = stores.sessions.forget_expired(now) + stores.office_sessions.forget_expired(now)
    done += stores.answered.forget_before(now - timedelta(days=keep.answered_days))
    done += stores.early_verdicts.forget_before(now - EARLY_VERDICTS_FOR)
    done += stores.lockouts.forget_before(now - LOCKOUTS_FOR)
    done += stores.alert_tallies.forget_before(day_number(now - ALERTS_FOR))
    done += stores.calls.forget_before(months_before(now, keep.calls_months))
    old = stores.old_appeals
    done += _for_each(world, old.with_pictures, months_before(now, keep.photos_months), _forget_pictures)
    done += _for_each(world, old.with_contacts, months_before(now, keep.contacts_months), _forget_contacts)
    return done + _forget_unused(world, now)


def _for_each(
    world: World,
    fetch: Callable[[datetime, int], Sequence[Appeal]],
    before: datetime,
    act: Callable[[World, Appeal], None],
) -> int:
    """Acts on each of the closed appeals; what somebody changes at this moment is left for the next night."""
    done = 0
    seen: set[str] = set()
    while fresh := [appeal for appeal in fetch(before, AT_ONCE) if appeal.id not in seen]:
        seen |= {appeal.id for appeal in fresh}
        for appeal in fresh:
            try:
                act(world, appeal)
            except Conflict:
                continue
            done += 1
    return done


def _forget_pictures(world: World, appeal: Appeal) -> None:
    """The pictures first: a crash in between leaves an appeal that the next night finds again."""
    forget_pictures(world, appeal)
    change(world.stores.appeals, appeal.id, without_pictures, MISSING)


def _forget_contacts(world: World, appeal: Appeal) -> None:
    change(world.stores.appeals, appeal.id, without_contacts, MISSING)


def _forget_unused(world: World, now: datetime) -> int:
    """Pictures that were uploaded and never sent. Each is looked at once: the mark remembers how far."""
    marks, until = world.stores.marks, now - UNUSED_FOR
    mark = marks.get(UNUSED)
    begin = mark.at if mark else datetime(BEGINNING_YEAR, 1, 1, tzinfo=now.tzinfo)
    done = 0
    while found := world.stores.uploads.made_between(begin, until, AT_ONCE):
        ids = [id for id, _ in found]
        shown = world.stores.old_appeals.showing(ids, "")
        done += world.stores.uploads.forget([id for id in ids if id not in shown])
        begin = found[-1][1] + timedelta(milliseconds=1)
        marks.put(Mark(UNUSED, begin))
    return done
