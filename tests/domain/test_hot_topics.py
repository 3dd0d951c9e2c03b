"""Hot topics: what grew most, surely enough, and from several people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.hot_topics import Mention, Term, TermKind, rank, surprise

from .factories import PATIENT


def word(text: str) -> Term:
    return Term(TermKind.WORD, text)


def period(**counts: int) -> list[Mention]:
    """`period(供暖=3)`: three appeals of three residents that say 供暖."""
    return [
        Mention(f"{text}-{n}", f"r{n}", frozenset({word(text)})) for text, count in counts.items() for n in range(count)
    ]


def texts(current: list[Mention], *previous: list[Mention]) -> list[str]:
    return [topic.term.text for topic in rank(current, previous)]


def test_from_one_to_three_does_not_beat_from_twenty_to_forty_five():
    assert texts(period(路灯=3, 供暖=45), period(路灯=1, 供暖=20)) == ["供暖", "路灯"]
    assert texts(period(路灯=3, 供暖=45), *[period(路灯=1, 供暖=20)] * 4) == ["供暖", "路灯"]


def test_something_new_and_frequent_beats_a_steady_giant():
    assert texts(period(停水=12, 物业费=105), *[period(物业费=100)] * 4) == ["停水", "物业费"]


def test_what_fell_or_stayed_is_no_topic():
    assert texts(period(路灯=5, 供暖=8), period(路灯=5, 供暖=9)) == []


def test_a_topic_tells_its_counts_and_the_appeals_behind_it():
    (topic,) = rank(period(供暖=6), [period(供暖=2), period(供暖=4)])
    assert (topic.now, topic.before, topic.growth) == (6, 3.0, 1.0)
    assert topic.appeal_ids == tuple(f"供暖-{n}" for n in range(6))
    (new,) = rank(period(停水=3), [period()])
    assert (new.before, new.growth) == (0.0, None)


@pytest.mark.parametrize(
    ("residents", "hot"), [("a b c", True), ("a b", False), ("a a a a a a a b", False), ("a a a b b c", True)]
)
def test_three_appeals_from_three_residents_at_least(residents, hot):
    mentions = [Mention(f"m{n}", who, frozenset({word("井盖")})) for n, who in enumerate(residents.split())]
    assert bool(rank(mentions, [[]])) is hot


def test_many_appeals_of_one_person_do_not_push_a_topic():
    loud = [Mention(f"m{n}", "loud", frozenset({word("广场舞")})) for n in range(50)]
    current = [*period(停水=8), *loud, *period(广场舞=2)]
    (water, dance) = rank(current, [period()])
    assert (water.term.text, dance.term.text) == ("停水", "广场舞")
    assert (dance.now, len(dance.appeal_ids)) == (3, 52)


def test_without_earlier_periods_the_most_frequent_come_first():
    assert texts(period(路灯=3, 供暖=9, 停水=5)) == ["供暖", "停水", "路灯"]


def test_words_on_exactly_the_same_appeals_are_one_topic():
    both = frozenset({word("电梯"), word("加装电梯"), Term(TermKind.CATEGORY, "request")})
    mentions = [Mention(f"m{n}", f"r{n}", both) for n in range(4)]
    found = {topic.term.text: topic.also for topic in rank(mentions, [[]])}
    assert found == {"加装电梯": ("电梯",), "request": ()}


def test_a_word_is_a_name_where_half_of_the_appeals_use_it_so():
    named, plain = ([frozenset({"阳光"})] * n + [frozenset()] * (4 - n) for n in (2, 1))
    for uses, expected in ((named, ("阳光",)), (plain, ())):
        mentions = [Mention(f"m{n}", f"r{n}", frozenset({word("阳光")}), names) for n, names in enumerate(uses)]
        (topic,) = rank(mentions, [[]])
        assert topic.names == expected


def test_at_most_as_many_as_asked():
    current = period(**{f"词{n}": 4 for n in range(30)})
    assert len(rank(current, [[]])) == 20
    assert len(rank(current, [[]], most=3)) == 3


@PATIENT
@given(st.integers(0, 300), st.integers(0, 900), st.integers(0, 12))
def test_surprise_is_never_negative_and_grows_with_the_count(now, before, periods):
    here = surprise(now, before if periods else 0, periods)
    assert here >= 0
    assert surprise(now + 1, before if periods else 0, periods) >= here


def test_surprise_as_rayson_and_garside_compute_it():
    assert surprise(45, 20, 1) == pytest.approx(9.868, abs=0.001)
    assert surprise(3, 1, 1) == pytest.approx(1.046, abs=0.001)
    assert surprise(20, 45, 1) == surprise(20, 20, 1) == 0
