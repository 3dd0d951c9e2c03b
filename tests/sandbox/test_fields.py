"""The limits of message fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev.sandbox.fields import delivered, page_is_valid, refused_field, value_is_valid

GOOD = [
    ("thing2", "二十" * 10),
    ("number1", "6"),
    ("number1", "3.5"),
    ("letter1", "abC"),
    ("symbol1", "!!"),
    ("character_string1", "SQ-7KQ2 #1"),
    ("time4", "2019年10月1日 15:01"),
    ("time4", "2019-10-01 15:01"),
    ("time4", "2019年10月1日"),
    ("time4", "15:01"),
    ("time4", "2019年10月1日 15:01~2019年10月2日 16:00"),
    ("date1", "2019年10月1日"),
    ("amount1", "￥100.50元"),
    ("phone_number1", "+86-0766-66888866"),
    ("car_number1", "粤A8Z888挂"),
    ("name1", "欧阳娜娜"),
    ("name1", "John Smith"),
    ("phrase3", "待补充"),
]
BAD = [
    ("thing2", "二十" * 10 + "一"),
    ("thing2", ""),
    ("thing2", "   "),
    ("thing2", "两\n行"),
    ("number1", "六"),
    ("number1", "1" * 33),
    ("letter1", "a1"),
    ("letter1", "a" * 33),
    ("character_string1", "编号1"),
    ("character_string1", "a" * 33),
    ("time4", "明天下午"),
    ("time4", "2019年13月1日 15:01"),
    ("time4", "2019年2月30日"),
    ("time4", "2019年10月1日 25:01"),
    ("date1", "15:01"),
    ("amount1", "一百"),
    ("phone_number1", "1" * 18),
    ("name1", "一二三四五六七八九十一"),
    ("name1", "a" * 21),
    ("phrase3", "一二三四五六"),
    ("phrase3", "ok"),
]


@pytest.mark.parametrize(("field", "value"), GOOD)
def test_takes(field: str, value: str) -> None:
    assert value_is_valid(field, value)


@pytest.mark.parametrize(("field", "value"), BAD)
def test_refuses(field: str, value: str) -> None:
    assert not value_is_valid(field, value)


@given(st.text())
def test_things_are_one_line_of_at_most_twenty(value: str) -> None:
    fits = bool(value.strip()) and len(value) <= 20 and "\n" not in value and "\r" not in value
    assert value_is_valid("thing1", value) == fits


def test_names_the_first_field_that_is_wrong() -> None:
    fields = {"thing1": "甲", "number2": "乙"}
    assert refused_field(fields, {"thing1": {"value": "好"}, "number2": {"value": 3}}) is None
    assert refused_field(fields, {"thing1": {"value": "好"}}) == "data.number2.value"
    assert refused_field(fields, {"thing1": "好", "number2": {"value": 3}}) == "data.thing1.value"
    assert refused_field(fields, "好") == "data.thing1.value"


def test_delivers_only_the_templates_fields_and_values() -> None:
    sent = {"first": {"value": "您好"}, "thing1": {"value": "好", "color": "#f00"}, "remark": {"value": "谢谢"}}
    assert delivered({"thing1": "甲"}, sent) == {"thing1": {"value": "好"}}


def test_pages() -> None:
    assert all(page_is_valid(page) for page in ("pages/a/b", "packages/x/y?id=1&t=a", "official/in-box", "pages/a_b"))
    assert not any(page_is_valid(page) for page in ("/pages/a", "http://x", "index", "pages/中文", "pages/a b", "", 3))
