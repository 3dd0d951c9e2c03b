"""A call to an official's published number, and how it went, as the caller says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CallOutcome(StrEnum):
    IN_PERSON = "in_person"
    OTHER_PERSON = "other_person"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    TEXT_REPLY = "text_reply"
    CALLED_BACK = "called_back"


@dataclass(frozen=True)
class Call:
    id: str
    account_id: str
    official_id: str
    outcome: CallOutcome
    at: datetime
