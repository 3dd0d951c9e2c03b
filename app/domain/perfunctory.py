"""Perfunctory answers (应付了事): what a machine may point at, and a person decides. A flag punishes nobody.

Two signs, from what supervision offices call 应付了事: the same words for everybody (the same text on three or more
appeals by one official within 90 days), and hardly any words (under 15 characters). Only a flag that a person
confirmed, by name and with words, is the verified 应付了事 of the escalation ladder (product.md, `interview`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.appeal import Appeal
from app.domain.errors import Reason, RuleBroken
from app.domain.lifecycle import worded

WINDOW = timedelta(days=90)
SAME_AT_LEAST = 3
"""Appeals with the same text that make a flag."""
SHORTEST = 15
"""Characters of the normal form; in Chinese each character counts, in other scripts each letter."""

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[-_/][A-Za-z0-9]+)*")
_NO_LETTER = re.compile(r"[\W\d_]+")


class FlagReason(StrEnum):
    SAME_TEXT = "same_text"
    SHORT = "short"


class FlagDecision(StrEnum):
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class AnswerSeen:
    """One answer as the search for perfunctory ones sees it; `number` counts the appeal's answers from 1."""

    appeal_id: str
    number: int
    official_id: str
    """The post that answered, in person or through staff."""
    at: datetime
    length: int
    text_hash: str
    """Empty when nothing is left in the normal form."""

    @property
    def key(self) -> str:
        """The same for the same words of the same official; empty when there are no words."""
        return f"{self.official_id}:{self.text_hash}" if self.text_hash else ""


@dataclass(frozen=True)
class Flag:
    """A suggestion to a person. While nobody has decided, further answers with the same text join it."""

    id: str
    version: int
    reason: FlagReason
    roster: str
    official_id: str
    appeal_ids: tuple[str, ...]
    text_hash: str
    found_at: datetime
    newest_at: datetime
    """Time of the newest answer it points at."""
    decision: FlagDecision | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    decided_by_id: str = ""
    text: str = ""
    """The words of whoever decided."""
    suggested_at: datetime | None = None
    """Since when the suggestion that a confirmed flag leads to is known to stand on the appeal."""

    @property
    def is_verified(self) -> bool:
        return self.decision is FlagDecision.CONFIRMED

    @property
    def awaits_suggestion(self) -> bool:
        return self.is_verified and self.suggested_at is None


def normal_form(text: str) -> str:
    """The words alone: full and half width folded (NFKC), lower case; without codes (Latin letters with digits, such as
    20260302-7K4M2P), digits, punctuation, white and invisible characters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NO_LETTER.sub("", _TOKEN.sub(lambda token: _unless_code(token[0]), folded))


def _unless_code(token: str) -> str:
    return " " if any(character.isdigit() for character in token) else token


def text_hash(normal: str) -> str:
    return hashlib.sha256(normal.encode()).hexdigest()[:32] if normal else ""


def answers_of(appeal: Appeal) -> tuple[AnswerSeen, ...]:
    """All answers of the appeal by an official, oldest first."""
    seen = []
    for number, answer in enumerate(appeal.answers, 1):
        if answer.by.official_id:
            normal = normal_form(answer.text)
            hashed = text_hash(normal)
            seen.append(AnswerSeen(appeal.id, number, answer.by.official_id, answer.at, len(normal), hashed))
    return tuple(seen)


def answers_behind(flag: Flag, appeal: Appeal) -> tuple[AnswerSeen, ...]:
    """Which of the appeal's answers the flag points at: of a short one the very answer, else all with its text."""
    same = (seen for seen in answers_of(appeal) if seen.official_id == flag.official_id)
    if flag.reason is FlagReason.SHORT:
        return tuple(seen for seen in same if seen.at == flag.newest_at)
    return tuple(seen for seen in same if seen.text_hash == flag.text_hash)


def short_flag(answer: AnswerSeen, roster: str, now: datetime) -> Flag | None:
    """The flag for hardly any words; None when there are enough. Its id is the same for the same answer."""
    if answer.length >= SHORTEST:
        return None
    id = f"{FlagReason.SHORT.value}:{answer.appeal_id}:{answer.number}"
    ids = (answer.appeal_id,)
    return Flag(id, 1, FlagReason.SHORT, roster, answer.official_id, ids, answer.text_hash, now, answer.at)


def joins(flag: Flag, answer: AnswerSeen) -> bool:
    """Whether the answer belongs to this finding: nobody has decided, and at most 90 days lie between."""
    return flag.decision is None and abs(answer.at - flag.newest_at) <= WINDOW


def joined(flag: Flag, answer: AnswerSeen) -> Flag:
    """The flag with the answer's appeal; the very same flag when it is there, or when somebody decided meanwhile."""
    if answer.appeal_id in flag.appeal_ids or not joins(flag, answer):
        return flag
    newest = max(flag.newest_at, answer.at)
    return replace(flag, appeal_ids=(*flag.appeal_ids, answer.appeal_id), newest_at=newest)


def same_text_flag(
    answer: AnswerSeen, others: Iterable[AnswerSeen], known: Sequence[Flag], roster: str, now: datetime
) -> Flag | None:
    """The flag for `answer` and those of `others` with its text by its official; None unless three appeals have it
    within 90 days. Appeals in one of the `known` flags were looked at and do not count again."""
    flagged = {appeal_id for flag in known for appeal_id in flag.appeal_ids}
    same = {answer, *(other for other in others if other.key == answer.key and other.appeal_id not in flagged)}
    near = _together(sorted(same, key=lambda one: (one.at, one.appeal_id)), answer)
    ids = tuple(dict.fromkeys(one.appeal_id for one in near))
    if not answer.key or not ids:
        return None
    id = f"{FlagReason.SAME_TEXT.value}:{answer.official_id}:{answer.text_hash}:{len(known) + 1}"
    newest = max(one.at for one in near)
    return Flag(id, 1, FlagReason.SAME_TEXT, roster, answer.official_id, ids, answer.text_hash, now, newest)


def _together(same: Sequence[AnswerSeen], answer: AnswerSeen) -> list[AnswerSeen]:
    """The first 90 days with `answer` in them and enough appeals; empty when there are none."""
    for first in same:
        near = [one for one in same if timedelta() <= one.at - first.at <= WINDOW]
        if answer in near and len({one.appeal_id for one in near}) >= SAME_AT_LEAST:
            return near
    return []


def decide(flag: Flag, decision: FlagDecision, text: str, by: str, now: datetime, by_id: str = "") -> Flag:
    """A named person confirms or dismisses, with words. Raises RuleBroken when somebody had already."""
    if flag.decision is not None:
        raise RuleBroken(Reason.FLAG_DECIDED, decided_by=flag.decided_by)
    return replace(flag, decision=decision, text=worded(text), decided_by=by, decided_by_id=by_id, decided_at=now)


def suggested(flag: Flag, now: datetime) -> Flag:
    """The confirmed flag once an interview is suggested; the very same flag when that was noted before."""
    return replace(flag, suggested_at=now) if flag.awaits_suggestion else flag
