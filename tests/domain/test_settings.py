"""The settings of the city: what they may be, what is said of mistakes, and what each means."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from app.config import TEMPLATES
from app.domain.city_rules import BOUNDS, DayChange, Template, Workdays
from app.domain.errors import InvalidInput, NotFound
from app.domain.quiet import QuietHours
from app.domain.roster import Deadlines
from app.domain.settings import (
    SETTINGS,
    CitySettings,
    SettingName,
    as_json,
    from_json,
    name_of,
    read_value,
    value_of,
    with_value,
)
from app.domain.workday import BEIJING, WorkdayCalendar
from app.services.calendars import chinese_calendar
from app.wechat.templates import TEMPLATE_NAMES

PLAIN = WorkdayCalendar()


def problems_of(name: SettingName, plain: object) -> dict[str, list[str]]:
    with pytest.raises(InvalidInput) as caught:
        read_value(name, plain)
    fields: Any = caught.value.detail["fields"]
    found: dict[str, list[str]] = fields
    assert all(sentence for sentences in found.values() for sentence in sentences)
    return found


@pytest.mark.parametrize("name", SettingName)
def test_every_default_may_be_written_down_and_read_again(name: SettingName) -> None:
    default = value_of(CitySettings(), name)
    text = as_json(name, default)
    assert from_json(name, text) == default
    assert as_json(name, from_json(name, text)) == text
    assert with_value(CitySettings(), name, default) == CitySettings()
    assert SETTINGS[name].title and SETTINGS[name].about


def test_every_name_has_a_field_and_the_other_way_round() -> None:
    assert {name.value for name in SettingName} == set(CitySettings.__dataclass_fields__)
    assert set(SETTINGS) == set(SettingName)
    with pytest.raises(NotFound):
        name_of("nothing")


def test_the_templates_are_those_that_messages_go_by() -> None:
    assert {template.value for template in Template} == set(TEMPLATES) == set(TEMPLATE_NAMES)


@pytest.mark.parametrize("name", SettingName)
@pytest.mark.parametrize("rubbish", [None, 3, "text", [], {"items": 3}, {"items": [None]}, {"days": [[]]}, {"off": 7}])
def test_rubbish_is_refused_field_by_field_and_never_breaks(name: SettingName, rubbish: Any) -> None:
    try:
        read_value(name, rubbish)
    except InvalidInput as refused:
        assert refused.detail["fields"]


def test_all_mistakes_are_told_at_once_beside_their_fields() -> None:
    found = problems_of(
        SettingName.ANSWER_TEMPLATES,
        {
            "items": [
                {"title": "", "outcome": "solved", "text": "好"},
                {"title": "题", "outcome": "x", "text": "长" * 1501},
            ]
        },
    )
    assert found == {
        "items.0.title": ["必须填写"],
        "items.1.outcome": ["请从给出的选项中选择"],
        "items.1.text": ["最多 1500 个字"],
    }


def test_a_new_quick_reply_gets_a_name_that_never_stood_for_other_words() -> None:
    first = read_value(SettingName.QUICK_REPLIES, {"items": [{"text": "正在路上"}]})
    second = read_value(SettingName.QUICK_REPLIES, {"items": [{"text": "明天回复您"}]})
    assert first[0].name and second[0].name and first[0].name != second[0].name
    kept = read_value(SettingName.QUICK_REPLIES, {"items": [{"name": first[0].name, "text": "正在路上，稍后联系"}]})
    assert kept[0].name == first[0].name
    repeated = {"items": [{"text": "正在路上"}, {"text": "正在路上"}]}
    assert "items.1.text" in problems_of(SettingName.QUICK_REPLIES, repeated)
    assert problems_of(SettingName.QUICK_REPLIES, {"items": []}) == {"items": ["至少 1 项"]}


def test_text_loses_control_characters_and_foreign_line_ends() -> None:
    (reply,) = read_value(SettingName.QUICK_REPLIES, {"items": [{"text": " 正在\x00开会\r\n请稍候\u202e "}]})
    assert reply.text == "正在开会\n请稍候"


def test_words_of_a_category_may_be_typed_in_a_row() -> None:
    given = {"items": [{"name": "道路", "words": "路灯、 坑洼，路灯\n井盖"}]}
    (category,) = read_value(SettingName.CATEGORIES, given)
    assert category.words == ("路灯", "坑洼", "井盖")
    assert problems_of(SettingName.CATEGORIES, {"items": [{"name": "空", "words": " 、"}]}) == {
        "items.0.words": ["必须填写"]
    }


def test_extra_days_lie_over_the_countrys_calendar() -> None:
    country = chinese_calendar()
    monday, saturday = date(2026, 3, 2), date(2026, 3, 7)
    holiday, working_weekend = date(2026, 10, 1), date(2026, 2, 14)
    assert country.is_workday(monday) and not country.is_workday(saturday)
    assert not country.is_workday(holiday) and country.is_workday(working_weekend)
    plain = {
        "days": [
            {"day": "2026-03-02", "worked": False, "reason": "市运动会"},
            {"day": "2026-03-07", "worked": True, "reason": "补班"},
            {"day": "2026-10-01", "worked": True, "reason": "抢险"},
            {"day": "2026-02-14", "worked": False, "reason": "停工"},
        ],
        "years": [{"year": "2040"}],
    }
    city = read_value(SettingName.WORKDAYS, plain).over(country)
    assert not city.is_workday(monday) and city.is_workday(saturday)
    assert city.is_workday(holiday) and not city.is_workday(working_weekend)
    assert city.published_years - country.published_years == {2040}
    assert Workdays().over(country) == country


def test_days_are_checked() -> None:
    day = {"day": "2026-03-02", "worked": True, "reason": "补班"}
    found = problems_of(
        SettingName.WORKDAYS,
        {
            "days": [day, day, {"day": "三月三日", "reason": ""}, {"day": "1999-01-01", "reason": "旧"}],
            "years": [{"year": 1999}],
        },
    )
    assert found == {
        "days.1.day": ["这一天已经写过"],
        "days.2.day": ["请写成 2026-10-01 这样的日期"],
        "days.2.reason": ["必须填写"],
        "days.3.day": ["请填 2020 到 2099 年之间的日期"],
        "years.0.year": ["请填 2020 到 2099 之间的整数"],
    }


def test_quiet_hours_leave_every_working_day_hours_to_send_in() -> None:
    found = problems_of(SettingName.QUIET_HOURS, {"begin": "08:00", "end": "22:00", "on_days_off": True})
    assert set(found) == {"begin", "end"}
    assert problems_of(SettingName.QUIET_HOURS, {"begin": "25:00", "end": "", "on_days_off": "yes"}).keys() == {
        "begin",
        "end",
        "on_days_off",
    }
    assert read_value(SettingName.QUIET_HOURS, {"begin": "21:30", "end": "07:00", "on_days_off": False}) == QuietHours(
        time(21, 30), time(7), False
    )


@pytest.mark.parametrize(
    ("quiet", "moment", "sent"),
    [
        (QuietHours(), "2026-03-07 10:00", "2026-03-09 08:00"),  # a Saturday
        (QuietHours(on_days_off=False), "2026-03-07 10:00", "2026-03-07 10:00"),
        (QuietHours(on_days_off=False), "2026-03-07 23:00", "2026-03-08 08:00"),
        (QuietHours(on_days_off=False), "2026-03-08 07:59", "2026-03-08 08:00"),
        (QuietHours(time(20), time(9)), "2026-03-02 20:00", "2026-03-03 09:00"),
    ],
)
def test_when_a_message_goes_out(quiet: QuietHours, moment: str, sent: str) -> None:
    asked, expected = (datetime.fromisoformat(words).replace(tzinfo=BEIJING) for words in (moment, sent))
    assert quiet.send_at(asked, PLAIN) == expected
    assert quiet.send_at(asked, PLAIN, urgent=True) == asked


def test_officials_keep_one_way_to_hear_of_an_assignment() -> None:
    assert set(problems_of(SettingName.CHANNELS, {"off": ["oa_assigned", "mp_todo"]})) == {"off"}
    assert read_value(SettingName.CHANNELS, {"off": ["mp_todo"]}).off == (Template.MP_TODO,)
    assert set(problems_of(SettingName.CHANNELS, {"long_term": ["oa_assigned"]})) == {"long_term"}


def test_every_deadline_may_be_set_within_its_bounds_and_keeps_its_unit() -> None:
    assert set(BOUNDS) == set(Deadlines.__dataclass_fields__)
    plain = SETTINGS[SettingName.DEADLINES].plain(Deadlines())
    assert read_value(SettingName.DEADLINES, plain | {"contact": "5"}).contact.amount == 5
    for name, (least, most) in BOUNDS.items():
        for wrong in (least - 1, most + 1, True, 1.5, "", None, "三"):
            assert set(problems_of(SettingName.DEADLINES, plain | {name: wrong})) == {name}


def test_a_day_change_is_plain_data() -> None:
    assert as_json(SettingName.WORKDAYS, Workdays((DayChange(date(2026, 3, 2), False, "停工"),), (2030,))) == (
        '{"days": [{"day": "2026-03-02", "reason": "停工", "worked": false}], "years": [{"year": 2030}]}'
    )
