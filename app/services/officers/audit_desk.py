"""The audit log as people read it: searched, checked as a whole, taken along as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.audit import AuditEntry
from app.domain.officer import Officer, OfficeRole
from app.services.officers.access import need
from app.services.officers.audit import broken_at, record
from app.services.ports.officers import AuditWanted
from app.services.world import World

PAGE = 50
AT_ONCE = 500
MOST_EXPORTED = 20_000
"""Rows of a file; a narrower period has the rest."""
READERS = (OfficeRole.AUDITOR, OfficeRole.ADMIN)


@dataclass(frozen=True)
class AuditPage:
    """`next`: the number to go on before; None at the end."""

    items: Sequence[AuditEntry]
    next: int | None
    names: Mapping[str, str]
    """Of the rosters and officials that the entries speak of, by id."""


@dataclass(frozen=True)
class AuditExport:
    """`is_cut`: there are older entries than these."""

    items: Sequence[AuditEntry]
    is_cut: bool
    names: Mapping[str, str]


@dataclass(frozen=True)
class ChainCheck:
    """`broken_at`: the number of the first entry that does not follow from those before it; None when all do."""

    entries: int
    broken_at: int | None


def search_log(world: World, officer: Officer, wanted: AuditWanted, before: int | None = None) -> AuditPage:
    """The newest entries that fit, 50 at a time: one query, two short ones more with a period. For auditors and admins.

    Reading the log is not itself on the log: it would grow with every look.
    """
    need(officer, *READERS)
    found = world.stores.audit_log.newest(wanted, before, PAGE + 1)
    shown = found[:PAGE]
    return AuditPage(shown, shown[-1].number if len(found) > PAGE else None, _names(world, shown))


def export_log(world: World, officer: Officer, wanted: AuditWanted) -> AuditExport:
    """The newest 20,000 entries that fit; that they were taken along stands on the log."""
    need(officer, *READERS)
    record(world, officer, "export_audit_log", "")
    found: list[AuditEntry] = []
    for part in _parts(world, wanted):
        found += part
        if len(found) > MOST_EXPORTED:
            break
    shown = found[:MOST_EXPORTED]
    return AuditExport(shown, len(found) > MOST_EXPORTED, _names(world, shown))


def check_chain(world: World, officer: Officer) -> ChainCheck:
    """Reads the whole log and computes every link anew; some 50,000 entries a second or two. Stands on the log."""
    need(officer, *READERS)
    last = record(world, officer, "check_audit_log", "")
    return ChainCheck(last.number, broken_at(world))


def _parts(world: World, wanted: AuditWanted) -> Iterator[Sequence[AuditEntry]]:
    before: int | None = None
    while part := world.stores.audit_log.newest(wanted, before, AT_ONCE):
        yield part
        before = part[-1].number


def _names(world: World, entries: Sequence[AuditEntry]) -> dict[str, str]:
    """One query for the rosters, one more for each roster of whose officials there is an entry."""
    told = {word for entry in entries for word in (entry.subject, *entry.detail.split(" "))}
    names: dict[str, str] = {}
    for roster in world.stores.rosters.all():
        names[roster.slug] = roster.name
        if any(word.startswith(f"{roster.slug}.") for word in told):
            names |= {official.id: official.title for official in world.stores.officials.of_roster(roster.slug)}
    return names
