"""Categories of texts, appeals and topics, by the words in the setting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.hot_topics import Term, TermKind, Topic
from app.domain.officer import OfficeRole
from app.domain.settings import SettingName
from app.services.figures.categories import category_of, label_topics, suggest_category
from app.services.figures.flows import roll_up_flows
from app.services.figures.tallies import roll_up
from app.services.officers.access import add_officer
from app.services.running.changing_settings import change_setting
from app.services.world import World
from tests.services.factories import answer, sign, submitted
from tests.services.marches import counted

MONDAY = date(2026, 3, 2)

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


def matters(world: World) -> dict[str, int]:
    (flow,) = world.stores.day_flows.between("city", MONDAY, MONDAY)
    return {one.category: one.count for one in flow.matters}


def due(world: World) -> dict[str, tuple[int, int]]:
    found = world.stores.daily_tallies.between(MONDAY, date(2026, 3, 31), ["education"])
    return {one.category: (one.due, one.in_time) for daily in found for one in daily.matters}


def test_a_day_counts_each_appeal_once_and_those_without(words: World) -> None:
    for title in ("路灯坏了", "路灯又坏了", "停水了", "咨询"):
        submitted(words, title=title, body="请处理")
    roll_up_flows(words)
    assert matters(words) == {"灯": 2, "水": 1, "": 1}
    submitted(words, title="停水了", body="又停")
    roll_up_flows(words)
    assert matters(words) == {"灯": 2, "水": 2, "": 1}


def test_texts_are_opened_only_when_something_came_in(words: World) -> None:
    appeal = submitted(words, title="停水", body="三天了")
    roll_up_flows(words)
    words.clock.advance(days=1)  # type: ignore[attr-defined]
    sign(words, "zhou", appeal)
    with counted(words) as reads:
        assert roll_up_flows(words) == 1, "another state"
    assert reads["appeals.submitted_between"] == 0
    assert matters(words) == {"水": 1}


def test_what_falls_due_counts_for_its_category(words: World) -> None:
    appeals = [submitted(words, title=title, body="请处理") for title in ("停水", "停水", "路灯", "咨询")]
    answer(words, "zhou", sign(words, "zhou", appeals[0]))
    words.clock.advance(days=28)  # type: ignore[attr-defined]
    roll_up(words)
    assert due(words) == {"水": (2, 1), "灯": (1, 0), "": (1, 0)}


def test_other_words_give_other_figures_of_all_days(words: World) -> None:
    submitted(words, title="停水", body="路灯也不亮")
    submitted(words, title="咨询", body="请处理")
    words.clock.advance(days=28)  # type: ignore[attr-defined]
    roll_up(words)
    roll_up_flows(words)
    assert (matters(words), due(words)) == ({"灯": 1, "": 1}, {"灯": (1, 0), "": (1, 0)})
    admin = words.stores.officers.by_username("admin")
    assert admin is not None
    change_setting(words, admin, SettingName.CATEGORIES, {"items": [{"name": "问", "words": ["咨询"]}]}, 1)
    assert roll_up(words) == 1 and roll_up_flows(words) == 1
    assert (matters(words), due(words)) == ({"问": 1, "": 1}, {"问": (1, 0), "": (1, 0)})
    assert roll_up(words) == roll_up_flows(words) == 0, "and then rest"


def test_marks_and_counts_of_an_earlier_version_are_counted_anew(words: World) -> None:
    submitted(words, title="停水", body="三天了")
    words.clock.advance(days=28)  # type: ignore[attr-defined]
    roll_up(words)
    roll_up_flows(words)
    for name in ("figures", "flows"):
        mark = words.stores.figure_marks.get(name)
        assert mark is not None
        words.stores.figure_marks.put(replace(mark, words=""))
    for flow in words.stores.day_flows.between("city", MONDAY, MONDAY):
        words.stores.day_flows.put(replace(flow, matters=()))
    for daily in words.stores.daily_tallies.between(MONDAY, date(2026, 3, 31), ["education"]):
        words.stores.daily_tallies.put(replace(daily, matters=()))
    roll_up(words)
    roll_up_flows(words)
    assert (matters(words), due(words)) == ({"水": 1}, {"水": (1, 0)})


def test_hot_words_get_a_category_where_they_have_one(words: World) -> None:
    def topic(text: str, *also: str, kind: TermKind = TermKind.WORD) -> Topic:
        return Topic(Term(kind, text), 5, 1.0, 4.0, 9.0, ("a",), also)

    topics = [topic("路灯"), topic("三天", "停水"), topic("办理"), topic("request", kind=TermKind.CATEGORY)]
    assert label_topics(words, topics) == {"路灯": "灯", "三天": "水"}
