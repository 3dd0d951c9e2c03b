"""What a dashboard and a paper tell of a roster and a period, as values: pages, tables, charts and documents are made
from these alone, so that they cannot disagree.

Officials stand in the roster's order, never ranked; every rate carries its cases (product.md, rule 4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.appeal import Kind, State
from app.domain.figures import FEWEST_CASES, Median, Rate
from app.domain.passage import Measure, Stage
from app.domain.roster import Position
from app.domain.workday import ONE_DAY

DAYS_AT_MOST = 14
"""A period of so many days is shown by day, one of so many weeks' days by week, a longer one by month."""
WEEKS_AT_MOST = 98


class Step(StrEnum):
    DAY = "day"
    WEEK = "week"
    """Monday to Sunday; the first and last may be shorter."""
    MONTH = "month"


@dataclass(frozen=True)
class Headline:
    """The sums of a period. `submitted`, `by_kind` and `by_state` count what was submitted in it (states as they are
    now), `answered` the appeals whose newest answer fell in it, `rates` what fell due in it (app/domain/rates.py)."""

    submitted: int = 0
    answered: int = 0
    by_kind: Mapping[Kind, int] = field(default_factory=dict)
    by_state: Mapping[State, int] = field(default_factory=dict)
    rates: Mapping[str, Rate] = field(default_factory=dict)
    first_response: Median = Median(None, 0)


@dataclass(frozen=True)
class Bucket:
    """One step of a trend, both days included."""

    first: date
    last: date
    submitted: int
    answered: int
    rates: Mapping[str, Rate]


@dataclass(frozen=True)
class Line:
    """A group, or an official (then with post and unit). `former`: no longer holds the post."""

    key: str
    name: str
    rates: Mapping[str, Rate]
    group: str = ""
    post: str = ""
    unit: str = ""
    former: bool = False


@dataclass(frozen=True)
class Funnel:
    """Of what was submitted in the period: how many have passed each stage by now, in the stages' order, and how many
    have left the way (rejected, withdrawn, merged)."""

    passed: Mapping[Stage, int] = field(default_factory=dict)
    left: Mapping[State, int] = field(default_factory=dict)

    def share(self, stage: Stage) -> Rate:
        """Of everything that was submitted."""
        return Rate(self.passed.get(stage, 0), self.passed.get(Stage.SUBMITTED, 0))


@dataclass(frozen=True)
class Place:
    """A poster or road sign: scans, and appeals that came through it."""

    code: str
    place: str
    visits: int
    appeals: int
    position: Position | None = None


@dataclass(frozen=True)
class Matter:
    """What is written about (事项分类): appeals submitted in the period and in the one before, and how those that fell
    due in it were answered. `name` is empty for appeals whose words speak for no category."""

    name: str
    count: int
    before: int
    on_time: Rate


@dataclass(frozen=True)
class TopicLine:
    """Residents who wrote of it in the period, and on average in the periods before. `text` of a category is the
    kind's value; `also` are words that stand in the same appeals; `category` is what they speak of (事项分类), empty
    where they speak of none; `names` are those of its words that name a person or a place."""

    text: str
    is_kind: bool
    now: int
    before: float
    also: tuple[str, ...] = ()
    category: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Topics:
    """Of which days they are: a dashboard of a long period shows those of the newest report."""

    lines: tuple[TopicLine, ...] = ()
    first: date | None = None
    last: date | None = None
    is_cut: bool = False
    """Names were taken out of it."""

    def outside_the_office(self) -> Topics:
        """As papers may tell it: the name of an estate, a street or a person that fewer than ten people wrote points at
        these people (product.md, rule 4). A topic goes on under the words of it that name nobody."""
        kept = [_without_names(line) for line in self.lines]
        lines = tuple(line for line in kept if line is not None)
        return replace(self, lines=lines, is_cut=self.is_cut or lines != self.lines)


@dataclass(frozen=True)
class Load:
    """What an official or group has to do now."""

    key: str
    name: str
    open: int
    due_today: int
    overdue: int
    group: str = ""
    post: str = ""
    unit: str = ""


NOBODY = Load("", "", 0, 0, 0)


@dataclass(frozen=True)
class Standing:
    """What is open at a moment. `overdue` and `due_today` (not over yet) count deadlines of the office and the
    officials, not those that wait for the resident."""

    at: datetime
    open: int = 0
    due_today: int = 0
    overdue: int = 0
    waiting_for_review: int = 0
    supervised: int = 0
    by_state: Mapping[State, int] = field(default_factory=dict)
    promise_broken: int = 0
    """Of which somebody promised to call by an hour that has passed, and has not called since."""


@dataclass(frozen=True)
class Today:
    day: date
    submitted: int
    answered: int
    standing: Standing
    groups: tuple[Load, ...]
    officials: tuple[Load, ...]
    """Who has something open, in the roster's order."""
    unassigned: Load = NOBODY
    """未交办: what nobody has yet, or nobody has again. With it the lines add up to what is open."""
    elsewhere: Load = NOBODY
    """With officials who are on the roster no longer."""


@dataclass(frozen=True)
class Overview:
    """Everything of a period; what a report keeps."""

    roster: str
    city: str
    first: date
    last: date
    before_first: date
    before_last: date
    now: Headline
    before: Headline
    trend: tuple[Bucket, ...] = ()
    funnel: Funnel = Funnel()
    groups: tuple[Line, ...] = ()
    officials: tuple[Line, ...] = ()
    matters: tuple[Matter, ...] = ()
    """The most frequent first, those without a category last; none where nothing was counted."""
    topics: Topics = Topics()
    places: tuple[Place, ...] = ()
    unknown_appeals: int = 0
    """Appeals with a source that is no place of the roster."""
    measures: Mapping[Measure, int] = field(default_factory=dict)
    measures_before: Mapping[Measure, int] = field(default_factory=dict)
    standing: Standing | None = None
    """When it was made; None for a mere look back."""


def _without_names(line: TopicLine) -> TopicLine | None:
    if line.now >= FEWEST_CASES or not line.names:
        return line
    words = [word for word in (line.text, *line.also) if word not in line.names]
    return replace(line, text=words[0], also=tuple(words[1:]), names=()) if words else None


def period_before(first: date, last: date) -> tuple[date, date]:
    """The period of the same length right before."""
    return first - (last - first) - ONE_DAY, first - ONE_DAY


def usual_step(first: date, last: date) -> Step:
    days = (last - first).days + 1
    if days <= DAYS_AT_MOST:
        return Step.DAY
    return Step.WEEK if days <= WEEKS_AT_MOST else Step.MONTH


def buckets(first: date, last: date, step: Step) -> Sequence[tuple[date, date]]:
    """The steps of a period in order; those at its ends may be cut."""
    found = []
    begin = first
    while begin <= last:
        end = min(_end(begin, step), last)
        found.append((begin, end))
        begin = end + ONE_DAY
    return found


def _end(day: date, step: Step) -> date:
    if step is Step.DAY:
        return day
    if step is Step.WEEK:
        return day + timedelta(days=6 - day.weekday())
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - ONE_DAY
