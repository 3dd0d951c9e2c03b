"""Importing a table: a dry run that says what would happen, then all of it or nothing (log.py).

`stage` keeps the uploaded file under a token between the dry run and its confirmation, for a day; `apply` refuses when
the roster has changed meanwhile, because the dry run would not be what happens.
"""

from __future__ import annotations

from datetime import timedelta

from app.domain.edition import Edition
from app.domain.errors import Conflict, InvalidInput, NotFound, Reason
from app.domain.officer import Officer
from app.domain.roster_history import Act, RosterChange
from app.domain.workday import local_day
from app.services.officers.access import need
from app.services.ports.rosters import StagedImport
from app.services.rosters.forms import KEEPERS
from app.services.rosters.log import edition_of, keep
from app.services.rosters.plan import ImportPlan, plan_of
from app.services.tables.reading import UnreadableTable, read_table
from app.services.world import World

KEPT_FOR = timedelta(days=1)
LONGEST_FILENAME = 80


def dry_run(world: World, slug: str, data: bytes, filename: str, unpublish_missing: bool = False) -> ImportPlan:
    """What importing the file would do now; a file that cannot be read is a plan with that problem. Writes nothing.
    NotFound(NO_SUCH_ROSTER)."""
    return _plan(world, edition_of(world, slug), data, filename, unpublish_missing)


def stage(
    world: World, officer: Officer, slug: str, data: bytes, filename: str, unpublish_missing: bool = False
) -> tuple[str, ImportPlan]:
    """The dry run, and a token by which this officer may carry it out; empty when there is nothing to carry out."""
    need(officer, *KEEPERS)
    plan = dry_run(world, slug, data, filename, unpublish_missing)
    now = world.clock.now()
    world.stores.roster_imports.forget_before(now - KEPT_FOR)
    if not plan.is_applicable:
        return "", plan
    token = world.secrets.new_token()
    world.stores.roster_imports.add(
        StagedImport(
            id=_id(world, token),
            officer_id=officer.id,
            roster=slug,
            revision=plan.revision,
            filename=filename[:LONGEST_FILENAME],
            created_at=now,
            unpublish_missing=unpublish_missing,
            data=data,
        )
    )
    return token, plan


def staged_plan(world: World, officer: Officer, token: str) -> ImportPlan:
    """The dry run of a staged file once more, as things are now; NotFound(NO_SUCH_IMPORT)."""
    need(officer, *KEEPERS)
    staged = _staged(world, officer, token)
    return dry_run(world, staged.roster, staged.data, staged.filename, staged.unpublish_missing)


def stage_again(world: World, officer: Officer, token: str) -> tuple[str, ImportPlan]:
    """`stage` with the same file, for the roster as it is now; NotFound(NO_SUCH_IMPORT)."""
    need(officer, *KEEPERS)
    staged = _staged(world, officer, token)
    return stage(world, officer, staged.roster, staged.data, staged.filename, staged.unpublish_missing)


def apply(world: World, officer: Officer, token: str, note: str = "") -> RosterChange:
    """Carries out a staged import, all of it or nothing; one change of the history, with a part for each official.

    Raises NotFound(NO_SUCH_IMPORT) for a token that is unknown, another officer's or a day old, and
    Conflict(ROSTER_CHANGED) when anything of the roster has changed since the dry run; InvalidInput(BAD_TABLE) should
    the file not be sound any more.
    """
    need(officer, *KEEPERS)
    staged = _staged(world, officer, token)

    def rule(edition: Edition) -> Edition:
        if edition.roster.revision != staged.revision:
            raise Conflict(Reason.ROSTER_CHANGED, revision=edition.roster.revision)
        plan = _plan(world, edition, staged.data, staged.filename, staged.unpublish_missing)
        if plan.result is None:
            raise InvalidInput(Reason.BAD_TABLE)
        return plan.result

    why = note.strip() or f"导入 {staged.filename}"
    _, made = keep(world, officer, staged.roster, Act.IMPORT_ROSTER, rule, why)
    if made is None:
        raise InvalidInput(Reason.NOTHING_TO_CHANGE)
    return made


def _plan(world: World, edition: Edition, data: bytes, filename: str, unpublish_missing: bool) -> ImportPlan:
    try:
        rows = read_table(data, filename)
    except UnreadableTable as error:
        return ImportPlan(edition.roster.slug, edition.roster.revision, problems=(error.words,))
    return plan_of(edition, rows, local_day(world.clock.now()), unpublish_missing)


def _staged(world: World, officer: Officer, token: str) -> StagedImport:
    staged = world.stores.roster_imports.get(_id(world, token)) if token else None
    missing = NotFound(Reason.NO_SUCH_IMPORT)
    if staged is None or staged.officer_id != officer.id or staged.created_at <= world.clock.now() - KEPT_FOR:
        raise missing
    return staged


def _id(world: World, token: str) -> str:
    return world.secrets.digest("roster import", token)
