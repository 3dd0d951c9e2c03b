"""Every state, deed, clock and rung has its one Chinese word; every reason its own code; an account its roles."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain import labels
from app.domain.appeal import Kind, State
from app.domain.deadline import DeadlineKind, Rung
from app.domain.errors import InvalidInput, Reason, Refusal
from app.domain.escalation import DEEDS
from app.domain.notification import Occasion, Role
from app.domain.timeline import Deed

from .factories import an_account


@pytest.mark.parametrize(
    ("words", "of"),
    [
        (labels.STATES, State),
        (labels.KINDS, Kind),
        (labels.DEEDS, Deed),
        (labels.DEADLINES, DeadlineKind),
        (labels.RUNGS, Rung),
    ],
)
def test_everything_has_a_word_and_no_word_stands_for_nothing(words, of):
    assert set(words) == set(of)
    assert all(word and word.strip() == word for word in words.values())


@pytest.mark.parametrize("words", [labels.STATES, labels.KINDS, labels.DEEDS, labels.DEADLINES, labels.RUNGS])
def test_no_two_things_have_the_same_word(words):
    assert len(set(words.values())) == len(words)


def test_a_state_fits_a_phrase_of_wechat():
    assert all(1 <= len(word) <= 5 for word in labels.STATES.values())


def test_every_rung_is_a_deed_and_those_that_are_said_have_an_occasion():
    assert set(DEEDS) == set(Rung)
    assert {rung.value for rung in Rung if rung is not Rung.SUPERVISE} <= {occasion.value for occasion in Occasion}


def test_a_refusal_carries_its_reason_and_plain_facts():
    refusal = InvalidInput(Reason.TEXT_TOO_LONG, field="title", longest=60)
    assert isinstance(refusal, Refusal)
    assert (str(refusal), refusal.detail) == ("text_too_long", {"field": "title", "longest": 60})


def test_everybody_is_a_resident_and_some_are_more():
    assert an_account().roles == (Role.RESIDENT,)
    both = an_account(education=Role.STAFF, roads=Role.OFFICIAL)
    assert both.roles == (Role.RESIDENT, Role.OFFICIAL, Role.STAFF)
    assert both.posts() == {"education", "roads"}
    assert both.posts(Role.STAFF) == {"education"}


RETIRED = {"换人": "更换负责人", "更换任职人员": "更换负责人", "公众号": "服务号"}
"""Words that were said for what has another name: one term for one thing (design: names)."""


def test_one_thing_has_one_name():
    top = Path(__file__).parents[2]
    files = [one for part in ("app", "miniprogram") for one in (top / part).rglob("*") if one.suffix in READ]
    assert len(files) > 100
    found = [(file.name, word) for file in files for word in RETIRED if word in file.read_text(encoding="utf-8")]
    assert found == []


READ = {".py", ".html", ".js", ".wxml", ".json"}
