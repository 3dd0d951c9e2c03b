"""What an appeal is made of: the words it is told in, and the immutable parts that its story leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.deadline import Deadline
from app.domain.timeline import Actor


class State(StrEnum):
    SUBMITTED = "submitted"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    AWAITING_RESIDENT = "awaiting_resident"
    ANSWERED = "answered"
    UNDER_REVIEW = "under_review"
    CONCLUDED = "concluded"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Kind(StrEnum):
    CONSULTATION = "consultation"
    REQUEST = "request"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"


class Visibility(StrEnum):
    PRIVATE = "private"
    PUBLIC = "public"
    """The resident consents to publication; a person still moderates and redacts."""


class Review(StrEnum):
    """Why an appeal waits for a supervisor instead of going straight to the official."""

    NONE = ""
    CONTENT = "content"
    """The content check did not pass, or could not be asked."""
    PHOTOS = "photos"
    """The pictures are still being checked."""
    CONFLICT = "conflict"
    """It is about the official it names, who must never see it."""
    HANDED_BACK = "handed_back"


class AnswerOutcome(StrEnum):
    SOLVED = "solved"
    EXPLAINED = "explained"
    """Cannot be solved, and why."""


class Resolution(StrEnum):
    RESOLVED = "resolved"
    PARTLY = "partly"
    UNRESOLVED = "unresolved"


class Satisfaction(StrEnum):
    SATISFIED = "satisfied"
    FAIRLY = "fairly"
    DISSATISFIED = "dissatisfied"


class ContactOutcome(StrEnum):
    """How reaching somebody by telephone or otherwise went; the words of POST /api/calls, and a visit."""

    IN_PERSON = "in_person"
    OTHER_PERSON = "other_person"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    TEXT_REPLY = "text_reply"
    CALLED_BACK = "called_back"
    VISIT = "visit"

    @property
    def reached(self) -> bool:
        """Whether the resident was really spoken to or written with; only that stops the contact clock."""
        return self in {self.IN_PERSON, self.TEXT_REPLY, self.CALLED_BACK, self.VISIT}


@dataclass(frozen=True)
class Assignment:
    """The n-th time somebody was made responsible. Whatever restarts a clock makes a new one, hence a new ladder."""

    number: int
    official_id: str
    started_at: datetime
    deadlines: tuple[Deadline, ...] = ()
    contacted_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    text: str
    outcome: AnswerOutcome
    by: Actor
    at: datetime
    assignment: int
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rating:
    resolution: Resolution
    satisfaction: Satisfaction
    at: datetime
    assignment: int
    comment: str = ""

    @property
    def dissatisfied(self) -> bool:
        return self.satisfaction is Satisfaction.DISSATISFIED or self.resolution is Resolution.UNRESOLVED


class Wish(StrEnum):
    """What became of a request for more time."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Extension:
    """Asked for by the official, decided by a supervisor, once on an appeal. `workdays` are those asked for until it is
    granted, then those that were; the timeline holds both."""

    workdays: int
    reason: str
    asked_at: datetime
    granted_at: datetime | None = None
    refused_at: datetime | None = None
    refusal: str = ""
    """Why not; for the official, never for the resident."""

    @property
    def wish(self) -> Wish:
        if self.granted_at is not None:
            return Wish.GRANTED
        return Wish.ASKED if self.refused_at is None else Wish.REFUSED


@dataclass(frozen=True)
class Publication:
    """What the public may read: a person's redaction, never the original words."""

    title: str
    body: str
    answer: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Adoption:
    """The parent of a merge learns of the child first; until the child is merged too, this says since when it waits."""

    child: str
    at: datetime


def without_request(extension: Extension | None) -> Extension | None:
    """What was granted stays granted; any other request ends with the assignment it was made in, and is not made
    again."""
    return extension if extension and extension.granted_at else None
