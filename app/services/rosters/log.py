"""How a roster is changed: by appending to its history, and by writing from there what is stored (docs/adr/0007).

Appending is the commitment: the history refuses a second change of the same number, so that of two editors at once one
has to look again at what the other did. What is stored follows: the officials, then the roster with its new revision,
so that a cache that sees the revision sees everything. Whoever comes next finishes what a crash interrupted.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from app.domain.edition import Edition, faults_of
from app.domain.errors import Conflict, InvalidInput, NotFound, Reason
from app.domain.officer import Officer
from app.domain.roster import Official, Roster
from app.domain.roster_history import Act, RosterChange, Signature, applied, change_id, difference, written
from app.services.officers.audit import record
from app.services.people.holding import end_holding
from app.services.ports.basics import Duplicate
from app.services.rosters.file import sentence_of
from app.services.saving import change as change_guarded
from app.services.saving import next_version
from app.services.world import World

ATTEMPTS = 5
LONGEST_NOTE = 300
INSTALLER = "安装程序"
"""Who changes a roster from the command line, where nobody has logged in."""

Rule = Callable[[Edition], Edition]
"""From one edition to the next; pure, since it is applied again when somebody was faster."""


def edition_of(world: World, slug: str) -> Edition:
    """The roster and all its officials as they stand; NotFound(NO_SUCH_ROSTER). Finishes what was interrupted."""
    found = stored_edition(world, slug)
    if found is None:
        raise NotFound(Reason.NO_SUCH_ROSTER)
    return found


def stored_edition(world: World, slug: str) -> Edition | None:
    """The same, or None."""
    stores = world.stores
    roster = stores.rosters.get(slug)
    pending = stores.roster_changes.get(change_id(slug, (roster.version if roster else 0) + 1))
    if pending is not None:
        write(world, pending)
        roster = stores.rosters.get(slug)
    return Edition(roster, tuple(stores.officials.of_roster(slug))) if roster else None


def keep(
    world: World,
    officer: Officer,
    slug: str,
    act: Act,
    rule: Rule,
    note: str = "",
    subject: str = "",
    undoes: tuple[int, str] = (0, ""),
) -> tuple[Edition, RosterChange | None]:
    """The edition after `rule`, and the change that led to it: None when there was nothing to change.

    Stands on the audit log before it happens. Raises what the rule raises, NotFound for a roster that is not there,
    InvalidInput with the sentence at each field for an edition that contradicts itself, and Conflict when others were
    faster every time.
    """

    def known(edition: Edition | None) -> Edition:
        if edition is None:
            raise NotFound(Reason.NO_SUCH_ROSTER)
        return rule(edition)

    return commit(world, officer, slug, act, known, note, subject, undoes)


def commit(
    world: World,
    officer: Officer | None,
    slug: str,
    act: Act,
    rule: Callable[[Edition | None], Edition],
    note: str = "",
    subject: str = "",
    undoes: tuple[int, str] = (0, ""),
) -> tuple[Edition, RosterChange | None]:
    """`keep`, for a roster that may not be there yet, and for nobody in particular (None: the installer)."""
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise InvalidInput(Reason.BAD_REQUEST, fields={"note": [f"最多 {LONGEST_NOTE} 个字"]})
    by = Signature(
        at=world.clock.now(),
        officer_id=officer.id if officer else "",
        by=officer.name if officer else INSTALLER,
        act=act,
        note=note,
        undoes=undoes[0],
        undoes_part=undoes[1],
    )
    recorded = officer is None
    for _ in range(ATTEMPTS):
        before = stored_edition(world, slug)
        after = rule(before)
        _refuse_new_faults(before, after, subject)
        made = difference(before, after, by)
        if made is None:
            return before or after, None
        if officer is not None and not recorded:
            record(world, officer, act.value, subject or slug, note)
            recorded = True
        try:
            world.stores.roster_changes.add(made)
        except Duplicate:
            continue
        write(world, made)
        return edition_of(world, slug), made
    raise Conflict(Reason.ROSTER_CHANGED)


def finish_changes(world: World) -> int:
    """Writes what a crash left unwritten, for every roster; how many there were. A job's work."""
    finished = 0
    for roster in world.stores.rosters.all():
        pending = world.stores.roster_changes.get(change_id(roster.slug, roster.version + 1))
        if pending is not None:
            write(world, pending)
            finished += 1
    return finished


def overlaid(world: World, roster: Roster, officials: tuple[Official, ...]) -> Edition:
    """What was read, with the change on it that is committed but not written yet: for readers, who write nothing."""
    read = Edition(roster, officials)
    pending = world.stores.roster_changes.get(change_id(roster.slug, roster.version + 1))
    return applied(pending, read) if pending else read


def write(world: World, change: RosterChange) -> None:
    """Makes the stored officials and roster what the change says. May be repeated, and by several at once: what a later
    change wrote is left alone."""
    stores = world.stores
    roster = stores.rosters.get(change.roster)
    if roster is not None and roster.version >= change.number:
        return
    officials = tuple(stores.officials.of_roster(change.roster))
    target = applied(change, Edition(roster, officials) if roster else None)
    known = {official.id: official for official in officials}
    leaving = {revised.after.id for revised in change.officials if revised.changes_holder}
    for official in target.officials:
        current = known.get(official.id)
        if current is not None and official == current:
            continue
        if official.id in leaving and (current is None or current.change < change.number):
            end_holding(world, official.id)
        _write_official(world, current, official, change.number)
    _write_roster(world, roster, target.roster, change.number)


def _write_official(world: World, current: Official | None, target: Official, number: int) -> None:
    officials, now = world.stores.officials, world.clock.now()

    def rule(stored: Official) -> Official:
        if stored.change >= number:
            return stored
        at = stored.tenures_changed_at if stored.tenures == target.tenures else now
        return replace(written(stored, target), position=target.position, tenures_changed_at=at, change=number)

    if current is None:
        try:
            officials.add(replace(target, change=number))
        except Duplicate:
            pass  # somebody else finishes the same change
        else:
            return
    elif (kept := rule(current)) is current or officials.replace(next_version(current, kept)):
        return
    change_guarded(officials, target.id, rule, NotFound(Reason.NO_SUCH_OFFICIAL), ATTEMPTS)


def _write_roster(world: World, current: Roster | None, target: Roster, number: int) -> None:
    rosters = world.stores.rosters
    if current is None:
        with suppress(Duplicate):  # somebody else finished the same change
            rosters.add(replace(target, version=number, revision=1))
        return
    kept = replace(target, version=number, revision=current.revision + 1)
    if rosters.replace(kept):
        return
    stored = rosters.get(current.slug)
    if stored is not None and stored.version < number:
        rosters.put(kept)  # stored by a program that did not number changes, so that no guard could match


def _refuse_new_faults(before: Edition | None, after: Edition, subject: str) -> None:
    """What contradicted itself before is not the fault of whoever changes something else."""
    known = faults_of(before) if before else []
    fields: dict[str, list[str]] = {}
    for fault in faults_of(after):
        if fault not in known:
            whose = "" if fault.official_id in {"", subject} else f"{after.official(fault.official_id).name}："
            fields.setdefault(fault.field, []).append(whose + sentence_of(fault))
    if fields:
        raise InvalidInput(Reason.BAD_REQUEST, fields=fields)
