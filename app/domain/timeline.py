"""The timeline: who did what when, in one order, append-only. Everything shown of an appeal's story comes from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.notification import Role


class Deed(StrEnum):
    """What can happen to an appeal (product.md, names)."""

    SUBMIT = "submit"
    ASSIGN = "assign"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    SIGN = "sign"
    CONTACT = "contact"
    QUICK_REPLY = "quick_reply"
    REQUEST_SUPPLEMENT = "request_supplement"
    SUPPLEMENT = "supplement"
    RESUME = "resume"
    REQUEST_EXTENSION = "request_extension"
    EXTEND = "extend"
    REFUSE_EXTENSION = "refuse_extension"
    HAND_BACK = "hand_back"
    TRANSFER = "transfer"
    ANSWER = "answer"
    RATE = "rate"
    REOPEN = "reopen"
    DISPUTE = "dispute"
    CONCLUDE = "conclude"
    MERGE = "merge"
    REMIND = "remind"
    URGE = "urge"
    SUPERVISE = "supervise"
    PROMISE_BROKEN = "promise_broken"
    ORDER = "order"
    SUGGEST_INTERVIEW = "suggest_interview"
    INTERVIEW = "interview"
    RECTIFY = "rectify"
    REFER = "refer"
    FOLLOW_UP = "follow_up"
    PUBLISH = "publish"
    INFORM = "inform"
    TAKE_CALL = "take_call"
    """How the caller's call to the official went, as the operator wrote it down with the appeal."""
    SET_ABOUT = "set_about"
    SET_URGENT = "set_urgent"
    """A person of the office said whether it is urgent; its clocks and messages follow from that."""
    TAKE_BACK = "take_back"


RESTARTS = frozenset({Deed.ASSIGN, Deed.TRANSFER, Deed.REOPEN})
"""Whatever makes a new assignment, with clocks and a ladder of its own."""


@dataclass(frozen=True)
class Actor:
    """Who acted: `id` is an account's, empty for the system; `name` is what the timeline shows."""

    role: Role
    id: str = ""
    name: str = ""
    official_id: str = ""
    """For an official or staff: the post they acted for."""

    @property
    def on_behalf(self) -> bool:
        """Staff always act 代办, and it is always shown."""
        return self.role is Role.STAFF


SYSTEM = Actor(Role.SYSTEM)


@dataclass(frozen=True)
class Entry:
    """One deed. `internal` ones (a hand-back's reason) are for officials and supervisors, not for the resident."""

    number: int
    at: datetime
    actor: Actor
    deed: Deed
    text: str = ""
    outcome: str = ""
    """The deed's variety in a word: how a contact went, which rung or clock, the state of a rating."""
    official_id: str = ""
    """Who was assigned, for assignments and transfers."""
    photos: tuple[str, ...] = ()
    due_at: datetime | None = None
    internal: bool = False
    confidential: bool = False
    """For the supervision office alone: interviews and referrals."""
    key: str = ""
    """Hash of the account and the Idempotency-Key of the request that did it."""
