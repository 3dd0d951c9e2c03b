"""From a suspicion to a suggestion: what a person has verified goes to the interview ledger, where a person decides."""

from __future__ import annotations

from app.domain import oversight
from app.domain.appeal import Appeal
from app.domain.call import NotAnswering
from app.domain.errors import NotFound, Reason
from app.domain.notification import Role
from app.domain.officer import Officer
from app.domain.perfunctory import Flag, FlagDecision
from app.domain.supervision import InterviewReason
from app.domain.timeline import Actor
from app.services.appeals.calls import suspects_not_answering
from app.services.evidence import perfunctory
from app.services.saving import change
from app.services.world import World


def decide_flag(world: World, officer: Officer, flag_id: str, decision: FlagDecision, text: str) -> Flag:
    """A person decided on a perfunctory answer. Confirmed, it suggests an interview on the newest appeal behind it,
    once, with the flag in the evidence."""
    flag = perfunctory.decide(world, flag_id, decision, text, officer.name)
    if not flag.is_verified:
        return flag
    by, now = Actor(Role.SUPERVISOR, officer.id, officer.name), world.clock.now()
    facts = {"flag": flag.id, "reason": flag.reason.value, "appeals": list(flag.appeal_ids), "verified": text}

    def rule(appeal: Appeal) -> Appeal:
        return oversight.suggest_interview(appeal, InterviewReason.PERFUNCTORY, now, facts, by)

    change(world.stores.appeals, flag.appeal_ids[-1], rule, NotFound(Reason.NO_SUCH_APPEAL))
    return flag


def not_answering(world: World, roster: str) -> list[NotAnswering]:
    """The roster's officials whose number seems not to be answered: for a person to verify, who then suggests an
    interview on one of the appeals. Raises NotFound(NO_SUCH_ROSTER)."""
    if world.stores.rosters.get(roster) is None:
        raise NotFound(Reason.NO_SUCH_ROSTER)
    return suspects_not_answering(world, [official.id for official in world.stores.officials.of_roster(roster)])
