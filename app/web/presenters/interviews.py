"""The interviews of one appeal as its page shows them: of whom, what was verified, and what a decision asks first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.appeal import Appeal
from app.domain.evidence import reread
from app.domain.office_words import DECISIONS
from app.domain.roster import Official
from app.domain.supervision import Decision

UNKNOWN = "已不在名册的负责同志"
QUESTIONS: Mapping[Decision, str] = {
    Decision.HELD: "记录：已约谈{person}，整改限期：{rectify_by}，逾期未整改自动移交专班。决定不能更改。",
    Decision.DISMISSED: "记录：对{person}不予约谈。决定不能更改。",
}
"""`{rectify_by}` is filled in by the page with what was typed."""


def interviews_of(appeal: Appeal, officials: Mapping[str, Official], may_see_evidence: bool) -> list[dict[str, Any]]:
    """In order; `verified` is empty for whoever may not see the evidence, and where it does not match its hash."""
    return [
        {
            "one": interview,
            "person": official.name if (official := officials.get(interview.official_id)) else UNKNOWN,
            "verified": found.verified if may_see_evidence and (found := reread(interview).evidence) else "",
        }
        for interview in appeal.interviews
    ]


def decisions_about(person: str) -> list[tuple[str, str, str]]:
    """Value, word, and what the form asks before it records that decision."""
    return [(one.value, DECISIONS[one], QUESTIONS[one].replace("{person}", person)) for one in Decision]
