"""Templates: every occasion has one wherever it is sent, and whatever the facts are, WeChat takes the fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.deadline import DeadlineKind
from app.domain.labels import DEADLINES, DEEDS, KINDS, RUNGS, STATES
from app.domain.notification import Channel, Occasion, Recipient, Role
from app.wechat import fields
from app.wechat.templates import (
    DIGEST,
    FIELDS,
    MATTERS,
    PROGRESS,
    TO_OFFICIALS,
    TO_RESIDENTS,
    WORDS,
    fill,
    template_name,
)
from dev.sandbox.fields import refused_field
from dev.sandbox.templates import template_for

from .world import TEMPLATE_IDS

SENT = [
    *((channel, occasion) for occasion in TO_OFFICIALS for channel in Recipient(Role.OFFICIAL, "o").channels[:-1]),
    *((channel, occasion) for occasion in TO_RESIDENTS for channel in Recipient(Role.RESIDENT, "r").channels[:-1]),
]
MOMENT = datetime(2026, 11, 24, 10, tzinfo=UTC)


def values(occasion: str, channel: Channel, facts: Mapping[str, Any]) -> dict[str, str]:
    filled = fill(template_name(channel, occasion), occasion, facts)
    return {key: field["value"] for key, field in filled.items()}


def test_every_occasion_goes_to_officials_or_to_residents() -> None:
    assert {str(occasion) for occasion in Occasion} | {DIGEST} == set(TO_OFFICIALS) | set(TO_RESIDENTS)
    assert not set(TO_OFFICIALS) & set(TO_RESIDENTS)
    assert set(MATTERS) == set(TO_OFFICIALS)
    assert set(PROGRESS) == {occasion for occasion, name in TO_RESIDENTS.items() if name == "mp_progress"}


def test_every_template_can_be_filled() -> None:
    assert set(TEMPLATE_IDS) == {template_name(channel, occasion) for channel, occasion in SENT}
    for keys in FIELDS.values():
        assert {key.rstrip("0123456789") for key in keys} <= set(fields.KINDS)
        assert set(keys.values()) <= set(WORDS)


@pytest.mark.parametrize(("channel", "occasion"), [(Channel.INBOX, "assigned"), (Channel.TEMPLATE, "answered")])
def test_there_is_no_template_where_nothing_is_sent(channel: Channel, occasion: str) -> None:
    with pytest.raises(ValueError, match=channel.value):
        template_name(channel, occasion)
    with pytest.raises(ValueError, match="no template"):
        template_name(Channel.SUBSCRIBE, "no such occasion")


nasty_text = st.text() | st.text(st.characters(codec=None), min_size=15, max_size=60)
nasty_text |= st.sampled_from(["", " ", "\n", "一" * 500, "🏮" * 30, "a\r\nb", "\u200b", "\u2028x", "{text}", "\ud800"])
nasty = nasty_text | st.none() | st.integers() | st.booleans() | st.floats() | st.lists(st.integers(), max_size=2)
nasty |= st.datetimes(timezones=st.just(UTC)) | st.datetimes() | st.sampled_from([*DeadlineKind, *STATES, *KINDS])
FACTS = (
    "code",
    "title",
    "kind",
    "state",
    "due",
    "text",
    "unit",
    "count",
    "overdue",
    "at",
    "clock",
    "promised",
    "urgent",
)


@pytest.mark.parametrize(("channel", "occasion"), SENT)
@settings(max_examples=60, deadline=None)
@given(facts=st.dictionaries(st.sampled_from(FACTS), nasty))
def test_wechat_takes_every_message(channel: Channel, occasion: str, facts: dict[str, Any]) -> None:
    name = template_name(channel, occasion)
    kind = "template" if channel is Channel.TEMPLATE else "subscribe"
    template = template_for(kind, TEMPLATE_IDS[name])
    data = fill(name, occasion, facts)
    assert refused_field(template.fields, data) is None
    assert set(data) == set(template.fields)
    for key, field in data.items():
        field["value"].encode()  # raises for halves of characters
        if key.startswith("thing"):
            assert len(field["value"].encode("utf-16-le")) // 2 <= 20


def test_an_urgent_one_says_so_first_and_nothing_of_it_is_cut() -> None:
    assert values(Occasion.ASSIGNED, Channel.TEMPLATE, {"kind": "request", "urgent": True})["thing3"] == "紧急：求助"
    assert values(Occasion.ASSIGNED, Channel.SUBSCRIBE, {"urgent": True})["thing3"] == "紧急：新诉求，请及时联系"
    for occasion in MATTERS:
        said = values(occasion, Channel.SUBSCRIBE, {"urgent": True, "clock": "contact"})["thing3"]
        assert said.startswith("紧急：") and not said.endswith("…"), said


def test_long_titles_end_in_an_ellipsis() -> None:
    assert fields.fitted("thing2", ["一" * 20]) == "一" * 20
    assert fields.fitted("thing2", ["一" * 21]) == "一" * 19 + "…"
    assert fields.fitted("thing2", ["🏮" * 11]) == "🏮" * 9 + "…"
    assert fields.fitted("thing2", ["第一行\r\n 第二行\u200b"]) == "第一行 第二行"


def test_times_are_beijings() -> None:
    assert fields.beijing_time(MOMENT) == "2026年11月24日 18:00"
    assert fields.beijing_time(datetime(2026, 1, 1, 23, 5, tzinfo=UTC)) == "2026年1月2日 07:05"
    assert fields.beijing_time(datetime(2026, 1, 1)) == ""  # noqa: DTZ001


def test_what_is_missing_is_said_in_words() -> None:
    assert values(Occasion.ANSWERED, Channel.SUBSCRIBE, {"at": MOMENT})["thing3"] == "承办单位"
    assert values(Occasion.SUPPLEMENT_WANTED, Channel.SUBSCRIBE, {"text": " "})["thing3"] == "请补充情况"
    assert values(Occasion.ASSIGNED, Channel.TEMPLATE, {"kind": "?", "at": MOMENT}) == {
        "character_string1": "-",
        "thing2": "未写标题的诉求",
        "thing3": "诉求",
        "time4": "2026年11月24日 18:00",
    }


@pytest.mark.parametrize(
    ("occasion", "facts", "said"),
    [
        (Occasion.URGE, {"clock": "contact"}, "催办：联系期限已过"),
        (Occasion.URGE, {"clock": DeadlineKind.ANSWER}, "催办：答复期限已过"),
        (Occasion.REMIND_HALF, {"clock": "answer"}, "提醒：答复期限已过半"),
        (Occasion.REMIND_LAST, {}, "提醒：办理期限将到，请抓紧"),
        (Occasion.SUPPLEMENTED, {}, "群众补充了情况"),
        (Occasion.URGE, {"clock": "answer", "urgent": True}, "紧急：催办：答复期限已过"),
    ],
)
def test_officials_are_told_what_it_is_about(occasion: str, facts: dict[str, Any], said: str) -> None:
    assert values(occasion, Channel.TEMPLATE, facts)["thing3"] == said
    assert values(occasion, Channel.SUBSCRIBE, facts)["thing3"] == said


@pytest.mark.parametrize(
    ("occasion", "facts", "said"),
    [
        (Occasion.PROMISED, {"text": "正在开会"}, "已看到，承诺联系您（这不是答复）"),
        (Occasion.PROMISED, {"text": "正在开会", "promised": MOMENT}, "11月24日18:00前联系您，不是答复"),
        (Occasion.EXTENDED, {"text": "等待鉴定结果"}, "已延期：等待鉴定结果"),
        (Occasion.EXTENDED, {"unit": "市水利局"}, "经批准延期，原因请看详情"),
        (Occasion.TRANSFERRED, {"unit": "市水利局"}, "已转办：市水利局"),
        (Occasion.TRANSFERRED, {}, "已转给负责的单位办理"),
        (Occasion.FOLLOWED_UP, {"text": "部分解决、基本满意"}, "回访登记您的评价：部分解决、基本满意"),
    ],
)
def test_residents_are_told_how_it_goes(occasion: str, facts: dict[str, Any], said: str) -> None:
    assert values(occasion, Channel.SUBSCRIBE, facts)["thing4"] == said


def test_no_fixed_wording_is_cut() -> None:
    for wording in [*(MATTERS[occasion].format(clock="办理", count=99, overdue=99) for occasion in MATTERS)]:
        assert not fields.fitted("thing1", [wording]).endswith("…")
    assert all(len(otherwise) <= 20 for _, otherwise in PROGRESS.values())


def test_everything_has_a_label() -> None:
    for labels in (STATES, KINDS, DEEDS, DEADLINES, RUNGS):
        (members,) = {type(member) for member in labels}
        assert set(labels) == set(members)
        assert len(set(labels.values())) == len(labels)
    assert all(fields.fitted("phrase1", [label]) == label for label in STATES.values())
