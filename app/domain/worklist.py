"""The supervision office's work list: on which desks an appeal lies now, waiting for a person."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.appeal import HANDLED, Appeal, Kind, State
from app.domain.outbox import wants_a_call
from app.domain.promises import is_broken
from app.domain.redaction import with_masked_numbers
from app.domain.supervision import rectification_due


class Desk(StrEnum):
    REVIEW = "review"
    """Waits to be accepted, routed or rejected."""
    EXTENSION = "extension"
    SUPERVISION = "supervision"
    """On the supervision list, its 督办单 signed or still to be signed."""
    PROMISE_BROKEN = "promise_broken"
    """承诺逾期: an official promised to call by an hour, and nobody has called since, whatever was promised anew."""
    INTERVIEW = "interview"
    """An interview is suggested and nobody has decided."""
    RECTIFICATION = "rectification"
    FOLLOW_UP = "follow_up"
    SECOND_REVIEW = "second_review"
    UNDELIVERED = "undelivered"
    """未送达: somebody has to be called because no message reached them."""
    PUBLICATION = "publication"
    """The resident agrees to publication, and a person has to redact."""
    REFERRED = "referred"
    """For the inspectors."""


class Lists(StrEnum):
    """What is no desk: nobody in particular has to act."""

    LATE = "late"
    ALL = "all"


WorkList = Desk | Lists
KEPT: frozenset[WorkList] = frozenset({Desk.PUBLICATION, Desk.REFERRED})
"""Desks that fill up over the years, because what lies there need never leave. The others empty as work is done."""
DUE_IN = frozenset({State.SUBMITTED, State.ASSIGNED, State.IN_PROGRESS, State.UNDER_REVIEW})
"""States whose deadline is the office's or the official's. What waits for the resident's supplement or rating is
nobody's fault."""


def desks(appeal: Appeal) -> tuple[Desk, ...]:
    """All desks it lies on, in the order of Desk; none when nobody has to do anything at the console."""
    number = appeal.assignment.number if appeal.assignment else 0
    undecided = any(interview.decision is None for interview in appeal.interviews)
    rectifying = any(rectification_due(interview) for interview in appeal.interviews)
    consented = appeal.visibility.value == "public" and not appeal.about
    publishable = consented and appeal.publication is None and bool(appeal.answers)
    unreached = any(n.assignment == number and wants_a_call(appeal, n) for n in appeal.notifications)
    lies = {
        Desk.REVIEW: appeal.state is State.SUBMITTED,
        Desk.EXTENSION: appeal.extension_waits and appeal.state is State.IN_PROGRESS,
        Desk.SUPERVISION: appeal.listed_at is not None,
        Desk.PROMISE_BROKEN: appeal.state in HANDLED and is_broken(appeal),
        Desk.INTERVIEW: undecided,
        Desk.RECTIFICATION: rectifying,
        Desk.FOLLOW_UP: appeal.state is State.ANSWERED and not appeal.rated(number),
        Desk.SECOND_REVIEW: appeal.state is State.UNDER_REVIEW,
        Desk.UNDELIVERED: unreached and appeal.is_open,
        Desk.PUBLICATION: publishable and appeal.state in {State.ANSWERED, State.CONCLUDED},
        Desk.REFERRED: any(interview.referred_at is not None for interview in appeal.interviews),
    }
    return tuple(desk for desk, here in lies.items() if here)


def waits_on(appeal: Appeal) -> tuple[Desk, ...]:
    """The desks that it has to leave again."""
    return tuple(desk for desk in desks(appeal) if desk not in KEPT)


def counted_due_at(appeal: Appeal) -> datetime | None:
    """The deadline after which somebody is late with it; None while the resident has the word, and at the end."""
    return appeal.due_at if appeal.state in DUE_IN else None


def waits_since(appeal: Appeal, which: WorkList) -> datetime:
    """Since when it lies on that list; on one where it does not lie, since it was submitted."""
    since: datetime | None = None
    if which in {Desk.REVIEW, Desk.SECOND_REVIEW} and appeal.clock:
        since = appeal.clock.started_at
    elif which is Desk.EXTENSION and appeal.extension:
        since = appeal.extension.asked_at
    elif which is Desk.SUPERVISION:
        since = appeal.listed_at
    elif which is Desk.INTERVIEW:
        since = min((one.suggested_at for one in appeal.interviews if one.decision is None), default=None)
    elif which in {Desk.FOLLOW_UP, Desk.PUBLICATION} and appeal.answers:
        since = appeal.answers[-1].at
    elif which is Lists.LATE:
        since = counted_due_at(appeal)
    return since or appeal.submitted_at


@dataclass(frozen=True)
class Filter:
    """What a list may be narrowed to. An official stands on one roster, so that naming both is naming the official.

    `state` narrows the Lists only: a desk says it already. `first` and `last` are days of submission in Beijing, both
    included; `text` is what title, text or code have to contain.
    """

    roster: str = ""
    official_id: str = ""
    kind: Kind | None = None
    state: State | None = None
    first: date | None = None
    last: date | None = None
    text: str = ""

    @property
    def word(self) -> str:
        """What an index finds it by; empty for everything."""
        scope = f"official={self.official_id}" if self.official_id else f"roster={self.roster}" if self.roster else ""
        kind, state = f"kind={self.kind.value}" if self.kind else "", f"state={self.state.value}" if self.state else ""
        return " ".join(part for part in (scope, kind, state) if part)

    @property
    def words(self) -> tuple[str, ...]:
        """The parts of `text`, of which all have to be there."""
        return tuple(_alike(self.text).split())

    def is_in(self, code: str, *texts: str) -> bool:
        """Whether every word stands somewhere in the code and these texts, in whatever letters and width. Of a number
        in a text only what its mask shows is found: its digits must not be tried out one after the other (rule 3)."""
        words, said = self.words, "\n".join(texts)
        if not all(map(_HAN.fullmatch, words)):  # characters have one width and no small letters, which saves the most
            said = with_masked_numbers(_alike(said)) + "\n" + _alike(code)
        return all(word in said for word in words)


def filter_words(appeal: Appeal, states: bool = False) -> tuple[str, ...]:
    """The words of all filters that find the appeal: by who has it (or is to get it), by roster, by kind; with `states`
    each of them by its state too."""
    official_id = appeal.assignee_id or appeal.addressed_to
    scopes = (("", ""), (appeal.roster, ""), (appeal.roster, official_id))
    of_states = (None, appeal.state) if states else (None,)
    filters = (Filter(*scope, kind, state) for state in of_states for kind in (None, appeal.kind) for scope in scopes)
    return tuple(each.word for each in filters)


_HAN = re.compile(r"[\u4e00-\u9fff]+")


def _alike(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
