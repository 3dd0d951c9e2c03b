"""The drawn life of an appeal is the coded one."""

from __future__ import annotations

from dev.draw_states import FILE, document


def test_the_drawing_is_made_from_the_code():
    assert FILE.read_text(encoding="utf-8") == document(), "run: python -m dev.draw_states"
