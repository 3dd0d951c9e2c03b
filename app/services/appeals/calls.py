"""How calls to a published number went, as the callers say; call-backs find the missed call they answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from app.domain.account import Account
from app.domain.call import MISSED_WITHIN, Call, CallOutcome, NotAnswering, missed_before, not_answering
from app.domain.errors import Conflict, NotFound, Reason, RuleBroken
from app.domain.workday import at, local_day
from app.services.ports.basics import Duplicate, Position
from app.services.rosters.directory import Directory
from app.services.world import World

PAGE = 20
LOOKED_AT = 50
"""Of the caller's calls to the official, the newest: among them a call-back looks for the missed one it answers."""
ATTEMPTS = 10
COUNTED = 2000
"""Calls that are looked at to count the numbers that seem not to be answered."""


@dataclass(frozen=True)
class CallReading:
    """A call with what came of it: whether it was returned within a workday (None: no call-back belongs to it), by
    which other call, and the appeal made from it."""

    call: Call
    returned: bool | None = None
    other: Call | None = None
    """Of a missed call the call-back; None for a call-back, which says itself what it answers."""
    appeal_id: str = ""


@dataclass(frozen=True)
class NotAnsweringCount:
    """The officials, whose first missed call is the oldest first. `is_least`: not all calls were looked at."""

    official_ids: tuple[str, ...]
    is_least: bool


@dataclass(frozen=True)
class CallPage:
    items: tuple[CallReading, ...]
    next: Position | None


def record_call(
    world: World, directory: Directory, account: Account, official_id: str, outcome: CallOutcome, key: str
) -> Call:
    """The stored call; a repetition with the same key is the same call. A call-back is matched to the caller's latest
    unmatched missed call; of two that come at once each gets another one, or none.

    Raises NotFound for an unpublished official, RuleBroken(OWN_POST) for whoever acts for that post.
    """
    if official_id in account.posts():
        raise RuleBroken(Reason.OWN_POST)
    snapshot, _ = directory.official(official_id)
    id, now, by_operators = key or world.secrets.new_id(), world.clock.now(), snapshot.roster.policy.by_operators
    return keep_call(world, Call(id, account.id, official_id, outcome, now, by_operators=by_operators))


def keep_call(world: World, new: Call) -> Call:
    """The stored call: a call-back matched to what it answers, or the earlier call with the same id. Raises Conflict
    when others go on being faster."""
    for _ in range(ATTEMPTS):
        call = _matched(world, new)
        try:
            world.stores.calls.add(call)
        except Duplicate:
            if earlier := world.stores.calls.get(call.id):
                return earlier
        else:
            return call
    raise Conflict(Reason.CHANGED_MEANWHILE)


def read_call(world: World, call: Call) -> CallReading:
    return _read(world, [call])[0]


def my_calls(world: World, account: Account, official_id: str, after: Position | None) -> CallPage:
    """The caller's own calls, newest first; only those to `official_id` unless it is empty."""
    found = world.stores.calls.of_caller(account.id, official_id, after, PAGE + 1)
    last = found[PAGE - 1] if len(found) > PAGE else None
    return CallPage(tuple(_read(world, found[:PAGE])), (last.at, last.id) if last else None)


def missed_call(world: World, account: Account, official_id: str, call_id: str) -> Call:
    """The call that an appeal to the official may be made from.

    Raises NotFound when it is not this person's call to this official, RuleBroken when somebody answered it or when
    there is an appeal from it already (one appeal per call).
    """
    call = world.stores.calls.get(call_id)
    if call is None or (call.account_id, call.official_id) != (account.id, official_id):
        raise NotFound(Reason.NO_SUCH_CALL)
    if not call.is_missed:
        raise RuleBroken(Reason.CALL_NOT_MISSED)
    refuse_used(world, call_id)
    return call


def refuse_used(world: World, call_id: str) -> None:
    """Raises RuleBroken(CALL_HAS_APPEAL) with the code of the caller's appeal when there is one from this call."""
    for appeal in world.stores.appeals.of_calls([call_id]):
        raise RuleBroken(Reason.CALL_HAS_APPEAL, appeal=appeal.code)


def suspects_not_answering(world: World, official_ids: Sequence[str]) -> list[NotAnswering]:
    """`not_answering` for each of the officials, in their order, from one read of all calls within its window,
    without those that a person has judged: for a person to verify."""
    calls: defaultdict[str, list[Call]] = defaultdict(list)
    for call in world.stores.calls.recorded(_window_from(world), None, ""):
        calls[call.official_id].append(call)
    return _unjudged(world, {id: calls[id] for id in official_ids if id in calls})


def count_not_answering(world: World) -> NotAnsweringCount:
    """How many officials of all rosters `suspects_not_answering` would name, from one read of the newest COUNTED calls:
    of more within its window, a number is at least that."""
    found = world.stores.calls.newest(_window_from(world), COUNTED)
    calls: defaultdict[str, list[Call]] = defaultdict(list)
    for call in found:
        calls[call.official_id].append(call)
    suspects = sorted(_unjudged(world, calls), key=lambda one: one.since)
    return NotAnsweringCount(tuple(one.official_id for one in suspects), len(found) == COUNTED)


def _unjudged(world: World, calls: Mapping[str, Sequence[Call]]) -> list[NotAnswering]:
    """`not_answering` for each official's calls, in their order, without the calls that a person has judged: one more
    read where there is anything to judge."""
    now, calendar = world.clock.now(), world.calendar()
    suspected = [id for id, own in calls.items() if not_answering(own, now, calendar)]
    judged = {known.id: known.judged for known in world.stores.call_checks.some(suspected)} if suspected else {}
    found = (not_answering(calls[id], now, calendar, judged.get(id, frozenset())) for id in suspected)
    return [one for one in found if one is not None]


def _window_from(world: World) -> datetime:
    """The beginning of the first day whose missed calls may still count."""
    return at(world.calendar().shift(local_day(world.clock.now()), -MISSED_WITHIN.amount - 1), time())


def _matched(world: World, call: Call) -> Call:
    if call.outcome is not CallOutcome.CALLED_BACK:
        return call
    missed = missed_before(call, world.stores.calls.of_caller(call.account_id, call.official_id, None, LOOKED_AT))
    return replace(call, answers_call_id=missed.id, missed_at=missed.at) if missed else call


def _read(world: World, calls: Sequence[Call]) -> list[CallReading]:
    """In three reads for the whole list, not for each call."""
    missed = [call.id for call in calls if call.is_missed]
    answers = {call.answers_call_id: call for call in world.stores.calls.answering(missed)} if missed else {}
    appeals = {appeal.call_id: appeal.id for appeal in world.stores.appeals.of_calls(missed)} if missed else {}
    calendar = world.calendar()
    readings = []
    for call in calls:
        other = answers.get(call.id)
        returned = (other or call).returned(calendar)
        readings.append(CallReading(call, returned, other, appeals.get(call.id, "")))
    return readings
