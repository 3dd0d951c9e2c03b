"""From a suspicion to a suggestion: what a person has verified goes to the interview ledger, where a person decides."""

from __future__ import annotations

from app.domain import oversight
from app.domain.appeal import Appeal, Assignment
from app.domain.call import NotAnswering
from app.domain.errors import Conflict, NotFound, Reason
from app.domain.lifecycle import under_key
from app.domain.notification import Role
from app.domain.officer import Officer
from app.domain.perfunctory import Flag, FlagDecision, answers_of, suggested
from app.domain.supervision import InterviewReason
from app.domain.timeline import Actor
from app.services.appeals.calls import suspects_not_answering
from app.services.evidence import call_checks, perfunctory
from app.services.ports.basics import StoreAway
from app.services.saving import change
from app.services.world import World

AT_ONCE = 100


def decide_flag(world: World, officer: Officer, flag_id: str, decision: FlagDecision, text: str) -> Flag:
    """A person decided on a perfunctory answer. Confirmed, it suggests an interview on the newest appeal behind it,
    once, with the flag in the evidence.

    The decision is saved first, so that two who decide differently leave no suggestion without a decision; what a crash
    or a race leaves undone after it, `look` does.
    """
    flag = perfunctory.decide(world, flag_id, decision, text, officer.name, officer.id)
    if not flag.awaits_suggestion:
        return flag
    try:
        return _suggest(world, flag)
    except Conflict:  # people are acting on that appeal this very moment; the decision stands
        return flag


def look(world: World) -> int:
    """The job: finds perfunctory answers, and suggests what was confirmed and is not suggested yet; how much it was."""
    done = perfunctory.find(world) + call_checks.complete(world)
    for flag in world.stores.perfunctory_flags.unsuggested(AT_ONCE):
        try:
            _suggest(world, flag)
        except StoreAway:
            raise  # the runner postpones the run
        except Conflict:
            continue  # the next run sees the result
        except Exception as error:  # one flag that leads to nothing must not stop the others
            world.alerts.raise_alert("perfunctory_failed", appeal=flag.appeal_ids[-1], error=type(error).__name__)
            continue
        done += 1
    return done


def not_answering(world: World, roster: str) -> list[NotAnswering]:
    """The roster's officials whose number seems not to be answered: for a person to verify (call_checks.py). Raises
    NotFound(NO_SUCH_ROSTER)."""
    if world.stores.rosters.get(roster) is None:
        raise NotFound(Reason.NO_SUCH_ROSTER)
    return suspects_not_answering(world, [official.id for official in world.stores.officials.of_roster(roster)])


def _suggest(world: World, flag: Flag) -> Flag:
    """Suggests the interview and notes on the flag that it was. The entry in the timeline names the flag as its key, by
    which a repetition knows it, whatever has become of the appeal since."""
    by = Actor(Role.SUPERVISOR, flag.decided_by_id, flag.decided_by)
    key, now = f"flag:{flag.id}", world.clock.now()
    facts = {"flag": flag.id, "reason": flag.reason.value, "appeals": list(flag.appeal_ids), "verified": flag.text}

    def rule(appeal: Appeal) -> Appeal:
        if appeal.entry_with(key):
            return appeal
        reason, of = InterviewReason.PERFUNCTORY, _answered_by(appeal, flag.official_id)
        return under_key(appeal, oversight.suggest_interview(appeal, reason, now, facts, by, of), key)

    change(world.stores.appeals, flag.appeal_ids[-1], rule, NotFound(Reason.NO_SUCH_APPEAL))
    missing = NotFound(Reason.NO_SUCH_FLAG)
    return change(world.stores.perfunctory_flags, flag.id, lambda current: suggested(current, now), missing)


def _answered_by(appeal: Appeal, official_id: str) -> Assignment | None:
    """The assignment in which that official last answered: the appeal may have been reopened and handed on since."""
    numbers = [
        appeal.answers[seen.number - 1].assignment for seen in answers_of(appeal) if seen.official_id == official_id
    ]
    held = {one.number: one for one in (*appeal.past, appeal.assignment) if one}
    return held.get(numbers[-1]) if numbers else None
