"""The supervision office's work list: on which desks an appeal lies now, waiting for a person."""

from __future__ import annotations

from enum import StrEnum

from app.domain.appeal import Appeal, State
from app.domain.notification import Status


class Desk(StrEnum):
    REVIEW = "review"
    """Waits to be accepted, routed or rejected."""
    EXTENSION = "extension"
    SUPERVISION = "supervision"
    """On the supervision list, its 督办单 signed or still to be signed."""
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


UNREACHED = frozenset({Status.UNDELIVERED, Status.UNCONFIRMED, Status.DEAD})


def desks(appeal: Appeal) -> tuple[Desk, ...]:
    """All desks it lies on, in the order of Desk; none when nobody has to do anything at the console."""
    number = appeal.assignment.number if appeal.assignment else 0
    undecided = any(interview.decision is None for interview in appeal.interviews)
    rectifying = any(i.rectify_by and not i.rectified_at and not i.referred_at for i in appeal.interviews)
    asked = appeal.extension is not None and appeal.extension.granted_at is None
    publishable = appeal.publication is None and appeal.visibility.value == "public" and bool(appeal.answers)
    unreached = any(n.status in UNREACHED and n.assignment == number for n in appeal.notifications)
    lies = {
        Desk.REVIEW: appeal.state is State.SUBMITTED,
        Desk.EXTENSION: asked and appeal.state is State.IN_PROGRESS,
        Desk.SUPERVISION: appeal.listed_at is not None,
        Desk.INTERVIEW: undecided,
        Desk.RECTIFICATION: rectifying,
        Desk.FOLLOW_UP: appeal.state is State.ANSWERED and not appeal.rated(number),
        Desk.SECOND_REVIEW: appeal.state is State.UNDER_REVIEW,
        Desk.UNDELIVERED: unreached and appeal.is_open,
        Desk.PUBLICATION: publishable and appeal.state in {State.ANSWERED, State.CONCLUDED},
        Desk.REFERRED: any(interview.referred_at is not None for interview in appeal.interviews),
    }
    return tuple(desk for desk, here in lies.items() if here)
