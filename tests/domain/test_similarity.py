"""Likeness of texts by their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.similarity import ALIKE, SAME_OFFICIAL, Said, likeness, most_alike


def said(words: str, official: str = "") -> Said:
    return Said(frozenset(words), official)


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        (said("路灯坏"), said("路灯坏"), 1.0),
        (said("路灯坏"), said("停水"), 0.0),
        (said("路灯"), said("路水"), 0.5),
        (said("路"), said("路灯坏了"), 0.5),
        (said(""), said(""), 0.0),
        (said("", "zhou"), said("", "zhou"), 0.0),
        (said("路灯", "zhou"), said("停水", "zhou"), 0.0),
        (said("路灯", "zhou"), said("路水", "zhou"), 0.5 + SAME_OFFICIAL),
        (said("路灯", "zhou"), said("路水", "xie"), 0.5),
        (said("路灯"), said("路水"), 0.5),
    ],
)
def test_likeness(one: Said, other: Said, value: float) -> None:
    assert likeness(one, other) == pytest.approx(value)


SETS = st.builds(Said, st.frozensets(st.sampled_from("路灯坏停水学校"), max_size=7), st.sampled_from(("", "a", "b")))


@given(SETS, SETS)
def test_it_is_the_same_from_both_sides_and_never_more_than_itself(one: Said, other: Said) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0.0 <= likeness(one, other) <= 1.0 + SAME_OFFICIAL


def test_one_common_word_of_a_short_text_does_not_match_every_long_one() -> None:
    assert likeness(said("路"), said("路灯坏停水学校")) < ALIKE


def test_the_most_alike_come_first_and_no_more_than_asked_for() -> None:
    others = [("half", said("路水")), ("same", said("路灯")), ("none", said("停水")), ("also", said("灯水"))]
    assert most_alike(said("路灯"), others, 3) == ["same", "half", "also"]
    assert most_alike(said("路灯"), others, 1) == ["same"]
    assert most_alike(said(""), others, 3) == []
