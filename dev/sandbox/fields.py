"""The limits of message fields, by the kind in front of a field's name (thing2 is a ``thing``). Pure rules.

Source: WeChat's "订阅消息参数值内容限制" and the field lengths of template messages since 2023-05.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
PAGE = re.compile(r"(?:pages|packages|subpackages|official)/[A-Za-z0-9_\-/]+(?:\?[^\s]*)?")
DAY = re.compile(r"(\d{4})(?:年(\d{1,2})月(\d{1,2})日|-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2}))")
HOUR = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


def _is_day(value: str) -> bool:
    found = DAY.fullmatch(value)
    if not found:
        return False
    try:
        date(*(int(part) for part in found.groups() if part))
    except ValueError:
        return False
    return True


def _is_hour(value: str) -> bool:
    found = HOUR.fullmatch(value)
    return found is not None and int(found[1]) < 24 and int(found[2]) < 60 and int(found[3] or 0) < 60


def _is_moment(value: str) -> bool:
    day, _, hour = value.partition(" ")
    return _is_day(day) and (not hour or _is_hour(hour))


def _span(single: Callable[[str], bool]) -> Callable[[str], bool]:
    """One moment, or two joined by ``~``."""
    return lambda value: 1 <= len(parts := re.split(r"\s*~\s*", value)) <= 2 and all(single(part) for part in parts)


RULES: dict[str, Callable[[str], bool]] = {
    "thing": lambda value: len(value) <= 20,
    "number": _matches(r"(?=.{1,32}$)-?\d+(\.\d+)?"),
    "letter": _matches(r"[A-Za-z]{1,32}"),
    "symbol": _matches(r"[^\w\s]{1,5}"),
    "character_string": _matches(r"[\x20-\x7e]{1,32}"),
    "time": _span(lambda value: _is_moment(value) or _is_hour(value)),
    "date": _span(_is_moment),
    "amount": _matches(r"[¥￥$€£]?\d{1,10}(\.\d{1,2})?元?"),
    "phone_number": _matches(r"[\d+\-() *#]{1,17}"),
    "car_number": lambda value: len(value) <= 8,
    "name": _matches(rf"[{CHINESE}·]{{1,10}}|[A-Za-z .'\-]{{1,20}}"),
    "phrase": _matches(rf"[{CHINESE}]{{1,5}}"),
}


def kind_of(field: str) -> str:
    """The kind of a field's name: ``character_string1`` -> ``character_string``."""
    return field.rstrip("0123456789")


def value_is_valid(field: str, value: str) -> bool:
    """Whether WeChat would take ``value`` for ``field``: not blank, on one line, within its kind's limit."""
    if not value.strip() or "\n" in value or "\r" in value:
        return False
    return RULES.get(kind_of(field), RULES["thing"])(value)


def refused_field(fields: Iterable[str], data: object) -> str | None:
    """The first field of a template that ``data`` leaves out or fills wrongly, as ``data.x.value``; else None.

    ``data`` is ``{field: {"value": text or number}}``; fields the template does not know are not looked at.
    """
    for field in fields:
        entry = data.get(field) if isinstance(data, Mapping) else None
        value = entry.get("value") if isinstance(entry, Mapping) else None
        if isinstance(value, bool) or not isinstance(value, (str, int, float)) or not value_is_valid(field, str(value)):
            return f"data.{field}.value"
    return None


def delivered(fields: Iterable[str], data: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, str]]:
    """What arrives: only the template's own fields, only their values (no first, remark or colours)."""
    return {field: {"value": str(data[field]["value"])} for field in fields}


def page_is_valid(page: object) -> bool:
    """Whether ``page`` looks like a page of the mini-program: no leading slash, an optional query."""
    return isinstance(page, str) and PAGE.fullmatch(page) is not None
