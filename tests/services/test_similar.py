"""The hint before submitting: what one has said already, and what the public can read about it."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

import pytest

from app.domain.appeal import Appeal, Visibility
from app.domain.errors import Reason
from app.domain.oversight import publish
from app.domain.similarity import ALIKE, SAME_OFFICIAL, Said, likeness
from app.services.appeals import similar as module
from app.services.appeals.similar import MOST, OWN_READ, PUBLISHED_READ, Similar, similar
from app.services.saving import change
from app.services.wording import words_in
from app.services.world import World
from tests.domain.factories import refused
from tests.services.factories import (
    SUPERVISOR,
    a_roster,
    an_official,
    answer,
    assigned_by_supervisor,
    person,
    sign,
    submitted,
    withdraw,
)

SAMPLES = {
    "停水": (
        "小区停水\n三天没有水了",
        "又停水了\n金色家园小区从前天开始停水，到现在三天没有水，老人做饭都成问题，请问什么时候恢复供水？",
        "停水三天\n金色家园小区停水三天了，老人做饭成问题，什么时候恢复供水？",
        "金色家园还是没水\n上周反映过停水，金色家园到今天还没有恢复供水，老人孩子没法做饭。",
    ),
    "入学": (
        "孩子上学报名\n我家在谯城区，孩子今年九月上小学，请问招生报名需要什么材料？",
        "小学招生材料\n请问外地户口孩子在谯城区上小学，报名需要哪些材料？什么时候报名？",
    ),
    "路灯": (
        "小区门口没有路灯\n晚上孩子放学看不见路，请尽快安装。",
        "小区门口路灯坏了\n谯城区和平路12号小区门口的路灯坏了一个星期，晚上孩子放学回家看不见路，希望尽快修好。",
    ),
    "工资": (
        "拖欠工资\n某工地包工头拖欠我们十二个工人三个月工资，一直不给。",
        "工资还没发\n包工头拖欠工资，我们十二个工人三个月没有拿到工资了。",
    ),
    "施工": (
        "夜间施工噪音\n楼下工地半夜施工，噪音太大，孩子无法睡觉。",
        "工地半夜还在施工\n学校对面工地每天施工到半夜，噪音很大，老人孩子都睡不着觉，打过电话没有用。",
    ),
    "路面": (
        "路面有坑\n光明路与和平路交叉口路面有大坑，骑车容易摔倒。",
        "光明路路面坑洼\n光明路路面坑洼不平，雨天积水，骑电动车摔倒好几个人。",
    ),
    "公交": (
        "公交班次太少\n12路公交车班次太少，早高峰要等半个小时。",
        "12路公交等很久\n早高峰12路公交车等了四十分钟，班次能不能增加？",
    ),
    "广场舞": ("广场舞噪音扰民\n广场舞每天晚上音响太大，影响孩子写作业。",),
    "食堂": ("学校食堂伙食差\n学校食堂饭菜不干净，孩子吃了拉肚子，请教育局检查。",),
}


def test_the_threshold_lies_between_the_same_matter_and_others() -> None:
    """The gap that app/domain/similarity.py speaks of, to one official."""
    texts = [(matter, Said(words_in(text), "zhou")) for matter, some in SAMPLES.items() for text in some]
    same, different = [], []
    for (matter, one), (other_matter, other) in combinations(texts, 2):
        (same if matter == other_matter else different).append(likeness(one, other) - SAME_OFFICIAL)
    assert min(same) > ALIKE - SAME_OFFICIAL > max(different)
    assert (round(min(same), 2), round(max(different), 2)) == (0.32, 0.27)


def hints(world: World, text: str = "小区没有路灯\n门口没有路灯，孩子放学看不见", **asked: Any) -> Similar:
    title, _, body = text.partition("\n")
    return similar(world, person(world, asked.get("by", "resident")), asked.get("to", "education"), title, body)


def own(found: Similar) -> list[str]:
    return [reading.appeal.code for reading in found.own]


def public(found: Similar) -> list[str]:
    return [appeal.code for appeal in found.published]


def published(world: World, by: str = "neighbour", title: str = "小区路灯", **draft: Any) -> Appeal:
    """Of somebody else, answered by 周文清, redacted by the office."""
    appeal = submitted(world, by, visibility=Visibility.PUBLIC, **draft)
    answer(world, "zhou", sign(world, "zhou", appeal))
    now = world.clock.now()
    body = "小区没有路灯，孩子放学不便。"
    return change(
        world.stores.appeals, appeal.id, lambda a: publish(a, title, body, "已装好", SUPERVISOR, now), KeyError()
    )


def test_what_i_wrote_already_and_still_runs(world: World) -> None:
    mine = submitted(world)
    assert own(hints(world)) == [mine.code]
    assert hints(world).own[0].deeds, "with what I can do about it"
    assert own(hints(world, "停水\n三天没有水")) == []
    withdraw(world, "resident", mine)
    assert own(hints(world)) == []


def test_an_answered_one_still_runs_until_it_is_concluded(world: World) -> None:
    mine = submitted(world)
    answer(world, "zhou", sign(world, "zhou", mine))
    assert own(hints(world)) == [mine.code]


def test_what_others_wrote_is_theirs(world: World) -> None:
    submitted(world, "neighbour")
    assert hints(world) == Similar((), ())
    assert hints(world, by="zhou") == Similar((), ()), "nor is it the official's, who handles it, as a resident"


def test_the_same_official_weighs(world: World) -> None:
    """路面 and 光明路 alone are enough for the official who was told of it, and too little for another."""
    text = "光明路路面坑洼\n光明路路面坑洼不平，雨天积水，骑电动车摔倒好几个人。"
    title, body = SAMPLES["路面"][0].split("\n")
    mine = submitted(world, title=title, body=body)
    assert own(hints(world, text)) == [mine.code]
    assert own(hints(world, text, to="roads")) == []


def test_published_answers_of_the_same_roster(world: World) -> None:
    shown = published(world)
    found = hints(world)
    assert (own(found), public(found)) == ([], [shown.code])
    world.stores.rosters.put(a_roster(slug="other"))
    world.stores.officials.put(an_official("wu", roster="other"))
    assert public(hints(world, to="wu")) == []


def test_of_a_published_answer_only_the_redaction_is_compared(world: World) -> None:
    """Else guesses at a draft would find out what the redaction took away."""
    published(world, title="小区路灯", body="我叫王芳，住金色家园三号楼，老人摔倒住院。")
    assert public(hints(world, "王芳\n金色家园老人摔倒住院")) == []


def test_what_is_mine_is_not_shown_twice(world: World) -> None:
    mine = published(world, by="resident")
    found = hints(world)
    assert (own(found), public(found)) == ([mine.code], [])


def test_an_appeal_about_an_official_is_the_residents_own(world: World) -> None:
    mine = assigned_by_supervisor(world, submitted(world, about_official=True), "roads")
    assert own(hints(world)) == [mine.code]
    assert hints(world, by="zhou") == hints(world, by="aide") == Similar((), ())


def test_three_of_each_the_most_alike_first(world: World) -> None:
    far = submitted(world, title="和平路路灯", body="孩子放学")
    for _ in range(MOST):
        world.clock.advance(minutes=1)
        submitted(world)
        published(world)
    found = hints(world)
    assert (len(found.own), len(found.published)) == (MOST, MOST)
    assert far.code not in own(found)


@pytest.mark.parametrize("text", ["的\n了", "?\n!!!", "a\n1234 hello"])
def test_a_draft_that_says_nothing_is_like_nothing(world: World, text: str) -> None:
    submitted(world)
    assert hints(world, text) == Similar((), ())


def test_nobody_to_write_to(world: World) -> None:
    with refused(Reason.NO_SUCH_OFFICIAL):
        hints(world, to="nobody")


def test_it_reads_so_many_documents_and_no_more(world: World) -> None:
    appeals: Any = world.stores.appeals
    limits: Counter[int] = Counter()
    for name in ("of_resident", "published"):
        plain = getattr(appeals, name)

        def limited(*args: Any, plain: Any = plain) -> Any:
            limits[args[-1]] += 1
            return plain(*args)

        setattr(appeals, name, limited)
    hints(world)
    assert limits == {OWN_READ: 1, PUBLISHED_READ: 1}
    assert module.OWN_READ + module.PUBLISHED_READ <= 100
