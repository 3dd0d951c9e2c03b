"""How far appeals have come (诉求流转): the stages a cohort passes, and what was done where a promise was not kept.

A stage counts once it was reached, whatever came later: an appeal that was answered and reopened has been answered. A
contact is what stops the contact clock (a contact or the answer, never a quick reply), as in the figures. A merged
appeal goes no further than it came by itself: the answer was given to another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from app.domain.appeal import Appeal, Kind, Resolution, State
from app.domain.supervision import Decision
from app.domain.timeline import Deed, Entry
from app.domain.workday import local_day
from app.domain.worklist import Desk, desks


class Stage(StrEnum):
    """In the order in which they are passed; whoever is at one has passed those before it."""

    SUBMITTED = "submitted"
    ASSIGNED = "assigned"
    CONTACTED = "contacted"
    ANSWERED = "answered"
    RATED = "rated"
    RESOLVED = "resolved"


STAGES: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.SUBMITTED: "提交",
        Stage.ASSIGNED: "交办",
        Stage.CONTACTED: "联系群众",
        Stage.ANSWERED: "答复",
        Stage.RATED: "群众评价",
        Stage.RESOLVED: "评价已解决",
    }
)
LEFT = (State.REJECTED, State.WITHDRAWN, State.MERGED)
"""States in which an appeal has left the way before its end."""


class Measure(StrEnum):
    """What was done about an appeal that was not handled as promised."""

    URGED = "urged"
    PROMISE_BROKEN = "promise_broken"
    LISTED = "listed"
    ORDERED = "ordered"
    SUGGESTED = "suggested"
    HELD = "held"
    DISMISSED = "dismissed"
    RECTIFIED = "rectified"
    REFERRED = "referred"


MEASURES: Mapping[Measure, str] = MappingProxyType(
    {
        Measure.URGED: "催办",
        Measure.PROMISE_BROKEN: "承诺逾期",
        Measure.LISTED: "列入督办",
        Measure.ORDERED: "签发督办单",
        Measure.SUGGESTED: "提出约谈建议",
        Measure.HELD: "约谈",
        Measure.DISMISSED: "不予约谈",
        Measure.RECTIFIED: "确认整改",
        Measure.REFERRED: "移交",
    }
)
_BY_DEED = {
    Deed.URGE: Measure.URGED,
    Deed.PROMISE_BROKEN: Measure.PROMISE_BROKEN,
    Deed.SUPERVISE: Measure.LISTED,
    Deed.ORDER: Measure.ORDERED,
    Deed.SUGGEST_INTERVIEW: Measure.SUGGESTED,
    Deed.RECTIFY: Measure.RECTIFIED,
    Deed.REFER: Measure.REFERRED,
}


@dataclass(frozen=True, order=True)
class Passage:
    """Where one appeal stands."""

    kind: Kind
    state: State
    stage: Stage
    supervised: bool = False
    """On the supervision list."""
    promise_broken: bool = False
    """承诺逾期: promised by an hour, and nobody has called since."""

    def __str__(self) -> str:
        """One short word for an index: `request in_progress contacted` or `... contacted supervised`."""
        marks = [name for name in ("supervised", "promise_broken") if getattr(self, name)]
        return " ".join((self.kind.value, self.state.value, self.stage.value, *marks))


@lru_cache(maxsize=1024)
def parse(word: str) -> Passage:
    """The passage that was written as `str(passage)`; there are a few hundred at most, read by the ten thousand."""
    kind, state, stage, *marks = word.split(" ")
    return Passage(Kind(kind), State(state), Stage(stage), "supervised" in marks, "promise_broken" in marks)


def passage_of(appeal: Appeal) -> Passage:
    marks = appeal.listed_at is not None, Desk.PROMISE_BROKEN in desks(appeal)
    return Passage(appeal.kind, appeal.state, stage_of(appeal), *marks)


def stage_of(appeal: Appeal) -> Stage:
    """The last stage it has reached; the first that was not ends the way."""
    assignments = (*appeal.past, appeal.assignment) if appeal.assignment else appeal.past
    own = appeal.state is not State.MERGED
    steps = (
        (Stage.ASSIGNED, bool(assignments)),
        (Stage.CONTACTED, any(assignment.contacted_at is not None for assignment in assignments)),
        (Stage.ANSWERED, own and bool(appeal.answers)),
        (Stage.RATED, bool(appeal.ratings)),
        (Stage.RESOLVED, bool(appeal.ratings) and appeal.ratings[-1].resolution is Resolution.RESOLVED),
    )
    stage = Stage.SUBMITTED
    for following, reached in steps:
        if not reached:
            break
        stage = following
    return stage


def passed(stage: Stage, reached: Stage) -> bool:
    """Whether who has reached `reached` has passed `stage`."""
    order = tuple(Stage)
    return order.index(stage) <= order.index(reached)


def measures_of(appeal: Appeal) -> tuple[tuple[date, Measure], ...]:
    """What was done about it and on which Beijing day, in order."""
    found = ((local_day(entry.at), _measure(entry)) for entry in appeal.timeline)
    return tuple((day, measure) for day, measure in found if measure is not None)


def flow_days(appeal: Appeal) -> frozenset[date]:
    """The Beijing days whose flow it belongs to: of its submission and of each answer. They never change afterwards,
    but for new answers."""
    return frozenset({local_day(appeal.submitted_at), *(local_day(answer.at) for answer in appeal.answers)})


def _measure(entry: Entry) -> Measure | None:
    if entry.deed is Deed.INTERVIEW:
        return Measure.HELD if entry.outcome == Decision.HELD.value else Measure.DISMISSED
    return _BY_DEED.get(entry.deed)
