"""What importing a table would do to a roster: row by row, every mistake beside its cell. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from app.domain.edition import Edition, faults_of, settled
from app.domain.roster import Official
from app.domain.roster_history import content
from app.domain.roster_undo import differences
from app.services.rosters.file import sentence_of
from app.services.rosters.past import Told, told
from app.services.rosters.rows import CellError, RowDraft, drafts_of
from app.services.rosters.table import BY_FIELD, header_of
from app.services.rosters.words import LABELS
from app.services.tables.reading import Row


class Status(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass(frozen=True)
class RowPlan:
    """One row of the file; `number` as the spreadsheet counts. `fields` is what changes, in words."""

    number: int
    status: Status
    official_id: str
    name: str
    fields: tuple[Told, ...] = ()
    errors: tuple[CellError, ...] = ()
    note: str = ""
    warning: str = ""


@dataclass(frozen=True)
class ImportPlan:
    """`revision` is the roster's that it was made for. `missing` would be unpublished, because the table does not have
    them and it was asked for. `problems` concern the whole file."""

    slug: str
    revision: int
    rows: tuple[RowPlan, ...] = ()
    missing: tuple[str, ...] = ()
    """Titles of the officials."""
    unknown_columns: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    result: Edition | None = field(default=None, repr=False)
    """What the roster becomes; None while anything is wrong."""

    def count(self, status: Status) -> int:
        return sum(row.status is status for row in self.rows)

    @property
    def is_applicable(self) -> bool:
        """Whether it may be carried out: nothing wrong, and something to do."""
        return self.result is not None and bool(self.missing or self.count(Status.NEW) or self.count(Status.CHANGED))


def plan_of(edition: Edition, rows: Sequence[Row], today: date, unpublish_missing: bool = False) -> ImportPlan:
    """What the rows would do to this edition on that Beijing day."""
    slug, revision = edition.roster.slug, edition.roster.revision
    header = header_of(rows)
    if header.problem:
        return ImportPlan(slug, revision, unknown_columns=header.unknown, problems=(header.problem,))
    drafts = drafts_of(edition, header.rows, header.places, today)
    if not drafts:
        return ImportPlan(slug, revision, unknown_columns=header.unknown, problems=("表里没有可以导入的行",))
    result, missing = _result(edition, drafts, unpublish_missing)
    loose = _blame(drafts, edition, result)
    is_sound = not loose and not any(draft.errors for draft in drafts)
    return ImportPlan(
        slug,
        revision,
        tuple(_row_plan(draft, result) for draft in drafts),
        tuple(official.title for official in missing),
        header.unknown,
        loose,
        result if is_sound else None,
    )


def _result(edition: Edition, drafts: Sequence[RowDraft], unpublish_missing: bool) -> tuple[Edition, list[Official]]:
    """The edition with what the rows say, and who is unpublished because no row names them."""
    named = {draft.official.id: draft for draft in drafts}
    left = [one for one in edition.officials if one.id not in named and one.is_published and unpublish_missing]
    gone = {one.id for one in left}
    staying = [
        named[one.id].official if one.id in named else replace(one, is_published=False) if one.id in gone else one
        for one in edition.officials
        if one.id not in named or named[one.id].official.group == one.group
    ]
    coming = [draft.official for draft in drafts if draft.known is None or draft.known.group != draft.official.group]
    ordered = list(settled(edition.roster, [*staying, *coming]).officials)
    placed = {draft.official.id: draft.position for draft in drafts if draft.position and _is_placed(draft)}
    waiting = {one.id: one for one in ordered if one.id in placed}
    line = [one for one in ordered if one.id not in placed]
    for id, position in sorted(placed.items(), key=lambda pair: pair[1]):
        line.insert(position - 1, waiting[id])
    return settled(edition.roster, line), left


def _is_placed(draft: RowDraft) -> bool:
    return draft.known is None or draft.position != draft.known.position


def _blame(drafts: Sequence[RowDraft], before: Edition, after: Edition) -> tuple[str, ...]:
    """Contradictions of the result, each beside the row that brought it; those of nobody's row are returned."""
    rows = {draft.official.id: draft for draft in drafts}
    known, loose = faults_of(before), []
    for fault in faults_of(after):
        if fault in known:
            continue
        draft = rows.get(fault.official_id) if fault.field in BY_FIELD else None
        if draft is None:
            loose.append(sentence_of(fault))
        elif not any(error.column == BY_FIELD[fault.field].header for error in draft.errors):
            draft.complain(fault.field, sentence_of(fault))
    return tuple(loose)


def _row_plan(draft: RowDraft, after: Edition) -> RowPlan:
    one = draft.official
    if draft.errors:
        return RowPlan(draft.row.number, Status.WRONG, one.id, one.name, errors=tuple(draft.errors))
    before = content(draft.known) if draft.known else None
    fields = told(differences(before, content(one)), after)
    if draft.position and draft.known and _is_placed(draft):
        fields = (*fields, Told(LABELS["position"], str(draft.known.position), str(draft.position)))
    status = Status.NEW if draft.known is None else Status.CHANGED if fields else Status.UNCHANGED
    return RowPlan(draft.row.number, status, one.id, one.name, fields, note=draft.note, warning=draft.warning)
