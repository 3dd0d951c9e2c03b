"""Draws the life of an appeal from the code: `python -m dev.draw_states` writes docs/states.md."""

from __future__ import annotations

from pathlib import Path

from app.domain.appeal import State
from app.domain.labels import DEEDS, STATES
from app.domain.lifecycle import LEDGER, TRANSITIONS

FILE = Path(__file__).parent.parent / "docs" / "states.md"
HEAD = """# The life of an appeal

Drawn from `app/domain/lifecycle.py` by `python -m dev.draw_states`; a test keeps it so. Deeds that leave the state as
it is stand in the table below.

"""


def document() -> str:
    """The whole file: a diagram of the ways between states, and a table of what can be done in each."""
    return HEAD + _diagram() + "\n" + _table()


def _diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2", "  [*] --> submitted"]
    lines += [f"  {state.value}: {STATES[state]}" for state in State]
    for state in State:
        ways: dict[State, list[str]] = {}
        for deed, following in TRANSITIONS[state].items():
            if following is not state:
                ways.setdefault(following, []).append(DEEDS[deed])
        lines += [f"  {state.value} --> {following.value}: {' '.join(deeds)}" for following, deeds in ways.items()]
    return "\n".join([*lines, "```", ""])


def _table() -> str:
    lines = ["| state | 中文 | deeds that stay in it |", "|---|---|---|"]
    for state in State:
        staying = [DEEDS[deed] for deed, following in TRANSITIONS[state].items() if following is state]
        lines.append(f"| `{state.value}` | {STATES[state]} | {' '.join(staying) or '–'} |")
    anywhere = " ".join(sorted(DEEDS[deed] for deed in LEDGER))
    return "\n".join([*lines, "", f"In every state the supervision office may record: {anywhere}.", ""])


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
