"""Missed calls (疑似不接电话) that a person looked into: judged once, and, when true, an interview suggested on one of
the official's appeals with the calls in the evidence.

The judgement is saved first, so that two who judge the same calls suggest one interview; what a crash or a race leaves
undone after it, `complete` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import oversight
from app.domain.appeal import Appeal
from app.domain.call import Call, CallVerdict, NotAnswering
from app.domain.call_check import CallCheck, CallChecks, check_calls, facts_of, may_carry, suggested
from app.domain.call_check import with_check as checked
from app.domain.errors import Conflict, NotFound, Reason
from app.domain.lifecycle import under_key
from app.domain.notification import Role
from app.domain.officer import Officer, OfficeRole
from app.domain.supervision import InterviewReason
from app.domain.timeline import Actor
from app.services.appeals.calls import suspects_not_answering
from app.services.officers.access import need
from app.services.officers.audit import record
from app.services.ports.basics import StoreAway
from app.services.saving import change, change_or_add
from app.services.world import World

AT_ONCE = 100
LISTED = 20
OPEN_APPEALS = 10
"""Of an official's open appeals those due first are offered."""


@dataclass(frozen=True)
class Suspicion:
    """What is to be looked into: the calls, oldest first, and the appeals on which an interview could be suggested:
    those made from these very calls, and other open ones of the official."""

    found: NotAnswering
    calls: tuple[Call, ...]
    from_calls: tuple[Appeal, ...]
    others: tuple[Appeal, ...]
    has_open: bool
    """Whether the official has any open appeal, with a suggestion or without."""

    @property
    def appeals(self) -> tuple[Appeal, ...]:
        return (*self.from_calls, *self.others)


def suspicions(world: World, roster: str) -> list[Suspicion]:
    """The roster's officials whose number seems not to be answered: for a person to verify. Raises
    NotFound(NO_SUCH_ROSTER)."""
    if world.stores.rosters.get(roster) is None:
        raise NotFound(Reason.NO_SUCH_ROSTER)
    officials = [official.id for official in world.stores.officials.of_roster(roster)]
    found = suspects_not_answering(world, officials)
    return _suspicions(world, found, "")


def suspicion(world: World, official_id: str) -> Suspicion | None:
    """What is to be looked into of one official; None when there is nothing (any more)."""
    return next(iter(_suspicions(world, suspects_not_answering(world, [official_id]), official_id)), None)


def judged(world: World, roster: str) -> list[tuple[str, CallCheck]]:
    """The roster's newest judgements, newest first, each with the official's id."""
    found = [(known.id, check) for known in world.stores.call_checks.of_roster(roster) for check in known.checks]
    return sorted(found, key=lambda pair: pair[1].at, reverse=True)[:LISTED]


def judge(
    world: World,
    officer: Officer,
    official_id: str,
    call_ids: Sequence[str],
    verdict: CallVerdict,
    text: str,
    appeal_id: str,
) -> CallCheck:
    """A supervisor judges the calls. Raises NotPermitted, and what `check_calls` does."""
    need(officer, OfficeRole.SUPERVISOR)
    new, roster = draft(world, officer, official_id, call_ids, verdict, text, appeal_id)
    record(world, officer, "judge_calls", official_id, verdict.value)
    empty = CallChecks(official_id, 1, roster)
    known = change_or_add(world.stores.call_checks, official_id, empty, lambda one: checked(one, new))
    check = next(one for one in known.checks if one.calls == new.calls)
    try:
        return _suggest(world, official_id, check) if check.awaits_suggestion else check
    except Conflict:  # people are acting on that appeal this very moment; the judgement stands
        return check


def draft(
    world: World,
    officer: Officer,
    official_id: str,
    call_ids: Sequence[str],
    verdict: CallVerdict,
    text: str,
    appeal_id: str,
) -> tuple[CallCheck, str]:
    """What `judge` would save, and the official's roster: for the page that asks once more. Raises as `judge`."""
    need(officer, OfficeRole.SUPERVISOR)
    official = world.stores.officials.get(official_id)
    if official is None:
        raise NotFound(Reason.NO_SUCH_OFFICIAL)
    found = suspicion(world, official_id)
    calls = [call for call in found.calls if call.id in set(call_ids)] if found else []
    if len(calls) < len(set(call_ids)):
        calls = []
    appeal = world.stores.appeals.get(appeal_id) if appeal_id else None
    about = found.found if found else None
    now = world.clock.now()
    return check_calls(about, calls, verdict, text, appeal, officer.name, officer.id, now), official.roster


def complete(world: World) -> int:
    """The job's part: judgements that led to no suggestion yet; how many there were."""
    done = 0
    for known in world.stores.call_checks.unsuggested(AT_ONCE):
        for check in known.unsuggested:
            try:
                _suggest(world, known.id, check)
            except StoreAway:
                raise  # the runner postpones the run
            except Conflict:
                continue  # the next run sees the result
            except Exception as error:  # one that leads to nothing must not stop the others
                world.alerts.raise_alert("call_check_failed", appeal=check.appeal_id, error=type(error).__name__)
                continue
            done += 1
    return done


def _suspicions(world: World, found: Sequence[NotAnswering], official_id: str) -> list[Suspicion]:
    """With their calls and appeals; one read of calls, of that official or, when it is empty, of all."""
    if not found:
        return []
    calls = world.stores.calls.recorded(min(one.since for one in found), None, official_id)
    made = world.stores.appeals.of_calls([id for one in found for id in one.call_ids])
    return [_suspicion(world, one, calls, made) for one in found]


def _suspicion(world: World, found: NotAnswering, calls: Sequence[Call], made: Sequence[Appeal]) -> Suspicion:
    now, ids = world.clock.now(), frozenset(found.call_ids)
    running = world.stores.appeals.of_assignees([found.official_id], [], False, None, None, None, OPEN_APPEALS)
    own = [one for one in made if one.call_id in ids and may_carry(one, found.official_id, now)]
    made_here = {one.id for one in own}
    rest = [one for one in running if one.id not in made_here and may_carry(one, found.official_id, now)]
    return Suspicion(
        found, tuple(call for call in calls if call.id in ids), tuple(own), tuple(rest), has_open=bool(running)
    )


def _suggest(world: World, official_id: str, check: CallCheck) -> CallCheck:
    """Suggests the interview and notes on the check that it was. The entry in the timeline names the check as its key,
    by which a repetition knows it, whatever has become of the appeal since."""
    by = Actor(Role.SUPERVISOR, check.by_id, check.by)
    key, now = f"calls:{official_id}:{check.number}", world.clock.now()

    def rule(appeal: Appeal) -> Appeal:
        if appeal.entry_with(key):
            return appeal
        held = (one for one in (appeal.assignment, *reversed(appeal.past)) if one and one.official_id == official_id)
        reason, of = InterviewReason.NOT_ANSWERING, next(held, None)
        return under_key(appeal, oversight.suggest_interview(appeal, reason, now, facts_of(check), by, of), key)

    appeal = change(world.stores.appeals, check.appeal_id, rule, NotFound(Reason.NO_SUCH_APPEAL))
    wanted = (InterviewReason.NOT_ANSWERING, official_id)
    number = max(one.number for one in appeal.interviews if (one.reason, one.official_id) == wanted)
    checks, missing = world.stores.call_checks, NotFound(Reason.NO_SUCH_OFFICIAL)
    known = change(checks, official_id, lambda one: suggested(one, check.number, number, now), missing)
    return known.checks[check.number - 1]
