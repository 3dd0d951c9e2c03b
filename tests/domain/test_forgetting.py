"""What is taken from an old appeal, and when that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from app.domain.appeal import Answer, AnswerOutcome, State
from app.domain.forgetting import (
    has_contacts,
    months_before,
    pictures_of,
    without_contacts,
    without_pictures,
)
from app.domain.notification import Role
from app.domain.organisation import Organisation
from app.domain.timeline import Actor, Deed, Entry
from app.domain.workday import BEIJING
from tests.store.samples import answered, hours

BY = Actor(Role.OFFICIAL, "account", "周文清", "o1")
FULL = answered(
    photos=("p1", "p2"),
    phone="13800138000",
    place="谯城区",
    organisation=Organisation("甲公司", "91"),
    answers=(Answer("好", AnswerOutcome.SOLVED, BY, hours(1), 1, ("p3",)),),
    timeline=(Entry(1, hours(2), BY, Deed.ANSWER, photos=("p3", "p4")),),
)


def test_every_picture_goes_and_the_story_stays() -> None:
    assert pictures_of(FULL) == ("p1", "p2", "p3", "p4")
    bare = without_pictures(FULL)
    assert pictures_of(bare) == ()
    assert without_pictures(bare) is bare
    assert [(e.deed, e.text, e.at) for e in bare.timeline] == [(e.deed, e.text, e.at) for e in FULL.timeline]
    assert [answer.text for answer in bare.answers] == ["好"]
    assert bare.phone == FULL.phone


def test_contacts_go_all_together() -> None:
    bare = without_contacts(FULL)
    assert (bare.phone, bare.place, bare.organisation) == ("", "", None)
    assert has_contacts(FULL) and not has_contacts(bare)
    assert without_contacts(bare) is bare and bare.photos == FULL.photos


def test_only_what_is_closed_is_old() -> None:
    assert FULL.closed_at is None
    told = (Entry(2, hours(3), BY, Deed.CONCLUDE), Entry(3, hours(9), BY, Deed.PUBLISH))
    assert replace(FULL, state=State.CONCLUDED, timeline=told).closed_at == hours(3), "not when it was published"


@pytest.mark.parametrize(
    ("now", "months", "then"),
    [
        ("2026-03-31 10:00", 1, "2026-02-28 10:00"),
        ("2026-03-01 00:30", 12, "2025-03-01 00:30"),
        ("2024-03-29 10:00", 1, "2024-02-29 10:00"),
        ("2026-01-15 10:00", 13, "2024-12-15 10:00"),
        ("2026-01-15 10:00", 0, "2026-01-15 10:00"),
    ],
)
def test_months_are_those_of_the_calendar(now: str, months: int, then: str) -> None:
    moment, expected = (datetime.fromisoformat(words).replace(tzinfo=BEIJING) for words in (now, then))
    assert months_before(moment, months) == expected
