"""Where appeals stand, read from indexes alone, and the counts kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app.domain.appeal import Kind, State
from app.domain.passage import Measure, Passage, Stage


@dataclass(frozen=True)
class OpenAppeal:
    """One open appeal: when its next deadline is, who has it (empty: nobody yet), where it stands."""

    due_at: datetime | None
    official_id: str
    passage: Passage


class Passages(Protocol):
    """What is counted of appeals without opening them: each costs one index entry, but for `measures`, which opens the
    few appeals about which something had to be done."""

    def submitted(self, roster: str, begin: datetime, end: datetime) -> Sequence[Passage]:
        """Of every appeal with begin <= submitted_at < end, where it stands now; in order of time."""

    def answered(self, roster: str, begin: datetime, end: datetime) -> int:
        """How many appeals have their newest answer at begin <= t < end: each counts once, on its newest answer's
        day."""

    def open_now(self, roster: str) -> Sequence[OpenAppeal]:
        """All open ones, by deadline. Costs what is open, not what is stored."""

    def measures(self, roster: str, first: date, last: date) -> Sequence[Measure]:
        """What was done from the first to the last Beijing day, in any order."""


@dataclass(frozen=True)
class Standing:
    """How many appeals of one kind stand there."""

    kind: Kind
    state: State
    stage: Stage
    count: int


@dataclass(frozen=True)
class MatterCount:
    """How many appeals speak of one category; an empty one for those that speak of none."""

    category: str
    count: int


@dataclass(frozen=True)
class DayFlow:
    """The flow of one Beijing day: where what was submitted on it stands now, what it is about by the words in force
    when it was counted, and how many answers the day brought."""

    id: str
    roster: str
    day: date
    standings: tuple[Standing, ...] = ()
    answered: int = 0
    matters: tuple[MatterCount, ...] = ()

    @property
    def submitted(self) -> int:
        return sum(standing.count for standing in self.standings)


class DayFlows(Protocol):
    def put(self, flow: DayFlow) -> None: ...

    def get(self, flow_id: str) -> DayFlow | None: ...

    def between(self, roster: str, first: date, last: date) -> Sequence[DayFlow]:
        """Those of the roster from the first to the last day, both included, by day."""
