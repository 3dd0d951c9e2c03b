"""Categories of texts, appeals and topics, by the words in the setting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.errors import InvalidInput, NotFound
from app.domain.hot_topics import Term, TermKind, Topic
from app.domain.officer import OfficeRole
from app.domain.settings import SettingName
from app.services.figures.categories import category_of, figures_by_category, label_topics, suggest_category
from app.services.officers.access import add_officer
from app.services.running.changing_settings import change_setting
from app.services.world import World
from tests.services.factories import submitted

WORDS = {"items": [{"name": "灯", "words": ["路灯", "灯"]}, {"name": "水", "words": ["停水"]}]}


@pytest.fixture
def words(world: World) -> World:
    admin = add_officer(world, "admin", "王管理", (OfficeRole.ADMIN,), "correct horse battery")
    change_setting(world, admin, SettingName.CATEGORIES, WORDS, 0)
    return world


def test_a_suggestion_says_which_words_it_rests_on(words: World) -> None:
    found = suggest_category(words, "小区路灯不亮")
    assert found is not None and (found.name, found.words) == ("灯", ("路灯", "灯"))
    assert suggest_category(words, "请问怎么办") is None


def test_an_appeal_is_read_with_its_title(words: World) -> None:
    found = category_of(words, submitted(words, title="停水", body="三天了"))
    assert found is not None and found.name == "水"


def test_figures_count_each_appeal_once_and_those_without(words: World) -> None:
    begin = words.clock.now()
    for title, by in (
        ("路灯坏了", "resident"),
        ("路灯又坏了", "neighbour"),
        ("停水了", "resident"),
        ("咨询", "resident"),
    ):
        submitted(words, by=by, title=title, body="请处理")
    words.clock.advance(hours=1)
    submitted(words, title="停水了", body="又停")
    found = figures_by_category(words, "city", begin, begin + timedelta(hours=1), lambda _: True)
    assert (list(found.counts.items()), found.without, found.all) == ([("灯", 2), ("水", 1)], 1, 4)
    seen = figures_by_category(words, "city", begin, begin + timedelta(hours=1), lambda a: a.resident_id == "resident")
    assert (dict(seen.counts), seen.without) == ({"灯": 1, "水": 1}, 1)


def test_a_period_has_a_beginning_an_end_and_a_roster(words: World) -> None:
    now = words.clock.now()
    with pytest.raises(NotFound):
        figures_by_category(words, "none", now, now + timedelta(days=1), lambda _: True)
    for end in (now, now + timedelta(days=367)):
        with pytest.raises(InvalidInput):
            figures_by_category(words, "city", now, end, lambda _: True)


def test_hot_words_get_a_category_where_they_have_one(words: World) -> None:
    def topic(text: str, *also: str, kind: TermKind = TermKind.WORD) -> Topic:
        return Topic(Term(kind, text), 5, 1.0, 4.0, 9.0, ("a",), also)

    topics = [topic("路灯"), topic("三天", "停水"), topic("办理"), topic("request", kind=TermKind.CATEGORY)]
    assert label_topics(words, topics) == {"路灯": "灯", "三天": "水"}
