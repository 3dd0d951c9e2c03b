"""The forms of a roster, its groups and its officials: what they hold, and the content that they are read into.

The names of the inputs are the places of the content (app/services/rosters/file.py), so that what the services say is
wrong stands beside its field. Lists are text, one entry a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from werkzeug.datastructures import MultiDict

from app.domain.reporting import ReportKind
from app.domain.roster import AnsweredBy, Audience
from app.services.rosters.policy_file import DEADLINES
from app.services.rosters.words import ROSTER_LABELS, shown

Values = dict[str, Any]
"""What the inputs of a form hold, by name."""

OFFICIAL_TEXTS = ("group", "name", "post", "unit", "phone", "duty_phone", "email", "wechat_id", "superior", "since")
OFFICIAL_LINES = ("duties", "projects")
ROSTER_TEXTS = (
    "name",
    "city",
    "promise",
    "publication.basis",
    "publication.date",
    "policy.audience",
    "policy.answered_by",
)
HOURS = "policy.service_hours"
WHOLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        HOURS: ("from", "to"),
        "policy.courtesy_hours": ("from", "to", "hint"),
        "policy.campaign": ("topic", "starts_on", "ends_on"),
    }
)
"""Parts that a roster has whole or not at all: not, when nothing is filled in."""
OPERATORS, PLACES = "policy.operators", "policy.source_codes"
PAIRS: Mapping[str, tuple[str, str]] = MappingProxyType({OPERATORS: ("number", "name"), PLACES: ("code", "place")})
"""Lists of pairs; a line is the first, a space, the second. Behind a place, a space and its position may follow."""
REPORTS = "policy.reports"
DEADLINE = "policy.deadlines."
MOST_ROWS = 100
_UNITS = MappingProxyType({"max_transfers": "次", "max_extension_workdays": "个工作日"})
_AT_ITEM = re.compile(r"(.+)\[(\d+)\](?:\..+)?")
_POSITION_AT_END = re.compile(r"(.+?)\s+(-?\d+(?:\.\d*)?\s*[,，]\s*-?\d+(?:\.\d*)?)")
_PLACES: Mapping[str, str] = MappingProxyType(
    {
        "superior_id": "superior",
        "tenures": "since",
        "basis": "publication.basis",
        "published_on": "publication.date",
        **{f"{DEADLINE}{known.field}": f"{DEADLINE}{name}" for name, known in DEADLINES.items()},
    }
)


def audiences() -> list[tuple[str, str]]:
    return [(one.value, shown(one)) for one in Audience]


def answerers() -> list[tuple[str, str]]:
    return [(one.value, shown(one)) for one in AnsweredBy]


def reports() -> list[tuple[str, str]]:
    return [(kind.value, shown(kind.value)) for kind in ReportKind]


def deadlines() -> list[tuple[str, str, str, int, int]]:
    """Name of the input, label, unit, least and most."""
    return [
        (
            DEADLINE + name,
            ROSTER_LABELS[DEADLINE + known.field],
            _UNITS.get(name) or shown_unit(name),
            known.least,
            known.most,
        )
        for name, known in DEADLINES.items()
    ]


def shown_unit(name: str) -> str:
    return {"hours": "小时", "days": "天"}.get(name.rpartition("_")[2], "个工作日")


def official_values(content: Mapping[str, Any]) -> Values:
    """From roster_content.official_content."""
    values = {name: content.get(name) or "" for name in OFFICIAL_TEXTS}
    return values | {name: "\n".join(content.get(name) or ()) for name in OFFICIAL_LINES}


def typed(form: MultiDict[str, str]) -> Values:
    """What was typed, to be shown again; boxes that may be ticked several times as lists."""
    return {name: form.getlist(name) if name == REPORTS else form[name] for name in form}


def official_given(form: MultiDict[str, str]) -> dict[str, Any]:
    given: dict[str, Any] = {name: form[name] for name in OFFICIAL_TEXTS if name in form}
    return given | {name: lines_of(form[name]) for name in OFFICIAL_LINES if name in form}


def roster_values(content: Mapping[str, Any]) -> Values:
    """From roster_content.roster_content."""
    values: Values = {name: _at(content, name) or "" for name in ROSTER_TEXTS}
    for whole, names in WHOLE.items():
        part = _at(content, whole) or {}
        values |= {f"{whole}.{name}": part.get(name) or "" for name in names}
    values[f"{HOURS}.workdays_only"] = (_at(content, HOURS) or {}).get("workdays_only", True)
    for pairs, (first, second) in PAIRS.items():
        items = _at(content, pairs) or ()
        values[pairs] = "\n".join(f"{one[first]} {one[second]} {one.get('position', '')}".rstrip() for one in items)
    values[REPORTS] = list(_at(content, REPORTS) or ())
    return values | {DEADLINE + name: _at(content, DEADLINE + name) for name in DEADLINES}


def roster_given(form: MultiDict[str, str]) -> dict[str, Any]:
    """A deadline that was emptied is not given: it stays."""
    given: dict[str, Any] = {}
    for name in ROSTER_TEXTS:
        _put(given, name, form.get(name, ""))
    for whole, names in WHOLE.items():
        part: dict[str, Any] = {name: form.get(f"{whole}.{name}", "").strip() for name in names}
        filled = any(part.values())
        if whole == HOURS:
            part["workdays_only"] = f"{HOURS}.workdays_only" in form
        _put(given, whole, part if filled else None)
    for pairs, (first, second) in PAIRS.items():
        halves = (_halves(line) for line in lines_of(form.get(pairs, "")))
        items = [{first: one, second: other} for one, other in halves]
        _put(given, pairs, [_with_position(item) for item in items] if pairs == PLACES else items)
    _put(given, REPORTS, form.getlist(REPORTS))
    for name in DEADLINES:
        if amount := form.get(DEADLINE + name, "").strip():
            _put(given, DEADLINE + name, amount)
    return given


def _with_position(place: dict[str, str]) -> dict[str, str]:
    """A place whose words end with something like `116.3512,34.4236` has a position."""
    match = _POSITION_AT_END.fullmatch(place["place"])
    return place | {"place": match[1], "position": match[2]} if match else place


def groups_given(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """(what it was called, what it shall be called) in the order of the numbers; empty rows and deleted ones are left
    out."""
    found: list[tuple[tuple[int, int], tuple[str, str]]] = []
    for number in range(MOST_ROWS):
        was, now = form.get(f"groups.{number}.was", ""), form.get(f"groups.{number}.name", "").strip()
        if f"groups.{number}.gone" not in form and (was or now):
            found.append((place_of(form.get(f"groups.{number}.order", ""), number + 1), (was, now)))
    return [pair for _, pair in sorted(found, key=lambda one: one[0])]


def place_of(text: str, usual: int) -> tuple[int, int]:
    """Where a numbered row goes: one that was moved up stands before the one that has the number already, one that was
    moved down behind it."""
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else usual
    return wanted, (wanted > usual) - (wanted < usual)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def folded(problems: Mapping[str, str]) -> dict[str, str]:
    """Sentences about an entry of a list beside the list, with the number of the line."""
    found: dict[str, list[str]] = {}
    for place, words in problems.items():
        match = _AT_ITEM.fullmatch(place)
        name, told = (match[1], f"第 {match[2]} 行：{words}") if match else (place, words)
        found.setdefault(name, []).append(told)
    return {name: "；".join(sentences) for name, sentences in found.items()}


def input_of(field: str) -> str:
    """The input that holds a field of a roster or an official, by the field's name in the history."""
    return _PLACES.get(field, field)


def _halves(line: str) -> tuple[str, str]:
    first, _, second = re.sub(r"[\s,，、:：]+", " ", line, count=1).partition(" ")
    return first, second.strip()


def _at(content: Mapping[str, Any], path: str) -> Any:
    found: Any = content
    for name in path.split("."):
        found = (found or {}).get(name)
    return found


def _put(content: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for name in parents:
        content = content.setdefault(name, {})
    content[last] = value
