"""Roll-ups by day, how far they reach, and the reports made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app.domain.figures import Tally
from app.domain.reporting import Report, ReportKind


@dataclass(frozen=True)
class MatterTally:
    """Of one category (empty: of none) the answers due and those given in time."""

    category: str
    due: int
    in_time: int = 0


@dataclass(frozen=True)
class DailyTally:
    """What fell due on one Beijing day for one official, of one kind and source, under one holder of the post.

    Telephone calls have neither kind nor source. Figures of any period, unit, group or tenure are sums of these.
    """

    id: str
    day: date
    official_id: str
    kind: str
    source: str
    holder: str
    tally: Tally
    since: date | None = None
    """When that holder's tenure began; None where nobody recorded it."""
    matters: tuple[MatterTally, ...] = ()
    """The answers due once more, by what they are about."""


@dataclass(frozen=True)
class FigureMark:
    """How far the roll-ups reach: all changes until `changed_until` and all days until `day` are in them.

    `revision` grows with every run that changed a roll-up; caches are checked by it. `words` names the categories by
    whose words they were counted (services/figures/categories.py); empty for none. `unfinished`: a run has begun to
    write and has not come to its end; whichever does raises the revision for both.
    """

    id: str
    changed_until: datetime
    day: date
    revision: int = 0
    words: str = ""
    unfinished: bool = False


class DailyTallies(Protocol):
    def put(self, tally: DailyTally) -> None: ...

    def forget(self, ids: Iterable[str]) -> int:
        """Removes these; how many there were."""

    def between(self, first: date, last: date, official_ids: Iterable[str]) -> Sequence[DailyTally]:
        """Those of the officials from the first to the last day, both included, by (day, id)."""


class FigureMarks(Protocol):
    def put(self, mark: FigureMark) -> None: ...

    def get(self, mark_id: str) -> FigureMark | None: ...


class Reports(Protocol):
    """What was counted is written once; only what people add to a draft is replaced (app/domain/bulletin.py)."""

    def add(self, report: Report) -> None:
        """Raises Duplicate when the period has that revision."""

    def replace(self, report: Report) -> bool:
        """The guarded write: False when the stored version is not the one before."""

    def get(self, report_id: str) -> Report | None: ...

    def newest(self, roster: str, kind: ReportKind, limit: int) -> Sequence[Report]:
        """Latest period first, of each the latest revision first."""
