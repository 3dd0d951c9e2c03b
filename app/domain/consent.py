"""The consent ledger: how many subscribe messages of a template a person still accepts.

One accept is one send. A tap reaches us twice, from the mini-program and from WeChat's popup event, in any order; the
two are counted once. WeChat itself decides in the end: error 43101 sets the count to zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

PAIRED_WITHIN = timedelta(minutes=5)
"""Two reports of one tap tell of times at most this far apart, however late one of them arrives."""
REMEMBERED_FOR = timedelta(days=1)
REMEMBERED = 50
"""How many reports at most, so that the ledger does not grow without end."""


class Source(StrEnum):
    CLIENT = "client"
    EVENT = "event"


@dataclass(frozen=True)
class Report:
    """An accept that has not met its twin from the other source yet. `key` tells a repeated report."""

    source: Source
    at: datetime
    key: str


@dataclass(frozen=True)
class Consent:
    id: str
    """`openid` and template id."""
    openid: str
    template_id: str
    version: int = 1
    left: int = 0
    unpaired: tuple[Report, ...] = ()
    seen: tuple[str, ...] = ()
    """Keys of the newest reports, so that a repeated one changes nothing."""


def accept(consent: Consent, report: Report) -> Consent:
    """One accept reported; the count grows unless it is a repetition or the twin of another report."""
    if report.key in consent.seen:
        return consent
    seen = (*consent.seen, report.key)[-REMEMBERED:]
    kept = tuple(r for r in consent.unpaired if abs(report.at - r.at) <= REMEMBERED_FOR)
    near = [r for r in kept if r.source is not report.source and abs(report.at - r.at) <= PAIRED_WITHIN]
    if near:
        return replace(consent, seen=seen, unpaired=tuple(r for r in kept if r is not near[0]))
    return replace(consent, seen=seen, left=consent.left + 1, unpaired=(*kept, report)[-REMEMBERED:])


def spend(consent: Consent) -> Consent:
    return replace(consent, left=max(0, consent.left - 1))


def exhaust(consent: Consent) -> Consent:
    """WeChat says there is nothing left (43101)."""
    return replace(consent, left=0)
