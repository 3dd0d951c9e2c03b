"""How the personas are called and put in order, on the message box's page and for whoever lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dev.sandbox.personas import Persona

ROLES = (("official", "负责同志"), ("resident", "群众"))
OTHERS = "其他人"


def label_of(name: str) -> str:
    """How people call a persona: ``official-3`` is 负责同志 3; other names stand as they are."""
    for prefix, word in ROLES:
        if found := re.fullmatch(rf"{prefix}-(\d+)", name):
            return f"{word} {int(found[1])}"
    return name


def group_of(name: str) -> str:
    """负责同志, 群众 or 其他人, by the name."""
    word = label_of(name).partition(" ")[0]
    return word if label_of(name) != name and word in {word for _, word in ROLES} else OTHERS


def in_order(people: Iterable[Persona]) -> list[Persona]:
    """Officials by number, residents by number, then the rest by name."""
    groups = [*(word for _, word in ROLES), OTHERS]

    def place(person: Persona) -> tuple[int, int, str]:
        group, number = group_of(person.name), re.search(r"\d+$", person.name)
        return groups.index(group), int(number[0]) if number and group != OTHERS else 0, person.name

    return sorted(people, key=place)
