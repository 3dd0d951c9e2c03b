"""Making WeChat misbehave on purpose: by path, recipient, template, number of times and probability."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

EFFECTS = ("errcode", "http", "delay_ms", "drop", "html", "commit_then_drop")


@dataclass(frozen=True)
class Fault:
    """One rule. It fits requests whose path begins with ``path``; without ``times`` it lasts until it is deleted.

    Effects: ``delay_ms`` waits first; ``errcode``, ``http`` and ``html`` answer in WeChat's place; ``drop`` breaks the
    connection with nothing done, ``commit_then_drop`` after everything was done.
    """

    path: str
    touser: str | None = None
    template_id: str | None = None
    times: int | None = None
    probability: float = 1.0
    errcode: int | None = None
    http: int | None = None
    delay_ms: int = 0
    drop: bool = False
    html: bool = False
    commit_then_drop: bool = False

    @classmethod
    def parse(cls, rule: object) -> Fault:
        """A rule from JSON; raises ValueError with the reason."""
        if not isinstance(rule, Mapping):
            raise ValueError("a fault is an object")
        if unknown := set(rule) - set(cls.__dataclass_fields__):
            raise ValueError(f"unknown keys: {', '.join(sorted(map(str, unknown)))}")
        given = {key: value for key, value in rule.items() if value is not None}
        for key, value in given.items():
            if not _fits(key, value):
                raise ValueError(f"{key} is not right")
        if "path" not in given or not any(given.get(effect) for effect in EFFECTS):
            raise ValueError("a fault needs a path and an effect")
        return cls(**given)

    def fits(self, path: str, touser: object, template_id: object) -> bool:
        """Whether the rule is about this request; ``/cgi-bin/`` in front of the path may be left out."""
        wanted, asked = self.path.lstrip("/"), path.lstrip("/")
        return (
            (asked.startswith(wanted) or asked.removeprefix("cgi-bin/").startswith(wanted))
            and self.touser in (None, touser)
            and self.template_id in (None, template_id)
        )


def add(db: sqlite3.Connection, fault: Fault) -> None:
    """Let a rule apply from now on, after the earlier ones."""
    db.execute("INSERT INTO faults (rule, remaining) VALUES (?, ?)", (json.dumps(asdict(fault)), fault.times))


def remaining(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """The rules still in force, ``times`` being what is left of it."""
    rows = db.execute("SELECT rule, remaining FROM faults ORDER BY id")
    return [json.loads(row["rule"]) | {"times": row["remaining"]} for row in rows]


def clear(db: sqlite3.Connection) -> None:
    """End all rules."""
    db.execute("DELETE FROM faults")


def claim(db: sqlite3.Connection, path: str, touser: object, template_id: object, dice: float) -> Fault | None:
    """The first rule that strikes this request, used once by that; ``dice`` in [0, 1) decides on probabilities."""
    for row in db.execute("SELECT * FROM faults ORDER BY id").fetchall():
        fault = Fault(**json.loads(row["rule"]))
        if fault.fits(path, touser, template_id) and dice < fault.probability:
            db.execute("UPDATE faults SET remaining = remaining - 1 WHERE id = ?", (row["id"],))
            db.execute("DELETE FROM faults WHERE remaining <= 0")
            return fault
    return None


def _fits(key: str, value: object) -> bool:
    if key in ("drop", "html", "commit_then_drop"):
        return isinstance(value, bool)
    if key in ("path", "touser", "template_id"):
        return isinstance(value, str) and value != ""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    if key == "probability":
        return 0 < value <= 1
    if not isinstance(value, int):
        return False
    limits = {"times": (1, 10**9), "http": (400, 599), "delay_ms": (0, 600_000), "errcode": (-100_000, 10**9)}
    low, high = limits[key]
    return low <= value <= high
