"""The work list of the office: what lies where, narrowed by roster, official and kind, and how much waits.

Costs one query for a list, and two for how much waits everywhere, one more for each of the KEPT desks; nothing that is
not shown is opened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.appeal import Appeal
from app.domain.errors import InvalidInput, NotFound, Reason
from app.domain.notification import Role
from app.domain.officer import Officer, OfficeRole
from app.domain.worklist import KEPT, Desk, Filter, Lists, WorkList, counted_due_at
from app.services.appeals.reading import PAGE, Page, Reading, position_after
from app.services.office import casework
from app.services.officers.access import CASE_READERS, need
from app.services.officers.audit import record
from app.services.people.callers import caller_of, phone_key
from app.services.ports.appeals import NOTHING, Pile
from app.services.ports.basics import Position
from app.services.world import World

FEWEST_DIGITS, MOST_DIGITS = 7, 15
"""Of a telephone number: a local one, and an international one."""
LOOKED_THROUGH = 5000
"""Appeals whose texts one page looks through: a tenth of a second's reading (docs/adr/0010)."""
COUNTED = 99
"""So far the KEPT desks are counted; beyond it a number is `99+`."""


IN_ORDER: tuple[WorkList, ...] = (
    Desk.REVIEW,
    Lists.LATE,
    Desk.PROMISE_BROKEN,
    Desk.SUPERVISION,
    Desk.INTERVIEW,
    Desk.RECTIFICATION,
    Desk.UNDELIVERED,
    Desk.EXTENSION,
    Desk.SECOND_REVIEW,
    Desk.FOLLOW_UP,
    Desk.PUBLICATION,
    Desk.REFERRED,
    Lists.ALL,
)
"""As a supervisor's day goes."""
WORKED_BY: dict[OfficeRole, frozenset[WorkList]] = {
    OfficeRole.SUPERVISOR: frozenset({*Desk, Lists.LATE}) - {Desk.REFERRED},
    OfficeRole.OPERATOR: frozenset({Desk.FOLLOW_UP, Desk.UNDELIVERED}),
    OfficeRole.INSPECTOR: frozenset({Desk.REFERRED}),
}
"""For whom a list holds work; the other readers only read it."""


@dataclass(frozen=True)
class Waiting:
    """How much a list holds, since when the oldest waits, and whether it is this officer's work."""

    list: WorkList
    count: int
    oldest: datetime | None
    own: bool

    @property
    def words(self) -> str:
        return f"{COUNTED}+" if self.list in KEPT and self.count > COUNTED else str(self.count)


@dataclass(frozen=True)
class Listing(Page):
    """One page of a list. `looked_to`: where a look through texts stopped before the list's end and before the page was
    full; `next` goes on there."""

    looked_to: datetime | None = None


def lists_for(officer: Officer) -> tuple[WorkList, ...]:
    """Those that the officer may open, in order: all for the office's readers, what was referred for inspectors."""
    if set(CASE_READERS) & set(officer.roles):
        return IN_ORDER
    return (Desk.REFERRED,) if OfficeRole.INSPECTOR in officer.roles else ()


def listed(
    world: World,
    officer: Officer,
    which: WorkList,
    wanted: Filter,
    after: Position | None,
    size: int = PAGE,
    back: bool = False,
) -> Listing:
    """One page of a list. Desks and what is late begin with the oldest, everything with the newest; `back`: what stands
    before `after`, the nearest first."""
    _allow(officer, which)
    store, now = world.stores.worklist, world.clock.now()
    wanted = replace(wanted, state=None) if isinstance(which, Desk) else wanted
    stopped: Position | None = None
    if wanted.words or (which is Lists.LATE and (wanted.first or wanted.last)):
        looked = store.looked_through(which, wanted, now, after, size + 1, LOOKED_THROUGH, back)
        found, stopped = looked.appeals, looked.stopped
    elif isinstance(which, Desk):
        found = store.on_desk(which, wanted, after, size + 1, back)
    elif which is Lists.LATE:
        found = store.late(wanted, now, after, size + 1, back)
    else:
        found = store.newest(wanted, after, size + 1, back)
    readings = tuple(Reading(appeal, Role.SUPERVISOR, (), now, in_person=False) for appeal in found[:size])
    following = position_after(found, lambda appeal: _place_of(which, appeal) or appeal.submitted_at, size)
    return Listing(readings, following or stopped, stopped[0] if stopped else None)


def following(world: World, officer: Officer, which: WorkList, wanted: Filter, appeal: Appeal) -> Appeal | None:
    """What stands behind the appeal's place in the list, whether or not the appeal itself still lies there; of what is
    late, once the appeal is not, whatever has been late for longest. None at the end."""
    place = _place_of(which, appeal)
    after = (place, appeal.code) if place else None
    found = listed(world, officer, which, wanted, after, size=1).items
    return found[0].appeal if found and found[0].appeal.id != appeal.id else None


def preceding(world: World, officer: Officer, which: WorkList, wanted: Filter, appeal: Appeal) -> Appeal | None:
    """What stands before the appeal's place in the list, alike. None at the beginning, and for what has no place in the
    list of what is late any more."""
    place = _place_of(which, appeal)
    if place is None:
        return None
    found = listed(world, officer, which, wanted, (place, appeal.code), size=1, back=True).items
    return found[0].appeal if found else None


def waiting(world: World, officer: Officer) -> tuple[Waiting, ...]:
    """Every list that the officer may open but the one of everything, in order."""
    own = frozenset[WorkList]().union(*(WORKED_BY.get(role, frozenset()) for role in officer.roles))
    lists = [which for which in lists_for(officer) if which is not Lists.ALL]
    store = world.stores.worklist
    piles: dict[WorkList, Pile] = {desk: store.kept(desk, COUNTED + 1) for desk in Desk if desk in KEPT & {*lists}}
    if {*lists} - KEPT:
        piles.update((desk, pile) for desk, pile in store.waiting().items())
        piles[Lists.LATE] = store.all_late(world.clock.now())
    found = ((which, piles.get(which, NOTHING)) for which in lists)
    return tuple(Waiting(which, pile.count, pile.oldest, which in own) for which, pile in found)


def by_code(world: World, officer: Officer, code: str) -> Appeal:
    """The appeal with that code, as it is read out or copied: with spaces, in small letters.

    Raises NotFound, for inspectors also when it was not referred."""
    wanted = "".join(code.split()).upper()
    appeal = world.stores.appeals.by_code(wanted)
    if appeal is None:
        raise NotFound(Reason.NO_SUCH_APPEAL)
    return casework.read_as_officer(world, officer, appeal.id).appeal


def of_phone(world: World, officer: Officer, phone: str) -> list[Appeal]:
    """What was written with that number left as the phone, or taken down for calls from it; newest first, PAGE at most.
    Whole numbers only, and looking is on the audit log like unmasking, by the last four digits. Raises InvalidInput
    for anything else."""
    need(officer, OfficeRole.SUPERVISOR, OfficeRole.OPERATOR)
    digits = "".join(filter(str.isdigit, phone))
    if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        raise InvalidInput(Reason.BAD_PHONE, field="phone")
    record(world, officer, "find_by_phone", f"尾号 {digits[-4:]}")
    called = world.stores.appeals.of_resident(caller_of(world, phone), None, PAGE)
    known = {one.id: one for one in (*called, *world.stores.worklist.of_phone(phone_key(world, phone), PAGE))}
    return sorted(known.values(), key=lambda one: (one.submitted_at, one.code), reverse=True)[:PAGE]


def _place_of(which: WorkList, appeal: Appeal) -> datetime | None:
    """By what the list is in order."""
    return counted_due_at(appeal) if which is Lists.LATE else appeal.submitted_at


def _allow(officer: Officer, which: WorkList) -> None:
    if which is Desk.REFERRED:
        need(officer, *CASE_READERS, OfficeRole.INSPECTOR)
    else:
        need(officer, *CASE_READERS)
