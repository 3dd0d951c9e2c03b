"""Calls to officials that operators take down for somebody who telephones: records like those of the mini-program, with
the 工号 on them. The caller is the keyed hash of the number (app/services/people/callers.py), never the number."""

from __future__ import annotations

from app.domain.call import LONGEST_NOTE, Call, CallOutcome
from app.domain.errors import Conflict, NotFound, Reason
from app.domain.lifecycle import worded
from app.domain.officer import Officer, OfficeRole
from app.services.appeals.calls import CallReading, keep_call, read_call
from app.services.appeals.submission import addressee
from app.services.officers.access import need
from app.services.officers.audit import record
from app.services.people.callers import caller_of
from app.services.world import World


def take_call(
    world: World,
    officer: Officer,
    caller_phone: str,
    official_id: str,
    outcome: CallOutcome,
    note: str = "",
    key: str = "",
) -> Call:
    """The stored call, which is on the audit log first. `key` is the hashed key of the form or request: a repetition is
    the same call. It counts like a call that its caller recorded, whatever becomes of it.

    Raises NotFound for an official who is not published, InvalidInput for a note that is too long, Conflict when the
    key belongs to a call of somebody else or to somebody else.
    """
    need(officer, OfficeRole.OPERATOR, OfficeRole.SUPERVISOR)
    caller = caller_of(world, caller_phone)
    if key and (earlier := world.stores.calls.get(key)):
        return _the_same(earlier, caller, official_id)
    official, roster = addressee(world, official_id)
    new = Call(
        id=key or world.secrets.new_id(),
        account_id=caller,
        official_id=official.id,
        outcome=outcome,
        at=world.clock.now(),
        by_operators=roster.policy.by_operators,
        registered_by=officer.id,
        registrar=officer.signature,
        note=kept_note(note),
    )
    record(world, officer, "register_call", official.id, outcome.value)
    return _the_same(keep_call(world, new), caller, official_id)


def read_taken(world: World, officer: Officer, call_id: str) -> CallReading:
    """A call that an operator took down. Raises NotFound for any other: what people record themselves is theirs."""
    need(officer, OfficeRole.OPERATOR, OfficeRole.SUPERVISOR)
    call = world.stores.calls.get(call_id)
    if call is None or not call.registered_by:
        raise NotFound(Reason.NO_SUCH_CALL)
    return read_call(world, call)


def kept_note(note: str) -> str:
    """The note as it is kept; empty for none. Raises InvalidInput when it is too long."""
    return worded(note, "call_note", LONGEST_NOTE) if note.strip() else ""


def _the_same(call: Call, caller: str, official_id: str) -> Call:
    """A form that was gone back to and filled in for somebody else is another call, which needs another key."""
    if (call.account_id, call.official_id) != (caller, official_id):
        raise Conflict(Reason.KEY_REUSED)
    return call
