"""Writing an appeal down for somebody who calls: who that is, what was said before, whom it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.appeal import Appeal
from app.domain.call import Call
from app.domain.officer import Officer, OfficeRole
from app.domain.roster import Official
from app.domain.similarity import Said, most_alike
from app.services.office.look_ups import note_look_up, whole_number
from app.services.officers.access import need
from app.services.people.callers import caller_of, phone_key
from app.services.rosters.directory import Directory
from app.services.wording import words_in
from app.services.world import World

HISTORY = 5
OF_OFFICIALS = 60
"""Open appeals of the officials in question that are compared with what the caller says."""
ALIKE = 3


@dataclass(frozen=True)
class Matter:
    """What an operator should know before writing it down. `suggested`: officials with the duty that fits."""

    history: Sequence[Appeal]
    calls: Sequence[Call]
    suggested: Sequence[tuple[Official, str]]
    alike: Sequence[Appeal]


def look(
    world: World, directory: Directory, officer: Officer, phone: str, text: str, official_id: str = "", roster: str = ""
) -> Matter:
    """The caller's earlier appeals and the calls that were taken down for that number, newest first; who may be
    responsible for `text`; open appeals that say about the same, of the caller and of those officials. `phone` and
    `text` may be empty; half a number counts as none. `roster` narrows the suggestions; NotFound when it is not
    published. That the number was looked up is on the audit log (look_ups.py). Seven queries at most, a few more for a
    new number."""
    need(officer, OfficeRole.OPERATOR, OfficeRole.SUPERVISOR)
    phone = whole_number(phone)
    note_look_up(world, officer, phone)
    history = _history(world, phone)
    suggested = directory.suggest(text, roster) if text.strip() else []
    return Matter(history, _calls(world, phone), suggested, _alike(world, text, official_id, suggested, history))


def _history(world: World, phone: str) -> list[Appeal]:
    """What was taken down for calls from that number, and what was written with it left as the phone; newest first."""
    key = phone_key(world, phone)
    if not key:
        return []
    called = world.stores.appeals.of_resident(caller_of(world, phone), None, HISTORY)
    known = {one.id: one for one in (*called, *world.stores.worklist.of_phone(key, HISTORY))}
    return sorted(known.values(), key=lambda one: (one.submitted_at, one.code), reverse=True)[:HISTORY]


def _calls(world: World, phone: str) -> Sequence[Call]:
    return world.stores.calls.of_caller(caller_of(world, phone), "", None, HISTORY) if phone_key(world, phone) else []


def _alike(
    world: World, text: str, official_id: str, suggested: Sequence[tuple[Official, str]], history: Sequence[Appeal]
) -> list[Appeal]:
    posts = [official_id] if official_id else [official.id for official, _ in suggested]
    said = Said(words_in(text), official_id)
    if not said.words or not posts:
        return []
    running = world.stores.appeals.of_assignees(posts, [], False, None, None, None, OF_OFFICIALS)
    known = {appeal.id: appeal for appeal in (*history, *running) if appeal.is_open}
    said_of = {id: Said(words_in(f"{a.title}\n{a.body}"), a.addressed_to) for id, a in known.items()}
    return most_alike(said, ((known[id], said_of[id]) for id in known), ALIKE)
