"""A category is suggested by the words in a text, and says which."""

from __future__ import annotations

import pytest

from app.domain.category import CATEGORIES, Category, suggest

WATER, ROADS = Category("水电", ("停水", "水", "电费")), Category("道路", ("路灯", "马路"))


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("小区停水三天了", "水电", ("停水", "水")),
        ("马路上的路灯坏了，电费谁交", "道路", ("路灯", "马路")),
        ("电费收错了，路灯也坏", "水电", ("电费",)),  # equal: the first
    ],
)
def test_the_weightiest_words_decide(text: str, name: str, words: tuple[str, ...]) -> None:
    found = suggest(text, (WATER, ROADS))
    assert found is not None
    assert (found.name, found.words) == (name, words)


def test_a_word_within_a_longer_one_adds_nothing() -> None:
    """停水 and 水 weigh as much as 停水; two real words about the road weigh more."""
    found = suggest("停水，马路积水", (Category("水", ("停水", "水")), Category("路", ("马路", "积水"))))
    assert found is not None and found.name == "路"


def test_without_such_words_there_is_no_category() -> None:
    assert suggest("请问怎么办理", (WATER, ROADS)) is None
    assert suggest("停水", ()) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("小区门口的路灯坏了，晚上看不见路", "道路交通"),
        ("自来水一到晚上就没有水压", "水电气热"),
        ("工地老板拖欠农民工工资", "劳动就业"),
        ("孩子入学学区怎么划分", "教育"),
        ("楼下烧烤店油烟扰民", "环境卫生"),
    ],
)
def test_the_defaults_know_everyday_words(text: str, name: str) -> None:
    found = suggest(text, CATEGORIES)
    assert found is not None and found.name == name
