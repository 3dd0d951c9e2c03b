"""WeChat's limits for message fields, and cutting words to them. Pure.

Source: 订阅消息参数值内容限制 (WeChat), which template messages follow as well since 2023-05. A value that breaks a
limit, is empty or has a line break makes WeChat refuse the whole message (47003).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime

from app.domain.workday import BEIJING

THING_LENGTH = 20
PHRASE_LENGTH = 5
STRING_LENGTH = 32
NOT_CHINESE = re.compile("[^\u4e00-\u9fff]")
NOT_ASCII = re.compile(r"[^\x20-\x7e]")


def fitted(key: str, candidates: Iterable[object]) -> str:
    """The first candidate of which something is left once it is cut to the field's kind, never empty."""
    fit, last_resort = KINDS[key.rstrip("0123456789")]
    return next((value for value in map(fit, candidates) if value), last_resort)


def one_line(value: object) -> str:
    """Text without line breaks, control characters, invisible marks or halves of characters; "" for no text."""
    if not isinstance(value, str):
        return ""
    seen = (" " if char.isspace() else char for char in value)
    return " ".join("".join(char for char in seen if unicodedata.category(char)[0] != "C").split())


def beijing_time(value: object) -> str:
    """2026年11月24日 18:00; "" for what is no aware time."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        return ""
    try:
        there = value.astimezone(BEIJING)
    except OverflowError:
        return ""
    return f"{there.year:04}年{there.month}月{there.day}日 {there:%H:%M}"


def _thing(value: object) -> str:
    """20 characters at most, else 19 and an ellipsis; an emoji counts twice, as in UTF-16, to be on the safe side."""
    text = one_line(value)
    if _units(text) <= THING_LENGTH:
        return text
    while _units(text) > THING_LENGTH - 1:
        text = text[: min(len(text) - 1, THING_LENGTH - 1)]
    return text + "…"


def _phrase(value: object) -> str:
    return NOT_CHINESE.sub("", one_line(value))[:PHRASE_LENGTH]


def _character_string(value: object) -> str:
    return NOT_ASCII.sub("", one_line(value))[:STRING_LENGTH].strip()


def _number(value: object) -> str:
    """A whole number from 0."""
    if not isinstance(value, int) or isinstance(value, bool):
        return ""
    return str(min(max(value, 0), 10**STRING_LENGTH - 1))


def _units(text: str) -> int:
    return sum(2 if char > "\uffff" else 1 for char in text)


KINDS: dict[str, tuple[Callable[[object], str], str]] = {
    "thing": (_thing, "请打开查看详情"),
    "phrase": (_phrase, "办理中"),
    "character_string": (_character_string, "-"),
    "number": (_number, "0"),
    "time": (beijing_time, "00:00"),
    "date": (beijing_time, "00:00"),
}
"""Kind of field -> how a value is cut, and what stands there when nothing is left."""
