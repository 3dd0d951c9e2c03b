"""Hot topics from stored appeals, and the words they are made of."""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import timedelta

import pytest

from app.domain.appeal import Kind
from app.domain.category import CATEGORIES
from app.domain.errors import Reason
from app.services.figures.hot_topics import hot_topics
from app.services.wording import wording_of, words_in
from app.services.world import World
from tests.domain.factories import refused

from .factories import a_person, submitted

WEEK = timedelta(days=7)


def written(world: World, title: str, *by: str, kind: Kind = Kind.REQUEST, **draft: bool) -> list[str]:
    """An appeal of each person; their ids."""
    for id in by:
        if world.stores.accounts.get(id) is None:
            world.stores.accounts.add(a_person(id))
    return [submitted(world, id, title=title, body="请尽快解决", kind=kind, **draft).id for id in by]


def everything(_: object) -> bool:
    return True


def test_what_residents_write_about_more_than_before(world: World) -> None:
    begin = world.clock.now()
    written(world, "老旧小区想加装电梯", "a", "b", "c", "d")
    written(world, "自来水停水了", "a", kind=Kind.COMPLAINT)
    world.clock.set(begin + WEEK)
    written(world, "老旧小区想加装电梯", "a", "b", "c", "d")
    ids = written(world, "魏武大道一带停水三天", "a", "b", "c", "e", kind=Kind.COMPLAINT)
    end = begin + 2 * WEEK
    world.clock.set(end)
    written(world, "明天的不算停水", "a", "b", "c")
    topics = hot_topics(world, "city", begin + WEEK, end, everything, periods_before=1)
    found = {topic.term.text: topic for topic in topics}
    assert {"魏武大道", "停水", "complaint"} <= set(found) and "加装电梯" not in found
    water = found["停水"]
    assert (water.now, water.before, water.growth, water.appeal_ids) == (4, 1.0, 3.0, tuple(ids))


def test_what_the_reader_may_not_see_counts_nowhere(world: World) -> None:
    begin = world.clock.now()
    written(world, "教育局收费不合理", "a", "b", "c", about_official=True)
    end = begin + WEEK

    def texts(barred: str) -> set[str]:
        topics = hot_topics(world, "city", begin, end, lambda appeal: barred not in appeal.barred_posts)
        return {word for topic in topics for word in (topic.term.text, *topic.also)}

    assert "收费" in texts("mayor")
    assert texts("education") == set()


def test_earlier_appeals_that_the_reader_may_not_see_hide_no_growth(world: World) -> None:
    begin = world.clock.now()
    written(world, "学校收费", "a", "b", "c", about_official=True)
    world.clock.set(begin + WEEK)
    written(world, "学校收费", "a", "b", "c")
    topics = hot_topics(world, "city", begin + WEEK, begin + 2 * WEEK, lambda a: not a.barred_posts, 1)
    assert {topic.before for topic in topics} == {0.0}


def test_one_person_makes_no_topic(world: World) -> None:
    begin = world.clock.now()
    written(world, "广场舞太吵", *["a"] * 9, "b")
    assert hot_topics(world, "city", begin, begin + WEEK, everything) == ()


def test_a_period_without_a_day_is_refused(world: World) -> None:
    now = world.clock.now()
    for end, periods in ((now, 4), (now + WEEK, 13), (now + WEEK, -1)):
        with refused(Reason.BAD_REQUEST):
            hot_topics(world, "city", now, end, everything, periods)


PLAIN = frozenset(word for category in CATEGORIES for word in category.words)


@pytest.mark.parametrize(
    ("text", "names", "plain"),
    [
        ("阳光花园三号楼停水两天没人管", {"阳光"}, {"停水"}),
        ("幸福小区物业乱收费，电梯经常坏", {"幸福"}, {"电梯", "物业"}),
        ("和平路路灯不亮", {"和平路"}, {"路灯"}),
        ("文州路与芍花路交口红绿灯坏了", {"芍花路"}, {"红绿灯"}),
        ("汤王大道、魏武广场一带积水严重", {"魏武广场"}, {"积水"}),
        ("住在翡翠公馆的业主反映停电", {"翡翠"}, {"停电"}),
        ("东方明珠小区电梯故障", {"东方明珠"}, {"电梯", "故障"}),
        ("绿地城二期延期交房", {"绿地"}, {"延期交房"}),
        ("碧桂园停电", {"碧桂园"}, {"停电"}),
        ("王建国主任态度恶劣", {"王建国"}, {"态度恶劣"}),
        ("包工头刘志强拖欠农民工工资", {"刘志强"}, {"农民工工资"}),
        ("房东侯明亮不退押金", {"明亮"}, {"押金"}),
        ("利辛县城关镇医保报销太慢", {"利辛县", "城关镇"}, {"医保", "报销"}),
        ("老旧小区加装电梯，学校门口的路坑洼不平", set(), {"老旧小区", "加装电梯", "学校", "坑洼"}),
        ("农村自来水停水，高速公路出口堵车，附近小区垃圾没人清运", set(), {"农村", "停水", "高速公路", "垃圾"}),
    ],
)
def test_which_words_name_a_place_or_a_person(text: str, names: set[str], plain: set[str]) -> None:
    found = wording_of(text, PLAIN)
    assert names <= found.names, "pointed at"
    assert plain <= found.words - found.names, "what it is about"


def test_a_topic_knows_which_of_its_words_are_names(world: World) -> None:
    begin = world.clock.now()
    written(world, "阳光花园停水", "a", "b", "c", "d")
    written(world, "停水", "e")
    (water, place) = hot_topics(world, "city", begin, begin + WEEK, everything)[1:3]
    assert (water.term.text, water.names) == ("停水", ())
    assert {place.term.text, *place.also} == {"阳光", "花园"} and place.names == ("阳光",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("请问谯城区魏武大道的老旧小区什么时候能加装电梯？", {"谯城区", "魏武大道", "老旧小区", "加装电梯"}),
        ("希夷大道十八里镇路口红绿灯坏了三天", {"希夷大道", "十八里镇", "路口", "红绿灯"}),
        ("尊敬的市长您好，谢谢您！", set()),
        ("13800000000 ABC 12345 !!!", set()),
        ("", set()),
    ],
)
def test_the_words_of_a_sentence(text: str, words: set[str]) -> None:
    assert words_in(text) == words


def test_jieba_says_nothing_and_leaves_nothing_behind() -> None:
    assert logging.getLogger("jieba").handlers == []
    code = "import tempfile, os; from app.services.wording import words_in; words_in('停水'); print(os.listdir())"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-B", "-c", code.replace("os.listdir()", "os.listdir(tempfile.gettempdir())")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stderr == ""
