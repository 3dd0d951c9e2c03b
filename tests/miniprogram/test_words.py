"""The mini-program says what the server says: every value has a word, and the words are the same."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from app.domain.appeal import (
    CLOSED,
    AnswerOutcome,
    ContactOutcome,
    Kind,
    Resolution,
    Satisfaction,
    State,
    Visibility,
    Wish,
)
from app.domain.call import MISSED, CallOutcome
from app.domain.deadline import ESCALATED, DeadlineKind, Rung
from app.domain.escalation import DEEDS as DEED_OF_RUNG
from app.domain.escalation import outcome_of
from app.domain.intake import URGENT, USUAL
from app.domain.labels import DEEDS, KINDS, STATES
from app.domain.notification import Role
from app.domain.permissions import RESIDENT_DEEDS
from app.domain.timeline import Deed
from app.services.ports.appeals import Inbox
from app.web.presenters.casework import TONES
from app.web.presenters.deadlines import Urgency

MINIPROGRAM = Path(__file__).parents[2] / "miniprogram"
FOREIGN = re.compile(r"[A-Za-z_]|undefined|null")


def ask(script: str, given: object = None) -> Any:
    """What a script gives that runs in the mini-program's directory; `given` is its name for `given`."""
    whole = f"const given = {json.dumps(given)};\nconst answer = (() => {{ {script} }})();\n"
    command = ["node", "-e", whole + "process.stdout.write(JSON.stringify(answer));"]
    run = subprocess.run(command, cwd=MINIPROGRAM, capture_output=True, check=True, timeout=30)
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def appeals() -> dict[str, Any]:
    """constants/appeals.js"""
    words: dict[str, Any] = ask('return require("./constants/appeals");')
    return words


@pytest.fixture(scope="module")
def calls() -> dict[str, Any]:
    """constants/calls.js"""
    words: dict[str, Any] = ask('return require("./constants/calls");')
    return words


def values(table: Iterable[dict[str, Any]]) -> set[str]:
    return {row["value"] for row in table}


def test_states_are_called_alike(appeals: dict[str, Any]) -> None:
    assert {name: state["label"] for name, state in appeals["STATES"].items()} == {s.value: STATES[s] for s in State}


def test_states_look_alike_at_the_console(appeals: dict[str, Any]) -> None:
    shown = {name: (state["tone"], state["shape"]) for name, state in appeals["STATES"].items()}
    assert shown == {state.value: TONES[state] for state in State}


def test_what_has_ended_stands_among_the_closed(appeals: dict[str, Any]) -> None:
    closed = {name for name, state in appeals["STATES"].items() if state["group"] == "closed"}
    assert closed == {state.value for state in CLOSED}
    assert {state["group"] for state in appeals["STATES"].values()} == values(appeals["GROUPS"])


def test_running_states_say_what_their_deadline_is_about(appeals: dict[str, Any]) -> None:
    assert {name for name, state in appeals["STATES"].items() if state["clock"]} == {
        s.value for s in set(State) - CLOSED
    }


def test_next_steps_are_what_a_resident_can_do(appeals: dict[str, Any]) -> None:
    assert {step["action"] for step in appeals["NEXT_STEPS"]} <= {deed.value for deed in RESIDENT_DEEDS}


def test_kinds_are_called_alike(appeals: dict[str, Any]) -> None:
    assert {kind["value"]: kind["title"] for kind in appeals["KINDS"]} == {kind.value: KINDS[kind] for kind in Kind}


@pytest.mark.parametrize(
    ("table", "choices"),
    [
        ("RESOLUTIONS", Resolution),
        ("SATISFACTIONS", Satisfaction),
        ("VISIBILITIES", Visibility),
        ("ANSWER_OUTCOMES", AnswerOutcome),
    ],
)
def test_every_choice_has_a_word(appeals: dict[str, Any], table: str, choices: type[StrEnum]) -> None:
    assert [row["value"] for row in appeals[table]] == [choice.value for choice in choices]
    assert all(row["title"] and not FOREIGN.search(row["title"]) for row in appeals[table])


def test_urgencies_are_the_servers(appeals: dict[str, Any]) -> None:
    assert list(appeals["URGENCIES"]) == [urgency.value for urgency in Urgency]


def test_the_inbox_has_the_servers_sections_in_their_order(appeals: dict[str, Any]) -> None:
    sections = [section["value"] for section in appeals["INBOX_SECTIONS"]]
    assert sections == [urgency.value for urgency in Urgency]
    assert set(sections) == {part.value for part in Inbox} - {Inbox.OPEN, Inbox.DONE}


def test_every_fate_of_a_request_for_more_time_has_words() -> None:
    script = """
      const { WISHES } = require("./official/constants/deeds");
      const said = ([wish, { words }]) => [wish, words({ workdays: 4, refusal: "等得太久" })];
      return Object.fromEntries(Object.entries(WISHES).map(said));
    """
    words = ask(script)
    assert set(words) == {wish.value for wish in Wish}
    assert not any(FOREIGN.search(said) for said in words.values())
    assert "等督查部门决定" in words[Wish.ASKED]
    assert words[Wish.REFUSED].endswith("等得太久"), "the reason is read by whom it concerns"


def test_call_outcomes_are_the_servers(calls: dict[str, Any]) -> None:
    assert values(calls["CALL_OUTCOMES"]) == {outcome.value for outcome in CallOutcome}
    assert {row["value"] for row in calls["CALL_OUTCOMES"] if row["missed"]} == {outcome.value for outcome in MISSED}


def test_contact_outcomes_are_the_servers(calls: dict[str, Any]) -> None:
    reached = {row["value"]: row["reached"] for row in calls["CONTACT_OUTCOMES"]}
    assert reached == {outcome.value: outcome.reached for outcome in ContactOutcome}


def entry(deed: Deed, outcome: str = "", **more: Any) -> dict[str, Any]:
    """EntryView of the API."""
    base = {
        "number": 1,
        "at": "2026-11-20T02:00:00.000Z",
        "deed": deed.value,
        "label": DEEDS[deed],
        "by": "system",
        "name": "",
        "on_behalf": False,
        "text": "",
        "outcome": outcome,
        "official": None,
        "photos": [],
        "due_at": None,
    }
    return base | more


def view(entries: list[dict[str, Any]], part: str = "resident") -> list[dict[str, Any]]:
    script = """
      const { viewEntry } = require("./services/timeline");
      return given.entries.map((entry) => viewEntry(entry, given.part));
    """
    shown: list[dict[str, Any]] = ask(script, {"entries": entries, "part": part})
    return shown


RATINGS = [f"{resolution.value} {satisfaction.value}" for resolution in Resolution for satisfaction in Satisfaction]
OUTCOMES: dict[Deed, list[str]] = {
    Deed.CONTACT: [outcome.value for outcome in ContactOutcome],
    Deed.ANSWER: [outcome.value for outcome in AnswerOutcome],
    Deed.RATE: RATINGS,
    Deed.FOLLOW_UP: ["reached", "not_reached"],
    Deed.TAKE_CALL: [outcome.value for outcome in CallOutcome],
    Deed.PUBLISH: ["published", "withdrawn"],
    Deed.REQUEST_EXTENSION: ["5"],
    Deed.EXTEND: ["5"],
    Deed.REFUSE_EXTENSION: ["5"],
    Deed.ORDER: ["2026-0001"],
    Deed.MERGE: ["20261120-7K4M2P"],
    Deed.INFORM: ["20261120-7K4M2P"],
    Deed.SET_URGENT: [URGENT, USUAL],
}
"""What the domain writes into an entry's outcome; deeds that are not here write nothing."""


def rungs() -> list[dict[str, Any]]:
    found = [
        entry(DEED_OF_RUNG[rung], outcome_of(clock, rung))
        for rung in Rung
        if rung is not Rung.PROMISE_BROKEN
        for clock in DeadlineKind
        if clock in ESCALATED
    ]
    return [*found, entry(Deed.PROMISE_BROKEN, outcome_of(DeadlineKind.PROMISE, Rung.PROMISE_BROKEN))]


def test_every_deed_has_a_chinese_title() -> None:
    entries = [entry(deed, outcome) for deed in Deed for outcome in OUTCOMES.get(deed, [""])] + rungs()
    for given, shown in zip(entries, view(entries), strict=True):
        assert shown["title"], given
        assert not FOREIGN.search(shown["title"]), (given, shown["title"])


def test_what_an_outcome_says_is_not_lost() -> None:
    """Two outcomes of a deed read differently: the words behind each were found."""
    for deed in (Deed.CONTACT, Deed.ANSWER, Deed.RATE, Deed.FOLLOW_UP, Deed.PUBLISH, Deed.TAKE_CALL, Deed.SET_URGENT):
        titles = [shown["title"] for shown in view([entry(deed, outcome) for outcome in OUTCOMES[deed]])]
        assert len(set(titles)) == len(OUTCOMES[deed]), titles
        assert DEEDS[deed] not in titles or deed is Deed.PUBLISH
    titles = [shown["title"] for shown in view(rungs())]
    assert len(set(titles)) == len(titles)


def test_every_role_is_somebody() -> None:
    for part in ("resident", "official"):
        entries = [entry(Deed.SIGN, by=role.value, name="") for role in Role]
        for given, shown in zip(entries, view(entries, part), strict=True):
            assert shown["who"], given
            assert not FOREIGN.search(shown["who"]), given
